from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import QueryError
from claims.evidence.syntax import And, Node, Not, Or, Term, list_terms, parse_query

READ = [
    ("alopecia", Term("alopecia")),
    ('"hair loss"[tiab]', Term("hair loss", "tiab", phrase=True)),
    ("hair loss[Title/Abstract]", Term("hair loss", "tiab", phrase=True)),
    ('"Alopecia"[Mesh]', Term("Alopecia", "mesh", phrase=True)),
    ('"Alopecia"[MeSH Terms]', Term("Alopecia", "mesh", phrase=True)),
    ('"Alopecia"[Mesh:NoExp]', Term("Alopecia", "mesh:noexp", phrase=True)),
    ("systematic[sb]", Term("systematic", "sb")),
    ("minoxid*[tiab]", Term("minoxid", "tiab", wildcard=True)),
    ('"hair regrow*"[tiab]', Term("hair regrow", "tiab", phrase=True, wildcard=True)),
    ('"hair growth"[tiab:~3]', Term("hair growth", "tiab", proximity=3)),
    ("hair loss", And((Term("hair"), Term("loss")))),
    ("a AND b AND c", And((Term("a"), Term("b"), Term("c")))),
    ("a (b OR c)", And((Term("a"), Or((Term("b"), Term("c")))))),
    ("a AND NOT b", Not(Term("a"), Term("b"))),
    ("2010:2020[dp]", Term("2010:2020", "dp")),
    ("HIF-1α[tiab]", Term("HIF-1α", "tiab")),
]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_a_query_is_read_as_pubmed_reads_it(text: str, tree: Node) -> None:
    assert parse_query(text) == tree


def test_operators_are_read_from_left_to_right_without_precedence() -> None:
    assert parse_query("a OR b AND c") == And((Or((Term("a"), Term("b"))), Term("c")))
    assert parse_query("a NOT b OR c") == Or((Not(Term("a"), Term("b")), Term("c")))


def test_operators_in_small_letters_are_words() -> None:
    assert parse_query("salt and pepper") == And((Term("salt"), Term("and"), Term("pepper")))


REFUSED = [
    ("", "query_empty"),
    ("   ", "query_empty"),
    ('""', "query_empty"),
    ("(a OR b", "query_parenthesis"),
    ("a OR b)", "query_parenthesis"),
    ("()", "query_parenthesis"),
    ("a AND", "query_operator"),
    ("OR a", "query_operator"),
    ("a OR AND b", "query_operator"),
    ("[tiab]", "query_tag"),
    ("a[nonsense]", "query_tag"),
    ("a[]", "query_tag"),
    ('"unclosed', "query_unreadable"),
    ("a[tiab", "query_unreadable"),
    ("abc*", "query_wildcard"),
    ("*", "query_wildcard"),
    ("mino*xidil[tiab]", "query_wildcard"),
    ("(" * 100 + "a" + ")" * 100, "query_depth"),
    ("a" + " AND a OR a" * 2000, "query_depth"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_pubmed_would_not_do_as_written_is_refused_with_its_code(text: str, code: str) -> None:
    with pytest.raises(QueryError) as refusal:
        parse_query(text)
    assert refusal.value.code == code


def test_a_refusal_says_where() -> None:
    with pytest.raises(QueryError) as refusal:
        parse_query("alopecia[tiab] AND PRP[oops]")
    assert refusal.value.values == {"tag": "oops", "at": 23}


def test_terms_that_not_drops_are_not_searched_for() -> None:
    found = list_terms(parse_query('("a"[ti] OR b) AND (c NOT d)'))
    assert [term.text for term in found] == ["a", "b", "c"]


@given(st.text(alphabet='ab* "()[]ANDORT:~tiab漢', max_size=60))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        terms = list_terms(parse_query(text))
    except QueryError:
        return
    assert terms
    assert all(term.text for term in terms)

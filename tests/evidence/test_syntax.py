from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import QueryError
from claims.search.syntax import (
    And,
    Node,
    Not,
    Or,
    SearchTerm,
    list_terms,
    parse_query,
    read_typed_query,
)
from claims.search.typed import write_plainly
from claims.text.invisible import drop_invisible

READ = [
    ("alopecia", SearchTerm("alopecia")),
    ('"hair loss"[tiab]', SearchTerm("hair loss", "tiab", phrase=True)),
    ("hair loss[Title/Abstract]", SearchTerm("hair loss", "tiab", phrase=True)),
    ('"Alopecia"[Mesh]', SearchTerm("Alopecia", "mesh", phrase=True)),
    ('"Alopecia"[MeSH Terms]', SearchTerm("Alopecia", "mesh", phrase=True)),
    ('"Alopecia"[Mesh:NoExp]', SearchTerm("Alopecia", "mesh:noexp", phrase=True)),
    ("systematic[sb]", SearchTerm("systematic", "sb")),
    ("minoxid*[tiab]", SearchTerm("minoxid", "tiab", wildcard=True)),
    ('"hair regrow*"[tiab]', SearchTerm("hair regrow", "tiab", phrase=True, wildcard=True)),
    ('"hair growth"[tiab:~3]', SearchTerm("hair growth", "tiab", proximity=3)),
    ("hair loss", And((SearchTerm("hair"), SearchTerm("loss")))),
    ("a AND b AND c", And((SearchTerm("a"), SearchTerm("b"), SearchTerm("c")))),
    ("a (b OR c)", And((SearchTerm("a"), Or((SearchTerm("b"), SearchTerm("c")))))),
    ("a AND NOT b", Not(SearchTerm("a"), SearchTerm("b"))),
    ("2010:2020[dp]", SearchTerm("2010:2020", "dp")),
    ("HIF-1α[tiab]", SearchTerm("HIF-1α", "tiab")),
]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_a_query_is_read_as_pubmed_reads_it(text: str, tree: Node) -> None:
    assert parse_query(text) == tree


def test_operators_are_read_from_left_to_right_without_precedence() -> None:
    assert parse_query("a OR b AND c") == And((Or((SearchTerm("a"), SearchTerm("b"))), SearchTerm("c")))
    assert parse_query("a NOT b OR c") == Or((Not(SearchTerm("a"), SearchTerm("b")), SearchTerm("c")))


def test_operators_in_small_letters_are_words() -> None:
    assert parse_query("salt and pepper") == And(
        (SearchTerm("salt"), SearchTerm("and"), SearchTerm("pepper"))
    )


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
    assert refusal.value.values == {"tag": "oops", "at": 24}


def test_terms_that_not_drops_are_not_searched_for() -> None:
    found = list_terms(parse_query('("a"[ti] OR b) AND (c NOT d)'))
    assert [term.text for term in found] == ["a", "b", "c"]


PLACES = [
    ("(a OR b", "query_parenthesis", 1),
    ("a OR b)", "query_parenthesis", 7),
    ("minoxidil［tiab］ ＡＮＤ　ＰＲＰ［ｏｏｐｓ］", "query_tag", 25),
    ('hair AND   "unclosed', "query_unreadable", 12),
    ("hair abc*", "query_wildcard", 6),
    ("𠮟 AND (b", "query_parenthesis", 7),
    ("\ufeffmino\u200bxidil AND (b", "query_parenthesis", 17),
    ("hair\u200b[\u200b]", "query_tag", 8),
    ('\u200b""', "query_empty", 3),
    ('hair\u200b "unclosed', "query_unreadable", 7),
]


@pytest.mark.parametrize(("text", "code", "at"), PLACES)
def test_the_place_is_counted_from_one_in_what_was_typed(text: str, code: str, at: int) -> None:
    with pytest.raises(QueryError) as refusal:
        parse_query(text)
    assert (refusal.value.code, refusal.value.values["at"]) == (code, at)


TYPED = {
    "minoxidil［ti］": "minoxidil[ti]",
    "minoxidil［tiab］ ＡＮＤ hair": "minoxidil[tiab] AND hair",
    "（ａ　ＯＲ　ｂ）　ＮＯＴ　ｃ": "(a OR b) NOT c",
    "“hair loss”[tiab]": '"hair loss"[tiab]',
    "＂hair loss＂［ti］": '"hair loss"[ti]',
    "２０２０：２０２６［ｄｐ］": "2020:2026[dp]",
    "minoxid＊［ti］": "minoxid*[ti]",
    '"hair growth"［tiab：～3］': '"hair growth"[tiab:~3]',
    "alopecia【mh：noexp】": "alopecia[mh:noexp]",
    "minoxidil「ti」": "minoxidil[ti]",
    "hair\u00a0loss": "hair loss",
    "脱毛［ti］": "脱毛[ti]",
    "minoxidil『ti』 ｟hair OR scalp｠": "minoxidil[ti] (hair OR scalp)",
    "minoxidil﹝ti﹞ ﹙hair OR scalp﹚": "minoxidil[ti] (hair OR scalp)",
    "minoxidil｢ti｣": "minoxidil[ti]",
    "minoxidil〖ti〗": "minoxidil[ti]",
    "❝hair loss❞[tiab]": '"hair loss"[tiab]',
    "minoxid∗[ti] minoxid﹡[ti] minoxid✱[ti]": "minoxid*[ti] minoxid*[ti] minoxid*[ti]",
    "hair、scalp､skin": "hair,scalp,skin",
    "HIF‐1 2−4": "HIF-1 2-4",
    "minoxidil[date – entry]": "minoxidil[date - entry]",
    '"hair growth"[tiab:∼3] "hair growth"[ti：〜2]': '"hair growth"[tiab:~3] "hair growth"[ti:~2]',
    "hair\u2003loss\u2028scalp\u205fskin\nitch": "hair loss scalp skin itch",
    "minoxidil\u200b[ti]": "minoxidil[ti]",
    "\ufeffmino\u00adxidil A\u2060ND\u202e hair\ufe0f\x00": "minoxidil AND hair",
}


@pytest.mark.parametrize(("typed", "plain"), TYPED.items())
def test_an_input_method_s_signs_are_read_and_sent_as_pubmed_s(typed: str, plain: str) -> None:
    assert read_typed_query(typed) == plain
    assert parse_query(typed) == parse_query(plain)


@given(st.text(max_size=40))
def test_what_is_sent_holds_nothing_that_nobody_sees_and_no_space_but_the_plain_one(text: str) -> None:
    plain = write_plainly(text)
    assert drop_invisible(plain) == plain == write_plainly(plain)
    assert {sign for sign in plain if sign.isspace()} <= {" "}


VALID_TAGS = [
    "ad", "affiliation", "all", "all fields", "aid", "article identifier", "au", "author", "auid",
    "author identifier", "author - identifier", "1au", "author - first", "first author name", "lastau",
    "author - last", "last author name", "fau", "author - full", "full author name", "cn",
    "author - corporate", "corporate author", "book", "cois", "conflict of interest statements", "dcom",
    "completion date", "date - completion", "crdt", "create date", "date - create", "edat", "entry date",
    "date - entry", "epdat", "electronic publication date", "ppdat", "print publication date", "mhda",
    "mesh date", "date - mesh", "lr", "modification date", "date - modification", "dp", "publication date",
    "date - publication", "rn", "ec/rn number", "ed", "editor", "filter", "sb", "gr", "grants and funding",
    "grant number", "ip", "issue", "ir", "investigator", "fir", "full investigator name",
    "investigator - full", "isbn", "ta", "journal", "jour", "la", "language", "lid", "location id", "majr",
    "mesh major topic", "sh", "mesh subheading", "mesh subheadings", "mh", "mesh", "mesh terms", "jid",
    "nlm unique id", "ot", "other term", "pg", "pagination", "ps", "personal name as subject",
    "subject - personal name", "pa", "pharmacological action", "pl", "place of publication", "pmid", "uid",
    "pt", "publication type", "pubn", "publisher", "si", "secondary source id", "nm", "supplementary concept",
    "tw", "text word", "ti", "title", "tiab", "title/abstract", "tt", "transliterated title", "vi", "volume",
    "filt", "titl", "word", "affl", "auth", "vol", "iss", "page", "faut", "laut", "full", "subh", "otrm",
    "cdat", "coln", "pii", "pid", "ecno", "subs", "cnty", "papx", "grnt", "finv", "eid", "aucl", "dso",
    "p1dat", "ppdt", "epdt", "mdat", "pdat", "nm:noexp", "pa:noexp", "date of publication",
    "date last revised", "investigator - corporate", "titl:~2", "affl:~2", "tiab: ~3",
    "mh:noexp", "mesh:noexp", "majr:noexp", "sh:noexp", "pt:noexp", "ti:~2", "Title:~2", "ad:~0", "tiab:~3",
]  # fmt: skip


@pytest.mark.parametrize("write", [str, str.upper, str.title], ids=["small", "capitals", "title"])
def test_every_field_tag_of_pubmed_is_taken(write: Callable[[str], str]) -> None:
    assert [tag for tag in VALID_TAGS if not _is_taken(write(tag))] == []


def _is_taken(tag: str) -> bool:
    try:
        (term,) = list_terms(parse_query(f"sample[{tag}]"))
    except QueryError:
        return False
    return bool(term.field)


SMALL = [
    ('"minoxidil"[tiab] or "finasteride"[tiab]', "or", 19),
    ("minoxidil[ti] and hair", "and", 15),
    ("(a b) not c", "not", 7),
    ("a and (b c)", "and", 3),
    ("minoxidil or finasteride", "or", 11),
    ("hair Or scalp", "Or", 6),
    ("minoxidil[ti] ａｎｄ hair", "and", 15),
    ("minoxidil ｏｒ hair", "or", 11),
    ("minoxidil\u200b\u2003ｎｏｔ hair", "not", 12),
]


@pytest.mark.parametrize(("text", "word", "at"), SMALL)
def test_an_operator_in_small_letters_is_refused_where_a_person_means_one(
    text: str, word: str, at: int
) -> None:
    with pytest.raises(QueryError) as refusal:
        read_typed_query(text)
    assert refusal.value.code == "query_small_operator"
    assert refusal.value.values == {"word": word, "at": at}


@pytest.mark.parametrize(
    "text", ["salt and pepper", '"now or never"[ti]', "use or abuse[ti]", "or", "a NOT b"]
)
def test_a_word_that_looks_like_an_operator_stays_a_word(text: str) -> None:
    assert read_typed_query(text) == text


def test_a_full_width_word_counts_as_its_plain_one() -> None:
    assert read_typed_query("salt ａｎｄ pepper") == "salt and pepper"


@given(st.text(alphabet='ab* "()[]ANDORT:~tiab漢\u200b\u2003［』', max_size=60))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        terms = list_terms(parse_query(text))
    except QueryError:
        return
    assert terms
    assert all(term.text for term in terms)

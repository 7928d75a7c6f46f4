"""The library answers PubMed's syntax as its words say: each query against a record-by-record reading."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import QueryError
from claims.library import Library
from claims.library.documents import decode_citation, encode_citation
from claims.records.citation import (
    AbstractSection,
    Author,
    Citation,
    MeshHeading,
    OtherAbstract,
    Pmid,
    Substance,
    Term,
)
from claims.records.record_json import to_json
from claims.search.syntax import parse_query
from tests.evidence.library_files import write_records
from tests.evidence.naive_search import find_naively
from tests.examples import at_most

WORDS = (
    "hair loss",
    "hair",
    "hairs",
    "loss",
    "growth",
    "growing",
    "minoxidil",
    "minoxid",
    "TGF-β1",
    "PRP",
    "p53",
    "the",
    "zinc",
)
HEADINGS = ("Alopecia", "Alopecia Areata", "Hair", "Minoxidil")
QUALIFIERS = ("therapy", "adverse effects")
TYPES = ("Review", "Systematic Review", "Meta-Analysis", "Randomized Controlled Trial")
PEOPLE = (
    ("Sample", "Ann Bea", "AB"),
    ("Sample", "Carl", "C"),
    ("Samples", "Ann", "A"),
    ("van Muster", "Dora", "D"),
)
JOURNALS = (("SAMPLE Journal of Hair", "Sample J. Hair"), ("Hair", "Hair"))


def make_record(number: int, random: Random) -> Citation:
    def some(choices: tuple[str, ...], most: int) -> list[str]:
        return [random.choice(choices) for _ in range(random.randint(0, most))]

    headings = tuple(
        MeshHeading(Term(name), tuple(map(Term, some(QUALIFIERS, 1))), random.random() < 0.5)
        for name in sorted(set(some(HEADINGS, 3)))
    )
    title, abbreviation = random.choice(JOURNALS)
    month = random.choice(("", " Mar", " Dec 24"))
    return Citation(
        pmid=Pmid(str(9_000_000_001 + number)),
        title=" ".join(["SAMPLE", *some(WORDS, 5), *some(("systematic review", "meta-analysis"), 1)]),
        abstract=tuple(AbstractSection(" ".join(some(WORDS, 8)) + ".", "AIM") for _ in range(2)),
        other_abstracts=(
            OtherAbstract("Publisher", "jpn", (AbstractSection(" ".join(some(WORDS, 3)) + "."),)),
        ),
        authors=tuple(Author(*random.choice(PEOPLE)) for _ in range(random.randint(0, 2))),
        journal=title,
        journal_abbreviation=abbreviation,
        issn="0000-0001",
        published=f"{random.choice((2009, 2015, 2020))}{month}",
        electronic_date=random.choice((None, date(2014, 11, 30))),
        doi=f"10.1/sample.{number}",
        languages=(random.choice(("eng", "jpn")),),
        publication_types=tuple(map(Term, some(TYPES, 2))),
        mesh=headings,
        chemicals=tuple(map(Substance, some(("Minoxidil", "Zinc"), 1))),
        keywords=tuple(f"{word} care" for word in some(WORDS, 2)),
    )


RECORDS = [make_record(number, Random(number)) for number in range(150)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("search")
    shelf = Library(folder / "library")
    file = write_records(folder / "records.xml", RECORDS)
    assert shelf.import_files([file]).added == len(RECORDS)
    return shelf


def find(library: Library, query: str) -> set[str]:
    answer = library.search(query, 1000)
    assert len(answer.pmids) == answer.count
    return set(answer.pmids)


def test_the_records_come_back_as_they_were_written(library: Library) -> None:
    fetched = library.fetch([record.pmid for record in RECORDS])
    assert [one.abstract_text for one in fetched.values()] == [one.abstract_text for one in RECORDS]
    assert all(decode_citation(encode_citation(one)) == one for one in fetched.values())
    assert all(json.loads(encode_citation(one)) == to_json(one) for one in fetched.values())


QUERIES = (
    "hair[tiab]", '"hair loss"[tiab]', "hair loss[ti]", "growth[ab]", "growing", "hair loss",
    "minox*[tiab]", '"hair minox*"[tiab]', '"hair zinc"[tiab:~0]', '"zinc hair"[tiab:~2]',
    '"loss growth"[ti:~1]', "TGF-β1[tiab]", "TGF-beta1", "p53[tiab]", "care[tiab]", '"zinc care"[tiab]',
    "hair[ot]", '"Alopecia"[Mesh]', '"alopecia"[MeSH Terms:noexp]', '"Alopecia Areata"[majr]',
    '"Alopecia/therapy"[Mesh]', '"adverse effects"[sh]', '"Systematic Review"[pt]', "systematic[sb]",
    "Minoxidil[nm]", "alopecia[tw]", "review[tw]", "japanese[la]", "eng[la]", "Sample AB[au]",
    "Sample A[au]", "Sample[au]", "van Muster[au]", '"Sample, Carl"[au]', "Ann Bea Sample[au]", "Samp*[au]",
    "Sample J Hair[ta]", '"hair"[ta]', '"SAMPLE Journal of Hair"[jour]', '"0000-0001"[ta]',
    "9000000005[pmid]", "10.1/sample.7[aid]", "2015[dp]", "2009:2014/11[dp]", "2014/11/30[dp]",
    "2020/03[dp]", "2015/12/24:3000[dp]", "hair NOT loss", "(hair OR zinc) NOT (loss[ti] OR growth[ti])",
    "hair AND (loss OR (growth NOT minoxidil))", "zzzz[tiab]", "hair AND NOT zinc", "sample",
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_each_field_of_the_ladder_is_answered(library: Library, query: str) -> None:
    assert find(library, query) == find_naively(parse_query(query), RECORDS)


def test_the_table_of_queries_finds_something_and_not_everything(library: Library) -> None:
    counts = [len(find(library, query)) for query in QUERIES if query not in ("zzzz[tiab]",)]
    assert all(counts), QUERIES[counts.index(0)]
    assert sum(count == len(RECORDS) for count in counts) <= 3


NEAR = ("hair", "loss", "zinc")
OPERATORS = ("AND", "OR", "NOT", "AND NOT")
TAGS = ("", "[tiab]", "[ti]", "[ab]", "[ot]", "[tw]")
TERMS = st.one_of(
    st.builds("{}{}".format, st.sampled_from(WORDS), st.sampled_from(TAGS)),
    st.builds('"{} {}"{}'.format, st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(TAGS)),
    st.builds('"{} {}"[tiab:~{}]'.format, *[st.sampled_from(NEAR)] * 2, st.integers(0, 3)),
    st.builds("{}*{}".format, st.sampled_from(("hair", "minox", "grow")), st.sampled_from(TAGS[:3])),
    st.builds('"{}"{}'.format, st.sampled_from(HEADINGS), st.sampled_from(("[Mesh]", "[majr]"))),
    st.builds('"{}"[pt]'.format, st.sampled_from(TYPES)),
    st.builds('"{}"[sh]'.format, st.sampled_from(QUALIFIERS)),
    st.builds("{}:{}[dp]".format, st.sampled_from(("2009", "2014/06")), st.sampled_from(("2014", "3000"))),
    st.sampled_from(("Sample[au]", "Sample A[au]", "Hair[ta]", "jpn[la]", "systematic[sb]")),
)  # fmt: skip
TREES = st.recursive(
    TERMS,
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(OPERATORS), inner),
    max_leaves=8,
)


@given(TREES)
@settings(
    max_examples=at_most(400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_query_finds_what_a_reading_of_every_record_finds(library: Library, query: str) -> None:
    assert find(library, query) == find_naively(parse_query(query), RECORDS)


REFUSED = {
    "hair[ad]": "query_tag_not_in_library",
    "2020[edat]": "query_tag_not_in_library",
    "free full text[sb]": "query_tag_not_in_library",
    '"hair loss zinc"[tiab:~3]': "query_tag_not_in_library",
    '"Alopecia/therapy"[majr]': "query_tag_not_in_library",
    "last year[dp]": "query_date",
    "klingon[la]": "query_language",
    "hair AND +++": "query_without_word",
}


@pytest.mark.parametrize(("query", "code"), REFUSED.items())
def test_what_the_library_cannot_answer_is_refused(library: Library, query: str, code: str) -> None:
    with pytest.raises(QueryError) as refusal:
        library.search(query, 10)
    assert refusal.value.code == code


@pytest.mark.parametrize("sign", [*"・®→±℃…–𝒜~&#(\\", "\ufffe"])
@pytest.mark.parametrize("query", ['"hair{}loss"', '"hair{}loss"[au]', '"hair{}lo*"[nm]', '"hair{}lo*"[au]'])
def test_no_sign_of_a_query_is_taken_for_damage_of_the_library(
    library: Library, sign: str, query: str
) -> None:
    written = query.format(sign)
    assert find(library, written) == find_naively(parse_query(written), RECORDS)


@pytest.mark.parametrize("word", ["a", "毛"])
@pytest.mark.parametrize("query", ["{}", "{}[au]", "{}*[au]", "{}*[nm]", "{}*[tiab]", '"hair {}*"[tiab]'])
def test_a_word_that_is_too_long_for_any_name_finds_nothing(library: Library, word: str, query: str) -> None:
    assert find(library, query.format(20_000 * word)) == set()


def test_a_heading_that_pubmed_would_explode_is_named_in_a_warning(library: Library) -> None:
    answer = library.search('"Alopecia"[Mesh] AND hair[tiab] NOT "Hair"[Mesh]', 10)
    assert answer.warnings == ('NotExploded: "Alopecia"[mesh]',)
    assert library.search('"Alopecia"[Mesh:noexp]', 10).warnings == ()

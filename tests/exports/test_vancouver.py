"""References in Vancouver style, as NLM's "Citing Medicine" writes names and titles."""

from __future__ import annotations

import pytest

from claims.medline.nbib import parse_nbib
from claims.medline.parsing import parse_records
from claims.records.citation import Author, Citation, Pmid
from reviewer.exports.vancouver import format_authors, format_reference

GROUP = Author(collective="SAMPLE Group")
NAMES = {
    "a suffix": ((Author("King", "Charles R", "CR", "Jr"),), "King CR Jr"),
    "a suffix with a full stop": ((Author("King", "C", "C", "Sr."),), "King C Sr"),
    "a Roman numeral": ((Author("King", "C", "C", "III"),), "King C 3rd"),
    "the sixth of his name": ((Author("King", "C", "C", "VI"),), "King C 6th"),
    "one name alone with a suffix": ((Author("", "Sukarno", "", "Jr."),), "Sukarno Jr"),
    "initials alone": ((Author(initials="A. B."),), "AB"),
    "one name alone": ((Author("", "Sukarno"),), "Sukarno"),
    "a last name alone": ((Author("Sukarno"),), "Sukarno"),
    "initials from given names": ((Author("Sample", "Ann Bea"),), "Sample AB"),
    "initials from hyphenated names": ((Author("Sample", "Jean-Paul"),), "Sample JP"),
    "two initials at most": ((Author("Sample", "Ann Bea Cleo"),), "Sample AB"),
    "initials with full stops": ((Author("Sample", "Ann", "A. B."),), "Sample AB"),
    "a particle": ((Author("van der Sample", "Ann", "A"),), "van der Sample A"),
    "a hyphenated last name": ((Author("Sato-Muster", "Jun-ichi", "J"),), "Sato-Muster J"),
    "a name in Japanese": ((Author("見本", "花子"),), "見本 花子"),
    "a group alone": ((GROUP,), "SAMPLE Group"),
    "people and a group": (
        (Author("Sample", "A", "A"), Author("Muster", "O", "O"), GROUP),
        "Sample A, Muster O; SAMPLE Group",
    ),
    "a group among people": ((GROUP, Author("Sample", "A", "A")), "SAMPLE Group; Sample A"),
    "nobody": ((), ""),
    "six": (tuple(Author(f"S{n}", "A", "A") for n in range(6)), "S0 A, S1 A, S2 A, S3 A, S4 A, S5 A"),
    "seven": (
        tuple(Author(f"S{n}", "A", "A") for n in range(7)),
        "S0 A, S1 A, S2 A, S3 A, S4 A, S5 A, et al",
    ),
}


@pytest.mark.parametrize(("authors", "told"), NAMES.values(), ids=NAMES)
def test_names_are_written_as_citing_medicine_writes_them(authors: tuple[Author, ...], told: str) -> None:
    assert format_authors(authors) == told


def read_authors(author_list: str) -> str:
    (record,) = parse_records(
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>9000000001</PMID><Article>"
        f"<ArticleTitle>SAMPLE</ArticleTitle><AuthorList>{author_list}</AuthorList></Article>"
        f"</MedlineCitation></PubmedArticle></PubmedArticleSet>".encode()
    )
    assert isinstance(record, Citation)
    return format_authors(record.authors)


def test_a_record_of_nlm_gives_suffix_single_name_and_group_and_no_invalid_name() -> None:
    told = read_authors(
        '<Author ValidYN="Y"><LastName>King</LastName><ForeName>Charles R</ForeName><Initials>CR</Initials>'
        "<Suffix>Jr</Suffix></Author>"
        '<Author ValidYN="N"><LastName>Kign</LastName><Initials>CR</Initials></Author>'
        '<Author ValidYN="Y"><ForeName>Sukarno</ForeName></Author>'
        '<Author ValidYN="Y"><LastName>van der Sample</LastName><ForeName>Ann-Bea</ForeName></Author>'
        '<Author ValidYN="Y"><CollectiveName>SAMPLE Group</CollectiveName></Author>'
    )
    assert told == "King CR Jr, Sukarno, van der Sample AB; SAMPLE Group"


def test_a_person_and_a_group_in_one_element_are_both_named_and_initials_alone_are_a_name() -> None:
    told = read_authors(
        "<Author><LastName>Sample</LastName><Initials>A</Initials><CollectiveName>SAMPLE Group"
        "</CollectiveName></Author><Author><Initials>OM</Initials></Author>"
    )
    assert told == "Sample A; SAMPLE Group; OM"


NBIB_NAMES = {
    "full and short": (
        "FAU - King, Charles R Jr\nAU  - King CR Jr\nFAU - Sukarno\nAU  - Sukarno\n"
        "FAU - van der Sample, Ann-Bea\nAU  - van der Sample AB\nCN  - SAMPLE Group\n",
        "King CR Jr, Sukarno, van der Sample AB; SAMPLE Group",
    ),
    "full alone": (
        "FAU - King, Charles R Jr\nFAU - van der Sample, Ann-Bea\n",
        "King CR Jr, van der Sample AB",
    ),
    "short alone": (
        "AU  - King CR Jr\nAU  - van der Sample AB\nAU  - Sukarno\n",
        "King CR Jr, van der Sample AB, Sukarno",
    ),
    "spelled in two ways": ("FAU - Müster, Otto\nAU  - Muster O\n", "Müster O"),
}


@pytest.mark.parametrize(("lines", "told"), NBIB_NAMES.values(), ids=NBIB_NAMES)
def test_a_reference_manager_s_file_gives_the_same_names(lines: str, told: str) -> None:
    (record,) = parse_nbib(f"PMID- 9000000001\nTI  - SAMPLE\n{lines}".encode())
    assert isinstance(record, Citation)
    assert format_authors(record.authors) == told


def test_a_reference_names_the_kind_of_record_where_that_is_no_plain_paper() -> None:
    erratum = Citation(Pmid("9000000001"), "Correction to: SAMPLE lotions.")
    assert format_reference(erratum) == "Correction to: SAMPLE lotions [erratum]. PMID: 9000000001"


PLACEHOLDERS = [
    "[Not Available].",
    "[Not available]",
    "[In Process Citation]",
    "[In process citation].",
    "Untitled",
    "[Untitled].",
    "[No title available]",
    "[Title not available].",
    "[Title unavailable]",
    "[Unavailable].",
    "[Author's title not available]",
    "[Author’s title not available].",
    "N/A",
    "[Article in Japanese]",
    "[Article in Japanese (author's transl)].",
    "",
    ".",
]


@pytest.mark.parametrize("title", PLACEHOLDERS)
def test_a_placeholder_gives_way_to_the_vernacular_title(title: str) -> None:
    record = Citation(Pmid("9000000001"), title, vernacular_title="見本の治療")
    assert format_reference(record) == "見本の治療. PMID: 9000000001"


@pytest.mark.parametrize(
    "title",
    ["Not available in Japan: a SAMPLE.", "Untitled works as a SAMPLE", "Article in SAMPLE form: why"],
)
def test_a_title_that_only_begins_like_one_stays(title: str) -> None:
    assert Citation(Pmid("9000000001"), title, vernacular_title="見本").shown_title == title


def test_without_a_vernacular_title_the_placeholder_is_all_there_is() -> None:
    assert Citation(Pmid("9000000001"), "[Not Available].").shown_title == "[Not Available]."

"""PubMed XML as citations: synthetic records for each form, real ones for completeness, and bad documents."""

from __future__ import annotations

import gzip
import os
from datetime import date
from typing import BinaryIO
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import RecordError
from claims.medline.markup import fold_space
from claims.medline.parsing import Deletion, RefusedRecord, parse_records
from claims.records.citation import AbstractSection, Citation, MeshHeading, Pmid, Term
from tests.entrez_server import sample_article
from tests.examples import at_most

PMID = "9000000001"
DOCTYPE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC '
    '"-//NLM//DTD PubMedArticle, 1st January 2025//EN" "{}://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)


def document(*records: str) -> bytes:
    return f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>".encode()


def read_one(record: str) -> Citation:
    (citation,) = parse_records(document(record))
    assert isinstance(citation, Citation)
    return citation


def article(body: str, inside: str = "", pmid: str = PMID, attributes: str = "", after: str = "") -> Citation:
    return read_one(
        f"<PubmedArticle><MedlineCitation {attributes}><PMID>{pmid}</PMID><Article>{body}</Article>{inside}"
        f"</MedlineCitation>{after}</PubmedArticle>"
    )


# --- texts ----------------------------------------------------------------------------------------

MARKED_UP = {
    "plain": ("SAMPLE of a title", "SAMPLE of a title"),
    "italics": ("SAMPLE <i>in vitro</i> study.", "SAMPLE in vitro study."),
    "nested": ("<b>SAMPLE <i>a<sub>1</sub></i></b>b", "SAMPLE a1b"),
    "subscript": ("SAMPLE H<sub>2</sub>O", "SAMPLE H2O"),
    "superscript sign": ("SAMPLE CD4<sup>+</sup> cells", "SAMPLE CD4+ cells"),
    "power of ten": ("SAMPLE 10<sup>6</sup> cells", "SAMPLE 10^6 cells"),
    "negative power": ("SAMPLE 3 x 10<sup>-6</sup> M", "SAMPLE 3 x 10^-6 M"),
    "power in italics": ("SAMPLE 10<i><sup>5</sup></i>", "SAMPLE 10^5"),
    "unit": ("SAMPLE kg/m<sup>2</sup>", "SAMPLE kg/m2"),
    "inequality": ("SAMPLE p &lt; 0.05 &amp; q &gt; 0.1", "SAMPLE p < 0.05 & q > 0.1"),
    "line breaks": ("\n  SAMPLE\n   of two  lines\n", "SAMPLE of two lines"),
    "thin space kept": ("SAMPLE p\u2009=\u20090.05", "SAMPLE p\u2009=\u20090.05"),
    "comment": ("SAMPLE <!-- not for readers -->text", "SAMPLE text"),
    "fraction": (
        '<m:math xmlns:m="urn:m"><m:mfrac><m:mi>a</m:mi><m:mrow><m:mi>b</m:mi><m:mo>+</m:mo>'
        "<m:mn>1</m:mn></m:mrow></m:mfrac></m:math> SAMPLE",
        "a/(b+1) SAMPLE",
    ),
    "math exponent": ("SAMPLE <math><msup><mi>x</mi><mn>2</mn></msup></math>", "SAMPLE x^2"),
    "math root": ("SAMPLE <math><msqrt><mn>2</mn></msqrt></math>", "SAMPLE √(2)"),
    "math fence": (
        "SAMPLE <math><mfenced open='['><mi>a</mi><mi>b</mi></mfenced></math>",
        "SAMPLE [a,b)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("xml", "text"), MARKED_UP.values(), ids=MARKED_UP)
def test_mark_up_loses_its_tags_and_keeps_its_words(xml: str, text: str) -> None:
    assert article(f"<ArticleTitle>{xml}</ArticleTitle>").title == text


XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@given(XML_TEXT, XML_TEXT)
@settings(max_examples=at_most(100), deadline=None)
def test_any_abstract_comes_back_whole(first: str, second: str) -> None:
    citation = article(
        f"<Abstract><AbstractText>{escape(first)}<i>{escape(second)}</i></AbstractText></Abstract>"
    )
    assert citation.abstract_text == fold_space(first + second)


def test_a_structured_abstract_keeps_labels_and_categories() -> None:
    citation = article(
        '<Abstract><AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see.</AbstractText>'
        '<AbstractText Label="UNLABELLED">Seen.</AbstractText><AbstractText Label="END"/></Abstract>'
    )
    assert citation.abstract == (
        AbstractSection("To see.", "AIM", "OBJECTIVE"),
        AbstractSection("Seen."),
    )
    assert citation.abstract_text == "AIM: To see.\nSeen."


def test_other_abstracts_stand_beside_the_main_one() -> None:
    citation = article(
        "<Abstract><AbstractText>Main.</AbstractText></Abstract>",
        '<OtherAbstract Type="Publisher" Language="jpn"><AbstractText>要旨</AbstractText></OtherAbstract>',
    )
    assert citation.abstract_text == "Main."
    (other,) = citation.other_abstracts
    assert (other.kind, other.language, other.sections[0].text) == ("Publisher", "jpn", "要旨")


def test_a_record_without_abstract_has_an_empty_one() -> None:
    assert article("<ArticleTitle>SAMPLE</ArticleTitle>").abstract_text == ""


# --- people, dates, identifiers -------------------------------------------------------------------


def test_authors_are_people_and_groups_in_their_order() -> None:
    people = article(
        "<AuthorList><Author><LastName>Sample</LastName><ForeName>Ann B</ForeName><Initials>AB</Initials>"
        "<Suffix>Jr</Suffix><Identifier Source='ORCID'>https://orcid.org/0000000000000001</Identifier>"
        "<AffiliationInfo><Affiliation>One.</Affiliation></AffiliationInfo><AffiliationInfo><Affiliation>"
        "Two.</Affiliation></AffiliationInfo></Author><Author><CollectiveName>SAMPLE Group</CollectiveName>"
        "</Author><Author/></AuthorList>"
    ).authors
    assert [(person.last_name, person.collective) for person in people] == [
        ("Sample", ""),
        ("", "SAMPLE Group"),
    ]
    assert people[0].affiliations == ("One.", "Two.")
    assert people[0].orcid == "0000-0000-0000-0001"
    assert (people[0].initials, people[0].suffix) == ("AB", "Jr")


DATES = {
    "<Year>2020</Year><Month>Jul</Month><Day>24</Day>": ("2020 Jul 24", 2020),
    "<Year>1990</Year><Season>Spring</Season>": ("1990 Spring", 1990),
    "<MedlineDate>1998 Dec-1999 Jan</MedlineDate>": ("1998 Dec-1999 Jan", 1998),
    "<MedlineDate>Fall 2001</MedlineDate>": ("Fall 2001", 2001),
    "<MedlineDate>Unknown</MedlineDate>": ("Unknown", None),
    "": ("", None),
}


@pytest.mark.parametrize(
    ("xml", "expected"), DATES.items(), ids=[text or "none" for text, _ in DATES.values()]
)
def test_a_date_is_kept_as_printed_and_its_year_read(xml: str, expected: tuple[str, int | None]) -> None:
    citation = article(f"<Journal><JournalIssue><PubDate>{xml}</PubDate></JournalIssue></Journal>")
    assert (citation.published, citation.published_year) == expected


def test_the_electronic_date_supplies_a_missing_year() -> None:
    citation = article("<ArticleDate><Year>2021</Year><Month>Feb</Month><Day>03</Day></ArticleDate>")
    assert citation.electronic_date == date(2021, 2, 3)
    assert citation.published_year == 2021


def test_a_day_that_does_not_exist_is_no_date() -> None:
    revised = "<DateRevised><Year>2021</Year><Month>02</Month><Day>30</Day></DateRevised>"
    assert article("", revised).revised_on is None


def test_identifiers_are_the_records_own_and_not_its_references() -> None:
    citation = article(
        '<ELocationID EIdType="doi" ValidYN="N">10.1/wrong</ELocationID>'
        "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT0</AccessionNumber>"
        "</AccessionNumberList></DataBank></DataBankList>",
        after="<PubmedData><ArticleIdList><ArticleId IdType='pubmed'>9000000001</ArticleId>"
        "<ArticleId IdType='doi'>10.1/own</ArticleId><ArticleId IdType='pmc'>PMC0</ArticleId>"
        "<ArticleId IdType='pii'>S1</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>"
        "<ArticleId IdType='doi'>10.1/cited</ArticleId></ArticleIdList></Reference></ReferenceList>"
        "</PubmedData>",
    )
    assert (citation.doi, citation.pmc) == ("10.1/own", "PMC0")
    assert citation.other_ids == (("ClinicalTrials.gov", "NCT0"), ("pii", "S1"))


def test_indexing_keeps_uis_and_stars() -> None:
    citation = article(
        '<PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>'
        "<PublicationType>Preprint</PublicationType></PublicationTypeList>",
        '<MeshHeadingList><MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName>'
        '</MeshHeading><MeshHeading><DescriptorName UI="D000505" MajorTopicYN="N">Alopecia</DescriptorName>'
        '<QualifierName UI="Q000628" MajorTopicYN="Y">therapy</QualifierName></MeshHeading></MeshHeadingList>'
        "<KeywordList><Keyword>one</Keyword></KeywordList><KeywordList><Keyword>two</Keyword></KeywordList>",
        attributes='IndexingMethod="Automated" Status="MEDLINE"',
    )
    assert citation.publication_types == (
        Term("Randomized Controlled Trial", "D016449"),
        Term("Preprint"),
    )
    assert citation.mesh == (
        MeshHeading(Term("Humans", "D006801")),
        MeshHeading(Term("Alopecia", "D000505"), (Term("therapy", "Q000628"),), major=True),
    )
    assert citation.keywords == ("one", "two")
    assert (citation.indexing_method, citation.status) == ("Automated", "MEDLINE")


def test_indexing_by_people_has_no_method() -> None:
    assert article("", attributes='IndexingMethod="Manual"').indexing_method == ""


def test_corrections_keep_their_kind_and_leave_out_what_the_paper_cites() -> None:
    (link,) = article(
        "",
        '<CommentsCorrectionsList><CommentsCorrections RefType="Cites"><RefSource>J</RefSource>'
        '</CommentsCorrections><CommentsCorrections RefType="ErratumIn"><RefSource>K 1</RefSource>'
        "<PMID>9000000002</PMID><Note>n</Note></CommentsCorrections></CommentsCorrectionsList>",
    ).corrections
    assert (link.kind, link.source, link.pmid, link.note) == ("ErratumIn", "K 1", "9000000002", "n")


# --- books and deletions --------------------------------------------------------------------------

CHAPTER = (
    "<PubmedBookArticle><BookDocument><PMID>9000000003</PMID><ArticleIdList>"
    "<ArticleId IdType='bookaccession'>NBK0</ArticleId></ArticleIdList>"
    "<Book><Publisher><PublisherName>SAMPLE House</PublisherName></Publisher>"
    "<BookTitle>SAMPLE book</BookTitle><PubDate><Year>2009</Year></PubDate><AuthorList Type='editors'>"
    "<Author><LastName>Editor</LastName></Author></AuthorList><Isbn>0</Isbn></Book>{}<Language>eng</Language>"
    "<AuthorList Type='authors'><Author><LastName>Writer</LastName></Author></AuthorList>"
    "<PublicationType UI='D016454'>Review</PublicationType><Abstract><AbstractText>Text.</AbstractText>"
    "</Abstract></BookDocument><PubmedBookData/></PubmedBookArticle>"
)


def test_a_chapter_stands_in_its_book() -> None:
    citation = read_one(CHAPTER.format("<ArticleTitle>SAMPLE chapter</ArticleTitle>"))
    assert (citation.title, citation.book, citation.publisher) == (
        "SAMPLE chapter",
        "SAMPLE book",
        "SAMPLE House",
    )
    assert citation.authors[0].last_name == "Writer"
    assert citation.editors[0].last_name == "Editor"
    assert citation.published_year == 2009
    assert citation.other_ids == (("bookaccession", "NBK0"), ("isbn", "0"))
    assert citation.publication_types == (Term("Review", "D016454"),)


def test_a_whole_book_takes_its_own_title() -> None:
    assert read_one(CHAPTER.format("")).title == "SAMPLE book"


def test_deletions_come_in_order_among_the_records() -> None:
    records = list(
        parse_records(
            document(
                sample_article(PMID, "SAMPLE"),
                "<DeleteCitation><PMID Version='1'>9000000004</PMID><PMID>9000000005</PMID></DeleteCitation>",
            )
        )
    )
    assert records[1:] == [Deletion(Pmid("9000000004")), Deletion(Pmid("9000000005"))]


# --- refused records ------------------------------------------------------------------------------

REFUSED = {
    "<PubmedArticle/>": RefusedRecord("no_citation", "", 2),
    "<PubmedBookArticle><PubmedBookData/></PubmedBookArticle>": RefusedRecord("no_citation", "", 2),
    "<PubmedArticle><MedlineCitation/></PubmedArticle>": RefusedRecord("bad_pmid", "", 2),
    "<PubmedArticle><MedlineCitation><PMID>0x1</PMID></MedlineCitation></PubmedArticle>": RefusedRecord(
        "bad_pmid", "0x1", 2
    ),
    "<DeleteCitation><PMID>none</PMID></DeleteCitation>": RefusedRecord("bad_pmid", "none", 2),
}


@pytest.mark.parametrize(("record", "refusal"), REFUSED.items())
def test_a_record_that_cannot_be_read_is_named_and_the_others_are_kept(
    record: str, refusal: RefusedRecord
) -> None:
    before, refused, after = parse_records(
        document(sample_article(PMID, "SAMPLE"), record, sample_article("9000000002", "SAMPLE"))
    )
    assert refused == refusal
    assert isinstance(before, Citation)
    assert isinstance(after, Citation)


# --- documents ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_baseline_file_is_read_packed_from_a_stream_that_cannot_seek(scheme: str) -> None:
    text = DOCTYPE.format(scheme).encode() + document(sample_article(PMID, "SAMPLE"))
    with one_way(gzip.compress(text)) as stream:
        (citation,) = parse_records(stream)
    assert isinstance(citation, Citation)
    assert citation.title == "SAMPLE"


def one_way(content: bytes) -> BinaryIO:
    """A stream that can be read once and not sought in, like that of a socket."""
    reader, writer = os.pipe()
    with open(writer, "wb") as inlet:
        inlet.write(content)
    return open(reader, "rb")


def test_a_record_alone_is_a_document() -> None:
    (citation,) = parse_records(sample_article(PMID, "SAMPLE").encode())
    assert isinstance(citation, Citation)


def test_an_empty_set_has_no_records() -> None:
    assert list(parse_records(DOCTYPE.format("https").encode() + document())) == []


def test_utf_16_is_read_by_its_mark() -> None:
    text = document(sample_article(PMID, "SAMPLE 根拠")).decode()
    (citation,) = parse_records(text.encode("utf-16"))
    assert isinstance(citation, Citation)
    assert citation.title == "SAMPLE 根拠"


PACKED = gzip.compress(document(sample_article(PMID, "SAMPLE")))
BOMB = (
    b'<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<PubmedArticleSet><PubmedArticle>&b;</PubmedArticle></PubmedArticleSet>"
)
FILE_ENTITY = (
    b'<!DOCTYPE PubmedArticleSet [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    b"<PubmedArticleSet><PubmedArticle>&secret;</PubmedArticle></PubmedArticleSet>"
)
UNREADABLE = {
    "nothing": (b"", "xml_empty"),
    "blank": (b" \n ", "xml_empty"),
    "words": (b"no XML at all", "xml_malformed"),
    "json": (b'{"error": "API rate limit exceeded"}', "xml_malformed"),
    "html": (b"<html><body>Error</body></html>", "xml_not_pubmed"),
    "error body": (b"<eFetchResult><ERROR>no</ERROR></eFetchResult>", "xml_not_pubmed"),
    "entities": (BOMB, "xml_entities"),
    "file entity": (FILE_ENTITY, "xml_entities"),
    "cut short": (document(sample_article(PMID, "SAMPLE"))[:-30], "xml_malformed"),
    "wrong nesting": (b"<PubmedArticleSet><PubmedArticle></PubmedArticleSet>", "xml_malformed"),
    "deep": (b"<PubmedArticleSet>" + b"<a>" * 5000, "xml_malformed"),
    "deep in a record": (b"<PubmedArticleSet><PubmedArticle>" + b"<i>" * 5000, "xml_malformed"),
    "gzip cut short": (PACKED[:-20], "gzip_broken"),
    "gzip of noise": (b"\x1f\x8b" + bytes(range(256)), "gzip_broken"),
}


@pytest.mark.parametrize(("content", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_document_that_is_no_pubmed_xml_has_a_code(content: bytes, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        list(parse_records(content))
    assert caught.value.code == code


def test_records_before_a_break_are_kept() -> None:
    whole = document(*(sample_article(str(9_000_000_001 + n), "SAMPLE " * 50) for n in range(400)))
    kept: list[object] = []
    with pytest.raises(RecordError):
        kept.extend(parse_records(whole[: len(whole) // 2]))
    assert len(kept) > 100


@given(st.integers(min_value=0, max_value=2000), st.binary(max_size=8))
@settings(max_examples=at_most(100), deadline=None)
def test_damaged_bytes_give_records_or_a_typed_error(at: int, noise: bytes) -> None:
    whole = document(sample_article(PMID, "SAMPLE", "An abstract."), CHAPTER.format(""))
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    try:
        records = list(parse_records(damaged))
    except RecordError:
        return
    assert all(isinstance(record, Citation | RefusedRecord | Deletion) for record in records)


def test_a_record_nested_deeper_than_any_real_one_is_refused_and_the_next_is_kept() -> None:
    deep = "<i>" * 1500 + "</i>" * 1500
    refused, after = parse_records(
        document(
            f"<PubmedArticle><MedlineCitation><PMID>{PMID}</PMID><Article><ArticleTitle>{deep}</ArticleTitle>"
            "</Article></MedlineCitation></PubmedArticle>",
            sample_article("9000000002", "SAMPLE"),
        )
    )
    assert refused == RefusedRecord("record_too_deep", PMID, 1)
    assert isinstance(after, Citation)


def test_a_text_of_forty_megabytes_is_read_and_the_next_record_too() -> None:
    first, second = parse_records(
        document(sample_article(PMID, "SAMPLE", "word " * 8_000_000), sample_article("9000000002", "SAMPLE"))
    )
    assert isinstance(first, Citation)
    assert isinstance(second, Citation)
    assert len(first.abstract_text) > 39_000_000


def test_a_document_that_never_ends_a_record_is_given_up_in_bounded_memory() -> None:
    with pytest.raises(RecordError) as caught:
        list(parse_records(b"<PubmedArticleSet><PubmedArticle>" + b"word " * 14_000_000))
    assert caught.value.code == "xml_record_too_large"

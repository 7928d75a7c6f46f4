"""A link to a paper behind words is a reference of its sentence, and the words stay as they are."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph
from pypdf import PdfWriter
from pypdf.annotations import Link

from claims.articles.pdf.fonts import is_wide
from claims.articles.reading import parse_document
from claims.extraction import extract_claims
from claims.records.article import Article
from claims.references import (
    Citing,
    TornMark,
    find_hidden,
    list_references,
    list_torn_marks,
    locate_references,
    read_references,
    show_links,
)
from reviewer.cli import konkyo
from tests.articles.pdf_writer import Words, write_pdf

# What stands in a sentence: words, or the words of a link and what it leads to.
Piece = str | tuple[str, str]
SENTENCES: tuple[tuple[Piece, ...], ...] = (
    ("Zinc ", ("preserves taste", "http://dx.doi.org/10.5555/zinc.1"), " in adults."),
    ("Iron reduces fatigue ", ("in women", "https://www.ncbi.nlm.nih.gov/pubmed/900000031"), "."),
    ("Copper ", ("prevents anaemia", "https://europepmc.org/article/PMC/PMC9000001"), "."),
    ("Folate prevents defects", ("[8]", "https://journal.example/doi/full/10.5555/folate(8)"), "."),
    ("Selenium ", ("protects the thyroid", "https://shop.example/selenium"), "."),
)
SAID = [
    "Zinc preserves taste in adults.",
    "Iron reduces fatigue in women.",
    "Copper prevents anaemia.",
    "Folate prevents defects[8].",
    "Selenium protects the thyroid.",
]


def write_markdown(sentence: Sequence[Piece]) -> str:
    return "".join(one if isinstance(one, str) else f"[{one[0]}]({one[1]})" for one in sentence)


def write_html(sentence: Sequence[Piece]) -> str:
    return "".join(one if isinstance(one, str) else f'<a href="{one[1]}">{one[0]}</a>' for one in sentence)


def read_markdown(sentences: Sequence[Sequence[Piece]]) -> Article:
    text = "# Minerals\n\n" + "\n\n".join(map(write_markdown, sentences))
    return parse_document(text.encode(), "a.md").article


def read_html(sentences: Sequence[Sequence[Piece]]) -> Article:
    body = "".join(f"<p>{write_html(one)}</p>" for one in sentences)
    return parse_document(f"<html><body><h1>Minerals</h1>{body}</body></html>".encode(), "a.html").article


def add_link(paragraph: Paragraph, words: str, target: str, *, as_field: bool) -> None:
    """A link as Word writes it: an element with a relationship, or a field with a code."""
    run = paragraph.add_run(words)._r
    if not as_field:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run.addprevious(link)
        link.append(run)
        return
    for kind in ("begin", "separate", "end"):
        field = OxmlElement("w:fldChar")
        field.set(qn("w:fldCharType"), kind)
        bearer = paragraph.add_run()._r
        bearer.append(field)
        if kind != "end":
            run.addprevious(bearer)
        if kind == "begin":
            code = OxmlElement("w:instrText")
            code.text = f' HYPERLINK "{target}" '
            bearer = paragraph.add_run()._r
            bearer.append(code)
            run.addprevious(bearer)


def read_word(sentences: Sequence[Sequence[Piece]], *, as_field: bool = False) -> Article:
    document = Document()
    document.add_heading("Minerals", 1)
    for sentence in sentences:
        paragraph = document.add_paragraph()
        for piece in sentence:
            if isinstance(piece, str):
                paragraph.add_run(piece)
            else:
                add_link(paragraph, *piece, as_field=as_field)
    buffer = io.BytesIO()
    document.save(buffer)
    return parse_document(buffer.getvalue(), "a.docx").article


def read_word_with_fields(sentences: Sequence[Sequence[Piece]]) -> Article:
    return read_word(sentences, as_field=True)


def read_pdf(sentences: Sequence[Sequence[Piece]]) -> Article:
    """Sentences on lines of their own, the links laid over their words, as Word and browsers print them."""
    size, left, top = 10.0, 50.0, 700.0
    printed, rests = [Words("Minerals", left, 760, 16)], []
    for number, sentence in enumerate(sentences):
        at, line = left, top - 40 * number
        for piece in sentence:
            words = (piece if isinstance(piece, str) else piece[0]).replace("\n", "")
            end = at + sum(size if is_wide(letter) else size / 2 for letter in words)
            if not isinstance(piece, str):
                rests.append(Link(rect=(at, line - 2, end, line + size - 2), url=piece[1]))
            at = end
        words = "".join(piece if isinstance(piece, str) else piece[0] for piece in sentence)
        printed.append(Words(words.replace("\n", ""), left, line, size))
    writer = PdfWriter(io.BytesIO(write_pdf(printed)))
    for link in rests:
        writer.add_annotation(0, link)
    buffer = io.BytesIO()
    writer.write(buffer)
    return parse_document(buffer.getvalue(), "a.pdf").article


Reader = Callable[[Sequence[Sequence[Piece]]], Article]
READERS = pytest.mark.parametrize(
    "read", [read_markdown, read_html, read_word, read_word_with_fields, read_pdf]
)


@READERS
def test_the_paper_of_a_link_is_a_reference_of_its_sentence_whose_words_stay(read: Reader) -> None:
    article = read(SENTENCES)
    claims = {claim.text: claim for claim in extract_claims(article).claims}
    assert list(claims) == SAID
    assert claims["Folate prevents defects[8]."].read_as == "Folate prevents defects."
    assert [
        [
            (entry.number, entry.pmid or entry.doi or entry.pmcid)
            for entry in Citing(article).find(claim.start, claim.end)
        ]
        for claim in claims.values()
    ] == [
        [(None, "10.5555/zinc.1")],
        [(None, "900000031")],
        [(None, "PMC9000001")],
        [(8, "10.5555/folate(8)")],
        [],
    ]


@pytest.mark.parametrize("words", ["8", "[8]", r"\[8\]", "⁸", "^8"])
def test_a_number_that_is_a_link_is_a_mark_and_names_the_paper_of_its_entry(words: str) -> None:
    text = f"# Iron\n\nIron reduces fatigue[{words}](https://doi.org/10.5555/iron.8).\n\n## References\n\n"
    article = parse_document(
        f"{text}7. Doe B. Zinc. J Sample. 2019;1:2-3.\n8. Roe A. Iron. J Sample. 2020;1:2-3.\n".encode(),
        "a.md",
    ).article
    claim = extract_claims(article).claims[0]
    assert claim.read_as == "Iron reduces fatigue."
    found = Citing(article).find(claim.start, claim.end)
    assert [(entry.number, entry.doi, entry.listed) for entry in found] == [(8, "10.5555/iron.8", True)]
    assert len(list_references(article, [(claim.start, claim.end)])) == 2


@pytest.mark.parametrize(
    ("said", "link", "is_torn"),
    [
        ("doi:10.5555/iron.8", "https://doi.org/10.5555/IRON.8", False),
        ("doi:10.5555/iron.8", "https://doi.org/10.5555/zinc.7", True),
        ("PMID: 900000031", "https://pubmed.ncbi.nlm.nih.gov/900000032/", True),
        ("PMID: 900000031", "https://doi.org/10.5555/iron.8", False),
    ],
)
def test_a_mark_whose_link_leads_to_another_paper_than_its_entry_is_told(
    said: str, link: str, is_torn: bool
) -> None:
    article = read_linked_mark(said, link)
    assert list_torn_marks(article) == ((TornMark("8", link),) if is_torn else ())


def test_a_link_with_an_identifier_of_another_kind_is_compared_with_the_record() -> None:
    (entry,) = Citing(read_linked_mark("PMID: 900000031", "https://doi.org/10.5555/iron.8")).listed
    assert (entry.pmid, entry.doi) == ("900000031", "10.5555/iron.8")


def read_linked_mark(said: str, link: str) -> Article:
    """A sentence whose mark is a link, above a list whose entry says something of its paper."""
    entry = f"8. Roe A. Iron. J Sample. 2020;1:2-3. {said}"
    text = f"# Iron\n\nIron reduces fatigue[8]({link}).\n\n## References\n\n{entry}\n"
    return parse_document(text.encode(), "a.md").article


@READERS
def test_a_name_with_a_year_that_is_a_link_points_at_its_entry_once(read: Reader) -> None:
    article = read(
        [
            ("Iron reduces fatigue (", ("Roe et al., 2020", "https://doi.org/10.5555/iron.8"), ")."),
            ("References",),
            ("Roe A, Doe B. Iron. J Sample. 2020;1:2-3.",),
        ]
    )
    (entry,) = list_references(
        article, [(claim.start, claim.end) for claim in extract_claims(article).claims]
    )
    assert (entry.reference.listed, entry.reference.doi, len(entry.sentences)) == (True, "10.5555/iron.8", 1)


@READERS
def test_an_entry_has_the_identifier_of_its_link_and_keeps_its_words(read: Reader) -> None:
    link = ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/900000031/")
    article = read(
        [("Iron reduces fatigue [1].",), ("References",), ("[1] Roe A. Iron. J Sample. 2020;1:2-3. ", link)]
    )
    (entry,) = read_references(article)
    assert (entry.label, entry.pmid) == ("1", "900000031")
    assert show_links(article.text[entry.start : entry.end]).endswith("2020;1:2-3. PubMed")


@READERS
def test_a_sentence_of_a_list_that_links_to_a_trial_is_no_entry(read: Reader) -> None:
    trial = ("a 2020 trial by Roe et al.", "https://doi.org/10.5555/iron.8")
    article = read([("1. In ", trial, ", iron reduced the fatigue of women.")])
    assert read_references(article) == ()


@READERS
def test_a_japanese_sentence_keeps_its_words_without_a_blank(read: Reader) -> None:
    link = ("味覚を保ち", "https://pubmed.ncbi.nlm.nih.gov/900000077/?dopt=Abstract")
    opening = ("ミネラルの働きを、この記事ではくわしく紹介します。",)
    broken = ("亜鉛は\n", link, "\nます。") if read is read_html else ("亜鉛は", link, "ます。")
    article = read([opening, broken])
    claims = extract_claims(article).claims
    assert [claim.text for claim in claims] == ["亜鉛は味覚を保ちます。"]
    found = [Citing(article).find(claim.start, claim.end) for claim in claims]
    assert [[entry.pmid for entry in one] for one in found] == [["900000077"]]


def test_a_heading_keeps_no_address() -> None:
    html = (
        '<h2><a href="https://doi.org/10.5555/iron.8">Iron and fatigue</a></h2><p>Iron reduces fatigue.</p>'
    )
    page = parse_document(f"<html><body>{html}</body></html>".encode(), "a.html").article
    assert page.blocks[1].heading == "Iron and fatigue"


def test_the_command_prints_the_sentence_of_a_page_as_it_is_read(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<html><body><h1>Minerals</h1><p>{write_html(SENTENCES[0])}</p></body></html>")
    done = CliRunner().invoke(konkyo, ["references", str(page), "--format", "jsonl"])
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["doi"], row["sentences"]) == ("10.5555/zinc.1", ["Zinc preserves taste in adults."])


@pytest.mark.parametrize(
    "written",
    [
        "It [eases](https://doi.org/10.5555/b) colds[8](https://doi.org/10.5555/a).",
        r"Iron[\[8\]](https://doi.org/10.5555/a) and [a table](https://clinic.example/1)",
        "鉄は[[3]](https://doi.org/10.5555/c)よい。",
    ],
)
def test_what_a_reader_is_not_shown_of_a_link_is_told_by_its_place(written: str) -> None:
    kept, at = "", 0
    for start, end in find_hidden(written):
        kept, at = kept + written[at:start], end
    assert (kept + written[at:]).replace("\\", "") == show_links(written)


@pytest.mark.parametrize("count", [1, 5, 20])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("亜鉛は味覚を改善します。", "鉄は貧血を改善します。"),
        ("Zinc improves taste. ", "Iron treats anaemia."),
    ],
)
def test_addresses_are_of_no_language_however_many_stand_in_a_text(
    first: str, second: str, count: int
) -> None:
    links = "、".join(f"[{i}](https://doi.org/10.5555/sample.trial.of.many.words.{i})" for i in range(count))
    article = parse_document(
        f"# 1\n\n{first.strip()[:-1]} ({links}){first.strip()[-1]} {second}\n".encode(), "a.md"
    )
    assert [claim.text[:5] for claim in extract_claims(article.article).claims] == [first[:5], second[:5]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Zinc [helps older adults.]({}1) Iron reduces fatigue.",
            "Zinc helps older adults.|Iron reduces fatigue.",
        ),
        ("[Iron reduces fatigue.]({}1) [Zinc cures colds.]({}2)", "Iron reduces fatigue.|Zinc cures colds."),
        (
            "亜鉛は[味覚を保ちます。]({}1)鉄は疲労を軽減します。",
            "亜鉛は味覚を保ちます。|鉄は疲労を軽減します。",
        ),
    ],
)
def test_a_sentence_ends_within_a_link(text: str, said: str) -> None:
    document = parse_document(f"# A\n\n{text.replace('{}', 'https://doi.org/10.5555/a.')}\n".encode(), "a.md")
    assert [claim.text for claim in extract_claims(document.article).claims] == said.split("|")


LINKED_TITLES = (
    (("Zinc restores the taste of older adults", "https://doi.org/10.5555/zinc.1"),),
    (("Iron reduces fatigue in women", "https://pubmed.ncbi.nlm.nih.gov/900000031/"),),
)


@READERS
def test_a_list_of_nothing_but_links_is_a_list_of_references(read: Reader) -> None:
    article = read([("Zinc preserves taste in older adults.",), *LINKED_TITLES])
    assert [claim.text for claim in extract_claims(article).claims] == [
        "Zinc preserves taste in older adults."
    ]
    found = locate_references(article)
    assert [(one.reference.listed, one.said.doi or one.said.pmid, one.marks) for one in found] == [
        (True, "10.5555/zinc.1", ()),
        (True, "900000031", ()),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "・[亜鉛は味覚を保ちます。]({}1)\n・[鉄は疲労を軽減します。]({}2)",
        "- [On zinc]({}1)\n- [On iron]({}2)",
        "[On zinc]({}1)\n\n[On iron]({}2)",
        "{}1\n{}2",
    ],
)
def test_each_link_of_a_list_is_an_entry(lines: str) -> None:
    text = f"# A\n\n{lines.replace('{}', 'https://doi.org/10.5555/a.')}\n"
    article = parse_document(text.encode(), "a.md").article
    assert [entry.doi for entry in read_references(article)] == ["10.5555/a.1", "10.5555/a.2"]
    assert extract_claims(article).claims == ()


@pytest.mark.parametrize(
    "lines",
    [
        "- [Zinc preserves taste]({}1) in adults.\n- [Iron reduces fatigue]({}2) in women.",
        "[Zinc preserves taste in older adults.]({}1)\n\n[Iron reduces fatigue.]({}2)",
    ],
)
def test_sentences_with_links_are_no_list_of_references(lines: str) -> None:
    text = f"# A\n\n{lines.replace('{}', 'https://doi.org/10.5555/a.')}\n"
    article = parse_document(text.encode(), "a.md").article
    assert read_references(article) == ()
    assert len(extract_claims(article).claims) == 2

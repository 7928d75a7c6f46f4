"""An article that came as a page or a Word file keeps its file; a sentence without one place gets no mark."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.articles.docx.words import read_words
from claims.articles.html.active import drop_active
from claims.articles.html.source import BrokenEncoding, decode_exactly
from claims.articles.letters import Letters
from claims.articles.reading import parse_document
from claims.extraction import extract_claims
from claims.records.assessment import ClaimStatus
from claims.records.decision import VersionState
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.exports.article.citing import CitedArticle, Mark, find_position
from reviewer.exports.article.evidence import Occasion
from reviewer.exports.article.into_docx import insert_into_word_file
from reviewer.exports.article.into_html import insert_into_page, plan_insertions
from reviewer.exports.article.registry import ARTICLE_FORMATS
from reviewer.rules.dossier import Dossier
from reviewer.workflow.publication import Publication
from tests.conftest import OpenWork
from tests.examples import at_most
from tests.exports.published import TOKYO, Opinion, bring_in
from tests.exports.test_article import write
from tests.factories import make_moment

OCCASION = Occasion(TOKYO, 12)
SENTENCES = (
    "ミノキシジルは毛包の成長期を延長します。",
    "フィナステリドは脱毛症を改善します。",
    "メラトニンは寝つくまでの時間を短縮します。",
    "運動療法は変形性膝関節症の痛みを軽減します。",
)
PAGE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="{charset}"><title>見本の薬 | 見本医院</title>
<script>var a = "ミノキシジルは毛包の成長期を延長します。";</script></head>
<body class="post"><nav><a href="/">見本医院</a></nav>
<article><!-- 下書き -->
<h1>見本の薬</h1>
<p>ミノキシジルは毛包の<b>成長期</b>を延長します。フィナステリドは<ruby>脱毛症<rt>だつもうしょう</ruby>を改善します。
<table><tr><th>薬<th>働き<tr><td>ビオチン<td>発毛を促進しません</table>
<ul><li>メラトニンは寝つくまでの&nbsp;時間を短縮します。</ul>
<p><a href="/knee">運動療法は変形性膝関節症の痛みを軽減します。</a>
</article>
<footer>見本医院 東京都</footer></body></html>
"""


def cite_all(raw: bytes, name: str) -> CitedArticle:
    """The article in a file, each of its claims with a mark of its own number."""
    article = parse_document(raw, name).article
    claims = [
        ReviewClaim(number, 1, number, claim, ClaimStatus.GRADED, 1)
        for number, claim in enumerate(extract_claims(article).claims, start=1)
    ]
    marks = tuple(
        Mark(claim, find_position(article.text, claim.claim.end, article.language), (claim.number,))
        for claim in claims
    )
    version = ArticleVersion(1, 1, 1, article, make_moment())
    dossiers = tuple(Dossier(claim, SearchStatus.NOT_SEARCHED, (), (), {}) for claim in claims)
    return CitedArticle(Publication(version, VersionState.DRAFT, dossiers, ()), marks, ())


def take_out(article: CitedArticle, raw: bytes, written: bytes) -> bytes:
    """What was written, without what was put in."""
    page, encoding = decode_exactly(raw)
    page = drop_active(page)
    insertions, _ = plan_insertions(article, page, OCCASION)
    for one in insertions:
        words = one.words.encode(encoding, "xmlcharrefreplace")
        assert words in written
        written = written.replace(words, b"", 1)
    return written


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc-jp"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_page_keeps_every_byte_and_each_sentence_gets_its_mark(charset: str, line_end: str) -> None:
    raw = PAGE.format(charset=charset).replace("\n", line_end).encode(charset)
    article = cite_all(raw, "a.html")
    written, unplaced = insert_into_page(article, raw, OCCASION)
    assert unplaced == ()
    assert take_out(article, raw, written) == drop_active(raw.decode(charset)).encode(charset)
    page = written.decode(charset)
    one, two, three, four, five = (
        f'<sup class="konkyo-mark"><a href="#konkyo-ref-{n}">[{n}]</a></sup>' for n in range(1, 6)
    )
    assert f"延長します{one}。フィナステリド" in page
    assert f"改善します{two}。" in page
    assert f"発毛を促進しません{three}</table>" in page
    assert f"短縮します{four}。</ul>" in page
    assert '軽減します<sup class="konkyo-mark">[5]</sup>。</a>' in page, "no link stands in a link"
    assert five not in page
    assert page.index("</section>") < page.index("</article>") < page.index("<footer>")
    assert page.index('class="konkyo-stamp"') == page.index('<body class="post">') + len(
        '<body class="post">'
    ) + len("\n<p ")


def test_a_sentence_that_stands_twice_gets_no_mark_and_is_listed_below(open_work: OpenWork) -> None:
    twice = f"<p>{SENTENCES[0]}{SENTENCES[1]}</p><aside>{SENTENCES[0]}</aside>"
    raw = f"<html><body><h1>見本</h1>{twice}</body></html>".encode()
    article = cite_all(raw, "a.html")
    first = article.marks[0]
    assert first.claim.claim.text == SENTENCES[0]
    written, unplaced = insert_into_page(article, raw, OCCASION)
    assert first in unplaced
    told = written.decode()
    assert "延長します<sup" not in told
    assert f"{first.label} 「{SENTENCES[0]}」" in told
    assert "位置を特定できなかった文" in told


BITS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<div class=a>",
        "</div>",
        "<b>",
        "</b>",
        "<!-- x -->",
        "&amp;",
        "&nbsp;",
        "&#x20BB7;",
        "𠮷﨑😀",
        "<script>a</script>",
        "<ul><li>",
        "</ul>",
        " \r\n",
        "<a href=/x>",
        "</a>",
        "<",
        "&",
        *SENTENCES,
    ]
)


@given(bits=st.lists(BITS, max_size=14))
def test_with_the_marks_taken_out_again_any_page_is_what_it_was(bits: list[str]) -> None:
    body = f"<h1>見本の薬</h1><p>{SENTENCES[0]}</p>{''.join(bits)}"
    raw = f"<!DOCTYPE html><html><body>{body}</body></html>".encode()
    article = cite_all(raw, "a.html")
    written, unplaced = insert_into_page(article, raw, OCCASION)
    assert take_out(article, raw, written) == drop_active(raw.decode()).encode()
    placed = [mark for mark in article.marks if mark not in unplaced]
    assert all(written.decode().count(f">{mark.label}<") >= 1 for mark in placed)


def test_words_are_found_by_their_letters_once_or_not_at_all() -> None:
    letters = Letters(
        [("10", (1, 2)), ("6", (8,)), (" 個です。また", range(10, 17)), ("個です。", range(20, 24))]
    )
    assert letters.find_end("10⁶個です。") == 14
    assert letters.find_end("10⁶個です。", "。") == 13
    assert letters.find_end("個です。") is None
    assert letters.find_end("ない") is None
    assert letters.find_end("") is None


def make_word_file() -> WordFile:
    """A file with a heading, runs of several looks, a table, a list, a deletion and a comment."""
    word = docx.Document()
    word.add_heading("見本の薬", 1)
    paragraph = word.add_paragraph()
    for words, bold in (
        ("ミノキシジルは毛包の", False),
        ("成長期", True),
        ("を延長します。フィナ", False),
        ("ステリドは脱毛症を改善します。", True),
    ):
        paragraph.add_run(words).bold = bold
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    gone = OxmlElement("w:delText")
    gone.text = "消した文です。"
    run.append(gone)
    deleted.append(run)
    paragraph._p.append(deleted)
    table = word.add_table(2, 2)
    for cell, words in zip(table._cells, ("薬", "働き", "ビオチン", "発毛を促進しません"), strict=True):
        cell.text = words
    word.add_paragraph(SENTENCES[2], "List Bullet")
    word.add_comment(word.paragraphs[1].runs[0], "見本の注", "見本")
    return word


def save(word: WordFile) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def find_margin(file: bytes) -> list[str]:
    """Whatever of the comment, its author and the deleted words stands anywhere in the file."""
    with ZipFile(io.BytesIO(file)) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    seeds = (
        "見本の注",
        'w:author="',
        "commentRange",
        "commentReference",
        "消した文です。",
        "w:del ",
        "<w:del>",
    )
    return [seed for seed in seeds if any(seed in part for part in parts)]


def read_paragraphs(word: WordFile, marks: bool = True) -> Iterator[str]:
    """The words of each paragraph, with or without what is raised."""
    for paragraph in word.element.body.iter(qn("w:p")):
        if not marks:
            for run in list(paragraph.iter(qn("w:r"))):
                if run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is not None:
                    run.getparent().remove(run)
        yield read_words(paragraph)


def test_a_word_file_keeps_its_paragraphs_looks_and_tables() -> None:
    raw = save(make_word_file())
    article = cite_all(raw, "a.docx")
    written, unplaced = insert_into_word_file(article, raw, OCCASION)
    word = docx.Document(io.BytesIO(written))
    assert unplaced == ()
    told = list(read_paragraphs(word))
    assert told[0] == "DRAFT（下書き・未承認）"
    assert "ミノキシジルは毛包の成長期を延長します[1]。フィナステリドは脱毛症を改善します[2]。" in told
    assert "発毛を促進しません[3]" in told
    assert "メラトニンは寝つくまでの時間を短縮します[4]。" in told
    marked = next(p for p in word.paragraphs if p.text.startswith("ミノキシジル"))
    assert [(run.text, bool(run.bold)) for run in marked.runs if run.text] == [
        ("ミノキシジルは毛包の", False),
        ("成長期", True),
        ("を延長します", False),
        ("[1]", False),
        ("。フィナ", False),
        ("ステリドは脱毛症を改善します", True),
        ("[2]", True),
        ("。", True),
    ]
    assert find_margin(written) == []
    assert [p.style.name for p in word.paragraphs if p.text.startswith("見本の薬") and p.style] == [
        "Heading 1"
    ]
    assert told.index("この記事の根拠") > told.index("メラトニンは寝つくまでの時間を短縮します[4]。")


@settings(max_examples=at_most(12))
@given(
    cuts=st.lists(st.integers(1, 40), max_size=6),
    order=st.permutations(SENTENCES),
    repeated=st.booleans(),
)
def test_with_the_marks_taken_out_again_a_word_file_says_what_it_said(
    cuts: list[int], order: list[str], repeated: bool
) -> None:
    word = docx.Document()
    word.add_heading("見本の薬", 1)
    text = "".join(order) + (order[0] if repeated else "")
    paragraph, at = word.add_paragraph(), 0
    for cut in [*sorted(set(cuts)), len(text)]:
        paragraph.add_run(text[at:cut])
        at = max(at, cut)
    raw = save(word)
    before = list(read_paragraphs(word))
    article = cite_all(raw, "a.docx")
    written, unplaced = insert_into_word_file(article, raw, OCCASION)
    after = docx.Document(io.BytesIO(written))
    assert "".join(read_paragraphs(after)).count("[") == len(article.marks)
    assert list(read_paragraphs(after, marks=False))[1 : 1 + len(before)] == before
    if not repeated:
        assert unplaced == ()


def test_the_stored_file_is_what_the_article_is_put_into(open_work: OpenWork) -> None:
    raw = PAGE.format(charset="utf-8").encode()
    house = bring_in(open_work, raw, "a.html", [Opinion()])
    assert write(house, "html").decode().startswith(PAGE.format(charset="utf-8").partition("<script>")[0])
    other = bring_in(open_work, save(make_word_file()), "a.docx", [Opinion()])
    assert find_margin(write(other, "docx")) == []
    assert "<h1>見本の薬</h1>" in write(other, "html").decode(), "of another format its blocks are a page"


def test_a_page_whose_bytes_no_encoding_gives_back_is_written_anew(open_work: OpenWork) -> None:
    raw = PAGE.format(charset="utf-8").encode().replace("東京都".encode(), b"\xff\xfe")
    house = bring_in(open_work, raw, "a.html", [Opinion()])
    with pytest.raises(BrokenEncoding):
        decode_exactly(raw)
    written = ARTICLE_FORMATS["html"].write(house.cite(), OCCASION)
    assert not written.keeps_original
    assert "延長します" in written.content.decode()


def test_scripts_of_a_page_are_not_handed_on_and_the_rest_is() -> None:
    acting = "<script>go()</script>"
    words = f"{acting}<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>"
    raw = f'<body onload="go()"><h2>見本の薬</h2>{words}</body>'.encode()
    article = cite_all(raw, "a.html")
    written, unplaced = insert_into_page(article, raw, OCCASION)
    assert unplaced == ()
    assert b"go()" not in written
    plain = raw.replace(acting.encode(), b"").replace(b' onload="go()"', b"")
    assert take_out(article, plain, written) == plain


def test_a_page_whose_scripts_cannot_be_told_is_written_anew(open_work: OpenWork) -> None:
    raw = f"<body><h1>見本</h1><p>{SENTENCES[0]}</p><p>`onclick=go()</p></body>".encode()
    house = bring_in(open_work, raw, "a.html", [Opinion()])
    written = ARTICLE_FORMATS["html"].write(house.cite(), OCCASION)
    assert not written.keeps_original
    assert "延長します" in written.content.decode()


def test_a_page_without_a_frame_is_written_as_the_piece_that_it_is() -> None:
    raw = f"<h2>見本の薬</h2><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>".encode()
    article = cite_all(raw, "a.html")
    written, unplaced = insert_into_page(article, raw, OCCASION)
    assert unplaced == ()
    assert written.decode().lstrip().startswith('<p class="konkyo-stamp">')
    assert written.decode().rstrip().endswith("</section>")
    assert take_out(article, raw, written) == raw


def test_changes_are_accepted_in_notes_and_heads_too() -> None:
    word = make_word_file()
    head = word.sections[0].header.paragraphs[0]
    inserted, deleted = OxmlElement("w:ins"), OxmlElement("w:del")
    for change in (inserted, deleted):
        change.set(qn("w:author"), "見本の編集者")
        head._p.append(change)
    inserted.append(head.add_run("入れた語")._r)
    gone = OxmlElement("w:delText")
    gone.text = "消した文です。"
    run = OxmlElement("w:r")
    run.append(gone)
    deleted.append(run)
    raw = save(word)
    written, _ = insert_into_word_file(cite_all(raw, "a.docx"), raw, OCCASION)
    assert find_margin(written) == []
    assert docx.Document(io.BytesIO(written)).sections[0].header.paragraphs[0].text == "入れた語"

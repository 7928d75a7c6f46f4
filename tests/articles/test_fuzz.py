"""Whatever a file holds, it is an article or a typed refusal."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.articles import parse_document
from claims.errors import ArticleError
from tests.articles.pdf_writer import Words, write_pdf

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"<!DOCTYPE html><body>",
    b"\xff\xfe",
    b"\xd0\xcf\x11\xe0",
    b"\x1b$B",
]
NAMES = ["a.html", "a", "a.docx"]
LONGEST_EDIT = 12
PIECES = [
    *(
        b"<",
        b">",
        b"/>",
        b"<!--",
        b"<table>",
        b"<![CDATA[",
        b"&#0;",
        b"&#xd800;",
        b"colspan=9999",
        b"w:val",
        b"</w:p>",
    ),
    *(b"stream", b"obj", b"99999999999", b"-1", b" 0 R", b"[", b"<<", b">>", b"("),
]
TAGS = [
    *(
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td rowspan=3 colspan=2>",
        "<th>",
        "</table>",
        "<ul>",
        "<ol>",
        "<li>",
    ),
    *(
        "</ul>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<details>",
        "<summary>",
        "<ruby>",
        "<rt>",
        "<sup>",
        "<br>",
        "<h2>",
        "<a>",
    ),
    *("<form>", "<nav>", "<div hidden>", "<button>", "<svg>", "<select>", "文です。", "か？", "1", "|", "\n"),
]

Edit = tuple[float, int, bytes]
edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, LONGEST_EDIT),
        st.binary(max_size=LONGEST_EDIT) | st.sampled_from(PIECES),
    ),
    min_size=1,
    max_size=8,
)
quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def edited(raw: bytes, changes: list[Edit]) -> bytes:
    """``raw`` with pieces replaced: each edit has its place (a share of the length), a length, new bytes."""
    for place, length, new in changes:
        at = int(place * len(raw))
        raw = raw[:at] + new + raw[at + length :]
    return raw


def read_or_refuse(raw: bytes, name: str) -> None:
    try:
        document = parse_document(raw, name)
    except ArticleError:
        return
    article = document.article
    assert document.original.content == raw
    assert article.text.encode("utf-8")
    assert all(0 <= block.start < block.end <= len(article.text) for block in article.blocks)


def sample_word_file() -> dict[str, bytes]:
    """The parts of a Word file with a heading, a list and a table."""
    document = Document()
    document.add_heading("膝の痛み", 1)
    document.add_paragraph("体重が増える", style="List Bullet")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "薬"
    document.add_paragraph("軟骨がすり減ると、骨どうしがぶつかります。")
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


PARTS = sample_word_file()
WORD_FILE = pack(PARTS)
PDF = write_pdf(
    [Words("薄毛の治療", 50, 760, size=20), Words("毛包は成長期と休止期をくり返します。", 50, 700)],
    [Words("治療", 50, 700), Words("効果", 200, 700), Words("運動", 50, 680), Words("減る", 200, 680)],
)
PDF_TEXT = PDF.replace(b"/Filter/FlateDecode", b"")
CONTENT = b"BT /F0 10 Tf 1 0 0 1 50 700 Tm <6bdb> Tj [<5305> -200 <306f>] TJ T* (abc) ' ET q 1 0 0 1 0 0 cm Q"


@quick
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400), name=st.sampled_from(NAMES))
def test_any_bytes(start: bytes, rest: bytes, name: str) -> None:
    read_or_refuse(start + rest, name)


@quick
@given(page=st.sampled_from(PAGES), changes=edits)
def test_any_page_with_pieces_changed(page: Path, changes: list[Edit]) -> None:
    read_or_refuse(edited(page.read_bytes(), changes), page.name)


@quick
@given(tags=st.lists(st.sampled_from(TAGS), max_size=40))
def test_any_tags_in_any_order(tags: list[str]) -> None:
    read_or_refuse(("<html><body>" + "".join(tags)).encode(), "a.html")


@quick
@given(changes=edits)
def test_any_word_file_with_bytes_changed(changes: list[Edit]) -> None:
    read_or_refuse(edited(WORD_FILE, changes), "a.docx")


@quick
@given(part=st.sampled_from(sorted(PARTS)), changes=edits)
def test_any_word_file_with_a_part_changed(part: str, changes: list[Edit]) -> None:
    read_or_refuse(pack({**PARTS, part: edited(PARTS[part], changes)}), "a.docx")


@quick
@given(changes=edits, raw=st.sampled_from([PDF, PDF_TEXT]))
def test_any_pdf_with_bytes_changed(changes: list[Edit], raw: bytes) -> None:
    read_or_refuse(edited(raw, changes), "a.pdf")


@quick
@given(changes=edits)
def test_any_pdf_with_a_page_changed(changes: list[Edit]) -> None:
    read_or_refuse(write_pdf(edited(CONTENT, changes)), "a.pdf")

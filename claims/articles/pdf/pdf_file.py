"""A PDF becomes canonical text, if it has a text layer."""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from collections import Counter
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from claims.articles.broken import BROKEN
from claims.articles.decoding import MOST_UNREADABLE
from claims.articles.pdf.canvas import Link
from claims.articles.pdf.encodings import install_encodings
from claims.articles.pdf.fonts import Fonts
from claims.articles.pdf.layout import Part, lay_out, take_tables
from claims.articles.pdf.links import name_links
from claims.articles.pdf.pages import PrintedPage, read_page
from claims.articles.pdf.painting import paint
from claims.articles.pdf.paragraphs import write_pages
from claims.articles.pdf.printed import Printed
from claims.articles.pdf.rows import Table
from claims.articles.pdf.running import drop_running
from claims.articles.sheet import Sheet
from claims.errors import ArticleError

_MOST_PAGES = 300
_SECONDS = 6.0
_LIMITS: dict[str, Any] = {
    # A stream that is damaged is not read as far as it goes: that would be part of an article.
    "zlib_maximum_recovery_input_length": 0,
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_parsing_work_maximum_count": 400_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "xform_maximum_invocations_per_extraction": 300,
}
# Letters without a meaning: the font does not say which they are.
_UNMAPPED = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)|/g\d+")
_MOST_UNMAPPED = 0.2
_OBJECT = re.compile(rb"[0-9] obj\b")
# More pages without text than this share, and what is read is only part of the article.
_MOST_BLANK = 0.34


def read_pdf_file(raw: bytes) -> tuple[str, str]:
    """Canonical text and title (the document information's, often "") of a PDF.

    Larger or bold print makes headings, print that stands in columns makes rows; lines that run on to the
    margin are one paragraph. Raises ``ArticleError``: ``article_encrypted``, ``article_corrupt``,
    ``article_no_text_layer``, ``article_vertical`` where vertical and horizontal lines are mixed,
    ``article_garbled`` where the fonts do not tell their letters, and
    ``article_too_large`` for what would take too long.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    _check_whole(raw)
    install_encodings()
    unreadable: Counter[str] = Counter()
    try:
        with apply_configuration(**_LIMITS):
            reader = PdfReader(io.BytesIO(raw))
            if reader.is_encrypted:
                raise ArticleError("article_encrypted")
            title = str(reader.metadata.title or "") if reader.metadata else ""
            pages = _read_pages(reader, unreadable)
    except LimitReachedError as error:
        code = "article_corrupt" if isinstance(error.__cause__, zlib.error) else "article_too_large"
        raise ArticleError(code, format=".pdf", reason=type(error).__name__) from error
    except (PyPdfError, DependencyError, *BROKEN) as error:
        raise ArticleError("article_corrupt", format=".pdf", reason=type(error).__name__) from error
    if not pages:
        raise ArticleError("article_corrupt", format=".pdf", reason="/Pages")
    if sum(1 for page in pages if not page) > _MOST_BLANK * len(pages):
        raise ArticleError("article_no_text_layer", pages=len(pages))
    sheet = Sheet()
    write_pages(pages, sheet)
    letters = sheet.text
    if unreadable.total() > MOST_UNREADABLE * len(letters):
        raise ArticleError("article_garbled", font=unreadable.most_common(1)[0][0].lstrip("/"))
    if not any(letter.isalnum() for letter in letters) or _is_unmapped(letters):
        raise ArticleError("article_no_text_layer", pages=len(pages))
    return letters, title


def _check_whole(raw: bytes) -> None:
    """Refuse what breaks off: objects without an end mark behind them, of which a part would be read."""
    end = raw.rfind(b"%%EOF")
    if end < 0 or _OBJECT.search(raw, end):
        raise ArticleError("article_corrupt", format=".pdf", reason="%%EOF")


def _read_pages(reader: PdfReader, unreadable: Counter[str]) -> list[list[Part]]:
    if len(reader.pages) > _MOST_PAGES:
        raise ArticleError("article_too_large", pages=len(reader.pages), limit=_MOST_PAGES)
    started = time.monotonic()

    def check_time() -> None:
        if time.monotonic() - started > _SECONDS:
            raise ArticleError("article_too_large", pages=len(reader.pages), limit=_MOST_PAGES)

    fonts = Fonts()
    pages: list[PrintedPage] = []
    taken: list[tuple[list[Table], list[Printed]]] = []
    for page in reader.pages:
        canvas = paint(page, fonts)
        unreadable.update(canvas.unreadable)
        pages.append(read_page(canvas))
        taken.append(take_tables(pages[-1]))
        check_time()
    along = drop_running([free for _, free in taken])
    across = drop_running([printed.across for printed in pages])
    parts: list[list[Part]] = []
    for number, printed in enumerate(pages):
        laid = lay_out(along[number], taken[number][0], printed.rules)
        parts.append([*(_name_links(part, printed.links) for part in laid), *across[number]])
        check_time()
    return parts


def _name_links(part: Part, links: list[Link]) -> Part:
    return name_links(part, links) if links and isinstance(part, Printed) else part


def _is_unmapped(text: str) -> bool:
    unmapped = sum(len(found) for found in _UNMAPPED.findall(text))
    return unmapped > _MOST_UNMAPPED * len(text)

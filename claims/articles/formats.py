"""Which format a file is in: told by its content, and between kinds of text by its name before all."""

from __future__ import annotations

import re
from enum import StrEnum

from claims.articles.foreign import find_kind, refuse_by_name, refuse_foreign
from claims.errors import ArticleError


class Format(StrEnum):
    """A format that articles come in; the value is its media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"


_PDF_BYTES = 1024
_PDF_OBJECT = re.compile(rb"[0-9] obj\b|\bendobj\b|\bstartxref\b")
_ZIP = b"PK\x03\x04"
_WORD_PART = b"word/"
# A page that a browser saved as an e-mail (.mht): its text is coded.
_WEB_ARCHIVE = (
    re.compile(rb"^MIME-Version:", re.I | re.M),
    re.compile(rb"^Content-Type:\s*+multipart/related", re.I | re.M),
)
_WEB_ARCHIVE_BYTES = 2_000
_HEAD_BYTES = 20_000
_COMMENT_OR_SPACE = re.compile(r"<!--.*?-->|<\?xml[^>]*>|\s++", re.S)
_FRAME = re.compile(r"<(?:!doctype\s+html|html)\b", re.I)
_PAGE_PART = re.compile(r"<(?:head|body)\b", re.I)
_TAGS = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|li|table|tr|td|span|section|article|meta|title|font|center)\b[^<>]*+>", re.I
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.I)
_FEWEST_TAGS = 4
_HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".php")
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_TEXT_NAMES = (".txt", ".text")


def recognise_format(raw: bytes, name: str = "", content_type: str = "") -> Format:
    """The format of ``raw``. ``name`` and ``content_type`` (of HTTP) decide between kinds of text only.

    What is named text or Markdown is a page only where it begins as a whole one does: both may begin with
    tags of their own. Raises ``ArticleError``: ``article_encrypted``, ``article_other_office``,
    ``article_picture`` and ``article_foreign`` for what is of another kind.

    >>> recognise_format(b"<div>\\n\\n# a\\n\\n</div>", "a.md").name
    'MARKDOWN'
    >>> recognise_format(b"<!doctype html><p>a", "a.txt").name
    'HTML'
    """
    suffix = read_suffix(name)
    if _is_pdf(raw, suffix):
        return Format.PDF
    if raw.startswith(_ZIP) and _is_word(raw, suffix):
        return Format.DOCX
    refuse_foreign(raw)
    if all(header.search(raw[:_WEB_ARCHIVE_BYTES]) for header in _WEB_ARCHIVE):
        raise ArticleError("article_foreign", format=".mht")
    if _is_page(raw, suffix, "html" in content_type.lower()):
        return Format.HTML
    return Format.MARKDOWN if suffix in _MARKDOWN_NAMES else Format.TEXT


def refuse_named(name: str) -> None:
    """Return where the name tells nothing of bytes that are no text; else raise what it tells.

    Raises ``ArticleError``: ``article_corrupt`` for a PDF or a Word file that does not begin like one, and
    those of ``recognise_format`` for names of other kinds.
    """
    suffix = read_suffix(name)
    if suffix in (".pdf", ".docx"):
        raise ArticleError("article_corrupt", format=suffix, reason="header")
    refuse_by_name(suffix)


def read_suffix(name: str) -> str:
    """The suffix of a file's name or of the path of an address, in lower case; "" where it has none."""
    if "://" in name:
        name = name.partition("://")[2].partition("#")[0].partition("?")[0]
    last = name.replace("\\", "/").rpartition("/")[2].lower()
    return last[last.rfind(".") :] if "." in last else ""


def _is_pdf(raw: bytes, suffix: str) -> bool:
    """Whether the bytes are a PDF, or what is left of one by that name."""
    if raw.lstrip().startswith(b"%PDF-"):
        return True
    has_objects = _PDF_OBJECT.search(raw) is not None
    if suffix == ".pdf":
        return b"%PDF-" in raw or has_objects
    return has_objects and b"%PDF-" in raw[:_PDF_BYTES] and raw.lstrip()[:1] != b"<"


def _is_word(raw: bytes, suffix: str) -> bool:
    """Whether a package is Word's: by its parts, and by its name where none of its parts tells another."""
    return _WORD_PART in raw or (suffix == ".docx" and find_kind(raw) == ".zip")


def _is_page(raw: bytes, suffix: str, is_served_so: bool) -> bool:
    """Whether the bytes are mark-up of a page, or pieces of one without its frame."""
    named_page = suffix in _HTML_NAMES or is_served_so
    named_text = suffix in (*_TEXT_NAMES, *_MARKDOWN_NAMES) and not is_served_so
    for encoding in ("utf-16", "latin-1") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("latin-1",):
        head = raw[:_HEAD_BYTES].decode(encoding, errors="replace").lstrip("\ufeffï»¿")
        at = 0
        while found := _COMMENT_OR_SPACE.match(head, at):
            at = found.end()
        if _FRAME.match(head, at) or (not named_text and _PAGE_PART.match(head, at)):
            return True
        if named_text:
            continue
        if named_page and (_TAGS.search(head) or _REFERENCE.search(head)):
            return True
        if head[at : at + 1] == "<" and len(_TAGS.findall(head)) >= _FEWEST_TAGS:
            return True
    return False

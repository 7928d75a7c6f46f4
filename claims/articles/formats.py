"""Which format a file is in: told by its content, and by its name only where the content could be either."""

from __future__ import annotations

import re
from enum import StrEnum

from claims.errors import ArticleError


class Format(StrEnum):
    """A format that articles come in; the value is its media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"


_PDF_BYTES = 1024
_ZIP = b"PK\x03\x04"
# What Office wrote before .docx, encrypts into, or calls rich text.
_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
# A page that a browser saved as an e-mail (.mht): its text is coded.
_WEB_ARCHIVE = re.compile(rb"^MIME-Version:.*^Content-Type:\s*multipart/related", re.I | re.M | re.S)
_WEB_ARCHIVE_BYTES = 2_000
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|li|table|tr|td|span|section|article|meta|title|font|center)\b[^<>]*>", re.I
)
_FEWEST_TAGS = 4
_HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".php")
_MARKDOWN_NAMES = (".md", ".markdown")


def recognise_format(raw: bytes, name: str = "", content_type: str = "") -> Format:
    """The format of ``raw``. ``name`` and ``content_type`` (of HTTP) decide between kinds of text only.

    Raises ``ArticleError``: ``article_encrypted`` and ``article_other_office`` for what Word wrote in a way
    that nothing here reads, ``article_binary`` for other packages and archives.

    >>> recognise_format(b"<!doctype html><p>a", "article.txt").name
    'HTML'
    """
    if b"%PDF-" in raw[:_PDF_BYTES] and raw.lstrip()[:1] != b"<":
        return Format.PDF
    if raw.startswith(_OFFICE):
        raise ArticleError("article_encrypted" if _ENCRYPTED_PACKAGE in raw else "article_other_office")
    if raw.startswith(_ZIP) and b"word/" in raw:
        return Format.DOCX
    if raw.startswith(_ZIP) or _WEB_ARCHIVE.search(raw[:_WEB_ARCHIVE_BYTES]):
        raise ArticleError("article_binary", bytes=len(raw))
    suffix = name.lower()[name.rfind(".") :] if "." in name else ""
    if _looks_like_page(raw, suffix in _HTML_NAMES or "html" in content_type.lower()):
        return Format.HTML
    return Format.MARKDOWN if suffix in _MARKDOWN_NAMES else Format.TEXT


def _looks_like_page(raw: bytes, is_named_so: bool) -> bool:
    """Whether the bytes are mark-up of a page, or pieces of one without its frame."""
    for encoding in ("utf-16", "latin-1") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("latin-1",):
        start = raw[:20_000].decode(encoding, errors="replace").lstrip("\ufeffï»¿")
        if _PAGE.match(start):
            return True
        tags = len(_TAGS.findall(start))
        if tags >= (1 if is_named_so else _FEWEST_TAGS) and (is_named_so or start.lstrip().startswith("<")):
            return True
    return False

"""Files of kinds that are never articles here, known by their first bytes or at least by their name."""

from __future__ import annotations

from claims.errors import ArticleError

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# What the directory of a file of the old Office names → the suffix of such files.
_COMPOUND_PARTS = (
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("PowerPoint Document", ".ppt"),
    ("__substg1.0", ".msg"),
)
# What a package holds near its beginning → the suffix of such packages.
_PACKAGE_PARTS = (
    (b"xl/", ".xlsx"),
    (b"ppt/", ".pptx"),
    (b"application/vnd.oasis.opendocument.text", ".odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    (b"application/vnd.oasis.opendocument.presentation", ".odp"),
    (b"application/epub+zip", ".epub"),
    (b"Index/Document.iwa", ".pages"),
)
_OFFICE = (".doc", ".dot", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".pages")
_PICTURES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".webp",
    ".heic",
    ".ico",
    ".psd",
    ".svg",
)
_OTHERS = (
    ".exe", ".dll", ".elf", ".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".mp3", ".mp4", ".mov",
    ".wav", ".avi", ".msg", ".mht", ".epub", ".sqlite", ".db", ".ttf", ".woff", ".class", ".bin", ".iso",
)  # fmt: skip
# First bytes → the suffix of such files.
_STARTS = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\x00", ".tiff"),
    (b"MM\x00*", ".tiff"),
    (b"8BPS\x00", ".psd"),
    (b"\x00\x00\x01\x00", ".ico"),
    (b"MZ\x90", ".exe"),
    (b"\x7fELF", ".elf"),
    (b"\xca\xfe\xba\xbe", ".class"),
    (b"\x1f\x8b", ".gz"),
    (b"BZh", ".bz2"),
    (b"\xfd7zXZ\x00", ".xz"),
    (b"7z\xbc\xaf'\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"ID3\x03", ".mp3"),
    (b"ID3\x04", ".mp3"),
    (b"SQLite format 3\x00", ".sqlite"),
    (b"wOFF", ".woff"),
)
_BRANDS = {b"heic": ".heic", b"mif1": ".heic", b"qt  ": ".mov"}
_RIFF = {b"WEBP": ".webp", b"WAVE": ".wav", b"AVI ": ".avi"}


def refuse_foreign(raw: bytes) -> None:
    """Return where the bytes may be an article.

    Raises ``ArticleError`` with the suffix of such files as ``format``: ``article_other_office``,
    ``article_picture`` and ``article_foreign``, and ``article_encrypted`` for what Office encrypted.
    """
    if raw.startswith(_COMPOUND) and _ENCRYPTED_PACKAGE in raw:
        raise ArticleError("article_encrypted")
    if suffix := find_kind(raw):
        raise _refuse(suffix)


def refuse_by_name(suffix: str) -> None:
    """Return where files of this suffix may be articles; raises like ``refuse_foreign``, by the name alone.

    For bytes that are no text: damaged or not, the name says what they were meant to be.
    """
    if suffix in (*_OFFICE, *_PICTURES, *_OTHERS):
        raise _refuse(suffix)


def find_kind(raw: bytes) -> str:
    """The suffix of files that begin like this; "" where nothing is known of them."""
    if raw.startswith(_COMPOUND):
        named = (suffix for part, suffix in _COMPOUND_PARTS if part.encode("utf-16-le") in raw)
        return next(named, ".doc")
    if raw.startswith(_ZIP):
        return next((suffix for part, suffix in _PACKAGE_PARTS if part in raw), ".zip")
    if raw[4:8] == b"ftyp":
        return _BRANDS.get(raw[8:12], ".mp4")
    if raw.startswith(b"RIFF"):
        return _RIFF.get(raw[8:12], "")
    if raw.startswith(b"BM") and b"\x00" in raw[:32]:
        return ".bmp"
    return next((suffix for start, suffix in _STARTS if raw.startswith(start)), "")


def _refuse(suffix: str) -> ArticleError:
    if suffix in _OFFICE:
        return ArticleError("article_other_office", format=suffix)
    return ArticleError("article_picture" if suffix in _PICTURES else "article_foreign", format=suffix)

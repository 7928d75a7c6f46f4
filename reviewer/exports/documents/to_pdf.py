"""A document as a PDF: its page printed by WeasyPrint, which is an extra of its own (``konkyo[pdf]``).

It prints in a process of its own: seconds of work keep nobody waiting, and what breaks it ends it alone.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import unicodedata
from importlib.util import find_spec

from claims.errors import SettingsError
from reviewer.exports.documents import printing
from reviewer.exports.documents.model import Document
from reviewer.exports.documents.to_html import to_html
from reviewer.markup import Html

_log = logging.getLogger("konkyo.exports")
_JAPANESE = ("HIRAGANA", "KATAKANA", "CJK UNIFIED", "CJK COMPATIBILITY", "IDEOGRAPHIC")
_MOST_SECONDS = 300
# Kana and kanji: what a report cannot do without.
_SAMPLE = Html(
    '<!doctype html><html lang="ja"><meta charset="utf-8"><title>a</title><p>根拠のカナ</p></html>'
)


def is_pdf_written_here() -> bool:
    """Whether the package is installed; what it needs of the operating system shows when it is used."""
    return find_spec("weasyprint") is not None


def to_pdf(document: Document) -> bytes:
    """The PDF, whose words can be selected, searched and heard; the same document is the same bytes.

    Raises ``SettingsError`` where the package, its libraries or a font for Japanese is missing. Other letters
    without a font are named (``[U+1F9EC]``), and are told in the log.
    """
    return _print(to_html(document))


def try_printing() -> None:
    """Return where a PDF in Japanese can be made here. Raises ``SettingsError`` with what is missing."""
    _print(_SAMPLE.encode())


def _print(page: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", printing.__name__],
            input=page,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SettingsError("pdf_not_printed", reason=f"{_MOST_SECONDS} s") from error
    if done.returncode:
        raise SettingsError("pdf_not_printed", reason=f"exit {done.returncode}")
    told = json.loads(done.stderr.splitlines()[-1])
    if "package" in told:
        raise SettingsError("pdf_not_installed", package=told["package"])
    if "reason" in told:
        raise SettingsError("pdf_libraries_missing", reason=told["reason"])
    _tell_letters(told["letters"])
    return done.stdout


def _tell_letters(letters: str) -> None:
    """Say which letters no font has. Raises ``SettingsError`` where Japanese ones are among them."""
    if any(map(_is_japanese, letters)):
        raise SettingsError("pdf_fonts_missing", letters=letters[:20])
    if letters:
        names = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:20])
        _log.warning("no font has %s", names, extra={"event": "pdf_letters_without_font"})


def _is_japanese(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_JAPANESE)

"""The process that prints a page: HTML in, PDF out. It has nothing of the house, and may die of a bad font.

``python -m reviewer.exports.documents.printing`` reads the page from standard input; it ends with one line of
JSON on standard error: the ``letters`` that no font of the machine has, or the ``package`` that is not there,
or the ``reason`` why its libraries cannot be loaded.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from importlib import import_module
from typing import Any

# How WeasyPrint ends what it says of a letter that no font has.
_LETTER = re.compile(r"\(U\+([0-9A-F]{4,6})\)\Z")


class _Watcher(logging.Handler):
    """Notes each letter without a font once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.letters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the letter that the record is about, where it is about one."""
        if found := _LETTER.search(record.getMessage()):
            self.letters.add(chr(int(found.group(1), 16)))


def _print_page(printer: Any, page: str) -> bytes:
    """The PDF, tagged for those who cannot see it; nothing is fetched, the page has all that it shows."""
    fetcher = printer.urls.URLFetcher(allowed_protocols=())
    whole = printer.HTML(string=page, url_fetcher=fetcher)
    return bytes(whole.write_pdf(pdf_tags=True, pdf_identifier=b"konkyo"))


def main() -> dict[str, str]:
    """What there is to tell of the printing."""
    try:
        printer = import_module("weasyprint")
    except ModuleNotFoundError as error:
        return {"package": str(error.name)}
    except OSError as error:
        return {"reason": str(error).split(":")[0]}
    watcher = _Watcher()
    logging.getLogger("weasyprint").addHandler(watcher)
    page = sys.stdin.buffer.read().decode("utf-8")
    written = _print_page(printer, page)
    if letters := "".join(sorted(watcher.letters)):
        # Boxes tell nothing: what cannot be drawn is named.
        named = {ord(letter): f"[U+{ord(letter):04X}]" for letter in letters}
        written = _print_page(printer, page.translate(named))
    sys.stdout.buffer.write(written)
    return {"letters": letters}


if __name__ == "__main__":
    sys.stderr.write(f"{json.dumps(main())}\n")

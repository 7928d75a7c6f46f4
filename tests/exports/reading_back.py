"""What a file of each format holds, read as its reader would: a new format needs a line here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

import docx
from lxml import html

from reviewer.exports.table import Row


def read_csv(exported: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))


# By the ending of its files, as in ``reviewer.exports.registry.FORMATS``.
READERS: Mapping[str, Callable[[bytes], list[Row]]] = {"csv": read_csv}


def read_words_of_html(exported: bytes) -> str:
    return "\n".join(map(str, html.document_fromstring(exported.decode()).itertext()))


def read_words_of_docx(exported: bytes) -> str:
    parts = docx.Document(io.BytesIO(exported)).element.itertext()
    return "\n".join(parts)


# All words that a report shows, by the ending of its files, as in ``REPORT_FORMATS``.
REPORT_READERS: Mapping[str, Callable[[bytes], str]] = {
    "docx": read_words_of_docx,
    "html": read_words_of_html,
}

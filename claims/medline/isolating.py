"""PubMed XML that is not well-formed, read record by record: only what is broken is lost."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from claims.errors import RecordError
from claims.medline.parsing import ParsedRecord, RefusedRecord, parse_element
from claims.medline.stream import LARGEST_RECORD_BYTES, read_chunks, read_elements

_START = re.compile(rb"<(?:Pubmed(?:Book)?Article|DeleteCitation|DeleteDocument)[\s>]")
_LONGEST_START = len(b"<PubmedBookArticle>")
_END = re.compile(rb"</Pubmed(?:Book)?ArticleSet\s*>")
_SET = re.compile(rb"<(Pubmed(?:Book)?ArticleSet)[\s>]")
# The record's own number: further numbers in it are those of papers that it names.
_OWN_PMID = re.compile(
    rb"<(?:MedlineCitation|BookDocument)\b[^<>]*>\s*<PMID\b[^<>]*>\s*([0-9]{1,10})\s*</PMID>"
)


def isolate_records(body: bytes) -> Iterator[ParsedRecord]:
    """The records of a whole answer, each read by itself; one that cannot be is refused with its PMID.

    Nothing is repaired: what is kept reads as it was sent. None for an answer without a beginning or an end.
    """
    head, *records = _cut_records([body])
    if records and _END.search(records[-1]):
        for position, record in enumerate(records, start=1):
            yield from _parse_alone(head, record, position)


def parse_file(stream: BinaryIO) -> Iterator[ParsedRecord]:
    """The records of a file as ``parse_records`` has them, but from a broken one on each read by itself.

    Raises ``RecordError`` as ``parse_records`` does, after all that can be read: where the file breaks off,
    or what is broken lies outside of the records.
    """
    taken, position = 0, 1
    try:
        for element in read_elements(stream):
            records = parse_element(element, position)
            taken, position = taken + 1, position + len(records)
            yield from records
    except RecordError as error:
        if error.code != "xml_malformed":
            raise
        stream.seek(0)
        if not (yield from _read_on(stream, taken, position)):
            raise


def _read_on(stream: BinaryIO, taken: int, position: int) -> Generator[ParsedRecord, None, bool]:
    """The records behind the first ``taken``, and whether those refused are all that is wrong."""
    pieces = _cut_records(read_chunks(stream))
    head = next(pieces)
    refused = whole = False
    for record in islice(pieces, taken, None):
        whole = _END.search(record) is not None
        for one in _parse_alone(head, record, position):
            position += 1
            refused = refused or (isinstance(one, RefusedRecord) and one.reason_code == "record_unreadable")
            yield one
    return refused and whole


def _cut_records(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What stands before the first record, then each with what follows it; the last only with the set's end.

    Raises ``RecordError`` (``xml_record_too_large``).
    """
    held, sought, is_head = bytearray(), 1, True
    for chunk in chunks:
        held += chunk
        while found := _START.search(held, sought):
            yield bytes(held[: found.start()])
            del held[: found.start()]
            sought, is_head = 1, False
        sought = max(1, len(held) - _LONGEST_START)
        if len(held) > LARGEST_RECORD_BYTES:
            raise RecordError("xml_record_too_large")
    if is_head or _END.search(held):
        yield bytes(held)


def _parse_alone(head: bytes, record: bytes, position: int) -> Iterator[ParsedRecord]:
    end, name = _END.search(record), _SET.search(head)
    tail = b"</%s>" % name.group(1) if name else b""
    try:
        for element in read_elements(head + (record[: end.start()] if end else record) + tail):
            yield from parse_element(element, position)
    except RecordError as error:
        pmid = _OWN_PMID.search(record)
        reason = str(error.values.get("reason", error.code)).partition(", line")[0]
        yield RefusedRecord("record_unreadable", pmid.group(1).decode() if pmid else "", position, reason)

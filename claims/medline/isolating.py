"""A PubMed answer that is no well-formed XML, read record by record: only what is broken is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.errors import RecordError
from claims.medline.parsing import ParsedRecord, RefusedRecord, parse_records

_START = re.compile(rb"<Pubmed(?:Book)?Article[\s>]")
_END = re.compile(rb"</Pubmed(?:Book)?ArticleSet\s*>")
# The record's own number: further numbers in it are those of papers that it names.
_OWN_PMID = re.compile(
    rb"<(?:MedlineCitation|BookDocument)\b[^<>]*>\s*<PMID\b[^<>]*>\s*([0-9]{1,10})\s*</PMID>"
)


def isolate_records(body: bytes) -> Iterator[ParsedRecord]:
    """The records of a whole answer, each read by itself; one that cannot be is refused with its PMID.

    Nothing is repaired: what is kept reads as it was sent. None for an answer without a beginning or an end.
    """
    starts = [found.start() for found in _START.finditer(body)]
    end = next(_END.finditer(body), None)
    if not starts or end is None or end.start() < starts[-1]:
        return
    head, tail = body[: starts[0]], end.group()
    for position, (start, stop) in enumerate(zip(starts, (*starts[1:], end.start()), strict=True), start=1):
        record = body[start:stop]
        try:
            yield from parse_records(head + record + tail)
        except RecordError as error:
            pmid = _OWN_PMID.search(record)
            reason = str(error.values.get("reason", error.code)).partition(", line")[0]
            yield RefusedRecord("record_unreadable", pmid.group(1).decode() if pmid else "", position, reason)

"""Retraction Watch's table as Crossref publishes it, and what it adds to what a paper's own record says.

Crossref's documentation of the columns: crossref.org/documentation/retrieve-metadata/retraction-watch.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.appraisal.standing import FALLEN
from claims.errors import RecordError
from claims.records.citation import Pmid, RetractionCheck, RetractionStatus, Watched, parse_pmid
from claims.records.watch import Nature, WatchRecord

COLUMNS = (
    "Record ID",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
)
_NATURES = {
    "retraction": Nature.RETRACTION,
    "expression of concern": Nature.EXPRESSION_OF_CONCERN,
    "correction": Nature.CORRECTION,
    "reinstatement": Nature.REINSTATEMENT,
}
# The file has days as 4/15/2021 0:00, copies of it also as 2021-04-15.
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\Z")
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+Z?)?\Z")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)?(10\.[0-9]{4,9}/\S+)\Z", re.IGNORECASE)
_NO_NUMBER = frozenset({"", "0", "unavailable"})
_LONGEST_DOI, _LONGEST_REASONS = 400, 2_000
_ORDER = {nature: place for place, nature in enumerate(Nature)}
_STANDS = {
    Nature.RETRACTION: RetractionStatus.RETRACTED,
    Nature.EXPRESSION_OF_CONCERN: RetractionStatus.EXPRESSION_OF_CONCERN,
    Nature.CORRECTION: RetractionStatus.CORRECTED,
}
# What a later and graver word takes the place of.
_GRAVITY = (
    RetractionStatus.NONE_KNOWN,
    RetractionStatus.UPDATED,
    RetractionStatus.CORRECTED,
    RetractionStatus.PARTIALLY_RETRACTED,
    RetractionStatus.EXPRESSION_OF_CONCERN,
    RetractionStatus.RETRACTED,
)


@dataclass(frozen=True, slots=True)
class BadRow:
    """Lines of the file that are no row, and why."""

    first_line: int
    last_line: int
    reason: str


def read_rows(lines: Iterable[str]) -> Iterator[WatchRecord | BadRow]:
    """The rows of the file in its order, as they are read; one that is none is told in its place.

    A row names its paper by PMID, by DOI, or by neither. Raises ``RecordError`` (``watch_not_a_table``) where
    the first line does not name the columns.
    """
    # A quotation mark too many would make one row of two, and put one's retraction on the other's paper.
    reader = csv.reader(lines, strict=True)
    try:
        heads = [head.strip().lstrip("\ufeff") for head in next(reader, [])]
    except csv.Error:
        heads = []
    missing = [name for name in COLUMNS if name not in heads]
    if missing:
        raise RecordError("watch_not_a_table", columns=tuple(missing))
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
            if not cells:
                continue
            if len(cells) != len(heads):
                raise ValueError(f"{len(cells)} cells where there are {len(heads)} columns")
            if any("\0" in cell for cell in cells):
                # PostgreSQL keeps none, and would refuse the whole file for it.
                raise ValueError("a cell with a NUL in it")
            yield _parse_row(dict(zip(heads, cells, strict=True)))
        except StopIteration:
            return
        except (csv.Error, ValueError) as error:
            yield BadRow(first, reader.line_num, str(error))


def _parse_row(row: Mapping[str, str]) -> WatchRecord:
    number = row["Record ID"].strip()
    if not (number.isascii() and number.isdecimal() and 0 < int(number) < 2**31):
        raise ValueError(f"no Record ID: {number[:40]!r}")
    nature = _NATURES.get(row["RetractionNature"].strip().lower())
    if nature is None:
        raise ValueError(f"no RetractionNature: {row['RetractionNature'][:40]!r}")
    return WatchRecord(
        int(number),
        nature,
        _read_pmid(row["OriginalPaperPubMedID"]),
        _read_doi(row["OriginalPaperDOI"]),
        _read_day(row["RetractionDate"]),
        _read_pmid(row["RetractionPubMedID"]),
        _read_doi(row["RetractionDOI"]),
        row["Reason"].strip()[:_LONGEST_REASONS],
    )


def _read_pmid(cell: str) -> Pmid | None:
    number = cell.strip().removesuffix(".0")
    return None if number.lower() in _NO_NUMBER else parse_pmid(number)


def _read_doi(cell: str) -> str:
    """The DOI in lower case, "" where the cell says that there is none."""
    found = _DOI.match(cell.strip())
    return found[1].lower()[:_LONGEST_DOI] if found else ""


def _read_day(cell: str) -> date | None:
    told = cell.strip()
    if not told:
        return None
    if found := _AMERICAN.match(told):
        return date(int(found[3]), int(found[1]), int(found[2]))
    if found := _ISO.match(told):
        return date.fromisoformat(found[1])
    raise ValueError(f"no day: {told[:40]!r}")


def weigh_watched(check: RetractionCheck, records: Sequence[WatchRecord]) -> RetractionCheck:
    """The check with what Retraction Watch tells of the paper by these rows.

    The record's own word comes first: a paper that fell by it stays fallen, reinstated or not. Where it says
    less than Retraction Watch the graver word counts, since records follow late.

    >>> row = WatchRecord(7, Nature.RETRACTION, Pmid("1"), "", date(2026, 1, 4))
    >>> weighed = weigh_watched(RetractionCheck(RetractionStatus.NONE_KNOWN), [row])
    >>> weighed.status.value, weighed.own.value
    ('retracted', 'none_known')
    """
    own = check.own
    if not records:
        return replace(check, status=own, watched=None)
    told, by = RetractionStatus.NONE_KNOWN, None
    for record in sorted(records, key=lambda r: (r.told_on or date.min, _ORDER[r.nature], r.record_id)):
        stands = _STANDS.get(record.nature, RetractionStatus.NONE_KNOWN)
        if record.nature is Nature.REINSTATEMENT or _weighs_more(stands, told):
            told, by = stands, record
    by = by or records[0]
    watched = Watched(told, by.told_on, by.record_id, own)
    # One that was never looked at stays so unless Retraction Watch has something to say.
    known = RetractionStatus.NONE_KNOWN if own is RetractionStatus.UNCHECKED else own
    weighed = told if own not in FALLEN and _weighs_more(told, known) else own
    return replace(check, status=weighed, watched=watched)


def _weighs_more(one: RetractionStatus, other: RetractionStatus) -> bool:
    return _GRAVITY.index(one) > _GRAVITY.index(other) if other in _GRAVITY else False

"""NBIB files (PubMed's own text format, as reference managers save it) as citations, read by Bio.Medline.

The format carries no UIs, and neither affiliations nor ORCIDs are tied to an author: they are left out.
An abstract's labels stand in its text, so that it is one section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO, TextIOWrapper
from typing import BinaryIO

from Bio import Medline

from claims.errors import RecordError
from claims.medline.dates import find_year
from claims.medline.fields import find_pmid, first_id, other_ids
from claims.medline.markup import fold_space
from claims.medline.parsing import RefusedRecord
from claims.records.citation import (
    AbstractSection,
    Author,
    Citation,
    Correction,
    Grant,
    MeshHeading,
    OtherAbstract,
    Substance,
    Term,
    parse_pmid,
)

_IDENTIFIER = re.compile(r"(?<!\S)(\S++) \[([A-Za-z]++)\]")
_SUBSTANCE = re.compile(r"(\S+(?: \S+)?) \((.+)\)\Z")
_SUFFIX = re.compile(r"(?<![ ,])[ ,]++(Jr|Sr|2nd|3rd|[4-9]th|II|III|IV)\.?\Z")
_SHORT_NAME = re.compile(
    r"(?P<last>.+) (?P<initials>[^\W\d_a-z]{1,4})(?: (?P<suffix>Jr|Sr|2nd|3rd|[4-9]th|II|III|IV)\.?)?\Z"
)
_CORRECTION_PMID = re.compile(r"(?<!\s)\s*+PMID:\s*+([0-9]++)\.?\s*+\Z")

_split_records: Callable[[Iterator[str]], Iterator[Medline.Record]] = Medline.parse

REF_TYPES = {
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "RRI": "RetractedandRepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor",
    "EIN": "ErratumIn",
    "EFR": "ErratumFor",
    "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom",
    "RPI": "RepublishedIn",
    "RPF": "RepublishedFrom",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "SPIN": "SummaryForPatientsIn",
    "ORI": "OriginalReportIn",
}


class _Fields:
    """The fields of one record as lists of whole lines, whichever of them Bio.Medline joins."""

    def __init__(self, record: Medline.Record) -> None:
        self._record = record

    def all(self, tag: str) -> list[str]:
        found = self._record.get(tag, [])
        lines = [found] if isinstance(found, str) else found
        return [folded for line in lines if (folded := fold_space(str(line)))]

    def one(self, tag: str) -> str:
        return next(iter(self.all(tag)), "")


def parse_nbib(stream: BinaryIO | bytes) -> Iterator[Citation | RefusedRecord]:
    """The records of an NBIB file in order, read lazily. Raises ``RecordError``: ``nbib_unreadable``.

    >>> [record.title for record in parse_nbib(b"PMID- 9000000001\\nTI  - SAMPLE of a\\n      title\\n")
    ...  if isinstance(record, Citation)]
    ['SAMPLE of a title']
    """
    text = TextIOWrapper(BytesIO(stream) if isinstance(stream, bytes) else stream, encoding="utf-8-sig")
    position = 0
    try:
        for position, record in enumerate(_split_records(_unfold(text)), start=1):
            yield _parse_record(_Fields(record), position)
    except UnicodeDecodeError as error:
        raise RecordError("nbib_unreadable", reason="not_utf8") from error
    finally:
        text.detach()
    if position == 0:
        raise RecordError("nbib_unreadable", reason="empty")


def _unfold(lines: TextIOWrapper) -> Iterator[str]:
    """Whole fields: Bio.Medline would take the wrapped lines of most lists for entries of their own."""
    field = ""
    for line in lines:
        if line.startswith("      ") and field.strip():
            field = f"{field.rstrip()} {line.strip()}\n"
            continue
        if field:
            yield field
        field = line
        if line.strip() and line[4:6] != "- ":
            raise RecordError("nbib_unreadable", reason="not_nbib")
    if field:
        yield field


def _parse_record(fields: _Fields, position: int) -> Citation | RefusedRecord:
    try:
        pmid = parse_pmid(fields.one("PMID"))
    except ValueError:
        return RefusedRecord("bad_pmid", fields.one("PMID"), position)
    ids = _read_ids(fields)
    electronic_date = _read_day(fields.one("DEP"))
    year = find_year(fields.one("DP"))
    return Citation(
        pmid=pmid,
        title=fields.one("TI") or fields.one("BTI"),
        vernacular_title=fields.one("TT"),
        abstract=tuple(AbstractSection(text) for text in fields.all("AB")),
        other_abstracts=_read_other_abstracts(fields),
        authors=_read_authors(fields, "FAU", "AU") + _read_groups(fields),
        editors=_read_authors(fields, "FED", "ED"),
        journal=fields.one("JT"),
        journal_abbreviation=fields.one("TA"),
        issn=fields.one("IS").partition(" ")[0],
        volume=fields.one("VI"),
        issue=fields.one("IP"),
        pages=fields.one("PG"),
        published=fields.one("DP"),
        published_year=year or (electronic_date.year if electronic_date else None),
        electronic_date=electronic_date,
        doi=first_id(ids, "doi"),
        pmc=fields.one("PMC"),
        other_ids=other_ids(ids),
        languages=tuple(fields.all("LA")),
        publication_types=tuple(Term(name) for name in fields.all("PT")),
        mesh=tuple(_read_heading(line) for line in fields.all("MH")),
        chemicals=tuple(_read_substance(line) for line in fields.all("RN")),
        keywords=tuple(word.lstrip("*") for word in fields.all("OT")),
        grants=tuple(_read_grant(line) for line in fields.all("GR")),
        conflict_statement=fields.one("COIS"),
        corrections=tuple(_read_corrections(fields)),
        status=fields.one("STAT"),
        publisher=fields.one("PB"),
        book=fields.one("BTI"),
        revised_on=_read_day(fields.one("LR")),
        completed_on=_read_day(fields.one("DCOM")),
        copyright=fields.one("CI"),
        investigators=_read_authors(fields, "FIR", "IR"),
        subjects=_read_authors(fields, "FPS", "PS"),
        gene_symbols=tuple(fields.all("GS")),
        notes=tuple(fields.all("GN")),
    )


def _read_ids(fields: _Fields) -> list[tuple[str, str]]:
    joined = " ".join(fields.all("LID") + fields.all("AID"))
    ids = [(kind, value) for value, kind in _IDENTIFIER.findall(joined)]
    for line in fields.all("SI"):
        bank, _, number = line.partition("/")
        ids.append((bank, number))
    return ids + [("isbn", line.partition(" ")[0]) for line in fields.all("ISBN")]


def _read_other_abstracts(fields: _Fields) -> tuple[OtherAbstract, ...]:
    texts, languages = fields.all("OAB"), fields.all("OABL")
    found = []
    for at, line in enumerate(texts):
        kind, _, text = line.partition(": ")
        sections = (AbstractSection(text or kind),)
        found.append(
            OtherAbstract(kind if text else "", languages[at] if at < len(languages) else "", sections)
        )
    return tuple(found)


def _read_authors(fields: _Fields, full_tag: str, short_tag: str) -> tuple[Author, ...]:
    """People by their full names, with initials where the short names pair up with them."""
    full_names, short_names = fields.all(full_tag), fields.all(short_tag)
    if not full_names:
        return tuple(_read_short_name(name) for name in short_names)
    if len(full_names) != len(short_names):
        short_names = [""] * len(full_names)
    return tuple(_read_author(full, short) for full, short in zip(full_names, short_names, strict=True))


def _read_author(full: str, short: str) -> Author:
    """``Sample, Ann B Jr`` with ``Sample AB Jr``; a name without a comma is a person's only one."""
    last, _, fore = full.partition(", ")
    suffix = _SUFFIX.search(fore)
    fore = fore[: suffix.start()] if suffix else fore
    initials = _read_short_name(short).initials if fore else ""
    return Author(last_name=last, fore_name=fore, initials=initials, suffix=suffix.group(1) if suffix else "")


def _read_short_name(short: str) -> Author:
    """``Sample AB Jr``: what is not initials at the end, nor a suffix after them, is the last name."""
    found = _SHORT_NAME.match(short)
    if found is None:
        return Author(last_name=short)
    return Author(found["last"], initials=found["initials"], suffix=found["suffix"] or "")


def _read_groups(fields: _Fields) -> tuple[Author, ...]:
    return tuple(Author(collective=name) for name in fields.all("CN"))


def _read_heading(line: str) -> MeshHeading:
    descriptor, *qualifiers = line.replace("*", "").split("/")
    return MeshHeading(Term(descriptor), tuple(Term(name) for name in qualifiers), "*" in line)


def _read_substance(line: str) -> Substance:
    found = _SUBSTANCE.match(line)
    return Substance(found.group(2), registry_number=found.group(1)) if found else Substance(line)


def _read_grant(line: str) -> Grant:
    parts = line.rsplit("/", 3)
    agency, country = (parts[-2], parts[-1]) if len(parts) > 2 else (parts[-1], "")
    return Grant(parts[0] if len(parts) > 1 else "", agency, country)


def _read_corrections(fields: _Fields) -> Iterator[Correction]:
    for tag, kind in REF_TYPES.items():
        for line in fields.all(tag):
            found = _CORRECTION_PMID.search(line)
            pmid = find_pmid(found.group(1)) if found else None
            yield Correction(kind, line[: found.start()] if found else line, pmid)


def _read_day(text: str) -> date | None:
    """A day as ``YYYYMMDD``; ``None`` where there is none."""
    if len(text) != 8 or not text.isdecimal():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None

"""Any list of papers, told apart by what it says: the papers it names, in order."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from claims.bibliography.bibtex import read_bibtex
from claims.bibliography.csl_json import read_csl_json
from claims.bibliography.entry import ListEntry
from claims.bibliography.ris import read_ris
from claims.errors import RecordError
from claims.medline.nbib import parse_nbib
from claims.medline.parsing import RefusedRecord
from claims.records.citation import Citation
from claims.records.reference import NamedPaper

# More than a bibliography has; each may cost requests.
MOST_ENTRIES = 1_000
# A thousand entries with their abstracts.
MOST_SIGNS = 4_000_000
_NBIB = re.compile(r"\s*PMID- ")
_RIS = re.compile(r"\s*TY\s{0,3}-")
_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@\w+\s*[{(]")
# The first line of an entry, in those formats.
_ENTRY = re.compile(r"^(?:TY  -|PMID- |@\w)", re.MULTILINE)
_LISTED = re.compile(
    r"(?:PMID[:：]?|https?://pubmed\.ncbi\.nlm\.nih\.gov/)?(?P<pmid>[1-9][0-9]{0,9})/?|(?P<pmc>PMC[0-9]{5,10})|"
    r"(?:doi[:：]?|https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.[0-9]{4,9}/\S+)",
    re.IGNORECASE,
)
_SHOWN = 40


class ListFormat(StrEnum):
    """How a list of papers is written."""

    RIS = "ris"
    NBIB = "nbib"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    NUMBERS = "numbers"


def find_format(text: str) -> ListFormat:
    """How the list is written, by how it begins; numbers where nothing else is told."""
    if _NBIB.match(text):
        return ListFormat.NBIB
    if _RIS.match(text):
        return ListFormat.RIS
    if _BIBTEX.match(text):
        return ListFormat.BIBTEX
    return ListFormat.CSL_JSON if text.lstrip()[:1] in ("[", "{") else ListFormat.NUMBERS


def decode_bibliography(raw: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Shift_JIS, in which Japanese databases write.

    Raises ``RecordError`` for what is none of them: a letter that is guessed finds no paper.
    """
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RecordError("bibliography_undecodable")


def read_bibliography(text: str) -> tuple[NamedPaper, ...]:
    """The papers of a list in their order, each once.

    Raises ``RecordError`` for the first entry that cannot be read, and for a list of nothing, of more than
    ``MOST_ENTRIES`` or of more than ``MOST_SIGNS``: nothing of it is read then.
    """
    text = text.lstrip("\ufeff")
    if len(text) > MOST_SIGNS:
        raise RecordError("bibliography_too_large", signs=len(text), most=MOST_SIGNS)
    form = find_format(text)
    # Counted before it is read, which of some formats takes long.
    begun = len(_ENTRY.findall(text))
    if begun > MOST_ENTRIES:
        raise RecordError("bibliography_too_long", count=begun, most=MOST_ENTRIES)
    entries = _READERS[form](text)
    papers = tuple(dict.fromkeys(paper for entry in entries if (paper := entry.name_paper()).words))
    if not papers:
        raise RecordError("bibliography_empty")
    if len(papers) > MOST_ENTRIES:
        raise RecordError("bibliography_too_long", count=len(papers), most=MOST_ENTRIES)
    return papers


def _read_numbers(text: str) -> tuple[ListEntry, ...]:
    """PMIDs, PMCIDs and DOIs, one a line or several parted by blanks, commas and semicolons."""
    entries: list[ListEntry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = re.sub(r"(?i)\b(PMID|doi)\s*+([:：]?)\s*+(?=[0-9])", r"\1\2", line)
        for word in re.split(r"[\s,;、，；]++", words):
            found = _LISTED.fullmatch(word.rstrip("."))
            if found:
                pmid, doi, pmcid = (found[name] or "" for name in ("pmid", "doi", "pmc"))
                entries.append(ListEntry(pmid=pmid, doi=doi, pmcid=pmcid.upper()))
            elif word:
                raise RecordError("list_no_number", line=number, words=word[:_SHOWN])
    return tuple(entries)


def _read_nbib(text: str) -> tuple[ListEntry, ...]:
    entries: list[ListEntry] = []
    for record in parse_nbib(text.encode()):
        if isinstance(record, RefusedRecord):
            raise RecordError("nbib_entry_unreadable", position=record.position)
        entries.append(_describe(record))
    return tuple(entries)


def _describe(record: Citation) -> ListEntry:
    authors = (f"{one.last_name} {one.initials}".strip() or one.collective for one in record.authors)
    return ListEntry(
        tuple(authors),
        record.shown_title,
        record.journal_abbreviation or record.journal,
        record.publisher,
        str(record.published_year or ""),
        record.volume,
        record.issue,
        record.pages,
        record.pmid,
        record.doi,
        record.pmc,
    )


_READERS = {
    ListFormat.RIS: read_ris,
    ListFormat.NBIB: _read_nbib,
    ListFormat.BIBTEX: read_bibtex,
    ListFormat.CSL_JSON: read_csl_json,
    ListFormat.NUMBERS: _read_numbers,
}

"""One entry of a list of papers, whatever file it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.records.reference import NamedPaper

_PMID = re.compile(r"(?<![0-9])[1-9][0-9]{0,9}(?![0-9])")
_DOI = re.compile(r"\b10\.[0-9]{4,9}/\S{1,200}")
_PMC = re.compile(r"PMC[0-9]{5,10}")
# Zotero notes, a line each, the identifiers that the kind of an entry has no field for: PMID: 1, {:PMID:1}.
_NOTED = re.compile(
    r"^[ \t]{0,9}(?:\{:)?(?:PMID\s?:?\s?(?P<pmid>[1-9][0-9]{0,9})(?![0-9])|"
    r"PMCID\s?:?\s?(?P<pmcid>PMC[0-9]{5,10})|DOI\s?:\s?(?P<doi>10\.[0-9]{4,9}/[^\s}]+))",
    re.IGNORECASE | re.MULTILINE,
)
# A group of people has its "and" where a person has given names.
_JOINS = frozenset({"and", "of", "for", "the", "on", "in", "&", "und", "für", "et", "de"})


@dataclass(frozen=True, slots=True)
class ListEntry:
    """What an entry says, "" where it says nothing; ``authors`` by family name and initials."""

    authors: tuple[str, ...] = ()
    title: str = ""
    journal: str = ""
    publisher: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    pmid: str = ""
    doi: str = ""
    pmcid: str = ""
    address: str = ""

    def name_paper(self) -> NamedPaper:
        """The entry as a reference is written, with its identifiers apart.

        >>> ListEntry(("Roe A",), "Zinc", "J Sample", year="2019", volume="4", pages="1-8").name_paper()
        NamedPaper(words='Roe A. Zinc. J Sample. 2019;4:1-8.', pmid='', doi='', pmcid='')
        """
        issue = f"({self.issue})" if self.issue else ""
        place = f"{self.volume}{issue}" + (f":{self.pages}" if self.pages else "")
        dated = ";".join(filter(None, (self.year, place)))
        found = _PMID.search(self.pmid)
        pmid = found[0] if found else ""
        doi, pmcid = _DOI.search(self.doi), _PMC.search(self.pmcid)
        named = (f"PMID: {pmid}" if pmid else "", f"doi:{doi[0]}" if doi else "", pmcid[0] if pmcid else "")
        parts = (", ".join(self.authors), self.title, self.journal, self.publisher, dated)
        words = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
        told = words or self.address or " ".join(filter(None, named))
        return NamedPaper(told, pmid, doi[0].rstrip(".,;") if doi else "", pmcid[0] if pmcid else "")


def read_noted(note: str) -> dict[str, str]:
    """The identifiers that lines of a note begin with, by kind: what it says of other papers is none of them.

    >>> read_noted("PMID: 1\\nPMCID: PMC1234567"), read_noted("RETRACTED; notice: PMID 9")
    ({'pmid': '1', 'pmcid': 'PMC1234567'}, {})
    """
    noted: dict[str, str] = {}
    for found in _NOTED.finditer(note):
        kind = found.lastgroup or ""
        noted.setdefault(kind, found[kind])
    return noted


def shorten_name(name: str) -> str:
    """Family name and initials of a name as lists write it; what is no such name stays as it is.

    >>> [shorten_name(name) for name in ("Roé, Anna Maria", "Doe B", "見本太郎", "Hair, Skin and Nail Group")]
    ['Roé AM', 'Doe B', '見本太郎', 'Hair, Skin and Nail Group']
    """
    family, _, given = name.partition(",")
    if not _JOINS.isdisjoint(given.split()[:-1]):
        return name.strip()
    initials = "".join(part[0] for part in re.split(r"[\s.\-]+", given) if part[:1].isalpha())
    return f"{family.strip()} {initials}".strip() if initials and initials.isascii() else name.strip()

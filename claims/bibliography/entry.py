"""One entry of a list of papers, whatever file it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.records.reference import NamedPaper

_PMID = re.compile(r"(?<![0-9])[1-9][0-9]{0,9}(?![0-9])")
_DOI = re.compile(r"\b10\.[0-9]{4,9}/\S{1,200}")
_PMC = re.compile(r"PMC[0-9]{5,10}")


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


def shorten_name(name: str) -> str:
    """Family name and initials of a name as lists write it; what is no such name stays as it is.

    >>> [shorten_name(name) for name in ("Roé, Anna Maria", "Doe B", "見本太郎", "Sample Study Group")]
    ['Roé AM', 'Doe B', '見本太郎', 'Sample Study Group']
    """
    family, _, given = name.partition(",")
    initials = "".join(part[0] for part in re.split(r"[\s.\-]+", given) if part[:1].isalpha())
    return f"{family.strip()} {initials}".strip() if initials and initials.isascii() else name.strip()

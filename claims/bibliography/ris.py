"""RIS as reference managers write it: lines of a tag of two signs, two blanks, a hyphen and a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from claims.bibliography.entry import ListEntry, shorten_name
from claims.errors import RecordError

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")
# A tag that was meant and is none, its hyphen or a blank lost; CT-guided, with which a line may go on, and
# CT of the chest are none either.
_BROKEN = re.compile(
    r"[A-Z][A-Z0-9](?:\s{1,3}[-–—]|[-–—]\s|\s\s+\S)|[a-z][a-z0-9]\s\s-|(?:TY|ER)\s*\Z|TY\s[A-Z]{3,6}\s*\Z|"
    r"(?:PY|Y1|DA)\s[12][0-9]{3}\b|DO\s10\.[0-9]|UR\shttp|(?:AU|A1|A2)\s\S{1,40},\s?\S"
)
_SHOWN = 40
_OF_PUBMED = re.compile(r"pubmed|medline|\bNLM\b", re.IGNORECASE)
_PMID = re.compile(
    r"(?:PMID\W{0,3}|https?://pubmed\.ncbi\.nlm\.nih\.gov/)([0-9]{1,10})(?![0-9])", re.IGNORECASE
)
_DOI = re.compile(r"(?:doi\W{0,3}|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_PMC = re.compile(
    r"(?:PMID\W{0,3}[0-9]{1,10}\W{1,3})?(?:PMCID\W{0,3}|https?://(?:www\.)?(?:ncbi\.nlm\.nih\.gov/pmc|"
    r"pmc\.ncbi\.nlm\.nih\.gov)/articles/)?(PMC[0-9]{1,10})",
    re.IGNORECASE,
)
Fields = Mapping[str, Sequence[str]]


def read_ris(text: str) -> tuple[ListEntry, ...]:
    """The entries in their order. A line without a tag goes on with the value before it.

    Raises ``RecordError`` with the number of the line: ``ris_tag_broken``, ``ris_outside_entry`` for what
    stands between entries, ``ris_entry_open`` for an entry that does not end.
    """
    return tuple(_read_entry(fields) for fields in _split(text))


def _split(text: str) -> Iterator[Fields]:
    # By tag the values, each with the lines that go on with it.
    fields: dict[str, list[list[str]]] | None = None
    began, last = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        found = _LINE.match(line.rstrip())
        if found is None:
            if not line.strip():
                continue
            if fields is None:
                raise RecordError("ris_outside_entry", line=number, words=line.strip()[:_SHOWN])
            if _BROKEN.match(line) or not last:
                raise RecordError("ris_tag_broken", line=number, words=line.strip()[:_SHOWN])
            fields[last][-1].append(line.strip())
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            if fields is not None:
                raise RecordError("ris_entry_open", line=began)
            fields, began = {}, number
        elif fields is None:
            raise RecordError("ris_outside_entry", line=number, words=line.strip()[:_SHOWN])
        elif tag == "ER":
            yield {name: [" ".join(filter(None, one)) for one in values] for name, values in fields.items()}
            fields, last = None, ""
            continue
        fields.setdefault(tag, []).append([value])
        last = tag
    if fields is not None:
        raise RecordError("ris_entry_open", line=began)


def _read_entry(fields: Fields) -> ListEntry:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    def among(pattern: re.Pattern[str], *tags: str) -> str:
        """What a value says that is the identifier and nothing before it: notes name other papers, too."""
        found = (pattern.match(value) for tag in tags for value in fields.get(tag, ()))
        return next((one[1] for one in found if one), "")

    pages = "-".join(page for page in (first("SP"), first("EP")) if page)
    year = re.search(r"[0-9]{4}", first("PY", "Y1", "DA"))
    # The number of a database's own is no PMID where the database is said to be another one.
    database = " ".join(value for tag in ("DB", "DP") for value in fields.get(tag, ()))
    number = first("AN") if not database or _OF_PUBMED.search(database) else ""
    return ListEntry(
        authors=tuple(shorten_name(name) for tag in ("AU", "A1") for name in fields.get(tag, ()) if name),
        title=first("TI", "T1", "CT"),
        journal=first("T2", "JO", "JF", "JA", "J2"),
        publisher=first("PB"),
        year=year[0] if year else "",
        volume=first("VL"),
        issue=first("IS"),
        pages=pages,
        pmid=among(_PMID, "M2", "C7", "N1", "UR") or (number if number.isdecimal() else ""),
        doi=first("DO") or among(_DOI, "UR", "M2", "M3", "L3"),
        pmcid=first("C2") or among(_PMC, "M2", "N1", "UR"),
        address=first("UR"),
    )

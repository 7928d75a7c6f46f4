"""RIS as reference managers write it: lines of a tag of two signs, two blanks, a hyphen and a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from claims.bibliography.entry import ListEntry, shorten_name
from claims.errors import RecordError

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")
# A tag that was meant and is none; CT-guided, with which a line may go on, is none either.
_BROKEN = re.compile(r"[A-Z][A-Z0-9](?:\s{1,3}[-–—]|[-–—]\s)|[a-z][a-z0-9]\s\s-")
_SHOWN = 40
Fields = Mapping[str, Sequence[str]]


def read_ris(text: str) -> tuple[ListEntry, ...]:
    """The entries in their order. A line without a tag goes on with the value before it.

    Raises ``RecordError`` with the number of the line: ``ris_tag_broken``, ``ris_outside_entry`` for what
    stands between entries, ``ris_entry_open`` for an entry that does not end.
    """
    return tuple(_read_entry(fields) for fields in _split(text))


def _split(text: str) -> Iterator[Fields]:
    fields: dict[str, list[str]] | None = None
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
            fields[last][-1] = f"{fields[last][-1]} {line.strip()}".strip()
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            if fields is not None:
                raise RecordError("ris_entry_open", line=began)
            fields, began = {}, number
        elif fields is None:
            raise RecordError("ris_outside_entry", line=number, words=line.strip()[:_SHOWN])
        elif tag == "ER":
            yield fields
            fields, last = None, ""
            continue
        fields.setdefault(tag, []).append(value)
        last = tag
    if fields is not None:
        raise RecordError("ris_entry_open", line=began)


def _read_entry(fields: Fields) -> ListEntry:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    def among(*tags: str, sign: str) -> str:
        values = (value for tag in tags for value in fields.get(tag, ()))
        return next((value for value in values if sign in value.upper()), "")

    pages = "-".join(page for page in (first("SP"), first("EP")) if page)
    year = re.search(r"[0-9]{4}", first("PY", "Y1", "DA"))
    number, marked = first("AN"), among("M2", "N1", "C7", "UR", sign="PMID").upper()
    return ListEntry(
        authors=tuple(shorten_name(name) for tag in ("AU", "A1") for name in fields.get(tag, ()) if name),
        title=first("TI", "T1", "CT"),
        journal=first("T2", "JO", "JF", "JA", "J2"),
        publisher=first("PB"),
        year=year[0] if year else "",
        volume=first("VL"),
        issue=first("IS"),
        pages=pages,
        pmid=number if number.isdecimal() else marked.partition("PMID")[2],
        doi=first("DO") or among("UR", "M3", "L3", sign="DOI.ORG/10."),
        pmcid=first("C2") or among("M2", "N1", "UR", sign="PMC"),
        address=first("UR"),
    )

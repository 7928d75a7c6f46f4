"""CSL-JSON: an array of items, or one item."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from claims.bibliography.entry import ListEntry, read_noted, shorten_name
from claims.errors import RecordError


def read_csl_json(text: str) -> tuple[ListEntry, ...]:
    """The entries in their order.

    Raises ``RecordError``: ``json_broken`` with the line, ``json_no_item`` with the place of what is no item.
    """
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordError("json_broken", line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        # A number of more digits than Python reads.
        raise RecordError("json_broken", line=1) from error
    items = read if isinstance(read, list) else [read]
    for position, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise RecordError("json_no_item", position=position)
    return tuple(map(_read_item, items))


def _read_item(item: Mapping[str, Any]) -> ListEntry:
    def text(*names: str) -> str:
        values = (item.get(name) for name in names)
        return next((str(value).strip() for value in values if isinstance(value, str | int) and value), "")

    noted = read_noted(text("note"))
    return ListEntry(
        authors=tuple(filter(None, map(_name, _list(item.get("author"))))),
        title=text("title"),
        journal=text("container-title", "container-title-short"),
        publisher=text("publisher"),
        year=_read_year(item.get("issued")),
        volume=text("volume"),
        issue=text("issue"),
        pages=text("page"),
        pmid=text("PMID") or noted.get("pmid", ""),
        doi=text("DOI") or noted.get("doi", ""),
        pmcid=text("PMCID") or noted.get("pmcid", ""),
        address=text("URL"),
    )


def _name(author: object) -> str:
    if not isinstance(author, dict):
        return ""
    family, given, literal = (str(author.get(part) or "") for part in ("family", "given", "literal"))
    return shorten_name(f"{family}, {given}") if family and given else family or literal


def _read_year(issued: object) -> str:
    parts = _list(issued.get("date-parts")) if isinstance(issued, dict) else []
    first = _list(parts[0]) if parts else []
    return str(first[0]) if first else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []

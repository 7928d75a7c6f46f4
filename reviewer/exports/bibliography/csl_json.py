"""Entries as CSL-JSON: an array of items as the Citation Style Language names their fields."""

from __future__ import annotations

import json
from collections.abc import Sequence

from claims.records.citation import Author
from reviewer.exports.bibliography.entry import Bibliography, Entry

Item = dict[str, object]


def write_csl_json(entries: Sequence[Entry]) -> str:
    """The entries in order; ``id`` is the PMID, which stands in ``PMID`` as well.

    >>> write_csl_json([])
    '[]\\n'
    """
    return json.dumps([describe_item(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def describe_item(entry: Entry) -> Item:
    """The item of an entry, without the fields that the record lacks."""
    citation, (first, last) = entry.citation, entry.page_range
    item: Item = {
        "id": citation.pmid,
        "type": ("chapter" if entry.is_chapter else "book") if entry.is_book else "article-journal",
        "title": entry.title,
        "author": [_name(author) for author in citation.authors],
        "editor": [_name(editor) for editor in citation.editors],
        "container-title": citation.book if entry.is_chapter else citation.journal,
        "container-title-short": citation.journal_abbreviation,
        "issued": {"date-parts": [list(entry.date_parts)]} if entry.date_parts else {},
        "volume": citation.volume,
        "issue": citation.issue,
        "page": "-".join(page for page in (first, last) if page),
        "publisher": citation.publisher,
        "ISSN": citation.issn,
        "ISBN": entry.isbn,
        "language": citation.languages[0] if citation.languages else "",
        "DOI": citation.doi,
        "PMID": citation.pmid,
        "PMCID": citation.pmc,
        "URL": entry.address,
        "note": "; ".join(entry.remarks),
    }
    return {field: value for field, value in item.items() if value}


def _name(author: Author) -> Item:
    if author.collective:
        return {"literal": author.collective}
    given = author.fore_name or author.initials
    if not author.last_name:
        return {"literal": given}
    named: Item = {"family": author.last_name, "given": given, "suffix": author.suffix}
    return {part: name for part, name in named.items() if name}


CSL_JSON = Bibliography("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", write_csl_json)

"""A citation as the index's document: searchable words and names, and the record whole."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from typing import Any

from claims.library.dates import number_days
from claims.library.editions import Edition
from claims.library.schema import DELETED, FILE, RECORD, fold_journal, fold_name, fold_person
from claims.records.citation import Author, Citation, Pmid
from claims.records.record_json import from_json
from claims.text.english import fold_words


def encode_citation(citation: Citation) -> bytes:
    """The record whole as JSON, in a form that equal records share: that of ``to_json``, but sooner."""
    return json.dumps(citation, ensure_ascii=False, separators=(",", ":"), default=_list_fields).encode()


def decode_citation(stored: bytes) -> Citation:
    """The record that was stored, equal to the one that was imported."""
    return from_json(Citation, json.loads(stored))


def digest_of(stored: bytes) -> int:
    """A number that equal contents share and others do not; never 0, which marks a deletion."""
    return int.from_bytes(blake2b(stored, digest_size=8).digest(), "big") or 1


def write_document(citation: Citation, stored: bytes, edition: Edition) -> str:
    """The record's document as JSON."""
    document: dict[str, list[str]] = {}
    for field, text in _list_texts(citation):
        folded = fold_words(text)
        document.setdefault(field, []).append(folded)
        document.setdefault("all_stem", []).append(folded)
        if field == "ti":
            document["ti_stem"] = [folded]
    for field, name in _list_names(citation):
        if name:
            document.setdefault(field, []).append(name)
    marks = _mark(RECORD, citation.pmid, edition, digest_of(stored))
    published = number_days(citation.published, citation.electronic_date)
    whole = {"stored": b64encode(stored).decode()}
    return json.dumps(document | marks | {"published": published} | whole, ensure_ascii=False)


def write_tombstone(pmid: Pmid, edition: Edition) -> str:
    """What is kept of a record that NLM deleted, so that an older file does not bring it back."""
    return json.dumps(_mark(DELETED, pmid, edition, 0))


def write_file_entry(source: str, stored: bytes) -> str:
    """What is kept of a file that was imported whole."""
    return json.dumps({"kind": FILE, "source": source, "stored": b64encode(stored).decode()})


def _list_fields(part: Any) -> Any:
    """What the JSON encoder, which knows tuples and scalars, asks of the other parts of a citation."""
    return part.isoformat() if isinstance(part, date) else {n: getattr(part, n) for n in part.__slots__}


def _mark(kind: str, pmid: Pmid, edition: Edition, digest: int) -> dict[str, object]:
    return {"kind": kind, "pmid": int(pmid), "day": edition.day, "file": edition.file, "digest": digest}


def _list_texts(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "ti", " ".join(dict.fromkeys((citation.shown_title, citation.vernacular_title))).strip()
    yield "ab", citation.abstract_text
    for other in citation.other_abstracts:
        for section in other.sections:
            yield "ab", section.text
    for keyword in citation.keywords:
        yield "ot", keyword
    for heading in citation.mesh:
        yield "topic", heading.descriptor.name
    for substance in citation.chemicals:
        yield "topic", substance.name


def _list_names(citation: Citation) -> Iterator[tuple[str, str]]:
    for heading in citation.mesh:
        descriptor = fold_name(heading.descriptor.name)
        yield "mesh", descriptor
        if heading.major:
            yield "majr", descriptor
        for qualifier in heading.qualifiers:
            name = fold_name(qualifier.name)
            yield "mesh", f"{descriptor}/{name}"
            yield "sh", name
    for kind in citation.publication_types:
        yield "pt", fold_name(kind.name)
    for substance in citation.chemicals:
        yield "nm", fold_name(substance.name)
        yield "rn", fold_name(substance.registry_number)
    for language in citation.languages:
        yield "la", fold_name(language)
    for author in citation.authors:
        for name in _list_author_names(author):
            yield "au", fold_person(name)
    for journal in (citation.journal, citation.journal_abbreviation, citation.issn):
        yield "ta", fold_journal(journal)
    for identifier in (citation.doi, citation.pmc, *(number for _, number in citation.other_ids)):
        yield "aid", fold_name(identifier)


def _list_author_names(author: Author) -> tuple[str, ...]:
    """The forms that PubMed finds an author by: last name and initials, and the full name in both orders."""
    if author.collective:
        return (author.collective,)
    short = f"{author.last_name} {author.initials}"
    if not author.fore_name or author.fore_name == author.initials:
        return (short,)
    return (short, f"{author.last_name} {author.fore_name}", f"{author.fore_name} {author.last_name}")

"""What the index holds of a record, and how its words are read."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache

from tantivy import Document, Schema, SchemaBuilder

from claims.records.citation import Author, Citation, Pmid
from claims.records.record_json import from_json, to_json
from claims.text.english import fold_words

WORD_FIELDS = ("ti", "ab", "ot")
STEM_FIELDS = ("ti_stem", "all_stem")
NAME_FIELDS = ("mesh", "majr", "sh", "pt", "nm", "la", "au", "ta", "aid")
WORDS, STEMS, NAMES = "konkyo_words", "konkyo_stems", "raw"
RECORD, DELETED = "record", "deleted"


@cache
def build_schema() -> Schema:
    """The fields of the index; a library made with others must be imported again."""
    builder = SchemaBuilder()
    builder.add_unsigned_field("pmid", indexed=True, fast=True)
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name=NAMES, index_option="basic")
    for field in WORD_FIELDS:
        builder.add_text_field(field, tokenizer_name=WORDS)
    for field in STEM_FIELDS:
        builder.add_text_field(field, tokenizer_name=STEMS)
    for field in NAME_FIELDS:
        builder.add_text_field(field, tokenizer_name=NAMES, index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def fold_name(text: str) -> str:
    """A name (descriptor, author, journal) as the index compares it.

    >>> fold_name("  Hair   Follicle ")
    'hair follicle'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def encode_citation(citation: Citation) -> bytes:
    """The record whole, in a form that equal records share."""
    return json.dumps(to_json(citation), ensure_ascii=False, separators=(",", ":")).encode()


def decode_citation(stored: bytes) -> Citation:
    """The record that was stored, equal to the one that was imported."""
    return from_json(Citation, json.loads(stored))


def build_document(citation: Citation, stored: bytes) -> Document:
    """The citation as the index keeps it: searchable words and names, and the record whole."""
    document = Document()
    document.add_unsigned("pmid", int(citation.pmid))
    document.add_text("kind", RECORD)
    if citation.published_year:
        document.add_unsigned("year", citation.published_year)
    for field, text in _list_texts(citation):
        folded = fold_words(text)
        if field != "topic":
            document.add_text(field, folded)
        document.add_text("all_stem", folded)
        if field == "ti":
            document.add_text("ti_stem", folded)
    for field, name in _list_names(citation):
        document.add_text(field, fold_name(name))
    document.add_bytes("stored", stored)
    return document


def build_tombstone(pmid: Pmid) -> Document:
    """What is kept of a record that NLM deleted, so that an older file does not bring it back."""
    document = Document()
    document.add_unsigned("pmid", int(pmid))
    document.add_text("kind", DELETED)
    return document


def _list_texts(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "ti", f"{citation.title} {citation.vernacular_title}".strip()
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
        descriptor = heading.descriptor.name
        yield "mesh", descriptor
        if heading.major:
            yield "majr", descriptor
        for qualifier in heading.qualifiers:
            yield "mesh", f"{descriptor}/{qualifier.name}"
            yield "sh", qualifier.name
    for kind in citation.publication_types:
        yield "pt", kind.name
    for substance in citation.chemicals:
        yield "nm", substance.name
    for language in citation.languages:
        yield "la", language
    for author in citation.authors:
        yield "au", _author_name(author)
    for journal in (citation.journal, citation.journal_abbreviation, citation.issn):
        yield "ta", journal
    for identifier in (citation.doi, citation.pmc, *(number for _, number in citation.other_ids)):
        yield "aid", identifier


def _author_name(author: Author) -> str:
    return author.collective or f"{author.last_name} {author.initials}".strip()

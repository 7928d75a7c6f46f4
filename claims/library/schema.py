"""What the index holds of a record, and how its words and names are read."""

from __future__ import annotations

import unicodedata
from functools import cache

from tantivy import DocAddress, Index, Schema, SchemaBuilder, Searcher

from claims.text.english import stem_analyzer, word_analyzer

TIAB_FIELDS = ("ti", "ab", "ot")
WORD_FIELDS = (*TIAB_FIELDS, "topic")
STEM_FIELDS = ("ti_stem", "all_stem")
NAME_FIELDS = ("mesh", "majr", "sh", "pt", "nm", "rn", "la", "au", "ta", "aid")
# What is known of each record without reading it whole: where its version stands in time, and its content.
EDITION_FIELDS = ("pmid", "day", "file", "digest")
WORDS, STEMS, NAMES = "konkyo_words", "konkyo_stems", "raw"
RECORD, DELETED, FILE = "record", "deleted", "file"
# In bytes of UTF-8, each of which is a state of a pattern.
_LONGEST_PATTERN = 900


@cache
def build_schema() -> Schema:
    """The fields of the index; a library made with others must be imported again."""
    builder = SchemaBuilder()
    builder.add_unsigned_field("pmid", indexed=True, fast=True)
    builder.add_unsigned_field("published", indexed=True, fast=True)
    for field in ("day", "file", "digest"):
        builder.add_unsigned_field(field, fast=True)
    builder.add_text_field("kind", tokenizer_name=NAMES, index_option="basic")
    builder.add_text_field("source", tokenizer_name=NAMES, index_option="basic")
    for field in WORD_FIELDS:
        builder.add_text_field(field, tokenizer_name=WORDS)
    for field in STEM_FIELDS:
        builder.add_text_field(field, tokenizer_name=STEMS)
    for field in NAME_FIELDS:
        builder.add_text_field(field, tokenizer_name=NAMES, index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def open_index(folder: str) -> Index:
    """The index of a folder, made where there is none. Raises ``ValueError`` where it cannot be opened."""
    index = Index(build_schema(), folder)
    index.register_tokenizer(WORDS, word_analyzer())
    index.register_tokenizer(STEMS, stem_analyzer())
    return index


def read_stored(searcher: Searcher, address: DocAddress) -> bytes:
    """What a document keeps whole."""
    stored = searcher.doc(address).get_first("stored")
    assert isinstance(stored, bytes)
    return stored


def fold_name(text: str) -> str:
    """A name (descriptor, author, journal) as the index compares it.

    >>> fold_name("  Hair   Follicle ")
    'hair follicle'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_too_long(text: str) -> bool:
    """Whether no pattern of the index can be made of the text: it has at most a thousand states.

    No name and no word is as long.

    >>> is_too_long("methoxy" * 40), is_too_long("毛" * 301)
    (False, True)
    """
    return len(text.encode()) > _LONGEST_PATTERN


def fold_journal(text: str) -> str:
    """A journal's name as the index compares it: abbreviations come with full stops and without.

    >>> fold_journal("J. Am. Acad. Dermatol.")
    'j am acad dermatol'
    """
    return fold_name(text.replace(".", " "))


def fold_person(text: str) -> str:
    """A person's name as the index compares it, with or without a comma after the last name.

    >>> fold_person("Sample, Ann B.")
    'sample ann b'
    """
    return fold_name(text.replace(",", " ").replace(".", " "))

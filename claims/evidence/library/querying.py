"""PubMed's query syntax as a query of the index. MeSH terms are not exploded: the index has no tree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tantivy import FieldType, Occur, Query

from claims.errors import QueryError
from claims.evidence.library.schema import (
    NAME_FIELDS,
    RECORD,
    WORD_FIELDS,
    build_schema,
    fold_name,
)
from claims.evidence.syntax import And, Node, Not, Or, Term
from claims.text.english import split_words, stem_words

_WORDS_OF_TAG = {
    "tiab": WORD_FIELDS, "ti": ("ti",), "ab": ("ab",), "ot": ("ot",), "tw": WORD_FIELDS,
    "": WORD_FIELDS, "all": WORD_FIELDS,
}  # fmt: skip
_NAMES_OF_TAG = {
    "mesh": ("mesh",), "mesh:noexp": ("mesh",), "majr": ("majr",), "sh": ("sh",), "pt": ("pt",),
    "nm": ("nm",), "la": ("la",), "au": ("au",), "ta": ("ta",), "aid": ("aid",),
    "tw": ("mesh", "nm"), "": NAME_FIELDS, "all": NAME_FIELDS,
}  # fmt: skip
# ISO 639-2 codes as MEDLINE writes them, for the names that PubMed's [la] also takes.
_LANGUAGES = {
    "english": "eng", "japanese": "jpn", "french": "fre", "german": "ger", "spanish": "spa",
    "chinese": "chi", "italian": "ita", "korean": "kor", "portuguese": "por", "russian": "rus",
}  # fmt: skip
_YEARS = re.compile(r"(\d{4})(?:/\d{1,2}){0,2}(?::(\d{4})(?:/\d{1,2}){0,2})?\Z")
_REGEX_SIGNS = re.compile(r"[^\w\s]")


def translate_query(node: Node) -> Query:
    """The index's query for a tree. Raises ``QueryError`` for a tag that the library does not keep."""
    if isinstance(node, Term):
        return _translate_term(node)
    if isinstance(node, Not):
        return Query.boolean_query(
            [(Occur.Must, translate_query(node.kept)), (Occur.MustNot, translate_query(node.dropped))]
        )
    occur = Occur.Must if isinstance(node, And) else Occur.Should
    assert isinstance(node, And | Or)
    return Query.boolean_query([(occur, translate_query(part)) for part in node.parts])


def match_pmids(pmids: Iterable[str]) -> Query:
    """The documents with these PMIDs, deleted ones among them."""
    return Query.term_set_query(build_schema(), "pmid", [int(pmid) for pmid in pmids])


def any_of(queries: Iterable[Query]) -> Query:
    """What any of the queries finds; nothing for none."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _translate_term(term: Term) -> Query:
    if term.field == "pmid":
        return _match_number(term.text)
    if term.field == "dp":
        return _match_years(term.text)
    if term.field in ("sb", "filter"):
        return _match_subset(term.text)
    if term.field not in _WORDS_OF_TAG and term.field not in _NAMES_OF_TAG:
        raise QueryError("query_tag_not_in_library", tag=term.field)
    if term.field == "" and not (term.phrase or term.wildcard):
        return _match_mapped(term)
    found = [_match_words(term, field) for field in _WORDS_OF_TAG.get(term.field, ())]
    found += [_match_name(term, field) for field in _NAMES_OF_TAG.get(term.field, ())]
    return any_of(found)


def _match_words(term: Term, field: str) -> Query:
    schema = build_schema()
    words = split_words(term.text)
    if not words:
        return Query.empty_query()
    if term.wildcard:
        if len(words) > 1:
            return Query.phrase_prefix_query(schema, field, list(words))
        return Query.regex_query(schema, field, f"{re.escape(words[0])}.*")
    if len(words) > 1:
        return Query.phrase_query(schema, field, list(words), slop=term.proximity or 0)
    return Query.term_query(schema, field, words[0])


def _match_mapped(term: Term) -> Query:
    """An untagged word goes through PubMed's term mapping, which knows its other forms."""
    schema = build_schema()
    stems = stem_words(term.text)
    names = [_match_name(term, field) for field in NAME_FIELDS]
    if len(stems) > 1:
        return any_of([Query.phrase_query(schema, "all_stem", list(stems)), *names])
    return any_of([*(Query.term_query(schema, "all_stem", stem) for stem in stems), *names])


def _match_name(term: Term, field: str) -> Query:
    schema = build_schema()
    name = fold_name(term.text)
    if field == "la":
        name = _LANGUAGES.get(name, name)
    if field == "au" and not term.wildcard:
        return Query.regex_query(schema, field, _escape(name) + (".*" if " " in name else "( .*)?"))
    if term.wildcard:
        return Query.regex_query(schema, field, f"{_escape(name)}.*")
    return Query.term_query(schema, field, name)


def _match_number(text: str) -> Query:
    if not text.isdecimal():
        return Query.empty_query()
    there = Query.term_query(build_schema(), "kind", RECORD)
    return Query.boolean_query([(Occur.Must, match_pmids([text])), (Occur.Must, there)])


def _match_years(text: str) -> Query:
    years = _YEARS.match(text.replace(" ", ""))
    if years is None:
        raise QueryError("query_date", text=text)
    first = int(years.group(1))
    last = int(years.group(2) or first)
    return Query.range_query(build_schema(), "year", FieldType.Unsigned, first, last)


def _match_subset(text: str) -> Query:
    """Of NLM's filters the library knows ``systematic``, read from publication type and title."""
    if fold_name(text) not in ("systematic", "systematic review", "systematicreview"):
        raise QueryError("query_tag_not_in_library", tag=f"{text}[sb]")
    reviews = [Term(name, "pt", phrase=True) for name in ("Systematic Review", "Meta-Analysis")]
    titles = [Term(name, "ti", phrase=True) for name in ("systematic review", "meta-analysis")]
    return any_of(_translate_term(term) for term in reviews + titles)


def _escape(name: str) -> str:
    return _REGEX_SIGNS.sub(lambda sign: f"\\{sign.group()}", name)

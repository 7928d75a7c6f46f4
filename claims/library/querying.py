"""PubMed's query syntax as a query of the index.

Headings, publication types and subheadings are not exploded, since the index has no MeSH tree; what a query
asks for that the index cannot answer is refused, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterable

from tantivy import FieldType, Occur, Query

from claims.errors import QueryError
from claims.library.dates import read_range
from claims.library.names import match_author, match_language, match_name
from claims.library.schema import (
    NAME_FIELDS,
    RECORD,
    TIAB_FIELDS,
    WORD_FIELDS,
    build_schema,
    fold_name,
)
from claims.library.words import match_forms, match_words
from claims.search.syntax import And, Node, Not, Or, SearchTerm, list_terms

_WORDS_OF_TAG = {
    "tiab": TIAB_FIELDS, "ti": ("ti",), "ab": ("ab",), "ot": ("ot",), "tw": WORD_FIELDS,
    "": WORD_FIELDS, "all": WORD_FIELDS,
}  # fmt: skip
_NAMES_OF_TAG = {
    "mesh": ("mesh",), "mesh:noexp": ("mesh",), "majr": ("majr",), "majr:noexp": ("majr",), "sh": ("sh",),
    "pt": ("pt",), "nm": ("nm",), "nm:noexp": ("nm",),
    "rn": ("rn", "nm"), "la": ("la",), "au": ("au",), "ta": ("ta",),
    "pt:noexp": ("pt",), "sh:noexp": ("sh",), "aid": ("aid",), "tw": ("mesh", "nm", "sh", "pt"),
    "": NAME_FIELDS, "all": NAME_FIELDS,
}  # fmt: skip
_EXPLODED_TAGS = frozenset({"mesh", "majr", "sh", "pt"})
_SYSTEMATIC = frozenset({"systematic", "systematic review", "systematicreview"})


def translate_query(node: Node) -> Query:
    """The index's query for a tree. Raises ``QueryError`` for what the library cannot answer.

    Codes: ``query_tag_not_in_library``, ``query_date``, ``query_without_word``, ``query_language``.
    """
    if isinstance(node, SearchTerm):
        return _translate_term(node)
    if isinstance(node, Not):
        return Query.boolean_query(
            [(Occur.Must, translate_query(node.kept)), (Occur.MustNot, translate_query(node.dropped))]
        )
    occur = Occur.Must if isinstance(node, And) else Occur.Should
    assert isinstance(node, And | Or)
    return Query.boolean_query([(occur, translate_query(part)) for part in node.parts])


def list_unexploded(node: Node) -> tuple[str, ...]:
    """A warning for each term that PubMed would also search with everything below it in the MeSH tree."""
    terms = [term for term in list_terms(node) if term.field in _EXPLODED_TAGS]
    return tuple(dict.fromkeys(f'NotExploded: "{term.text}"[{term.field}]' for term in terms))


def match_records(pmids: Iterable[str]) -> Query:
    """The records with these PMIDs."""
    listed = Query.term_set_query(build_schema(), "pmid", [int(pmid) for pmid in pmids])
    there = Query.term_query(build_schema(), "kind", RECORD)
    return Query.boolean_query([(Occur.Must, listed), (Occur.Must, there)])


def _translate_term(term: SearchTerm) -> Query:
    if term.field == "pmid":
        return match_records([term.text]) if term.text.isdecimal() else Query.empty_query()
    if term.field == "dp":
        first, last = read_range(term.text)
        return Query.range_query(build_schema(), "published", FieldType.Unsigned, first, last)
    if term.field in ("sb", "filter"):
        return _match_subset(term.text)
    if term.field not in _WORDS_OF_TAG and term.field not in _NAMES_OF_TAG:
        raise QueryError("query_tag_not_in_library", tag=term.field)
    names = [_match_name(term, field) for field in _NAMES_OF_TAG.get(term.field, ())]
    if term.field == "" and not (term.phrase or term.wildcard):
        return _any_of([match_forms(term), *names])
    return _any_of([match_words(term, field) for field in _WORDS_OF_TAG.get(term.field, ())] + names)


def _match_name(term: SearchTerm, field: str) -> Query:
    if field == "majr" and "/" in term.text:
        raise QueryError("query_tag_not_in_library", tag=f"{term.text}[majr]")
    if field == "au":
        return match_author(term)
    if field == "la":
        return match_language(term)
    return match_name(term, field)


def _match_subset(text: str) -> Query:
    """Of NLM's filters the library knows ``systematic``, read from publication type and title."""
    if fold_name(text) not in _SYSTEMATIC:
        raise QueryError("query_tag_not_in_library", tag=f"{text}[sb]")
    reviews = [SearchTerm(name, "pt", phrase=True) for name in ("Systematic Review", "Meta-Analysis")]
    titles = [SearchTerm(name, "ti", phrase=True) for name in ("systematic review", "meta-analysis")]
    return _any_of(_translate_term(term) for term in reviews + titles)


def _any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])

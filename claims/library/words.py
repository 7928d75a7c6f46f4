"""A term's words in titles, abstracts and keywords."""

from __future__ import annotations

import re

from tantivy import Occur, Query

from claims.errors import QueryError
from claims.library.schema import build_schema, is_too_long
from claims.search.syntax import SearchTerm
from claims.text.english import split_words, stem_words


def match_words(term: SearchTerm, field: str) -> Query:
    """The term's words one after the other, near each other, or as the beginning of the last one.

    Raises ``QueryError``: ``query_without_word``, ``query_tag_not_in_library`` for more than two words near
    each other, of which PubMed does not say how it counts.
    """
    schema = build_schema()
    words = _split(term)
    if term.proximity is not None:
        return _match_near(list(dict.fromkeys(words)), term, field)
    if term.wildcard and any(map(is_too_long, words)):
        return Query.empty_query()
    if term.wildcard:
        last = f"{re.escape(words[-1])}.*"
        if len(words) == 1:
            return Query.regex_query(schema, field, last)
        return Query.regex_phrase_query(schema, field, [*map(re.escape, words[:-1]), last])
    if len(words) == 1:
        return Query.term_query(schema, field, words[0])
    return Query.phrase_query(schema, field, list(words))


def _match_near(words: list[str], term: SearchTerm, field: str) -> Query:
    schema = build_schema()
    if len(words) == 1:
        return Query.term_query(schema, field, words[0])
    if len(words) > 2:
        raise QueryError("query_tag_not_in_library", tag=f"{term.text}[{term.field}:~{term.proximity}]")
    orders = (words, words[::-1])
    near = [Query.phrase_query(schema, field, list(order), slop=term.proximity or 0) for order in orders]
    return Query.boolean_query([(Occur.Should, query) for query in near])


def match_forms(term: SearchTerm) -> Query:
    """An untagged word in any of its forms, anywhere: what PubMed's term mapping does with it."""
    schema = build_schema()
    _split(term)
    stems = stem_words(term.text)
    if len(stems) == 1:
        return Query.term_query(schema, "all_stem", stems[0])
    return Query.phrase_query(schema, "all_stem", list(stems))


def _split(term: SearchTerm) -> list[str]:
    words = split_words(term.text)
    if not words:
        raise QueryError("query_without_word", text=term.text)
    return words

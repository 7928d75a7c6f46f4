"""The index's query for weighted English phrases: every record that shares a word has a place."""

from __future__ import annotations

from collections.abc import Iterable

from tantivy import Occur, Query

from claims.evidence.library.schema import build_schema
from claims.lexicon.weighting import WeightedTerm
from claims.text.english import stem_words

FIELD_WEIGHTS = (("ti_stem", 1.0), ("ab_stem", 1.0), ("topic_stem", 0.5))
PHRASE_WEIGHT = 0.5
PHRASE_SLOP = 2


def weigh_terms(terms: Iterable[WeightedTerm]) -> Query:
    """Any of the words, each by its phrase's weight; a phrase whose words stand together counts more.

    A word in several phrases keeps its highest weight.
    """
    schema = build_schema()
    words: dict[str, float] = {}
    phrases: dict[tuple[str, ...], float] = {}
    for term in terms:
        stems = tuple(stem_words(term.phrase))
        for stem in stems:
            words[stem] = max(term.weight, words.get(stem, 0.0))
        if len(stems) > 1:
            phrases[stems] = max(term.weight, phrases.get(stems, 0.0))
    weighed: list[tuple[Occur, Query]] = []
    for field, field_weight in FIELD_WEIGHTS:
        for stem, weight in words.items():
            found = Query.term_query(schema, field, stem)
            weighed.append((Occur.Should, Query.boost_query(found, weight * field_weight)))
        for stems, weight in phrases.items():
            found = Query.phrase_query(schema, field, list(stems), slop=PHRASE_SLOP)
            weighed.append((Occur.Should, Query.boost_query(found, weight * field_weight * PHRASE_WEIGHT)))
    return Query.boolean_query(weighed)

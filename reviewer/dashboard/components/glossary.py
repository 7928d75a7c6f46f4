"""Words of an abstract that are marked for who reads it: the claim's own, and what they are in Japanese."""

from __future__ import annotations

from functools import lru_cache

from claims.lexicon.glossary import Glossary, find_words
from claims.lexicon.lexicon import Lexicon
from claims.records.retrieval import SearchPlan
from reviewer.markup import MarkedSpan


def mark_terms(abstract: str, plan: SearchPlan | None, lexicon: Lexicon, locale: str) -> list[MarkedSpan]:
    """The claim's terms, and on a Japanese page each term that the lexicon has, with its Japanese name.

    Nothing is translated but single terms: what the evidence says is read as it was written.
    """
    names = [name for concept in plan.concepts for name in concept.names] if plan is not None else []
    glossed = list(_open_glossary(lexicon).find_terms(abstract)) if locale == "ja" else []
    meanings = {(term.start, term.end): term.japanese for term in glossed}
    own = list(find_words(abstract, names))
    marks = [
        MarkedSpan(start, end, css="term own", gloss=meanings.get((start, end), "")) for start, end in own
    ]
    others = (
        term for term in glossed if not any(term.start < end and start < term.end for start, end in own)
    )
    marks += [MarkedSpan(term.start, term.end, css="term", gloss=term.japanese) for term in others]
    return sorted(marks, key=lambda mark: mark.start)


@lru_cache(maxsize=2)
def _open_glossary(lexicon: Lexicon) -> Glossary:
    return Glossary(lexicon.rows)

"""A claim as the ranker asks it: weighted English words, and which way it points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.lexicon.lexicon import Lexicon
from claims.lexicon.weighting import WeightedTerm, search_terms, weigh_stems
from claims.records.article import Language
from claims.records.claim import Certainty, Claim

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a citation. ``weights`` are per English stem.

    ``numbers`` are the claim's numbers as written; ``negated`` says that the claim denies.
    """

    terms: tuple[WeightedTerm, ...]
    weights: dict[str, float] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    negated: bool = False


def build_question(terms: Iterable[WeightedTerm], text: str = "", negated: bool = False) -> Question:
    """The question of these terms; a stem in several of them keeps its highest weight.

    >>> build_question([WeightedTerm("hair loss", 1.0)]).weights
    {'hair': 1.0, 'loss': 1.0}
    """
    kept = tuple(terms)
    weights = weigh_stems(kept)
    return Question(kept, weights, frozenset(_NUMBER.findall(text)), negated)


def ask_claim(claim: Claim, language: Language, lexicon: Lexicon) -> Question:
    """The question of a claim in its stand-alone wording."""
    terms = search_terms(claim.read_as, language, lexicon)
    return build_question(terms, claim.read_as, claim.certainty is Certainty.NEGATED)

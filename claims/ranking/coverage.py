"""How much of a claim a text names: its terms, and the concepts of its plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from claims.ranking.idf import weigh_idf
from claims.ranking.question import AskedTerm
from claims.records.citation import Citation
from claims.records.retrieval import Concept
from claims.text.english import stem_words

# The numbers here are set by hand; benchmarks/ranking.py and stance.py measure what they give together.
# A synonym of the claim's word counts nearly as much as the word.
_SYNONYM = 0.85
# Stems that begin with five letters alike (phosphoryl, phosphat) count something, and more where so much of
# the longer one is alike.
_LIKE_LETTERS, _LIKE_SHARE = 5, 0.7
_MUCH_ALIKE, _ALIKE = 0.8, 0.4
# Phrases of plans whose stems are kept: every record of a search is asked for the same ones.
_MOST_PHRASES = 4_096


def cover_term(term: AskedTerm, stems: Collection[str]) -> float:
    """0 to 1: how much of the term, in its best spelling, stands among the stems."""
    best = 0.0
    for number, spelling in enumerate(term.spellings):
        idf = [weigh_idf(stem) for stem in spelling]
        if total := sum(idf):
            found = sum(w * _find_alike(stem, stems) for w, stem in zip(idf, spelling, strict=True))
            best = max(best, found / total * (1 if number == 0 else _SYNONYM))
    return best


def cover_terms(terms: Sequence[AskedTerm], stems: Collection[str]) -> list[float]:
    """The cover of each term, in order."""
    return [cover_term(term, stems) for term in terms]


def share_covered(terms: Sequence[AskedTerm], covers: Sequence[float]) -> float:
    """0 to 1: how much of all terms is covered, rare ones counting more."""
    total = sum(term.weight for term in terms)
    return (
        sum(term.weight * cover for term, cover in zip(terms, covers, strict=True)) / total if total else 0.0
    )


def names_concept(concept: Concept, stems: AbstractSet[str], descriptors: Collection[str]) -> bool:
    """Whether a record with these stems and MeSH descriptors, in lower case, names the concept."""
    return concept.mesh.lower() in descriptors or any(
        _stem_phrase(english) <= stems for english in concept.english
    )


def list_descriptors(citation: Citation) -> frozenset[str]:
    """The names of the record's MeSH descriptors, in lower case."""
    return frozenset(heading.descriptor.name.lower() for heading in citation.mesh)


def _find_alike(stem: str, stems: Collection[str]) -> float:
    if stem in stems:
        return 1.0
    if len(stem) < _LIKE_LETTERS:
        return 0.0
    return max(
        (_likeness(stem, other) for other in stems if other[:_LIKE_LETTERS] == stem[:_LIKE_LETTERS]),
        default=0.0,
    )


def _likeness(one: str, other: str) -> float:
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return _MUCH_ALIKE if same >= _LIKE_SHARE * max(len(one), len(other)) else _ALIKE


@lru_cache(maxsize=_MOST_PHRASES)
def _stem_phrase(english: str) -> frozenset[str]:
    return frozenset(stem_words(english))

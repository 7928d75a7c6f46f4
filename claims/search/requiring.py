"""Which concepts of a claim a record must name to bear on it; the others widen a query, or rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from claims.lexicon.folding import unify_spelling
from claims.lexicon.tables import TermRole, load_words
from claims.records.retrieval import Concept, PicoSlot

MOST_REQUIRED = 3
# A vague or bodily concept is asked for only where fewer than this many others are.
_ENOUGH = 2
_ORDER = (
    PicoSlot.INTERVENTION,
    PicoSlot.COMPARATOR,
    PicoSlot.CONDITION,
    PicoSlot.POPULATION,
    PicoSlot.OUTCOME,
)
_BETWEEN_JA = re.compile(
    r"[」』）)\s]{0,3}(?:や|・|、|，|または|もしくは|あるいは|か|および|及び|並びに|ならびに|と|とか|など(?:の|、)?|"
    r"だけで(?:は)?なく、?|をはじめとする|といった)[「『（(\s]{0,3}(?:その他の|他の)?\Z"
)
_BETWEEN_EN = re.compile(
    r"[\s)]{0,3}(?:,|/|,?\s{0,3}\b(?:and|or|and/or|nor|as well as|such as|including)\b)"
    r"\s{0,3}(?:the|an?|other|also)?[\s(]{0,3}\Z"
)
# What is given together is asked for together.
_TOGETHER = re.compile(
    r"併用|一緒に|いっしょに|組み合わせ|同時に|とともに|combin|together|along with|in addition to|plus", re.I
)
_MOST_BETWEEN = 24


def may_carry(concept: Concept, roles: Mapping[str, TermRole]) -> bool:
    """Whether a query may rest on this concept: no vague word, no part of the body, no group of people.

    ``roles`` are those of the claim's terms by their wording.
    """
    if is_vague(concept):
        return False
    return roles.get(concept.source) is not TermRole.SITE and concept.slot is not PicoSlot.POPULATION


def is_vague(concept: Concept) -> bool:
    """Whether it is one of the words that half of all records name: growth, pathway, treatment."""
    return concept.english[0].lower() in _vague_words()


def join_alternatives(concepts: Sequence[Concept], text: str) -> list[Concept]:
    """The concepts, those marked that the text names beside the one before in the same slot (A や B).

    >>> from claims.records.retrieval import Concept, PicoSlot
    >>> pair = [Concept(word, (word,), "", PicoSlot.CONDITION) for word in ("asthma", "eczema")]
    >>> [concept.alternative for concept in join_alternatives(pair, "in asthma or eczema")]
    [False, True]
    """
    read = unify_spelling(text)
    joined: list[Concept] = []
    end = 0
    for concept in concepts:
        start = read.find(concept.source, end)
        before = joined[-1] if joined else None
        if before is not None and before.slot is concept.slot:
            beside = start >= 0 and _stands_beside(read, end, start)
            concept = replace(concept, alternative=beside and not concept.inherited)
        joined.append(concept)
        end = start + len(concept.source) if start >= 0 else end
    return joined


def _stands_beside(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    if len(between) > _MOST_BETWEEN or _TOGETHER.search(text):
        return False
    return bool(_BETWEEN_JA.match(between) or _BETWEEN_EN.match(between.lower()))


def require_concepts(concepts: Sequence[Concept], roles: Mapping[str, TermRole]) -> list[Concept]:
    """The concepts, marked by whether a record must name them: those of the first groups at most.

    Interventions and what they are compared with go first, then the condition, then pregnancy and other
    states of people, then what is measured. What heading or theme supplied is required for claims about
    patients alone: what happens in a cell needs no disease. Vague words, parts of the body and plain
    groups of people fill up only where nothing better is told.
    """
    groups = list(group_alternatives(concepts))
    ranked = sorted(groups, key=lambda group: min(_rank(concept, concepts, roles) for concept in group))
    carrying = [group for group in ranked if any(may_carry(c, roles) or _is_state(c) for c in group)]
    carrying = [group for group in carrying if not (group[0].inherited and _is_biology(concepts, roles))]
    filling = [group for group in ranked if group not in carrying and not group[0].inherited]
    chosen = [*carrying, *filling[: max(_ENOUGH - len(carrying), 0)]][:MOST_REQUIRED]
    required = {id(concept) for group in chosen for concept in group}
    return [replace(concept, required=id(concept) in required) for concept in concepts]


def group_alternatives(concepts: Sequence[Concept]) -> Iterator[list[Concept]]:
    """The concepts in their order, each with its alternatives; a descriptor is asked for once."""
    group: list[Concept] = []
    asked: set[str] = set()
    for concept in concepts:
        if group and not concept.alternative:
            yield group
            group = []
        if concept.mesh not in asked or concept.alternative:
            group.append(concept)
        asked |= {concept.mesh} - {""}
    if group:
        yield group


def _rank(concept: Concept, concepts: Sequence[Concept], roles: Mapping[str, TermRole]) -> tuple[int, int]:
    """What is asked for first: by slot, and in the order of the words."""
    place = _ORDER.index(concept.slot)
    late = is_vague(concept) or roles.get(concept.source) is TermRole.SITE
    return place + len(_ORDER) * late, next(i for i, other in enumerate(concepts) if other is concept)


def _is_state(concept: Concept) -> bool:
    """Whether a group of people is a medical matter of its own: pregnancy, newborns."""
    return concept.slot is PicoSlot.POPULATION and bool(concept.mesh) and not is_vague(concept)


def _is_biology(concepts: Sequence[Concept], roles: Mapping[str, TermRole]) -> bool:
    """Whether the claim speaks of what happens in cells: two mechanisms or more of its own."""
    own = [c for c in concepts if not c.inherited and may_carry(c, roles)]
    return sum(roles.get(concept.source) is TermRole.MECHANISM for concept in own) >= _ENOUGH


@cache
def _vague_words() -> frozenset[str]:
    return frozenset(word.lower() for word in load_words("vague"))

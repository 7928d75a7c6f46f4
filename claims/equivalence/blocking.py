"""Keys of a claim: by words somebody searches it, by pairs of words those are found that may be the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations

from claims.equivalence.signature import Part, Signature
from claims.lexicon.tables import TermRole


class Concept(StrEnum):
    """What a claim is looked for by: what is given or acts in it, and what it is given for or changes."""

    SUBSTANCE = "substance"
    CONDITION = "condition"


# A claim of so few words has each of them for a key, and a long one no more words than these.
_FEW = 2
_MOST = 12
_ROLES = {
    Concept.SUBSTANCE: (TermRole.INTERVENTION, TermRole.COMPARATOR, TermRole.MECHANISM),
    Concept.CONDITION: (TermRole.CONDITION, TermRole.OUTCOME),
}


def list_blocking_keys(claim: Signature) -> frozenset[str]:
    """The keys of a claim: its wording, and each pair of the words that its concepts are known by.

    Claims without a common key are never the same: a library asks its index for these keys and compares
    what comes.
    """
    heaviest = sorted(claim.parts, key=lambda part: -part.weight)
    words = sorted(list(dict.fromkeys(word for part in heaviest for word in _list_words(part)))[:_MOST])
    pairs = {f"{one}|{other}" for one, other in combinations(words, 2)}
    wording = hashlib.sha256("".join(claim.text.split()).encode()).hexdigest()[:16]
    return frozenset((f"text:{wording}", *pairs, *(words if len(words) <= _FEW else ())))


def list_word_keys(claim: Signature) -> frozenset[str]:
    """A key for each word that the claim's concepts are known by, in whatever language it was written."""
    bags = (bag for part in claim.parts for bag in part.bags)
    return frozenset(f"word:{word}" for bag in bags for word in bag if not word.startswith("="))


def list_asked_keys(asked: Signature) -> tuple[str, ...]:
    """The word keys that a claim has which speaks of all that was asked for: those of each best name."""
    words = (word for part in asked.parts for word in sorted(part.bags[0]) if not word.startswith("="))
    return tuple(dict.fromkeys(f"word:{word}" for word in words))


def list_concept_keys(claim: Signature) -> frozenset[str]:
    """The keys of what the claim names as a substance and as a condition, by all names and descriptors."""
    return frozenset(
        _key_concept(concept, word)
        for concept, roles in _ROLES.items()
        for part in claim.parts
        if part.role in roles
        for bag in part.bags
        for word in bag
    )


def list_concepts_asked(concept: Concept, asked: Signature) -> tuple[frozenset[frozenset[str]], ...]:
    """For each thing that was asked for the sets of keys of which a claim has one whole that names it.

    A set a name: its English names and its MeSH descriptor.
    """
    return tuple(
        frozenset(frozenset(_key_concept(concept, word) for word in bag) for bag in part.bags)
        for part in asked.parts
    )


def _key_concept(concept: Concept, word: str) -> str:
    return f"{concept.value}:{word}"


def _list_words(part: Part) -> Iterator[str]:
    """The words of its best name, then of its descriptor, in the order of the alphabet."""
    for bag in dict.fromkeys((part.bags[0], part.bags[-1])):
        yield from sorted(word for word in bag if not word.startswith("="))

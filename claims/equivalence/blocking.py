"""Keys of a claim: by words somebody searches it, by pairs of words those are found that may be the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import combinations

from claims.equivalence.signature import Part, Signature

# A claim of so few words has each of them for a key, and a long one no more words than these.
_FEW = 2
_MOST = 12


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


def _list_words(part: Part) -> Iterator[str]:
    """The words of its best name, then of its descriptor, in the order of the alphabet."""
    for bag in dict.fromkeys((part.bags[0], part.bags[-1])):
        yield from sorted(word for word in bag if not word.startswith("="))

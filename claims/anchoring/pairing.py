"""The same texts found again in another order, each paired once: in linear time but for one sort."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Mapping, Sequence


def pair_equal(old: Sequence[str], new: Sequence[str], weights: Sequence[int] = ()) -> dict[int, int]:
    """Old place → new place of every text that is there again; each place is used once.

    Of a text that stands ``n`` times on one side and ``m`` times on the other, the lesser number is paired:
    first what is unique and what touches it, then by both neighbours, then in the order it stands. Where
    that leaves out a place with a greater weight than one it pairs, the heavier takes the other's pair.

    >>> pair_equal(["a", "b", "a", "c"], ["x", "c", "a"])
    {3: 1, 0: 2}
    >>> pair_equal(["a", "b", "a", "c"], ["x", "c", "a"], [0, 0, 1, 0])
    {3: 1, 2: 2}
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    unique = {text for text, count in Counter(old).items() if count == 1}
    unique &= {text for text, count in Counter(new).items() if count == 1}
    places = {text: place for place, text in enumerate(new) if text in unique}
    for place, text in enumerate(old):
        if text in unique:
            pairs[place] = places[text]
            taken.add(places[text])
    _extend(pairs, taken, old, new)
    _pair_by_key(pairs, taken, _with_neighbours(old), _with_neighbours(new))
    _extend(pairs, taken, old, new)
    _pair_by_key(pairs, taken, old, new)
    if weights:
        _prefer_heavy(pairs, old, weights)
    return pairs


def find_chain(pairs: Mapping[int, int]) -> set[int]:
    """The old places of a longest chain of pairs that kept their order; the others moved.

    >>> sorted(find_chain({0: 5, 1: 0, 2: 1, 3: 2}))
    [1, 2, 3]
    """
    ends: list[int] = []
    last_of: list[int] = []
    before: dict[int, int | None] = {}
    for old in sorted(pairs):
        length = bisect_left(ends, pairs[old])
        before[old] = last_of[length - 1] if length else None
        if length == len(ends):
            ends.append(pairs[old])
            last_of.append(old)
        else:
            ends[length], last_of[length] = pairs[old], old
    chain: set[int] = set()
    link = last_of[-1] if last_of else None
    while link is not None:
        chain.add(link)
        link = before[link]
    return chain


def _extend(pairs: dict[int, int], taken: set[int], old: Sequence[str], new: Sequence[str]) -> None:
    """Pair what stands next to a pair and is equal, onwards and then backwards."""
    for step, order in ((1, sorted(pairs)), (-1, sorted(pairs, reverse=True))):
        for start in order:
            place, found = start + step, pairs[start] + step
            while (
                0 <= place < len(old)
                and 0 <= found < len(new)
                and place not in pairs
                and found not in taken
                and old[place] == new[found]
            ):
                pairs[place] = found
                taken.add(found)
                place, found = place + step, found + step


def _pair_by_key(
    pairs: dict[int, int], taken: set[int], old: Sequence[Hashable], new: Sequence[Hashable]
) -> None:
    """Pair what is left with the first place of the same key that is left."""
    free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place, key in enumerate(new):
        if place not in taken:
            free[key].append(place)
    for place, key in enumerate(old):
        if place not in pairs and free.get(key):
            pairs[place] = free[key].popleft()
            taken.add(pairs[place])


def _prefer_heavy(pairs: dict[int, int], old: Sequence[str], weights: Sequence[int]) -> None:
    """Give the pairs of light places to heavier ones of the same text that have none."""
    left: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(old):
        if place not in pairs and weights[place]:
            left[text].append(place)
    held: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(pairs):
        if old[place] in left:
            held[old[place]].append(place)
    for text, places in left.items():
        heavy = sorted(places, key=lambda place: -weights[place])
        light = sorted(held[text], key=lambda place: weights[place])
        for gaining, losing in zip(heavy, light, strict=False):
            if weights[gaining] > weights[losing]:
                pairs[gaining] = pairs.pop(losing)


def _with_neighbours(texts: Sequence[str]) -> list[tuple[str | None, str, str | None]]:
    framed = [None, *texts, None]
    return [(framed[n], texts[n], framed[n + 2]) for n in range(len(texts))]

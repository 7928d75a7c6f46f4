"""Reworded, split and merged sentences found by the words they share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Grams: TypeAlias = Counter[str]
Link: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

# Measured on tests/anchoring/rewordings.tsv: at 0.25 94 % of the rewordings are like enough, and in the
# place where a sentence vanished another one seldom is so by chance. At 0.4 it is 69 %, and of the 130 claims
# of the evaluation articles one is taken for one of another article: that is for elsewhere.
ALIKE_IN_PLACE = 0.25
ALIKE_ELSEWHERE = 0.4
# Measured on tests/anchoring/splits.tsv: a part has this share of its grams from the whole (0.53 the least;
# of unrelated sentences 0.38 the most), and brings this share of the whole that no other brought (0.25).
PART_COVERED = 0.5
PART_BRINGS = 0.2
# Grams in more sentences than this say little of any of them; so many of those that share the most are
# compared, and so many that stand beside in the same gap.
_COMMON = 48
_MOST_COMPARED = 8
_BESIDE = 2

_TOKEN = re.compile(r"[a-z0-9]+(?:[.'’-][a-z0-9]+)*|[^\W_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence without its like: its place, and the gap between untouched sentences that it stands in."""

    place: int
    gap: int
    grams: Grams


def read_grams(text: str) -> Grams:
    """Latin words and numbers whole, other letters in pairs; width and case do not matter.

    >>> sorted(read_grams("ＰＲＰは毛を"))
    ['prp', 'は毛', '毛を']
    """
    grams: Grams = Counter()
    before = ""
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if token.isascii():
            grams[token] += 1
            before = ""
        else:
            if before:
                grams[before + token] += 1
            before = token
    return grams


def measure_likeness(one: Grams, other: Grams) -> float:
    """Twice what is shared over all there is (Dice): 1 for the same grams, 0 for none in common."""
    total = one.total() + other.total()
    return 2 * _share(one, other) / total if total else 0.0


def link_alike(old: Sequence[Piece], new: Sequence[Piece]) -> list[Link]:
    """Which old places became which new ones: one and one, one and several, several and one.

    No place is in two links. Splits are looked for first, then mergers, then the most alike pairs.
    """
    olds, news = {piece.place: piece for piece in old}, {piece.place: piece for piece in new}
    near = list(_find_candidates(old, new))
    splits = _find_wholes(olds, news, near)
    links: list[Link] = [((whole,), parts) for whole, parts in splits]
    taken_old = {whole for whole, _ in splits}
    taken_new = {part for _, parts in splits for part in parts}
    left = [(o, n) for o, n in near if o not in taken_old and n not in taken_new]
    for whole, parts in _find_wholes(news, olds, [(n, o) for o, n in left]):
        links.append((parts, (whole,)))
        taken_old.update(parts)
        taken_new.add(whole)
    for _, o, n in sorted(_score_pairs(olds, news, left)):
        if o not in taken_old and n not in taken_new:
            links.append(((o,), (n,)))
            taken_old.add(o)
            taken_new.add(n)
    return sorted(links)


def _find_candidates(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Pairs worth a comparison, a bounded number for each old piece."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    gaps: defaultdict[int, list[int]] = defaultdict(list)
    for piece in new:
        gaps[piece.gap].append(piece.place)
        for gram in piece.grams:
            holders[gram].append(piece.place)
    rank: Counter[int] = Counter()
    for piece in old:
        shared: Counter[int] = Counter()
        for gram in piece.grams:
            if len(found := holders.get(gram, ())) <= _COMMON:
                shared.update(found)
        at = rank[piece.gap]
        rank[piece.gap] += 1
        beside = gaps[piece.gap][max(0, at - _BESIDE) : at + _BESIDE + 1]
        near = dict.fromkeys([*(place for place, _ in shared.most_common(_MOST_COMPARED)), *beside])
        yield from ((piece.place, place) for place in sorted(near))


def _find_wholes(
    wholes: Mapping[int, Piece], parts: Mapping[int, Piece], near: Sequence[tuple[int, int]]
) -> list[tuple[int, tuple[int, ...]]]:
    """The wholes that two or more parts came out of, each part in the one that covers it best."""
    best: dict[int, tuple[int, int]] = {}
    for whole, part in near:
        shared = _share(wholes[whole].grams, parts[part].grams)
        enough = shared >= PART_COVERED * parts[part].grams.total() > 0
        if enough and (part not in best or shared > best[part][0]):
            best[part] = (shared, whole)
    candidates: defaultdict[int, list[int]] = defaultdict(list)
    for part, (_, whole) in sorted(best.items()):
        candidates[whole].append(part)
    found = (
        (whole, _choose_parts(wholes[whole].grams, [parts[place] for place in places]))
        for whole, places in sorted(candidates.items())
    )
    return [(whole, chosen) for whole, chosen in found if len(chosen) > 1]


def _choose_parts(whole: Grams, parts: list[Piece]) -> tuple[int, ...]:
    """The parts that each bring enough of the whole that the others do not, in their order."""
    left, chosen = Counter(whole), []
    while parts:
        most = max(parts, key=lambda part: _share(left, part.grams))
        if _share(left, most.grams) < PART_BRINGS * whole.total():
            break
        chosen.append(most.place)
        left -= most.grams
        parts = [part for part in parts if part is not most]
    return tuple(sorted(chosen))


def _score_pairs(
    olds: Mapping[int, Piece], news: Mapping[int, Piece], near: Sequence[tuple[int, int]]
) -> Iterator[tuple[float, int, int]]:
    for o, n in near:
        likeness = measure_likeness(olds[o].grams, news[n].grams)
        if likeness >= (ALIKE_IN_PLACE if olds[o].gap == news[n].gap else ALIKE_ELSEWHERE):
            yield -likeness, o, n


def _share(one: Grams, other: Grams) -> int:
    return (one & other).total()

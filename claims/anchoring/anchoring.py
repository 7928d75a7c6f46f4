"""Every claim of the version before, and every claim of this one, in exactly one relation (ADR 0009)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from claims.anchoring.cutting import CutArticle
from claims.anchoring.keeping import carry_claim
from claims.anchoring.likeness import Piece, link_alike, read_grams
from claims.anchoring.pairing import find_chain, pair_equal
from claims.records.claim import Claim, DropReason
from claims.records.lineage import Anchor, Anchoring, FormerClaim, Relation

# Where a claim of the new version stands: its unit, and which of the unit's claims it is.
_Key: TypeAlias = tuple[int, int]
# What an author may turn a claim into so that the extractor no longer takes it for one.
_SENTENCES = frozenset(DropReason) - {
    DropReason.HEADING,
    DropReason.THEME_QUESTION,
    DropReason.TABLE_HEADER,
}


def re_anchor(former: CutArticle, claims: Sequence[FormerClaim], present: CutArticle) -> Anchoring:
    """What became of the claims of ``former`` in ``present``, and which claims there are new.

    A claim is untouched when all its units are there again, word for word and next to each other; it stays
    a claim, whatever the extractor now makes of its words. Untouched units that kept their order are
    unchanged, others moved. Of several units that read the same, those with claims that people worked on
    come first. What a person worked on is found again even in a sentence that the extractor
    drops. The anchors of former claims come in their order, the new ones after them in the article's.
    """
    return _Anchoring(former, present, claims).anchor_all()


@dataclass
class _Anchoring:
    """Two versions on the way to their anchors. ``settled`` are new units that former claims hold."""

    former: CutArticle
    present: CutArticle
    claims: Sequence[FormerClaim]
    pairs: dict[int, int] = field(init=False)
    chain: set[int] = field(init=False)
    settled: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        weights = [0] * len(self.former.units)
        for claim in self.claims:
            for place in self._cover(claim):
                weights[place] = max(weights[place], 2 if claim.worked_on else 1)
        old, new = ([cut.key for cut in article.units] for article in (self.former, self.present))
        self.pairs = pair_equal(old, new, weights)
        self.chain = find_chain(self.pairs)

    def anchor_all(self) -> Anchoring:
        """All anchors, and the units that became no claim."""
        claims = self.claims
        kept = {claim.id: anchor for claim in claims if (anchor := self._keep(claim))}
        broken = [claim for claim in claims if claim.id not in kept]
        changed = {anchor.former[0]: anchor for anchor in self._follow(broken)}
        held = {id for anchor in changed.values() for id in anchor.former}
        anchors = [
            kept.get(claim.id) or changed.get(claim.id) or Anchor(Relation.REMOVED, (claim.id,), ())
            for claim in claims
            if claim.id not in held or claim.id in changed
        ]
        free = [cut for place, cut in enumerate(self.present.units) if place not in self.settled]
        fresh = [Anchor(Relation.NEW, (), (claim,)) for cut in free for claim in cut.claims]
        return Anchoring((*anchors, *fresh), tuple(cut.dropped for cut in free if cut.dropped))

    def _keep(self, claim: FormerClaim) -> Anchor | None:
        """The anchor of an untouched claim, ``None`` for one that was touched."""
        covered = self._cover(claim)
        first = self.pairs.get(covered.start, -1)
        if not covered or any(self.pairs.get(place) != first + n for n, place in enumerate(covered)):
            return None
        kept = carry_claim(claim, self.former, self.present, covered, first)
        if kept is None:
            return None
        self.settled.update(range(first, first + len(covered)))
        relation = Relation.UNCHANGED if self.chain.issuperset(covered) else Relation.MOVED
        return Anchor(relation, (claim.id,), (kept.claim,), kept.reread)

    def _follow(self, broken: Sequence[FormerClaim]) -> Iterator[Anchor]:
        """The anchors of touched claims whose words went into others."""
        images = self._find_images(broken)
        standing: dict[_Key, Claim] = {}
        links: dict[int, list[_Key]] = {}
        for claim in broken:
            places = sorted({new for old in self._cover(claim) for new in images.get(old, ())})
            places = [place for place in places if place not in self.settled]
            found = self._claims_at(places, several=len(self._cover(claim)) > 1)
            standing.update(found)
            links[claim.id] = list(found)
        for olds, keys in _connect(links):
            self.settled.update(place for key in keys for place in self._span_places(standing[key]))
            yield from _relate(olds, [standing[key] for key in keys])

    def _claims_at(self, places: Sequence[int], several: bool) -> dict[_Key, Claim]:
        """The claims at these units; what was one claim of several units stays one where they adjoin."""
        if several and len(places) > 1 and places[-1] - places[0] == len(places) - 1:
            return {(places[0], -places[-1]): self.present.make_claim(places[0], places[-1])}
        return {
            (place, number): claim
            for place in places
            for number, claim in enumerate(self.present.read_claims(place, place))
        }

    def _find_images(self, broken: Sequence[FormerClaim]) -> dict[int, tuple[int, ...]]:
        """New places of the old units of touched claims: the same words, else words alike."""
        places = {place: claim.worked_on for claim in broken for place in self._cover(claim)}
        places |= {place: True for claim in broken if claim.worked_on for place in self._cover(claim)}
        images: dict[int, tuple[int, ...]] = {p: (self.pairs[p],) for p in places if p in self.pairs}
        taken = set(self.pairs.values())
        units = list(enumerate(self.present.units))
        claims = [place for place, cut in units if cut.claims and place not in taken]
        sentences = [
            place
            for place, cut in units
            if cut.dropped and cut.dropped.reason in _SENTENCES and place not in taken
        ]
        for worked_on, targets in ((False, claims), (True, sentences)):
            sources = [p for p in places if p not in images and (places[p] or not worked_on)]
            for olds, news in link_alike(self._old_pieces(sources), self._new_pieces(targets)):
                images.update(dict.fromkeys(olds, news))
        return images

    def _old_pieces(self, places: Iterable[int]) -> list[Piece]:
        gaps = _number_gaps(sorted(self.chain), sorted(places))
        return [Piece(p, gap, read_grams(self.former.units[p].unit.text)) for p, gap in gaps]

    def _new_pieces(self, places: Iterable[int]) -> list[Piece]:
        gaps = _number_gaps(sorted(self.pairs[old] for old in self.chain), sorted(places))
        return [Piece(p, gap, read_grams(self.present.units[p].unit.text)) for p, gap in gaps]

    def _cover(self, claim: FormerClaim) -> range:
        return self.former.find_units(claim.claim.start, claim.claim.end)

    def _span_places(self, claim: Claim) -> range:
        return self.present.find_units(claim.start, claim.end)


def _number_gaps(chain: Sequence[int], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each place with the number of links of the chain before it: the same on both sides of a revision."""
    passed = 0
    for place in places:
        while passed < len(chain) and chain[passed] < place:
            passed += 1
        yield place, passed


def _connect(links: dict[int, list[_Key]]) -> Iterator[tuple[list[int], list[_Key]]]:
    """Former claims and new ones that hang together, each once, in the order of the former."""
    order = {old: number for number, old in enumerate(links)}
    holders: defaultdict[_Key, list[int]] = defaultdict(list)
    for old, keys in links.items():
        for key in keys:
            holders[key].append(old)
    seen: set[int] = set()
    for start in links:
        olds: set[int] = set()
        waiting = [start] if links[start] and start not in seen else []
        while waiting:
            old = waiting.pop()
            if old not in olds:
                olds.add(old)
                waiting.extend(other for key in links[old] for other in holders[key])
        seen |= olds
        if olds:
            yield sorted(olds, key=order.__getitem__), sorted({key for old in olds for key in links[old]})


def _relate(olds: Sequence[int], claims: Sequence[Claim]) -> Iterator[Anchor]:
    """One anchor for what hangs together; of many and many, one to one as far as that goes."""
    while len(olds) > 1 and len(claims) > 1:
        yield Anchor(Relation.REWORDED, (olds[0],), (claims[0],))
        olds, claims = olds[1:], claims[1:]
    if len(olds) > 1:
        yield Anchor(Relation.MERGED, tuple(olds), (claims[0],))
    elif len(claims) > 1:
        yield Anchor(Relation.SPLIT, (olds[0],), tuple(claims))
    else:
        yield Anchor(Relation.REWORDED, (olds[0],), (claims[0],))

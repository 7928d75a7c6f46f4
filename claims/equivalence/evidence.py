"""What speaks for and against two claims being one: what is shared, left over, or in conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.equivalence.blocking import list_blocking_keys
from claims.equivalence.contrasts import part_contrasts
from claims.equivalence.meanings import Kind
from claims.equivalence.measures import Measure, MeasureKind, part_measures
from claims.equivalence.signature import Part, Signature
from claims.lexicon.tables import TermRole

# Changes that one effect may be told as: what lessens a disease betters it.
_AKIN = tuple(map(frozenset, (("down", "good", "prevent", "treat"), ("up", "bad", "cause"), ("up", "good"))))
_SOME_CHANGE = 0.5
_SUBJECT = (TermRole.INTERVENTION, TermRole.CONDITION, TermRole.OUTCOME)
_LETTERS = re.compile(r"[一-龥々ァ-ヺ]")
_IN_MANY_WORDS = "性症薬剤者療法的化人"
_OPPOSED = {
    Kind.EFFECT: (("down", "up"), ("good", "bad"), ("prevent", "cause")),
    Kind.WHEN: (("before", "after"), ("morning", "night"), ("start", "stop")),
}
# What only shares its kanji with the other claim is told less surely than by its English.
_BY_LETTERS = 0.8
# What the context adds counts less than what the sentence tells, but where both sentences are one.
_CONTEXT_WEIGHT = 0.4
ONE_SENTENCE = 0.95
# No claim is longer; how alike two texts are takes as long as the product of their lengths.
LONGEST_COMPARED = 2_000
# From this on a term is left over.
MUCH = 0.5
# By less than this the other claim does not tell a term.
_SAID = 0.2


@dataclass(frozen=True, slots=True)
class _Side:
    """The parts of a claim with how far the other claim tells each, from 0 to 1."""

    told: tuple[tuple[Part, float], ...]
    context_weight: float

    def lacking(self, roles: Iterable[TermRole | None] | None = None) -> float:
        """The weight of what the other claim lacks, of any role or of these."""
        return sum(
            self._weigh(part) * (1 - share)
            for part, share in self.told
            if roles is None or part.role in roles
        )

    def shared(self, roles: Iterable[TermRole | None] | None = None) -> float:
        """The weight of what the other claim tells as well."""
        return sum(
            self._weigh(part) * share for part, share in self.told if roles is None or part.role in roles
        )

    def _weigh(self, part: Part) -> float:
        return part.weight * (1.0 if part.told else self.context_weight)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the comparison rests on: differences that are told, and how much of each claim the other tells.

    ``alike_in_kind`` says that both measure the same things, of whatever amount.
    """

    conflicts: tuple[str, ...]
    sides: tuple[_Side, _Side]
    alike: float
    keyed: bool
    effect: float
    other_change: bool
    alike_in_kind: bool

    @property
    def lacking(self) -> float:
        """The weight of all that either claim has and the other lacks."""
        return sum(side.lacking() for side in self.sides)

    @property
    def replaced_subject(self) -> float:
        """What each has in place of the other's substance, condition or outcome."""
        return min(side.lacking(_SUBJECT) for side in self.sides)

    @property
    def lacking_subject(self) -> float:
        """The most of substance, condition and outcome that one claim has and the other lacks."""
        return max(side.lacking(_SUBJECT) for side in self.sides)

    @property
    def has_untold_condition(self) -> bool:
        """Whether a sentence names a condition that the other tells by none of its names."""
        return any(
            part.told and part.role is TermRole.CONDITION and share < _SAID
            for side in self.sides
            for part, share in side.told
        )

    @property
    def shared(self) -> float:
        """The share of both claims that the other tells as well."""
        shared = sum(side.shared() for side in self.sides)
        return shared / max(0.1, shared + self.lacking)

    @property
    def shared_subject(self) -> float:
        """What both tell of substance, condition and outcome."""
        return min(side.shared(_SUBJECT) for side in self.sides)


def weigh_evidence(one: Signature, other: Signature) -> Evidence:
    """What two claims have in common and in what they part."""
    lone, others = part_measures(one.measures, other.measures)
    alike = _measure_likeness(one.told[:LONGEST_COMPARED], other.told[:LONGEST_COMPARED])
    context_weight = 1.0 if alike > ONE_SENTENCE else _CONTEXT_WEIGHT
    sides = (_cover(one, other, context_weight), _cover(other, one, context_weight))
    conflicts = dict.fromkeys(
        (
            *(measure.kind.value for measure in (*lone, *others)),
            *_list_trait_conflicts(one, other),
            *part_contrasts(one.contrasts, other.contrasts),
            *_list_people_conflicts(one, other, sides, (*lone, *others)),
        )
    )
    keyed = not list_blocking_keys(one).isdisjoint(list_blocking_keys(other))
    effects = (one.trait(Kind.EFFECT), other.trait(Kind.EFFECT))
    effect = 1.0 if effects[0] & effects[1] else _SOME_CHANGE if all(effects) else 0.0
    akin = any(not group.isdisjoint(effects[0]) and not group.isdisjoint(effects[1]) for group in _AKIN)
    other_change = effect == _SOME_CHANGE and not akin
    dimensions = [{measure.dimension for measure in claim.measures} for claim in (one, other)]
    alike_in_kind = bool(dimensions[0]) and dimensions[0] == dimensions[1]
    return Evidence(tuple(conflicts), sides, alike, keyed, effect, other_change, alike_in_kind)


def _measure_likeness(*texts: str) -> float:
    """How much of both texts stands in both, from 0 to 1, whichever is the earlier."""
    first, second = sorted(texts)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _list_trait_conflicts(one: Signature, other: Signature) -> Iterator[str]:
    if _surety(one) != _surety(other):
        yield "hedge"
    if _opposes(one, other, Kind.WHEN):
        yield "scope"
    if _opposes(one, other, Kind.EFFECT) or _is_negative(one) != _is_negative(other):
        yield "polarity"
    effects = (one.trait(Kind.EFFECT), other.trait(Kind.EFFECT))
    if ("equal" in effects[0]) is not ("equal" in effects[1]):
        yield "polarity"
    if ("relapse" in effects[0]) is not ("relapse" in effects[1]):
        yield "outcome"
    if any(
        "prevent" in some and "treat" in rest and "prevent" not in rest
        for some, rest in (effects, effects[::-1])
    ):
        yield "purpose"
    both = all("than" in claim.trait(Kind.COMPARATOR) for claim in (one, other))
    if both and (one.compared or other.compared) and not _tell_same(one.compared, other.compared):
        yield "comparator"
    if one.has_negation is not other.has_negation and not (_is_put_so(one) or _is_put_so(other)):
        yield "population" if _is_negative(one) == _is_negative(other) else "polarity"
    routes = (one.trait(Kind.ROUTE), other.trait(Kind.ROUTE))
    if all(routes) and routes[0].isdisjoint(routes[1]):
        yield "route"
    if _tell_more_people(one, other) or _tell_more_people(other, one):
        yield "population"
    if one.trait(Kind.SCOPE) != other.trait(Kind.SCOPE):
        yield "scope"
    if one.trait(Kind.LABORATORY) != other.trait(Kind.LABORATORY):
        yield "mechanism"
    if {"rare", "common"} <= one.trait(Kind.FREQUENCY) ^ other.trait(Kind.FREQUENCY):
        yield "quantity"


def _list_people_conflicts(
    one: Signature, other: Signature, sides: tuple[_Side, _Side], lone: Iterable[Measure]
) -> Iterator[str]:
    """Whether each names people that the other does not, by a word or by their age."""
    aged = any(measure.kind is MeasureKind.POPULATION for measure in lone)
    named = one.trait(Kind.POPULATION) ^ other.trait(Kind.POPULATION)
    if all(side.lacking((TermRole.POPULATION,)) > MUCH for side in sides) or (aged and named):
        yield "population"


def _tell_more_people(one: Signature, other: Signature) -> bool:
    """Whether one names people whom the other neither names nor implies; grown-ups need no name."""
    implied = {word.removeprefix("~") for word in other.implied}
    return bool(one.trait(Kind.POPULATION) - other.trait(Kind.POPULATION) - implied - {"adult"})


def _surety(claim: Signature) -> int:
    hedge = claim.trait(Kind.HEDGE)
    return 2 if "proven" in hedge else int(bool(hedge))


def _is_put_so(claim: Signature) -> bool:
    """Whether the claim is of a kind that is put in the negative or not, as one likes: rules, rare harms."""
    return bool(claim.trait(Kind.MODALITY)) or bool(
        {"rare", "equal"} & (claim.trait(Kind.FREQUENCY) | claim.trait(Kind.EFFECT))
    )


def _tell_same(some: Iterable[Part], others: Iterable[Part]) -> bool:
    """Whether a word of these is among the words of those."""
    bags = [
        frozenset(word for part in parts for bag in part.bags for word in bag) for parts in (some, others)
    ]
    return not bags[0].isdisjoint(bags[1])


def _is_negative(claim: Signature) -> bool:
    """Whether the claim denies what it tells, or forbids it.

    A duty, a permission or a rare harm may be put in the negative, and denies nothing.
    """
    modality = claim.trait(Kind.MODALITY)
    spared = modality & {"permit", "must", "unneeded"} or "rare" in claim.trait(Kind.FREQUENCY)
    return "forbid" in modality or (claim.denied and not spared and "equal" not in claim.trait(Kind.EFFECT))


def _opposes(one: Signature, other: Signature, kind: Kind) -> bool:
    """Whether one tells the opposite of what the other tells, and neither tells both."""
    told, rest = one.trait(kind), other.trait(kind)
    return any(
        (first in told and second in rest and second not in told and first not in rest)
        or (second in told and first in rest and first not in told and second not in rest)
        for first, second in _OPPOSED.get(kind, ())
    )


def _cover(one: Signature, other: Signature, context_weight: float) -> _Side:
    pool = frozenset(word for part in other.parts for bag in part.bags for word in bag) | other.implied
    return _Side(tuple((part, _find_share(part, pool, other.text)) for part in one.parts), context_weight)


def _find_share(part: Part, pool: frozenset[str], text: str) -> float:
    """How far a part is told: by the words of any of its names, else by the letters of its Japanese."""
    bags = [[word for word in bag if not word.startswith("=")] for bag in part.bags]
    share = max(((len(pool.intersection(bag)) / len(bag)) ** 2 for bag in bags if bag), default=0.5)
    letters = [letter for letter in _LETTERS.findall(part.source) if letter not in _IN_MANY_WORDS]
    if letters and share < _BY_LETTERS:
        there = sum(letter in text for letter in letters) / len(letters)
        if part.role is not TermRole.INTERVENTION or there == 1:
            share = max(share, there * _BY_LETTERS)
    return share

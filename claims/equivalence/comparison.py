"""Whether two claims are the same, near, or different, and in what they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.equivalence.evidence import MUCH, ONE_SENTENCE, Evidence, weigh_evidence
from claims.equivalence.meanings import Kind
from claims.equivalence.signature import Signature
from claims.lexicon.tables import TermRole

# Weights and bounds are rounded from a regression on the pairs that were looked at (docs/adr/0054).
_SAME_AT_BEST = 1.8
_NEAR = 3.5
_ALIKE = 0.8
_WHOLE_TERM = 1.1
_NAMES = {
    "substance": (TermRole.INTERVENTION,),
    "population": (TermRole.POPULATION,),
    "outcome": (
        TermRole.CONDITION,
        TermRole.OUTCOME,
        TermRole.MECHANISM,
        TermRole.SITE,
        TermRole.GENERIC,
        None,
    ),
}


class Likeness(StrEnum):
    """What an earlier claim is to a new one."""

    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How alike two claims are, and in what they differ (empty where they are the same)."""

    likeness: Likeness
    differs: tuple[str, ...] = ()


def compare_claims(one: Signature, other: Signature) -> Verdict:
    """Whether an earlier claim and a new one are the same, near or different, and in what they differ.

    ``differs`` names what changed: dose, duration, quantity, population, hedge, polarity, purpose, route,
    scope, mechanism, substance, comparator, outcome; ``topic`` where the one is no evidence for the other, or
    substance and outcome together.
    """
    evidence = weigh_evidence(one, other)
    if _are_same(evidence):
        return Verdict(Likeness.SAME)
    named = tuple(dict.fromkeys((*evidence.conflicts, *_name_lacking(evidence, one, other))))
    if _are_near(evidence):
        return Verdict(Likeness.NEAR, named or ("scope",))
    replaced = tuple(name for name in ("substance", "outcome") if name in named)
    return Verdict(Likeness.DIFFERENT, replaced if len(replaced) > 1 else ("topic",))


def _are_same(evidence: Evidence) -> bool:
    """Whether nothing is told in conflict and little enough of either claim is left over.

    The more alike two sentences are, the less may be left over: where all else is the same word for word,
    a word that differs was changed on purpose. Where they tell changes that are not akin, no whole substance,
    condition or outcome may be left over.
    """
    score = _SAME_AT_BEST - 0.6 * evidence.replaced_subject - 2.7 * evidence.alike * evidence.lacking
    other_change = evidence.other_change and evidence.lacking_subject > _WHOLE_TERM
    told = evidence.keyed and not evidence.has_untold_condition
    return told and not evidence.conflicts and not other_change and score > 0


def _are_near(evidence: Evidence) -> bool:
    """Whether the claims share a subject: what is given or had, and what comes of it.

    One sentence under two headings is near, unless they name another substance and another condition.
    """
    if evidence.alike > ONE_SENTENCE:
        roles = ((TermRole.INTERVENTION,), (TermRole.CONDITION,))
        return not all(min(side.lacking(role) for side in evidence.sides) > MUCH for role in roles)
    score = (
        0.3 * evidence.shared
        + 1.0 * evidence.shared_subject
        + 1.6 * min(side.shared() for side in evidence.sides)
        + 2.7 * evidence.effect
        + 1.0 * evidence.alike
        + 1.4 * (evidence.alike > _ALIKE)
        + 1.0 * evidence.alike_in_kind
        - 0.7 * evidence.lacking
    )
    return score > _NEAR


def _name_lacking(evidence: Evidence, one: Signature, other: Signature) -> Iterator[str]:
    """What the claims have in each other's place, and what only one of them has."""
    compared = all("than" in claim.trait(Kind.COMPARATOR) for claim in (one, other))
    for name, roles in _NAMES.items():
        if all(side.lacking(roles) > MUCH for side in evidence.sides):
            yield "comparator" if compared and name == "substance" else name
    missing = [side.lacking() > MUCH for side in evidence.sides]
    if missing[0] is not missing[1]:
        people = (TermRole.POPULATION,)
        yield "population" if any(side.lacking(people) > MUCH for side in evidence.sides) else "scope"

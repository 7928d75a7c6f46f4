"""Whether a sentence tells the same changes as a claim: named features between -1 and 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from claims.ranking.question import AskedTerm, Question
from claims.stance.changes import Change, StatedChanges
from claims.stance.directions import Axis, Operator, is_operator
from claims.stance.sentence_features import Features

# The numbers here are set by hand, none was measured by itself; benchmarks/stance.py measures what they give
# together (ADR 0016 has the table), and a gate in tests/evaluation holds it.
# Two changes speak of the same when they share this much of the terms around them, or the word itself.
_ENOUGH_SHARED = 0.05
_SAME_WORD, _BOTH_DIRECTED = 0.4, 0.3
# "Not increased" is a decrease only sometimes: how far it agrees with one.
_DENIED_OPPOSITE = 0.3
# A noun (reduction) seldom is the statement: what it weighs in the claim, and how well it may be matched.
_NOUN_WEIGHT, _NOUN_MATCH = 0.5, 0.8
# What a change weighs with the claim's terms on both of its sides, on one, on none.
_BOTH_SIDES, _ONE_SIDE, _NO_SIDE = 2.0, 1.0, 0.3
# A change tells this much of the terms before it as of those after it.
_BEHIND = 0.6
# A term two words away still counts as wholly near.
_NEAR = 1.5
# What stands on the other side counts for less, and for least where nothing is shared ahead; so does a
# passive, whose sides are turned round.
_SOME_SHARED = 0.1
_OTHER_SIDE, _OTHER_SIDE_ALONE = 0.5, 0.15
_TURNED, _TURNED_OTHER_SIDE, _TURNED_OTHER_SIDE_ALONE = 0.8, 0.4, 0.15
_BEHIND_ALONE, _TURNED_BACK_ALONE = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A claim's change beside the sentence's that is most like it.

    ``strength`` is 0 to 1; ``agrees`` positive where they tell the same; ``directed`` when both have a
    direction and not only a relation.
    """

    strength: float
    agrees: float
    directed: bool


def compare_changes(question: Question, claim: StatedChanges, sentence: StatedChanges) -> Features:
    """The features of one sentence against the claim.

    Denials of either side; the claim's direction words that the sentence has, lacks or reverses; directions
    around the same terms; and each change of the claim beside the sentence's that is most like it.
    """
    asked = question.asked
    return {
        "both_deny": float(claim.denies and sentence.denies),
        "claim_denies": float(claim.denies and not sentence.denies),
        "sentence_denies": float(sentence.denies and not claim.denies),
        **_compare_words(claim, sentence),
        **_compare_nearby(_direct_terms(asked, claim), _direct_terms(asked, sentence), asked),
        **_compare_matches(asked, claim, sentence),
    }


def _compare_words(claim: StatedChanges, sentence: StatedChanges) -> Features:
    ours, theirs = _list_directed(claim), _list_directed(sentence)
    stems, their_stems = {word[0] for word in ours}, {word[0] for word in theirs}
    signs = {word[1:] for word in theirs}
    reversed_words = [stem for stem, axis, sign in ours if stem not in their_stems and (axis, -sign) in signs]
    same_sign = any(word[1:] in signs for word in ours)
    return {
        "same_word": float(bool(stems & their_stems)),
        "words_lacking": len(stems - their_stems) / len(stems) if stems else 0.0,
        "words_reversed": len(reversed_words) / len(ours) if ours else 0.0,
        "all_reversed": float(bool(reversed_words) and not same_sign),
    }


def _list_directed(told: StatedChanges) -> set[tuple[str, Axis, int]]:
    return {
        (change.stem, change.direction.axis, change.direction.sign)
        for change in told.changes
        if change.direction.axis is not Axis.RELATION
    }


def _direct_terms(asked: Sequence[AskedTerm], told: StatedChanges) -> dict[int, float]:
    """Term → the directions around it, between -1 and 1."""
    directed: dict[int, float] = {}
    for change in told.changes:
        for side, share in ((change.after, 1.0), (change.before, _BEHIND)):
            for term, nearness in side.items():
                sign = find_sign(change, is_unwelcome(asked[term])) * (-1 if change.denied else 1)
                directed[term] = directed.get(term, 0.0) + sign * nearness * share
    return {term: max(-1.0, min(1.0, value)) for term, value in directed.items()}


def _compare_nearby(
    claim: Mapping[int, float], sentence: Mapping[int, float], asked: Sequence[AskedTerm]
) -> Features:
    total = sum(term.weight for term in asked) or 1.0
    products = [claim[t] * sentence[t] * asked[t].weight / total for t in claim if t in sentence]
    return {
        "nearby_agrees": min(1.0, 2 * sum(p for p in products if p > 0)),
        "nearby_differs": min(1.0, -2 * sum(p for p in products if p < 0)),
    }


def _compare_matches(asked: Sequence[AskedTerm], claim: StatedChanges, sentence: StatedChanges) -> Features:
    features = dict.fromkeys(
        ("change_agrees", "change_differs", "change_net", "relation_agrees", "relation_differs", "unmatched"),
        0.0,
    )
    total = sum(map(_weigh_change, claim.changes))
    for change in claim.changes:
        share = _weigh_change(change) / total
        match = _find_match(change, sentence.changes, asked)
        if match is None:
            features["unmatched"] += share
            continue
        kind = "change" if match.directed else "relation"
        features[f"{kind}_{'agrees' if match.agrees > 0 else 'differs'}"] += share * match.strength
        if match.directed:
            features["change_net"] += share * match.strength * match.agrees
    return features


def _find_match(change: Change, others: Sequence[Change], asked: Sequence[AskedTerm]) -> Match | None:
    best: Match | None = None
    for other in others:
        shared, same_word = _share_terms(change, other, asked), other.stem == change.stem
        if shared >= _ENOUGH_SHARED or same_word:
            agrees, directed = _judge_pair(change, other, asked)
            strength = shared + _SAME_WORD * same_word + _BOTH_DIRECTED * directed
            if best is None or strength > best.strength:
                best = Match(strength, agrees, directed)
    return replace(best, strength=min(1.0, best.strength)) if best else None


def _judge_pair(one: Change, other: Change, asked: Sequence[AskedTerm]) -> tuple[float, bool]:
    """Whether two changes tell the same (positive) or not, and whether by their directions."""
    ours = find_sign(one, any(is_unwelcome(asked[term]) for term in one.after))
    theirs = find_sign(other, any(is_unwelcome(asked[term]) for term in (*other.after, *other.before)))
    if not (ours and theirs):
        return float(_find_relation(one) * _find_relation(other)), False
    if not (one.denied or other.denied):
        return float(ours * theirs), True
    if one.denied and other.denied:
        return (1.0 if ours == theirs else _DENIED_OPPOSITE), True
    return (-1.0 if ours == theirs else _DENIED_OPPOSITE), True


def find_sign(change: Change, unwelcome: bool) -> int:
    """1 for more, -1 for less, 0 for a mere relation; an ill that gets better gets less."""
    if change.direction.axis is Axis.RELATION:
        return 0
    better = change.direction.axis is Axis.VALUE
    return -change.direction.sign if better and unwelcome else change.direction.sign


def is_unwelcome(term: AskedTerm) -> bool:
    """Whether the term names an ill: a disease, a risk, pain."""
    return any(is_operator(word, Operator.UNWELCOME) for word in term.words)


def _find_relation(change: Change) -> int:
    related = -1 if change.direction.axis is Axis.RELATION and change.direction.sign < 0 else 1
    return -related if change.denied else related


def _weigh_change(change: Change) -> float:
    sides = (_NO_SIDE, _ONE_SIDE, _BOTH_SIDES)[bool(change.after) + bool(change.before)]
    return sides * (_NOUN_WEIGHT if change.direction.noun else 1.0)


def _share_terms(one: Change, other: Change, asked: Sequence[AskedTerm]) -> float:
    """How much of what stands around one change stands around the other, passives turned round."""

    def share(side: Mapping[int, float], facing: Mapping[int, float]) -> float:
        total = sum(asked[term].weight for term in side)
        both = sum(
            asked[term].weight * min(1.0, _NEAR * side[term]) * min(1.0, _NEAR * facing[term])
            for term in side
            if term in facing
        )
        return both / total if total else 0.0

    ahead, behind = share(one.after, other.after), share(one.before, other.before)
    crossed, crossed_back = share(one.after, other.before), share(one.before, other.after)
    if one.after:
        straight = ahead + behind * (_OTHER_SIDE if ahead > _SOME_SHARED else _OTHER_SIDE_ALONE)
        back = _TURNED_OTHER_SIDE if crossed > _SOME_SHARED else _TURNED_OTHER_SIDE_ALONE
        shared = max(straight, _TURNED * crossed + crossed_back * back)
    else:
        shared = max(_BEHIND_ALONE * behind, _TURNED_BACK_ALONE * crossed_back)
    return shared * (_NOUN_MATCH if other.direction.noun else 1.0)

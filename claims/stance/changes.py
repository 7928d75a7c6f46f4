"""The changes that a text tells (X increases Y), each with the claim's terms around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from claims.ranking.question import AskedTerm, Question
from claims.records.article import Language
from claims.stance.directions import Direction, Operator, find_direction, is_operator
from claims.text.denials import reports_no_effect
from claims.text.english import split_words, stem_words

# The numbers here are set by hand; what they give together is measured by benchmarks/stance.py (ADR 0016).
# Words after or before a direction word that may be what it speaks of; at the second, nearness is half.
_REACH, _FADING = 8, 4
# Words before a direction word among which a denial denies it, and around a term among which it is absent.
_DENIAL_REACH, _ABSENCE_REACH = 4, 3
# In a Japanese claim what changes stands right before the verb.
_OBJECT_NEARNESS = 0.5
# Stems of so many letters are one word when they begin with so many alike.
_ALIKE_FROM, _ALIKE_LETTERS = 7, 6
_CLAUSE = re.compile(
    r"[;:]|, (?:but|whereas|while|although|and)\b|\b(?:but|whereas|while|although|however)\b"
)
_KNOCKED_OUT = re.compile(r"[−-]/[−-]|\(-\)\(?/\)?\(-\)|\(-/-\)")
_REGULATED = re.compile(r"\b(up|down)-(?=regul|modul)", re.IGNORECASE)
_COUNTS = frozenset({"more", "less", "fewer", "most", "least"})


class ChangeToken(NamedTuple):
    """A word, its stem, and the number of its clause."""

    word: str
    stem: str
    clause: int


@dataclass(frozen=True, slots=True)
class Change:
    """A direction word. ``after`` and ``before`` hold the claim's terms on either side by their number, with
    a nearness between 0 and 1; ``denied`` that a denial stands before it."""

    stem: str
    direction: Direction
    denied: bool
    after: Mapping[int, float]
    before: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class StatedChanges:
    """What a text tells: its changes in order, the terms that it takes away, and whether it denies."""

    changes: tuple[Change, ...]
    absent: frozenset[int]
    denies: bool


def find_changes(text: str, asked: Sequence[AskedTerm]) -> StatedChanges:
    """What an English text tells of the claim's terms."""
    return _tell(_split_tokens(text), asked, reports_no_effect(text))


def find_claimed_changes(question: Question) -> StatedChanges:
    """What the claim itself tells; in Japanese the verb, and its denial, come last."""
    told = find_changes(question.wording, question.asked)
    if question.language is not Language.JA:
        return told
    changes = [_turn_round(change) for change in told.changes]
    if changes and question.negated:
        changes[-1] = replace(changes[-1], denied=True)
    return replace(told, changes=tuple(changes), denies=told.denies or question.negated)


def _tell(tokens: Sequence[ChangeToken], asked: Sequence[AskedTerm], denying: bool) -> StatedChanges:
    terms = _place_terms(tokens, asked)
    absent = {
        term
        for at, term in terms.items()
        if any(is_operator(token.word, Operator.ABSENCE) for token in _around(tokens, at, _ABSENCE_REACH))
    }
    return StatedChanges(tuple(_find_changes(tokens, terms)), frozenset(absent), denying)


def _split_tokens(text: str) -> list[ChangeToken]:
    text = _REGULATED.sub(r"\1", _KNOCKED_OUT.sub(" deficient ", text))
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    return [
        ChangeToken(word, stem, clause)
        for clause, (start, end) in enumerate(pairwise(cuts))
        for word, stem in zip(split_words(text[start:end]), stem_words(text[start:end]), strict=True)
    ]


def _place_terms(tokens: Sequence[ChangeToken], asked: Sequence[AskedTerm]) -> dict[int, int]:
    """Place of a token → number of the claim's term that it belongs to; a direction word alone is no term."""
    stems: dict[str, int] = {}
    for number, term in enumerate(asked):
        direction = find_direction(term.words[0]) if len(term.words) == 1 else None
        if direction is None or direction.noun:
            for spelling in term.spellings:
                for stem in spelling:
                    stems.setdefault(stem, number)
    alike = {stem[:_ALIKE_LETTERS]: number for stem, number in stems.items() if len(stem) >= _ALIKE_FROM}
    places: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.stem in stems:
            places[at] = stems[token.stem]
        elif len(token.stem) >= _ALIKE_FROM and token.stem[:_ALIKE_LETTERS] in alike:
            places[at] = alike[token.stem[:_ALIKE_LETTERS]]
    return places


def _find_changes(tokens: Sequence[ChangeToken], terms: Mapping[int, int]) -> Iterator[Change]:
    for at, token in enumerate(tokens):
        direction = find_direction(token.word)
        if direction is None or _counts(tokens, at) or _is_in_name(terms, at):
            continue
        before = tokens[max(0, at - _DENIAL_REACH) : at]
        denied = any(t.clause == token.clause and is_operator(t.word, Operator.DENIAL) for t in before)
        ahead = range(at + 1, min(len(tokens), at + 1 + _REACH))
        behind = range(at - 1, max(-1, at - 1 - _REACH), -1)
        yield Change(
            token.stem,
            direction,
            denied,
            _gather(tokens, terms, at, ahead),
            _gather(tokens, terms, at, behind),
        )


def _is_in_name(terms: Mapping[int, int], at: int) -> bool:
    """Whether the word is one of several of a term: the loss of "hair loss" tells no change."""
    return at in terms and terms[at] in (terms.get(at - 1), terms.get(at + 1))


def _counts(tokens: Sequence[ChangeToken], at: int) -> bool:
    """ "More than 40" counts and compares nothing."""
    following = [token.word for token in tokens[at + 1 : at + 3]]
    return (
        tokens[at].word in _COUNTS
        and len(following) > 1
        and following[0] in ("than", "of")
        and following[1][0].isdigit()
    )


def _gather(
    tokens: Sequence[ChangeToken], terms: Mapping[int, int], at: int, places: range
) -> dict[int, float]:
    """The terms at these places of the same clause, the nearest of each."""
    found: dict[int, float] = {}
    for place in places:
        if tokens[place].clause != tokens[at].clause:
            break
        if place in terms:
            found.setdefault(terms[place], 1 / (1 + abs(place - at) / _FADING))
    return found


def _around(tokens: Sequence[ChangeToken], at: int, reach: int) -> Iterator[ChangeToken]:
    for token in tokens[max(0, at - reach) : at + reach]:
        if token.clause == tokens[at].clause:
            yield token


def _turn_round(change: Change) -> Change:
    """The change with its nearest terms before it as what it speaks of."""
    near = {term: nearness for term, nearness in change.before.items() if nearness >= _OBJECT_NEARNESS}
    return replace(
        change, after=near, before={term: n for term, n in change.before.items() if term not in near}
    )

"""SciFact's pairs with a sentence or two in place of the abstract, and without its title.

Much of what is told of a claim is short: a record without an abstract but its title, a conclusion, a sentence
that a person picked. Weights of whole abstracts alone are unsure of all that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.records.citation import AbstractSection
from claims.records.rationale import Stance
from claims.text.sentences import Span
from training.scifact import Pair

_MOST_SENTENCES = 2


def shorten_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """From each pair one with its first evidence sentences, and one that says not enough with another."""
    return [short for pair in pairs if pair.citation.abstract for short in _shorten(pair)]


def _shorten(pair: Pair) -> Iterator[Pair]:
    evidence = sorted(pair.gold)[:_MOST_SENTENCES]
    others = [number for number in range(len(pair.spans)) if number not in pair.gold]
    if evidence:
        yield _keep(pair, evidence, pair.stance)
    if others:
        # Any of them, and the same in each run.
        yield _keep(pair, [others[pair.claim_id % len(others)]], Stance.NOT_ENOUGH_INFO)


def _keep(pair: Pair, numbers: Sequence[int], stance: Stance) -> Pair:
    """The pair with these sentences alone; they are its evidence unless they say not enough."""
    whole = pair.citation.abstract[0].text
    text, spans = "", list[Span]()
    for start, end in (pair.spans[number] for number in numbers):
        text += " " * bool(text)
        spans.append((len(text), len(text) + end - start))
        text += whole[start:end]
    record = replace(pair.citation, title="", abstract=(AbstractSection(text),))
    gold = frozenset() if stance is Stance.NOT_ENOUGH_INFO else frozenset(range(len(spans)))
    return replace(pair, citation=record, stance=stance, spans=tuple(spans), gold=gold)

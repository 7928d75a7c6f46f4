"""Floors of what the strict query asks for: 496 everyday sentences of our own, in both languages.

``groups``: what a record must name to bear on the claim, apart by ``;``, each with its alternatives apart by
``|``, found at the beginning of a word of a required concept's English or descriptor. A claim without groups
is none for PubMed. The sentences were written before the rows that most of them led to. Lower a floor only
together with a reason in the commit.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.articles.language import guess_language
from claims.errors import QueryError
from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language
from claims.records.retrieval import SearchPlan
from claims.search.query import build_plan

FILE = Path(__file__).parent / "required_groups.tsv"
PINNED_DIGEST = "d524f0d484f5892b1833c10908d26490ba9c1bc6b9fb4d8ffdf39c9c09e331f0"
REQUIRED_FLOOR = {Language.EN: 0.95, Language.JA: 0.97}
UNSEARCHABLE_FLOOR = 0.9


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim where it stands; each of ``groups`` is one concept with its alternatives."""

    claim: str
    heading: str
    theme: str
    groups: tuple[tuple[str, ...], ...]

    @property
    def language(self) -> Language:
        return guess_language(self.claim)


def read_asked() -> Iterator[Asked]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            groups = tuple(tuple(group.strip().split("|")) for group in row["groups"].split(";") if group)
            yield Asked(row["claim"], row["heading"], row["theme"], groups)


ASKED = tuple(read_asked())


def plan(asked: Asked) -> SearchPlan | None:
    """The plan; ``None`` where no word of the claim is known."""
    try:
        return build_plan(asked.claim, asked.theme, asked.heading, asked.language, load_lexicon())
    except QueryError:
        return None


def requires_all(asked: Asked) -> bool:
    searched = plan(asked)
    required = [concept for concept in searched.concepts if concept.required] if searched else []
    names = [" ".join((*concept.english, concept.mesh)).lower().replace("-", " ") for concept in required]
    return all(any(_is_named(group, words) for words in names) for group in asked.groups)


def _is_named(group: tuple[str, ...], words: str) -> bool:
    return any(re.search(rf"\b{re.escape(word.rstrip('$'))}", words) for word in group)


def test_the_sentences_are_the_ones_that_the_floors_were_measured_on() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == PINNED_DIGEST


@pytest.mark.parametrize("language", list(Language))
def test_most_claims_require_every_group_that_they_need(language: Language) -> None:
    judged = [
        (requires_all(asked), asked.claim) for asked in ASKED if asked.groups and asked.language is language
    ]
    share = sum(right for right, _ in judged) / len(judged)
    assert share >= REQUIRED_FLOOR[language], [claim for right, claim in judged if not right]


def test_what_pubmed_cannot_answer_is_not_searched_for() -> None:
    elsewhere = [asked for asked in ASKED if not asked.groups]
    silent = [asked for asked in elsewhere if (searched := plan(asked)) is None or not searched.ladder]
    assert len(silent) / len(elsewhere) >= UNSEARCHABLE_FLOOR, set(elsewhere) - set(silent)

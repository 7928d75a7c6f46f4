"""Floors of what claims are searched for: 68 Japanese claims of our own, labelled before they were read.

``must``: concepts that the plan names, by English or descriptor, alternatives apart by ``|``; ``must_not``:
images and wrong readings that it must not name. Lower a floor only together with a reason in the commit.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language
from claims.records.retrieval import SearchPlan
from claims.search.query import build_plan
from claims.search.syntax import parse_query

FILE = Path(__file__).parent / "search_terms_ja.tsv"
PINNED_DIGEST = "9b539a2557db2fd00317aa3fead8c823c0f2f8918215ab3dba6a7ab400157395"
NAMED_FLOOR = 0.97


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled claim: each of ``must`` is one concept with its alternatives."""

    claim: str
    heading: str
    must: tuple[frozenset[str], ...]
    must_not: frozenset[str]


def read_asked() -> Iterator[Asked]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            must = tuple(frozenset(concept.split("|")) for concept in _split(row["must"]))
            yield Asked(row["claim"], row["heading"], must, frozenset(_split(row["must_not"])))


def _split(cell: str) -> list[str]:
    return [part.strip().lower() for part in cell.split(";") if part.strip()]


def build_asked_plan(asked: Asked) -> SearchPlan:
    return build_plan(asked.claim, "", asked.heading, Language.JA, load_lexicon())


def list_names(plan: SearchPlan) -> frozenset[str]:
    return frozenset(
        name.lower() for concept in plan.concepts for name in (*concept.english, concept.mesh) if name
    )


ASKED = tuple(read_asked())


def test_the_claims_are_the_ones_that_the_floor_was_measured_on() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == PINNED_DIGEST


def test_most_concepts_are_named() -> None:
    judged = [
        (bool(concept & list_names(build_asked_plan(asked))), sorted(concept), asked.claim)
        for asked in ASKED
        for concept in asked.must
    ]
    named = sum(found for found, _, _ in judged) / len(judged)
    assert named >= NAMED_FLOOR, [(concept, claim) for found, concept, claim in judged if not found]


@pytest.mark.parametrize("asked", [asked for asked in ASKED if asked.must_not], ids=lambda asked: asked.claim)
def test_no_image_and_no_wrong_reading_is_searched_for(asked: Asked) -> None:
    assert list_names(build_asked_plan(asked)) & asked.must_not == frozenset()


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.claim)
def test_the_strict_query_asks_for_three_slots_at_most(asked: Asked) -> None:
    plan = build_asked_plan(asked)
    assert bool(plan.ladder) == (plan.not_searchable is None)
    for strict in plan.ladder[:1]:
        parse_query(strict.text)
        assert strict.text.count(" AND ") <= 2

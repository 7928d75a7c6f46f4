"""What is shown around a claim of a long version: those nearby by their numbers, and the way over all."""

from __future__ import annotations

from functools import partial

import pytest

from db.unit_of_work import UnitOfWork
from reviewer.workflow import surroundings
from reviewer.workflow.amending import dismiss_claim
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.surroundings import load_surroundings
from tests.databases import lend_database
from tests.workflow.clinic import EDITOR, A, Clinic, find_neighbours, open_clinic


@pytest.fixture
def clinic(monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """Nine claims, of which the fourth to the sixth are dismissed; one on either side is nearby."""
    monkeypatch.setattr(surroundings, "NEARBY", 1)
    clinic = open_clinic(partial(UnitOfWork, lend_database()), claims=9)
    for claim_id in clinic.claim_ids[3:6]:
        with clinic.open_work() as work:
            dismiss_claim(work, work.claims.get_claim(claim_id), "理由", EDITOR, clinic.now())
    return clinic


def test_nearby_are_the_claims_beside_by_their_numbers(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        numbers = [
            [one.number for one in load_surroundings(work, work.claims.get_claim(id), A).claims]
            for id in clinic.claim_ids
        ]
    assert numbers == [[1, 2], [1, 2, 3], [2, 3], [3], [], [7], [7, 8], [7, 8, 9], [8, 9]]


def test_the_way_passes_over_the_dismissed_however_many(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        queue = load_queue(work, clinic.version_id, A)
        for claim_id in clinic.claim_ids:
            around = load_surroundings(work, work.claims.get_claim(claim_id), A)
            assert (around.before, around.after) == find_neighbours(queue, claim_id)
            assert around.count == 6
        after_third = load_surroundings(work, work.claims.get_claim(clinic.claim_ids[2]), A).after
    assert after_third == clinic.claim_ids[6]

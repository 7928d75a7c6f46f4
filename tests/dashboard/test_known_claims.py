"""A settled claim in the library and as a suggestion: with its papers, and that it lost one."""

from __future__ import annotations

import pytest

from claims.equivalence.comparison import Likeness
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.decision import VersionState
from claims.records.known_claim import KnownFilter
from reviewer.dashboard.components.known_claims import list_cells, render_alike
from reviewer.workflow.known_claims import Alike, KnownPlace, search_known, take_in
from reviewer.workflow.review_marks import update_marks
from tests.dashboard.test_my_work import decide, settle_all
from tests.factories import make_audit_entry, make_citation, make_pmid
from tests.workflow.clinic import A, Clinic


def read_place(clinic: Clinic) -> KnownPlace:
    assert take_in(clinic.open_work)
    with clinic.open_work() as work:
        found = search_known(work, "", KnownFilter(), A, 10)
    return next(place for place in found if place.dossier.claim.id == clinic.claim_ids[0])


@pytest.mark.parametrize(
    ("locale", "sound", "fallen", "marked"),
    [
        ("en", "no retraction known", "RETRACTED", "Needs review: a paper under it does not stand any more"),
        ("ja", "撤回の情報なし", "撤回論文", "要再確認"),
    ],
)
def test_its_papers_are_told_and_that_it_needs_review_since_one_fell(
    clinic: Clinic, locale: str, sound: str, fallen: str, marked: str
) -> None:
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    decide(clinic, VersionState.PUBLISHED)

    def read() -> tuple[str, str]:
        place = read_place(clinic)
        suggested = render_alike((Alike(place, Likeness.SAME),), locale)
        return "".join(list_cells(place, locale)), str(suggested)

    for page in read():
        assert f"PMID {make_pmid(1)}" in page
        assert make_citation(1).title in page
        assert sound in page
        assert f"<b>{sound}" not in page
        assert marked not in page
    at = clinic.now()
    with clinic.open_work() as work:
        look = RetractionCheck(RetractionStatus.RETRACTED, at)
        work.citations.save_standings({make_pmid(1): look})
        work.commit(make_audit_entry(), *update_marks(work, [make_pmid(1)], "cli:nobody", at))
    for page in read():
        assert marked in page
        assert f"<b>{fallen}" in page

"""Grading as it is stored: the grade, its audit row and the claim's state, together or not at all."""

from __future__ import annotations

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import Basis, CitationJudgement, ClaimStatus, SupportGrade
from claims.records.audit import AuditAction, AuditEntry
from db.unit_of_work import UnitOfWork
from reviewer.workflow.dossier import Dossier, load_dossiers
from reviewer.workflow.grading import judge_citation, record_grade
from tests.conftest import OpenWork
from tests.factories import make_article, make_evidence, make_extraction, make_moment, make_pmid


@pytest.fixture
def claim_id(open_work: OpenWork) -> int:
    """A searched claim with one citation."""
    with open_work() as work:
        version = work.articles.add_version(make_article(), make_moment())
        claim, *_ = work.claims.add_extraction(version.id, make_extraction())
        evidence = make_evidence(1)
        work.citations.save(evidence.citations)
        work.searches.record_evidence(claim.id, evidence)
        work.commit(AuditEntry(make_moment(), "A", AuditAction.CLAIM_SEARCHED, f"claim:{claim.id}"))
    return claim.id


def judge(work: UnitOfWork, claim_id: int, judgement: CitationJudgement) -> None:
    judge_citation(work, claim_id, make_pmid(1), judgement, Basis.ABSTRACT, "A", make_moment(1))


def load(open_work: OpenWork, claim_id: int) -> Dossier:
    with open_work() as work:
        return load_dossiers(work, (work.claims.get_claim(claim_id),))[0]


def test_a_recorded_grade_is_in_force_and_in_the_trail(open_work: OpenWork, claim_id: int) -> None:
    with open_work() as work:
        judge(work, claim_id, CitationJudgement.SUPPORTING)
    with open_work() as work:
        record_grade(work, claim_id, SupportGrade.SUPPORTED, " 妥当 ", "A", make_moment(2))
    dossier = load(open_work, claim_id)
    assert dossier.grade is not None
    assert (dossier.grade.grade, dossier.grade.comment) == (SupportGrade.SUPPORTED, "妥当")
    assert dossier.claim.status is ClaimStatus.GRADED
    assert [finding.pmid for finding in dossier.attached] == [make_pmid(1)]
    with open_work() as work:
        actions = [entry.action for entry in work.audit.list_entries(f"claim:{claim_id}")]
    assert {AuditAction.CITATION_JUDGED, AuditAction.CLAIM_GRADED} <= set(actions)


def test_a_refused_grade_changes_nothing(open_work: OpenWork, claim_id: int) -> None:
    with open_work() as work, pytest.raises(RuleRefused):
        record_grade(work, claim_id, SupportGrade.SUPPORTED, "", "A", make_moment(1))
    dossier = load(open_work, claim_id)
    assert dossier.assessments == ()
    assert dossier.claim.status is ClaimStatus.EXTRACTED


def test_a_second_grade_of_the_same_reviewer_is_the_one_in_force(open_work: OpenWork, claim_id: int) -> None:
    for minute, grade in enumerate((SupportGrade.UNSUPPORTED, SupportGrade.OVERSTATED), start=1):
        with open_work() as work:
            record_grade(work, claim_id, grade, "", "A", make_moment(minute))
    grade_in_force = load(open_work, claim_id).grade
    assert grade_in_force is not None
    assert grade_in_force.grade is SupportGrade.OVERSTATED


def test_judged_not_relevant_a_citation_is_not_attached(open_work: OpenWork, claim_id: int) -> None:
    with open_work() as work:
        judge(work, claim_id, CitationJudgement.NOT_RELEVANT)
    dossier = load(open_work, claim_id)
    assert dossier.attached == ()
    assert len(dossier.judgements) == 1


def test_only_a_citation_of_the_claim_can_be_judged(open_work: OpenWork, claim_id: int) -> None:
    with open_work() as work, pytest.raises(RuleRefused) as refused:
        judge_citation(
            work, claim_id, make_pmid(99), CitationJudgement.SUPPORTING, Basis.ABSTRACT, "A", make_moment()
        )
    assert refused.value.code == "citation_not_of_claim"

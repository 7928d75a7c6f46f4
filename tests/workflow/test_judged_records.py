"""The trail tells which title and abstract a judgement was made on."""

from __future__ import annotations

from dataclasses import replace

from claims.records.assessment import CitationJudgement
from claims.records.audit import AuditAction
from claims.records.citation import AbstractSection
from reviewer.workflow.grading import digest_record, judge_rest
from tests.workflow.clinic import TWO_REVIEWERS, A, Clinic


def test_a_judgement_tells_the_record_that_it_was_made_on(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A, CitationJudgement.SUPPORTING)
    claim_id, papers = clinic.claim_ids[0], clinic.see(A).citations
    (judged,) = (one.pmid for one in clinic.see(A).judgements)
    with clinic.open_work() as work:
        judge_rest(work, claim_id, [pmid for pmid in papers if pmid != judged], A, clinic.now())
    with clinic.open_work() as work:
        entries = work.audit.list_about([f"claim:{claim_id}"], AuditAction.CITATION_JUDGED)
    told = {values["pmid"]: values["record"] for values in (dict(entry.values) for entry in entries)}
    assert told == {pmid: digest_record(paper) for pmid, paper in papers.items()}
    assert len(told) > 1
    for paper in papers.values():
        others = replace(paper, title=f"{paper.title}x"), replace(paper, abstract=(AbstractSection("x"),))
        assert digest_record(paper) not in {digest_record(one) for one in others}

"""The flow of records: by search, by claim, by article; what is blind is counted nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.living import LivingLook, NewRecord, NewRecordAnswer
from claims.records.people import User
from claims.records.retrieval import Rung, SearchStatus
from reviewer.exports.exporting import write_table
from reviewer.exports.flow_table import ALL, ARTICLE, SINCE
from reviewer.exports.table import ExportRequest, Row
from tests.conftest import OpenWork
from tests.exports.reading_back import read_csv
from tests.factories import make_audit_entry, make_evidence, make_finding, make_moment, make_pmid, make_run
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, B, Clinic, open_clinic


def read_flow(clinic: Clinic, viewer: User = EDITOR) -> list[Row]:
    with clinic.open_work() as work:
        return read_csv(write_table(work, "flow", ExportRequest(clinic.version_id, viewer, UTC)))


def count(row: Row) -> tuple[str, ...]:
    names = ("hits", "shown_count", "on_topic_count", "judged_count", "supporting_count")
    return tuple(row[name] for name in names)


def search_twice(clinic: Clinic) -> None:
    """The first claim has two records on topic and one related, by two searches, one of which failed."""
    evidence = make_evidence(1, 2, 3)
    findings = (
        make_finding(1, rank=1),
        make_finding(2, rank=2, rung=Rung.BROAD),
        replace(make_finding(3, rank=3, rung=Rung.BROAD), on_topic=False),
    )
    runs = (
        replace(make_run(), rung=Rung.STRICT, count=9),
        replace(make_run(), rung=Rung.BROAD, count=40),
        replace(
            make_run(), rung=Rung.COUNTER, status=SearchStatus.FAILED, failure="source_unreachable", count=0
        ),
    )
    with clinic.open_work() as work:
        work.searches.record_evidence(clinic.claim_ids[0], replace(evidence, findings=findings, runs=runs))
        work.commit(make_audit_entry())


def test_each_search_the_claim_and_the_article_are_counted(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    search_twice(clinic)
    clinic.judge(A)
    clinic.judge(A, CitationJudgement.REFUTING, 2)
    clinic.grade(A, SupportGrade.SUPPORTED)
    rows = [row for row in read_flow(clinic) if row["claim_no"] in ("1", "")]
    assert {row["flow_of"]: count(row) for row in rows} == {
        "strict": ("9", "1", "1", "1", "1"),
        "broad": ("40", "2", "1", "1", "0"),
        "counter": ("", "0", "0", "0", "0"),
        ALL: ("", "3", "2", "2", "1"),
        ARTICLE: ("", "3", "2", "2", "1"),
    }


def test_one_search_in_two_sources_counts_what_each_brought(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    claim_id = clinic.claim_ids[0]
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    run = replace(make_run(), rung=Rung.STRICT, source="other", count=1, searched_at=clinic.now())
    evidence = replace(make_evidence(5), findings=(make_finding(5, rank=1),), runs=(run,))
    with clinic.open_work() as work:
        work.searches.record_evidence(claim_id, evidence)
        work.commit(make_audit_entry())
    rows = [row for row in read_flow(clinic) if row["claim_no"] == "1" and row["flow_of"] == "strict"]
    counted = {row["source"]: (row["shown_count"], row["judged_count"]) for row in rows}
    assert counted == {make_run().source: ("1", "1"), "other": ("1", "0")}


def test_the_article_counts_a_paper_under_several_claims_once(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    with clinic.open_work() as work:
        found = work.searches.load_findings(clinic.claim_ids).values()
    papers = [finding.pmid for findings in found for finding in findings]
    (whole,) = (row for row in read_flow(clinic) if row["flow_of"] == ARTICLE)
    assert int(whole["shown_count"]) == len(set(papers)) < len(papers)


def test_what_is_judged_of_an_open_claim_is_counted_nowhere(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    clinic.assign(TWO_REVIEWERS)
    for who in (A, B):
        clinic.judge(who)
    for viewer in (EDITOR, A):
        assert {row["judged_count"] for row in read_flow(clinic, viewer)} == {"0"}


def test_what_came_since_publication_stands_apart_and_a_failed_look_has_no_count(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    claim_id, at = clinic.claim_ids[0], make_moment()
    new = [
        NewRecord(claim_id, clinic.version_id, make_pmid(number), "pubmed", Rung.STRICT, 0.9, at)
        for number in (1, 2)
    ]
    with clinic.open_work() as work:
        assert work.living.add(new) == 2
        work.living.answer(claim_id, make_pmid(1), NewRecordAnswer.KEEPS, "", "a", at)
        work.living.keep_look(LivingLook(claim_id, "pubmed", at, at, SearchStatus.FOUND, 7))
        failed = SearchStatus.FAILED
        work.living.keep_look(LivingLook(claim_id, "library", at, None, failed, 0, "library_missing"))
        work.commit(make_audit_entry())
    rows = {row["source"]: row for row in read_flow(clinic) if row["flow_of"] == SINCE}
    assert count(rows["pubmed"]) == ("", "7", "2", "1", "")
    assert (rows["library"]["flow_status"], rows["library"]["shown_count"]) == ("failed", "")

"""Evidence without a PMID: what it carries and what it does not, blind as any judgement, never a record."""

from __future__ import annotations

from datetime import UTC, date
from functools import partial

import pytest

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import Basis, CitationJudgement, ClaimStatus, StepKind, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType, Extraction
from claims.records.document import CARRIED_BY_DOCUMENTS, Document, DocumentDetails
from claims.records.flag import FlagReason
from claims.records.people import User
from claims.records.retrieval import SearchStatus
from reviewer.exports.report import REPORT_COLUMNS, build_report
from reviewer.exports.reviewed import load_reviewed
from reviewer.rules.flags import raise_flags
from reviewer.workflow.audit_trail import load_trail
from reviewer.workflow.documents import enter_document, judge_document
from reviewer.workflow.grading import judge_citation
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.undoing import undo_last_step
from tests.conftest import OpenWork
from tests.factories import (
    make_article,
    make_audit_entry,
    make_claim,
    make_evidence,
    make_moment,
    make_pmid,
)
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, PEOPLE, TWO_REVIEWERS, A, B, Clinic, open_clinic

INSERT = DocumentDetails(
    "見本錠 添付文書",
    "見本製薬",
    "2026年4月改訂（第3版）",
    "https://www.example.org/insert.pdf",
    "重大な副作用として肝機能障害がある。",
    "11.1 重大な副作用",
    date(2026, 1, 4),
)
SUPPORTING, NOT_RELEVANT = CitationJudgement.SUPPORTING, CitationJudgement.NOT_RELEVANT


def open_typed(kind: ClaimType, open_work: OpenWork, claims: int) -> Clinic:
    """A clinic whose claims are of this type, searched, and nothing was found."""
    with open_work() as work:
        version = work.articles.add_version(make_article("見" * 200), make_moment())
        made = tuple(make_claim(f"主張{n}。", start=10 * n, type=kind) for n in range(claims))
        stored = work.claims.add_extraction(version.id, Extraction(made))
        for claim in stored:
            work.searches.record_evidence(claim.id, make_evidence())
        for person in PEOPLE:
            work.people.add_user(person.name, person.full_name, person.roles, "", person.qualification)
        work.commit(make_audit_entry())
    clinic = Clinic(open_work, version.id, tuple(claim.id for claim in stored))
    clinic.declare(A, B)
    return clinic


def enter(clinic: Clinic, who: User = A, details: DocumentDetails = INSERT, claim: int = 0) -> Document:
    with clinic.open_work() as work:
        return enter_document(work, clinic.claim_ids[claim], details, who, clinic.now())


def judge(
    clinic: Clinic, who: User, document: Document, judgement: CitationJudgement = SUPPORTING, claim: int = 0
) -> None:
    with clinic.open_work() as work:
        judge_document(work, clinic.claim_ids[claim], document.id, judgement, who, clinic.now())


@pytest.mark.parametrize("kind", list(ClaimType))
def test_a_document_suffices_for_approval_definition_and_safety_alone(
    open_work: OpenWork, kind: ClaimType
) -> None:
    clinic = open_typed(kind, open_work, 1)
    judge(clinic, A, enter(clinic))
    if kind in CARRIED_BY_DOCUMENTS:
        clinic.grade(A, SupportGrade.SUPPORTED)
        assert clinic.see(None).claim.status is ClaimStatus.GRADED
    else:
        with pytest.raises(RuleRefused, match="document_does_not_carry"):
            clinic.grade(A, SupportGrade.SUPPORTED)
    assert clinic.see(A).attached == ()


def test_efficacy_with_a_record_and_a_document_rests_on_the_record(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    document = enter(clinic)
    judge(clinic, A, document)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="judgement_carries_grade"):
        judge_citation(work, clinic.claim_ids[0], make_pmid(1), NOT_RELEVANT, Basis.ABSTRACT, A, clinic.now())


def test_a_document_that_carries_the_grade_is_not_judged_away(open_work: OpenWork) -> None:
    clinic = open_typed(ClaimType.REGULATORY, open_work, 1)
    document = enter(clinic)
    judge(clinic, A, document)
    clinic.grade(A, SupportGrade.SUPPORTED)
    with pytest.raises(RuleRefused, match="judgement_carries_grade"):
        judge(clinic, A, document, NOT_RELEVANT)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (DocumentDetails("", "見本製薬"), "document_incomplete"),
        (DocumentDetails("  題  "), "document_incomplete"),
        (DocumentDetails("題", address="javascript:alert(1)"), "document_address_unknown"),
        (DocumentDetails("題", address="https://"), "document_address_unknown"),
        (DocumentDetails("題", address="http://[x"), "document_address_unknown"),
        (DocumentDetails("題", "庁", accessed_on=date(2026, 1, 6)), "document_not_yet_read"),
        (DocumentDetails("題", "庁", quotation="字" * 20_001), "text_too_long"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told_and_nothing_is_kept(
    open_work: OpenWork, details: DocumentDetails, code: str
) -> None:
    clinic = open_clinic(open_work)
    with pytest.raises(RuleRefused, match=code):
        enter(clinic, details=details)
    assert clinic.see(A).documents == ()


def test_who_may_search_enters_documents_and_reviewers_alone_judge_them(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    document = enter(clinic, AUTHOR)
    with pytest.raises(RoleRefused):
        enter(clinic, ADMIN)
    for who in (AUTHOR, EDITOR):
        with pytest.raises(RoleRefused):
            judge(clinic, who, document)
    with pytest.raises(RuleRefused, match="document_not_of_claim"):
        judge(clinic, A, document, claim=1)


def test_what_another_judged_of_a_document_is_blind_and_then_waits_for_the_second_reader(
    open_work: OpenWork,
) -> None:
    clinic = open_typed(ClaimType.SAFETY, open_work, 1)
    clinic.assign(TWO_REVIEWERS)
    document = enter(clinic)
    judge(clinic, A, document)
    clinic.grade(A, SupportGrade.SUPPORTED)
    seen = clinic.see(B)
    assert [one.details for one in seen.documents] == [INSERT]
    assert (seen.document_judgements, seen.documents_to_judge) == ((), ())
    with clinic.open_work() as work:
        told = {entry.action: entry for entry in load_trail(work, EDITOR, f"claim:{clinic.claim_ids[0]}")}
        (row,) = build_report(load_reviewed(work, clinic.version_id, UTC))
    assert told[AuditAction.DOCUMENT_JUDGED].values == ()
    assert told[AuditAction.DOCUMENT_ENTERED].values != ()
    assert "supporting" not in row["documents"]
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    assert clinic.see(B).documents_to_judge == (document.id,)
    assert clinic.see(B).claim.status is ClaimStatus.IN_REVIEW
    judge(clinic, B, document, NOT_RELEVANT)
    assert clinic.see(B).claim.status is ClaimStatus.CONFLICT


def test_a_judgement_of_a_document_is_taken_back(open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    document = enter(clinic)
    judge(clinic, A, document)
    judge(clinic, A, document, NOT_RELEVANT)
    with clinic.open_work() as work:
        assert undo_last_step(work, clinic.claim_ids[0], A, clinic.now()).kind is StepKind.DOCUMENT
    assert [one.judgement for one in clinic.see(A).document_judgements] == [SUPPORTING]


def test_no_evidence_is_flagged_no_more_and_a_number_that_the_document_tells_is_told(
    open_work: OpenWork,
) -> None:
    clinic = open_typed(ClaimType.REGULATORY, open_work, 1)
    assert FlagReason.NO_EVIDENCE_FOUND in {flag.reason for flag in raise_flags(clinic.see(A))}
    judge(clinic, A, enter(clinic))
    seen = clinic.see(A)
    assert seen.search_status is SearchStatus.NOTHING_FOUND
    assert raise_flags(seen) == ()


def test_the_report_has_documents_in_a_column_of_their_own_and_counts_none_as_a_record(
    open_work: OpenWork,
) -> None:
    clinic = open_typed(ClaimType.REGULATORY, open_work, 2)
    judge(clinic, A, enter(clinic))
    enter(clinic, details=DocumentDetails("未判定の資料", "見本庁"), claim=1)
    clinic.grade(A, SupportGrade.SUPPORTED)
    with clinic.open_work() as work:
        graded, open_one = build_report(load_reviewed(work, clinic.version_id, UTC))
    assert REPORT_COLUMNS[-3:] == ("documents", "schema_version", "taken_over")
    assert graded["documents"] == (
        "見本錠 添付文書 (見本製薬, 2026年4月改訂（第3版）). https://www.example.org/insert.pdf. "
        "“重大な副作用として肝機能障害がある。” [entered by hand] (11.1 重大な副作用). "
        "supporting. accessed 2026-01-04"
    )
    assert open_one["documents"] == "未判定の資料 (見本庁)"
    assert (graded["pmids"], graded["pmids_status"], graded["evidence_level"]) == ("", "", "")


def test_documents_go_with_their_claim_into_the_next_version(open_work: OpenWork) -> None:
    def bring(text: str, minutes: int) -> Clinic:
        with open_work() as work:
            done = ingest_article(work, make_article(text), EDITOR, make_moment(minutes))
        return Clinic(open_work, done.version.id, tuple(claim.id for claim in done.claims))

    first = bring("見本成分は育毛を促します。別の成分は抜け毛を減らします。", 0)
    first.declare(A)
    kept, reworded = enter(first), enter(first, claim=1)
    judge(first, A, kept)
    second = bring("見本成分は育毛を促します。別の成分は抜け毛を大きく減らします。", 9)
    assert second.claim_ids[0] == first.claim_ids[0]
    assert second.see(A).documents == first.see(A).documents
    assert [one.judgement for one in second.see(A).document_judgements] == [SUPPORTING]
    (carried,) = second.see(A, claim=1).documents
    assert (carried.details, carried.carried_from) == (INSERT, reworded.id)
    assert carried.claim_id != reworded.claim_id


def test_the_passage_of_a_full_text_stays_with_the_judgement_and_stands_in_the_report(
    open_work: OpenWork,
) -> None:
    clinic = open_clinic(open_work)
    with clinic.open_work() as work:
        read = partial(judge_citation, work, clinic.claim_ids[0], make_pmid(1), SUPPORTING)
        with pytest.raises(RuleRefused, match="quotation_not_in_abstract"):
            read(Basis.ABSTRACT, A, clinic.now(), "not of the abstract")
    assert clinic.see(A).judgements == ()
    with clinic.open_work() as work:
        read = partial(judge_citation, work, clinic.claim_ids[0], make_pmid(1), SUPPORTING)
        read(Basis.FULL_TEXT, A, clinic.now(), " Density rose in table 2. ")
    assert [judged.passage for judged in clinic.see(A).judgements] == ["Density rose in table 2."]
    clinic.grade(A, SupportGrade.SUPPORTED)
    with clinic.open_work() as work:
        row = build_report(load_reviewed(work, clinic.version_id, UTC))[0]
    assert row["basis"] == "full_text"
    told = f"“Density rose in table 2.” (full text of PMID {make_pmid(1)}, entered by hand)"
    assert told in row["rationales"]

"""Looking again at the papers under the claims: what changed is stored, told and in the trail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from claims.errors import NotFound, SourceError
from claims.library.library import LIBRARY
from claims.pubmed.source import PUBMED
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import AbstractSection, Citation, Correction, Pmid, RetractionStatus
from claims.records.finding import Finding
from claims.records.retrieval import FetchedPart, SourceAnswer, UnreadableRecord
from claims.search.ports import SourceProfile
from db.unit_of_work import UnitOfWork
from reviewer.error_messages import describe_error
from reviewer.workflow.rechecking import Recheck, recheck_standing
from tests.factories import (
    make_article,
    make_citation,
    make_evidence,
    make_extraction,
    make_judgement,
    make_moment,
    make_pmid,
)
from tests.workflow.clinic import A

OpenWork = Callable[[], UnitOfWork]
NOTICE = make_pmid(9)


@dataclass(frozen=True)
class Shelf:
    """A source of these records."""

    records: tuple[Citation, ...]
    profile: SourceProfile = LIBRARY
    broken: bool = False
    became: tuple[tuple[Pmid, Citation], ...] = ()
    broken_at: Pmid | None = None
    unreadable: UnreadableRecord | None = None

    def search(self, query: str, limit: int) -> SourceAnswer:
        return SourceAnswer((), 0)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, FetchedPart]:
        if self.broken or self.broken_at in pmids:
            raise SourceError("source_timeout")
        found: dict[Pmid, FetchedPart] = {one.pmid: one for one in self.records if one.pmid in pmids}
        refused = {self.unreadable.pmid: self.unreadable} if self.unreadable else {}
        return found | refused | dict(self.became)


def retracted(number: int) -> Citation:
    return replace(make_citation(number), corrections=(Correction("RetractionIn", "SAMPLE", NOTICE),))


@pytest.fixture
def version_id(open_work: OpenWork) -> int:
    """A version whose first claim rests on an attached citation and has another suggested."""
    with open_work() as work:
        version = work.articles.add_version(make_article(), make_moment())
        claim, *_ = work.claims.add_extraction(version.id, make_extraction())
        work.searches.record_evidence(claim.id, make_evidence(1, 2))
        work.commit(AuditEntry(make_moment(), "A", AuditAction.CLAIM_SEARCHED, f"claim:{claim.id}"))
        work.assessments.add_judgement(claim.id, make_judgement(1))
        work.commit(AuditEntry(make_moment(), "A", AuditAction.CITATION_JUDGED, f"claim:{claim.id}"))
    return version.id


def look_again(open_work: OpenWork, version_id: int, shelf: Shelf) -> Recheck:
    with open_work() as work:
        return recheck_standing(work, shelf, version_id, A, make_moment(60))


def load_first(open_work: OpenWork, version_id: int) -> tuple[tuple[Finding, ...], dict[Pmid, Citation]]:
    """The findings that stand for the first claim, and their records."""
    with open_work() as work:
        claim = work.claims.list_claims(version_id)[0]
        findings = work.searches.load_findings([claim.id])[claim.id]
        return findings, work.citations.load(finding.pmid for finding in findings)


def test_a_retraction_that_came_later_is_stored_flagged_and_in_the_trail(
    open_work: OpenWork, version_id: int
) -> None:
    done = look_again(open_work, version_id, Shelf((retracted(1), make_citation(2))))
    (changed,) = done.changed
    assert (changed.pmid, changed.attached, changed.after.notice) == (make_pmid(1), True, NOTICE)
    assert (changed.before.status, changed.after.status) == (
        RetractionStatus.NONE_KNOWN,
        RetractionStatus.RETRACTED,
    )
    assert (done.checked, done.not_told, done.rationales_lost) == (2, (), 0)

    findings, citations = load_first(open_work, version_id)
    assert citations[make_pmid(1)].corrections[0].kind == "RetractionIn"
    assert {finding.retraction.checked_at for finding in findings} == {make_moment(60)}
    with open_work() as work:
        (entry,) = [
            one
            for one in work.audit.list_entries(f"claim:{changed.claim_id}")
            if one.action is AuditAction.STANDING_CHANGED
        ]
        assert ("after", "retracted") in entry.values
        (whole,) = [
            one
            for one in work.audit.list_entries(f"version:{version_id}")
            if one.action is AuditAction.STANDINGS_RECHECKED
        ]
        assert ("checked", "2") in whole.values


def test_looking_again_without_change_renews_the_date_alone(open_work: OpenWork, version_id: int) -> None:
    before, _ = load_first(open_work, version_id)
    done = look_again(open_work, version_id, Shelf((make_citation(1), make_citation(2))))
    after, _ = load_first(open_work, version_id)
    assert done.changed == ()
    assert [replace(now, retraction=then.retraction) for now, then in zip(after, before, strict=True)] == [
        *before
    ]
    assert all(finding.retraction.checked_at == make_moment(60) for finding in after)


def test_what_the_source_lacks_or_has_older_keeps_its_standing_and_date(
    open_work: OpenWork, version_id: int
) -> None:
    with open_work() as work:
        newer = replace(make_citation(1), revised_on=date(2026, 5, 1))
        work.citations.save([newer])
        work.commit(AuditEntry(make_moment(), "A", AuditAction.CLAIM_SEARCHED, "claim:1"))
    before = load_first(open_work, version_id)
    older = replace(retracted(1), revised_on=date(2020, 5, 1))
    done = look_again(open_work, version_id, Shelf((older,)))
    assert (done.checked, set(done.not_told)) == (0, {make_pmid(1), make_pmid(2)})
    assert load_first(open_work, version_id) == before


def test_a_record_that_became_another_stands_as_that_one_and_is_not_replaced_by_it(
    open_work: OpenWork, version_id: int
) -> None:
    shelf = Shelf((), became=((make_pmid(1), retracted(7)),))
    done = look_again(open_work, version_id, shelf)
    assert [(one.pmid, one.after.status, one.after.notice) for one in done.changed] == [
        (make_pmid(1), RetractionStatus.RETRACTED, make_pmid(7))
    ]
    assert make_pmid(1) in done.not_told
    with open_work() as work:
        assert make_pmid(7) not in work.citations.load([make_pmid(7)])


def test_a_quotation_that_the_new_abstract_does_not_hold_goes(open_work: OpenWork, version_id: int) -> None:
    before, _ = load_first(open_work, version_id)
    reworded = replace(make_citation(1), abstract=(AbstractSection("SAMPLE of other words."),))
    done = look_again(open_work, version_id, Shelf((reworded, make_citation(2))))
    after, _ = load_first(open_work, version_id)
    assert done.rationales_lost == len(before[0].rationales) > 0
    assert (after[0].rationales, after[1].rationales) == ((), before[1].rationales)


def test_a_source_that_does_not_answer_changes_nothing(open_work: OpenWork, version_id: int) -> None:
    before = load_first(open_work, version_id)
    with pytest.raises(SourceError):
        look_again(open_work, version_id, Shelf((), broken=True))
    assert load_first(open_work, version_id) == before


def test_samples_are_never_asked_of_pubmed(open_work: OpenWork, version_id: int) -> None:
    done = look_again(open_work, version_id, Shelf((), profile=PUBMED, broken=True))
    assert (done.checked, len(done.not_told)) == (0, 2)


def test_a_version_that_is_not_there_is_said(open_work: OpenWork) -> None:
    with pytest.raises(NotFound):
        look_again(open_work, 77, Shelf(()))


# --- what cannot be checked is named; the others are checked ---------------------------------------


def test_a_batch_that_fails_leaves_the_others_and_keeps_its_date(
    open_work: OpenWork, version_id: int
) -> None:
    shelf = Shelf(
        (make_citation(1), make_citation(2)), broken_at=make_pmid(2), profile=replace(LIBRARY, fetch_batch=1)
    )
    done = look_again(open_work, version_id, shelf)
    assert (done.checked, done.not_told, done.is_whole) == (1, (), False)
    assert [(one.pmids, one.error.code) for one in done.unchecked] == [((make_pmid(2),), "source_timeout")]
    findings, _ = load_first(open_work, version_id)
    dates = {finding.pmid: finding.retraction.checked_at for finding in findings}
    assert dates[make_pmid(1)] == make_moment(60)
    assert dates[make_pmid(2)] != make_moment(60)


def test_a_record_that_cannot_be_read_is_named_and_keeps_its_date(
    open_work: OpenWork, version_id: int
) -> None:
    before, _ = load_first(open_work, version_id)
    broken = UnreadableRecord(make_pmid(2), "invalid Char value 11")
    done = look_again(open_work, version_id, Shelf((make_citation(1),), unreadable=broken))
    (unchecked,) = done.unchecked
    assert (unchecked.pmids, unchecked.error.code) == ((make_pmid(2),), "record_unreadable")
    assert "invalid Char value 11" in describe_error(unchecked.error)
    findings, _ = load_first(open_work, version_id)
    assert findings[1] == before[1]
    assert findings[0].retraction.checked_at == make_moment(60)


def test_looking_again_is_whole_where_all_that_can_be_asked_was_told(
    open_work: OpenWork, version_id: int
) -> None:
    assert look_again(open_work, version_id, Shelf((make_citation(1), make_citation(2)))).is_whole
    assert look_again(open_work, version_id, Shelf((), profile=PUBMED, broken=True)).is_whole
    assert not look_again(open_work, version_id, Shelf((make_citation(1),))).is_whole

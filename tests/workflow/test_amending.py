"""Claims changed by hand: each step with its audit entry, nothing overwritten, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.errors import RuleRefused, VersionConflict
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType, DropReason
from claims.records.flag import FlagReason
from claims.records.lineage import HandStep
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.amending import (
    dismiss_claim,
    restore_claim,
    restore_unit,
    retype_claim,
    reword_reading,
)
from reviewer.workflow.grading import record_grade
from reviewer.workflow.ingesting import Ingested
from reviewer.workflow.queueing import load_queue
from tests.conftest import OpenWork
from tests.factories import make_moment
from tests.workflow.articles import (
    EDITOR,
    GROWTH,
    HELLO,
    SAFE,
    SATO,
    STEM,
    find,
    find_reasons,
    ingest,
    list_claims,
    load,
    work_on,
)

AT = make_moment(5)
Step = Callable[[UnitOfWork, ReviewClaim], object]
STEPS: dict[str, Step] = {
    "dismiss": lambda work, claim: dismiss_claim(work, claim, "本筋でない", SATO, AT),
    "retype": lambda work, claim: retype_claim(work, claim, ClaimType.SAFETY, SATO, AT),
    "reword": lambda work, claim: reword_reading(work, claim, "見本の読み", EDITOR, AT),
}


@pytest.fixture
def first(open_work: OpenWork) -> Ingested:
    """A version with two claims and a greeting that was dropped."""
    return ingest(open_work, HELLO, GROWTH, STEM)


def actions(open_work: OpenWork, claim_id: int) -> list[AuditAction]:
    with open_work() as work:
        return [entry.action for entry in work.audit.list_entries(f"claim:{claim_id}")]


def test_a_dismissed_claim_leaves_the_queue_with_its_reason(open_work: OpenWork, first: Ingested) -> None:
    claim = find(first, GROWTH)
    with open_work() as work:
        dismissed = dismiss_claim(work, claim, " 本筋でない ", SATO, AT)
    assert (dismissed.status, dismissed.reason) == (ClaimStatus.DISMISSED, "本筋でない")
    with open_work() as work:
        assert [line.claim.claim.text for line in load_queue(work, first.version.id, SATO).lines] == [STEM]
    assert actions(open_work, claim.id) == [AuditAction.CLAIM_DISMISSED]


@pytest.mark.parametrize("graded", [False, True])
def test_a_dismissed_claim_comes_back_where_its_grade_puts_it(
    open_work: OpenWork, first: Ingested, graded: bool
) -> None:
    claim = find(first, GROWTH)
    if graded:
        claim = work_on(open_work, claim).claim
    with open_work() as work:
        dismissed = dismiss_claim(work, claim, "本筋でない", SATO, AT)
    with open_work() as work:
        back = restore_claim(work, dismissed, EDITOR, AT)
    assert (back.status, back.reason) == (claim.status, "")
    assert (load(open_work, claim.id).verdict is not None) is graded


def test_a_stale_claim_comes_back_stale(open_work: OpenWork, first: Ingested) -> None:
    work_on(open_work, find(first, GROWTH))
    reworded = "ミノキシジルは毛包の成長期を延長すると報告されています。"
    claim = find(ingest(open_work, reworded, STEM, minutes=9), reworded)
    with open_work() as work:
        dismissed = dismiss_claim(work, claim, "重複", SATO, AT)
    with open_work() as work:
        assert restore_claim(work, dismissed, EDITOR, AT).status is ClaimStatus.STALE


def test_a_dropped_unit_becomes_a_claim_in_its_place_and_stays_one(
    open_work: OpenWork, first: Ingested
) -> None:
    with open_work() as work:
        (dropped,) = work.claims.list_dropped(first.version.id)
        restored = restore_unit(work, dropped, EDITOR, AT)
    assert (dropped.unit.reason, restored.number) == (DropReason.GREETING, 1)
    assert (restored.claim.text, restored.by_hand) == (HELLO, (HandStep.RESTORED,))
    with open_work() as work, pytest.raises(VersionConflict, match="already_restored"):
        restore_unit(work, dropped, EDITOR, AT)
    second = ingest(open_work, GROWTH, HELLO, minutes=9)
    assert find(second, HELLO).id == restored.id
    with open_work() as work:
        assert work.claims.list_dropped(second.version.id) == ()


def test_a_retyped_claim_keeps_its_grade_and_its_levels_follow(open_work: OpenWork, first: Ingested) -> None:
    before = work_on(open_work, find(first, GROWTH))
    with open_work() as work:
        retyped = retype_claim(work, before.claim, ClaimType.DEFINITION, SATO, AT)
    after = load(open_work, before.claim.id)
    assert (retyped.claim.type, retyped.by_hand) == (ClaimType.DEFINITION, (HandStep.RETYPED,))
    assert (after.verdict, after.claim.status) == (before.verdict, ClaimStatus.GRADED)
    assert [f.pmid for f in after.findings] == [f.pmid for f in before.findings]
    assert {f.level.level for f in after.findings} == {None}
    second = ingest(open_work, "はじめに述べます。", GROWTH, minutes=9)
    assert find(second, GROWTH).claim.type is ClaimType.DEFINITION


def test_a_reading_by_hand_stands_beside_the_text_and_asks_for_the_grade_again(
    open_work: OpenWork, first: Ingested
) -> None:
    before = work_on(open_work, find(first, GROWTH))
    with open_work() as work:
        reworded = reword_reading(work, before.claim, "ミノキシジル外用は\n成長期を延ばす", EDITOR, AT)
    assert (reworded.claim.text, reworded.claim.read_as) == (GROWTH, "ミノキシジル外用は 成長期を延ばす")
    after = load(open_work, before.claim.id)
    assert after.verdict == before.verdict
    assert FlagReason.READING_CHANGED in find_reasons(after)
    with open_work() as work:
        record_grade(work, after.claim.id, SupportGrade.PARTIALLY_SUPPORTED, "", SATO, make_moment(6))
    assert FlagReason.READING_CHANGED not in find_reasons(load(open_work, before.claim.id))


def test_a_reading_by_hand_is_kept_and_flagged_where_the_words_come_to_stand_elsewhere(
    open_work: OpenWork,
) -> None:
    claim = find(ingest(open_work, "## ミノキシジル", SAFE), SAFE)
    with open_work() as work:
        reword_reading(work, claim, "ミノキシジルに副作用はない", EDITOR, AT)
    with open_work() as work:
        record_grade(work, claim.id, SupportGrade.CANNOT_JUDGE, "全文が要る", SATO, make_moment(6))
    assert FlagReason.READING_CHANGED not in find_reasons(load(open_work, claim.id))
    ingest(open_work, "## フィナステリド", SAFE, minutes=9)
    after = load(open_work, claim.id)
    assert after.claim.claim.read_as == "ミノキシジルに副作用はない"
    assert FlagReason.READING_CHANGED in find_reasons(after)


@pytest.mark.parametrize("step", STEPS)
def test_a_claim_that_changed_in_the_meantime_is_not_overwritten(
    open_work: OpenWork, first: Ingested, step: str
) -> None:
    seen = find(first, GROWTH)
    with open_work() as work:
        retype_claim(work, seen, ClaimType.MECHANISM, SATO, AT)
    with open_work() as work, pytest.raises(VersionConflict, match="claim_changed"):
        STEPS[step](work, seen)
    assert find_type(open_work, first) is ClaimType.MECHANISM
    assert len(actions(open_work, seen.id)) == 1


def find_type(open_work: OpenWork, ingested: Ingested) -> ClaimType:
    return list_claims(open_work, ingested.version.id)[0].claim.type


@pytest.mark.parametrize("step", STEPS)
def test_a_claim_that_lives_on_is_changed_where_it_now_stands(
    open_work: OpenWork, first: Ingested, step: str
) -> None:
    second = ingest(open_work, GROWTH, minutes=9)
    with open_work() as work, pytest.raises(RuleRefused) as refused:
        STEPS[step](work, find(first, GROWTH))
    assert refused.value.values == {"number": 2, "version": second.version.id}


@pytest.mark.parametrize("step", STEPS)
def test_a_dismissed_claim_is_neither_changed_nor_graded(
    open_work: OpenWork, first: Ingested, step: str
) -> None:
    with open_work() as work:
        dismissed = dismiss_claim(work, find(first, GROWTH), "本筋でない", SATO, AT)
    with open_work() as work, pytest.raises(RuleRefused, match="claim_dismissed"):
        STEPS[step](work, dismissed)
    with open_work() as work, pytest.raises(RuleRefused, match="claim_dismissed"):
        record_grade(work, dismissed.id, SupportGrade.CANNOT_JUDGE, "理由", SATO, AT)


def test_what_makes_no_sense_is_refused(open_work: OpenWork, first: Ingested) -> None:
    claim = find(first, GROWTH)
    with open_work() as work:
        with pytest.raises(RuleRefused, match="dismissal_needs_reason"):
            dismiss_claim(work, claim, "  ", SATO, AT)
        with pytest.raises(RuleRefused, match="reading_empty"):
            reword_reading(work, claim, " \n", EDITOR, AT)
        with pytest.raises(RuleRefused, match="claim_not_dismissed"):
            restore_claim(work, claim, EDITOR, AT)
    assert actions(open_work, claim.id) == []

"""Which of all that was said of a claim counts, and which grade stands."""

from __future__ import annotations

from dataclasses import replace

from claims.records.adjudication import Adjudication, OwnView
from claims.records.assessment import (
    BodyCertainty,
    CitationJudgement,
    ClaimStatus,
    LevelOverride,
    Settlement,
    SupportGrade,
)
from claims.records.study import EvidenceLevel
from reviewer.rules.dossier import Dossier, Verdict, find_attached, find_judged, find_unjudged
from tests.exports.test_report import a_dossier
from tests.factories import make_assessment, make_judgement, make_moment, make_pmid

FIRST = replace(make_assessment(graded_by="a", minutes=1), sequence=5, body_certainty=BodyCertainty.LOW)
SECOND = replace(make_assessment(graded_by="b", minutes=2), sequence=6, body_certainty=BodyCertainty.LOW)
OUTDATED = replace(make_assessment(graded_by="c", claim_text="別の主張。"), sequence=7)


def a_claim(status: ClaimStatus) -> Dossier:
    dossier = a_dossier(1, 2)
    return replace(
        dossier, claim=replace(dossier.claim, status=status), assessments=(FIRST, SECOND, OUTDATED)
    )


def decision(dossier: Dossier) -> Adjudication:
    return Adjudication(
        1,
        SupportGrade.OVERSTATED,
        "裁定",
        "judge",
        make_moment(9),
        dossier.claim.text_hash,
        ("a", "b"),
        sequence=8,
    )


def test_a_settled_claim_has_the_grade_that_was_given_last() -> None:
    dossier = a_claim(ClaimStatus.GRADED)
    agreed = Verdict(SupportGrade.SUPPORTED, Settlement.AGREED, (FIRST, SECOND), make_moment(2), 6)
    assert dossier.verdict == agreed
    assert (agreed.graders, agreed.body_certainties) == (("a", "b"), (BodyCertainty.LOW,))
    single = replace(dossier, assessments=(FIRST,))
    assert single.verdict == Verdict(SupportGrade.SUPPORTED, Settlement.SINGLE, (FIRST,), make_moment(1), 5)
    assert replace(dossier, assessments=(OUTDATED,)).verdict is None


def test_of_an_adjudicated_claim_the_decision_stands_with_its_own_certainty() -> None:
    dossier = a_claim(ClaimStatus.ADJUDICATED)
    decided = decision(dossier)
    verdict = replace(dossier, adjudication=decided).verdict
    assert verdict == Verdict(
        SupportGrade.OVERSTATED, Settlement.ADJUDICATED, (FIRST, SECOND), make_moment(9), 8, decided
    )
    assert verdict is not None
    assert verdict.body_certainties == ()
    assert dossier.verdict is None


def test_an_open_claim_has_no_verdict_whatever_was_said() -> None:
    dossier = a_claim(ClaimStatus.CONFLICT)
    assert replace(dossier, adjudication=decision(dossier)).verdict is None


def test_what_was_said_before_a_claim_was_opened_again_counts_no_longer() -> None:
    dossier = replace(a_claim(ClaimStatus.IN_REVIEW), since=5)
    assert dossier.grades == (SECOND,)
    assert (dossier.find_grade("a"), dossier.find_grade("b")) == (None, SECOND)
    assert [dossier.is_recent(sequence) for sequence in (4, 5, 6)] == [False, False, True]


def test_of_the_graders_and_viewers_each_finds_what_they_said_of_these_words() -> None:
    dossier = a_claim(ClaimStatus.CONFLICT)
    view = OwnView(1, SupportGrade.SUPPORTED, "見解", "judge", make_moment(), dossier.claim.text_hash)
    seen = replace(dossier, views=(replace(view, text_hash="other"), view))
    assert (seen.find_view("judge"), seen.find_view("other")) == (view, None)
    assert (seen.find_grade("b"), seen.find_grade("c")) == (SECOND, None)
    opened_again = replace(seen, views=(replace(view, sequence=5),), since=5)
    assert opened_again.find_view("judge") is None
    assert replace(opened_again, since=4).find_view("judge") is not None


def test_the_level_of_a_citation_is_the_last_that_a_person_gave_it_or_the_machines() -> None:
    dossier = a_dossier(1, 2)
    first, second = dossier.findings
    levels = tuple(LevelOverride(make_pmid(1), level, "理由", "a", make_moment()) for level in (4, None))
    dossier = replace(dossier, levels=levels)
    assert (dossier.find_level(make_pmid(1)), dossier.find_level(make_pmid(2))) == (levels[1], None)
    assert (dossier.level_of(first), dossier.level_of(second)) == (None, 2)
    assert replace(dossier, levels=levels[:1]).level_of(replace(first, level=EvidenceLevel(None))) == 4


def test_a_grade_is_of_an_earlier_reading_only_where_the_reading_came_after_it() -> None:
    dossier = a_claim(ClaimStatus.GRADED)
    reread = replace(dossier.claim, read_since=make_moment(), read_after=6)
    assert not dossier.is_reread
    assert replace(dossier, claim=reread).is_reread
    assert not replace(dossier, claim=replace(reread, read_after=5)).is_reread
    assert not replace(dossier, claim=replace(reread, status=ClaimStatus.IN_REVIEW)).is_reread


def test_what_anybody_attached_is_to_be_judged_by_each() -> None:
    judgements = (
        make_judgement(1, CitationJudgement.REFUTING, judged_by="a"),
        make_judgement(2, CitationJudgement.NOT_RELEVANT, judged_by="a"),
        make_judgement(3, CitationJudgement.PARTLY, judged_by="b"),
    )
    findings = a_dossier(3, 2, 1).findings
    one, two, three = (make_pmid(number) for number in (1, 2, 3))
    assert find_attached(judgements) == {one, three}
    assert find_judged(judgements, "a") == {one, two}
    assert find_judged(judgements, "b") == {three}
    assert [find_unjudged(findings, judgements, name) for name in "abc"] == [(three,), (one,), (three, one)]
    attached = replace(a_dossier(3, 2, 1), judgements=judgements).attached
    assert [finding.pmid for finding in attached] == [three, one]

"""Flags: raised by rule or by a person, answered by the author, settled by a reviewer or an editor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import NotFound, RoleRefused, RuleRefused
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import RetractionStatus
from claims.records.claim import Certainty, Quantity, WordingRisk, WordingRule
from claims.records.finding import Finding
from claims.records.flag import AnswerKind, Flag, FlagReason
from claims.records.people import User
from claims.records.retrieval import SearchStatus
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.flagging import answer_flag, load_flags, raise_flag, resolve_flag
from reviewer.workflow.loading import load_dossiers
from tests.factories import make_citation, make_finding, make_judgement, make_pmid
from tests.workflow.articles import find_reasons
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic

HEDGED = "The sample agent may increase sample hair density."


def attach(
    dossier: Dossier,
    *findings: Finding,
    judgement: CitationJudgement = CitationJudgement.SUPPORTING,
    basis: Basis = Basis.ABSTRACT,
    abstract: str = "The sample agent increased sample hair density.",
) -> Dossier:
    """The dossier with these findings attached, their records carrying this abstract."""
    citations = [replace(make_citation(1, abstract=abstract), pmid=finding.pmid) for finding in findings]
    return replace(
        dossier,
        findings=findings,
        citations={citation.pmid: citation for citation in citations},
        judgements=tuple(
            replace(make_judgement(1, judgement, basis=basis), pmid=finding.pmid) for finding in findings
        ),
    )


def assert_number(dossier: Dossier, value: str, unit: str) -> Dossier:
    claim = dossier.claim.claim
    quantities = (Quantity(value, unit, f"{value}{unit}"),)
    return replace(dossier, claim=replace(dossier.claim, claim=replace(claim, quantities=quantities)))


@pytest.mark.parametrize(
    ("value", "unit", "abstract", "flagged"),
    [
        ("30", "%", "Density rose by 30% (95% CI 12-48).", False),
        ("30", "%", "Density rose by 13%.", True),
        ("1500", "人", "We enrolled 1,500 women.", False),
        ("2", "倍", "A twofold increase was seen.", False),
        ("3", "割", "Density rose in 30% of them.", False),
        ("12-24", "週", "Measured at 12 and 24 weeks.", False),
        ("12-24", "週", "Measured at 12 weeks.", True),
        ("1", "年", "Followed for 52 weeks.", False),
        ("1", "年", "Followed for 12 months.", False),
        ("3", "年", "Followed for 150 weeks.", True),
        ("6", "か月", "Followed for 24 weeks.", False),
        ("6", "months", "Followed for 24 weeks.", False),
        ("6", "か月", "Followed for 30 weeks.", True),
        ("24", "ヶ月", "Followed for two years.", False),
        ("18", "か月", "Followed for 3 years.", True),
        ("24", "週", "Followed for six months.", False),
        ("24", "weeks", "Followed for 5 months.", True),
        ("2", "週", "Followed for 14 days.", False),
        ("2", "週", "Followed for 10 days.", True),
        ("0.05", "", "p &lt; 0.5", True),
    ],
)
def test_a_number_that_no_attached_abstract_tells_is_flagged(
    clinic: Clinic, value: str, unit: str, abstract: str, flagged: bool
) -> None:
    dossier = assert_number(attach(clinic.see(A), make_finding(1), abstract=abstract), value, unit)
    assert (FlagReason.NUMBER_NOT_IN_EVIDENCE in find_reasons(dossier)) is flagged


def test_without_evidence_or_where_a_full_text_was_read_no_number_is_missed(clinic: Clinic) -> None:
    alone = assert_number(clinic.see(A), "30", "%")
    read = assert_number(attach(clinic.see(A), make_finding(1), basis=Basis.FULL_TEXT), "30", "%")
    assert find_reasons(alone) == find_reasons(read) == set()


@pytest.mark.parametrize(
    ("certainty", "judgement", "sentences", "flagged"),
    [
        (Certainty.ASSERTED, CitationJudgement.SUPPORTING, [HEDGED], True),
        (Certainty.HEDGED, CitationJudgement.SUPPORTING, [HEDGED], False),
        (Certainty.ASSERTED, CitationJudgement.REFUTING, [HEDGED], False),
        (Certainty.ASSERTED, CitationJudgement.PARTLY, [HEDGED, "It increased density."], False),
        (Certainty.ASSERTED, CitationJudgement.SUPPORTING, [], False),
    ],
)
def test_a_claim_that_asserts_what_its_evidence_only_suggests_drops_a_hedge(
    clinic: Clinic, certainty: Certainty, judgement: CitationJudgement, sentences: list[str], flagged: bool
) -> None:
    known = make_finding(1)
    finding = replace(known, rationales=tuple(replace(known.rationales[0], text=text) for text in sentences))
    dossier = attach(clinic.see(A), finding, judgement=judgement)
    claim = replace(dossier.claim.claim, certainty=certainty)
    dossier = replace(dossier, claim=replace(dossier.claim, claim=claim))
    assert (FlagReason.HEDGE_DROPPED in find_reasons(dossier)) is flagged


def test_each_retracted_citation_and_each_risk_has_a_flag_of_its_own(clinic: Clinic) -> None:
    retracted = [make_finding(number, retraction=RetractionStatus.RETRACTED) for number in (1, 2)]
    dossier = attach(clinic.see(A), *retracted)
    risks = tuple(
        WordingRisk(rule, words, at, at + 2)
        for at, (rule, words) in enumerate(
            [(WordingRule.ABSOLUTE, "必ず"), (WordingRule.GUARANTEE, "保証"), (WordingRule.ABSOLUTE, "必ず")]
        )
    )
    claim = replace(dossier.claim.claim, wording_risks=risks)
    flags = raise_flags(replace(dossier, claim=replace(dossier.claim, claim=claim)))
    assert [flag.key for flag in flags] == [
        f"retracted_citation:{make_pmid(1)}",
        f"retracted_citation:{make_pmid(2)}",
        "wording_risk:absolute:必ず",
        "wording_risk:guarantee:保証",
    ]
    assert [(flag.start, flag.end) for flag in flags[2:]] == [(0, 2), (1, 3)]


def test_failed_and_empty_searches_are_told_apart(clinic: Clinic) -> None:
    for status, reason in (
        (SearchStatus.FAILED, FlagReason.SEARCH_FAILED),
        (SearchStatus.NOTHING_FOUND, FlagReason.NO_EVIDENCE_FOUND),
        (SearchStatus.RELATED_ONLY, FlagReason.NO_EVIDENCE_FOUND),
    ):
        assert find_reasons(replace(clinic.see(A), search_status=status)) == {reason}


def test_a_related_record_that_is_attached_is_evidence(clinic: Clinic) -> None:
    related = replace(clinic.see(A), search_status=SearchStatus.RELATED_ONLY)
    attached = attach(related, replace(make_finding(1), on_topic=False))
    assert FlagReason.NO_EVIDENCE_FOUND not in find_reasons(attached)


def flags(clinic: Clinic, who: User | None) -> tuple[Flag, ...]:
    with clinic.open_work() as work:
        dossiers = load_dossiers(work, (work.claims.get_claim(clinic.claim_ids[0]),), who)
        return load_flags(work, dossiers, who)[clinic.claim_ids[0]]


def flag(clinic: Clinic, who: User, words: str = "対象が違う", span: tuple[int, int] | None = None) -> str:
    with clinic.open_work() as work:
        remark = raise_flag(work, clinic.claim_ids[0], words, who, clinic.now(), "対象を示す", span)
    return f"raised_by_person:{remark.id}"


def answer(clinic: Clinic, key: str, kind: AnswerKind, words: str, who: User = AUTHOR) -> None:
    with clinic.open_work() as work:
        answer_flag(work, clinic.claim_ids[0], key, kind, words, who, clinic.now())


def resolve(clinic: Clinic, key: str, settled: bool, comment: str, who: User = EDITOR) -> None:
    with clinic.open_work() as work:
        resolve_flag(work, clinic.claim_ids[0], key, settled, comment, who, clinic.now())


def test_a_persons_flag_is_answered_and_settled_and_every_step_is_in_the_trail(clinic: Clinic) -> None:
    key = flag(clinic, A, span=(0, 2))
    clinic.grade(A, SupportGrade.OVERSTATED)
    answer(clinic, key, AnswerKind.REWRITE, "成人男性では増やす")
    resolve(clinic, key, True, "")
    (known,) = flags(clinic, AUTHOR)
    assert (known.reason, known.words, known.suggestion) == (
        FlagReason.RAISED_BY_PERSON,
        "対象が違う",
        "対象を示す",
    )
    assert (known.start, known.end, known.raised_by) == (0, 2, "a")
    assert [(said.kind, said.words) for said in known.answers] == [(AnswerKind.REWRITE, "成人男性では増やす")]
    assert not known.is_open
    assert clinic.actions(f"claim:{clinic.claim_ids[0]}")[:4] == [
        AuditAction.FLAG_RESOLVED,
        AuditAction.FLAG_ANSWERED,
        AuditAction.CLAIM_GRADED,
        AuditAction.FLAG_RAISED,
    ]


def test_an_answer_that_does_not_do_opens_the_flag_again_with_a_comment(clinic: Clinic) -> None:
    key = flag(clinic, A)
    clinic.grade(A, SupportGrade.OVERSTATED)
    answer(clinic, key, AnswerKind.DISPUTE, "文献がある")
    resolve(clinic, key, True, "")
    with pytest.raises(RuleRefused, match="flag_settled"):
        answer(clinic, key, AnswerKind.DELETE, "")
    with pytest.raises(RuleRefused, match="resolution_needs_comment"):
        resolve(clinic, key, False, " ")
    resolve(clinic, key, False, "その文献は動物実験である")
    (known,) = flags(clinic, AUTHOR)
    assert known.is_open
    assert [said.settled for said in known.resolutions] == [True, False]
    answer(clinic, key, AnswerKind.DELETE, "")


def test_a_flag_that_nobody_answered_is_settled_with_a_reason(clinic: Clinic) -> None:
    key = flag(clinic, A)
    clinic.grade(A, SupportGrade.OVERSTATED)
    with pytest.raises(RuleRefused, match="resolution_needs_comment"):
        resolve(clinic, key, True, "")
    resolve(clinic, key, True, "誤解だった", who=A)
    assert [known.is_open for known in flags(clinic, A)] == [False]


def test_what_makes_no_sense_is_refused(clinic: Clinic) -> None:
    key = flag(clinic, A)
    with pytest.raises(RuleRefused, match="reason_missing"):
        flag(clinic, A, words=" ")
    for span in ((0, 99), (2, 2), (-1, 2)):
        with pytest.raises(RuleRefused, match="flag_outside_claim"):
            flag(clinic, A, span=span)
    clinic.grade(A, SupportGrade.OVERSTATED)
    with pytest.raises(RuleRefused, match="answer_needs_words"):
        answer(clinic, key, AnswerKind.CITE, "")
    with pytest.raises(NotFound, match="flag_not_found"):
        answer(clinic, "contradicted", AnswerKind.DELETE, "")


def test_each_step_is_taken_by_those_whose_it_is(clinic: Clinic) -> None:
    key = flag(clinic, EDITOR)
    for who in (AUTHOR, ADMIN):
        with pytest.raises(RoleRefused):
            flag(clinic, who)
        with pytest.raises(RoleRefused):
            resolve(clinic, key, True, "よい", who=who)
    for who in (A, JUDGE, ADMIN):
        with pytest.raises(RoleRefused):
            answer(clinic, key, AnswerKind.DELETE, "", who=who)


def test_a_rules_flag_is_answered_too_and_that_holds_for_this_wording(clinic: Clinic) -> None:
    clinic.judge(A, CitationJudgement.REFUTING)
    clinic.grade(A, SupportGrade.CONTRADICTED)
    answer(clinic, "contradicted", AnswerKind.DISPUTE, "最新の試験では異なる")
    resolve(clinic, "contradicted", True, "")
    (known,) = flags(clinic, None)
    assert (known.reason, known.is_open) == (FlagReason.CONTRADICTED, False)
    assert known.answers[0].text_hash == clinic.see(None).claim.text_hash


def test_while_a_claim_is_open_nobody_reads_anothers_flag_or_what_was_said_to_it(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    key = flag(clinic, A)
    resolve(clinic, key, False, "まだ", who=A)
    others = (B, JUDGE, AUTHOR, EDITOR, ADMIN, None)
    assert [len(flags(clinic, A)), *(flags(clinic, who) for who in others)] == [1, *[()] * len(others)]
    with pytest.raises(NotFound, match="flag_not_found"):
        answer(clinic, key, AnswerKind.DELETE, "")
    with pytest.raises(NotFound, match="flag_not_found"):
        resolve(clinic, key, True, "よい")
    for who in (A, B):
        clinic.grade(who, SupportGrade.OVERSTATED)
    assert [len(flags(clinic, who)[0].resolutions) for who in (A, *others)] == [1] * (1 + len(others))


def test_a_claim_that_is_opened_again_hides_its_flags_again(clinic: Clinic) -> None:
    flag(clinic, A)
    clinic.grade(A, SupportGrade.OVERSTATED)
    assert len(flags(clinic, AUTHOR)) == 1
    with clinic.open_work() as work:
        claim = work.claims.get_claim(clinic.claim_ids[0])
        reopen_claim(work, claim.id, claim.revision, "理由", EDITOR, clinic.now())
    assert [len(flags(clinic, who)) for who in (A, AUTHOR, EDITOR, None)] == [1, 0, 0, 0]

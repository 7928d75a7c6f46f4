"""Which citations of a claim are on the screen, in which order, and what is told of those only related."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest

from claims.records.assessment import Basis, CitationJudgement, ClaimStatus, JudgedCitation
from claims.records.citation import Correction, Pmid
from claims.records.finding import Finding
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review import ReviewClaim
from claims.records.study import Species
from reviewer.dashboard.components.citation_list import render_row
from reviewer.dashboard.components.evidence import render_citation
from reviewer.dashboard.shown_citations import MOST_SHOWN, list_shown
from reviewer.i18n import translator
from reviewer.labels import SPECIES_LABELS
from reviewer.rules.dossier import Dossier
from tests.factories import make_citation, make_claim, make_finding, make_moment, make_pmid


def dossier_of(*findings: Finding, judged: dict[int, CitationJudgement] | None = None) -> Dossier:
    judgements = tuple(
        JudgedCitation(make_pmid(number), judgement, Basis.ABSTRACT, "A", make_moment())
        for number, judgement in (judged or {}).items()
    )
    return Dossier(
        claim=ReviewClaim(1, 1, 1, make_claim(), ClaimStatus.EXTRACTED, 1),
        search_status=SearchStatus.FOUND,
        runs=(),
        findings=findings,
        citations={finding.pmid: replace(make_citation(1), pmid=finding.pmid) for finding in findings},
        judgements=judgements,
    )


def related(number: int, rank: int) -> Finding:
    return replace(make_finding(number, rank=rank), on_topic=False)


def numbers(dossier: Dossier, everything: bool = False, focus: Pmid | None = None) -> list[int]:
    order = {make_pmid(number): number for number in range(1, 40)}
    return [order[finding.pmid] for finding in list_shown(dossier, everything, focus)]


FEW = (make_finding(1, rank=1), make_finding(2, rank=2, rung=Rung.COUNTER), make_finding(3, rank=3))


def test_the_counter_search_stands_behind_and_related_records_are_folded() -> None:
    dossier = dossier_of(*FEW, related(4, 4))
    assert numbers(dossier) == [1, 3, 2]
    assert numbers(dossier, everything=True) == [1, 3, 2, 4]


def test_the_best_few_come_first_and_the_others_when_they_are_asked_for() -> None:
    dossier = dossier_of(*(make_finding(number, rank=number) for number in range(1, MOST_SHOWN + 4)))
    assert numbers(dossier) == list(range(1, MOST_SHOWN + 1))
    assert numbers(dossier, everything=True) == list(range(1, MOST_SHOWN + 4))


@pytest.mark.parametrize("judgement", list(CitationJudgement))
def test_what_somebody_judged_is_shown_and_moves_nothing(judgement: CitationJudgement) -> None:
    findings = (*FEW, related(4, 4), related(5, 5))
    assert numbers(dossier_of(*findings, judged={5: judgement})) == [1, 3, 2, 5]
    whole = numbers(dossier_of(*findings), everything=True)
    assert numbers(dossier_of(*findings, judged={5: judgement}), everything=True) == whole


def test_a_step_taken_back_leaves_the_citation_that_is_being_read() -> None:
    dossier = dossier_of(*FEW, related(4, 4))
    assert numbers(dossier, focus=make_pmid(4)) == [1, 3, 2, 4]


def test_what_speaks_against_the_claim_is_never_folded_away_whole() -> None:
    ahead = [make_finding(number, rank=number) for number in range(1, MOST_SHOWN + 1)]
    against = [make_finding(number, rank=number, rung=Rung.COUNTER) for number in (20, 21, 22)]
    assert numbers(dossier_of(*ahead, *against))[MOST_SHOWN:] == [20, 21]


def test_what_another_attached_is_shown_to_whoever_is_to_judge_it() -> None:
    dossier = replace(dossier_of(*FEW, related(4, 4)), to_judge=(make_pmid(4),))
    assert numbers(dossier) == [1, 3, 2, 4]


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_no_badge_tells_of_the_study_of_a_related_record(locale: str) -> None:
    translate = translator(locale)
    finding, told = related(4, 1), [translate("randomised trial"), translate(SPECIES_LABELS[Species.HUMAN])]
    told += ["n=40", translate("Machine's suggestion: {stance}").partition("{")[0]]
    without = dossier_of(finding)
    for shown in (
        render_citation(without, finding, translate),
        render_row(without, finding, None, translate),
    ):
        assert not [words for words in told if words in unescape(shown)]
    attached = dossier_of(finding, judged={4: CitationJudgement.SUPPORTING})
    read = unescape(render_citation(attached, finding, translate))
    assert all(words in read for words in told)
    beside = dossier_of(finding, judged={4: CitationJudgement.NOT_RELEVANT})
    assert "n=40" not in render_citation(beside, finding, translate)


@pytest.mark.parametrize(("locale", "told"), [("en", "another edition of PMID {}"), ("ja", "PMID {}の別版")])
def test_an_edition_of_a_record_on_topic_says_of_which(locale: str, told: str) -> None:
    finding = related(4, 1)
    records = {make_pmid(number): make_citation(number) for number in range(1, 5)}
    dossier = replace(dossier_of(*FEW, finding), citations=records)
    preprint = replace(records[finding.pmid], corrections=(Correction("UpdateIn", "SAMPLE J", make_pmid(3)),))
    linked = replace(dossier, citations={**records, finding.pmid: preprint})
    expected = told.format(make_pmid(3))
    assert expected in unescape(render_row(linked, finding, None, translator(locale)))
    assert expected not in unescape(render_row(dossier, finding, None, translator(locale)))

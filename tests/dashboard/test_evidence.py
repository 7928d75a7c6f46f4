"""The badges of a citation: what kind of record it is, and how it stands, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.appraisal.standing import read_anew, read_record
from claims.records.assessment import ClaimStatus
from claims.records.citation import Correction, Term
from claims.records.retrieval import SearchStatus
from claims.records.review import ReviewClaim
from reviewer.dashboard.components.evidence import render_citation
from reviewer.i18n import translator
from reviewer.rules.dossier import Dossier
from tests.factories import make_citation, make_claim, make_finding


def shown(locale: str, title: str, *types: str, links: tuple[str, ...] = ()) -> str:
    citation = replace(
        make_citation(1),
        title=title,
        publication_types=tuple(Term(name) for name in types),
        corrections=tuple(Correction(kind, "SAMPLE J") for kind in links),
    )
    findings = read_anew([make_finding(1)], {citation.pmid: read_record(citation)})
    claim = ReviewClaim(1, 1, 1, make_claim(), ClaimStatus.EXTRACTED, 1)
    dossier = Dossier(claim, SearchStatus.FOUND, (), findings, {citation.pmid: citation}, (), ())
    return render_citation(dossier, findings[0], translator(locale))


@pytest.mark.parametrize(
    ("locale", "kind", "standing"),
    [
        ("en", "correction of a paper (erratum)", "a notice on another paper, no study"),
        ("ja", "論文の訂正（正誤表）", "別の論文についての告知（研究ではありません）"),
    ],
)
def test_an_erratum_is_called_one_and_shows_no_design(locale: str, kind: str, standing: str) -> None:
    html = shown(
        locale, "Correction to: SAMPLE, a randomized trial.", "Published Erratum", links=("ErratumFor",)
    )
    assert kind in html
    assert standing in html
    told = translator(locale)
    assert told("randomised trial") not in html.partition("<h3")[0]
    assert told("no retraction known") not in html


@pytest.mark.parametrize(
    ("locale", "standing"), [("en", "WITHDRAWN, by its title"), ("ja", "取り下げ済み（題名による）")]
)
def test_a_review_withdrawn_by_its_title_says_so(locale: str, standing: str) -> None:
    html = shown(locale, "WITHDRAWN: SAMPLE lotions.", "Systematic Review")
    assert standing in html
    assert "grave" in html

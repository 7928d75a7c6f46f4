"""Components that are HTML: what they show, and that all of it is text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from claims.records.assessment import Basis, ClaimStatus, SupportGrade
from claims.records.claim import Claim, WordingRisk, WordingRule
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review import ReviewClaim
from reviewer.dashboard.components.article import render_marked
from reviewer.dashboard.components.claim import render_former, render_risks
from reviewer.dashboard.components.criteria import EXAMPLES
from reviewer.dashboard.components.searches import find_first_query, render_searches
from reviewer.i18n import translator
from reviewer.labels import GRADE_MEANINGS
from reviewer.markup import MarkedSpan
from reviewer.rules.dossier import Dossier, Former
from tests.factories import make_article, make_assessment, make_claim, make_run

HOSTILE = "<script>alert(1)</script>"


def make_dossier(
    claim: Claim, status: ClaimStatus = ClaimStatus.STALE, former: Claim | None = None
) -> Dossier:
    """A claim that came of ``former``, which was graded."""
    graded = make_assessment(comment=HOSTILE, claim_text=former.text if former else claim.text)
    came_of = (Former(ReviewClaim(1, 1, 1, former, ClaimStatus.GRADED, 1), (graded,), ()),) if former else ()
    return Dossier(
        claim=ReviewClaim(2, 2, 1, claim, ClaimStatus.STALE, 1),
        search_status=SearchStatus.FAILED,
        runs=(make_run(SearchStatus.FAILED),),
        findings=(),
        citations={},
        former=came_of,
    )


def test_a_stale_claim_shows_its_former_grade_and_what_changed() -> None:
    dossier = make_dossier(
        make_claim("見本成分は毛を増やします。"), former=make_claim("見本成分は必ず毛を増やします。")
    )
    shown = render_former(dossier, {"reviewer": "Dr. <b>Sato</b>"}, "en")
    assert "<del>必ず</del>" in shown
    assert "Dr. &lt;b&gt;Sato&lt;/b&gt;: Supported" in shown
    assert HOSTILE not in shown


def test_a_claim_that_came_of_none_shows_no_former_grade() -> None:
    assert render_former(make_dossier(make_claim()), {}, "en") == ""


@pytest.mark.parametrize(("locale", "told"), [("ja", "条項は未確認"), ("en", "clause to be verified")])
def test_a_risky_wording_opens_on_reason_alternative_and_an_unverified_clause(locale: str, told: str) -> None:
    text = "必ず毛が増えます。"
    risk = WordingRisk(WordingRule.ABSOLUTE, "必ず", 0, 2)
    assert told in render_risks(replace(make_claim(text), wording_risks=(risk,)), locale)


def test_a_failed_search_says_why_and_what_to_do() -> None:
    assert "search again later" in render_searches(make_dossier(make_claim()), "en")


def test_every_grade_has_a_meaning_and_an_example_in_japanese() -> None:
    japanese = translator("ja")
    assert set(EXAMPLES) == set(GRADE_MEANINGS) == set(SupportGrade)
    assert all(japanese(words) != words for words in (*EXAMPLES.values(), *GRADE_MEANINGS.values()))


def test_the_basis_of_a_judgement_is_one_of_two() -> None:
    assert Basis.ABSTRACT.other is Basis.FULL_TEXT
    assert Basis.FULL_TEXT.other is Basis.ABSTRACT


def test_words_alone_are_no_query_to_start_from() -> None:
    words, strict = (
        replace(make_run(SearchStatus.FOUND), rung=rung, query=query)
        for rung, query in ((Rung.WORDS, "hair loss"), (Rung.STRICT, '"hair"[tiab]'))
    )
    assert find_first_query((words, replace(strict, status=SearchStatus.NOTHING_FOUND))) == '"hair"[tiab]'
    assert find_first_query((words,)) == ""


def test_the_article_is_read_without_the_addresses_behind_its_words_and_counted_with_them() -> None:
    article = make_article("Zinc [eases](https://doi.org/10.5555/b) colds.")
    drawn = str(render_marked(article, [MarkedSpan(0, 9, "now")], translator("en")))
    hidden = '<mark class="address" title="https://doi.org/10.5555/b">](https://doi.org/10.5555/b)</mark>'
    assert hidden in drawn
    assert re.sub(r"<[^>]*>", "", drawn).strip() == article.text.strip()

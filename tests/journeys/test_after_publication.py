"""After publication: a paper is retracted, the night finds it, one claim is reviewed again and published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from claims.records.assessment import SupportGrade
from claims.records.citation import Pmid
from claims.records.finding import ClaimEvidence
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.cli import konkyo
from tests.entrez_server import EntrezServer, sample_article
from tests.factories import make_evidence
from tests.journeys.clinic import press
from tests.journeys.room import open_browser, serve_home, settle, sign_in
from tests.journeys.short_room import REVISED, grade_both, open_short_room
from tests.journeys.test_publication import decide, visit

# Beyond the numbers that PubMed has, and before those of samples, for which it is not asked.
FALLEN, SOUND, OTHER = (Pmid(str(8_000_000_000 + number)) for number in (1, 2, 3))
ABSTRACT = "RESULTS: The sample agent increased sample hair density."
RETRACTION = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>SAMPLE</RefSource>'
    "</CommentsCorrections></CommentsCorrectionsList>"
)
# What the trail tells, the latest step first.
TOLD = (
    "版を公開した",
    "評価を付けた",
    "文献を判定した",
    "参考文献を追加",
    "主張の評価をやり直しにした",
    "公開中の主張が要再確認になった",
    "文献の状態が変わった",
    "文献の定期確認を終了",
)
SUPPORTED = (SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)


def write_records() -> list[str]:
    """The three papers as NCBI has them this night."""
    inside = {FALLEN: RETRACTION}
    return [
        sample_article(pmid, f"SAMPLE {pmid}: a trial of the sample agent", ABSTRACT, inside.get(pmid, ""))
        for pmid in (FALLEN, SOUND, OTHER)
    ]


def number_evidence(pmids: Sequence[Pmid]) -> ClaimEvidence:
    """A search that brought these papers."""
    found = make_evidence(*range(1, 1 + len(pmids)))
    return replace(
        found,
        findings=tuple(
            replace(one, pmid=pmid, rationales=()) for one, pmid in zip(found.findings, pmids, strict=True)
        ),
        citations=tuple(replace(one, pmid=pmid) for one, pmid in zip(found.citations, pmids, strict=True)),
    )


def publish(page: Page, url: str, version: int) -> None:
    """Approve and publish a version as the editor who is signed in."""
    visit(page, url, f"room=editor&version={version}")
    for state, told in (("approved", "承認済み"), ("published", "公開済み")):
        decide(page, state, password=SAMPLE_PASSWORD)
        expect(page.locator("h1")).to_contain_text(told)


def expect_told(page: Page, url: str, name: str) -> None:
    """See that this person is told which paper fell under which claim."""
    sign_in(page, url, name)
    news = page.locator(".st-key-news")
    expect(news).to_contain_text("根拠として使えなくなった文献：1件")
    expect(news).to_contain_text(f"PMID {FALLEN}")


def test_a_retraction_leads_to_one_claim_reviewed_again_and_the_trail_tells_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = open_short_room(tmp_path, REVISED, number_evidence((FALLEN, SOUND)))
    for claim_id, pmid in ((1, FALLEN), (2, SOUND), (3, SOUND)):
        grade_both(application, claim_id, *SUPPORTED, pmid=pmid)
    email = "sample@clinic.example"
    with (
        EntrezServer(write_records(), find=lambda _: ()) as ncbi,
        serve_home(
            tmp_path,
            tmp_path / "serve.log",
            KONKYO_ENTREZ_URL=ncbi.base_url,
            NCBI_EMAIL=email,
            # The night is that of ``konkyo tick`` below, not of the server's clock.
            KONKYO_RECHECK_HOURS="0",
            KONKYO_LIVING_DAYS="0",
        ) as url,
        open_browser("ja-JP") as page,
    ):
        sign_in(page, url, "editor")
        publish(page, url, 1)
        for name, value in (("HOME", str(tmp_path)), ("DEMO", "1"), ("ENTREZ_URL", ncbi.base_url)):
            monkeypatch.setenv(f"KONKYO_{name}", value)
        monkeypatch.setenv("NCBI_EMAIL", email)
        night = CliRunner().invoke(konkyo, ("tick", "--now", "--source", "pubmed"))
        assert f"PMID {FALLEN}: stands otherwise than before retracted" in night.stdout, night.output
        expect_told(page, url, "author")
        expect_told(page, url, "editor")
        visit(page, url, "room=editor&version=1")
        marks = page.locator(".st-key-needs_review")
        expect(marks.locator("li").first).to_contain_text(FALLEN)
        page.locator(".st-key-renew button").click()
        settle(page)
        expect(page.locator("[class*='st-key-obstacle_'] button")).to_have_count(1)
        expect(page.locator(".st-key-decide_approved button")).to_be_disabled()
        sign_in(page, url, "author")
        visit(page, url, "room=references&version=2")
        page.locator(".st-key-bring_menu button").first.click()
        page.locator("[class*='st-key-brought_list'] textarea").fill(f"PMID: {OTHER}")
        page.keyboard.press("Tab")
        settle(page)
        page.locator("[class*='st-key-brought_for'] input").click()
        page.get_by_role("option").nth(1).click()
        settle(page)
        page.locator(".st-key-bring_in button").click()
        # Until the source has told what the reference is.
        expect(page.locator("table.references")).to_contain_text("同じ論文", timeout=30_000)
        for name in ("reviewer-a", "reviewer-b"):
            sign_in(page, url, name)
            expect(page.locator(".st-key-my_work")).to_contain_text("評価する主張：1件")
            page.locator("[class*='st-key-to_grade_'] button").first.click()
            settle(page)
            expect(page.locator(".konkyo.claim h3")).to_contain_text("1")
            expect(page.locator(".st-key-reading")).to_contain_text(f"SAMPLE {OTHER}")
            press(page, "s", "4")
            expect(page.locator(".konkyo.message.saved")).to_be_visible()
        sign_in(page, url, "editor")
        publish(page, url, 2)
        visit(page, url, "room=audit")
        trail = page.locator("table").first
        for step in TOLD:
            expect(trail).to_contain_text(step)

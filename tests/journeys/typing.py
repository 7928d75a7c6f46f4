"""A room for typing fast: claims with five and with twenty citations, and what keys come to, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from claims.articles import parse_article
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.citation import Pmid
from reviewer.accounts.sample_people import add_sample_people, declare_sample_interests
from reviewer.bootstrap import Application, open_application
from reviewer.dashboard.grading_keys import GRADE_KEYS, JUDGEMENT_KEYS
from reviewer.dashboard.shown_citations import find_next_unread, list_shown
from reviewer.settings import Settings
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.loading import load_whole
from tests.databases import make_database
from tests.factories import make_audit_entry, make_evidence

FEW, MANY = 5, 20
REVIEWER = "reviewer-a"
PATIENCE_MS = 600_000
_DEALT_WITH = "() => window.konkyo?.data && !window.konkyo.sent && !window.konkyo.queue.length"


def open_typing_room(home: Path, claims: int) -> Application:
    """A fresh house in ``home`` whose claims have ``FEW`` and ``MANY`` citations in turn."""
    application = open_application(Settings(home, make_database(home / "konkyo.db"), demo=True))
    with application.work() as work:
        people = {user.name: user for user in add_sample_people(work, application.now())}
    text = "# 見本成分の話\n" + "".join(
        f"見本成分{n}号は毛の密度を増やします。\n" for n in range(1, claims + 1)
    )
    with application.work() as work:
        ingested = ingest_article(work, parse_article(text), people["author"], application.now())
    with application.work() as work:
        for place, claim in enumerate(ingested.claims):
            work.searches.record_evidence(
                claim.id, make_evidence(*range(1, 1 + (MANY if place % 2 else FEW)))
            )
        work.commit(make_audit_entry())
    with application.work() as work:
        declare_sample_interests(work, ingested.version.id, application.now())
    return application


@dataclass
class Rows:
    """What is stored of one reviewer: judgements by claim and PMID, grades by claim."""

    judgements: dict[tuple[int, Pmid], CitationJudgement] = field(default_factory=dict)
    grades: dict[int, SupportGrade] = field(default_factory=dict)


def load_rows(application: Application) -> Rows:
    """What the reviewer's keys came to."""
    rows = Rows()
    with application.work() as work:
        for dossier in load_whole(work, work.claims.list_claims(1)):
            for own in dossier.judgements:
                rows.judgements[dossier.claim.id, own.pmid] = own.judgement
            for grade in dossier.grades:
                rows.grades[dossier.claim.id] = grade.grade
    return rows


def place_keys(application: Application, keys: Iterable[str]) -> Rows:
    """What the keys come to when each has been dealt with before the next falls.

    After a verdict the next citation that is not judged is read; one ``d`` right after it is a habit.
    """
    with application.work() as work:
        dossiers = load_whole(work, work.claims.list_claims(1))
    rows, claim, place, former = Rows(), 0, 0, ""
    for key in keys:
        pmids = tuple(finding.pmid for finding in list_shown(dossiers[claim], everything=False))
        claim_id = dossiers[claim].claim.id
        unread = tuple(pmid for pmid in pmids if (claim_id, pmid) not in rows.judgements)
        if key in JUDGEMENT_KEYS:
            rows.judgements[claim_id, pmids[place]] = JUDGEMENT_KEYS[key]
            place = pmids.index(find_next_unread(pmids, unread, pmids[place]))
        elif key == "r":
            rows.judgements |= {(claim_id, pmid): CitationJudgement.NOT_RELEVANT for pmid in unread}
        elif key in GRADE_KEYS:
            rows.grades[claim_id] = GRADE_KEYS[key]
        elif key in ("j", "Enter"):
            claim, place = claim + 1, 0
        elif not (key == "d" and former in JUDGEMENT_KEYS):
            place = max(0, min(len(pmids) - 1, place + (1 if key == "d" else -1)))
        former = key
    return rows


def type_keys(page: Page, keys: Iterable[str], pace_ms: int) -> None:
    """Type the keys at this pace, whatever the page does, and wait until the last was dealt with."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(pace_ms)
    page.wait_for_function(_DEALT_WITH, timeout=PATIENCE_MS)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def count_differences(stored: Rows, wanted: Rows) -> int:
    """How many rows are missing, there without a key, or other than the keys say."""
    pairs = ((stored.judgements, wanted.judgements), (stored.grades, wanted.grades))
    return sum(there.get(key) is not meant.get(key) for there, meant in pairs for key in {*there, *meant})

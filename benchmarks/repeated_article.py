"""What an article costs that repeats another's sentences: keys and time of a scripted reviewer, in Chromium.

    python -m benchmarks.repeated_article [--claims 12] [--look 3] [--read 3]

The first article is graded by hand, paper by paper; the second says the same sentences, and each grade is
taken over. The script looks at each claim for ``--look`` seconds, at each abstract for ``--read``, and at a
grade that it took over for ``--look`` again: a person takes longer at all of them, at abstracts most.
Minutes are those that the room itself measured at its claims.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from claims.articles import parse_article
from reviewer.accounts.sample_people import add_sample_people, declare_sample_interests
from reviewer.bootstrap import Application, open_application
from reviewer.settings import Settings
from reviewer.workflow.effort import EffortStatistics, load_effort
from reviewer.workflow.ingesting import ingest_article
from tests.databases import make_database
from tests.factories import make_audit_entry, make_evidence
from tests.journeys.room import open_browser, serve_home, sign_in
from tests.journeys.typing import PATIENCE_MS, REVIEWER, type_keys

PAPERS, PACE_MS = 5, 250
BY_HAND = ("s", *"n" * (PAPERS - 1), "3", "Enter")
TAKEN_OVER = ("y", "Enter")
_TITLES = ("最初の記事", "次の記事")


def main() -> None:
    """Grade both articles, and print what each took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=12)
    parser.add_argument("--look", type=float, default=3.0)
    parser.add_argument("--read", type=float, default=3.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first, second = measure(Path(folder), asked.claims, asked.look, asked.read)
    for title, spent, keys in (("first", first, BY_HAND), ("second", second, TAKEN_OVER)):
        print(
            f"{title:6} article: {spent.claims} claims, {len(keys)} keys a claim,"
            f" {spent.seconds / 60:.1f} min, {spent.seconds / spent.claims:.1f} s a claim,"
            f" taken over: {spent.taken_over}"
        )
    saved = f"{second.saved_seconds / 60:.1f}"
    print(f"minutes saved: {saved}; the second took {second.seconds / first.seconds:.0%} of the first")


def measure(home: Path, claims: int, look: float, read: float) -> tuple[EffortStatistics, EffortStatistics]:
    """What each of the articles took the reviewer, as an editor is told."""
    application = open_house(home, claims)
    os.environ["KONKYO_TAKE_OVER"] = "1"
    with serve_home(home, home / "serve.log") as url, open_browser("ja-JP") as page:
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, url, REVIEWER)
        for article, keys in enumerate((BY_HAND, TAKEN_OVER)):
            page.goto(f"{url}/?claim={1 + article * claims}")
            page.locator(".st-key-grade_3 button").wait_for()
            for _ in range(claims):
                _grade(page, keys, look, read)
            # The last visit is told of when the claim is left.
            type_keys(page, ["q"], PACE_MS)
            page.locator(".st-key-queue").wait_for()
    with application.work() as work:
        editor = work.people.get_user("editor")
        first, second = (load_effort(work, version, editor)[0] for version in (1, 2))
    return first, second


def _grade(page: Page, keys: tuple[str, ...], look: float, read: float) -> None:
    page.wait_for_timeout(1_000 * look)
    for key in keys:
        if key in "sn":
            page.wait_for_timeout(1_000 * read)
        type_keys(page, [key], PACE_MS)
        if key == "y":
            page.wait_for_timeout(1_000 * look)


def open_house(home: Path, claims: int) -> Application:
    """Two articles that say the same sentences, each claim with its papers, and nobody graded any."""
    application = open_application(Settings(home, make_database(home / "konkyo.db"), demo=True))
    with application.work() as work:
        people = {user.name: user for user in add_sample_people(work, application.now())}
    said = "".join(f"見本成分{number}号は毛の密度を増やします。\n" for number in range(1, claims + 1))
    for title in _TITLES:
        with application.work() as work:
            article = parse_article(f"# {title}\n{said}")
            ingested = ingest_article(work, article, people["author"], application.now())
        with application.work() as work:
            for claim in ingested.claims:
                work.searches.record_evidence(claim.id, make_evidence(*range(1, 1 + PAPERS)))
            work.commit(make_audit_entry())
        with application.work() as work:
            declare_sample_interests(work, ingested.version.id, application.now())
    return application


if __name__ == "__main__":
    main()

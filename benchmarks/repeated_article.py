"""What an article costs that repeats another's sentences: keys and time of a scripted reviewer, in Chromium.

    python -m benchmarks.repeated_article [--claims 3] [--look 2] [--read 6]

Three articles say the same sentences. The first is graded by hand, paper by paper; the second as well, which
is what it costs without taking over; in the third each grade is taken over. The script looks at each claim
for ``--look`` seconds, at each abstract for ``--read``, and at a grade that it took over for ``--look``
again: a person takes longer at all of them, at abstracts most. Minutes are those that the room itself
measured at its claims; each article is told once it is done. How long an abstract takes decides what
is saved: printed is from which time on a quarter is reached.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
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
_TITLES = ("最初の記事", "次の記事", "その次の記事")
_ARTICLES = (
    ("first article, by hand", BY_HAND),
    ("second, without taking over", BY_HAND),
    ("second, taken over", TAKEN_OVER),
)


def main() -> None:
    """Grade the articles, print what each took, and how long an abstract takes where a quarter is reached."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=3)
    parser.add_argument("--look", type=float, default=2.0)
    parser.add_argument("--read", type=float, default=6.0)
    asked = parser.parse_args()
    told: list[EffortStatistics] = []
    with tempfile.TemporaryDirectory() as folder:
        for spent in measure(Path(folder), asked.claims, asked.look, asked.read):
            print(_tell(*_ARTICLES[len(told)], spent), flush=True)
            told.append(spent)
    first, again, taken = (spent.seconds / spent.claims for spent in told)
    print(f"minutes saved, as the room tells: {told[-1].saved_seconds / 60:.1f}")
    print(
        f"of the first article's time: {again / first:.0%} without taking over, {taken / first:.0%} with it"
    )
    # What is neither looked at nor read is the script's pace and the room's own time: of an article by hand
    # ``rest`` a claim. The others' looks and time stay what they were, however long an abstract takes.
    rest = first - asked.look - PAPERS * asked.read
    enough = max(0.0, (4 * taken - rest - asked.look) / PAPERS)
    print(f"time of the script and the room itself: {rest:.1f} s a claim by hand,", end=" ")
    print(f"{taken - 2 * asked.look:.1f} s taken over")
    print(f"a quarter is reached where an abstract takes {enough:.1f} s or more")


def _tell(title: str, keys: tuple[str, ...], spent: EffortStatistics) -> str:
    return (
        f"{title}: {spent.claims} claims, {len(keys)} keys and {spent.seconds / spent.claims:.1f} s a claim,"
        f" {spent.seconds / 60:.1f} min, taken over: {spent.taken_over}"
    )


def measure(home: Path, claims: int, look: float, read: float) -> Iterator[EffortStatistics]:
    """What each of the articles took the reviewer, as an editor is told."""
    application = open_house(home, claims, len(_ARTICLES))
    os.environ["KONKYO_TAKE_OVER"] = "1"
    with serve_home(home, home / "serve.log") as url, open_browser("ja-JP") as page:
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, url, REVIEWER)
        for article, (_, keys) in enumerate(_ARTICLES):
            page.goto(f"{url}/?claim={1 + article * claims}")
            page.locator(".st-key-grade_3 button").wait_for()
            for _ in range(claims):
                _grade(page, keys, look, read)
            # The last visit is told of when the claim is left.
            type_keys(page, ["q"], PACE_MS)
            page.locator(".st-key-queue").wait_for()
            with application.work() as work:
                yield load_effort(work, article + 1, work.people.get_user("editor"))[0]


def _grade(page: Page, keys: tuple[str, ...], look: float, read: float) -> None:
    page.wait_for_timeout(1_000 * look)
    for key in keys:
        if key in "sn":
            page.wait_for_timeout(1_000 * read)
        type_keys(page, [key], PACE_MS)
        if key == "y":
            page.wait_for_timeout(1_000 * look)


def open_house(home: Path, claims: int, articles: int = 2) -> Application:
    """Articles that say the same sentences, each claim with its papers, and nobody graded any."""
    application = open_application(Settings(home, make_database(home / "konkyo.db"), demo=True))
    with application.work() as work:
        people = {user.name: user for user in add_sample_people(work, application.now())}
    said = "".join(f"見本成分{number}号は毛の密度を増やします。\n" for number in range(1, claims + 1))
    for title in _TITLES[:articles]:
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

"""How long the review room keeps a reviewer waiting, in Chromium on the same machine.

    python -m benchmarks.dashboard [--articles 200] [--claims 500] [--home FOLDER]

Fills a house (or takes the one in FOLDER, made by an earlier run), serves it, signs in, and works as a
reviewer does. Prints one row a figure: what was measured, median, p95, and the figure to reach. The time of a
rerun is the server's own, from its log; the others are from the key to what stands on the screen.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

from reviewer.settings import Settings
from tests.journeys.room import open_browser, serve_home
from tests.large_house import fill_house
from tests.room_client import enter as sign_in
from tests.room_client import open_tab

ROUNDS = 30
SESSIONS = 10
SESSION_ROUNDS = 8
# What a claim is worked on with, "r" and the way on apart: five citations, the steps among them, a grade.
_KEYS = ("s", "p", "e", "n", "d", "t", "u", "x", "3", "u")
_DEALT_WITH = """() => window.konkyo?.data && !window.konkyo.sent && !window.konkyo.queue.length
  && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'"""
_REACH_MS = {
    "rerun on the server": 150,
    "rerun on the server, ten sessions": 1_500,
    "key to next claim": 250,
    "any other key of the grading page": 250,
    "queue page with a filter": 900,
    "first page after a server start": 1_200,
    "first page after sign-in": 1_200,
    "ten sessions, next claim sent": 1_500,
}


def main() -> None:
    """Fill, serve, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--claims", type=int, default=500)
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        settings = Settings(home, f"sqlite:///{home / 'konkyo.db'}", demo=True)
        if not (home / "konkyo.db").exists():
            home.mkdir(parents=True, exist_ok=True)
            started = time.perf_counter()
            fill_house(settings, asked.articles, asked.claims)
            print(f"filled {asked.articles} articles in {time.perf_counter() - started:.0f} s")
        log = home / "serve.log"
        with serve_home(home, log) as url:
            measure_one(url)
            alone = read_reruns(log)
            print_row("rerun on the server", alone)
            measure_ten(url)
        print_row("rerun on the server, ten sessions", read_reruns(log)[len(alone) :])


def measure_one(url: str) -> None:
    """Print the figures of one reviewer, who has the machine alone."""
    with open_browser("ja-JP") as page:
        print_row("first page after a server start", [take_ms(lambda: enter(page, url))])
        print_row("first page after sign-in", [take_ms(lambda: enter(page, url)) for _ in range(5)])
        page.goto(f"{url}/?version=100")
        page.wait_for_selector(".st-key-queue button")
        print_row("queue page with a filter", [take_ms(partial(filter_queue, page, n)) for n in range(10)])
        print_row("key to next claim", walk(page, url, first=20_001, rounds=ROUNDS))
        print_row("any other key of the grading page", press_keys(page, url, first=25_001, claims=6))


def measure_ten(url: str) -> None:
    """Print the figure of ten reviewers at once."""
    together: list[float] = []
    people = [
        threading.Thread(target=work_alone, args=(url, 30_001 + 500 * number, together))
        for number in range(SESSIONS)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    print_row("ten sessions, next claim sent", together)


def work_alone(url: str, first: int, times: list[float]) -> None:
    """One of several reviewers: a WebSocket client as the browser is one, which draws nothing itself.

    Ten browsers on the server's own two cores would measure each other.
    """
    with open_tab(url, sign_in(url, "reviewer-a")) as tab:
        for step in range(SESSION_ROUNDS + 1):
            waited = take_ms(partial(tab.open, f"claim={first + step}&lang=ja"))
            if step:
                times.append(waited)


def enter(page: Page, url: str) -> None:
    """Come in through the sign-in page and see the list of articles."""
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.locator('.people form:has(input[value="reviewer-a"]) button').click()
    page.wait_for_selector(".konkyo.title")


def filter_queue(page: Page, number: int) -> None:
    """Choose another filter and see its claims."""
    pills = page.locator(".st-key-filter button")
    pills.nth(number % 2).click()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_selector(".st-key-queue button")


def walk(page: Page, url: str, first: int, rounds: int) -> list[float]:
    """The waits in milliseconds from ``j`` to the next claim's heading being readable."""
    page.goto(f"{url}/?claim={first}")
    page.wait_for_selector(".konkyo.claim h3")
    waits = []
    for _ in range(rounds):
        before = page.locator(".konkyo.claim h3").inner_text()
        page.wait_for_timeout(300)
        started = time.perf_counter()
        page.keyboard.press("j")
        page.wait_for_function(
            "before => document.querySelector('.konkyo.claim h3')?.innerText !== before",
            arg=before,
            polling=10,
        )
        waits.append(1_000 * (time.perf_counter() - started))
    return waits


def press_keys(page: Page, url: str, first: int, claims: int) -> list[float]:
    """The waits in milliseconds from a key to the page with its answer: verdicts, steps, a grade, undone."""
    waits = []
    for claim in range(first, first + claims):
        page.goto(f"{url}/?claim={claim}")
        page.wait_for_function(_DEALT_WITH)
        for key in _KEYS:
            page.wait_for_timeout(300)
            waits.append(take_ms(partial(press_key, page, key)))
    return waits


def press_key(page: Page, key: str) -> None:
    """Press the key and wait until the page has the answer to it."""
    page.keyboard.press(key)
    page.wait_for_function(_DEALT_WITH, polling=10)


def take_ms(step: Callable[[], object]) -> float:
    """How long the step takes, in milliseconds."""
    started = time.perf_counter()
    step()
    return 1_000 * (time.perf_counter() - started)


def read_reruns(log: Path) -> list[float]:
    """The milliseconds of each rerun that the server logged."""
    return [float(found) for found in re.findall(r"drawn in (\d+) ms", log.read_text(encoding="utf-8"))]


def print_row(name: str, times: list[float]) -> None:
    """One figure: how many times, median, p95, the figure to reach."""
    if not times:
        print(f"{name}: not measured")
        return
    p95 = sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]
    median = statistics.median(times)
    told = f"n {len(times):4}  median {median:6.0f} ms  p95 {p95:6.0f} ms  reach {_REACH_MS[name]:5} ms"
    print(f"{name:34} {told}", flush=True)


if __name__ == "__main__":
    main()

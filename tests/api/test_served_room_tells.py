"""The served room as it is watched: log, metrics and health, and no text or secret in any of them."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.accounts.tokens import COOKIE
from tests.entrez_server import EntrezServer, Reply
from tests.journeys.room import serve_home
from tests.journeys.short_room import open_short_room
from tests.room_client import enter, is_kept_out, open_tab

TOKEN = "collects-the-metrics-of-this-room"
KEY, EMAIL, SECRET = (
    "0a1b2c3d4e5f60718293a4b5c6d7e8f90123",
    "who@clinic.example",
    "the-session-secret-of-this-room-1",
)
PASSWORD, QUERY, COMMENT = "typed-in-vain-94", "zebrafish[tiab] AND seeded[tiab]", "ここだけの覚え書き"
ARTICLE = "# 秘密の記事\n\n秘密の成分は髪を太くします。臨床試験で増えました。\n"
# What people wrote and typed, who they are, and what nobody may know.
SEEDED = (
    *(TOKEN, KEY, EMAIL, SECRET, PASSWORD, SAMPLE_PASSWORD, QUERY, "zebrafish", COMMENT),
    *("秘密", "髪を太く", "見本成分", "reviewer-a", "unknown-person"),
)
# As NCBI does, which repeats what it was sent.
REFUSAL = Reply(
    f"<eSearchResult><ERROR>API key {KEY} of {EMAIL}: {QUERY}</ERROR></eSearchResult>".encode(), 400
)


@dataclass(frozen=True)
class Watched:
    """What a room said of itself while people worked in it."""

    log: str
    metrics: str
    health: requests.Response

    def list_lines(self) -> list[dict[str, Any]]:
        """The log's lines; each is one JSON object."""
        return [json.loads(line) for line in self.log.splitlines()]

    def list_told(self, event: str) -> list[dict[str, Any]]:
        """The lines of this event."""
        return [line for line in self.list_lines() if line["event"] == event]


def work(url: str, log: Path) -> None:
    """Be refused, search in vain, keep a comment, take a table away, and bring an article in."""
    form = {"name": "unknown-person", "password": PASSWORD}
    requests.post(f"{url}/sign-in", data=form, timeout=60)
    reviewer = enter(url, "reviewer-a")
    for claim_id in (2, 999):
        place = f"{url}/drafts/{claim_id}"
        requests.put(place, data=COMMENT.encode(), cookies={COOKIE: reviewer}, timeout=60)
    from_elsewhere = {"Origin": "https://elsewhere.example"}
    requests.put(place, data=COMMENT.encode(), cookies={COOKIE: reviewer}, headers=from_elsewhere, timeout=60)
    requests.get(f"{url}/_stcore/metrics", cookies={COOKIE: reviewer}, timeout=60)
    assert is_kept_out(url, reviewer, origin="https://elsewhere.example")
    with open_tab(url, reviewer) as tab:
        assert tab.open("claim=1&lang=en")
        assert tab.press("to_search", "claim=1&lang=en")
        assert tab.press("search_query", "claim=1&lang=en", query_1=QUERY)
        await_line(log, '"job_ended"', "steps done")
        assert tab.open("version=1&lang=en")
        assert str(tab.download()).startswith("/media/")
    with open_tab(url, enter(url, "author")) as tab:
        assert tab.open("room=author&version=1&lang=en")
        assert tab.press("bring_in", "room=author&version=1&lang=en", upload_text=ARTICLE)


def await_line(log: Path, *parts: str) -> None:
    """Return when one of these stands in the log. That takes a while: a refused source is asked again."""
    until = time.monotonic() + 120
    while not any(part in log.read_text(encoding="utf-8") for part in parts):
        assert time.monotonic() < until, f"no line with {' or '.join(parts)} in two minutes"
        time.sleep(0.1)


def watch(folder: Path, level: str) -> Watched:
    home, log = folder / "home", folder / "serve.log"
    open_short_room(home)
    with (
        EntrezServer(script=[REFUSAL] * 50) as ncbi,
        serve_home(
            home,
            log,
            told=folder / "said.log",
            KONKYO_LOG=level,
            KONKYO_METRICS_TOKEN=TOKEN,
            KONKYO_SECRET=SECRET,
            KONKYO_ENTREZ_URL=ncbi.base_url,
            NCBI_API_KEY=KEY,
            NCBI_EMAIL=EMAIL,
        ) as url,
    ):
        work(url, log)
        collected = requests.get(f"{url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)
        health = requests.get(f"{url}/readyz", timeout=60)
    return Watched(log.read_text(encoding="utf-8"), collected.text, health)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return watch(tmp_path_factory.mktemp("json"), "json,debug")


@pytest.fixture(scope="module")
def watched_as_text(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return watch(tmp_path_factory.mktemp("text"), "debug")


def find_seeded(text: str) -> list[str]:
    return [seeded for seeded in SEEDED if seeded in text]


def test_the_log_as_json_has_what_happened_and_nothing_of_what_was_said(watched: Watched) -> None:
    assert find_seeded(watched.log) == []
    for event in (
        *("sign_in_refused", "ingested", "page_drawn", "job_begun", "job_ended", "source_asked"),
        *("exported", "refused"),
    ):
        assert watched.list_told(event), event


def test_the_log_as_text_has_none_of_it_either(watched_as_text: Watched) -> None:
    assert "sign-in refused: sign_in_wrong" in watched_as_text.log
    assert "esearch: source_" in watched_as_text.log
    assert find_seeded(watched_as_text.log) == []


def test_each_line_of_the_log_is_an_object_with_its_moment_and_its_zone(watched: Watched) -> None:
    assert watched.list_lines()
    for line in watched.list_lines():
        assert {"time", "level", "logger", "event"} <= line.keys()
        assert datetime.fromisoformat(line["time"]).utcoffset() is not None


def test_a_line_tells_the_code_the_job_and_the_request_where_there_is_one(watched: Watched) -> None:
    (refused,) = watched.list_told("sign_in_refused")
    assert refused["code"] == "sign_in_wrong"
    assert re.fullmatch("[0-9a-f]{16}", refused["request"])
    (ended,) = [line for line in watched.list_told("job_ended") if line["job"].startswith("search")]
    assert (ended["job"], ended["state"]) == ("search:claim:1", "done")
    assert {line["code"] for line in watched.list_told("source_asked")} <= {
        "source_key_refused",
        "source_refused_query",
    }


def test_who_was_refused_and_what_was_kept_out_is_logged(watched: Watched) -> None:
    assert {line["code"]: line["person"] > 0 for line in watched.list_told("refused")}["claim_not_found"]
    kept_out = [(line["code"], line["person"] > 0) for line in watched.list_told("kept_out")]
    assert kept_out == [("foreign_origin", False), ("not_theirs", True), ("foreign_origin", False)]


def test_the_metrics_of_the_room_have_its_pages_and_nothing_of_what_was_said(watched: Watched) -> None:
    assert find_seeded(watched.metrics) == []
    for line in (
        'konkyo_page_seconds_count{page="grading"} ',
        'konkyo_page_seconds_count{page="author"} ',
        'konkyo_jobs_ended_total{state="done"} ',
        'konkyo_sign_ins_refused_total{code="sign_in_wrong"} 1.0',
        'konkyo_refusals_total{code="claim_not_found"} 1.0',
        'konkyo_source_requests_total{outcome="source_',
    ):
        assert line in watched.metrics, line


def test_the_served_room_is_ready_and_leaves_no_cookie(watched: Watched) -> None:
    assert (watched.health.status_code, watched.health.json()) == (200, [])
    assert watched.health.headers["cache-control"] == "no-store"
    assert "set-cookie" not in watched.health.headers
    assert re.fullmatch("[0-9a-f]{16}", watched.health.headers["x-request-id"])

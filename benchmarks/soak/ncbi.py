"""NCBI that answers wrongly, late or not at all for minutes, and then as always."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from benchmarks.soak.building import list_articles
from benchmarks.soak.looks import look_stuck
from benchmarks.soak.processes import Run, call
from benchmarks.soak.scene import Scene, require_working
from tests.entrez_server import EntrezServer, Reply, SeenRequest

Seen = Mapping[str, Any]
_PAUSE_SECONDS = 5


def _until() -> Reply:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=_PAUSE_SECONDS), usegmt=True)
    return Reply(
        b"{}",
        429,
        headers=(("Retry-After", moment), ("Date", format_datetime(datetime.now(UTC), usegmt=True))),
    )


KINDS: Mapping[str, Callable[[], Reply]] = {
    "429, Retry-After in seconds": lambda: Reply(b"{}", 429, headers=(("Retry-After", str(_PAUSE_SECONDS)),)),
    "429, Retry-After as a date": _until,
    "429 as JSON, no pause named": lambda: Reply(b'{"error":"API rate limit exceeded","count":"11"}', 429),
    "503, Retry-After in seconds": lambda: Reply(
        b"busy", 503, headers=(("Retry-After", str(_PAUSE_SECONDS)),)
    ),
    "500 with a page": lambda: Reply(b"<html><body>Internal error</body></html>", 500),
    "403, a block page": lambda: Reply(b"<html><body>blocked</body></html>", 403),
    "200 with a page of maintenance": lambda: Reply(b"<html><body>Maintenance</body></html>"),
    "200, its search failed": lambda: Reply(
        b"<eSearchResult><ERROR>Search Backend failed: x</ERROR></eSearchResult>"
    ),
    "200, empty": lambda: Reply(b""),
    "200, half an XML": lambda: Reply(b'<?xml version="1.0" ?><eSearchResult><Count>12</Count><IdLi'),
    "answers cut off": lambda: Reply(b"<eSearchResult>", missing_bytes=4_000),
    "no answer for 40 s": lambda: Reply(b"", 503, delay_seconds=40.0),
}


@dataclass
class Misbehaving(EntrezServer):
    """The stand-in, wrong in one way until ``heals_at`` (monotonic)."""

    wrong: Callable[[], Reply] = lambda: Reply(b"")
    heals_at: float = 0.0

    def answer(self, request: SeenRequest) -> Reply:
        """The wrong reply, or the right one."""
        if time.monotonic() < self.heals_at:
            self.seen.append(request)
            return self.wrong()
        return super().answer(request)


def misbehave(kind: Callable[[], Reply]) -> Callable[[Scene, str], Seen]:
    """The fault of this kind: an article is searched for again and again until the searches succeed."""

    def run(scene: Scene, database: str) -> Seen:
        heals_at = time.monotonic() + scene.seconds
        entrez = Misbehaving(list_articles(), wrong=kind, heals_at=heals_at)
        with scene.lay(database, "article") as ground, entrez:
            key = {"NCBI_EMAIL": "nobody@example.org", "NCBI_API_KEY": "0" * 36}
            ready = ground.set(KONKYO_ENTREZ_URL=entrez.base_url, **key)
            runs: list[Run] = []
            while not runs or (runs[-1].process.returncode and len(runs) < 60):
                runs.append(call(ready, "search", "1", "--source", "pubmed"))
            # What failed while it lasted, though not all did, is due.
            runs.append(call(ready, "search", "1", "--source", "pubmed"))
            wrong = _check(runs)
            return {
                "tries": len(runs),
                "requests": len(entrez.seen),
                "wrong": [*wrong, *look_stuck(ground), *require_working(ground, runs)],
            }

    return run


def _check(runs: list[Run]) -> list[str]:
    wrong: list[str] = []
    if runs[-1].process.returncode:
        wrong.append(f"still fails once NCBI answers: {runs[-1].read()[-300:]}")
    for failed in (run for run in runs if run.process.returncode):
        if failed.process.returncode != 1 or "run `konkyo search` later" not in failed.read():
            wrong.append(f"exit code {failed.process.returncode}: {failed.read()[-300:]}")
    return wrong

"""The share of NCBI's allowed requests that is used, and the requests that an article of 60 claims takes.

    python -m benchmarks.requests_used

Asks a loopback server that answers like NCBI, each answer after 0.4 s, and refuses what comes above 3 or 10
requests in any second. A share is the rate at which requests arrive, from the first to the last, of the rate
allowed. The peer is a plain loop over ``Bio.Entrez``, sent to the same server. Needs no network, a minute
and a half. Exit code 1 when a share is below 0.95, a 429 was caused, or a claim took more than 3 requests.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http.client import HTTPResponse
from importlib import import_module
from itertools import islice
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import HTTPSHandler, OpenerDirector, Request, build_opener, install_opener

from claims.articles.reading import read_article
from claims.extraction.extractor import extract_claims
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import Extraction
from claims.records.review import ArticleVersion, ReviewClaim
from claims.search.ports import RemoteSource
from claims.search.prefetching import work_ahead
from claims.search.rate_limit import count_connections
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application, open_application
from reviewer.settings import Settings
from reviewer.workflow.searching import search_claims
from tests.entrez_server import EntrezServer, sample_article

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = (
    *sorted(ROOT.glob("samples/article_ja.md")),
    *sorted(ROOT.glob("training/articles/*_ja.txt")),
)
ANSWER_SECONDS = 0.4
KEYS = {3: "", 10: "key-of-nobody"}
STREAM_SECONDS = 12
CLAIMS = 60
LEAST_SHARE, MOST_REQUESTS = 0.95, 3.0
RECORDS = [
    sample_article(str(9_000_000_001 + n), f"SAMPLE {n}", "Hair density increased.") for n in range(2000)
]


@dataclass(frozen=True)
class Arrivals:
    """What a server saw: when each request came, how many were fetches, how many it refused."""

    at: tuple[float, ...]
    fetches: int
    refused: int


class SlowServer:
    """A server in a process of its own, which answers as slowly as NCBI and refuses what comes too fast."""

    def __init__(self, per_second: int) -> None:
        self._pipe, theirs = Pipe()
        self._process = Process(target=_serve, args=(per_second, theirs), daemon=True)
        self._process.start()
        self.base_url: str = self._pipe.recv()
        self.number: int = self._process.pid or 0

    def stop(self) -> Arrivals:
        """What it saw, after it has ended."""
        self._pipe.send(None)
        arrivals: Arrivals = self._pipe.recv()
        self._process.join()
        return arrivals


def _serve(per_second: int, pipe: Connection) -> None:
    with EntrezServer(RECORDS, find=find_some, delay_seconds=ANSWER_SECONDS, per_second=per_second) as server:
        pipe.send(server.base_url)
        pipe.recv()
        fetches = sum(request.program == "efetch" for request in server.seen)
        pipe.send(Arrivals(tuple(request.at for request in server.seen), fetches, server.refused))


def find_some(term: str) -> Sequence[str]:
    """No to fifty records, always the same for a term: a third of terms have few, a third have many."""
    chance = random.Random(term)
    first = chance.randrange(len(RECORDS) - 50)
    count = chance.choice((range(5), range(5, 21), range(21, 51)))
    return [str(9_000_000_001 + first + n) for n in range(chance.choice(count))]


def open_application_at(server: SlowServer, per_second: int, folder: str) -> Application:
    """A fresh house whose PubMed is the server."""
    home = Path(folder)
    url = f"sqlite:///{home / 'konkyo.db'}"
    return open_application(Settings(home, url, server.base_url, "sample@example.org", KEYS[per_second]))


def print_row(name: str, per_second: int, arrivals: Arrivals, note: str = "") -> bool:
    """Print one figure; whether it is as good as it must be."""
    rate = (len(arrivals.at) - 1) / (arrivals.at[-1] - arrivals.at[0])
    told = f"{len(arrivals.at):>4} requests  share {rate / per_second:.3f}  refused {arrivals.refused}"
    print(f"{name:<26} {per_second:>2}/s  {told}  {note}", flush=True)
    return rate / per_second >= LEAST_SHARE and arrivals.refused == 0


def ask_many(per_second: int) -> bool:
    """Searches one after the other as the house sends them: threads, and turns from the database."""
    server = SlowServer(per_second)
    with TemporaryDirectory() as folder:
        source = open_application_at(server, per_second, folder).searcher("pubmed").source
        assert isinstance(source, RemoteSource)
        queries = [f"sample {n}" for n in range(per_second * STREAM_SECONDS)]
        for _ in work_ahead(
            (partial(source.search, query, 20) for query in queries), count_connections(source.per_second)
        ):
            pass
    return print_row("konkyo, searches", per_second, server.stop())


def ask_with_biopython(per_second: int) -> None:
    """The same searches in a loop over ``Bio.Entrez``."""
    server = SlowServer(per_second)
    install_opener(_send_to(server))
    entrez: Any = import_module("Bio.Entrez")
    entrez.tool, entrez.email, entrez.api_key = "konkyo", "sample@example.org", KEYS[per_second] or None
    for n in range(25):
        with entrez.esearch(db="pubmed", term=f"sample {n}", retmax=20) as answer:
            entrez.read(answer)
    print_row("Bio.Entrez loop, searches", per_second, server.stop())


def search_article(per_second: int) -> bool:
    """An article of 60 claims from searches to stored findings."""
    server = SlowServer(per_second)
    stored_after: list[float] = []
    with TemporaryDirectory() as folder:
        application = open_application_at(server, per_second, folder)
        version, claims = _store_claims(application)
        started = time.monotonic()
        for _ in search_claims(application.work, version, claims, application.searcher("pubmed"), OPERATOR):
            stored_after.append(time.monotonic() - started)
    arrivals = server.stop()
    each = len(arrivals.at) / len(claims)
    print_row(
        f"konkyo, {len(claims)} claims",
        per_second,
        arrivals,
        f"{each:.2f} a claim, {arrivals.fetches} to fetch; "
        f"first claim after {stored_after[0]:.1f} s, all after {stored_after[-1]:.1f} s",
    )
    return each <= MOST_REQUESTS and arrivals.refused == 0


def _store_claims(application: Application) -> tuple[ArticleVersion, tuple[ReviewClaim, ...]]:
    articles = [read_article(path) for path in ARTICLES]
    claims = (claim for article in articles for claim in extract_claims(article).claims)
    with application.work() as work:
        version = work.articles.add_version(articles[0], application.now())
        stored = work.claims.add_extraction(version.id, Extraction(tuple(islice(claims, CLAIMS)), ()))
        work.commit(
            AuditEntry(application.now(), "benchmark", AuditAction.VERSION_INGESTED, f"version:{version.id}")
        )
    return version, stored


def _send_to(server: SlowServer) -> OpenerDirector:
    class Loopback(HTTPSHandler):
        def https_open(self, req: Request) -> HTTPResponse:
            program = req.full_url.rpartition("/")[2]
            answer: HTTPResponse = build_opener().open(Request(server.base_url + program, req.data))
            return answer

    return build_opener(Loopback())


def main() -> int:
    """1 when a figure falls short, else 0."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    reached = [ask_many(per_second) for per_second in KEYS]
    for per_second in KEYS:
        ask_with_biopython(per_second)
    reached.append(search_article(10))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())

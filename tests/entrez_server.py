"""A loopback server that answers like NCBI's E-utilities: from given records, or as a script says."""

from __future__ import annotations

import json
import re
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

_SEARCH_DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n'
    '<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
    '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
)
_WEB_ENV = "MCID_sample"
_LAST_START = 9_998
_TOO_FAR = (
    "'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records "
    "matching the query."
)
_DOCTYPE = (
    '<?xml version="1.0" ?>\n'
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)


class _Server(ThreadingHTTPServer):
    """Says nothing of a client that is gone: whoever killed it knows; any other error is printed."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Reply:
    """One scripted answer. ``missing_bytes`` promises that many more than it sends."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay_seconds: float = 0.0
    missing_bytes: int = 0

    @property
    def content_type(self) -> str:
        """What NCBI calls such a body."""
        start = self.body.lstrip()[:5].lower()
        if start.startswith(b"{"):
            return "application/json; charset=UTF-8"
        return "text/html; charset=UTF-8" if start in (b"<html", b"<!doc") else "text/xml; charset=UTF-8"


@dataclass(frozen=True)
class SeenRequest:
    """A request as it came in: ``program`` is ``esearch`` or ``efetch``."""

    method: str
    path: str
    program: str
    form: dict[str, str]
    at: float


@dataclass
class EntrezServer:
    """Serves ``articles`` (``sample_article``s, or any PubmedArticle XML) until the ``with`` block ends.

    Replies of ``script`` come first, one a request; after them the records answer. ``find`` decides which
    PMIDs a term brings; without it, those whose XML has one of the term's words of four letters or more.
    ``created`` tells on which day a record came, for searches of what came since one.
    A PMID without a record was deleted; of one in ``became`` the record comes under its new number. Above
    ``per_second`` requests in any second the answer is NCBI's 429. With a ``certificate`` (a PEM file with
    its key) it speaks https.
    """

    articles: Iterable[str] = ()
    script: list[Reply] = field(default_factory=list)
    find: Callable[[str], Sequence[str]] | None = None
    became: Mapping[str, str] = field(default_factory=dict)
    created: Mapping[str, date] = field(default_factory=dict)
    delay_seconds: float = 0.0
    per_second: int | None = None
    certificate: Path | None = None
    seen: list[SeenRequest] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        self._by_pmid = {_read_pmid(article): article for article in self.articles}
        self._lock = threading.Lock()
        self._history: list[Sequence[str]] = []

    @property
    def base_url(self) -> str:
        """The address to give as ``KONKYO_ENTREZ_URL``."""
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}/entrez/eutils/"

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _handler_for(self))
        if self.certificate:
            secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            secure.load_cert_chain(self.certificate)
            self._server.socket = secure.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: SeenRequest) -> Reply:
        """The reply to one request, which is noted in ``seen``."""
        with self._lock:
            self.seen.append(request)
            if self.per_second is not None and self._arrived_within_a_second(request) > self.per_second:
                self.refused += 1
                return _refuse(request, self.per_second)
            if self.script:
                return self.script.pop(0)
        if request.program == "esearch":
            return Reply(self._search(request.form), delay_seconds=self.delay_seconds)
        if request.program == "efetch":
            return Reply(self._fetch(request.form), delay_seconds=self.delay_seconds)
        return Reply(b"<html><body>Not found</body></html>", 404)

    def _arrived_within_a_second(self, request: SeenRequest) -> int:
        return sum(1 for earlier in self.seen if request.at - earlier.at < 1.0)

    def _search(self, form: dict[str, str]) -> bytes:
        term, start = form.get("term", ""), int(form.get("retstart", "0"))
        if start > _LAST_START:
            return _report("eSearchResult", "Search Backend failed: Exception:\n" + _TOO_FAR)
        found = list(self.find(term)) if self.find else self._find_by_words(term)
        pmids = [pmid for pmid in found if self._came_within(pmid, form)]
        shown = pmids[start : start + int(form.get("retmax", "20"))]
        ids = "".join(f"<Id>{pmid}</Id>" for pmid in shown)
        none = "" if pmids else "<WarningList><OutputMessage>No items found.</OutputMessage></WarningList>"
        return (
            f"{_SEARCH_DOCTYPE}<eSearchResult><Count>{len(pmids)}</Count><RetMax>{len(shown)}</RetMax>"
            f"<RetStart>{start}</RetStart>{self._keep(pmids) if form.get('usehistory') == 'y' else ''}"
            f"<IdList>{ids}</IdList><TranslationSet/><QueryTranslation>{escape(term)}</QueryTranslation>{none}"
            "</eSearchResult>"
        ).encode()

    def _came_within(self, pmid: str, form: dict[str, str]) -> bool:
        """Whether the record was made in the range that is asked for; one without a day was, long ago."""
        if "datetype" not in form:
            return True
        assert form["datetype"] == "crdt"
        assert "maxdate" in form, "ESearch wants both ends of a range"
        since = date(*map(int, form["mindate"].split("/")))
        return self.created.get(pmid, date(1990, 1, 1)) >= since

    def _keep(self, pmids: Sequence[str]) -> str:
        """The place of an answer on the History server."""
        with self._lock:
            self._history.append(pmids)
            return f"<QueryKey>{len(self._history)}</QueryKey><WebEnv>{_WEB_ENV}</WebEnv>"

    def _find_by_words(self, term: str) -> list[str]:
        words = re.findall(r"\w{4,}", re.sub(r"\[[^\]]*\]", " ", term).lower())
        return [pmid for pmid, xml in self._by_pmid.items() if any(word in xml.lower() for word in words)]

    def _fetch(self, form: dict[str, str]) -> bytes:
        asked: Sequence[str] = form.get("id", "").split(",")
        if "WebEnv" in form:
            key = int(form.get("query_key", "0"))
            if form["WebEnv"] != _WEB_ENV or not 0 < key <= len(self._history):
                return _report("eFetchResult", f"Unable to obtain query #{key}")
            asked = self._history[key - 1]
        numbers = [self.became.get(pmid, pmid) for pmid in asked]
        found = "\n".join(self._by_pmid[pmid] for pmid in numbers if pmid in self._by_pmid)
        return f"{_DOCTYPE}<PubmedArticleSet>{found}</PubmedArticleSet>".encode()


def _refuse(request: SeenRequest, per_second: int) -> Reply:
    """NCBI's 429, which repeats the caller's key or address."""
    told = {"error": "API rate limit exceeded", "api-key": request.form.get("api_key", "192.0.2.1")}
    return Reply(json.dumps(told | {"count": str(per_second + 1), "limit": str(per_second)}).encode(), 429)


def _report(root: str, message: str) -> bytes:
    """A failure as NCBI reports it, under HTTP 200."""
    return f'<?xml version="1.0" ?>\n<{root}><ERROR>{escape(message)}</ERROR></{root}>'.encode()


def sample_article(pmid: str, title: str, abstract: str = "", inside: str = "", body: str = "") -> str:
    """A PubmedArticle with this PMID, title and abstract (plain texts).

    ``body`` is further XML of its ``Article``, ``inside`` of its ``MedlineCitation``.
    """
    text = f"<Abstract><AbstractText>{escape(abstract)}</AbstractText></Abstract>" if abstract else ""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year>'
        "</PubDate></JournalIssue><Title>SAMPLE journal</Title></Journal>"
        f"<ArticleTitle>{escape(title)}</ArticleTitle>{text}<Language>eng</Language>"
        '<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>'
        f"</PublicationTypeList>{body}</Article>{inside}</MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
    )


def _read_pmid(article: str) -> str:
    found = re.search(r"<PMID[^>]*>\s*([0-9]+)\s*</PMID>", article)
    if found is None:
        raise ValueError("the article has no PMID")
    return found.group(1)


def _handler_for(server: EntrezServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body leave together, or the second waits 40 ms for an acknowledgement

        def do_GET(self) -> None:
            self._reply(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())

        def _reply(self, form: str) -> None:
            path = urlsplit(self.path).path
            program = path.rpartition("/")[2].removesuffix(".fcgi")
            fields = dict(parse_qsl(form, keep_blank_values=True))
            reply = server.answer(SeenRequest(self.command, self.path, program, fields, time.monotonic()))
            time.sleep(reply.delay_seconds)
            try:
                self._send(reply)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) + reply.missing_bytes))
            self.end_headers()
            self.wfile.write(reply.body)
            if reply.missing_bytes:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the test's output to itself."""

    return Handler

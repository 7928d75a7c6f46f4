"""What machines ask of the server: whether it lives, is ready, and what it counted; and nothing beside."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from claims.errors import StoreError
from claims.records.job import JobKind, JobOrder
from claims.records.people import Role
from db.migrations import find_head
from reviewer.accounts.house_secret import adopt_secret
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.signing_in import find_signed_in, open_sign_in
from reviewer.api.forms import OpenApplication
from reviewer.api.gate import SignInGate
from reviewer.api.health import list_health_routes
from reviewer.api.routes import list_routes
from reviewer.bootstrap import Application, open_application
from reviewer.monitoring.metrics import Metrics
from reviewer.monitoring.prometheus import PrometheusMetrics
from reviewer.settings import Settings
from reviewer.workflow.jobs import JobDesk
from tests.api.test_sign_in import PASSWORD, enter, serve
from tests.databases import make_database

TOKEN = "a token that whoever collects has to send"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
# Nothing of these may stand in an answer.
_SECRETS = re.compile(r"/|sqlite|postgresql|127\.0\.0\.1|session_secret")


@pytest.fixture
def metrics() -> PrometheusMetrics:
    return PrometheusMetrics()


@pytest.fixture
def application(tmp_path: Path, metrics: PrometheusMetrics) -> Application:
    return open_application(Settings(tmp_path, make_database(tmp_path / "konkyo.db")), metrics)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def open_site(
    stack: ExitStack,
    application: OpenApplication,
    metrics: Metrics | None = None,
    token: str = "",
    ready_seconds: float = 2.0,
) -> str:
    """The address of a site with the gate before it, and a page that answers whatever is let in."""

    async def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse("behind the gate")

    app = Starlette(
        routes=[
            *list_health_routes(application, metrics or Metrics(), token, ready_seconds),
            *list_routes(application),
            Route("/{place:path}", page),
        ],
        middleware=[Middleware(SignInGate, open_application=application)],
    )
    return stack.enter_context(serve(app))


def ask(site: str, place: str, **headers: str) -> requests.Response:
    return requests.get(f"{site}{place}", headers=headers, timeout=10, allow_redirects=False)


def test_a_server_that_is_ready_says_so_and_sets_no_cookie(
    stack: ExitStack, application: Application
) -> None:
    site = open_site(stack, lambda: application)
    alive, ready = ask(site, "/healthz"), ask(site, "/readyz")
    assert (alive.status_code, alive.text) == (200, "ok")
    assert (ready.status_code, ready.json()) == (200, [])
    for answer in (alive, ready):
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers


def test_a_house_that_cannot_be_opened_is_alive_and_not_ready(stack: ExitStack) -> None:
    def refuse() -> Application:
        raise StoreError("database_unusable", reason="no route to 10.0.0.7 for konkyo:secret")

    site = open_site(stack, refuse)
    assert ask(site, "/healthz").status_code == 200
    not_ready = ask(site, "/readyz")
    assert (not_ready.status_code, not_ready.json()) == (503, ["database_unusable"])
    assert not_ready.headers["cache-control"] == "no-store"


def test_a_database_that_another_version_migrated_is_not_ready(
    stack: ExitStack, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site(stack, lambda: application)
    monkeypatch.setattr("db.checking.find_head", lambda: f"{int(find_head()) + 1:04}")
    assert ask(site, "/readyz").json() == ["schema_other"]


@pytest.mark.parametrize(
    ("stored", "code"), [("another secret", "secret_changed"), (None, "secret_unusable")]
)
def test_a_secret_that_is_gone_or_another_is_not_ready_and_none_is_made(
    stack: ExitStack, application: Application, stored: str | None, code: str
) -> None:
    site, path = open_site(stack, lambda: application), application.settings.home / "session_secret"
    path.unlink()
    if stored is not None:
        path.write_text(stored, encoding="ascii")
    answer = ask(site, "/readyz")
    assert (answer.status_code, answer.json()) == (503, [code])
    assert not _SECRETS.search(answer.text)
    assert path.exists() is (stored is not None)


def test_a_house_that_took_another_secret_is_not_ready_here_and_everybody_is_signed_out(
    stack: ExitStack, application: Application
) -> None:
    """Whoever replaces a secret that leaked does it for servers that run, too."""
    site, now = open_site(stack, lambda: application), application.now()
    with application.work() as work:
        user = add_user(work, OPERATOR, "kato", PASSWORD, (Role.ADMIN,), now, keeps_password=True)
    with application.work() as work:
        token = open_sign_in(work, user, application.secret, now)
        assert find_signed_in(work, token, application.secret, now)
    with application.work() as work:
        assert adopt_secret(work, "of another secret", OPERATOR, now)
    with application.work() as work:
        assert find_signed_in(work, token, application.secret, now) is None
    assert ask(site, "/readyz").json() == ["secret_differs"]


def test_a_database_that_hangs_is_told_in_time_and_asked_once(stack: ExitStack) -> None:
    over, asked = threading.Event(), []

    def hang() -> Application:
        asked.append(threading.current_thread())
        over.wait(30)
        raise StoreError("database_busy")

    site = open_site(stack, hang, ready_seconds=0.2)
    answers = [ask(site, "/readyz") for _ in range(3)]
    assert [answer.json() for answer in answers] == [["database_slow"]] * 3
    assert max(answer.elapsed.total_seconds() for answer in answers) < 2
    assert len(asked) == 1
    assert asked[0].daemon, "a server that goes down does not wait for it"
    over.set()


def test_metrics_are_not_there_unless_a_token_is_set(stack: ExitStack, application: Application) -> None:
    site = open_site(stack, lambda: application)
    for headers in ({}, BEARER, {"Authorization": "Bearer "}):
        assert ask(site, "/metrics", **headers).status_code == 404


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"]
)
def test_metrics_are_for_who_sends_the_token(
    stack: ExitStack, application: Application, metrics: PrometheusMetrics, sent: str
) -> None:
    site = open_site(stack, lambda: application, metrics, TOKEN)
    refused = requests.get(f"{site}/metrics", headers={"Authorization": sent.encode("latin-1")}, timeout=10)
    assert refused.status_code == 401
    assert "konkyo_" not in refused.text
    collected = ask(site, "/metrics", **BEARER)
    assert collected.status_code == 200
    assert collected.headers["cache-control"] == "no-store"
    assert collected.headers["content-type"].startswith("text/plain; version=")


def test_what_happened_is_counted_by_bounded_labels(
    stack: ExitStack, application: Application, metrics: PrometheusMetrics
) -> None:
    with application.work() as work:
        add_user(work, OPERATOR, "sato", PASSWORD, (Role.REVIEWER,), application.now(), keeps_password=True)
    site = open_site(stack, lambda: application, metrics, TOKEN)
    enter(requests.Session(), site, "wrong")
    metrics.time_page("grading", 0.15)
    metrics.count_request("esearch", "answered")
    metrics.count_request("esearch", "source_timeout")
    metrics.count_request("esearch?term=claim", "what NCBI said")
    metrics.count_refusal("claim_changed")
    metrics.count_refusal("毛が増える")
    metrics.begin_job()
    metrics.count_job("failed")
    told = ask(site, "/metrics", **BEARER).text
    for line in (
        'konkyo_sign_ins_refused_total{code="sign_in_wrong"} 1.0',
        'konkyo_page_seconds_bucket{le="0.2",page="grading"} 1.0',
        'konkyo_source_requests_total{outcome="answered",program="esearch"} 1.0',
        'konkyo_source_requests_total{outcome="source_timeout",program="esearch"} 1.0',
        'konkyo_source_requests_total{outcome="other",program="other"} 1.0',
        'konkyo_refusals_total{code="claim_changed"} 1.0',
        'konkyo_refusals_total{code="other"} 1.0',
        "konkyo_jobs_running 1.0",
        'konkyo_jobs_ended_total{state="failed"} 1.0',
    ):
        assert line in told.splitlines()
    statements = re.search(r"^konkyo_database_statement_seconds_count (\d+)", told, re.MULTILINE)
    assert statements is not None
    assert int(statements[1]) > 3
    assert "sato" not in told


def test_the_jobs_of_the_house_are_told_whoever_does_them(
    stack: ExitStack, application: Application, metrics: PrometheusMetrics
) -> None:
    site = open_site(stack, lambda: application, metrics, TOKEN)
    JobDesk(application.work).start(JobOrder("search:version:1", JobKind.SEARCH_DUE, 1, 3, "sato", ()))
    told = ask(site, "/metrics", **BEARER).text.splitlines()
    assert 'konkyo_house_jobs{state="waiting"} 1.0' in told
    assert 'konkyo_house_jobs{state="running"} 0.0' in told


def test_jobs_that_cannot_be_counted_are_not_told_as_none(
    stack: ExitStack, metrics: PrometheusMetrics
) -> None:
    def fail() -> Application:
        raise StoreError("database_unreachable")

    told = ask(open_site(stack, fail, metrics, TOKEN), "/metrics", **BEARER).text.splitlines()
    assert 'konkyo_house_jobs{state="waiting"} NaN' in told


@pytest.mark.parametrize(
    "place",
    [
        *("/healthz/", "/healthz/x", "/HEALTHZ", "/healthz%2f..%2fmedia", "/healthz;x", "/x/healthz"),
        *("/readyz/", "/metrics/", "/metrics/x", "/_stcore/metrics", "/media/report.csv", "/signed-in"),
        *("/drafts/1", "/_stcore/stream", "/anything"),
    ],
)
def test_nothing_beside_them_is_open(stack: ExitStack, application: Application, place: str) -> None:
    site = open_site(stack, lambda: application, token=TOKEN)
    answer = ask(site, place, **BEARER)
    assert answer.status_code == 403
    assert "behind" not in answer.text

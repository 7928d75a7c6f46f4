"""The metrics as Prometheus collects them."""

from __future__ import annotations

from math import nan

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from claims.records.job import JobCounts
from reviewer.error_messages import MESSAGES
from reviewer.monitoring.metrics import ANSWERED, Metrics

# When each was counted first says nothing, and would be half of what is sent.
disable_created_metrics()  # type: ignore[no-untyped-call]
OTHER = "other"
_PROGRAMS = frozenset({"esearch", "efetch"})
_PAGE_BUCKETS = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 12.0, 30.0)
_STATEMENT_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0)


class PrometheusMetrics(Metrics):
    """Counts in a registry of its own, with nothing of Python's or the machine's in it."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._pages = Histogram(
            "konkyo_page_seconds",
            "Time that the server took to draw a page for a person",
            ["page"],
            registry=registry,
            buckets=_PAGE_BUCKETS,
        )
        self._statements = Histogram(
            "konkyo_database_statement_seconds",
            "Time that a statement took, waiting for others' locks included",
            registry=registry,
            buckets=_STATEMENT_BUCKETS,
        )
        self._requests = Counter(
            "konkyo_source_requests", "Requests to NCBI", ["program", "outcome"], registry=registry
        )
        self._running = Gauge("konkyo_jobs_running", "Jobs at work in this process", registry=registry)
        self._house_jobs = Gauge(
            "konkyo_house_jobs", "Jobs of the house, whoever does them", ["state"], registry=registry
        )
        self._oldest = Gauge(
            "konkyo_house_job_oldest_seconds", "How long the oldest job waits", registry=registry
        )
        self._jobs = Counter("konkyo_jobs_ended", "Jobs that are over", ["state"], registry=registry)
        self._refusals = Counter(
            "konkyo_refusals", "Steps that were refused or failed", ["code"], registry=registry
        )
        self._sign_ins = Counter(
            "konkyo_sign_ins_refused", "Sign-ins that were refused", ["code"], registry=registry
        )

    def time_page(self, page: str, seconds: float) -> None:
        """A person waited so long for the server to draw this page."""
        self._pages.labels(page).observe(seconds)

    def time_statement(self, seconds: float) -> None:
        """So long somebody waited for the database to run a statement, or to refuse it."""
        self._statements.observe(seconds)

    def count_request(self, program: str, outcome: str) -> None:
        """A source was asked by one of its programs: ``ANSWERED``, or the code of why there was no answer."""
        known = program if program in _PROGRAMS else OTHER
        self._requests.labels(known, outcome if outcome == ANSWERED else _bound(outcome)).inc()

    def begin_job(self) -> None:
        """A job of this process has begun."""
        self._running.inc()

    def leave_job(self) -> None:
        """A job that had begun works no more."""
        self._running.dec()

    def count_job(self, state: str) -> None:
        """A job is over, in this state, whether it had begun or not."""
        self._jobs.labels(state).inc()

    def tell_jobs(self, counts: JobCounts | None) -> None:
        """So many jobs of the house wait and run, whoever does them; ``None``: that is not known now."""
        waiting, running, oldest = (
            (counts.waiting, counts.running, counts.oldest_seconds) if counts else (nan, nan, nan)
        )
        self._house_jobs.labels("waiting").set(waiting)
        self._house_jobs.labels("running").set(running)
        self._oldest.set(oldest)

    def count_refusal(self, code: str) -> None:
        """Somebody was told that a step is refused or failed."""
        self._refusals.labels(_bound(code)).inc()

    def count_refused_sign_in(self, code: str) -> None:
        """Somebody was not let in."""
        self._sign_ins.labels(_bound(code)).inc()

    def write(self) -> tuple[bytes, str]:
        """All that was counted as Prometheus reads it, and the media type of that."""
        return generate_latest(self._registry), CONTENT_TYPE_PLAIN_0_0_4


def _bound(code: str) -> str:
    """The code where it is one of the house's, so that nothing else becomes a label."""
    return code if code in MESSAGES else OTHER

"""What is counted while the server runs. Labels come from bounded sets: codes, states, names of pages."""

from __future__ import annotations

import logging

from claims.records.job import JobCounts

ANSWERED = "answered"

_log = logging.getLogger("konkyo.requests")


class Metrics:
    """Counts nothing: what stands where nobody asked for metrics. Every thread may call it."""

    def time_page(self, page: str, seconds: float) -> None:
        """A person waited so long for the server to draw this page."""

    def time_statement(self, seconds: float) -> None:
        """So long somebody waited for the database to run a statement, or to refuse it."""

    def count_request(self, program: str, outcome: str) -> None:
        """A source was asked by one of its programs: ``ANSWERED``, or the code of why there was no answer."""

    def begin_job(self) -> None:
        """A job of this process has begun."""

    def leave_job(self) -> None:
        """A job that had begun works no more."""

    def count_job(self, state: str) -> None:
        """A job is over, in this state, whether it had begun or not."""

    def tell_jobs(self, counts: JobCounts | None) -> None:
        """So many jobs of the house wait and run, whoever does them; ``None``: that is not known now."""

    def count_refusal(self, code: str) -> None:
        """Somebody was told that a step is refused or failed."""

    def count_refused_sign_in(self, code: str) -> None:
        """Somebody was not let in."""

    def write(self) -> tuple[bytes, str]:
        """All that was counted as Prometheus reads it, and the media type of that."""
        return b"", "text/plain"


class RequestLog:
    """The ``RequestWatch`` of this house: each request is counted, and stands in the log."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def hear(self, program: str, outcome: str) -> None:
        """Take down how one request ended."""
        self._metrics.count_request(program, outcome)
        level = logging.DEBUG if outcome == ANSWERED else logging.INFO
        told = {"event": "source_asked", "program": program, "code": outcome}
        _log.log(level, "%s: %s", program, outcome, extra=told)

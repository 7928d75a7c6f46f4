"""A house on PostgreSQL with an article to search for, and workers of its own beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from claims.records.article import Language
from claims.records.claim import Extraction
from claims.records.people import Role, User
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.bootstrap import Application, open_application
from reviewer.settings import WORKERS, Settings
from tests.factories import make_article, make_audit_entry, make_claim, make_moment

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret of these tests, long enough"
TEXT = "Minoxidil promotes hair growth number {}."


@dataclass(frozen=True)
class WorkerHouse:
    """The house of one home; others share its database and secret."""

    application: Application

    @property
    def environment(self) -> dict[str, str]:
        """By which a process of this house is started."""
        settings = self.application.settings
        return {
            **os.environ,
            "KONKYO_HOME": str(settings.home),
            "KONKYO_DATABASE_URL": settings.database_url,
            "KONKYO_ENTREZ_URL": settings.entrez_url,
            "KONKYO_SECRET": settings.secret,
            "KONKYO_QUEUE": settings.queue,
            "KONKYO_LOG": "info",
            "NCBI_EMAIL": settings.ncbi_email,
            "PYTHONPATH": str(ROOT),
        }

    def start_worker(self, log: Path, concurrency: int = 1) -> subprocess.Popen[bytes]:
        """A worker, which is at work soon; what it says goes to ``log``."""
        command = [
            sys.executable,
            "-m",
            "tests.jobs.run_command",
            "worker",
            "--concurrency",
            str(concurrency),
        ]
        with log.open("ab") as told:
            return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=told, stderr=told)

    def add_article(self, claims: int) -> tuple[ArticleVersion, tuple[ReviewClaim, ...]]:
        """An article of so many claims, none of them searched."""
        texts = [TEXT.format(number) for number in range(claims)]
        with self.application.work() as work:
            article = make_article(" ".join(texts), title=f"SAMPLE of {claims} claims", language=Language.EN)
            version = work.articles.add_version(article, make_moment())
            found = (
                replace(make_claim(text, start=(len(text) + 1) * n), theme="", heading="")
                for n, text in enumerate(texts)
            )
            stored = work.claims.add_extraction(version.id, Extraction(tuple(found), ()))
            work.commit(make_audit_entry())
        return version, stored

    def add_user(self, name: str, *roles: Role) -> User:
        """An account."""
        with self.application.work() as work:
            user = work.people.add_user(name, name.title(), roles, "")
            work.commit(make_audit_entry())
        return user


def open_worker_house(home: Path, database_url: str, entrez_url: str) -> WorkerHouse:
    """The house, its schema laid."""
    settings = Settings(
        home, database_url, entrez_url, "sample@example.org", secret=SECRET, queue=WORKERS, log_level="info"
    )
    return WorkerHouse(open_application(settings))


def end(process: subprocess.Popen[bytes], seconds: float = 15.0) -> int:
    """The exit code of a process that was told to end as systemd tells it."""
    process.send_signal(signal.SIGTERM)
    return process.wait(seconds)

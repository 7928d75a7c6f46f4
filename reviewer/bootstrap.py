"""The one place that builds concrete things: database, sources, clock, secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, partial

from claims.errors import SettingsError
from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.lexicon.overlay import lay_over
from claims.library import Library
from claims.pubmed.source import PubMed
from claims.records.people import User
from claims.search.caching import RECORDS_KEPT_DAYS
from claims.search.ports import AnswerCache, EvidenceSource, RequestBudget
from db.answer_cache import StoredAnswers
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.request_budget import open_budget
from db.unit_of_work import UnitOfWork
from reviewer.accounts.own_keys import OwnKey, find_own_key
from reviewer.home import load_secret, prepare_home
from reviewer.jobs import ArticleReader, JobRunner
from reviewer.settings import Settings, load_settings, require_email
from reviewer.workflow.effort import record_effort
from reviewer.workflow.searching import Searcher

TOOL = "konkyo"


@dataclass(frozen=True)
class Application:
    """The things that work is done with, built from the settings."""

    settings: Settings
    work: Callable[[], UnitOfWork]
    reading: Callable[[], UnitOfWork]
    exporting: Callable[[], UnitOfWork]
    open_budget: Callable[[str], RequestBudget]
    open_cache: Callable[[str], AnswerCache]
    secret: str = field(repr=False)

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC)

    @cached_property
    def library(self) -> Library:
        """The local library, whether or not anything has been imported."""
        return Library(self.settings.library_folder)

    @property
    def default_source(self) -> str:
        """``library`` once one has been imported, else ``pubmed``."""
        return "library" if self.library.exists else "pubmed"

    def lexicon(self) -> Lexicon:
        """The shipped lexicon under what reviewers added, as it stands now."""
        with self.work() as work:
            return lay_over(load_lexicon(), work.lexicon)

    def searcher(self, source: str, user: User | None = None) -> Searcher:
        """What searches ``library`` or ``pubmed``. Raises ``SettingsError`` for what is missing.

        Who has an own key for NCBI asks with it and within its budget; everybody else with the
        installation's, where it has one.
        """
        if source == "pubmed":
            pubmed = self._open_pubmed(self._find_key(user))
            cache = self.open_cache(source)
            cache.forget(self.now() - timedelta(days=RECORDS_KEPT_DAYS))
            return Searcher(pubmed, self.lexicon(), self.now, cache)
        if not self.library.exists:
            raise SettingsError("library_missing")
        return Searcher(self.library, self.lexicon(), self.now)

    def note_effort(self, claim_id: int, seconds: float, actions: int, actor: User) -> None:
        """Record a visit to a claim that ended now, unless the settings say not to measure."""
        if self.settings.measure_effort:
            with self.work() as work:
                record_effort(work, claim_id, seconds, actions, actor, self.now())

    def _find_key(self, user: User | None) -> OwnKey:
        """The key to ask NCBI with: the person's own, else the installation's."""
        own = None
        if user is not None:
            with self.work() as work:
                own = find_own_key(work, user, self.secret)
        return own or OwnKey(self.settings.ncbi_api_key)

    def _open_pubmed(self, key: OwnKey) -> EvidenceSource:
        return PubMed(
            self.settings.entrez_url,
            tool=TOOL,
            email=key.email or require_email(self.settings),
            api_key=key.api_key,
            budget=self.open_budget(key.api_key),
        )


def open_application(settings: Settings) -> Application:
    """The house of these settings: its folder, session secret and schema exist when it returns."""
    prepare_home(settings)
    secret = load_secret(settings)
    engine = open_engine(settings.database_url)
    upgrade_schema(engine)
    return Application(
        settings,
        partial(UnitOfWork, engine),
        partial(UnitOfWork, engine, for_reading=True),
        partial(UnitOfWork, engine, of_one_moment=True),
        partial(open_budget, engine),
        partial(StoredAnswers, engine),
        secret,
    )


@cache
def open_shared_application() -> Application:
    """The one house of this server process, from the settings it was started with."""
    return open_application(load_settings())


@cache
def open_shared_runner() -> JobRunner:
    """What runs the long work of this server process; the server closes it when it goes down."""
    return JobRunner()


@cache
def open_shared_reader() -> ArticleReader:
    """What reads the articles of this server process; the server closes it when it goes down."""
    return ArticleReader()

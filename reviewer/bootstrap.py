"""The one place that builds concrete things: database, sources, clock, secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import TYPE_CHECKING, Any

from claims.errors import SettingsError
from claims.extraction.house_rules import NO_HOUSE_RULES, HouseRules
from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.lexicon.overlay import lay_over
from claims.library.library import LIBRARY, Library
from claims.pubmed.source import PUBMED, PubMed, rate_of
from claims.records.job import Job, JobKind, JobOrder
from claims.records.people import User
from claims.search.caching import RECORDS_KEPT_DAYS
from claims.search.ports import AnswerCache, EvidenceSource, RemoteSource, RequestBudget
from db.answer_cache import StoredAnswers
from db.audit_chain import ChainKey
from db.audit_heads import has_chain
from db.backup import open_store
from db.checking import DatabaseChecks
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.queue_schema import lay_queue_schema, tell_queue_address
from db.request_budget import open_budget
from db.unit_of_work import UnitOfWork
from db.watching import watch_statements
from reviewer.accounts.house_secret import require_house_secret
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.own_keys import OwnKey, find_own_key
from reviewer.accounts.sealing import derive_audit_key
from reviewer.backup.house import House
from reviewer.home import fingerprint_secret, load_secret, prepare_home
from reviewer.jobs import ArticleReader, JobQueue, ProcessQueue
from reviewer.monitoring.metrics import Metrics, RequestLog
from reviewer.notices.delivering import EVERY_SECONDS, ORDER, Postman
from reviewer.review_rules import load_review_rules
from reviewer.rules.review_days import NO_REVIEW_RULES, ReviewRules
from reviewer.settings import WORKERS, Settings, load_settings, require_email, require_postgresql
from reviewer.trail_head import KeptHead, begin_trail, open_kept_head
from reviewer.wording_rules import load_wording_rules
from reviewer.workflow.effort import record_effort
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.living_runs import find_living, run_living
from reviewer.workflow.recheck_runs import find_due, run_recheck
from reviewer.workflow.search_jobs import run_search_job
from reviewer.workflow.searching import Searcher

if TYPE_CHECKING:
    from reviewer.jobs.procrastinating import Worker

TOOL = "konkyo"
# What is done again and again, and after how many seconds.
REGULAR = ((ORDER, EVERY_SECONDS),)


@dataclass(frozen=True)
class Application:
    """The things that work is done with, built from the settings."""

    settings: Settings
    work: Callable[[], UnitOfWork]
    reading: Callable[[], UnitOfWork]
    exporting: Callable[[], UnitOfWork]
    open_budget: Callable[[str, int], RequestBudget]
    open_cache: Callable[[str], AnswerCache]
    lay_queue_schema: Callable[[str], None]
    secret: str = field(repr=False)
    heads: KeptHead = field(repr=False)
    checks: DatabaseChecks = field(repr=False)
    metrics: Metrics = field(repr=False)
    file_rules: HouseRules = NO_HOUSE_RULES
    file_review_rules: ReviewRules = NO_REVIEW_RULES

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC)

    @cached_property
    def audit_key(self) -> ChainKey:
        """What signs the audit trail."""
        return derive_audit_key(self.secret)

    @cached_property
    def library(self) -> Library:
        """The local library, whether or not anything has been imported."""
        return Library(self.settings.library_folder)

    @property
    def default_source(self) -> str:
        """``library`` once one has been imported, else ``pubmed``."""
        return (LIBRARY if self.library.exists else PUBMED).name

    @property
    def whole_source(self) -> str:
        """``pubmed`` where it can be asked, else the default: PubMed alone knows of every paper whether it is
        and how it stands."""
        return PUBMED.name if self.settings.ncbi_email else self.default_source

    def lexicon(self) -> Lexicon:
        """The shipped lexicon under what reviewers added, as it stands now."""
        with self.work() as work:
            return lay_over(load_lexicon(), work.lexicon)

    def house_rules(self) -> HouseRules:
        """The clinic's own rules on wording as they stand now."""
        with self.reading() as work:
            return work.house_rules

    @property
    def review_rules(self) -> ReviewRules:
        """The rules on when published evidence is looked at again as they stand now."""
        with self.reading() as work:
            kept = work.review_rules.find_latest()
        return self.file_review_rules.with_kept(kept.rules if kept else ())

    def searcher(self, source: str, user: User | None = None) -> Searcher:
        """What searches one of ``SOURCES`` for the person. Raises ``SettingsError`` for what is missing."""
        opened = _OPENERS[source](self, user)
        return Searcher(opened, self.lexicon(), self.now, self._open_cache(opened))

    @property
    def postman(self) -> Postman:
        """What tells people of what concerns them."""
        settings = self.settings
        return Postman(
            self.work,
            settings.smtp,
            settings.time_zone,
            self.review_rules,
            OPERATOR.name,
            self.now,
            self.secret,
        )

    def open_source(self, source: str) -> EvidenceSource:
        """One of ``SOURCES`` by itself. Raises ``SettingsError`` for what is missing."""
        return _OPENERS[source](self, None)

    def note_effort(self, claim_id: int, seconds: float, actions: int, actor: User) -> None:
        """Record a visit to a claim that ended now, unless the settings say not to measure."""
        if self.settings.measure_effort:
            with self.work() as work:
                record_effort(work, claim_id, seconds, actions, actor, self.now())

    def _open_cache(self, source: EvidenceSource) -> AnswerCache | None:
        """What the source answered of late, where each question to it costs a request."""
        if not isinstance(source, RemoteSource):
            return None
        cache = self.open_cache(source.profile.name)
        cache.forget(self.now() - timedelta(days=RECORDS_KEPT_DAYS))
        return cache


def _open_pubmed(application: Application, user: User | None) -> EvidenceSource:
    """NCBI, asked with the person's own key and within its budget, else with the installation's if any."""
    settings, own = application.settings, None
    if user is not None:
        with application.work() as work:
            own = find_own_key(work, user, application.secret)
    key = own or OwnKey(settings.ncbi_api_key)
    return PubMed(
        settings.entrez_url,
        tool=TOOL,
        email=key.email or require_email(settings),
        api_key=key.api_key,
        budget=application.open_budget(key.api_key, rate_of(key.api_key)),
        watch=RequestLog(application.metrics),
    )


def _open_library(application: Application, user: User | None) -> EvidenceSource:
    if not application.library.exists:
        raise SettingsError("library_missing")
    return application.library


# How each of ``claims.sources.SOURCES`` is opened.
_OPENERS: Mapping[str, Callable[[Application, User | None], EvidenceSource]] = {
    PUBMED.name: _open_pubmed,
    LIBRARY.name: _open_library,
}


def open_application(
    settings: Settings, metrics: Metrics | None = None, *, asks_secret: bool = True
) -> Application:
    """The house of these settings: its folder, session secret and schema exist when it returns.

    ``metrics`` count what happens in it, where somebody collects them. Its files of rules are read
    once, now; a faulty one is refused before anything is made. On PostgreSQL a secret that is not the house's
    is refused, unless nobody ``asks_secret``.
    """
    file_rules = load_wording_rules(settings.wording_rules)
    review_rules = load_review_rules(
        settings.review_rules, settings.review_months, settings.time_zone, settings.review_soon_days
    )
    prepare_home(settings)
    secret = load_secret(settings)
    audit_key = derive_audit_key(secret)
    engine = open_engine(settings.database_url, settings.connections)
    heads = open_kept_head(settings, partial(has_chain, engine))
    upgrade_schema(engine)
    if metrics is not None:
        watch_statements(engine, metrics.time_statement)
    signed: dict[str, Any] = {"file_rules": file_rules, "audit_key": audit_key, "heads": heads}
    open_work = partial(UnitOfWork, engine, **signed)
    begin_trail(heads, open_work, OPERATOR.name, datetime.now(UTC))
    if asks_secret and engine.dialect.name == "postgresql":
        with open_work() as work:
            require_house_secret(work, fingerprint_secret(secret))
    return Application(
        settings,
        open_work,
        partial(UnitOfWork, engine, file_rules=file_rules, for_reading=True),
        partial(UnitOfWork, engine, **signed, of_one_moment=True),
        partial(open_budget, engine),
        partial(StoredAnswers, engine),
        partial(lay_queue_schema, engine),
        secret,
        heads,
        DatabaseChecks(engine),
        metrics or Metrics(),
        file_rules,
        review_rules,
    )


def do_job(application: Application, job: Job) -> Iterable[object]:
    """The steps of a job with the things of this process, each yielded once it is stored."""
    if job.order.kind is JobKind.TELL_NOTICES:
        return application.postman.deliver()
    if job.order.kind is JobKind.RECHECK:
        searcher = application.searcher(job.order.get("source"))
        keeps_hours = job.order.get("hours") != "0" and isinstance(searcher.source, RemoteSource)
        return run_recheck(application.work, searcher.renew(), application.now, job.order, keeps_hours)
    if job.order.kind is JobKind.LIVING_SEARCH:
        searcher = application.searcher(job.order.get("source"))
        keeps_hours = job.order.get("days") != "0" and isinstance(searcher.source, RemoteSource)
        return run_living(
            application.work, searcher.source, searcher.lexicon, application.now, job.order, keeps_hours
        )
    return run_search_job(application.work, application.searcher, job)


def find_due_job(application: Application) -> JobOrder | None:
    """What is due by the clock: the look at papers under live claims, then the searches of published claims
    for what is new, unless nothing can be asked."""
    hours, days = application.settings.recheck_hours, application.settings.living_days
    if not hours and not days:
        return None
    try:
        source = application.open_source(application.whole_source)
    except SettingsError:
        return None
    with application.reading() as work:
        now = application.now()
        looking = find_due(work, source, hours, now, OPERATOR.name) if hours else None
        return looking or (find_living(work, source, days, now, OPERATOR.name) if days else None)


def open_house(settings: Settings) -> House:
    """The places of these settings, for backups: nothing is made or migrated, and no secret."""
    store = open_store(settings.database_url)
    return House(settings, store, Library(settings.library_folder), version(TOOL))


@cache
def open_shared_application() -> Application:
    """The one house of this server process, from the settings it was started with."""
    settings = load_settings()
    return open_application(settings, open_shared_metrics() if settings.metrics_token else None)


@cache
def open_shared_metrics() -> Metrics:
    """What counts for this server process; it counts nothing unless the settings name a token for it."""
    if not load_settings().metrics_token:
        return Metrics()
    # Late: few collect metrics, and nobody else needs the library.
    from reviewer.monitoring.prometheus import PrometheusMetrics

    return PrometheusMetrics()


@cache
def open_shared_queue() -> JobQueue:
    """Where the long work of this server is asked for; the server closes it when it goes down."""
    desk = JobDesk(lambda: open_shared_application().work(), REGULAR)
    if load_settings().queue == WORKERS:
        queue: JobQueue = _procrastinating().WorkersQueue(desk, _lay_queue(open_shared_application()))
        return queue
    return ProcessQueue(
        desk,
        lambda job: do_job(open_shared_application(), job),
        metrics=open_shared_metrics(),
        find_due=lambda: find_due_job(open_shared_application()),
    )


def open_worker(settings: Settings, concurrency: int) -> Worker:
    """What does jobs that servers of the same database are asked for. Raises ``SettingsError``."""
    require_postgresql(settings.database_url)
    procrastinating = _procrastinating()
    application = open_application(settings)
    address = _lay_queue(application)
    worker: Worker = procrastinating.Worker(
        JobDesk(application.work, REGULAR),
        lambda job: do_job(application, job),
        address,
        concurrency,
        find_due=lambda: find_due_job(application),
    )
    return worker


def _lay_queue(application: Application) -> str:
    """The address at which the queue's own tables stand, as this version has them."""
    application.lay_queue_schema(_procrastinating().queue_statements())
    return tell_queue_address(application.settings.database_url)


def _procrastinating() -> ModuleType:
    """What knows procrastinate, which only houses with workers need. Raises ``SettingsError``."""
    try:
        return import_module("reviewer.jobs.procrastinating")
    except ModuleNotFoundError as error:
        raise SettingsError("workers_not_installed", package=error.name) from error


@cache
def open_shared_reader() -> ArticleReader:
    """What reads the articles of this server process; the server closes it when it goes down."""
    return ArticleReader()

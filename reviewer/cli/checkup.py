"""What ``konkyo doctor`` looks at: each check yields lines, and one that is not fine says what to do next."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from claims.errors import KonkyoError, SettingsError, StoreError
from claims.sources import SOURCES
from db.audit_checking import TrailLoss
from db.checking import DatabaseChecks
from reviewer.bootstrap import Application
from reviewer.error_messages import describe_code, describe_error
from reviewer.exports.documents.to_pdf import is_pdf_written_here, try_printing
from reviewer.home import list_open_to_others
from reviewer.i18n import format_count
from reviewer.mail_failures import tell_failure
from reviewer.settings import Settings
from reviewer.workflow.audit_trail import find_trail_head, find_trail_loss
from reviewer.workflow.mailing import count_mails

LOOK_SECONDS = 30.0
LEAST_FREE_BYTES = 1_000_000_000
FURTHEST_CLOCK_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 60.0
# What asks PubMed for nothing but an answer.
_ANY_QUERY = "medicine[mh]"
# SQLite's WAL-reset bug is mended from the first on, and in these patches of older lines.
_SOUND_SQLITE = (3, 51, 3)
_PATCHED_SQLITE = {(3, 50): 7, (3, 44): 6}
_RESTORE = "change nothing more, copy it aside with the files beside it, put the latest backup in its place"

_COMPARE = "compare the database with a backup; find out who had it open"
_TRAIL_LOSSES = {
    TrailLoss.NOT_SEALED: "there are steps and no line is signed",
    TrailLoss.BEGUN_AGAIN: "it was begun once more, over steps that no line binds",
    TrailLoss.OTHER_TRAIL: "it no longer has the line whose head this home keeps",
}


class State(Enum):
    """How a thing stands: fine, fine but for what to look after, not there and not needed, in the way."""

    OK = "ok"
    NOTE = "note"
    ABSENT = "absent"
    WRONG = "WRONG"


Line: TypeAlias = tuple[State, str]


def check_home(settings: Settings, open_before: Iterable[Path]) -> Iterator[Line]:
    """The folder, the session secret and the room on the disk; ``open_before``: what others could reach."""
    still = list_open_to_others(settings)
    narrowed = len(set(open_before) - set(still))
    told = f" (narrowed to its owner just now: {format_count(narrowed, 'file')})" if narrowed else ""
    yield State.OK, f"home {settings.home}{told}"
    for path in still:
        yield State.WRONG, f"home: {path} is open to others: take their rights away (chmod go= {path})"
    where = "from KONKYO_SECRET" if settings.secret else "in its file in the home"
    yield State.OK, f"session secret {where}"
    yield from _check_disk(settings)


def _check_disk(settings: Settings) -> Iterator[Line]:
    free = shutil.disk_usage(settings.home).free
    told = f"disk: {free / 1_000_000_000:.1f} GB free at {settings.home}"
    if free < LEAST_FREE_BYTES:
        yield State.NOTE, f"{told}: make room; a full disk takes no grades"
    else:
        yield State.OK, told


def check_database(application: Application) -> Iterator[Line]:
    """The database: its kind, pages, references, guards, schema, clock, and what searches were left."""
    checks = application.checks
    try:
        for check in _CHECKS:
            yield from check(checks)
    except StoreError as error:
        yield State.WRONG, f"database: {describe_error(error)}"


def _check_schema(checks: DatabaseChecks) -> Iterator[Line]:
    kind = "sqlite" if checks.is_sqlite else "postgresql"
    yield State.OK, f"database {kind}: {format_count(checks.count_versions(), 'article version')}"
    yield State.OK, f"schema {checks.find_revision()}, as this version has it"


def _check_sqlite(checks: DatabaseChecks) -> Iterator[Line]:
    name = f"SQLite {sqlite3.sqlite_version}"
    if not checks.is_sqlite:
        return
    if is_sound_sqlite(sqlite3.sqlite_version_info):
        yield State.OK, name
    else:
        yield (
            State.NOTE,
            f"{name}: before 3.51.3 a database can, very rarely, be damaged when several processes write"
            " (the WAL-reset bug): install a Python with a newer SQLite, or use PostgreSQL; keep backups",
        )


def is_sound_sqlite(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is without the WAL-reset bug.

    >>> [is_sound_sqlite(version) for version in ((3, 51, 2), (3, 51, 3), (3, 50, 7), (3, 49, 9), (3, 53, 0))]
    [False, True, True, False, True]
    """
    patched = _PATCHED_SQLITE.get((version[0], version[1]))
    return version >= _SOUND_SQLITE or (patched is not None and version[2] >= patched)


def _check_pages(checks: DatabaseChecks) -> Iterator[Line]:
    if not checks.is_sqlite:
        return
    faults = checks.list_faults(LOOK_SECONDS)
    if faults is None:
        yield State.NOTE, f"pages: not all read in {LOOK_SECONDS:.0f} s: look again when fewer people work"
    elif faults:
        yield State.WRONG, f"pages: {describe_code('database_damaged', {'reason': faults[0]})}"
    else:
        yield State.OK, "pages: all read, none damaged"


def _check_references(checks: DatabaseChecks) -> Iterator[Line]:
    if not checks.is_sqlite:
        return
    broken = checks.list_broken_references(LOOK_SECONDS)
    if broken is None:
        yield State.NOTE, f"references: not all read in {LOOK_SECONDS:.0f} s: look again when fewer work"
    elif broken:
        yield State.WRONG, f"references: rows of {', '.join(broken)} point nowhere: {_RESTORE}"
    else:
        yield State.OK, "references: every row finds its other end"


def _check_guards(checks: DatabaseChecks) -> Iterator[Line]:
    if missing := checks.list_missing_guards():
        yield (
            State.WRONG,
            f"triggers {', '.join(missing)} are off or gone, so that what is kept for ever can be changed:"
            " find out who had the database open, compare it with a backup, put the backup in its place",
        )
    else:
        yield State.OK, "triggers: what is kept for ever is refused to change"


def _check_clock(checks: DatabaseChecks) -> Iterator[Line]:
    ahead = checks.measure_clock(time.time())
    if abs(ahead) > FURTHEST_CLOCK_SECONDS:
        differs = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} this machine's"
        yield State.NOTE, f"clock: the database's is {differs}: have both set by a time server (NTP)"
    else:
        yield State.OK, "clock: this machine's and the database's agree"


def _check_searches(checks: DatabaseChecks) -> Iterator[Line]:
    if left := checks.count_left_searches():
        told = f"searches: {format_count(left, 'claim')} left by a process that ended"
        yield State.NOTE, f"{told}: they are due again: konkyo search VERSION"
    else:
        yield State.OK, "searches: none left by a process that ended"


def _check_jobs(checks: DatabaseChecks) -> Iterator[Line]:
    """Who does the jobs of this database, and what waits."""
    counts, workers = checks.count_jobs(), checks.count_workers()
    told = f"jobs: {counts.running} running, {counts.waiting} waiting"
    if workers is not None:
        told = f"{told}; {format_count(workers, 'worker')} at work"
    if counts.waiting and counts.oldest_seconds > LONGEST_WAIT_SECONDS:
        waits = f"the oldest for {counts.oldest_seconds:.0f} s"
        yield State.NOTE, f"{told}, {waits}: start the server, or more workers (konkyo worker)"
    else:
        yield State.OK, told


_CHECKS: tuple[Callable[[DatabaseChecks], Iterator[Line]], ...] = (
    _check_sqlite,
    _check_schema,
    _check_pages,
    _check_references,
    _check_guards,
    _check_clock,
    _check_searches,
    _check_jobs,
)


def check_trail_head(application: Application) -> Iterator[Line]:
    """Where the audit trail stands, and whether it is the one whose head the home keeps.

    Whether every line is as it was written, ``konkyo audit verify`` looks at.
    """
    try:
        with application.reading() as work:
            head, loss = find_trail_head(work), find_trail_loss(work, application.heads.find())
    except StoreError as error:
        yield State.WRONG, f"audit trail: {describe_error(error)}"
        return
    if loss is not None:
        yield State.WRONG, f"audit trail: {_TRAIL_LOSSES[loss]}: konkyo audit verify, then {_COMPARE}"
    elif head.position:
        lines = format_count(head.position, "line")
        yield State.OK, f"audit trail: {lines} signed (konkyo audit verify checks them)"
    else:
        yield State.NOTE, "audit trail: no step has been taken yet"


def check_mail(application: Application) -> Iterator[Line]:
    """Whether notices go out by mail, and what became of those of the last week."""
    smtp = application.settings.smtp
    if smtp is None:
        yield State.ABSENT, "mail: KONKYO_SMTP_HOST is not set: notices stand in the room alone"
        return
    try:
        with application.reading() as work:
            counts = count_mails(work, application.now())
    except StoreError as error:
        yield State.WRONG, f"mail: {describe_error(error)}"
        return
    server = f"{smtp.host}:{smtp.port} ({smtp.security.value})"
    told = f"mail by {server} from {smtp.sender}: {counts.waiting} waiting"
    if counts.given_up or (counts.waiting and counts.failure):
        gone = f"{format_count(counts.given_up, 'mail')} given up in the last 7 days"
        yield State.NOTE, f"{told}, {gone}; last: {tell_failure(counts.failure)}"
    else:
        yield State.OK, told


def check_fonts(_application: Application) -> Iterator[Line]:
    """Whether reports can be taken as PDF: WeasyPrint, Pango and a font for Japanese."""
    if not is_pdf_written_here():
        yield State.NOTE, f"fonts: {describe_code('pdf_not_installed', {'package': 'weasyprint'})}"
        return
    try:
        try_printing()
    except SettingsError as error:
        yield State.WRONG, f"fonts: {describe_error(error)}"
    else:
        yield State.OK, "fonts: Japanese can be printed, reports can be taken as PDF"


def check_lexicon(application: Application) -> Iterator[Line]:
    """The shipped tables under the terms that were added."""
    try:
        lexicon = application.lexicon()
    except (KonkyoError, OSError, ValueError) as error:
        told = describe_error(error) if isinstance(error, KonkyoError) else type(error).__name__
        yield State.WRONG, f"lexicon: its tables cannot be read ({told}): install konkyo again"
    else:
        yield State.OK, f"lexicon {lexicon.version}: {format_count(len(lexicon.rows), 'row')}"


def check_library(application: Application) -> Iterator[Line]:
    """The local library, where there is one."""
    try:
        if application.library.exists:
            yield State.OK, f"library: {format_count(application.library.count(), 'record')}"
        else:
            yield State.ABSENT, "library: none yet (konkyo library import FILE...)"
    except KonkyoError as error:
        yield State.WRONG, f"library: {describe_error(error)}"


def check_answer(application: Application, name: str, now: Callable[[], datetime]) -> Iterator[Line]:
    """Whether the source answers a question: the one check that leaves the house."""
    asked_at = now()
    try:
        application.searcher(name).source.search(_ANY_QUERY, 0)
    except KonkyoError as error:
        error.values.setdefault("source", SOURCES[name].database)
        yield State.WRONG, f"{SOURCES[name].database}: {describe_error(error)}"
    else:
        seconds = (now() - asked_at).total_seconds()
        yield State.OK, f"{SOURCES[name].database} answers, in {seconds:.1f} s"

"""Houses for tests of backups: filled with a review, and compared row by row."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import MetaData, Row, create_engine, make_url, select

from claims.library import Library
from claims.records.article import Original
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.draft import Draft
from claims.records.people import Role
from db.backup import open_store
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.own_keys import keep_own_key
from reviewer.accounts.sealing import derive_audit_key
from reviewer.accounts.signing_in import sign_in
from reviewer.backup.house import House
from reviewer.backup.making import BackupRequest, make_backup
from reviewer.backup.manifest import Manifest
from reviewer.backup.restoring import Restored, restore_backup
from reviewer.settings import Settings
from tests.databases import make_database
from tests.factories import make_audit_entry, make_moment
from tests.workflow.clinic import TWO_REVIEWERS, A, B, Clinic, open_clinic

ROOT = Path(__file__).resolve().parents[2]
LATER = make_moment(600)
SECRET, OTHER_SECRET = "s" * 40, "t" * 40
PASSWORD, KEY = "correct-horse-battery", "0123456789abcdef" * 2 + "5a5a"
# Every byte there is; and signs by which rows, columns and ends are told in text.
ORIGINAL = bytes(range(256)) * 40
AWKWARD = "\\N\\.\t改行\r\n'\"\\\\;--\u200b𝒳 \x7f{}\\"


def open_test_house(home: Path, url: str = "", secret: str = "") -> House:
    """The house of this home, whose database is the file there unless another address is given."""
    settings = Settings(home, url or f"sqlite:///{home / 'konkyo.db'}", secret=secret)
    return House(settings, open_store(settings.database_url), Library(settings.library_folder), "0.1.0")


def make_house(home: Path) -> House:
    """A house of a SQLite database with a filled clinic, and its secret."""
    make_database(home / "konkyo.db")
    keep_secret(home)
    fill_house(f"sqlite:///{home / 'konkyo.db'}")
    return open_test_house(home)


def keep_secret(home: Path, secret: str = SECRET) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "session_secret").write_text(secret, encoding="ascii")


def fill_house(url: str, comment: str = AWKWARD) -> Clinic:
    """A review in the database: one claim in conflict, one half graded, somebody signed in, a sealed key."""
    engine = open_engine(url)
    clinic = open_clinic(partial(UnitOfWork, engine, audit_key=derive_audit_key(SECRET)), claims=2)
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.OVERSTATED, comment)
    clinic.grade(B, SupportGrade.UNSUPPORTED, "別の見方")
    clinic.judge(A, CitationJudgement.SUPPORTING, claim=1)
    with clinic.open_work() as work:
        original = Original("記事.bin", "application/octet-stream", ORIGINAL)
        work.articles.add_original(clinic.version_id, original)
        work.drafts.keep(Draft(clinic.claim_ids[1], B.name, AWKWARD), make_moment(50))
        work.commit(make_audit_entry())
    with clinic.open_work() as work:
        sato = add_user(work, OPERATOR, "sato", PASSWORD, (Role.ADMIN,), clinic.now(), keeps_password=True)
        keep_own_key(work, sato, KEY, "", SECRET, clinic.now())
        sign_in(work, "sato", PASSWORD, "192.0.2.1", SECRET, clinic.now())
    engine.dispose()
    return clinic


def back_up(house: House, out: Path, at: datetime = LATER, **chosen: bool) -> Manifest:
    return make_backup(house, BackupRequest(out, OPERATOR, at, **chosen))


def restore(house: House, file: Path, at: datetime = LATER, *, replace: bool = False) -> Restored:
    return restore_backup(house, file, OPERATOR, at, replace=replace)


def read_rows(url: str, schema: str | None = None) -> dict[str, list[Row[tuple[object, ...]]]]:
    """Every row of every table, in the order of its key."""
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine, tables = create_engine(address), MetaData()
    tables.reflect(engine, schema=schema)
    with engine.connect() as connection:
        rows = {
            table.name: list(connection.execute(select(table).order_by(*table.primary_key.columns)))
            for table in tables.tables.values()
        }
    engine.dispose()
    return rows


def list_files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and what it holds."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }

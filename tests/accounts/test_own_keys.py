"""An own key for NCBI: used for its owner's searches, and in clear nowhere in what is stored or told."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.errors import KonkyoError, RuleRefused, SettingsError
from claims.records.audit import AuditAction
from claims.records.people import Role, SealedKey, User
from db.request_budget import fingerprint_key
from reviewer.accounts.managing import add_user, change_roles
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.own_keys import OwnKey, find_own_key, keep_own_key, remove_own_key
from reviewer.accounts.sealing import seal, unseal
from reviewer.bootstrap import Application, open_application
from reviewer.error_messages import describe_error
from reviewer.settings import Settings
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.searching import search_claims
from tests.databases import make_database
from tests.entrez_server import EntrezServer, sample_article
from tests.factories import make_audit_entry, make_moment, make_pmid
from tests.workflow.articles import EDITOR, GROWTH, write

KEY, HOUSE_KEY = "0123456789abcdef" * 2 + "5a5a", "fedcba9876543210" * 2 + "c0c0"
NOON = make_moment()


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    article = sample_article(make_pmid(1), "SAMPLE minoxidil", "Minoxidil prolonged anagen.")
    with EntrezServer([article], find=lambda term: [make_pmid(1)]) as server:
        yield server


@pytest.fixture
def application(tmp_path: Path, server: EntrezServer) -> Application:
    return open_application(
        Settings(
            tmp_path,
            make_database(tmp_path / "konkyo.db"),
            entrez_url=server.base_url,
            ncbi_email="house@example.org",
            ncbi_api_key=HOUSE_KEY,
        )
    )


@pytest.fixture
def sato(application: Application) -> User:
    return add_person(application, "sato")


def add_person(application: Application, name: str) -> User:
    with application.work() as work:
        return add_user(work, OPERATOR, name, "a long password", (Role.REVIEWER,), NOON)


def keep(application: Application, user: User, key: str = KEY, email: str = "") -> OwnKey:
    with application.work() as work:
        return keep_own_key(work, user, key, email, application.secret, NOON)


def find(application: Application, user: User, secret: str = "") -> OwnKey | None:
    with application.work() as work:
        return find_own_key(work, user, secret or application.secret)


def search_all(application: Application, user: User) -> None:
    """Search a small article as the room does for ``user``, asking anew."""
    with application.work() as work:
        ingested = ingest_article(work, write(GROWTH), EDITOR, NOON)
    searcher = application.searcher("pubmed", user)
    done = list(
        search_claims(application.work, ingested.version, ingested.claims, searcher, user, again=True)
    )
    assert len(done) == len(ingested.claims)


def keys_seen(server: EntrezServer) -> set[tuple[str, str]]:
    seen = {(request.form.get("api_key", ""), request.form["email"]) for request in server.seen}
    server.seen.clear()
    return seen


def test_a_search_asks_with_the_key_of_who_started_it_and_else_with_the_installations(
    application: Application, server: EntrezServer, sato: User
) -> None:
    other = add_person(application, "suzuki")
    keep(application, sato, email="sato@example.org")
    search_all(application, sato)
    assert keys_seen(server) == {(KEY, "sato@example.org")}
    search_all(application, other)
    assert keys_seen(server) == {(HOUSE_KEY, "house@example.org")}
    with application.work() as work:
        remove_own_key(work, sato, NOON)
    search_all(application, sato)
    assert keys_seen(server) == {(HOUSE_KEY, "house@example.org")}


def test_a_key_without_an_address_goes_with_the_installations(
    application: Application, server: EntrezServer, sato: User
) -> None:
    keep(application, sato)
    search_all(application, sato)
    assert keys_seen(server) == {(KEY, "house@example.org")}


def test_an_own_key_has_a_budget_of_its_own(application: Application, sato: User, tmp_path: Path) -> None:
    keep(application, sato)
    search_all(application, sato)
    stored = (tmp_path / "konkyo.db").read_bytes() + (tmp_path / "konkyo.db-wal").read_bytes()
    assert fingerprint_key(KEY).encode() in stored
    assert fingerprint_key(HOUSE_KEY).encode() not in stored


def test_the_clear_key_is_in_no_stored_byte_and_no_log(
    application: Application,
    server: EntrezServer,
    sato: User,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    keep(application, sato)
    search_all(application, sato)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert tmp_path / "konkyo.db" in files
    assert [file.name for file in files if KEY.encode() in file.read_bytes()] == []
    assert server.seen[0].form["api_key"] == KEY
    assert KEY not in caplog.text
    with application.work() as work:
        assert KEY not in str(work.audit.list_entries())


def test_the_key_does_not_show_where_it_is_printed(application: Application, sato: User) -> None:
    key = keep(application, sato, email="sato@example.org")
    assert KEY not in repr(key)
    assert key.ending == "5a5a"
    with application.work() as work:
        kept = work.ncbi_keys.find(sato)
    assert isinstance(kept, SealedKey)
    assert kept.sealed not in repr(kept)


@pytest.mark.parametrize("key", ["", "short", KEY[:-1] + "!", KEY + " " + KEY, "鍵" * 36])
def test_what_can_be_no_key_is_refused_and_not_repeated(
    application: Application, sato: User, key: str
) -> None:
    with pytest.raises(RuleRefused, match="own_key_unusable") as refused:
        keep(application, sato, key)
    assert not refused.value.values
    assert find(application, sato) is None


def test_an_address_that_is_none_is_refused(application: Application, sato: User) -> None:
    with pytest.raises(RuleRefused, match="own_email_unusable"):
        keep(application, sato, email="nowhere")


def test_another_key_takes_the_place_of_the_first_and_a_removed_one_is_gone(
    application: Application, sato: User
) -> None:
    keep(application, sato)
    keep(application, sato, HOUSE_KEY, "sato@example.org")
    assert find(application, sato) == OwnKey(HOUSE_KEY, "sato@example.org")
    with application.work() as work:
        remove_own_key(work, sato, NOON)
        with pytest.raises(RuleRefused, match="own_key_missing"):
            remove_own_key(work, sato, NOON)
        kept = [AuditAction.KEY_REMOVED, AuditAction.KEY_KEPT, AuditAction.KEY_KEPT]
        assert [entry.action for entry in work.audit.list_entries(actor="sato")] == kept
    assert find(application, sato) is None


def test_a_closed_account_has_no_key_any_more(application: Application, sato: User) -> None:
    keep(application, sato)
    with application.work() as work:
        change_roles(work, OPERATOR, "sato", sato.roles, False, NOON)
    assert find(application, sato) is None


def test_only_the_installations_secret_opens_a_key_and_the_search_says_so(
    application: Application, server: EntrezServer, sato: User, tmp_path: Path
) -> None:
    keep(application, sato)
    (tmp_path / "session_secret").write_text("another secret of this installation", encoding="ascii")
    moved = open_application(application.settings)
    with pytest.raises(SettingsError, match="own_key_unreadable") as refused:
        moved.searcher("pubmed", sato)
    assert "My account" in describe_error(refused.value)
    assert not server.seen, "the installation's key does not stand in for it"


def test_a_sealed_key_cannot_be_moved_to_another_account(application: Application, sato: User) -> None:
    thief = add_person(application, "thief")
    keep(application, sato)
    with application.work() as work:
        kept = work.ncbi_keys.find(sato)
        assert kept is not None
        work.ncbi_keys.keep(thief, kept)
        work.commit(make_audit_entry())
    with pytest.raises(SettingsError, match="own_key_unreadable"):
        find(application, thief)


@pytest.mark.parametrize(
    "spoilt", ["", "no token", seal("x", "secret", "sato")[:-4] + "AAA="], ids=("empty", "no token", "cut")
)
def test_what_was_altered_opens_no_more(spoilt: str) -> None:
    with pytest.raises(KonkyoError, match="own_key_unreadable"):
        unseal(spoilt, "secret", "sato")


def test_the_same_key_is_sealed_differently_each_time() -> None:
    assert seal(KEY, "secret", "sato") != seal(KEY, "secret", "sato")

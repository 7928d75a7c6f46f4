"""What the buttons of searching do: each starts a job that stores what it finds, or says why it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import cast

import streamlit as st

from claims.lexicon.overlay import build_row
from claims.lexicon.tables import TermRole
from claims.records.people import User
from claims.records.retrieval import Query, Rung
from claims.records.review import ArticleVersion, ReviewClaim
from claims.search.record_query import word_record_query
from claims.search.syntax import parse_query
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import Application, open_shared_runner
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, forget_typed, read_field
from reviewer.dashboard.session import get_application, get_translate, keep_message
from reviewer.jobs.running import Steps
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.lexicon import add_term
from reviewer.workflow.searching import (
    Searched,
    Searcher,
    choose_query,
    list_due,
    search_by_hand,
    search_claims,
)


def name_claim_job(claim_id: int) -> str:
    """The key of the job that searches for one claim."""
    return f"search:claim:{claim_id}"


def name_version_job(version_id: int) -> str:
    """The key of the job that searches for the claims of a version."""
    return f"search:version:{version_id}"


def search_due(version_id: int) -> None:
    """Search for all claims of the version that the source has not answered for."""

    def step(work: UnitOfWork, user: User, _now: datetime) -> None:
        application = get_application()
        searcher = application.searcher(application.default_source, user)
        version = work.articles.get_version(version_id)
        claims = work.claims.list_claims(version_id)
        due = list_due(work, version, claims, application.default_source, searcher.lexicon)
        _start(
            name_version_job(version_id),
            len(due),
            user,
            lambda: search_claims(application.work, version, due, searcher, user),
        )

    act(step)


def search_again(claim_id: int) -> None:
    """Search for the claim by its whole ladder, asking the source anew."""

    def step(work: UnitOfWork, user: User, _now: datetime) -> None:
        application, searcher, version, claim = _prepare(work, claim_id, user)
        _start(
            name_claim_job(claim_id),
            1,
            user,
            lambda: search_claims(application.work, version, (claim,), searcher, user, again=True),
        )

    act(step)


def search_query(claim_id: int) -> None:
    """Search with the query as it was typed, beside what was found."""
    text = str(st.session_state.get(f"query_{claim_id}", ""))

    def step(work: UnitOfWork, user: User, _now: datetime) -> None:
        parse_query(text)
        _search_beside(work, claim_id, Query(Rung.BY_HAND, text), user)
        forget_typed(f"query_{claim_id}")

    act(step)


def search_rung(claim_id: int, rung: Rung) -> None:
    """Search with the claim's query for one rung, beside what was found."""

    def step(work: UnitOfWork, user: User, _now: datetime) -> None:
        _, searcher, version, claim = _prepare(work, claim_id, user)
        query = choose_query(work, claim, version.article.language, rung, searcher.lexicon)
        _search_beside(work, claim_id, query, user)

    act(step)


def add_record(claim_id: int) -> None:
    """Bring the record whose PMID or DOI was typed."""
    number = str(st.session_state.get(f"record_{claim_id}", ""))
    if act(lambda work, user, _now: _search_beside(work, claim_id, word_record_query(number), user)):
        forget_typed(f"record_{claim_id}")


def teach_term() -> None:
    """Add the typed term to the lexicon, for every search from now on."""
    term, english, mesh = map(read_field, ("term", "term_english", "term_mesh"))
    role = cast(TermRole, st.session_state.get("term_role", TermRole.GENERIC))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        add_term(work, build_row(term, (), english.split(";"), mesh, role), user, now)

    if act(step):
        empty_fields("term", "term_english", "term_mesh")
        keep_message("saved", get_translate()("The term is in the lexicon: search again to use it."))


def cancel_job(key: str) -> None:
    """Stop the job and what it waits for; what was stored stays. Who may search may stop it."""

    def step(_work: UnitOfWork, user: User, _now: datetime) -> None:
        require_permission(user, Permission.SEARCH)
        job = open_shared_runner().find(key)
        if job is not None:
            job.cancel()

    act(step)


def _search_beside(work: UnitOfWork, claim_id: int, query: Query, user: User) -> None:
    application, searcher, version, claim = _prepare(work, claim_id, user)

    def steps() -> Iterator[Searched]:
        yield search_by_hand(application.work, version, claim, query, searcher, user)

    _start(name_claim_job(claim_id), 1, user, steps)


def _prepare(
    work: UnitOfWork, claim_id: int, user: User
) -> tuple[Application, Searcher, ArticleVersion, ReviewClaim]:
    """What a search needs; a job is told of it, since it knows no browser session."""
    application = get_application()
    claim = work.claims.get_claim(claim_id)
    version = work.articles.get_version(claim.version_id)
    return application, application.searcher(application.default_source, user), version, claim


def _start(key: str, total: int, user: User, steps: Steps) -> None:
    """Start the job. Raises ``RoleRefused`` for who may not search."""
    require_permission(user, Permission.SEARCH)
    open_shared_runner().start(key, key, total, user.name, steps)

"""What the buttons of searching do: each starts a job that stores what it finds, or says why it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import streamlit as st

from claims.bibliography import decode_bibliography, read_bibliography
from claims.lexicon.overlay import build_row
from claims.lexicon.tables import TermRole
from claims.records.job import JobOrder
from claims.records.people import User
from claims.records.reference import NamedPaper
from claims.records.retrieval import Query, Rung
from claims.records.review import ReviewClaim
from claims.search.record_query import word_record_query
from claims.search.syntax import parse_query
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import open_shared_queue
from reviewer.dashboard.actions.acting import act, require_now, take_step
from reviewer.dashboard.actions.several import take_each, tell_outcome
from reviewer.dashboard.fields import empty_fields, forget_typed, read_chosen, read_field
from reviewer.dashboard.session import get_application, get_translate, keep_message, watch_job
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.checking_references import list_unchecked
from reviewer.workflow.due_searches import list_due
from reviewer.workflow.importing_references import import_references
from reviewer.workflow.lexicon import add_term
from reviewer.workflow.search_jobs import (
    order_check_references,
    order_search_again,
    order_search_due,
    order_search_query,
)
from reviewer.workflow.searching import Searcher, choose_query

LIST_FILE = "brought_file"


def search_due(version_id: int) -> None:
    """Look up what the author cites and nobody looked up, and search for all claims that are due."""

    def step(work: UnitOfWork, user: User, _now: datetime) -> None:
        source, searcher = _open(user)
        version = work.articles.get_version(version_id)
        due = list_due(work, version, work.claims.list_claims(version_id), source, searcher.lexicon)
        total = len(list_unchecked(work, version)) + len(due)
        _start(order_search_due(version_id, total, source, user), user)

    act(step)


def look_up_references(version_id: int) -> None:
    """Look up the references of the version that nobody looked up, or in vain."""

    def step(work: UnitOfWork, user: User, _now: datetime) -> None:
        source, _ = _open(user)
        total = len(list_unchecked(work, work.articles.get_version(version_id)))
        _start(order_check_references(version_id, total, source, user), user)

    act(step)


def bring_references(version_id: int) -> None:
    """Bring the papers of a file, else of the pasted list, in and look them up, or say what is wrong."""
    text, claim_id = read_field("brought_list"), cast("int | None", read_chosen("brought_for", None))
    uploaded = read_chosen(LIST_FILE, None)
    papers: list[NamedPaper] = []

    def read() -> None:
        # Outside of the unit of work, which a long list would hold.
        require_now(Permission.SEARCH)
        given = text if uploaded is None else decode_bibliography(uploaded.getvalue())
        papers.extend(read_bibliography(given))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        source, _ = _open(user)
        done = import_references(work, version_id, papers, user, now, claim_id)
        told = get_translate()("Brought in: {added}. Known already: {known}.")
        keep_message("saved", told.format(added=len(done.added), known=done.known))
        if total := len(list_unchecked(work, work.articles.get_version(version_id))):
            _start(order_check_references(version_id, total, source, user), user)

    if take_step(read) and act(step):
        empty_fields(LIST_FILE, "brought_list", "brought_for")


def search_again(claim_id: int) -> None:
    """Search for the claim by its whole ladder, asking the source anew."""
    _begin_again(claim_id)


def search_all_again(claims: Sequence[ReviewClaim]) -> None:
    """Search for each of these claims by its whole ladder, asking the source anew; one job each."""
    outcome = take_each(claims, lambda claim: _begin_again(claim.id))
    told = get_translate()("Searches started: {count}. The list shows what they find.")
    tell_outcome(told.format(count=outcome.done), outcome)


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
        claim = work.claims.get_claim(claim_id)
        version = work.articles.get_version(claim.version_id)
        query = choose_query(work, claim, version.article.language, rung, get_application().lexicon())
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
        open_shared_queue().cancel(key)

    act(step)


def _search_beside(work: UnitOfWork, claim_id: int, query: Query, user: User) -> None:
    source, _ = _open(user)
    _start(order_search_query(work, claim_id, query, source, user), user)


def _begin_again(claim_id: int) -> bool:
    """Whether the search was started."""

    def step(work: UnitOfWork, user: User, _now: datetime) -> None:
        source, _ = _open(user)
        _start(order_search_again(work, claim_id, source, user), user)

    return act(step)


def _open(user: User) -> tuple[str, Searcher]:
    """The source that is searched, and its searcher: opened here so that what is missing is told at once."""
    application = get_application()
    source = application.default_source
    return source, application.searcher(source, user)


def _start(order: JobOrder, user: User) -> None:
    """Start the job, whose end is told in this session. Raises ``RoleRefused`` for who may not search."""
    require_permission(user, Permission.SEARCH)
    watch_job(open_shared_queue().start(order))

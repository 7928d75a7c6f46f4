"""Searching the claims of a version: states, what a break leaves behind, what a person adds, who did it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from time import monotonic, sleep

import pytest

from claims.errors import QueryError, RoleRefused, VersionConflict
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.overlay import build_row
from claims.lexicon.tables import TermRole as SlotRole
from claims.pubmed.source import PubMed
from claims.records.article import Language
from claims.records.audit import AuditAction
from claims.records.claim import Extraction
from claims.records.people import Role
from claims.records.retrieval import Query, Rung, SearchRun, SearchStatus, Unsearchable
from claims.records.review import ArticleVersion, ReviewClaim
from claims.search.rate_limit import count_connections
from reviewer.accounts.managing import change_roles
from reviewer.accounts.offline import OPERATOR
from reviewer.workflow import leasing, searching
from reviewer.workflow.amending import reword_reading
from reviewer.workflow.due_searches import list_due
from reviewer.workflow.searching import Searcher, choose_query, search_by_hand, search_claims
from tests.conftest import OpenWork
from tests.entrez_server import EntrezServer, Reply, SeenRequest, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_article, make_audit_entry, make_claim, make_moment, make_user

DR_A, DR_B = make_user("dr-a", Role.REVIEWER), make_user("dr-b", Role.REVIEWER)
EDITOR = make_user("editor", Role.EDITOR)
TEXTS = ("Minoxidil promotes hair growth.", "Finasteride reduces hair loss.", "It was so.")
ARTICLES = [
    sample_article(
        str(9_000_000_001 + n), f"SAMPLE {n}: {word} in hair loss", f"{word} increased hair growth."
    )
    for n, word in enumerate(["minoxidil"] * 6 + ["finasteride"] * 6)
]
HAND = sample_article("9000000900", "SAMPLE: brought by hand", "Minoxidil and placebo did not differ.")
FOUND, FAILED, NOT_SEARCHED = SearchStatus.FOUND, SearchStatus.FAILED, SearchStatus.NOT_SEARCHED


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer([*ARTICLES, HAND], find=find) as running:
        yield running


def find(term: str) -> list[str]:
    if "[pmid]" in term:
        return [term.partition("[")[0]]
    word = next((word for word in ("minoxidil", "finasteride") if word in term.lower()), "")
    found = [str(9_000_000_001 + n) for n, article in enumerate(ARTICLES) if word and word in article]
    return [] if "no difference" in term else found[:2] if "systematic[sb]" in term else found


@pytest.fixture
def searcher(server: EntrezServer) -> Searcher:
    pubmed = PubMed(
        server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget(), clock=StillClock()
    )
    return Searcher(pubmed, load_lexicon(), make_moment)


@pytest.fixture
def version(open_work: OpenWork) -> ArticleVersion:
    with open_work() as work:
        version = work.articles.add_version(
            make_article(" ".join(TEXTS), language=Language.EN), make_moment()
        )
        claims = tuple(
            replace(make_claim(text, start=40 * n), theme="", heading="") for n, text in enumerate(TEXTS)
        )
        work.claims.add_extraction(version.id, Extraction(claims, ()))
        work.commit(make_audit_entry())
    return version


@pytest.fixture
def claims(open_work: OpenWork, version: ArticleVersion) -> tuple[ReviewClaim, ...]:
    with open_work() as work:
        return work.claims.list_claims(version.id)


def statuses(open_work: OpenWork, claims: tuple[ReviewClaim, ...]) -> list[SearchStatus]:
    with open_work() as work:
        return list(work.searches.load_status([claim.id for claim in claims]).values())


def runs_of(open_work: OpenWork, claim: ReviewClaim) -> tuple[SearchRun, ...]:
    with open_work() as work:
        return work.searches.load_runs([claim.id])[claim.id]


def pmids_of(open_work: OpenWork, claim: ReviewClaim) -> list[str]:
    with open_work() as work:
        return [finding.pmid for finding in work.searches.load_findings([claim.id])[claim.id]]


def actions(open_work: OpenWork) -> list[AuditAction]:
    with open_work() as work:
        return [entry.action for entry in reversed(work.audit.list_entries())][1:]


def test_each_claim_is_stored_when_it_is_yielded_and_running_until_then(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    searches = search_claims(open_work, version, claims, searcher, DR_A)
    assert next(searches).claim == claims[0]
    assert statuses(open_work, claims) == [FOUND, SearchStatus.RUNNING, SearchStatus.RUNNING]
    assert [searched.claim for searched in searches] == list(claims[1:])
    assert statuses(open_work, claims) == [FOUND, FOUND, NOT_SEARCHED]
    assert {run.asked_by for run in runs_of(open_work, claims[0])} == {"dr-a"}


@pytest.mark.parametrize(
    ("roles", "active", "code"),
    [((Role.REVIEWER,), False, "account_closed"), ((Role.ADMIN,), True, "role_refused")],
)
def test_a_search_stops_when_who_started_it_may_no_longer_search(
    open_work: OpenWork,
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    roles: tuple[Role, ...],
    active: bool,
    code: str,
) -> None:
    with open_work() as work:
        reviewer = work.people.add_user("dr-c", "Dr. C", (Role.REVIEWER,), "")
        work.commit(make_audit_entry())
    searches = search_claims(open_work, version, claims, searcher, reviewer)
    assert next(searches).claim == claims[0]
    with open_work() as work:
        change_roles(work, OPERATOR, "dr-c", roles, active, make_moment())
    with pytest.raises(RoleRefused) as refused:
        next(searches)
    assert refused.value.code == code
    assert statuses(open_work, claims) == [FOUND, NOT_SEARCHED, NOT_SEARCHED]
    with pytest.raises(RoleRefused):
        search_by_hand(open_work, version, claims[1], Query(Rung.BY_HAND, "hair[tiab]"), searcher, reviewer)


def test_nothing_more_is_asked_for_an_account_that_was_closed_while_its_search_waited_for_an_answer(
    open_work: OpenWork,
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    server: EntrezServer,
) -> None:
    with open_work() as work:
        reviewer = work.people.add_user("dr-c", "Dr. C", (Role.REVIEWER,), "")
        work.commit(make_audit_entry())
    answer, closing = server.answer, Lock()

    def close_the_account(request: SeenRequest) -> Reply:
        with closing, open_work() as work:
            if work.people.get_user("dr-c").active:
                change_roles(work, OPERATOR, "dr-c", (Role.REVIEWER,), False, make_moment())
        return answer(request)

    server.answer = close_the_account  # type: ignore[method-assign]
    with pytest.raises(RoleRefused) as refused:
        list(search_claims(open_work, version, claims, searcher, reviewer))
    assert refused.value.code == "account_closed"
    assert len(server.seen) <= count_connections(3), "no more than were on their way"
    assert statuses(open_work, claims) == [NOT_SEARCHED] * 3
    sent = len(server.seen)
    with pytest.raises(RoleRefused):
        search_by_hand(open_work, version, claims[1], Query(Rung.BY_HAND, "hair[tiab]"), searcher, reviewer)
    assert len(server.seen) == sent


def test_stopping_in_the_middle_keeps_what_was_found_and_puts_the_others_back(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    searches = search_claims(open_work, version, claims, searcher, DR_A)
    next(searches)
    searches.close()
    assert statuses(open_work, claims) == [FOUND, NOT_SEARCHED, NOT_SEARCHED]
    assert actions(open_work) == [
        AuditAction.SEARCH_BEGUN,
        AuditAction.CLAIM_SEARCHED,
        AuditAction.SEARCH_ABANDONED,
    ]


def test_what_a_power_cut_left_running_is_taken_up_and_logged_once(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    with open_work() as work:
        work.searches.begin([claim.id for claim in claims], "sample-lexicon-1", "died", -1.0)
        work.commit(make_audit_entry())
    assert statuses(open_work, claims) == [SearchStatus.RUNNING] * 3
    list(search_claims(open_work, version, claims, searcher, DR_A))
    assert statuses(open_work, claims) == [FOUND, FOUND, NOT_SEARCHED]
    with open_work() as work:
        work.searches.abandon([claim.id for claim in claims], "died")
        work.commit(make_audit_entry())
    assert statuses(open_work, claims) == [FOUND, FOUND, NOT_SEARCHED]


def test_a_search_that_fails_is_stored_as_failed_and_leaves_the_others(
    open_work: OpenWork,
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    server: EntrezServer,
) -> None:
    answer = server.answer
    server.answer = lambda request: (  # type: ignore[method-assign]
        Reply(b"", 503) if "finasteride" in request.form.get("term", "").lower() else answer(request)
    )
    searched = list(search_claims(open_work, version, claims, searcher, DR_A))
    assert [done.failed for done in searched] == [False, True, False]
    assert statuses(open_work, claims) == [FOUND, FAILED, NOT_SEARCHED]
    assert AuditAction.SEARCH_FAILED in actions(open_work)


def test_a_query_worded_by_hand_is_logged_and_its_records_come_after_the_others(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    list(search_claims(open_work, version, claims, searcher, DR_A))
    before = pmids_of(open_work, claims[0])
    query = Query(Rung.BY_HAND, "9000000900[pmid]")
    search_by_hand(open_work, version, claims[0], query, searcher, DR_B)
    assert pmids_of(open_work, claims[0]) == [*before, "9000000900"]
    run = runs_of(open_work, claims[0])[-1]
    assert (run.rung, run.query, run.count, run.asked_by) == (Rung.BY_HAND, query.text, 1, "dr-b")
    with open_work() as work:
        assert ("query", query.text) in work.audit.list_entries()[0].values
    list(search_claims(open_work, version, claims, searcher, DR_A, again=True))
    assert pmids_of(open_work, claims[0]) == [*before, "9000000900"]


def test_a_query_by_hand_that_finds_nothing_takes_nothing_away(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    list(search_claims(open_work, version, claims, searcher, DR_A))
    before = pmids_of(open_work, claims[0])
    search_by_hand(open_work, version, claims[0], Query(Rung.BY_HAND, "zebrafish[tiab]"), searcher, DR_B)
    assert pmids_of(open_work, claims[0]) == before
    assert statuses(open_work, claims)[0] is FOUND
    assert runs_of(open_work, claims[0])[-1].status is SearchStatus.NOTHING_FOUND


def test_a_claim_without_any_term_is_searched_by_hand(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    query = Query(Rung.BY_HAND, "minoxidil[tiab]")
    search_by_hand(open_work, version, claims[2], query, searcher, DR_B)
    assert len(pmids_of(open_work, claims[2])) == 6
    assert statuses(open_work, claims)[2] is FOUND


def test_a_query_that_is_no_valid_syntax_is_refused_before_anything_is_sent_or_stored(
    open_work: OpenWork,
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    server: EntrezServer,
) -> None:
    with pytest.raises(QueryError, match="query_tag"):
        search_by_hand(open_work, version, claims[0], Query(Rung.BY_HAND, "hair[tiabb]"), searcher, DR_B)
    assert server.seen == []
    assert runs_of(open_work, claims[0]) == ()


def test_a_filtered_rung_filters_the_narrowest_search_that_found_anything(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    list(search_claims(open_work, version, claims, searcher, DR_A))
    main = runs_of(open_work, claims[0])[0]
    with open_work() as work:
        query = choose_query(work, claims[0], Language.EN, Rung.SYSTEMATIC, searcher.lexicon)
        broad = choose_query(work, claims[0], Language.EN, Rung.BROAD, searcher.lexicon)
        with pytest.raises(QueryError, match="no_concept"):
            choose_query(work, claims[2], Language.EN, Rung.BROAD, searcher.lexicon)
    assert query == Query(Rung.SYSTEMATIC, f"({main.query}) AND systematic[sb]")
    assert broad.rung is Rung.BROAD
    search_by_hand(open_work, version, claims[0], query, searcher, DR_B)
    assert runs_of(open_work, claims[0])[-1].count == 2


def test_what_pubmed_cannot_answer_is_searched_for_nowhere_and_is_due_no_more(
    open_work: OpenWork, searcher: Searcher, server: EntrezServer
) -> None:
    text = "Minoxidil costs $20 per month."
    with open_work() as work:
        version = work.articles.add_version(make_article(text, language=Language.EN), make_moment())
        claim = replace(make_claim(text), theme="", heading="")
        work.claims.add_extraction(version.id, Extraction((claim,), ()))
        work.commit(make_audit_entry())
        claims = work.claims.list_claims(version.id)
    (searched,) = search_claims(open_work, version, claims, searcher, DR_A)
    assert searched.evidence.plan.not_searchable is Unsearchable.PRICE
    assert (statuses(open_work, claims), server.seen) == ([SearchStatus.NOT_SEARCHABLE], [])
    assert due(open_work, version, searcher) == []
    with open_work() as work:
        assert work.searches.load_plans([claims[0].id])[claims[0].id] == searched.evidence.plan
        with pytest.raises(QueryError, match="not_searchable"):
            choose_query(work, claims[0], Language.EN, Rung.SYSTEMATIC, searcher.lexicon)


def due(open_work: OpenWork, version: ArticleVersion, searcher: Searcher) -> list[int]:
    """The numbers of the claims that are due."""
    with open_work() as work:
        claims = work.claims.list_claims(version.id)
        return [
            c.number for c in list_due(work, version, claims, searcher.source.profile.name, searcher.lexicon)
        ]


def test_what_somebody_is_searching_is_not_due_and_is_not_searched_twice(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    searches = search_claims(open_work, version, claims, searcher, DR_A)
    next(searches)
    assert due(open_work, version, searcher) == []
    assert list(search_claims(open_work, version, claims, searcher, DR_B)) == []
    assert list(search_claims(open_work, version, claims[1:], searcher, DR_B, again=True)) == []
    list(searches)
    assert [len(runs_of(open_work, claim)) > 0 for claim in claims] == [True, True, False]
    assert list(search_claims(open_work, version, claims, searcher, DR_B)) == []
    assert {run.asked_by for claim in claims for run in runs_of(open_work, claim)} == {"dr-a"}


def test_a_search_that_died_is_due_once_its_lease_is_over(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    for seconds, expected in ((60.0, []), (-1.0, [1, 2, 3])):
        with open_work() as work:
            work.searches.begin([claim.id for claim in claims], "sample-lexicon-1", "died", seconds)
            work.searches.renew("died", seconds)
            work.commit(make_audit_entry())
        assert due(open_work, version, searcher) == expected


def test_a_search_that_stood_still_and_was_taken_over_ends_and_stores_nothing_more(
    open_work: OpenWork,
    version: ArticleVersion,
    claims: tuple[ReviewClaim, ...],
    searcher: Searcher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searching, "LEASE_SECONDS", -1.0)
    stopped = search_claims(open_work, version, claims, searcher, DR_A)
    next(stopped)
    monkeypatch.undo()
    assert [searched.claim for searched in search_claims(open_work, version, claims, searcher, DR_B)] == [
        *claims[1:]
    ]
    before = actions(open_work)
    with pytest.raises(VersionConflict) as refused:
        next(stopped)
    assert refused.value.code == "search_taken_over"
    assert actions(open_work) == before
    assert [{run.asked_by for run in runs_of(open_work, claim)} for claim in claims] == [
        {"dr-a"},
        {"dr-b"},
        set(),
    ]


def test_a_claim_without_any_query_is_recorded_once(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    assert due(open_work, version, searcher) == [1, 2, 3]
    list(search_claims(open_work, version, claims, searcher, DR_A))
    recorded = len(actions(open_work))
    assert due(open_work, version, searcher) == []
    assert list(search_claims(open_work, version, claims, searcher, DR_A)) == []
    assert len(actions(open_work)) == recorded


def test_a_claim_without_any_query_is_due_when_a_term_of_it_is_taught(
    open_work: OpenWork, searcher: Searcher
) -> None:
    with open_work() as work:
        version = work.articles.add_version(make_article(), make_moment())
        work.claims.add_extraction(version.id, Extraction((replace(make_claim(), theme="", heading=""),), ()))
        work.commit(make_audit_entry())
        claims = work.claims.list_claims(version.id)
    list(search_claims(open_work, version, claims, searcher, DR_A))
    assert due(open_work, version, searcher) == []
    row = build_row("見本成分", (), ("minoxidil",), "", SlotRole.INTERVENTION)
    taught = replace(searcher, lexicon=searcher.lexicon.with_rows((row,), "taught"))
    assert due(open_work, version, taught) == [1]


def test_a_claim_without_any_query_is_due_when_it_is_reworded(
    open_work: OpenWork, version: ArticleVersion, claims: tuple[ReviewClaim, ...], searcher: Searcher
) -> None:
    list(search_claims(open_work, version, claims, searcher, DR_A))
    with open_work() as work:
        reword_reading(work, claims[2], "Minoxidil promotes hair growth.", EDITOR, make_moment(9))
    assert due(open_work, version, searcher) == [3]


def test_a_lease_is_renewed_as_long_as_the_search_lasts(
    open_work: OpenWork, claims: tuple[ReviewClaim, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "BEAT_SECONDS", 0.05)
    ids = [claim.id for claim in claims]
    with open_work() as work:
        work.searches.begin(ids, "sample-lexicon-1", "owner", -1.0)
        work.commit(make_audit_entry())
    leased: frozenset[int] = frozenset()
    deadline = monotonic() + 20
    with leasing.renew_leases(open_work, "owner"):
        while not leased and monotonic() < deadline:
            sleep(0.05)
            with open_work() as work:
                leased = work.searches.load_leased(ids)
    assert leased == set(ids)

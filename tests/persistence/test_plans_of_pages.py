"""No page reads a large table from end to end: told by the plans that both databases make for its queries.

PostgreSQL is told to take no table whole where it can do without: on a few rows it would otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from claims.lexicon.lexicon import load_lexicon
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.known_claim import KnownFilter
from claims.records.plan import ReviewPlan
from claims.records.queue import Kind, QueueCounts, QueueOrder
from claims.records.recheck import LostGround
from claims.records.retrieval import SearchStatus
from db.unit_of_work import UnitOfWork
from reviewer.workflow.agreeing import load_agreement
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.audit_trail import count_trail, load_trail
from reviewer.workflow.board import Chosen, load_board
from reviewer.workflow.due_searches import count_due
from reviewer.workflow.grading import record_grade
from reviewer.workflow.known_claims import search_known
from reviewer.workflow.my_work import list_articles, load_my_work
from reviewer.workflow.new_records import list_new_to_versions, load_flow
from reviewer.workflow.news import load_news, note_opened
from reviewer.workflow.overview import count_articles, list_versions, load_conflicts, load_overview
from reviewer.workflow.queue_lists import QueueList
from reviewer.workflow.queueing import find_ways, load_queue
from reviewer.workflow.review_days import list_due_reviews, load_review_day
from reviewer.workflow.stages import catch_up
from reviewer.workflow.tracing import trace
from reviewer.workflow.viewing import view_claim
from tests.factories import make_article, make_audit_entry, make_citation, make_pmid
from tests.workflow.clinic import AUTHOR, EDITOR, JUDGE, A, B, Clinic, open_clinic

Begin = Callable[[], UnitOfWork]
Load = Callable[[UnitOfWork, Clinic], object]
# Tables that grow with articles, claims and steps.
LARGE = (
    *(
        "article",
        "article_version",
        "placement",
        "claim",
        "claim_tally",
        "claim_words",
        "open_grade",
        "workload",
        "descent",
        "dropped_unit",
    ),
    *("search", "search_run", "finding", "citation", "assessment", "judgement", "level_override", "draft"),
    *("own_view", "adjudication", "reopening", "taken_back", "guideline_grade", "keeping", "remark"),
    *("flag_answer", "flag_resolution", "effort", "declaration", "review_plan", "version_decision"),
    *("closed_version", "audit_entry", "audit_link", "article_stage", "flag_tally", "notice", "mail"),
    *(
        "retraction_watch",
        "review_mark",
        "recheck_note",
        "review_day",
        "review_date",
        "new_record",
        "living_look",
        "known_claim",
        "claim_key",
    ),
)
# Read from end to end in an index that has all that is asked for: what is summed up over the whole house.
SUMMED = (
    "ix_workload_person",
    "ix_claim_tally_pairs",
    "sqlite_autoindex_article_1",
    "pk_article",
    "uq_article_title_hash",
    "ix_article_stage_since",
    # Grades that were given knowing more: few.
    "ix_assessment_unblinded",
    # Of marks those that stand alone: few, and each is shown.
    "uq_review_mark_standing",
)


def see_board(work: UnitOfWork, clinic: Clinic, chosen: Chosen) -> object:
    return load_board(work, EDITOR, chosen, clinic.now().date(), 25)


def see_queue(
    work: UnitOfWork, clinic: Clinic, show: str = "all", sort: str = "article", find: str = ""
) -> object:
    asked = QueueList(show, sort, find)
    claim = work.claims.get_claim(clinic.claim_ids[1])
    ways = find_ways(work, claim, A, asked, load_plan(work, clinic.version_id))
    return load_queue(work, clinic.version_id, A, asked, 25), ways


PAGES: dict[str, Load] = {
    "versions": lambda work, _: list_versions(work, EDITOR, 21),
    "articles": lambda work, _: list_articles(work, EDITOR, 21),
    "work of a reviewer": lambda work, clinic: load_my_work(work, A, 10, clinic.now()),
    "work of an adjudicator": lambda work, clinic: load_my_work(work, JUDGE, 10, clinic.now()),
    "work of an author": lambda work, clinic: load_my_work(work, AUTHOR, 10, clinic.now()),
    "work of an editor": lambda work, clinic: load_my_work(work, EDITOR, 10, clinic.now()),
    "news": lambda work, _: load_news(work, JUDGE),
    "an article opened": lambda work, clinic: note_opened(work, JUDGE, clinic.version_id, None, clinic.now()),
    "a claim opened": lambda work, clinic: note_opened(work, JUDGE, None, clinic.claim_ids[0], clinic.now()),
    "mails that are due": lambda work, clinic: work.mails.list_due(clinic.now(), 20),
    **{f"board, {chosen}": partial(see_board, chosen=chosen) for chosen in Chosen},
    "which versions readers have": lambda work, clinic: work.uses.list_published([clinic.version_id]),
    "papers under claims": lambda work, _: work.uses.find_by_papers([make_pmid(1)]),
    "where a DOI is used": lambda work, _: trace(work, "10.9999/sample.1", EDITOR),
    "where a sentence is used": lambda work, _: trace(work, "見本成分は毛を増やす。", EDITOR),
    "a grade to take over": lambda work, clinic: view_claim(work, clinic.claim_ids[1], A, takes_over=True),
    "settled claims in these words": lambda work, _: work.uses.find_settled("主張0。", 0, 10),
    "who uses a standard wording": lambda work, _: work.standard_wordings.list_using("主張0。"),
    "what is watched of papers": lambda work, _: work.watched.load([make_citation(1)]),
    "marks of a version": lambda work, clinic: work.review_marks.load([clinic.version_id]),
    "marks of some causes": lambda work, _: work.review_marks.list_versions((LostGround.OVERDUE,)),
    "days that come": lambda work, clinic: list_due_reviews(work, EDITOR, clinic.now().date(), 25),
    "day of a version": lambda work, clinic: load_review_day(work, clinic.version_id),
    "days nobody was told of": lambda work, clinic: work.review_days.list_untold(
        clinic.now().date(), clinic.now().date(), 25
    ),
    "days to be counted": lambda work, _: work.review_days.list_uncounted("of other rules", 25),
    "new papers of mine": lambda work, _: list_new_to_versions(work, EDITOR),
    "flow of a version": lambda work, clinic: load_flow(work, clinic.claim_ids),
    "what may be the same claim": lambda work, _: work.known_claims.find_sharing({1, 2, 3}, 1, 5),
    "claims library": lambda work, _: search_known(work, "", KnownFilter(), EDITOR, 26),
    "claims library by words": lambda work, _: search_known(work, "見本成分 毛", KnownFilter(), EDITOR, 26),
    "claims library by filters": lambda work, _: search_known(
        work, "", KnownFilter(SupportGrade.SUPPORTED, level=2), EDITOR, 26
    ),
    "what is to be taken in": lambda work, _: work.known_claims.list_due(100),
    "grades elsewhere": lambda work, clinic: work.known_claims.load_grades(clinic.claim_ids),
    "what is to be counted": lambda work, _: work.stages.list_due(20),
    "count of articles": lambda work, _: count_articles(work, EDITOR),
    "overview": lambda work, _: load_overview(work, EDITOR, 25, 25),
    "conflicts": lambda work, _: load_conflicts(work, EDITOR, 25),
    "conflicts of one": lambda work, _: load_conflicts(work, JUDGE, 25),
    "agreement": lambda work, _: load_agreement(work, EDITOR),
    "agreement of one": lambda work, clinic: load_agreement(work, EDITOR, clinic.version_id),
    "queue": lambda work, clinic: load_queue(work, clinic.version_id, A, most=25),
    **{f"queue, {order}": partial(see_queue, sort=order.value) for order in QueueOrder},
    **{f"queue of what is {show}": partial(see_queue, show=show) for show in ("open", "graded", "risk")},
    "queue by words": partial(see_queue, find="prp"),
    "what is due for a search": lambda work, clinic: count_due(
        work,
        work.articles.get_version(clinic.version_id),
        QueueCounts({Kind(ClaimStatus.EXTRACTED, SearchStatus.FAILED, False, ""): 1}, {}),
        "library",
        load_lexicon(),
    ),
    "claim": lambda work, clinic: view_claim(work, clinic.claim_ids[0], A),
    "grade": lambda work, clinic: record_grade(
        work, clinic.claim_ids[1], SupportGrade.OVERSTATED, "理由", B, clinic.now()
    ),
    "trail": lambda work, _: load_trail(work, EDITOR, limit=100, skip=100),
    "trail of one": lambda work, _: load_trail(work, EDITOR, limit=100, actor="a"),
    "trail of a step": lambda work, _: load_trail(work, EDITOR, limit=100, action=AuditAction.CLAIM_GRADED),
    "trail of a record": lambda work, _: load_trail(work, EDITOR, "claim:1", 100),
    "length of the trail": lambda work, _: count_trail(work, EDITOR, 10_001),
    "length of one's": lambda work, _: count_trail(work, EDITOR, 10_001, actor="a"),
}


@pytest.fixture
def clinic(begin: Begin) -> Clinic:
    """A conflict, a claim that one has graded, and one that nobody has."""
    clinic = open_clinic(begin, claims=3)
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    clinic.grade(A, SupportGrade.OVERSTATED, claim=1)
    assert catch_up(begin)
    return clinic


@pytest.mark.parametrize("page", PAGES)
def test_no_page_reads_a_large_table_whole(
    engine: Engine, begin: Begin, clinic: Clinic, dialect: str, page: str
) -> None:
    with begin() as work, note_queries(engine) as sent:
        PAGES[page](work, clinic)
    assert sent
    with engine.connect() as connection:
        if dialect == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        faults = [fault for query in sent for fault in find_whole_reads(connection, *query)]
    assert faults == []


def test_a_whole_read_is_found_out(engine: Engine, begin: Begin, clinic: Clinic) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        (fault,) = find_whole_reads(connection, "SELECT id FROM assessment WHERE comment = ''", ())
    assert "assessment" in fault


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("queue")])
def test_what_the_viewer_said_is_looked_up_for_the_claims_that_are_read(
    engine: Engine, begin: Begin, clinic: Clinic, page: str
) -> None:
    """PostgreSQL puts what is asked for by ``EXISTS`` beside an ``OR`` into a table: all that a person graded
    in the whole house, for 25 lines."""
    with begin() as work, note_queries(engine) as sent:
        PAGES[page](work, clinic)
    with engine.connect() as connection:
        plans = [line for query in sent for line in explain(connection, *query)]
    assert plans
    assert [line for line in plans if "hashed SubPlan" in line] == []


def test_the_last_grade_is_looked_up_for_the_articles_that_are_shown(
    engine: Engine, begin: Begin, clinic: Clinic, dialect: str
) -> None:
    if dialect == "sqlite":
        pytest.skip("PostgreSQL alone tells how often a part of a plan was run")
    with begin() as work:
        for number in (2, 3):
            work.articles.add_version(make_article(f"主張{number}。", title=f"記事{number}"), clinic.now())
        work.commit(make_audit_entry())
    with begin() as work, note_queries(engine) as sent:
        (shown,) = work.overview.list_newest(1, skip=work.overview.count_articles() - 1)
    assert shown.version_id == clinic.version_id
    assert shown.last_graded_at is not None
    (query,) = [query for query in sent if "last_graded_at" in query[0]]
    with engine.connect() as connection:
        plan = explain(connection, query[0], query[1], " ANALYZE")
    assert [line for line in plan if "claim_tally" in line and "loops=1)" not in line] == []


def test_words_are_looked_through_once_for_a_page(engine: Engine, begin: Begin, clinic: Clinic) -> None:
    with begin() as work, note_queries(engine) as sent:
        load_queue(work, clinic.version_id, A, QueueList(find="主張"), 2)
    assert len([statement for statement, _ in sent if "claim_words.words" in statement]) == 1


def test_a_house_is_counted_without_looking_through_a_table_for_each_claim(
    engine: Engine, begin: Begin, clinic: Clinic
) -> None:
    """Of a list that is too long to be hashed PostgreSQL reads all for each claim: 13 minutes and no end with
    600,000 claims. What exists is looked up by an index instead."""
    with begin() as work, note_queries(engine, "INSERT") as sent:
        work.tallies.fill()
    counted = [statement for statement, _ in sent if statement.startswith("INSERT INTO claim_tally")]
    assert len(counted) == 1
    columns, _, _ = counted[0].partition("\nFROM (SELECT")[2].partition("\nFROM placement JOIN")
    assert "AS answered" in columns
    assert " IN (SELECT" not in columns


@contextmanager
def note_queries(engine: Engine, *kinds: str) -> Iterator[list[tuple[str, Any]]]:
    """The queries that are sent while the block runs, with what they ask for, and statements of ``kinds``."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: object, statement: str, asked: Any, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH", "UPDATE", "DELETE", *kinds)):
            sent.append((statement, asked))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def explain(connection: Connection, statement: str, asked: Any, more: str = "") -> list[str]:
    """The lines of the plan that the database makes for the query."""
    how = f"EXPLAIN{more}" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    return [str(row[-1]) for row in connection.exec_driver_sql(f"{how} {statement}", asked)]


def find_whole_reads(connection: Connection, statement: str, asked: Any) -> Iterator[str]:
    """Where the plan reads a large table whole: no sum by an index, and not the first rows in its order."""
    plan = explain(connection, statement, asked)
    sorts = any("ORDER BY" in line or "Sort" in line for line in plan)
    for line in plan:
        found = re.search(r"^SCAN (\w+)|Seq Scan on (\w+)", line)
        table = _name_table(statement, (found[1] or found[2])) if found else ""
        is_first = "LIMIT" in statement and not sorts
        if table in LARGE and not is_first and not any(index in line for index in SUMMED):
            yield f"{line}: {statement}"


def _name_table(statement: str, name: str) -> str:
    """The table that the plan calls by its name in the query."""
    alias = re.search(rf"(\w+) AS {name}\b", statement)
    return alias[1] if alias else name

"""What stands of each claim, counted in one statement, be it of one claim or of the whole house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    Subquery,
    Text,
    case,
    cast,
    collate,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.records.assessment import CitationJudgement, ClaimStatus, StepKind, SupportGrade
from claims.records.queue import NO_LEVEL, rate_badness
from claims.records.retrieval import ANSWERED, SearchStatus
from db.models import (
    AdjudicationRow,
    AssessmentRow,
    ClaimRow,
    ClaimWordsRow,
    DocumentJudgementRow,
    FindingRow,
    JudgementRow,
    OpenGradeRow,
    PlacementRow,
    ReopeningRow,
    RunRow,
    SearchRow,
    TallyRow,
    VersionRow,
)
from db.repositories.latest import still_stands
from db.repositories.placing import number_all

# The condition that a claim, by the column of its number, is one of those to count.
Chosen: TypeAlias = Callable[[InstrumentedAttribute[int]], ColumnElement[bool]]


def select_counted(session: Session, chosen: Chosen, numbered: bool = False) -> Select[Any]:
    """The rows of ``claim_tally``, column by column, that the chosen claims have in all their versions.

    They have their numbers where they are to be ``numbered``, which reads all of each version, else 0.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    first, current = _pair_first(is_sqlite, chosen), _gather_current(is_sqlite, chosen)
    newer = aliased(VersionRow)
    is_older = (
        select(newer.id)
        .where(newer.article_id == VersionRow.article_id, newer.number > VersionRow.number)
        .exists()
    )
    answered = select(SearchRow.claim_id).where(chosen(SearchRow.claim_id), SearchRow.status.in_(ANSWERED))
    kind = type_coerce(PlacementRow.claim, JSON)["type"].as_string()
    names = func.coalesce(current.c.graders, "[]")
    columns: dict[str, ColumnElement[Any] | InstrumentedAttribute[Any]] = {
        "version_id": PlacementRow.version_id,
        "claim_id": PlacementRow.claim_id,
        "newest": ~is_older,
        "claim_type": type_coerce(kind, TallyRow.claim_type.type),
        "status": ClaimRow.status,
        "answered": PlacementRow.claim_id.in_(answered),
        "first_by": first.c.first_by,
        "first_grade": first.c.first_grade,
        "second_by": first.c.second_by,
        "second_grade": first.c.second_grade,
        "graders": type_coerce(names if is_sqlite else cast(names, JSON), TallyRow.graders.type),
        "last_graded_at": current.c.last_graded_at,
        **_tell_of_search(),
        "reading": PlacementRow.reading,
        "standing": _find_standing(),
    }
    rows = (
        select(*(column.label(name) for name, column in columns.items()))
        .join(ClaimRow, ClaimRow.id == PlacementRow.claim_id)
        .join(VersionRow, VersionRow.id == PlacementRow.version_id)
        .outerjoin(first, first.c.claim_id == PlacementRow.claim_id)
        .outerjoin(current, current.c.claim_id == PlacementRow.claim_id)
        .where(chosen(PlacementRow.claim_id), PlacementRow.standing)
    )
    if numbered:
        placed = select(PlacementRow.version_id).where(chosen(PlacementRow.claim_id))
        numbers = number_all(placed)
        rows = rows.add_columns(numbers.c.number).join(numbers, numbers.c.id == PlacementRow.id)
    else:
        rows = rows.add_columns(literal(0).label("number"))
    counted = rows.subquery()
    told: dict[str, ColumnElement[Any]] = {
        **counted.c,
        "badness": rate(counted.c.standing, counted.c.search),
        "answered_by": case((counted.c.search.in_(ANSWERED), counted.c.source), else_=""),
    }
    return select(*(told[column.key].label(column.key) for column in TallyRow.__table__.columns))


def rate(
    grade: ColumnElement[Any] | InstrumentedAttribute[SupportGrade],
    search: ColumnElement[Any] | InstrumentedAttribute[SearchStatus],
) -> ColumnElement[int]:
    """``rate_badness`` of a grade and a status of search."""
    given = {one: rate_badness(one, SearchStatus.FOUND) for one in SupportGrade}
    found = {one: rate_badness(None, one) for one in SearchStatus}
    return func.coalesce(case(given, value=grade), case(found, value=search))


def _tell_of_search() -> dict[str, ColumnElement[Any]]:
    """How the latest search of a placed claim ended, and what it left."""
    of_claim = SearchRow.claim_id == PlacementRow.claim_id
    last = select(SearchRow.status).where(of_claim).order_by(SearchRow.id.desc()).limit(1).scalar_subquery()
    never = literal(SearchStatus.NOT_SEARCHED, SearchRow.status.type)
    runs = select(RunRow.source).join(SearchRow, SearchRow.id == RunRow.search_id).where(of_claim)
    lacking = (RunRow.status == SearchStatus.FAILED) | (cast(RunRow.warnings, Text) != "[]")
    asked_last = runs.order_by(RunRow.id.desc()).limit(1).scalar_subquery()
    found = FindingRow.claim_id == PlacementRow.claim_id
    finding = type_coerce(FindingRow.finding, JSON)
    on_topic = func.coalesce(finding["on_topic"].as_boolean(), true())
    level = func.min(finding["level"]["level"].as_integer())
    risks = cast(type_coerce(PlacementRow.claim, JSON)["wording_risks"], Text)
    return {
        "search": func.coalesce(last, never),
        "source": case((runs.where(lacking).exists(), ""), else_=func.coalesce(asked_last, "")),
        "risky": func.coalesce(risks, "null").not_in(("[]", "null")),
        "minus_papers": -select(func.count()).where(found, on_topic).scalar_subquery(),
        "level": func.coalesce(select(level).where(found, on_topic).scalar_subquery(), NO_LEVEL),
    }


def _find_standing() -> ColumnElement[Any]:
    """The grade that stands of a placed claim: as it was decided, else the last given to its words."""
    decided = (
        select(AdjudicationRow.grade)
        .where(
            AdjudicationRow.claim_id == PlacementRow.claim_id,
            still_stands(AdjudicationRow, StepKind.ADJUDICATION),
        )
        .order_by(AdjudicationRow.id.desc())
        .limit(1)
    )
    words = select(ClaimWordsRow.text_hash).where(_is_worded())
    given = (
        select(AssessmentRow.grade)
        .where(
            AssessmentRow.claim_id == PlacementRow.claim_id,
            # Not joined: of two columns that go together PostgreSQL expects next to no row.
            AssessmentRow.text_hash == words.correlate(PlacementRow).scalar_subquery(),
            *_is_last_word(AssessmentRow, StepKind.GRADE, AssessmentRow.graded_by),
        )
        .order_by(AssessmentRow.id.desc())
        .limit(1)
    )
    return case(
        (ClaimRow.status == ClaimStatus.ADJUDICATED, decided.scalar_subquery()),
        (ClaimRow.status == ClaimStatus.GRADED, given.scalar_subquery()),
    )


def select_own(chosen: Chosen) -> Select[Any]:
    """The rows of ``open_grade``, column by column, of the chosen claims in all their versions."""
    last = select(func.max(ReopeningRow.sequence)).where(ReopeningRow.claim_id == AssessmentRow.claim_id)
    since = func.coalesce(last.correlate(AssessmentRow).scalar_subquery(), -1)
    left = or_(
        _is_left(JudgementRow, StepKind.JUDGEMENT, JudgementRow.pmid, since),
        _is_left(DocumentJudgementRow, StepKind.DOCUMENT, DocumentJudgementRow.document_id, since),
    )
    columns: dict[str, ColumnElement[Any] | InstrumentedAttribute[Any]] = {
        "version_id": ClaimWordsRow.version_id,
        "name": AssessmentRow.graded_by,
        "claim_id": AssessmentRow.claim_id,
        "status": ClaimRow.status,
        "grade": AssessmentRow.grade,
        "done": ~left,
    }
    settled = [status for status in ClaimStatus if status.is_settled]
    return (
        select(*(columns[column.key].label(column.key) for column in OpenGradeRow.__table__.columns))
        .join(ClaimRow, ClaimRow.id == AssessmentRow.claim_id)
        .join(PlacementRow, PlacementRow.claim_id == AssessmentRow.claim_id)
        .join(ClaimWordsRow, _is_worded())
        .where(
            chosen(AssessmentRow.claim_id),
            PlacementRow.standing,
            ClaimRow.status.not_in((*settled, ClaimStatus.DISMISSED)),
            ClaimWordsRow.text_hash == AssessmentRow.text_hash,
            AssessmentRow.sequence > since,
            *_is_last_word(AssessmentRow, StepKind.GRADE, AssessmentRow.graded_by),
        )
    )


def _is_worded() -> ColumnElement[bool]:
    words, placed = ClaimWordsRow, PlacementRow
    return (words.version_id == placed.version_id) & (words.claim_id == placed.claim_id)


def _is_left(
    kind: type[JudgementRow] | type[DocumentJudgementRow],
    step: StepKind,
    of: InstrumentedAttribute[Any],
    since: ColumnElement[int],
) -> ColumnElement[bool]:
    """Whether somebody attached what the grader of ``AssessmentRow`` did not judge since that step."""
    own = aliased(kind)
    judged = select(own.id).where(
        own.claim_id == AssessmentRow.claim_id,
        own.judged_by == AssessmentRow.graded_by,
        getattr(own, of.key) == of,
        own.sequence > since,
        still_stands(own, step),
    )
    return (
        select(kind.id)
        .where(
            kind.claim_id == AssessmentRow.claim_id,
            kind.judgement != CitationJudgement.NOT_RELEVANT,
            kind.sequence > since,
            *_is_last_word(kind, step, kind.judged_by, of),
            ~judged.correlate(AssessmentRow, kind).exists(),
        )
        .correlate(AssessmentRow)
        .exists()
    )


def _is_last_word(
    kind: type[Any], step: StepKind, *within: InstrumentedAttribute[Any]
) -> tuple[ColumnElement[bool], ...]:
    """That a row was not taken back, and none came later of the same claim and ``within``."""
    later = aliased(kind)
    alike = (getattr(later, column.key) == column for column in within)
    followed = select(later.id).where(
        later.claim_id == kind.claim_id, *alike, later.id > kind.id, still_stands(later, step)
    )
    return still_stands(kind, step), ~followed.correlate(kind).exists()


def _pair_first(is_sqlite: bool, chosen: Chosen) -> Subquery:
    """The first two independent grades of each claim, from before it was opened again, by their names.

    What was taken over is none, nor what was given by somebody who had taken a grade over (ADR 0060).
    """
    reopened = _list_reopened(chosen)
    of_each = (
        select(AssessmentRow.claim_id, func.min(AssessmentRow.id).label("id"))
        .outerjoin(reopened, reopened.c.claim_id == AssessmentRow.claim_id)
        .where(
            chosen(AssessmentRow.claim_id),
            still_stands(AssessmentRow, StepKind.GRADE),
            AssessmentRow.taken_from.is_(None),
            reopened.c.first.is_(None) | (AssessmentRow.sequence <= reopened.c.first),
        )
        .group_by(AssessmentRow.claim_id, AssessmentRow.graded_by)
        .subquery()
    )
    in_turn = func.row_number().over(partition_by=of_each.c.claim_id, order_by=of_each.c.id)
    ranked = select(of_each.c.id, in_turn.label("turn")).subquery()
    name = _by_name(is_sqlite, AssessmentRow.graded_by)
    by_name = func.row_number().over(partition_by=AssessmentRow.claim_id, order_by=name)
    two = (
        select(AssessmentRow.claim_id, AssessmentRow.graded_by, AssessmentRow.grade, by_name.label("place"))
        .join(ranked, ranked.c.id == AssessmentRow.id)
        .where(ranked.c.turn <= 2)
        .subquery()
    )
    return (
        select(
            two.c.claim_id,
            func.max(case((two.c.place == 1, two.c.graded_by))).label("first_by"),
            func.max(case((two.c.place == 1, two.c.grade))).label("first_grade"),
            func.max(case((two.c.place == 2, two.c.graded_by))).label("second_by"),
            func.max(case((two.c.place == 2, two.c.grade))).label("second_grade"),
        )
        .group_by(two.c.claim_id)
        .subquery()
    )


def _gather_current(is_sqlite: bool, chosen: Chosen) -> Subquery:
    """Who has a grade of each claim that counts now, by name, and when the last was given."""
    reopened = _list_reopened(chosen)
    of_each = (
        select(
            AssessmentRow.claim_id,
            AssessmentRow.graded_by,
            func.max(AssessmentRow.graded_at).label("last_graded_at"),
        )
        .outerjoin(reopened, reopened.c.claim_id == AssessmentRow.claim_id)
        .where(
            chosen(AssessmentRow.claim_id),
            still_stands(AssessmentRow, StepKind.GRADE),
            reopened.c.last.is_(None) | (AssessmentRow.sequence > reopened.c.last),
        )
        .group_by(AssessmentRow.claim_id, AssessmentRow.graded_by)
        .subquery()
    )
    # Over windows, which have an order on every SQLite; an aggregate has one since 3.44 only.
    gather = func.json_group_array if is_sqlite else func.json_agg
    name = _by_name(is_sqlite, of_each.c.graded_by)
    whole: dict[str, Any] = {"partition_by": of_each.c.claim_id, "order_by": name, "rows": (None, None)}
    listed = select(
        of_each.c.claim_id,
        gather(of_each.c.graded_by).over(**whole).label("graders"),
        func.max(of_each.c.last_graded_at).over(**whole).label("last_graded_at"),
    ).subquery()
    # Grouped, though each claim has the same in all of its rows: SQLite makes an index of what is grouped
    # when it is joined, and read a bare window whole for every claim.
    return (
        select(
            listed.c.claim_id,
            func.max(cast(listed.c.graders, Text)).label("graders"),
            func.max(listed.c.last_graded_at).label("last_graded_at"),
        )
        .group_by(listed.c.claim_id)
        .subquery()
    )


def _list_reopened(chosen: Chosen) -> Subquery:
    """With which of its steps each claim was opened again first and last."""
    return (
        select(
            ReopeningRow.claim_id,
            func.min(ReopeningRow.sequence).label("first"),
            func.max(ReopeningRow.sequence).label("last"),
        )
        .where(chosen(ReopeningRow.claim_id))
        .group_by(ReopeningRow.claim_id)
        .subquery()
    )


def _by_name(is_sqlite: bool, name: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Names in the order of their signs, as Python and SQLite have them, whatever PostgreSQL's language."""
    return collate(name, "BINARY" if is_sqlite else "C")

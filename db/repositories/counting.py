"""What stands of each claim, counted in one statement, be it of one claim or of the whole house."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    Text,
    case,
    cast,
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
from db.repositories.graders import Chosen, gather_current, pair_first
from db.repositories.latest import still_stands
from db.repositories.placing import number_all


def select_counted(session: Session, chosen: Chosen, numbered: bool = False) -> Select[Any]:
    """The rows of ``claim_tally``, column by column, that the chosen claims have in all their versions.

    They have their numbers where they are to be ``numbered``, which reads all of each version, else 0.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    first, current = pair_first(is_sqlite, chosen), gather_current(is_sqlite, chosen)
    newer = aliased(VersionRow)
    is_older = (
        select(newer.id)
        .where(newer.article_id == VersionRow.article_id, newer.number > VersionRow.number)
        .exists()
    )
    # Not among all that were answered: more of them than PostgreSQL hashes it looks through for each claim.
    answered = select(SearchRow.id).where(
        chosen(SearchRow.claim_id),
        SearchRow.claim_id == PlacementRow.claim_id,
        SearchRow.status.in_(ANSWERED),
    )
    kind = type_coerce(PlacementRow.claim, JSON)["type"].as_string()
    names = func.coalesce(current.c.graders, "[]")
    columns: dict[str, ColumnElement[Any] | InstrumentedAttribute[Any]] = {
        "version_id": PlacementRow.version_id,
        "claim_id": PlacementRow.claim_id,
        "newest": ~is_older,
        "claim_type": type_coerce(kind, TallyRow.claim_type.type),
        "status": ClaimRow.status,
        "answered": answered.exists(),
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

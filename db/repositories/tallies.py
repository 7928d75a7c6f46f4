"""Counting at each step what pages would count at each view, in the transaction of the step.

``keep_tallies`` counts the claims anew that a unit of work touched, ``TallyRepository.recount`` all of a
version, ``TallyRepository.fill`` the whole house: all by ``select_counted`` and ``select_own``, so that what
is kept is what would be counted. Nothing here is said by anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Select,
    delete,
    insert,
    literal,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

from db.among import among
from db.mapping import Values, words_values
from db.models import ClaimWordsRow, OpenGradeRow, PlacementRow, TallyRow, VersionRow, WorkloadRow
from db.repositories.counting import select_counted, select_own
from db.repositories.inserting import (
    DECIDED_VERSIONS,
    TOUCHED_CLAIMS,
    TOUCHED_VERSIONS,
    insert_many,
    lock_row,
)
from db.repositories.known_claims import mark_known
from db.repositories.placing import number_all
from db.repositories.review_days import mark_days
from db.repositories.shares import count_shares, share_out_anew, shift_workload, store_shares
from db.repositories.stages import mark_articles, mark_claims

_COLUMNS = tuple(column.key for column in TallyRow.__table__.columns)
_OWN = tuple(column.key for column in OpenGradeRow.__table__.columns)
_AT_A_TIME = 5_000
Key: TypeAlias = tuple[int, int]


def keep_tallies(session: Session) -> None:
    """Count anew what this session touched since the last time; nothing touched is no query."""
    claims: set[int] = session.info.pop(TOUCHED_CLAIMS, set())
    versions: set[int] = session.info.pop(TOUCHED_VERSIONS, set())
    decided: set[int] = session.info.pop(DECIDED_VERSIONS, set())
    newest: dict[int, int] = {}
    if claims:
        chosen = partial(among, keys=claims)
        kept = _load(session, chosen(TallyRow.claim_id))
        counted = _count(session, select_counted(session, chosen))
        for row in counted.values():
            del row["number"]
        _replace(session, kept, counted)
        for version_id in {version_id for version_id, _ in kept.keys() ^ counted.keys()}:
            _number_anew(session, version_id)
        _keep_own(session, chosen(OpenGradeRow.claim_id), select_own(chosen))
        shift_workload(session, kept.values(), counted.values())
        before, settled = (_list_settled(rows.values()) for rows in (kept, counted))
        mark_known(session, settled, before - settled)
        newest = {claim_id: version_id for (version_id, claim_id), row in counted.items() if row["newest"]}
    for version_id in sorted(versions):
        share_out_anew(session, version_id)
    # Articles before claims, as whoever counts them takes them.
    mark_articles(session, versions | decided)
    mark_days(session, decided)
    mark_claims(session, newest, claims - newest.keys())


def _list_settled(rows: Iterable[Values]) -> frozenset[int]:
    """The claims whose grade stands."""
    return frozenset(row["claim_id"] for row in rows if row["status"].is_settled)


class TallyRepository:
    """Counts anew what stands, wherever it was counted wrongly or not at all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_versions(self) -> tuple[int, ...]:
        """The versions of all articles, each after those before it."""
        return tuple(self._session.scalars(select(VersionRow.id).order_by(VersionRow.id)))

    def recount(self, version_id: int) -> int:
        """How many rows of the version were not as they are counted now; they are from here on.

        Held meanwhile is the version: nobody takes a step in it.
        """
        lock_row(self._session, VersionRow, version_id)
        return _recount(self._session, version_id)

    def fill(self) -> None:
        """Count the claims of the whole house anew, in one statement for each table."""
        for kind in (TallyRow, OpenGradeRow, ClaimWordsRow):
            self._session.execute(delete(kind))
        self._fill_words()
        select_all = select_counted(self._session, lambda _: true(), numbered=True)
        self._session.execute(insert(TallyRow).from_select(_COLUMNS, select_all))
        self._session.execute(insert(OpenGradeRow).from_select(_OWN, select_own(lambda _: true())))

    def _fill_words(self) -> None:
        """The words of each place: folded as no database does it."""
        rows = self._session.execute(
            select(PlacementRow.version_id, PlacementRow.claim_id, PlacementRow.claim),
            execution_options={"yield_per": _AT_A_TIME},
        )
        for part in rows.partitions():
            insert_many(self._session, ClaimWordsRow, [words_values(*row) for row in part])
        # The next statement joins them: PostgreSQL plans it for the rows that it knows of.
        self._session.execute(text("ANALYZE claim_words"))

    def fill_shares(self) -> None:
        """Count everybody's workload anew, of the claims as they were counted."""
        self._session.execute(delete(WorkloadRow))
        newest = self._session.scalars(select(TallyRow.version_id).where(TallyRow.newest).distinct())
        store_shares(self._session, count_shares(self._session, newest.all()))


def _recount(session: Session, version_id: int) -> int:
    placed = select(PlacementRow.claim_id).where(PlacementRow.version_id == version_id)
    kept = _load(session, TallyRow.version_id == version_id)
    select_all = select_counted(session, lambda claim: claim.in_(placed), numbered=True)
    counted = {key: row for key, row in _count(session, select_all).items() if key[0] == version_id}
    own = select_own(lambda claim: claim.in_(placed)).where(PlacementRow.version_id == version_id)
    return (
        _replace(session, kept, counted)
        + _keep_own(session, OpenGradeRow.version_id == version_id, own)
        + share_out_anew(session, version_id)
    )


def _load(session: Session, of_rows: ColumnElement[bool]) -> dict[Key, Values]:
    rows = session.execute(select(*TallyRow.__table__.columns).where(of_rows))
    return {(row.version_id, row.claim_id): dict(zip(_COLUMNS, row, strict=True)) for row in rows}


def _count(session: Session, counted: Select[Any]) -> dict[Key, Values]:
    """The rows of ``select_counted``, by version and claim."""
    rows = session.execute(counted)
    return {(row.version_id, row.claim_id): dict(zip(_COLUMNS, row, strict=True)) for row in rows}


def _replace(session: Session, kept: Mapping[Key, Values], counted: Mapping[Key, Values]) -> int:
    """How many rows differed; what is counted is kept now, a row that comes without number with 0.

    Changed is what differs alone: of two who count at once what each saw change stays.
    """
    gone = kept.keys() - counted.keys()
    for version_id in {version_id for version_id, _ in gone}:
        ids = [claim_id for of_version, claim_id in gone if of_version == version_id]
        session.execute(
            delete(TallyRow).where(TallyRow.version_id == version_id, among(TallyRow.claim_id, ids)),
            execution_options={"synchronize_session": False},
        )
    changed: dict[tuple[str, ...], list[Values]] = {}
    for key in kept.keys() & counted.keys():
        names = tuple(name for name, value in counted[key].items() if kept[key][name] != value)
        if names:
            values = {
                "version_id": key[0],
                "claim_id": key[1],
                **{name: counted[key][name] for name in names},
            }
            changed.setdefault(names, []).append(values)
    for rows in changed.values():
        session.execute(update(TallyRow), rows)
    come = [{"number": 0} | row for key, row in counted.items() if key not in kept]
    insert_many(session, TallyRow, come)
    return len(gone) + sum(map(len, changed.values())) + len(come)


def _number_anew(session: Session, version_id: int) -> None:
    """Give the claims of a version the numbers that they have now that some came or went."""
    numbers = number_all(select(literal(version_id)))
    place = select(PlacementRow.claim_id, numbers.c.number).join(numbers, numbers.c.id == PlacementRow.id)
    now = place.subquery()
    session.execute(
        update(TallyRow)
        .where(
            TallyRow.version_id == version_id,
            TallyRow.claim_id == now.c.claim_id,
            TallyRow.number != now.c.number,
        )
        .values(number=now.c.number),
        execution_options={"synchronize_session": False},
    )


def _keep_own(session: Session, of_rows: ColumnElement[bool], counted: Select[Any]) -> int:
    """How many of these rows of ``open_grade`` differed; what is counted is kept now."""
    kept = {tuple(row) for row in session.execute(select(*OpenGradeRow.__table__.columns).where(of_rows))}
    now = {tuple(row) for row in session.execute(counted)}
    key = tuple_(OpenGradeRow.version_id, OpenGradeRow.name, OpenGradeRow.claim_id)
    for gone in sorted(kept - now):
        session.execute(
            delete(OpenGradeRow).where(key == gone[:3]), execution_options={"synchronize_session": False}
        )
    insert_many(session, OpenGradeRow, [dict(zip(_OWN, row, strict=True)) for row in sorted(now - kept)])
    return len({row[:3] for row in kept ^ now})

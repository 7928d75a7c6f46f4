"""What people are told: rows that come with their causes, and go with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, true, update
from sqlalchemy.orm import Session

from claims.records.notice import Cause, Notice, NoticeKind
from db.among import among
from db.mapping import Values
from db.models import AccountRow, NoticeRow, PlacementRow, VersionRow
from db.repositories.inserting import insert_into

_OF_OPEN_CLAIMS = (NoticeKind.FLAGGED, NoticeKind.ANSWERED, NoticeKind.CONFLICT)
_QUIET = {"synchronize_session": False}


class NoticeRepository:
    """Keeps notices. Whoever has no account, or a closed one, has none."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def tell(self, told: Iterable[tuple[int, Cause]], at: datetime) -> None:
        """Tell each account its cause, unless it was told of it before."""
        # In one order, so that of two at once neither waits for the other.
        rows: list[Values] = [
            {
                "account_id": account_id,
                "kind": cause.kind,
                "version_id": cause.version_id,
                "claim_id": cause.claim_id,
                "pmid": cause.pmid,
                "cause": cause.key,
                "told_at": at,
            }
            for account_id, cause in sorted(set(told), key=lambda one: (one[0], one[1].kind, one[1].key))
        ]
        if rows:
            self._session.execute(insert_into(self._session, NoticeRow).on_conflict_do_nothing(), rows)

    def withdraw(
        self,
        kinds: Collection[NoticeKind],
        version_ids: Collection[int],
        stands: Iterable[tuple[int, NoticeKind, str]] = (),
        claim_ids: Collection[int] | None = None,
    ) -> None:
        """Take back what was told of these versions, or of these claims in them, and stands no longer.

        ``stands`` has account, kind and key of each cause that does.
        """
        chosen: list[ColumnElement[bool]] = [
            NoticeRow.kind.in_(kinds),
            among(NoticeRow.version_id, version_ids),
        ]
        if claim_ids is not None:
            chosen.append(among(NoticeRow.claim_id, claim_ids))
        kept = set(stands)
        rows = self._session.execute(
            select(NoticeRow.id, NoticeRow.account_id, NoticeRow.kind, NoticeRow.cause).where(*chosen)
        )
        gone = [row.id for row in rows if (row.account_id, row.kind, row.cause) not in kept]
        if gone:
            going = delete(NoticeRow).where(among(NoticeRow.id, gone))
            self._session.execute(going, execution_options=_QUIET)

    def withdraw_of_gone_claims(self, version_ids: Collection[int], newest: int) -> None:
        """Take back what was told in these versions of claims that stand in the ``newest`` no more."""
        standing = select(PlacementRow.claim_id).where(
            PlacementRow.version_id == newest, PlacementRow.standing == true()
        )
        self._session.execute(
            delete(NoticeRow).where(
                among(NoticeRow.version_id, version_ids),
                NoticeRow.kind.in_(_OF_OPEN_CLAIMS),
                NoticeRow.claim_id.is_not(None),
                NoticeRow.claim_id.not_in(standing),
            ),
            execution_options=_QUIET,
        )

    def drop(self, cause: Cause) -> None:
        """Take the cause back from everybody."""
        is_it = NoticeRow.kind == cause.kind, NoticeRow.claim_id == cause.claim_id
        self._session.execute(
            delete(NoticeRow).where(*is_it, NoticeRow.cause == cause.key), execution_options=_QUIET
        )

    def count_new(self, name: str) -> int:
        """How many notices are new to the person."""
        counted = select(func.count()).select_from(NoticeRow).join(AccountRow)
        return self._session.scalar(counted.where(*_new_to(name))) or 0

    def list_new(self, name: str, limit: int) -> tuple[Notice, ...]:
        """The notices that are new to the person, the latest first."""
        rows = self._session.execute(
            select(NoticeRow, VersionRow.article_id, VersionRow.number)
            .join(AccountRow, AccountRow.id == NoticeRow.account_id)
            .join(VersionRow, VersionRow.id == NoticeRow.version_id)
            .where(*_new_to(name))
            .order_by(NoticeRow.told_at.desc(), NoticeRow.id.desc())
            .limit(limit)
        )
        return tuple(read_notice(row, article_id, number) for row, article_id, number in rows)

    def mark_seen(self, name: str, ids: Collection[int], at: datetime) -> None:
        """These notices are new to the person no longer."""
        self._see(name, at, among(NoticeRow.id, ids))

    def mark_read(self, name: str, article_id: int, claim_id: int | None, at: datetime) -> None:
        """What the person was told of the article, or of this claim of it, is new to them no longer."""
        versions = select(VersionRow.id).where(VersionRow.article_id == article_id)
        of_claim = () if claim_id is None else (NoticeRow.claim_id == claim_id,)
        self._see(name, at, NoticeRow.version_id.in_(versions), *of_claim)

    def _see(self, name: str, at: datetime, *chosen: ColumnElement[bool]) -> None:
        account = select(AccountRow.id).where(AccountRow.name == name).scalar_subquery()
        own = NoticeRow.account_id == account, NoticeRow.seen_at.is_(None)
        self._session.execute(
            update(NoticeRow).where(*own, *chosen).values(seen_at=at), execution_options=_QUIET
        )


def read_notice(row: NoticeRow, article_id: int, number: int) -> Notice:
    """The notice, about the version of this number of the article."""
    cause = Cause(row.kind, row.version_id, row.cause, row.claim_id, row.pmid)
    return Notice(row.id, row.account_id, cause, row.told_at, article_id, number)


def _new_to(name: str) -> tuple[ColumnElement[bool], ...]:
    return AccountRow.name == name, AccountRow.active == true(), NoticeRow.seen_at.is_(None)

"""Flags that people raised, and what was said to flags of every kind. All only ever grow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.records.flag import AnswerKind, FlagAnswer, FlagResolution, Remark
from db.among import among
from db.mapping import make_row, read_record
from db.models import AnswerRow, RemarkRow, ResolutionRow
from db.repositories.inserting import touch_claims
from db.repositories.latest import group_by_claim


class FlagRepository:
    """Appends; everything that was ever said stays, in the order it was said."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_remark(self, remark: Remark) -> Remark:
        """The remark with the number that it is now known by."""
        values = {name: getattr(remark, name) for name in Remark.__slots__ if name != "id"}
        row = RemarkRow(**values)
        self._store(row)
        return read_record(Remark, row)

    def add_answer(self, answer: FlagAnswer) -> None:
        """Keep the author's answer."""
        self._store(make_row(AnswerRow, answer))

    def add_resolution(self, resolution: FlagResolution) -> None:
        """Keep what settles a flag or opens it again."""
        self._store(make_row(ResolutionRow, resolution))

    def load_remarks(self, claim_ids: Collection[int]) -> dict[int, tuple[Remark, ...]]:
        """The flags that people raised on each of these claims, oldest first."""
        rows = self._session.scalars(
            select(RemarkRow).where(among(RemarkRow.claim_id, claim_ids)).order_by(RemarkRow.id)
        )
        return group_by_claim(claim_ids, ((row.claim_id, read_record(Remark, row)) for row in rows))

    def load_answers(self, claim_ids: Collection[int]) -> dict[int, tuple[FlagAnswer, ...]]:
        """The answers to the flags of each of these claims, oldest first."""
        rows = self._session.scalars(
            select(AnswerRow).where(among(AnswerRow.claim_id, claim_ids)).order_by(AnswerRow.id)
        )
        return group_by_claim(claim_ids, ((row.claim_id, read_record(FlagAnswer, row)) for row in rows))

    def list_replies(self, words: str, since: datetime) -> tuple[FlagAnswer, ...]:
        """The replies after ``since`` that have these words in them, in capitals or not; the latest first."""
        replies = select(AnswerRow).where(
            AnswerRow.kind == AnswerKind.REPLY,
            AnswerRow.answered_at > since,
            AnswerRow.words.icontains(words, autoescape=True),
        )
        rows = self._session.scalars(replies.order_by(AnswerRow.id.desc()))
        return tuple(read_record(FlagAnswer, row) for row in rows)

    def load_resolutions(self, claim_ids: Collection[int]) -> dict[int, tuple[FlagResolution, ...]]:
        """What was said to settle the flags of each of these claims, oldest first."""
        rows = self._session.scalars(
            select(ResolutionRow).where(among(ResolutionRow.claim_id, claim_ids)).order_by(ResolutionRow.id)
        )
        return group_by_claim(claim_ids, ((row.claim_id, read_record(FlagResolution, row)) for row in rows))

    def _store(self, row: RemarkRow | AnswerRow | ResolutionRow) -> None:
        touch_claims(self._session, [row.claim_id])
        self._session.add(row)
        self._session.flush()

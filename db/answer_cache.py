"""What a source has answered before, kept in the database. No review rests on it: it may be emptied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from claims.records.citation import Pmid
from claims.records.retrieval import FetchedRecord, SourceAnswer
from db.among import among
from db.models import FetchedRow, SourceAnswerRow
from db.repositories.inserting import insert_into


class StoredAnswers:
    """An ``AnswerCache`` for one source, shared by all who use this database, each call a transaction."""

    def __init__(self, engine: Engine, source: str) -> None:
        self._engine = engine
        self._source = source

    def find_answer(self, query: str, limit: int, since: datetime) -> SourceAnswer | None:
        """The latest answer to this query, given at ``since`` or later, with its ``asked_at``."""
        kept = select(SourceAnswerRow.answer).where(
            SourceAnswerRow.source == self._source,
            SourceAnswerRow.query_hash == _hash(query),
            SourceAnswerRow.asked_for == limit,
            SourceAnswerRow.asked_at >= since,
        )
        with Session(self._engine) as session:
            return session.scalar(kept)

    def keep_answer(self, query: str, limit: int, answer: SourceAnswer) -> None:
        """Keep an answer in place of an earlier one. ``asked_at`` must be known."""
        key = {"source": self._source, "query_hash": _hash(query), "asked_for": limit}
        with Session(self._engine) as session:
            insert = insert_into(session, SourceAnswerRow)
            changed = {"asked_at": insert.excluded.asked_at, "answer": insert.excluded.answer}
            session.execute(
                insert.on_conflict_do_update(index_elements=list(key), set_=changed),
                [{**key, "asked_at": answer.asked_at, "answer": answer}],
            )
            session.commit()

    def drop_answer(self, query: str, limit: int) -> None:
        """Keep no answer to this query."""
        dropped = delete(SourceAnswerRow).where(
            SourceAnswerRow.source == self._source,
            SourceAnswerRow.query_hash == _hash(query),
            SourceAnswerRow.asked_for == limit,
        )
        with Session(self._engine) as session:
            session.execute(dropped)
            session.commit()

    def find_records(self, pmids: Iterable[Pmid], since: datetime) -> dict[Pmid, FetchedRecord]:
        """The records fetched at ``since`` or later, by the PMID that was asked for; others are absent."""
        kept = select(FetchedRow.pmid, FetchedRow.citation, FetchedRow.fetched_at).where(
            FetchedRow.source == self._source,
            among(FetchedRow.pmid, sorted(set(pmids))),
            FetchedRow.fetched_at >= since,
        )
        with Session(self._engine) as session:
            return {row.pmid: FetchedRecord(row.citation, row.fetched_at) for row in session.execute(kept)}

    def keep_records(self, records: Mapping[Pmid, FetchedRecord]) -> None:
        """Keep records in place of earlier ones."""
        if not records:
            return
        with Session(self._engine) as session:
            insert = insert_into(session, FetchedRow)
            changed = {"fetched_at": insert.excluded.fetched_at, "citation": insert.excluded.citation}
            # In one order for everybody: two that keep the same records wait and do not deadlock.
            session.execute(
                insert.on_conflict_do_update(index_elements=["source", "pmid"], set_=changed),
                [
                    {
                        "source": self._source,
                        "pmid": pmid,
                        "fetched_at": records[pmid].fetched_at,
                        "citation": records[pmid].citation,
                    }
                    for pmid in sorted(records)
                ],
            )
            session.commit()

    def forget(self, before: datetime) -> None:
        """Drop what the source answered before that moment."""
        with Session(self._engine) as session:
            session.execute(
                delete(SourceAnswerRow).where(
                    SourceAnswerRow.source == self._source, SourceAnswerRow.asked_at < before
                )
            )
            session.execute(
                delete(FetchedRow).where(FetchedRow.source == self._source, FetchedRow.fetched_at < before)
            )
            session.commit()


def _hash(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()

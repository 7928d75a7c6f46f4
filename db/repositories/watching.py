"""What Retraction Watch tells, runs over papers, and which published claims need review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims.records.citation import Citation, Pmid
from claims.records.recheck import LostGround, RecheckNote, RecheckRun, ReviewMark
from claims.records.watch import WatchRecord
from db.among import among
from db.mapping import read_record, take_values
from db.models import (
    CitationRow,
    FindingRow,
    PlacementRow,
    RecheckNoteRow,
    RecheckRow,
    ReviewMarkRow,
    VersionRow,
    WatchRow,
)
from db.models.citations import key_doi
from db.repositories.inserting import insert_into, insert_many, touch_claims
from db.repositories.runs import RunRepository
from db.repositories.uses import UseRepository

_QUIET = {"synchronize_session": False}


class WatchRepository:
    """Keeps Retraction Watch's rows by their numbers; one that a later file lacks stays."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, records: Sequence[WatchRecord]) -> tuple[int, int]:
        """Keep these rows; how many are new, and how many say something else than before."""
        latest = {record.record_id: record for record in records}
        rows = self._session.scalars(select(WatchRow).where(among(WatchRow.record_id, list(latest))))
        known = {row.record_id: read_record(WatchRecord, row) for row in rows}
        other = [record for record in latest.values() if known.get(record.record_id) != record]
        if not other:
            return 0, 0
        insert = insert_into(self._session, WatchRow)
        told = {name: insert.excluded[name] for name in take_values(other[0]) if name != "record_id"}
        self._session.execute(
            insert.on_conflict_do_update(index_elements=["record_id"], set_=told),
            [take_values(record) for record in sorted(other, key=lambda record: record.record_id)],
        )
        self._session.expire_all()
        changed = sum(record.record_id in known for record in other)
        return len(other) - changed, changed

    def count(self) -> int:
        """How many rows are kept."""
        return self._session.scalar(select(func.count()).select_from(WatchRow)) or 0

    def load(self, citations: Collection[Citation]) -> dict[Pmid, tuple[WatchRecord, ...]]:
        """The rows about each of these papers, by PMID and, where a row has none, by DOI."""
        dois: dict[str, list[Pmid]] = {}
        for citation in citations:
            if citation.doi:
                dois.setdefault(key_doi(citation.doi), []).append(citation.pmid)
        found: dict[Pmid, list[WatchRecord]] = {citation.pmid: [] for citation in citations}
        by_pmid = among(WatchRow.pmid, sorted(found))
        by_doi = among(WatchRow.doi, sorted(dois)) & WatchRow.pmid.is_(None)
        rows = select(WatchRow).where(by_pmid | by_doi).order_by(WatchRow.record_id)
        for row in self._session.scalars(rows) if found else ():
            record = read_record(WatchRecord, row)
            for pmid in dois[record.doi] if record.pmid is None else (record.pmid,):
                found[pmid].append(record)
        return {pmid: tuple(records) for pmid, records in found.items() if records}

    def find_papers(self) -> tuple[Pmid, ...]:
        """The stored records of which some row tells; every record and row is looked at."""
        by_doi = select(WatchRow.doi).where(WatchRow.pmid.is_(None), WatchRow.doi != "")
        by_pmid = select(WatchRow.pmid).where(WatchRow.pmid.is_not(None))
        named = CitationRow.pmid.in_(by_pmid) | CitationRow.doi.in_(by_doi)
        return tuple(self._session.scalars(select(CitationRow.pmid).where(named).order_by(CitationRow.pmid)))


class RecheckRepository(RunRepository[RecheckRun]):
    """Keeps runs: one at most is open, and only who knows its cursor moves it on."""

    record, row = RecheckRun, RecheckRow

    def list_papers(self, after: str = "") -> tuple[Pmid, ...]:
        """The papers under claims of newest and of published versions, by number as text, from there on."""
        newest = select(func.max(VersionRow.id)).group_by(VersionRow.article_id)
        published = UseRepository(self._session).list_published()
        live = PlacementRow.version_id.in_(newest) | among(PlacementRow.version_id, published)
        papers = (
            select(FindingRow.pmid)
            .join(PlacementRow, PlacementRow.claim_id == FindingRow.claim_id)
            .where(PlacementRow.standing, live)
            .distinct()
        )
        return tuple(pmid for pmid in sorted(self._session.scalars(papers)) if pmid > after)

    def list_notes(self, run_id: int, most: int | None = None) -> tuple[RecheckNote, ...]:
        """What a run tells of, by number."""
        rows = select(RecheckNoteRow).where(RecheckNoteRow.run_id == run_id).order_by(RecheckNoteRow.id)
        return tuple(read_record(RecheckNote, row) for row in self._session.scalars(rows.limit(most)))

    def move_on(self, before: RecheckRun, after: RecheckRun, notes: Sequence[RecheckNote] = ()) -> bool:
        """Whether the run still stood as ``before``; it stands as ``after`` now, with these notes."""
        if not self._advance(before, after):
            return False
        insert_many(self._session, RecheckNoteRow, [take_values(note, run_id=before.id) for note in notes])
        return True

    def touch(self, claim_ids: Collection[int]) -> None:
        """Have flags and turns of these claims counted anew: a paper under them stands otherwise."""
        touch_claims(self._session, claim_ids)


class ReviewMarkRepository:
    """Keeps which claims of published versions need review; a mark that is lifted stays as a row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self, version_ids: Collection[int]) -> dict[int, tuple[ReviewMark, ...]]:
        """The marks that stand on each of these versions, by claim; a version without one is absent."""
        rows = self._session.scalars(
            select(ReviewMarkRow)
            .where(among(ReviewMarkRow.version_id, version_ids), ReviewMarkRow.lifted_at.is_(None))
            .order_by(ReviewMarkRow.claim_id, ReviewMarkRow.id)
        )
        found: dict[int, list[ReviewMark]] = {}
        for row in rows:
            found.setdefault(row.version_id, []).append(read_record(ReviewMark, row))
        return {version_id: tuple(marks) for version_id, marks in found.items()}

    def list_marked(self, claim_ids: Collection[int]) -> frozenset[int]:
        """Those of these claims of which a mark stands, in whatever version."""
        marked = select(ReviewMarkRow.claim_id).where(
            among(ReviewMarkRow.claim_id, claim_ids), ReviewMarkRow.lifted_at.is_(None)
        )
        return frozenset(self._session.scalars(marked))

    def list_papers(self) -> tuple[Pmid, ...]:
        """The papers of which a mark tells that they fell."""
        fell = ReviewMarkRow.cause == LostGround.PAPER_FELL
        marked = select(ReviewMarkRow.pmid).where(ReviewMarkRow.lifted_at.is_(None), fell).distinct()
        return tuple(pmid for pmid in self._session.scalars(marked.order_by(ReviewMarkRow.pmid)) if pmid)

    def list_versions(self, causes: Collection[LostGround] = tuple(LostGround)) -> tuple[int, ...]:
        """The versions that have a mark of these causes, published still or not."""
        stands = ReviewMarkRow.lifted_at.is_(None), ReviewMarkRow.cause.in_(causes)
        marked = select(ReviewMarkRow.version_id).where(*stands).distinct()
        return tuple(self._session.scalars(marked.order_by(ReviewMarkRow.version_id)))

    def raise_marks(self, marks: Sequence[ReviewMark]) -> list[ReviewMark]:
        """Keep these marks; those that were raised here. One that stands already stays as it is."""
        return [mark for mark in marks if self._raise(mark)]

    def _raise(self, mark: ReviewMark) -> bool:
        # Of two at once the later one waits here, and finds it raised.
        values = take_values(mark, key=mark.key, lifted_at=None)
        fresh = insert_into(self._session, ReviewMarkRow).values(**values)
        raised = self._session.scalar(fresh.on_conflict_do_nothing().returning(ReviewMarkRow.id))
        return raised is not None

    def lift(self, marks: Sequence[ReviewMark], at: datetime) -> list[ReviewMark]:
        """Let these marks stand no longer; those that were lifted here."""
        return [mark for mark in marks if self._lift(mark, at)]

    def _lift(self, mark: ReviewMark, at: datetime) -> bool:
        lifted = self._session.scalars(
            update(ReviewMarkRow)
            .where(
                ReviewMarkRow.version_id == mark.version_id,
                ReviewMarkRow.claim_id == mark.claim_id,
                ReviewMarkRow.cause == mark.cause,
                ReviewMarkRow.key == mark.key,
                ReviewMarkRow.lifted_at.is_(None),
            )
            .values(lifted_at=at)
            .returning(ReviewMarkRow.id),
            execution_options=_QUIET,
        )
        return bool(lifted.all())

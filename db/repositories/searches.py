"""The log of searches, and the findings that stand for each claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    delete,
    func,
    literal,
    select,
    text,
    true,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from claims.errors import VersionConflict
from claims.records.citation import Pmid
from claims.records.finding import ClaimEvidence, Finding, put_cited_first
from claims.records.retrieval import SearchPlan, SearchRun, SearchStatus
from db.among import among
from db.clock import database_now
from db.mapping import Values, finding_values, make_row, run_record
from db.models import ClaimRow, FindingRow, JudgementRow, RunRow, SearchRow
from db.repositories.citations import CitationRepository
from db.repositories.inserting import insert_into, insert_many, lock_row, touch_claims
from db.repositories.latest import group_by_claim
from db.repositories.lineage import LineageRepository


class SearchRepository:
    """Appends each search to the log; what it found takes the place of what was found before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._now = database_now(session.get_bind().dialect)

    def begin(
        self, claim_ids: Collection[int], lexicon_version: str, owner: str, seconds: float
    ) -> frozenset[int]:
        """Of these claims those that ``owner`` now searches for so long, unless the lease is renewed.

        Left out are those that somebody else is searching; a search whose lease is over is taken up.
        """
        if not claim_ids:
            return frozenset()
        until = self._now + seconds
        plan = literal(SearchPlan((), (), (), lexicon_version), SearchRow.plan.type)
        running = literal(SearchStatus.RUNNING, SearchRow.status.type)
        wanted = select(ClaimRow.id, running, plan, literal(owner), until).where(
            among(ClaimRow.id, claim_ids)
        )
        taken = (
            insert_into(self._session, SearchRow)
            .from_select(["claim_id", "status", "plan", "taken_by", "taken_until"], wanted)
            .on_conflict_do_update(
                index_elements=["claim_id"],
                index_where=text("status = 'running'"),
                set_={"plan": plan, "taken_by": owner, "taken_until": until},
                where=SearchRow.taken_until <= self._now,
            )
            .returning(SearchRow.claim_id)
        )
        begun = frozenset(self._session.scalars(taken))
        touch_claims(self._session, begun)
        return begun

    def renew(self, owner: str, seconds: float) -> None:
        """Let the searches that ``owner`` still runs be leased for so long from now on."""
        self._session.execute(
            update(SearchRow)
            .where(SearchRow.status == SearchStatus.RUNNING, SearchRow.taken_by == owner)
            .values(taken_until=self._now + seconds),
            execution_options={"synchronize_session": False},
        )

    def load_leased(self, claim_ids: Collection[int]) -> frozenset[int]:
        """Those of these claims that somebody is searching at this moment."""
        leased = select(SearchRow.claim_id).where(*_running(claim_ids), SearchRow.taken_until > self._now)
        return frozenset(self._session.scalars(leased))

    def abandon(self, claim_ids: Collection[int], owner: str) -> int:
        """Of how many of these claims what ``owner`` still ran is forgotten: each stands as before."""
        forgotten = delete(SearchRow).where(*_running(claim_ids), SearchRow.taken_by == owner)
        ids = self._session.scalars(forgotten.returning(SearchRow.claim_id)).all()
        touch_claims(self._session, ids)
        return len(ids)

    def record_evidence(
        self, claim_id: int, evidence: ClaimEvidence, owner: str = "", cited: Sequence[Pmid] = ()
    ) -> None:
        """Log the search and let its findings stand for the claim. Raises ``NotFound``.

        What the author ``cited`` stays before them, what stood before after them where
        ``ClaimEvidence.keep_former`` says so. A search of
        ``owner`` is recorded while it is theirs: raises ``VersionConflict`` (``search_taken_over``) once
        another has taken it over, whether that one has ended or not.
        """
        lock_row(self._session, ClaimRow, claim_id)
        if owner and not self.abandon([claim_id], owner):
            raise VersionConflict("search_taken_over", claim=claim_id)
        former = self.load_findings([claim_id])[claim_id]
        evidence = evidence.keep_named(former)
        judged = self._load_judged(claim_id)
        staying = evidence.keep_former(former, {*judged, *cited})
        asked_for = [finding for finding in staying if finding.was_asked_for]
        self._log(claim_id, evidence, evidence.tell_status_beside(asked_for))
        self._replace_findings(claim_id, put_cited_first((*evidence.findings, *staying), cited, judged))

    def add_evidence(self, claim_id: int, evidence: ClaimEvidence, cited: Sequence[Pmid] = ()) -> None:
        """Log a search beside the others: its findings come after those that stand. Raises ``NotFound``.

        What the author ``cited`` comes before them all. For a query that a person asked for;
        ``ClaimEvidence.tell_status_beside`` says how the claim stands.
        """
        lock_row(self._session, ClaimRow, claim_id)
        before = self.load_status([claim_id])[claim_id]
        standing = self.load_findings([claim_id])[claim_id]
        after = evidence.add_to(standing)
        self._log(claim_id, evidence, evidence.tell_status_beside(after, before))
        self._replace_findings(claim_id, put_cited_first(after, cited, self._load_judged(claim_id)))

    def put_cited(self, claim_id: int, cited: Sequence[Pmid], read: Sequence[Finding] = ()) -> bool:
        """Let what the author ``cited`` stand first for the claim; ``read`` are those that are new to it.

        Returns whether anything changed; the records are saved before. See ``put_cited_first``.
        """
        standing = self.load_findings([claim_id])[claim_id]
        known = {finding.pmid for finding in standing}
        new = [finding for finding in read if finding.pmid not in known]
        after = put_cited_first((*standing, *new), cited, self._load_judged(claim_id))
        if after == standing:
            return False
        self._replace_findings(claim_id, after)
        return True

    def revise_findings(self, claim_id: int, findings: Iterable[Finding]) -> None:
        """Let these findings stand for the claim in place of those that stood, read anew."""
        self._replace_findings(claim_id, findings)

    def carry_findings(self, origins: Mapping[int, Sequence[int]]) -> None:
        """Let what was found for former claims stand as suggestions for those that came of them.

        ``origins`` names the former claims of each; a record found for several stands once, at its best.
        """
        found = self.load_findings(sorted({former for formers in origins.values() for former in formers}))
        rows: list[Values] = []
        for claim_id, formers in origins.items():
            once: dict[Pmid, Finding] = {}
            for finding in sorted(
                (f for former in formers for f in found[former]), key=lambda f: (not f.on_topic, f.rank)
            ):
                once.setdefault(finding.pmid, finding)
            for rank, finding in enumerate(once.values(), start=1):
                rows.append(finding_values(replace(finding, rank=rank), claim_id))
        insert_many(self._session, FindingRow, rows)

    def load_runs(self, claim_ids: Collection[int]) -> dict[int, tuple[SearchRun, ...]]:
        """Every query ever sent for each of these claims, oldest first."""
        rows = self._session.execute(
            select(SearchRow.claim_id, RunRow)
            .join(SearchRow, SearchRow.id == RunRow.search_id)
            .where(among(SearchRow.claim_id, claim_ids))
            .order_by(RunRow.id)
        )
        return group_by_claim(claim_ids, ((claim_id, run_record(row)) for claim_id, row in rows))

    def load_findings(self, claim_ids: Collection[int]) -> dict[int, tuple[Finding, ...]]:
        """The citations that stand for each of these claims, by rank."""
        rows = self._session.execute(
            select(FindingRow.claim_id, FindingRow.finding)
            .where(among(FindingRow.claim_id, claim_ids))
            .order_by(FindingRow.claim_id, FindingRow.rank)
        )
        return group_by_claim(claim_ids, ((claim_id, finding) for claim_id, finding in rows))

    def load_pmids(self, claim_ids: Collection[int]) -> dict[int, tuple[Pmid, ...]]:
        """Whose citations stand for each of these claims, by rank."""
        rows = self._session.execute(
            select(FindingRow.claim_id, FindingRow.pmid)
            .where(among(FindingRow.claim_id, claim_ids))
            .order_by(FindingRow.claim_id, FindingRow.rank)
        )
        return group_by_claim(claim_ids, ((claim_id, pmid) for claim_id, pmid in rows))

    def load_status(self, claim_ids: Collection[int]) -> dict[int, SearchStatus]:
        """How the latest search of each of these claims ended, as ``ClaimEvidence.status`` tells it.

        After a search that failed, findings of an earlier one can still stand.
        """
        rows = self._session.execute(
            select(SearchRow.claim_id, SearchRow.status).where(SearchRow.id.in_(_latest(claim_ids)))
        )
        known = dict(rows.all())
        return {claim_id: known.get(claim_id, SearchStatus.NOT_SEARCHED) for claim_id in claim_ids}

    def count_papers(self, claim_ids: Collection[int]) -> dict[int, tuple[int, int | None]]:
        """How many citations on topic stand under each of these claims, and the best level among them."""
        finding = type_coerce(FindingRow.finding, JSON)
        level, on_topic = finding["level"]["level"].as_integer(), finding["on_topic"].as_boolean()
        rows = self._session.execute(
            select(FindingRow.claim_id, func.count(), func.min(level))
            .where(among(FindingRow.claim_id, claim_ids), func.coalesce(on_topic, true()))
            .group_by(FindingRow.claim_id)
        )
        found = {claim_id: (count, best) for claim_id, count, best in rows}
        return {claim_id: found.get(claim_id, (0, None)) for claim_id in claim_ids}

    def find_latest(self, claim_id: int) -> int:
        """The number of the latest search of this claim that was recorded; 0 where there is none."""
        recorded = SearchRow.status != SearchStatus.RUNNING
        latest = select(func.max(SearchRow.id)).where(SearchRow.claim_id == claim_id, recorded)
        return self._session.scalar(latest) or 0

    def load_plans(self, claim_ids: Collection[int]) -> dict[int, SearchPlan]:
        """The plan of the latest recorded search of each of these claims; one never searched is absent."""
        latest = _latest(claim_ids, SearchRow.status != SearchStatus.RUNNING)
        rows = self._session.execute(
            select(SearchRow.claim_id, SearchRow.plan).where(SearchRow.id.in_(latest))
        )
        return dict(rows.all())

    def _log(self, claim_id: int, evidence: ClaimEvidence, status: SearchStatus) -> None:
        """Append the search; the mark of one that died goes."""
        CitationRepository(self._session).save(evidence.citations)
        ended = (SearchRow.taken_by == "") | (SearchRow.taken_until <= self._now)
        self._session.execute(
            delete(SearchRow).where(*_running([claim_id]), ended),
            execution_options={"synchronize_session": False},
        )
        touch_claims(self._session, [claim_id])
        search = SearchRow(claim_id=claim_id, status=status, plan=evidence.plan)
        self._session.add(search)
        self._session.flush()
        # One by one: each is bound into the audit trail by its number.
        self._session.add_all(make_row(RunRow, run, search_id=search.id) for run in evidence.runs)

    def _load_judged(self, claim_id: int) -> set[Pmid]:
        """The records that a person judged for the claim, or for one that it came of."""
        judged = [claim_id, *LineageRepository(self._session).load_ancestors([claim_id])[claim_id]]
        return set(
            self._session.scalars(
                select(JudgementRow.pmid).where(among(JudgementRow.claim_id, judged)).distinct()
            )
        )

    def _replace_findings(self, claim_id: int, findings: Iterable[Finding]) -> None:
        self._session.execute(
            delete(FindingRow).where(FindingRow.claim_id == claim_id),
            execution_options={"synchronize_session": False},
        )
        self._insert_findings(claim_id, tuple(findings))
        touch_claims(self._session, [claim_id])

    def _insert_findings(self, claim_id: int, findings: Sequence[Finding]) -> None:
        looks = {finding.pmid: finding.retraction for finding in findings}
        CitationRepository(self._session).save_standings(looks)
        insert_many(self._session, FindingRow, [finding_values(finding, claim_id) for finding in findings])


def _latest(claim_ids: Collection[int], *only: ColumnElement[bool]) -> Select[int]:
    """The latest search of each of these claims."""
    chosen = select(func.max(SearchRow.id)).where(among(SearchRow.claim_id, claim_ids), *only)
    return chosen.group_by(SearchRow.claim_id)


def _running(claim_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return among(SearchRow.claim_id, claim_ids), SearchRow.status == SearchStatus.RUNNING

"""Closing: what an editor decided on is kept with the decision, and a closed version shows that (ADR 0031).

Live in a closed version is one thing alone: whether its papers still stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from claims.records.citation import Citation, Pmid
from claims.records.decision import VersionState
from claims.records.flag import FlagReason
from claims.records.plan import Declaration
from claims.records.record_json import from_json, to_json
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags
from reviewer.workflow.standings import Standings, load_standings
from reviewer.workflow.states import load_state


@dataclass(frozen=True, slots=True)
class Closing:
    """That a version is closed, and as of when it is shown: ``None`` where that was not yet kept."""

    state: VersionState
    shown_as_of: datetime | None


def keep_closed(
    work: UnitOfWork, version_id: int, dossiers: Iterable[Dossier], declarations: Iterable[Declaration]
) -> None:
    """Keep what the latest decision on the version closed: each claim, dismissed or not, with its flags.

    Each record is kept once, however many claims it was found for.
    """
    records: dict[Pmid, Citation] = {}
    bare: list[Dossier] = []
    for dossier in dossiers:
        records |= dossier.citations
        bare.append(replace(dossier, citations={}))
    stored = to_json(tuple(bare)), to_json(tuple(records.values()))
    work.decisions.keep_closed(version_id, *stored, tuple(declarations))


def load_closed(work: UnitOfWork, version_id: int, claim_id: int | None = None) -> tuple[Dossier, ...] | None:
    """The claims of a closed version as its decision found them, dismissed ones too, in the article's order,
    or that of ``claim_id`` alone.

    What was told of their papers since stands in their findings and among their flags. ``None`` where the
    version is open, or was closed before such was kept.
    """
    kept = work.decisions.load_closed(version_id)
    if kept is None:
        return None
    dossiers = _read_kept(kept[0], claim_id)
    shown = {finding.pmid for dossier in dossiers for finding in dossier.findings}
    records = (from_json(Citation, stored) for stored in kept[1] if stored["pmid"] in shown)
    citations = {record.pmid: record for record in records}
    standings = load_standings(work, citations)
    return tuple(_tell_standings(dossier, citations, standings) for dossier in dossiers)


def load_as_decided(work: UnitOfWork, version_id: int) -> tuple[Dossier, ...]:
    """The claims of a closed version as they were when it was decided on, without their records.

    Nothing where that was not kept.
    """
    kept = work.decisions.load_closed(version_id)
    return tuple(_read_kept(kept[0])) if kept else ()


def find_closing(work: UnitOfWork, version_id: int) -> Closing | None:
    """Where a closed version stands and as of when it is shown; ``None`` while the version is open."""
    state = load_state(work, version_id)
    if state.is_open:
        return None
    decision = work.decisions.find_closing(version_id)
    return Closing(state, decision.decided_at if decision else None)


def load_declarations(work: UnitOfWork, version_id: int) -> dict[str, Declaration]:
    """Each person's declaration for the article by name: of a closed version, as its decision found it."""
    closed = work.decisions.load_closed_declarations(version_id)
    return work.plans.load_declarations(version_id) if closed is None else closed


def _read_kept(stored: Iterable[Any], claim_id: int | None = None) -> list[Dossier]:
    return [from_json(Dossier, one) for one in stored if claim_id in (None, one["claim"]["id"])]


def _tell_standings(dossier: Dossier, citations: Mapping[Pmid, Citation], standings: Standings) -> Dossier:
    """The dossier with its records, and with each paper standing as the latest look found it."""
    # A look that a finding holds is among the standings, of which the latest is kept.
    findings = standings.tell_watched(standings.tell_looks(dossier.findings))
    records = {finding.pmid: citations[finding.pmid] for finding in findings}
    told = replace(dossier, findings=findings, citations=records)
    kept = dossier.closed_flags or ()
    known = {flag.key for flag in kept}
    since = (flag for flag in raise_flags(told) if flag.reason is FlagReason.RETRACTED_CITATION)
    return replace(told, closed_flags=(*kept, *(flag for flag in since if flag.key not in known)))

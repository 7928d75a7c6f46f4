"""Looking again: whether the papers that claims rest on still stand as they did when they were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from claims.evidence.ports import EvidenceSource
from claims.evidence.retraction import read_retraction
from claims.ranking.verification import verify_rationale
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Citation, Pmid, RetractionCheck, is_sample
from claims.records.finding import Finding
from db.unit_of_work import UnitOfWork
from reviewer.workflow.dossier import Dossier, load_dossiers


@dataclass(frozen=True, slots=True)
class ChangedStanding:
    """A paper under a claim that no longer stands as it did.

    ``attached`` says that a reviewer judged it to bear on the claim.
    """

    claim_id: int
    claim_number: int
    pmid: Pmid
    attached: bool
    before: RetractionCheck
    after: RetractionCheck


@dataclass(frozen=True, slots=True)
class Recheck:
    """What looking again gave. ``not_told`` are records that the source lacks, or has in an older version.

    ``rationales_lost`` counts the sentences that the record's new abstract no longer holds as they were.
    """

    checked: int
    not_told: tuple[Pmid, ...]
    changed: tuple[ChangedStanding, ...]
    rationales_lost: int


def recheck_standing(
    work: UnitOfWork, source: EvidenceSource, version_id: int, actor: str, at: datetime
) -> Recheck:
    """The version's citations as the source has them now, stored, with the time of this look.

    Each change is in the audit trail of its claim. A paper that the source does not tell of keeps its
    standing and the date of the earlier look. Raises ``SourceError`` when there was no answer; then nothing
    changes.
    """
    work.articles.get_version(version_id)
    dossiers = load_dossiers(work, work.claims.list_claims(version_id))
    stored = {pmid: citation for dossier in dossiers for pmid, citation in dossier.citations.items()}
    asked = [pmid for pmid in stored if source.name != "pubmed" or not is_sample(pmid)]
    fetched = source.fetch(asked) if asked else {}
    fresh = {pmid: record for pmid, record in fetched.items() if not _is_older(record, stored[pmid])}
    work.citations.save(fresh.values())
    changed: list[ChangedStanding] = []
    lost = 0
    for dossier in dossiers:
        looked_at = [_look_again(finding, fresh.get(finding.pmid), at) for finding in dossier.findings]
        if looked_at != list(dossier.findings):
            work.searches.replace_findings(dossier.claim.id, looked_at)
        lost += _count_rationales(dossier.findings) - _count_rationales(looked_at)
        changed += _list_changed(dossier, looked_at)
    done = Recheck(len(fresh), tuple(pmid for pmid in stored if pmid not in fresh), tuple(changed), lost)
    work.commit(_entry(done, version_id, source.name, actor, at), *_entries(done, actor, at))
    return done


def _is_older(record: Citation, stored: Citation) -> bool:
    return bool(record.revised_on and stored.revised_on and record.revised_on < stored.revised_on)


def _look_again(finding: Finding, record: Citation | None, at: datetime) -> Finding:
    """The finding with the record's present standing, and only the quotations that it still holds."""
    if record is None:
        return finding
    rationales = tuple(one for one in finding.rationales if verify_rationale(one, record))
    return replace(finding, retraction=read_retraction(record, at), rationales=rationales)


def _count_rationales(findings: Iterable[Finding]) -> int:
    return sum(len(finding.rationales) for finding in findings)


def _list_changed(dossier: Dossier, looked_at: list[Finding]) -> list[ChangedStanding]:
    attached = {finding.pmid for finding in dossier.attached}
    return [
        ChangedStanding(
            dossier.claim.id,
            dossier.claim.number,
            before.pmid,
            before.pmid in attached,
            before.retraction,
            after.retraction,
        )
        for before, after in zip(dossier.findings, looked_at, strict=True)
        if before.retraction.status is not after.retraction.status
    ]


def _entry(done: Recheck, version_id: int, source: str, actor: str, at: datetime) -> AuditEntry:
    values = (
        ("source", source),
        ("checked", str(done.checked)),
        ("not_told", str(len(done.not_told))),
        ("changed", str(len(done.changed))),
        ("rationales_lost", str(done.rationales_lost)),
    )
    return AuditEntry(at, actor, AuditAction.STANDINGS_RECHECKED, f"version:{version_id}", values)


def _entries(done: Recheck, actor: str, at: datetime) -> list[AuditEntry]:
    return [
        AuditEntry(
            at,
            actor,
            AuditAction.STANDING_CHANGED,
            f"claim:{one.claim_id}",
            (
                ("pmid", one.pmid),
                ("attached", "yes" if one.attached else "no"),
                ("before", one.before.status.value),
                ("after", one.after.status.value),
                ("notice", one.after.notice or ""),
            ),
        )
        for one in done.changed
    ]

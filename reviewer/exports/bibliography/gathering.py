"""The references of a version: those that people attached, or what is suggested while nobody has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from claims.errors import NotFound
from claims.records.citation import Citation, Pmid, RetractionCheck
from claims.records.finding import Finding
from db.unit_of_work import UnitOfWork
from reviewer.exports.bibliography.entry import Entry
from reviewer.exports.report import shown_findings
from reviewer.rules.dossier import Dossier
from reviewer.workflow.loading import load_version


@dataclass(frozen=True, slots=True)
class Gathered:
    """The entries of a version, by claim and then best first, each once.

    ``attached``: people judged them to bear on the claims; else they are the machine's suggestions.
    """

    entries: tuple[Entry, ...]
    attached: bool


def gather_references(work: UnitOfWork, version_id: int, zone: tzinfo) -> Gathered:
    """What the version cites, as it is open to everybody: the suggestions of all claims while none has one
    attached, from then on the attached ones alone.

    Raises ``NotFound``, also where there is nothing to cite.
    """
    _, dossiers = load_version(work, version_id, None)
    attached = any(dossier.attached for dossier in dossiers)
    entries = list_entries(dossiers, (lambda one: one.attached) if attached else shown_findings, zone)
    if not entries:
        raise NotFound("nothing_to_cite", version=version_id)
    return Gathered(entries, attached)


def list_entries(
    dossiers: Iterable[Dossier], choose: Callable[[Dossier], Sequence[Finding]], zone: tzinfo
) -> tuple[Entry, ...]:
    """Each record once, where it is first cited, with the numbers of all claims that it is chosen for."""
    records: dict[Pmid, tuple[Citation, RetractionCheck]] = {}
    claims: dict[Pmid, list[int]] = {}
    for dossier in dossiers:
        for finding in choose(dossier):
            records.setdefault(finding.pmid, (dossier.citations[finding.pmid], finding.retraction))
            claims.setdefault(finding.pmid, []).append(dossier.claim.number)
    return tuple(Entry(*record, tuple(claims[pmid]), zone) for pmid, record in records.items())

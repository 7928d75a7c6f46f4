"""What may carry a claim, and what a stored finding tells of its record now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from claims.appraisal.record_kind import read_kind
from claims.appraisal.retraction import read_standing
from claims.appraisal.study_design import profile_study
from claims.records.citation import Citation, Pmid, RecordKind, RetractionStatus
from claims.records.finding import Finding
from claims.records.study import EvidenceLevel

# What carries no claim: the paper is taken back, or the record is none.
FALLEN = frozenset(
    {
        RetractionStatus.RETRACTED,
        RetractionStatus.RETRACTED_AND_REPUBLISHED,
        RetractionStatus.WITHDRAWN,
        RetractionStatus.RETRACTION_NOTICE,
        RetractionStatus.NOTICE,
        RetractionStatus.DUPLICATE_PUBLICATION,
    }
)
# What earlier readings said of records that are now told apart.
_TOLD_LESS = frozenset({RetractionStatus.NONE_KNOWN, RetractionStatus.CORRECTED})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stored record is read as now: once, however many claims it was found for."""

    citation: Citation
    kind: RecordKind
    status: RetractionStatus
    notice: Pmid | None

    @property
    def may_carry(self) -> bool:
        """Whether the record is a paper, or the plan of one, that was not taken back."""
        reports = self.kind.reports_study or self.kind is RecordKind.PROTOCOL
        return reports and self.status not in FALLEN


def read_record(citation: Citation) -> Reading:
    """The record as it is read now."""
    return Reading(citation, read_kind(citation), *read_standing(citation))


def may_carry(citation: Citation) -> bool:
    """Whether the record is a paper, or the plan of one, that was not taken back."""
    return read_record(citation).may_carry


def read_anew(findings: Sequence[Finding], records: Mapping[Pmid, Reading]) -> tuple[Finding, ...]:
    """The findings as their stored records are read now; those whose record carries no claim come last."""
    read = [_read_anew(finding, records[finding.pmid]) for finding in findings]
    read.sort(key=lambda finding: not records[finding.pmid].may_carry)
    return tuple(
        finding if finding.rank == rank else replace(finding, rank=rank)
        for rank, finding in enumerate(read, start=1)
    )


def _read_anew(finding: Finding, record: Reading) -> Finding:
    told_less = finding.retraction.status in _TOLD_LESS
    if told_less and record.status is not RetractionStatus.NONE_KNOWN:
        check = replace(finding.retraction, status=record.status, notice=record.notice)
        finding = replace(finding, retraction=check)
    if record.kind.reports_study:
        return finding
    return replace(finding, study=profile_study(record.citation), level=EvidenceLevel(None))

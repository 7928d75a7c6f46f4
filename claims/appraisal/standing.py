"""What may carry a claim, and what a stored finding tells of its record now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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


def may_carry(citation: Citation) -> bool:
    """Whether the record is a paper, or the plan of one, that was not taken back."""
    kind = read_kind(citation)
    return (kind.reports_study or kind is RecordKind.PROTOCOL) and read_standing(citation)[0] not in FALLEN


def read_anew(findings: Sequence[Finding], citations: Mapping[Pmid, Citation]) -> tuple[Finding, ...]:
    """The findings as their stored records are read now; those whose record carries no claim come last."""
    read = [_read_anew(finding, citations[finding.pmid]) for finding in findings]
    read.sort(key=lambda finding: not may_carry(citations[finding.pmid]))
    return tuple(replace(finding, rank=rank) for rank, finding in enumerate(read, start=1))


def _read_anew(finding: Finding, citation: Citation) -> Finding:
    status, notice = read_standing(citation)
    if finding.retraction.status in _TOLD_LESS and status is not RetractionStatus.NONE_KNOWN:
        finding = replace(finding, retraction=replace(finding.retraction, status=status, notice=notice))
    if read_kind(citation).reports_study:
        return finding
    return replace(finding, study=profile_study(citation), level=EvidenceLevel(None))

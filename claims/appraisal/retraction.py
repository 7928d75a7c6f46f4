"""The standing of a paper as its own record tells it: retracted, under concern, corrected."""

from __future__ import annotations

from datetime import datetime

from claims.appraisal.kind_cues import NOTICE_UI, RETRACTED_TYPES, RETRACTED_UI, RETRACTION_NOTICE_TYPES
from claims.appraisal.record_kind import list_types, read_kind, read_title_standing
from claims.records.citation import (
    Citation,
    Correction,
    Pmid,
    RecordKind,
    RetractionCheck,
    RetractionStatus,
)

_BY_REF_TYPE = (
    ("RetractionIn", RetractionStatus.RETRACTED),
    ("RetractedandRepublishedIn", RetractionStatus.RETRACTED_AND_REPUBLISHED),
    ("RetractionOf", RetractionStatus.RETRACTION_NOTICE),
)
_BY_LATER_WORD = (
    ("ExpressionOfConcernIn", RetractionStatus.EXPRESSION_OF_CONCERN),
    ("PartialRetractionIn", RetractionStatus.PARTIALLY_RETRACTED),
    ("CorrectedandRepublishedIn", RetractionStatus.CORRECTED),
    ("ErratumIn", RetractionStatus.CORRECTED),
    ("UpdateIn", RetractionStatus.UPDATED),
)
_BY_KIND = {
    RecordKind.RETRACTION_NOTICE: RetractionStatus.RETRACTION_NOTICE,
    RecordKind.DUPLICATE_PUBLICATION: RetractionStatus.DUPLICATE_PUBLICATION,
}


def read_retraction(citation: Citation, checked_at: datetime) -> RetractionCheck:
    """The record's standing as of ``checked_at``, the time at which the record was received.

    NLM's links (RefType) decide first, then its publication types, since links name the other paper and
    cannot be mistaken; then what the title says, by which alone Cochrane and some publishers withdraw.
    A type whose UI and name disagree is read as the graver of the two: retracted.
    A newer edition of a review (``UpdateIn``) takes nothing from this one's findings and is told last.
    ``notice`` is the PMID of the paper that says so; of a retraction notice it is its own.

    >>> from datetime import UTC
    >>> from claims.records.citation import Pmid
    >>> paper = Citation(Pmid("9000000001"), "SAMPLE", corrections=(Correction("RetractionIn", "J"),))
    >>> read_retraction(paper, datetime(2026, 1, 1, tzinfo=UTC)).status.value
    'retracted'
    """
    status, notice = read_standing(citation)
    return RetractionCheck(status, checked_at, notice)


def read_standing(citation: Citation) -> tuple[RetractionStatus, Pmid | None]:
    """Status and notice of ``read_retraction``, whenever it is read."""
    status, links = _find_link(citation, _BY_REF_TYPE)
    status = status or _read_types(citation) or read_title_standing(citation)
    if status is None and (kind := read_kind(citation)).is_notice:
        status = _BY_KIND.get(kind, RetractionStatus.NOTICE)
    if status is None:
        status, links = _find_link(citation, _BY_LATER_WORD)
    if status is RetractionStatus.RETRACTION_NOTICE:
        return status, citation.pmid
    notice = next((link.pmid for link in links if link.pmid), None)
    return status or RetractionStatus.NONE_KNOWN, notice


def _find_link(
    citation: Citation, table: tuple[tuple[str, RetractionStatus], ...]
) -> tuple[RetractionStatus | None, list[Correction]]:
    for ref_type, status in table:
        if links := [link for link in citation.corrections if link.kind.lower() == ref_type.lower()]:
            return status, links
    return None, []


def _read_types(citation: Citation) -> RetractionStatus | None:
    uis = {term.ui for term in citation.publication_types}
    names = list_types(citation)
    if RETRACTED_UI in uis or names & RETRACTED_TYPES:
        return RetractionStatus.RETRACTED
    if NOTICE_UI in uis or names & RETRACTION_NOTICE_TYPES:
        return RetractionStatus.RETRACTION_NOTICE
    return None

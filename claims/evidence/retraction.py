"""The standing of a paper as its own record tells it: retracted, under concern, corrected."""

from __future__ import annotations

from datetime import datetime

from claims.records.citation import Citation, Correction, RetractionCheck, RetractionStatus

_RETRACTED_UI, _NOTICE_UI = "D016441", "D016440"
_RETRACTED_NAMES = frozenset({"retracted publication"})
_NOTICE_NAMES = frozenset({"retraction of publication", "retraction notice"})

_BY_REF_TYPE = (
    ("RetractionIn", RetractionStatus.RETRACTED),
    ("RetractedandRepublishedIn", RetractionStatus.RETRACTED_AND_REPUBLISHED),
    ("RetractionOf", RetractionStatus.RETRACTION_NOTICE),
)
_BY_LATER_WORD = (
    ("ExpressionOfConcernIn", RetractionStatus.EXPRESSION_OF_CONCERN),
    ("CorrectedandRepublishedIn", RetractionStatus.CORRECTED),
    ("PartialRetractionIn", RetractionStatus.CORRECTED),
    ("ErratumIn", RetractionStatus.CORRECTED),
    ("UpdateIn", RetractionStatus.UPDATED),
)


def read_retraction(citation: Citation, checked_at: datetime) -> RetractionCheck:
    """The record's standing as of ``checked_at``, the time at which the record was received.

    NLM's links (RefType) decide first, then its publication types, since links name the other paper and
    cannot be mistaken. A type whose UI and name disagree is read as the graver of the two: retracted.
    A partial retraction counts as a correction, as NLM has it; a newer edition of a review (``UpdateIn``)
    takes nothing from this one's findings and is told last.
    ``notice`` is the PMID of the paper that says so; of a retraction notice it is its own.

    >>> from datetime import UTC
    >>> from claims.records.citation import Pmid
    >>> paper = Citation(Pmid("9000000001"), "SAMPLE", corrections=(Correction("RetractionIn", "J"),))
    >>> read_retraction(paper, datetime(2026, 1, 1, tzinfo=UTC)).status.value
    'retracted'
    """
    for table in (_BY_REF_TYPE, _BY_LATER_WORD):
        for ref_type, status in table:
            links = [link for link in citation.corrections if link.kind.lower() == ref_type.lower()]
            if links:
                return _check(citation, status, links, checked_at)
        if table is _BY_REF_TYPE:
            by_type = _read_types(citation)
            if by_type is not None:
                return _check(citation, by_type, [], checked_at)
    return RetractionCheck(RetractionStatus.NONE_KNOWN, checked_at)


def _check(
    citation: Citation, status: RetractionStatus, links: list[Correction], checked_at: datetime
) -> RetractionCheck:
    if status is RetractionStatus.RETRACTION_NOTICE:
        return RetractionCheck(status, checked_at, citation.pmid)
    return RetractionCheck(status, checked_at, next((link.pmid for link in links if link.pmid), None))


def _read_types(citation: Citation) -> RetractionStatus | None:
    uis = {term.ui for term in citation.publication_types}
    names = {term.name.lower() for term in citation.publication_types}
    if _RETRACTED_UI in uis or names & _RETRACTED_NAMES:
        return RetractionStatus.RETRACTED
    if _NOTICE_UI in uis or names & _NOTICE_NAMES:
        return RetractionStatus.RETRACTION_NOTICE
    return None

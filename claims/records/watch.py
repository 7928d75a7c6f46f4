"""What Retraction Watch tells of papers, beside what their own records say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims.records.citation import Pmid


class Nature(StrEnum):
    """What happened to the paper, in the order in which several of one day are read; permanent."""

    CORRECTION = "correction"
    EXPRESSION_OF_CONCERN = "expression_of_concern"
    RETRACTION = "retraction"
    REINSTATEMENT = "reinstatement"


@dataclass(frozen=True, slots=True)
class WatchRecord:
    """One row of Retraction Watch: ``pmid`` and ``doi`` are the paper's, those of its notice follow.

    A DOI is in lower case, "" where there is none. ``told_on`` is the day of the notice.
    """

    record_id: int
    nature: Nature
    pmid: Pmid | None
    doi: str
    told_on: date | None
    notice_pmid: Pmid | None = None
    notice_doi: str = ""
    reasons: str = ""

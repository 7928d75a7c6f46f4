"""Evidence without a PMID: a document that a person entered by hand, and what reviewers judged of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from claims.records.assessment import CitationJudgement
from claims.records.claim import ClaimType

# What a package insert, a guideline or an authority's page can carry by itself. What a treatment does to
# people is shown by studies, which PubMed has.
CARRIED_BY_DOCUMENTS = frozenset({ClaimType.REGULATORY, ClaimType.DEFINITION, ClaimType.SAFETY})


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """What is entered of a document: who published it (``body``) and when, where it stands, what it says.

    ``quotation`` is the passage that bears on the claim and ``place`` its page or section; ``accessed_on``
    is when somebody read it at ``address``, ``expires_on`` the day from which it holds no longer. "" and
    ``None`` where nobody said.
    """

    title: str
    body: str = ""
    published: str = ""
    address: str = ""
    quotation: str = ""
    place: str = ""
    accessed_on: date | None = None
    expires_on: date | None = None

    def has_expired(self, today: date) -> bool:
        """Whether it holds no longer today."""
        return self.expires_on is not None and self.expires_on <= today


@dataclass(frozen=True, slots=True)
class Document:
    """A document under a claim, never a PubMed record; ``id`` is 0 until it is stored.

    ``carried_from`` is the document of a former claim that this one came along from.
    """

    id: int
    claim_id: int
    details: DocumentDetails
    entered_by: str
    entered_at: datetime
    carried_from: int | None = None


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """One reviewer's judgement of one document; ``sequence`` orders it as of a ``JudgedCitation``."""

    document_id: int
    judgement: CitationJudgement
    judged_by: str
    judged_at: datetime
    sequence: int = field(default=0, compare=False)

"""What the buttons of documents without a PMID do: enter one for a claim, and judge it."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from claims.records.assessment import CitationJudgement
from claims.records.document import DocumentDetails
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_chosen, read_field
from reviewer.dashboard.leaving import note_outcome
from reviewer.dashboard.session import get_translate, keep_message
from reviewer.workflow import documents
from reviewer.workflow.showing import Shown, require_shown

DOCUMENT_FIELDS = ("title", "body", "published", "address", "quotation", "place")
_DAYS = ("document_accessed_on", "document_expires_on")


def enter_document(claim_id: int) -> None:
    """Enter the document that was typed, or say what is missing."""
    typed = {field: read_field(f"document_{field}") for field in DOCUMENT_FIELDS}
    read_on, until = (cast("date | None", read_chosen(name, None)) for name in _DAYS)

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        details = DocumentDetails(**typed, accessed_on=read_on, expires_on=until)
        documents.enter_document(work, claim_id, details, user, now)

    if act(step):
        empty_fields(*(f"document_{field}" for field in DOCUMENT_FIELDS), *_DAYS)
        keep_message("saved", get_translate()("The document stands under the claim."))


def judge_document(shown: Shown, document_id: int, judgement: CitationJudgement) -> None:
    """Record the reviewer's judgement of one document, or say why it is refused."""

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        documents.judge_document(work, shown.claim_id, document_id, judgement, user, now)

    note_outcome(shown.claim_id, "judgement", act(step))

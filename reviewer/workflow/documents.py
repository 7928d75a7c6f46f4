"""Evidence without a PMID: entered by hand for a claim, and judged as citations are."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from urllib.parse import urlsplit

from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement
from claims.records.audit import AuditAction, AuditEntry
from claims.records.document import Document, DocumentDetails, JudgedDocument
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.grading import check_own_grade
from reviewer.workflow.holding import hold_open_claim
from reviewer.workflow.permitting import begin_step, require_standing, settle_claim


def enter_document(
    work: UnitOfWork, claim_id: int, details: DocumentDetails, actor: User, at: datetime
) -> Document:
    """The document as it stands under the claim, open to everybody as what a search brings is.

    It wants a title, and who published it or its address; an address is one of the web. Raises
    ``RuleRefused``.
    """
    require_permission(actor, Permission.SEARCH)
    require_standing(hold_open_claim(work, claim_id))
    details = _trim(details)
    _require_whole(details, at)
    document = work.documents.add(Document(0, claim_id, details, actor.name, at))
    told = ((field.name, getattr(details, field.name)) for field in fields(details))
    values = tuple((name, str(value)) for name, value in told if value)
    work.commit(AuditEntry(at, actor.name, AuditAction.DOCUMENT_ENTERED, f"claim:{claim_id}", values))
    return document


def judge_document(
    work: UnitOfWork, claim_id: int, document_id: int, judgement: CitationJudgement, actor: User, at: datetime
) -> JudgedDocument:
    """The stored judgement of one of the claim's documents.

    Raises ``RuleRefused`` when the document was not entered for this claim, or the own grade would no longer
    stand on what it needs.
    """
    dossier, opened = begin_step(work, claim_id, actor, at)
    if document_id not in {document.id for document in dossier.documents}:
        raise RuleRefused("document_not_of_claim")
    judged = JudgedDocument(document_id, judgement, actor.name, at)
    others = (
        j for j in dossier.document_judgements if (j.document_id, j.judged_by) != (document_id, actor.name)
    )
    after = replace(dossier, document_judgements=(*others, judged))
    check_own_grade(after, actor)
    work.documents.add_judgement(claim_id, judged)
    settle_claim(work, after)
    values = (("document", str(document_id)), ("judgement", judgement.value))
    work.commit(AuditEntry(at, actor.name, AuditAction.DOCUMENT_JUDGED, f"claim:{claim_id}", values), *opened)
    return judged


def _trim(details: DocumentDetails) -> DocumentDetails:
    return replace(
        details,
        title=details.title.strip(),
        body=details.body.strip(),
        published=details.published.strip(),
        address=details.address.strip(),
        quotation=details.quotation.strip(),
        place=details.place.strip(),
    )


def _require_whole(details: DocumentDetails, at: datetime) -> None:
    if not details.title or not (details.body or details.address):
        raise RuleRefused("document_incomplete")
    if details.address and not _is_address(details.address):
        raise RuleRefused("document_address_unknown", address=details.address)
    if details.accessed_on is not None and details.accessed_on > at.date():
        raise RuleRefused("document_not_yet_read", day=details.accessed_on)


def _is_address(text: str) -> bool:
    try:
        place = urlsplit(text)
    except ValueError:
        # No address at all, as "http://[".
        return False
    return place.scheme in ("http", "https") and bool(place.hostname)

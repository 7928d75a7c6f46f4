"""References brought in beside the text: for one claim, or for the whole article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claims.errors import NotFound
from claims.records.audit import AuditAction, AuditEntry
from claims.records.lengths import require_length
from claims.records.people import User
from claims.records.reference import AuthorReference, NamedPaper
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.holding import hold_open_version
from reviewer.workflow.permitting import require_standing
from reviewer.workflow.references import keep_references


@dataclass(frozen=True, slots=True)
class Imported:
    """The references that were added, and how many stood there before."""

    added: tuple[AuthorReference, ...]
    known: int


def import_references(
    work: UnitOfWork,
    version_id: int,
    papers: Iterable[NamedPaper],
    actor: User,
    at: datetime,
    claim_id: int | None = None,
) -> Imported:
    """The papers among the version's references, each to be looked up as any other.

    With ``claim_id`` each is one of that claim, else of the article, where a paper that stands in its list
    already is left alone. Raises ``RuleRefused`` where the version is closed, the claim stands no more, or an
    entry is longer than a reference may be; then none is kept.
    """
    require_permission(actor, Permission.SEARCH)
    hold_open_version(work, version_id)
    version = work.articles.get_version(version_id)
    if claim_id is not None:
        claim = work.claims.get_claim(claim_id)
        require_standing(claim)
        if claim.version_id != version_id:
            raise NotFound("claim_not_found", id=claim_id)
    kept = work.references.load([version_id])[version_id] or keep_references(work, version)
    wanted = tuple(papers)
    for said in wanted:
        require_length("author_reference.said", said.words)
    same = [one for one in kept if claim_id is None or one.claim_id == claim_id]
    new = [said for said in wanted if not any(_are_same(said, one.said) for one in same)]
    fresh = (AuthorReference(version_id, 0, said, added_by=actor.name, claim_id=claim_id) for said in new)
    added = work.references.add(version_id, fresh)
    subject = f"version:{version_id}" if claim_id is None else f"claim:{claim_id}"
    values = (("references", str(len(added))), ("known", str(len(wanted) - len(added))))
    work.commit(AuditEntry(at, actor.name, AuditAction.REFERENCES_IMPORTED, subject, values))
    return Imported(added, len(wanted) - len(added))


def _are_same(one: NamedPaper, other: NamedPaper) -> bool:
    shared = ((one.pmid, other.pmid), (one.doi.lower(), other.doi.lower()), (one.pmcid, other.pmcid))
    return one.words == other.words or any(first and first == second for first, second in shared)

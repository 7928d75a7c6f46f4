"""A revised article: the claims of the version before, found again in the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from claims.anchoring import cut_article, re_anchor
from claims.extraction import extract_claims
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import Extraction
from claims.records.lineage import Anchoring, FormerClaim, HandStep, Relation
from claims.records.people import User
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.offering_new import offer_changing


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of the claims of ``former``, and the audit entries that tell of those that changed."""

    former: ArticleVersion
    anchoring: Anchoring
    entries: tuple[AuditEntry, ...]

    def tell(self) -> tuple[tuple[str, str], ...]:
        """How many relations of each kind there are, those that occur, and how many units were dropped."""
        counts = Counter(anchor.relation for anchor in self.anchoring.anchors)
        told = ((relation.value, str(counts[relation])) for relation in Relation if counts[relation])
        return (*told, ("dropped", str(len(self.anchoring.dropped))))


def revise_claims(
    work: UnitOfWork,
    former: ArticleVersion,
    version: ArticleVersion,
    extraction: Extraction,
    actor: User,
    at: datetime,
) -> Revision:
    """The claims of ``former`` found again in ``version``, its next, and stored there.

    Untouched claims keep all that was said of them, and words that are back after a version without them are
    the claim that they were. What was found for a claim that was reworded, split or
    merged is suggested for those that came of it; its grade is theirs no longer, and they are stale.
    """
    work.articles.hold_version(former.id)
    claims = work.claims.list_claims(former.id)
    graded, worked_on = _find_work(work, claims)
    anchoring = re_anchor(
        cut_article(former.article, extract_claims(former.article)),
        [FormerClaim(c.id, c.claim, c.id in worked_on, HandStep.REWORDED in c.by_hand) for c in claims],
        cut_article(version.article, extraction, work.house_rules),
    )
    by_id = {claim.id: claim for claim in claims}
    earlier = work.claims.list_earlier(former.article_id, former.id)
    origins = work.lineage.add_anchoring(version.id, anchoring, by_id, graded, earlier, at)
    work.searches.carry_findings(origins)
    offer_changing(work, origins)
    work.documents.carry(origins)
    work.claims.add_dropped(version.id, anchoring.dropped)
    return Revision(former, anchoring, tuple(_describe_changes(version, anchoring, origins, actor, at)))


def _find_work(work: UnitOfWork, claims: tuple[ReviewClaim, ...]) -> tuple[set[int], set[int]]:
    """The claims that somebody graded, in this wording or an earlier one, and all that somebody worked on."""
    ids = [claim.id for claim in claims]
    assessments = work.assessments.load_assessments(ids)
    judgements = work.assessments.load_judgements(ids)
    documents = work.documents.load(ids)
    graded = {c.id for c in claims if assessments[c.id] or c.status is ClaimStatus.STALE}
    touched = {
        c.id
        for c in claims
        if judgements[c.id]
        or documents[c.id]
        or c.by_hand
        or c.reason
        or c.status is not ClaimStatus.EXTRACTED
    }
    return graded, graded | touched


def _describe_changes(
    version: ArticleVersion,
    anchoring: Anchoring,
    origins: Mapping[int, tuple[int, ...]],
    actor: User,
    at: datetime,
) -> Iterator[AuditEntry]:
    """An entry for each claim that came of others, was removed, or is untouched and reads otherwise."""

    def tell(claim_id: int, relation: Relation, *values: tuple[str, str]) -> AuditEntry:
        told = (("relation", relation.value), ("version", str(version.id)), *values)
        return AuditEntry(at, actor.name, AuditAction.CLAIM_ANCHORED, f"claim:{claim_id}", told)

    relations = {anchor.former: anchor.relation for anchor in anchoring.anchors}
    for claim_id, former in origins.items():
        yield tell(claim_id, relations[former], *(("former", str(id)) for id in former))
    for anchor in anchoring.anchors:
        if anchor.relation is Relation.REMOVED:
            yield tell(anchor.former[0], anchor.relation)
        elif anchor.reread:
            yield tell(anchor.former[0], anchor.relation, ("read_as", anchor.claims[0].read_as))

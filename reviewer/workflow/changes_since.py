"""What changed under published claims that need review: how papers stand, and later grades elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claims.equivalence.comparison import Likeness
from claims.records.citation import Pmid, RetractionCheck
from claims.records.people import User
from claims.records.recheck import LostGround, ReviewMark
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.workflow.closing import load_as_decided
from reviewer.workflow.known_claims import KnownPlace, find_alike, load_known
from reviewer.workflow.review_marks import load_published

# Of so many claims it is told; each takes some 30 ms.
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class ChangedPaper:
    """A paper that was judged to bear on the claim: how it stood at the decision, and how it stands now."""

    pmid: Pmid
    before: RetractionCheck
    after: RetractionCheck


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What changed under one claim since its version was decided on."""

    dossier: Dossier
    papers: tuple[ChangedPaper, ...]
    graded_later: tuple[KnownPlace, ...]


def load_changes(
    work: UnitOfWork, version_id: int, marks: tuple[ReviewMark, ...], viewer: User
) -> tuple[ChangesSince, ...]:
    """What changed under the marked claims, in the article's order, of ``MOST_TOLD`` at most."""
    if not marks:
        return ()
    marked = {mark.claim_id for mark in marks}
    others = {mark.claim_id: mark.other_claim_id for mark in marks if mark.cause is LostGround.CONTRADICTED}
    decided = {one.claim.id: one for one in load_as_decided(work, version_id)}
    concerned = [one for one in load_published(work, version_id) if one.claim.id in marked]
    return tuple(
        ChangesSince(
            dossier,
            _list_papers(decided.get(dossier.claim.id, dossier), dossier),
            _list_later(work, dossier, others, viewer),
        )
        for dossier in concerned[:MOST_TOLD]
    )


def _list_papers(before: Dossier, now: Dossier) -> tuple[ChangedPaper, ...]:
    """The attached papers of which another standing is told now."""
    then = {finding.pmid: finding.retraction for finding in before.findings}
    return tuple(
        ChangedPaper(finding.pmid, then[finding.pmid], finding.retraction)
        for finding in now.attached
        if finding.pmid in then and then[finding.pmid].status is not finding.retraction.status
    )


def _list_later(
    work: UnitOfWork, dossier: Dossier, others: Mapping[int, int | None], viewer: User
) -> tuple[KnownPlace, ...]:
    """Where the same claim was settled later: first the grade that the mark is of."""
    verdict = dossier.verdict
    if verdict is None:
        return ()
    other = others.get(dossier.claim.id)
    places = list(load_known(work, [other], viewer)) if other else []
    known = {place.dossier.claim.id for place in places}
    for alike in find_alike(work, dossier, viewer):
        settled = alike.place.dossier.verdict
        is_later = settled is not None and settled.decided_at > verdict.decided_at
        if alike.likeness is Likeness.SAME and is_later and alike.place.dossier.claim.id not in known:
            places.append(alike.place)
    return tuple(places)

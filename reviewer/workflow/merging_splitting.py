"""What people make of claims by hand: added from the article, merged, split.

A claim whose place others take keeps all that was said of it, and is their former claim. Undoing a step
puts the same claims back, with their grades.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from claims.anchoring import CutArticle, cut_article
from claims.anchoring.sentences import find_span
from claims.errors import RuleRefused
from claims.extraction import extract_claims
from claims.records.article import BlockKind
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import Claim, ClaimType
from claims.records.lineage import HandStep, Relation
from claims.records.people import User
from claims.records.proposal import Proposal
from claims.records.review import ReviewClaim
from claims.text.sentences import Span
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.handling import require_hand, require_second_person, tell_proposer
from reviewer.workflow.holding import hold_open_version
from reviewer.workflow.permitting import require_current, was_graded

_HEADINGS = (BlockKind.HEADING, BlockKind.THEME, BlockKind.TABLE_HEADER)
_ACTIONS = {Relation.MERGED: AuditAction.CLAIM_MERGED, Relation.SPLIT: AuditAction.CLAIM_SPLIT}


def find_sentences(work: UnitOfWork, version_id: int, first: str, last: str = "") -> Span:
    """Where the sentences of the version stand whose beginnings these are. Raises as ``find_span``."""
    return find_span(_cut_version(work, version_id), first, last)


def add_claim(
    work: UnitOfWork,
    version_id: int,
    start: int,
    end: int,
    actor: User,
    at: datetime,
    kind: ClaimType | None = None,
) -> ReviewClaim:
    """The claim that a person makes of the sentences from ``start`` to ``end``, worded as in the source.

    Raises ``RuleRefused`` when a claim has this place already, or when a heading lies within; ``NotFound``.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    hold_open_version(work, version_id)
    require_hand(work, version_id, actor)
    cut = _cut_version(work, version_id)
    claim = _make_claim(cut, start, end)
    if kind is not None:
        claim = replace(claim, type=kind)
    place = claim.start, claim.end
    for known in work.claims.list_claims(version_id):
        if (known.claim.start, known.claim.end) == place:
            raise RuleRefused("claim_exists", number=known.number)
    open_units = [d for d in work.claims.list_dropped(version_id) if d.claim_id is None]
    dropped = next((d for d in open_units if (d.unit.start, d.unit.end) == place), None)
    added = work.claims.add_by_hand(version_id, claim, None if dropped is None else dropped.id)
    values = (("version", str(version_id)), ("text", claim.text))
    work.commit(AuditEntry(at, actor.name, AuditAction.CLAIM_ADDED, f"claim:{added.id}", values))
    return added


def merge_claims(
    work: UnitOfWork,
    claims: Sequence[ReviewClaim],
    actor: User,
    at: datetime,
    proposal: Proposal | None = None,
) -> ReviewClaim:
    """The one claim of all the sentences that these claims cover, with what was found for them suggested.

    It is stale where one of them was graded. Raises ``RuleRefused`` when they are fewer than two, do not
    adjoin, are not of one version, or need a second person, who confirms the ``proposal``;
    ``VersionConflict`` when one changed since it was read.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    if len({claim.id for claim in claims}) < 2 or len({claim.version_id for claim in claims}) > 1:
        raise RuleRefused("merge_needs_two")
    _require_hands(work, claims, actor)
    version_id = claims[0].version_id
    start, end = min(c.claim.start for c in claims), max(c.claim.end for c in claims)
    between = [
        other
        for other in work.claims.list_claims(version_id)
        if other.claim.start < end
        and other.claim.end > start
        and other.status is not ClaimStatus.DISMISSED
        and other.id not in {claim.id for claim in claims}
    ]
    if between:
        raise RuleRefused("claims_not_adjacent", number=between[0].number)
    whole = _make_claim(_cut_version(work, version_id), start, end)
    (merged,) = _replace(work, Relation.MERGED, claims, [whole], actor, at, proposal)
    return merged


def split_claim(
    work: UnitOfWork,
    claim: ReviewClaim,
    readings: Sequence[str],
    actor: User,
    at: datetime,
    proposal: Proposal | None = None,
) -> tuple[ReviewClaim, ...]:
    """The claims that take the place of one: one for each reading, or without any one for each sentence.

    Claims of several readings keep the whole sentence as their text and share its span. They are stale
    where the claim was graded. Raises ``RuleRefused`` when there would not be two and where it needs a second
    person, who confirms the ``proposal``; ``VersionConflict`` when the claim changed since it was read.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    _require_hands(work, [claim], actor)
    wordings = list(dict.fromkeys(" ".join(reading.split()) for reading in readings if reading.strip()))
    if wordings:
        parts = [replace(claim.claim, read_as=wording, context="") for wording in wordings]
    else:
        cut = _cut_version(work, claim.version_id)
        places = cut.find_units(claim.claim.start, claim.claim.end)
        parts = [part for place in places for part in cut.read_claims(place, place)]
    if len(parts) < 2:
        raise RuleRefused("split_needs_two")
    return _replace(work, Relation.SPLIT, [claim], parts, actor, at, proposal, by_reading=bool(wordings))


def _replace(
    work: UnitOfWork,
    relation: Relation,
    former: Sequence[ReviewClaim],
    claims: Sequence[Claim],
    actor: User,
    at: datetime,
    proposal: Proposal | None,
    by_reading: bool = False,
) -> tuple[ReviewClaim, ...]:
    """The claims that now stand for ``former``: put back where they had stood before, else new."""
    require_second_person(work, former, actor, proposal)
    for claim in former:
        # Nobody else regroups the version meanwhile, and each claim is as it was seen.
        work.claims.change_status(claim.id, claim.status, claim.revision)
    version_id, ids = former[0].version_id, [claim.id for claim in former]
    replaced = work.claims.list_replaced(version_id)
    found = [_find_back(claim, replaced, by_reading) for claim in claims]
    put_back = list(dict.fromkeys(known for known in found if known is not None))
    begun = [claim for claim, known in zip(claims, found, strict=True) if known is None]
    status = ClaimStatus.STALE if was_graded(work, *former) else ClaimStatus.EXTRACTED
    standing = work.lineage.replace_by_hand(version_id, relation, ids, begun, status, put_back)
    work.searches.carry_findings({id: ids for id in standing if id not in put_back})
    now = work.claims.load_claims(standing)
    into = (*(("into", str(claim.id)) for claim in now), *tell_proposer(proposal))
    entries = [AuditEntry(at, actor.name, _ACTIONS[relation], f"claim:{id}", into) for id in ids]
    work.commit(entries[0], *entries[1:])
    return now


def _find_back(claim: Claim, replaced: Sequence[ReviewClaim], by_reading: bool) -> int | None:
    """The claim that had these words at this place before others took it.

    Claims of several readings of a sentence are told by their readings, others are the same however read.
    """
    for known in reversed(replaced):
        place = known.claim.start, known.claim.end, known.claim.text
        if place != (claim.start, claim.end, claim.text):
            continue
        if known.claim.read_as == claim.read_as or not (by_reading or HandStep.SPLIT in known.by_hand):
            return known.id
    return None


def _require_hands(work: UnitOfWork, claims: Sequence[ReviewClaim], actor: User) -> None:
    for claim in claims:
        require_current(work, claim)
        require_hand(work, claim.version_id, actor)


def _cut_version(work: UnitOfWork, version_id: int) -> CutArticle:
    article = work.articles.get_version(version_id).article
    return cut_article(article, extract_claims(article, work.house_rules), work.house_rules)


def _make_claim(cut: CutArticle, start: int, end: int) -> Claim:
    places = cut.find_units(start, end)
    if not places:
        raise RuleRefused("span_without_sentence")
    if len(places) > 1 and any(cut.units[place].unit.block.kind in _HEADINGS for place in places):
        raise RuleRefused("span_over_heading")
    return cut.read_claims(places[0], places[-1])[0]

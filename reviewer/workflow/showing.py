"""What of a claim stood on the screen as a person acted: a step is taken on that, or it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from claims.errors import VersionConflict
from claims.records.people import User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task, find_task
from reviewer.rules.visibility import redact_for
from reviewer.workflow.holding import hold_open_claim, hold_open_dossier


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim as a person saw it: its revision, what they do at it, and the edition of what is read.

    The revision grows with every change, also with the other reviewer's first judgement, which one who
    grades blind neither sees nor depends on: for them the edition counts.
    """

    claim_id: int
    revision: int
    part: Task
    edition: str


def show_claim(dossier: Dossier, part: Task) -> Shown:
    """What a page of the dossier shows to somebody who has this part."""
    return Shown(dossier.claim.id, dossier.claim.revision, part, name_edition(dossier.claim, dossier.since))


def name_edition(claim: ReviewClaim, since: int | None) -> str:
    """A name of what is graded: the words, how they are read, the type, and the round of grading."""
    parts = (claim.text_hash, claim.claim.read_as, claim.claim.type.value, str(since))
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


def require_shown(work: UnitOfWork, shown: Shown, actor: User) -> None:
    """Return when the claim is still what ``actor`` saw; it is held until this unit of work ends.

    Raises ``VersionConflict`` when somebody changed it, or what the person does at it; ``RuleRefused`` where
    its version is open no longer; ``NotFound``.
    """
    dossier = redact_for(hold_open_dossier(work, shown.claim_id), actor)
    claim = dossier.claim
    declared = actor.name in work.plans.load_declarations(claim.version_id)
    now = show_claim(dossier, find_task(dossier, actor, declared))
    same = now.edition == shown.edition if shown.part is Task.GRADES else now.revision == shown.revision
    if now.part is not shown.part or not same:
        raise VersionConflict("claim_changed", id=claim.id, expected=shown.revision, found=claim.revision)


def require_revision(work: UnitOfWork, claim_id: int, revision: int) -> None:
    """Return when the claim, held from now on, is at the revision that was shown.

    Raises ``VersionConflict`` when it changed, ``NotFound``.
    """
    found = hold_open_claim(work, claim_id).revision
    if found != revision:
        raise VersionConflict("claim_changed", id=claim_id, expected=revision, found=found)

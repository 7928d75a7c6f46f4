"""Repeats: claims of one version that say the same words are graded once, where their reviewer wishes it.

Each keeps a grade and a trail of its own. Only the grade that was given is an independent one (ADR 0060).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import Assessment, StepKind, TakenFrom
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import Claim
from claims.records.people import User
from claims.text.wording import normalise_wording
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.taking_over import is_copied, lets_give
from reviewer.rules.tasks import Task, find_task
from reviewer.rules.visibility import redact_for
from reviewer.workflow.comparing_claims import have_same_conditions
from reviewer.workflow.holding import hold_open_dossier
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.permitting import begin_step, load_dossier, require_grader, settle_claim
from reviewer.workflow.taking_over import copy_grade, fits_here


@dataclass(frozen=True, slots=True)
class Repeats:
    """The other claims of the version in the same words: those that the own grade can be given to, and all
    that have it from there."""

    open: tuple[Dossier, ...] = ()
    given: tuple[Dossier, ...] = ()


NO_REPEATS = Repeats()


def name_words(claim: Claim) -> str:
    """What claims have in common that say the same: the words that stand alone, and how they are taken."""
    return f"{claim.type.value}:{normalise_wording(claim.read_as)}"


def find_repeats(work: UnitOfWork, dossier: Dossier, viewer: User) -> Repeats:
    """The repeats of a claim that the viewer graded, as they see them; none before, and none of safety."""
    own = dossier.find_grade(viewer.name)
    if own is None or not lets_give(dossier):
        return NO_REPEATS
    claim = dossier.claim
    ids = work.uses.list_alike(claim.version_id, claim.claim.read_as, claim.id)
    if not ids:
        return NO_REPEATS
    declared = viewer.name in work.plans.load_declarations(claim.version_id)
    standing = tuple(one for one in work.claims.list_claims(claim.version_id) if one.id in ids)
    found = load_dossiers(work, standing, viewer)
    return Repeats(
        tuple(one for one in found if declared and _is_open(work, dossier, own, one, viewer)),
        tuple(
            one
            for one in found
            if _has_from(one, claim.id, viewer.name) and _find_moment(one, viewer) >= own.graded_at
        ),
    )


def give_to_repeats(work: UnitOfWork, claim_id: int, actor: User, at: datetime) -> tuple[int, ...]:
    """The numbers of the repeats of a claim for each of which its own grade is stored, as judged for it.

    One step over all of them, which ``take_back_given`` takes back. The claim itself may be settled by it:
    its repeats are open still. Raises ``RuleRefused`` where nothing is left to give it to; then nothing
    changes.
    """
    require_permission(actor, Permission.GRADE)
    dossier = redact_for(hold_open_dossier(work, claim_id), actor)
    own, repeats = dossier.find_grade(actor.name), find_repeats(work, dossier, actor)
    if own is None or not repeats.open:
        raise RuleRefused("no_repeats")
    version = work.articles.get_version(dossier.claim.version_id)
    place = TakenFrom(
        claim_id,
        dossier.claim.number,
        version.id,
        version.article.title,
        version.number,
        own.graded_at,
    )
    entries: list[AuditEntry] = []
    for one in sorted(repeats.open, key=lambda one: one.claim.id):
        repeat, opened = begin_step(work, one.claim.id, actor, at)
        entries += opened
        given = replace(
            own,
            claim_id=repeat.claim.id,
            graded_at=at,
            text_hash=repeat.claim.text_hash,
            sequence=0,
            taken_from=place,
        )
        _, told = copy_grade(work, dossier, own, given, repeat)
        entries += told
    work.commit(*entries)
    return tuple(one.claim.number for one in repeats.open)


def take_back_given(work: UnitOfWork, claim_id: int, actor: User, at: datetime) -> int:
    """From how many repeats the own grade was taken back that they had been given of this claim since.

    0 where none has it as the last step of ``actor``: then the step to take back is one at the claim itself.
    """
    require_permission(actor, Permission.REVIEW)
    dossier = redact_for(hold_open_dossier(work, claim_id), actor)
    entries: list[AuditEntry] = []
    for one in sorted(find_repeats(work, dossier, actor).given, key=lambda one: one.claim.id):
        repeat = hold_open_dossier(work, one.claim.id)
        require_grader(work, repeat, actor)
        if not _is_last(repeat, actor.name):
            continue
        taken = work.taking_back.take_back_last(repeat.claim.id, actor.name, at, repeat.since)
        if taken is None:
            continue
        settle_claim(work, load_dossier(work, repeat.claim.id))
        told = (
            ("step", StepKind.GRADE.value),
            ("of", taken.stepped_at.isoformat(timespec="seconds")),
        )
        entries.append(
            AuditEntry(at, actor.name, AuditAction.STEP_TAKEN_BACK, f"claim:{repeat.claim.id}", told)
        )
    if entries:
        work.commit(*entries)
    return len(entries)


def _is_open(work: UnitOfWork, dossier: Dossier, own: Assessment, repeat: Dossier, viewer: User) -> bool:
    """Whether the viewer may give their grade to the repeat: they gave it none but from here."""
    if name_words(repeat.claim.claim) != name_words(dossier.claim.claim) or repeat.since is not None:
        return False
    if find_task(repeat, viewer, declared=True) is not Task.GRADES:
        return False
    there = repeat.find_grade(viewer.name)
    if there is not None and not (_has_from(repeat, dossier.claim.id, viewer.name) and _differ(own, there)):
        return False
    return fits_here(dossier, own, repeat, viewer) and have_same_conditions(
        work, dossier.claim.claim, repeat.claim.claim
    )


def _differ(own: Assessment, there: Assessment) -> bool:
    said = ((one.grade, one.comment, one.body_certainty) for one in (own, there))
    return len(set(said)) > 1


def _has_from(repeat: Dossier, claim_id: int, name: str) -> bool:
    """Whether the person's grade of the repeat was given from that claim."""
    there = repeat.find_grade(name)
    taken = there.taken_from if there is not None and is_copied(there) else None
    return taken is not None and taken.claim_id == claim_id


def _find_moment(repeat: Dossier, viewer: User) -> datetime:
    return max(grade.graded_at for grade in repeat.grades if grade.graded_by == viewer.name)


def _is_last(repeat: Dossier, name: str) -> bool:
    """Whether the grade is the person's last step at the claim."""
    there = repeat.find_grade(name)
    return there is not None and all(there.sequence >= step for step in _list_steps(repeat, name))


def _list_steps(repeat: Dossier, name: str) -> Iterator[int]:
    yield from (one.sequence for one in repeat.judgements if one.judged_by == name)
    yield from (one.sequence for one in repeat.document_judgements if one.judged_by == name)
    yield from (one.sequence for one in repeat.levels if one.set_by == name)

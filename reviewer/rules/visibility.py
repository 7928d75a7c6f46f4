"""What a person may see of a claim's review: open grades, judgements, comments are their author's alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.records.assessment import Assessment, ClaimStatus
from claims.records.citation import Pmid
from claims.records.finding import Finding
from claims.records.people import User
from claims.records.rationale import Stance, SuggestedStance
from claims.records.reference import AuthorReference
from claims.records.retrieval import SearchRun
from claims.records.review import ReviewClaim
from reviewer.rules.dossier import Dossier, Former, find_unjudged, find_unjudged_documents
from reviewer.rules.permissions import Permission, may

# In place of an account's name.
ANOTHER = "another"
SEALED = SuggestedStance(Stance.NOT_ENOUGH_INFO, 0.0, "")


def redact_for(dossier: Dossier, viewer: User | None) -> Dossier:
    """The dossier as ``viewer`` may see it, for ``None`` as everybody may.

    A claim that is settled is open to all. Until then each sees what they said themselves; an adjudicator
    who wrote a view of a conflict sees the grades that differ. Who graded, but not what, is known to
    editors and adjudicators.
    """
    name = "" if viewer is None else viewer.name
    if dossier.former:
        dossier = replace(dossier, former=tuple(_show_former(former, name) for former in dossier.former))
    shown = dossier
    if not (dossier.is_silent or dossier.claim.status.is_settled or _has_viewed(dossier, viewer)):
        shown = replace(
            dossier,
            assessments=tuple(a for a in dossier.assessments if a.graded_by == name),
            judgements=tuple(j for j in dossier.judgements if j.judged_by == name),
            document_judgements=tuple(j for j in dossier.document_judgements if j.judged_by == name),
            levels=tuple(level for level in dossier.levels if level.set_by == name),
            views=tuple(view for view in dossier.views if view.written_by == name),
            adjudication=None,
            graders=tuple(g for g in dossier.graders if g == name or _knows_graders(viewer)),
            to_judge=_list_unjudged(dossier, name),
            documents_to_judge=_list_unjudged_documents(dossier, name),
        )
    return _seal(shown) if _is_sealed(dossier, viewer) else shown


def has_opened(dossier: Dossier, viewer: User) -> bool:
    """Whether their own grade of the whole dossier shows ``viewer`` what they would not see without it.

    It is what others said of the claim, or the machine's stances where those are sealed until the own grade.
    """
    name = viewer.name
    if dossier.find_grade(name) is None:
        return False
    others = tuple(grade for grade in dossier.assessments if grade.graded_by != name)
    ungraded = replace(
        dossier, assessments=others, claim=replace(dossier.claim, status=ClaimStatus.IN_REVIEW)
    )
    shown = redact_for(dossier, viewer)
    of_others = (
        *(grade.graded_by for grade in shown.assessments),
        *(judged.judged_by for judged in shown.judgements),
        *(judged.judged_by for judged in shown.document_judgements),
        *(level.set_by for level in shown.levels),
    )
    told = any(by != name for by in of_others) or bool(shown.to_judge or shown.documents_to_judge)
    sealed = bool(dossier.findings) and _is_sealed(ungraded, viewer)
    return told or (sealed and not shown.suggestions_sealed)


def show_grades(
    claim: ReviewClaim, grades: tuple[Assessment, ...], viewer: User | None
) -> tuple[Assessment, ...]:
    """Of the grades of a claim those that ``viewer`` may see."""
    if claim.status.is_settled:
        return grades
    return tuple(grade for grade in grades if viewer is not None and grade.graded_by == viewer.name)


def may_see_grade(dossier: Dossier, grader: str, viewer: User) -> bool:
    """Whether ``viewer`` may see what ``grader`` said of this claim."""
    return grader == viewer.name or dossier.claim.status.is_settled or _has_viewed(dossier, viewer)


def _show_former(former: Former, name: str) -> Former:
    """A claim that another came of: what was open when its words changed stays its author's alone."""
    if former.claim.status.is_settled:
        return former
    return replace(
        former,
        assessments=tuple(a for a in former.assessments if a.graded_by == name),
        judgements=tuple(j for j in former.judgements if j.judged_by == name),
    )


def _has_viewed(dossier: Dossier, viewer: User | None) -> bool:
    return (
        viewer is not None
        and dossier.claim.status is ClaimStatus.CONFLICT
        and may(viewer, Permission.ADJUDICATE)
        and dossier.find_view(viewer.name) is not None
    )


def hide_bringers(
    references: Iterable[AuthorReference], claims: Iterable[ReviewClaim], viewer: User | None
) -> tuple[AuthorReference, ...]:
    """The references; who brought one in for a claim that is open is known to whom graders are, and to them.

    To others it is ``ANOTHER``: that a reviewer looked for a paper tells what they think of the claim.
    """
    settled = {claim.id for claim in claims if claim.status.is_settled}
    own = "" if viewer is None else viewer.name
    return tuple(
        one
        if one.added_by in ("", own) or one.claim_id in settled or _knows_graders(viewer)
        else replace(one, added_by=ANOTHER)
        for one in references
    )


def hide_searchers(
    runs: Iterable[SearchRun], claim: ReviewClaim, viewer: User | None
) -> tuple[SearchRun, ...]:
    """The claim's searches; who had one made of a claim that is open is known as bringers of references are.

    A query that a reviewer worded, or a record that they brought, tells what they think of the claim.
    """
    own = "" if viewer is None else viewer.name
    return tuple(
        run
        if run.asked_by in ("", own) or claim.status.is_settled or _knows_graders(viewer)
        else replace(run, asked_by=ANOTHER)
        for run in runs
    )


def _knows_graders(viewer: User | None) -> bool:
    return viewer is not None and may(viewer, Permission.READ_GRADERS)


def _list_unjudged(dossier: Dossier, name: str) -> tuple[Pmid, ...]:
    """After the own grade only, so that it is no hint: each is here because another attached it."""
    if dossier.find_grade(name) is None:
        return ()
    return find_unjudged(dossier.findings, dossier.judgements, name)


def _list_unjudged_documents(dossier: Dossier, name: str) -> tuple[int, ...]:
    """After the own grade only, as of citations."""
    if dossier.find_grade(name) is None:
        return ()
    return find_unjudged_documents(dossier.document_judgements, name)


def _is_sealed(dossier: Dossier, viewer: User | None) -> bool:
    """Whether the machine's stances are kept from the viewer until they have graded or written a view."""
    if not dossier.plan.sealed or dossier.claim.status.is_settled:
        return False
    if viewer is None:
        return True
    judges = may(viewer, Permission.REVIEW)
    return judges and dossier.find_grade(viewer.name) is None and dossier.find_view(viewer.name) is None


def _seal(dossier: Dossier) -> Dossier:
    findings: tuple[Finding, ...] = tuple(replace(found, stance=SEALED) for found in dossier.findings)
    return replace(dossier, findings=findings, suggestions_sealed=True)

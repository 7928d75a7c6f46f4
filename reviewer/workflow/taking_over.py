"""Taking over: a settled grade of the same wording becomes the taker's own, with its judgements.

What is offered tells where the sentence was settled, never how: the former grade is sealed until it is taken
over or another is given (ADR 0060).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import Assessment, JudgedCitation, TakenFrom
from claims.records.audit import AuditAction, AuditEntry
from claims.records.decision import VersionState
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, find_judged
from reviewer.rules.grades import check_grade
from reviewer.rules.permissions import Permission, may
from reviewer.rules.taking_over import (
    are_of_one_mind,
    brings_nothing_blind,
    find_source,
    lets_take_over,
    list_missing,
)
from reviewer.rules.visibility import redact_for
from reviewer.workflow.comparing_claims import have_same_conditions
from reviewer.workflow.grading import keep_own
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.permitting import begin_step, settle_claim
from reviewer.workflow.references import load_papers
from reviewer.workflow.states import load_states

# Of one wording the latest so many settled claims are asked whether they agree, and so many are read whole.
MOST_ASKED, MOST_READ = 500, 10


@dataclass(frozen=True, slots=True)
class Source:
    """A settled claim whose grade may be taken over, and the grade."""

    dossier: Dossier
    grade: Assessment
    place: TakenFrom


def find_offer(work: UnitOfWork, dossier: Dossier, viewer: User) -> TakenFrom | None:
    """Where the same wording was settled so that the viewer may take its grade over, or ``None``.

    ``dossier`` is as the viewer sees it. How it was settled is not told.
    """
    source = _find_source(work, dossier, viewer)
    return source.place if source else None


def take_over(
    work: UnitOfWork,
    claim_id: int,
    from_id: int,
    is_allowed: bool,
    actor: User,
    at: datetime,
    comment: str = "",
) -> Assessment:
    """The grade that stands of the claim ``from_id``, stored as that of ``actor`` for this claim.

    With it come the comment, unless they wrote a ``comment`` of their own, and what its grader judged of each
    record; what ``actor`` judged stays. Raises
    ``RuleRefused`` where the house does not allow it (``is_allowed``), where that claim is not what is
    offered by now, or when a rule of grading forbids it; then nothing changes.
    """
    if not is_allowed:
        raise RuleRefused("taking_over_off")
    dossier, opened = begin_step(work, claim_id, actor, at)
    source = _find_source(work, redact_for(dossier, actor), actor)
    if source is None or source.place.claim_id != from_id:
        raise RuleRefused("nothing_to_take_over")
    given = Assessment(
        claim_id,
        source.grade.grade,
        comment.strip() or _read_comment(source),
        actor.name,
        at,
        dossier.claim.text_hash,
        source.grade.body_certainty,
        taken_from=source.place,
    )
    stored, entries = copy_grade(work, source.dossier, source.grade, given, dossier)
    work.commit(*entries, *opened)
    return stored


def copy_grade(
    work: UnitOfWork, former: Dossier, source: Assessment, given: Assessment, dossier: Dossier
) -> tuple[Assessment, tuple[AuditEntry, ...]]:
    """``given`` stored with the judgements of ``source``'s grader, and what the trail is to say of it."""
    subject, at, name = f"claim:{given.claim_id}", given.graded_at, given.graded_by
    missing = list_missing(former, source, dossier)
    if missing:
        found = tuple(finding for finding in former.findings if finding.pmid in missing)
        work.searches.put_cited(given.claim_id, load_papers(work, dossier.claim), found)
        dossier = replace(dossier, findings=work.searches.load_findings([given.claim_id])[given.claim_id])
    judged = tuple(_list_judged(former, source, dossier, given))
    after = replace(dossier, judgements=(*dossier.judgements, *judged))
    check_grade(keep_own(after, name), given.grade, given.comment)
    for one in judged:
        work.assessments.add_judgement(given.claim_id, one)
    stored = work.assessments.add(given)
    others = tuple(grade for grade in dossier.assessments if grade.graded_by != name)
    settle_claim(work, replace(after, assessments=(*others, stored)))
    return stored, (
        *(
            AuditEntry(at, name, AuditAction.CITATION_ATTACHED, subject, (("pmid", pmid), *_tell(given)))
            for pmid in missing
        ),
        *(
            AuditEntry(at, name, AuditAction.CITATION_JUDGED, subject, _describe(one, given))
            for one in judged
        ),
        AuditEntry(
            at,
            name,
            AuditAction.CLAIM_GRADED,
            subject,
            (("grade", stored.grade.value), ("comment", stored.comment), *_tell(given)),
        ),
    )


def _find_source(work: UnitOfWork, dossier: Dossier, viewer: User) -> Source | None:
    if not may(viewer, Permission.GRADE) or not lets_take_over(dossier, viewer.name):
        return None
    claim = dossier.claim
    ids = work.uses.find_settled(claim.claim.read_as, claim.id, MOST_ASKED)
    if not ids or not _agree(work, ids):
        return None
    marked = work.review_marks.list_marked(ids)
    claims = tuple(one for one in work.claims.load_claims(ids[:MOST_READ]) if one.id not in marked)
    versions = [one.version_id for one in claims]
    states, summaries = load_states(work, versions), work.articles.summarise(versions)
    found = []
    for former in load_dossiers(work, claims, viewer):
        grade, verdict = find_source(former, dossier), former.verdict
        withdrawn = states[former.claim.version_id] is VersionState.WITHDRAWN
        if grade is None or verdict is None or withdrawn or not fits_here(former, grade, dossier, viewer):
            continue
        if have_same_conditions(work, former.claim.claim, claim.claim):
            version = summaries[former.claim.version_id]
            place = TakenFrom(
                former.claim.id,
                former.claim.number,
                version.id,
                version.title,
                version.number,
                verdict.decided_at,
            )
            found.append(Source(former, grade, place))
    return max(found, key=lambda source: (source.place.settled_at, source.place.claim_id), default=None)


def _agree(work: UnitOfWork, claim_ids: tuple[int, ...]) -> bool:
    given = work.assessments.load_assessments(claim_ids)
    grades = {grade.grade for grades in given.values() for grade in grades}
    decided = work.adjudications.load_decided(claim_ids).values()
    return are_of_one_mind(grades | {decision.grade for decision in decided})


def fits_here(former: Dossier, source: Assessment, dossier: Dossier, viewer: User) -> bool:
    """Whether the rules let the viewer give this grade to the claim, with what its grader judged."""
    if not brings_nothing_blind(former, source, dossier):
        return False
    found = tuple(one for one in former.findings if one.pmid in list_missing(former, source, dossier))
    here = replace(dossier, findings=(*dossier.findings, *found))
    given = replace(source, graded_by=viewer.name)
    judged = tuple(_list_judged(former, source, here, given))
    after = replace(here, judgements=(*here.judgements, *judged))
    try:
        check_grade(keep_own(after, viewer.name), source.grade, source.comment)
    except RuleRefused:
        return False
    return True


def _list_judged(
    former: Dossier, source: Assessment, dossier: Dossier, given: Assessment
) -> Iterator[JudgedCitation]:
    """What ``source``'s grader judged of the records that are found here, in place of ``given``'s grader.

    What that person judged already is left as it is.
    """
    here = {finding.pmid for finding in dossier.findings}
    known = find_judged(dossier.judgements, given.graded_by)
    for one in former.judgements:
        if one.judged_by == source.graded_by and one.pmid in here - known:
            yield replace(
                one,
                judged_by=given.graded_by,
                judged_at=given.graded_at,
                sequence=0,
                taken_from=given.taken_from,
            )


def _read_comment(source: Source) -> str:
    """What was said with the verdict: by who settled it, else by who gave the grade."""
    decided = source.dossier.adjudication
    return source.grade.comment if decided is None else decided.comment


def _describe(judged: JudgedCitation, given: Assessment) -> tuple[tuple[str, str], ...]:
    told = (("passage", judged.passage),) if judged.passage else ()
    values = (("pmid", judged.pmid), ("judgement", judged.judgement.value), ("basis", judged.basis.value))
    return (*values, *told, *_tell(given))


def _tell(given: Assessment) -> tuple[tuple[str, str], ...]:
    """Where it comes from, as the trail says it."""
    place = given.taken_from
    if place is None:
        return ()
    return (("taken_over_from", f"claim:{place.claim_id}"), ("of", f"version:{place.version_id}"))

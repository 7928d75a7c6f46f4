"""Grading: the rules that a grade must satisfy, and the steps of one reviewer on one claim."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from claims.errors import RuleRefused
from claims.records.assessment import (
    Assessment,
    Basis,
    BodyCertainty,
    CitationJudgement,
    JudgedCitation,
    SupportGrade,
)
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Citation, Pmid
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, find_judged
from reviewer.rules.grades import check_grade
from reviewer.workflow.permitting import begin_step, settle_claim


def record_grade(
    work: UnitOfWork,
    claim_id: int,
    grade: SupportGrade,
    comment: str,
    actor: User,
    at: datetime,
    body_certainty: BodyCertainty | None = None,
) -> Assessment:
    """The stored grade of ``actor`` for the claim's present wording; an earlier one stays in the record.

    After a grade that they took over, be it taken back since, it is told with that: they knew the other. One
    in place of a grade that they took back when it had opened what was sealed is noted as ``unblinded``.
    Raises ``RoleRefused`` or ``RuleRefused`` when a rule forbids it; then nothing changes.
    """
    dossier, opened = begin_step(work, claim_id, actor, at)
    check_grade(keep_own(dossier, actor.name), grade, comment)
    known = work.assessments.find_taken_from(claim_id, actor.name)
    former = dossier.find_grade(actor.name)
    unblinded = (
        former.unblinded
        if former is not None
        else work.taking_back.has_unsealed(claim_id, actor.name, dossier.since) or None
    )
    given = Assessment(
        claim_id,
        grade,
        comment.strip(),
        actor.name,
        at,
        dossier.claim.text_hash,
        body_certainty,
        taken_from=replace(known, changed=True) if known else None,
        unblinded=unblinded,
    )
    assessment = work.assessments.add(given)
    others = tuple(a for a in dossier.assessments if a.graded_by != actor.name)
    settle_claim(work, replace(dossier, assessments=(*others, assessment)))
    told = (("body_certainty", body_certainty.value),) if body_certainty else ()
    values = (("grade", grade.value), ("comment", assessment.comment), *told)
    work.commit(AuditEntry(at, actor.name, AuditAction.CLAIM_GRADED, f"claim:{claim_id}", values), *opened)
    return assessment


def judge_citation(
    work: UnitOfWork,
    claim_id: int,
    pmid: Pmid,
    judgement: CitationJudgement,
    basis: Basis,
    actor: User,
    at: datetime,
    passage: str = "",
) -> JudgedCitation:
    """The stored judgement of one of the claim's citations, with the ``passage`` that it rests on.

    Of an abstract the passage stands in the record word for word; of a full text it is as the reviewer noted
    it. Raises ``RuleRefused`` when it does not, when the citation was not found for this claim, or when the
    own grade would no longer stand on what it needs.
    """
    dossier, opened = begin_step(work, claim_id, actor, at)
    require_finding(dossier, pmid)
    read = passage.strip()
    if basis is Basis.ABSTRACT and read not in dossier.citations[pmid].abstract_text:
        raise RuleRefused("quotation_not_in_abstract")
    judged = JudgedCitation(pmid, judgement, basis, actor.name, at, passage=read or None)
    others = (j for j in dossier.judgements if (j.pmid, j.judged_by) != (pmid, actor.name))
    after = replace(dossier, judgements=(*others, judged))
    check_own_grade(after, actor)
    work.assessments.add_judgement(claim_id, judged)
    settle_claim(work, after)
    told = (("passage", read),) if read else ()
    values = (
        ("pmid", pmid),
        ("judgement", judgement.value),
        ("basis", basis.value),
        ("record", digest_record(dossier.citations[pmid])),
        *told,
    )
    work.commit(AuditEntry(at, actor.name, AuditAction.CITATION_JUDGED, f"claim:{claim_id}", values), *opened)
    return judged


def judge_rest(
    work: UnitOfWork, claim_id: int, pmids: Sequence[Pmid], actor: User, at: datetime
) -> tuple[JudgedCitation, ...]:
    """The stored judgements that put these citations aside as not relevant, by their titles, in one step.

    One that ``actor`` judged already is left as it is. Raises ``RuleRefused`` where none is left, or when
    one was not found for this claim; then nothing changes.
    """
    dossier, opened = begin_step(work, claim_id, actor, at)
    for pmid in pmids:
        require_finding(dossier, pmid)
    known = find_judged(dossier.judgements, actor.name)
    judged = tuple(
        JudgedCitation(pmid, CitationJudgement.NOT_RELEVANT, Basis.TITLE, actor.name, at)
        for pmid in dict.fromkeys(pmids)
        if pmid not in known
    )
    if not judged:
        raise RuleRefused("all_judged")
    for one in judged:
        work.assessments.add_judgement(claim_id, one)
    settle_claim(work, replace(dossier, judgements=(*dossier.judgements, *judged)))
    told = (("judgement", CitationJudgement.NOT_RELEVANT.value), ("basis", Basis.TITLE.value))
    entries = (
        AuditEntry(
            at,
            actor.name,
            AuditAction.CITATION_JUDGED,
            f"claim:{claim_id}",
            (("pmid", pmid), *told, ("record", digest_record(dossier.citations[pmid]))),
        )
        for pmid in (one.pmid for one in judged)
    )
    work.commit(*entries, *opened)
    return judged


def digest_record(citation: Citation) -> str:
    """By what a paper's title and abstract, as they were judged, are told from others (SHA-256)."""
    read = [citation.pmid, citation.title, citation.abstract_text]
    return sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


def require_finding(dossier: Dossier, pmid: Pmid) -> None:
    """Return when the citation was found for the claim; raise ``RuleRefused`` otherwise."""
    if pmid not in {finding.pmid for finding in dossier.findings}:
        raise RuleRefused("citation_not_of_claim", pmid=pmid)


def keep_own(dossier: Dossier, name: str) -> Dossier:
    """The dossier with the judgements of this person alone, on which their grade stands."""
    return replace(
        dossier,
        judgements=tuple(j for j in dossier.judgements if j.judged_by == name),
        document_judgements=tuple(j for j in dossier.document_judgements if j.judged_by == name),
    )


def check_own_grade(after: Dossier, actor: User) -> None:
    """Return when the person's grade still stands on what it needs; raise ``RuleRefused`` otherwise."""
    own = after.find_grade(actor.name)
    if own is None:
        return
    try:
        check_grade(keep_own(after, actor.name), own.grade, own.comment)
    except RuleRefused as refusal:
        raise RuleRefused("judgement_carries_grade") from refusal

"""Dossiers from the database, in a fixed number of queries however many claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from claims.appraisal.standing import read_anew, read_record
from claims.records.assessment import ClaimStatus
from claims.records.people import User
from claims.records.retrieval import SearchRun
from claims.records.review import ArticleVersion, ReviewClaim, ReviewDropped
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import UNASSIGNED, Dossier, Former
from reviewer.rules.visibility import hide_searchers, redact_for
from reviewer.workflow.closing import load_closed
from reviewer.workflow.standings import load_standings


def load_version(
    work: UnitOfWork, version_id: int, viewer: User | None
) -> tuple[ArticleVersion, tuple[Dossier, ...]]:
    """The version with the dossiers of its claims, dismissed ones left out. Raises ``NotFound``.

    A closed version is as its decision found it (``load_closed``).
    """
    version = work.articles.get_version(version_id)
    closed = load_closed(work, version_id)
    if closed is not None:
        return version, tuple(redact_for(dossier, viewer) for dossier in closed if _stands(dossier.claim))
    standing = tuple(claim for claim in work.claims.list_claims(version_id) if _stands(claim))
    return version, load_dossiers(work, standing, viewer)


def stream_version(
    work: UnitOfWork, version_id: int, viewer: User | None, at_once: int
) -> tuple[ArticleVersion, Iterator[tuple[Dossier, ...]]]:
    """The same, so many dossiers at once, so that a long article takes no more memory than a short one.

    A closed version comes whole, as it was kept. Raises ``NotFound``.
    """
    version = work.articles.get_version(version_id)
    if load_closed(work, version_id) is not None:
        return version, iter([load_version(work, version_id, viewer)[1]])
    parts = work.claims.iterate_claims(version_id, at_once)
    return version, (load_dossiers(work, tuple(filter(_stands, part)), viewer) for part in parts)


def load_shown(work: UnitOfWork, claim: ReviewClaim, viewer: User) -> Dossier:
    """The dossier of a claim in the version that it names: of a closed one as it was decided on."""
    for dossier in load_closed(work, claim.version_id, claim.id) or ():
        return redact_for(dossier, viewer)
    return load_dossiers(work, (claim,), viewer)[0]


def list_shown_claims(work: UnitOfWork, version_id: int) -> tuple[ReviewClaim, ...]:
    """All claims of a version by number, dismissed ones too: those of a closed one as it was decided on.

    Raises ``NotFound``.
    """
    work.articles.get_version(version_id)
    closed = load_closed(work, version_id)
    return (
        work.claims.list_claims(version_id) if closed is None else tuple(dossier.claim for dossier in closed)
    )


def load_searches(
    work: UnitOfWork, version_id: int, viewer: User | None
) -> tuple[ArticleVersion, list[tuple[ReviewClaim, tuple[SearchRun, ...]]]]:
    """The version and each of its claims, dismissed ones too, with its searches, oldest first.

    Who had them made is told as ``viewer`` may know it. Raises ``NotFound``.
    """
    version = work.articles.get_version(version_id)
    closed = load_closed(work, version_id)
    if closed is not None:
        return version, [(one.claim, hide_searchers(one.runs, one.claim, viewer)) for one in closed]
    claims = work.claims.list_claims(version_id)
    runs = work.searches.load_runs([claim.id for claim in claims])
    return version, [(claim, hide_searchers(runs[claim.id], claim, viewer)) for claim in claims]


def number_dropped(work: UnitOfWork, version_id: int) -> dict[int, ReviewDropped]:
    """The units of the version that the extractor left out, in its order, numbered from 1.

    One that was made a claim keeps its number and names the claim.
    """
    return dict(enumerate(work.claims.list_dropped(version_id), start=1))


def load_dossiers(
    work: UnitOfWork, claims: tuple[ReviewClaim, ...], viewer: User | None
) -> tuple[Dossier, ...]:
    """The dossiers of ``claims``, in their order, as ``viewer`` may see them, for ``None`` as all may."""
    return tuple(redact_for(dossier, viewer) for dossier in load_whole(work, claims))


def load_whole(work: UnitOfWork, claims: tuple[ReviewClaim, ...]) -> tuple[Dossier, ...]:
    """The dossiers with all that anybody said: for the rules, never for a page."""
    ids = [claim.id for claim in claims]
    statuses, runs = work.searches.load_status(ids), work.searches.load_runs(ids)
    findings = work.searches.load_findings(ids)
    citations = work.citations.load({f.pmid for found in findings.values() for f in found})
    records = {pmid: read_record(citation) for pmid, citation in citations.items()}
    standings = load_standings(work, citations)
    assessments, judgements = work.assessments.load_assessments(ids), work.assessments.load_judgements(ids)
    levels, guidelines = work.assessments.load_levels(ids), work.assessments.load_guidelines(ids)
    views, decided = work.adjudications.load_views(ids), work.adjudications.load_decided(ids)
    reopened = work.adjudications.load_reopened(ids)
    documents, judged_documents = work.documents.load(ids), work.documents.load_judgements(ids)
    former, kept = load_former(work, ids), work.decisions.load_keepings(ids)
    versions = {claim.version_id for claim in claims}
    plans, cited = work.plans.load_plans(versions), work.references.load_cited(claims)
    assigned = work.plans.load_assigned(ids)
    return tuple(
        _drop_former(
            Dossier(
                claim=claim,
                search_status=statuses[claim.id],
                runs=runs[claim.id],
                findings=standings.tell_watched(
                    read_anew(standings.tell_later_looks(findings[claim.id]), records)
                ),
                citations={f.pmid: citations[f.pmid] for f in findings[claim.id]},
                assessments=assessments[claim.id],
                judgements=judgements[claim.id],
                levels=levels[claim.id],
                guideline=guidelines.get(claim.id),
                views=views[claim.id],
                adjudication=decided.get(claim.id),
                plan=plans.get(claim.version_id, UNASSIGNED),
                assigned=assigned.get(claim.id, ()),
                since=reopened[claim.id].sequence if claim.id in reopened else None,
                reopened_by=reopened[claim.id].reopened_by if claim.id in reopened else "",
                former=former[claim.id],
                kept=kept.get(claim.id),
                documents=documents[claim.id],
                document_judgements=judged_documents[claim.id],
                references=cited[claim.id],
            )
        )
        for claim in claims
    )


def load_former(work: UnitOfWork, claim_ids: Collection[int]) -> dict[int, tuple[Former, ...]]:
    """The claims that each of these came of, latest first; no further query where none came of any."""
    ancestors = work.lineage.load_ancestors(claim_ids)
    ids = sorted({former for formers in ancestors.values() for former in formers})
    if not ids:
        return dict.fromkeys(claim_ids, ())
    claims = {claim.id: claim for claim in work.claims.load_claims(ids)}
    assessments = work.assessments.load_assessments(ids)
    judgements, decided = work.assessments.load_judgements(ids), work.adjudications.load_decided(ids)
    return {
        claim_id: tuple(
            Former(claims[id], assessments[id], judgements[id], decided.get(id)) for id in formers
        )
        for claim_id, formers in ancestors.items()
    }


def _stands(claim: ReviewClaim) -> bool:
    return claim.status is not ClaimStatus.DISMISSED


def _drop_former(dossier: Dossier) -> Dossier:
    """Without what was said of another reading; former grades stay, told from the present by their hash."""
    if dossier.is_silent:
        return dossier
    guideline, decided = dossier.guideline, dossier.adjudication
    same_words = guideline is not None and guideline.text_hash == dossier.claim.text_hash
    decides = decided is not None and dossier.is_current(decided.text_hash, decided.sequence)
    if decided is not None and not decides:
        dossier = replace(dossier, adjudication=None)
    return replace(
        dossier,
        judgements=tuple(j for j in dossier.judgements if dossier.is_recent(j.sequence)),
        document_judgements=tuple(j for j in dossier.document_judgements if dossier.is_recent(j.sequence)),
        levels=tuple(level for level in dossier.levels if dossier.is_recent(level.sequence)),
        guideline=guideline if same_words else None,
        kept=dossier.kept if _still_keeps(dossier) else None,
        graders=tuple(grade.graded_by for grade in dossier.grades),
    )


def _still_keeps(dossier: Dossier) -> bool:
    """Whether the claim is kept with this wording and this grade."""
    kept, verdict = dossier.kept, dossier.verdict
    if kept is None or verdict is None:
        return False
    return (kept.text_hash, kept.grade) == (dossier.claim.text_hash, verdict.grade)

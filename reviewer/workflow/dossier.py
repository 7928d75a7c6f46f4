"""A claim's dossier: everything that is known of one claim, loaded in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from claims.records.assessment import Assessment, CitationJudgement, ClaimStatus, JudgedCitation
from claims.records.citation import Citation, Pmid
from claims.records.finding import Finding
from claims.records.retrieval import SearchRun, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Former:
    """A claim that another came of, as it last stood, with what people said of it then."""

    claim: ReviewClaim
    assessments: tuple[Assessment, ...]
    judgements: tuple[JudgedCitation, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A claim with its searches, findings (best first), their records, and what people said of it.

    ``former`` are the claims that it came of, latest first: what was said of them is history and a
    suggestion, never in force for this one.
    """

    claim: ReviewClaim
    search_status: SearchStatus
    runs: tuple[SearchRun, ...]
    findings: tuple[Finding, ...]
    citations: dict[Pmid, Citation]
    assessments: tuple[Assessment, ...]
    judgements: tuple[JudgedCitation, ...]
    former: tuple[Former, ...] = ()

    @property
    def attached(self) -> tuple[Finding, ...]:
        """The findings that somebody judged to bear on the claim, best first."""
        bearing = {j.pmid for j in self.judgements if j.judgement is not CitationJudgement.NOT_RELEVANT}
        return tuple(finding for finding in self.findings if finding.pmid in bearing)

    @property
    def grade(self) -> Assessment | None:
        """The grade in force: the latest one given to the present wording."""
        current = [a for a in self.assessments if a.text_hash == self.claim.text_hash]
        return max(current, key=lambda a: a.graded_at, default=None)

    @property
    def is_reread(self) -> bool:
        """Whether the grade in force was given before the words were completed as they now are."""
        since = self.claim.read_since
        return self.grade is not None and since is not None and self.grade.graded_at < since


def load_version(work: UnitOfWork, version_id: int) -> tuple[ArticleVersion, tuple[Dossier, ...]]:
    """The version with the dossiers of its claims, dismissed ones left out. Raises ``NotFound``."""
    version = work.articles.get_version(version_id)
    claims = work.claims.list_claims(version_id)
    standing = tuple(claim for claim in claims if claim.status is not ClaimStatus.DISMISSED)
    return version, load_dossiers(work, standing)


def load_dossiers(work: UnitOfWork, claims: tuple[ReviewClaim, ...]) -> tuple[Dossier, ...]:
    """The dossiers of ``claims``, in their order."""
    ids = [claim.id for claim in claims]
    statuses = work.searches.load_status(ids)
    runs = work.searches.load_runs(ids)
    findings = work.searches.load_findings(ids)
    assessments = work.assessments.load_assessments(ids)
    judgements = work.assessments.load_judgements(ids)
    citations = work.citations.load({f.pmid for found in findings.values() for f in found})
    former = load_former(work, ids)
    return tuple(
        Dossier(
            claim=claim,
            search_status=statuses.get(claim.id, SearchStatus.NOT_SEARCHED),
            runs=runs.get(claim.id, ()),
            findings=findings.get(claim.id, ()),
            citations={f.pmid: citations[f.pmid] for f in findings.get(claim.id, ())},
            assessments=assessments.get(claim.id, ()),
            judgements=judgements.get(claim.id, ()),
            former=former[claim.id],
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
    judgements = work.assessments.load_judgements(ids)
    return {
        claim_id: tuple(Former(claims[id], assessments[id], judgements[id]) for id in formers)
        for claim_id, formers in ancestors.items()
    }

"""A claim's dossier: everything that is known of one claim, loaded in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records.assessment import Assessment, CitationJudgement, ClaimStatus, JudgedCitation
from claims.records.citation import Citation, Pmid
from claims.records.finding import Finding
from claims.records.retrieval import SearchRun, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Dossier:
    """A claim with its searches, findings (best first), their records, and what people said of it."""

    claim: ReviewClaim
    search_status: SearchStatus
    runs: tuple[SearchRun, ...]
    findings: tuple[Finding, ...]
    citations: dict[Pmid, Citation]
    assessments: tuple[Assessment, ...]
    judgements: tuple[JudgedCitation, ...]

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
    return tuple(
        Dossier(
            claim=claim,
            search_status=statuses.get(claim.id, SearchStatus.NOT_SEARCHED),
            runs=runs.get(claim.id, ()),
            findings=findings.get(claim.id, ()),
            citations={f.pmid: citations[f.pmid] for f in findings.get(claim.id, ())},
            assessments=assessments.get(claim.id, ()),
            judgements=judgements.get(claim.id, ()),
        )
        for claim in claims
    )

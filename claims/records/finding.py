"""What a search brought for a claim: citations as the machine ranked and read them."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records.citation import Citation, Pmid, RetractionCheck
from claims.records.rationale import Rationale, SuggestedStance
from claims.records.retrieval import Rung, SearchPlan, SearchRun
from claims.records.study import EvidenceLevel, StudyProfile


@dataclass(frozen=True, slots=True)
class Finding:
    """One citation found for one claim. ``rank`` counts from 1; ``score`` is higher for better.

    ``rung`` is the search that brought it first; ``rationales`` are in the abstract's order, empty where
    no sentence bears on the claim.
    """

    pmid: Pmid
    rank: int
    score: float
    rung: Rung
    rationales: tuple[Rationale, ...]
    study: StudyProfile
    level: EvidenceLevel
    stance: SuggestedStance
    retraction: RetractionCheck


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """All that one search of one claim gave: the plan, each run, the findings best first, their records."""

    plan: SearchPlan
    runs: tuple[SearchRun, ...]
    findings: tuple[Finding, ...]
    citations: tuple[Citation, ...]

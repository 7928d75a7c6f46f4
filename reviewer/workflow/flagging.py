"""Flags that a rule raises on a claim: open questions for author and editor."""

from __future__ import annotations

from enum import StrEnum

from claims.records.assessment import SupportGrade
from claims.records.citation import RetractionStatus
from claims.records.retrieval import SearchStatus
from reviewer.workflow.dossier import Dossier
from reviewer.workflow.grading import CLINICAL_TYPES, PRECLINICAL


class FlagReason(StrEnum):
    """Why a claim is flagged; permanent."""

    NO_EVIDENCE_FOUND = "no_evidence_found"
    SEARCH_FAILED = "search_failed"
    CONTRADICTED = "contradicted"
    PRECLINICAL_UNDER_CLINICAL_CLAIM = "preclinical_under_clinical_claim"
    RETRACTED_CITATION = "retracted_citation"
    WORDING_RISK = "wording_risk"
    READING_CHANGED = "reading_changed"


def raise_flags(dossier: Dossier) -> tuple[FlagReason, ...]:
    """The flags that hold for the claim as it stands, in the order of ``FlagReason``."""
    claim = dossier.claim.claim
    attached = dossier.attached
    verdict = dossier.verdict
    holds = {
        FlagReason.NO_EVIDENCE_FOUND: dossier.search_status is SearchStatus.NOTHING_FOUND,
        FlagReason.SEARCH_FAILED: dossier.search_status is SearchStatus.FAILED,
        FlagReason.CONTRADICTED: verdict is not None and verdict.grade is SupportGrade.CONTRADICTED,
        FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM: claim.type in CLINICAL_TYPES
        and bool(attached)
        and all(finding.study.species in PRECLINICAL for finding in attached),
        FlagReason.RETRACTED_CITATION: any(
            finding.retraction.status is RetractionStatus.RETRACTED for finding in attached
        ),
        FlagReason.WORDING_RISK: bool(claim.wording_risks),
        FlagReason.READING_CHANGED: dossier.is_reread,
    }
    return tuple(reason for reason in FlagReason if holds[reason])

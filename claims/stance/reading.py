"""What one citation says of one claim, as the machine reads it."""

from __future__ import annotations

from dataclasses import dataclass

from claims.appraisal.clinical_question import find_evidence_question
from claims.appraisal.level import judge_level
from claims.appraisal.study_design import profile_study
from claims.ranking.question import Question
from claims.records.citation import Citation
from claims.records.claim import Claim
from claims.records.rationale import Rationale, SuggestedStance
from claims.records.study import EvidenceLevel, StudyProfile
from claims.stance.abstract import read_abstract
from claims.stance.rationale import find_rationales, weigh_sentences
from claims.stance.stance import suggest_stance


@dataclass(frozen=True, slots=True)
class CitationReading:
    """The sentences that bear on the claim in the abstract's order, where they point, and the study."""

    rationales: tuple[Rationale, ...]
    stance: SuggestedStance
    study: StudyProfile
    level: EvidenceLevel


def read_citation(question: Question, citation: Citation, claim: Claim) -> CitationReading:
    """The reading of a citation under this claim; a suggestion throughout."""
    abstract = read_abstract(citation)
    relevance = weigh_sentences(question, abstract)
    study = profile_study(citation)
    return CitationReading(
        find_rationales(citation.pmid, abstract, relevance),
        suggest_stance(question, abstract, relevance),
        study,
        judge_level(study, citation, find_evidence_question(claim)),
    )

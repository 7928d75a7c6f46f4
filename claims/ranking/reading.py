"""What one citation says of one claim, as the machine reads it."""

from __future__ import annotations

from dataclasses import dataclass

from claims.evidence.evidence_level import judge_level
from claims.evidence.evidence_question import find_evidence_question
from claims.evidence.study_design import profile_study
from claims.ranking.abstract import read_abstract
from claims.ranking.question import Question
from claims.ranking.rationale import find_rationales, weigh_sentences
from claims.ranking.stance import suggest_stance
from claims.records.citation import Citation
from claims.records.claim import Claim
from claims.records.rationale import Rationale, SuggestedStance
from claims.records.study import EvidenceLevel, StudyProfile


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences that bear on the claim in the abstract's order, where they point, and the study."""

    rationales: tuple[Rationale, ...]
    stance: SuggestedStance
    study: StudyProfile
    level: EvidenceLevel


def read_citation(question: Question, citation: Citation, claim: Claim) -> Reading:
    """The reading of a citation under this claim; a suggestion throughout."""
    abstract = read_abstract(citation)
    bearing = weigh_sentences(question, abstract)
    study = profile_study(citation)
    return Reading(
        find_rationales(citation.pmid, abstract, bearing),
        suggest_stance(question, abstract, bearing),
        study,
        judge_level(study, citation, find_evidence_question(claim)),
    )

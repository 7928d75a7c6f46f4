"""How far a study's design carries a claim: OCEBM 2011 by the question that the claim raises.

Source: OCEBM Levels of Evidence Working Group, "The Oxford 2011 Levels of Evidence", a table with a column
for each question. That animal and cell work is level 5 under a clinical claim is a convention of this house.
"""

from __future__ import annotations

from claims.evidence.study_words import OTHER_STUDIES_REVIEWED, RANDOMISED_TRIALS_REVIEWED
from claims.records.citation import Citation
from claims.records.claim import ClaimType
from claims.records.study import EvidenceLevel, Species, StudyDesign, StudyProfile

MECHANISM_LEVEL = 5

_TREATMENT = {
    StudyDesign.RANDOMISED_TRIAL: EvidenceLevel(2),
    StudyDesign.CONTROLLED_TRIAL: EvidenceLevel(3),
    StudyDesign.COHORT: EvidenceLevel(3),
    StudyDesign.CASE_CONTROL: EvidenceLevel(4),
    StudyDesign.CASE_SERIES: EvidenceLevel(4),
    StudyDesign.CROSS_SECTIONAL: EvidenceLevel(4, to_confirm=True),
    StudyDesign.LABORATORY: EvidenceLevel(MECHANISM_LEVEL),
}
# "How common is the problem?": 1 needs a local and current random sample, which a record seldom tells.
_PREVALENCE = {
    StudyDesign.CROSS_SECTIONAL: EvidenceLevel(3, to_confirm=True),
    StudyDesign.COHORT: EvidenceLevel(3, to_confirm=True),
    StudyDesign.CASE_SERIES: EvidenceLevel(4),
    StudyDesign.CASE_CONTROL: EvidenceLevel(4, to_confirm=True),
    StudyDesign.RANDOMISED_TRIAL: EvidenceLevel(4, to_confirm=True),
    StudyDesign.LABORATORY: EvidenceLevel(MECHANISM_LEVEL),
}
_COLUMNS = {
    ClaimType.EFFICACY: _TREATMENT,
    ClaimType.COMPARISON: _TREATMENT,
    ClaimType.SAFETY: _TREATMENT,
    ClaimType.TESTIMONIAL: _TREATMENT,
    ClaimType.EPIDEMIOLOGY: _PREVALENCE,
}
_WITHOUT_LEVEL = (StudyDesign.NARRATIVE_REVIEW, StudyDesign.GUIDELINE)


def judge_level(profile: StudyProfile, citation: Citation, claim_type: ClaimType) -> EvidenceLevel:
    """The level of one citation under a claim of this type.

    ``None`` for claims that the table has no column for (mechanism, guideline and the like), for narrative
    reviews and guidelines, and, to be confirmed, where the design does not settle it. A systematic review
    is 1 only where the record says that the trials were randomised and names no other kind of study.
    """
    column = _COLUMNS.get(claim_type)
    if column is None or profile.design in _WITHOUT_LEVEL:
        return EvidenceLevel(None)
    if profile.species in (Species.ANIMAL, Species.IN_VITRO):
        return EvidenceLevel(MECHANISM_LEVEL)
    if profile.design is StudyDesign.SYSTEMATIC_REVIEW:
        return _judge_review(citation, claim_type)
    return column.get(profile.design, EvidenceLevel(None, to_confirm=True))


def _judge_review(citation: Citation, claim_type: ClaimType) -> EvidenceLevel:
    text = f"{citation.title}. {citation.abstract_text}"
    of_trials = RANDOMISED_TRIALS_REVIEWED.search(text) and not OTHER_STUDIES_REVIEWED.search(text)
    if claim_type is not ClaimType.EPIDEMIOLOGY and of_trials:
        return EvidenceLevel(1)
    return EvidenceLevel(None, to_confirm=True)

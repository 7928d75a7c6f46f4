"""How far a study's design carries a claim: OCEBM 2011 by the question that the claim raises.

Source: OCEBM Levels of Evidence Working Group, "The Oxford 2011 Levels of Evidence", a table with a column
for each question. That animal and cell work is level 5 under a clinical claim is a convention of this house
and marked so in ``scheme``; under a claim on how common something is, or what becomes of people, it has none.
"""

from __future__ import annotations

from claims.appraisal import cues
from claims.appraisal.record_kind import read_kind
from claims.records.citation import Citation
from claims.records.study import (
    EvidenceLevel,
    EvidenceQuestion,
    Species,
    StudyDesign,
    StudyProfile,
)

HOUSE_CONVENTION = "OCEBM 2011, animal and cell work as 5 by convention"
_PRECLINICAL_LEVEL = EvidenceLevel(5, scheme=HOUSE_CONVENTION)
_NONE, _UNSETTLED = EvidenceLevel(None), EvidenceLevel(None, to_confirm=True)

_INTERVENTION = {
    StudyDesign.RANDOMISED_TRIAL: EvidenceLevel(2),
    StudyDesign.CONTROLLED_TRIAL: EvidenceLevel(3),
    StudyDesign.COHORT: EvidenceLevel(3),
    StudyDesign.CASE_CONTROL: EvidenceLevel(4),
    StudyDesign.CASE_SERIES: EvidenceLevel(4),
    StudyDesign.CROSS_SECTIONAL: EvidenceLevel(4, to_confirm=True),
}
_COLUMNS = {
    EvidenceQuestion.TREATMENT: _INTERVENTION,
    EvidenceQuestion.HARM: _INTERVENTION,
    EvidenceQuestion.PROGNOSIS: {
        StudyDesign.COHORT: EvidenceLevel(3),
        StudyDesign.RANDOMISED_TRIAL: EvidenceLevel(3, to_confirm=True),
        StudyDesign.CONTROLLED_TRIAL: EvidenceLevel(3, to_confirm=True),
        StudyDesign.CASE_SERIES: EvidenceLevel(4),
        StudyDesign.CASE_CONTROL: EvidenceLevel(4),
    },
    EvidenceQuestion.DIAGNOSIS: {
        StudyDesign.DIAGNOSTIC: EvidenceLevel(3, to_confirm=True),
        StudyDesign.CROSS_SECTIONAL: EvidenceLevel(3, to_confirm=True),
        StudyDesign.COHORT: EvidenceLevel(3, to_confirm=True),
        StudyDesign.CASE_CONTROL: EvidenceLevel(4),
    },
    EvidenceQuestion.PREVALENCE: {
        StudyDesign.CROSS_SECTIONAL: EvidenceLevel(3, to_confirm=True),
        StudyDesign.COHORT: EvidenceLevel(3, to_confirm=True),
        StudyDesign.CASE_SERIES: EvidenceLevel(4),
    },
}
_WITHOUT_LEVEL = frozenset({StudyDesign.NARRATIVE_REVIEW, StudyDesign.GUIDELINE})
# The columns whose level 5 is mechanism-based reasoning; the other two have no level 5.
_WITH_MECHANISM = frozenset({EvidenceQuestion.TREATMENT, EvidenceQuestion.HARM, EvidenceQuestion.DIAGNOSIS})


def judge_level(
    profile: StudyProfile, citation: Citation, question: EvidenceQuestion | None
) -> EvidenceLevel:
    """The level of one citation under this question; ``None`` where the claim raises none of the table's.

    Narrative reviews and guidelines have none, nor have plans, notices and remarks. It is to be confirmed
    wherever the record does not settle what the table asks for: a systematic review is 1 only where it says
    that the trials were randomised and names no other kind of study, and a cohort without anybody to compare
    with is 4.
    """
    if question is None or profile.design in _WITHOUT_LEVEL or not read_kind(citation).reports_study:
        return _NONE
    if profile.species in (Species.ANIMAL, Species.IN_VITRO) or profile.design is StudyDesign.LABORATORY:
        return _PRECLINICAL_LEVEL if question in _WITH_MECHANISM else _NONE
    text = f"{citation.shown_title}. {citation.abstract_text}"
    if profile.design is StudyDesign.SYSTEMATIC_REVIEW:
        return _judge_review(text, question)
    return _refine(profile.design, text, question) or _COLUMNS[question].get(profile.design, _UNSETTLED)


def _judge_review(text: str, question: EvidenceQuestion) -> EvidenceLevel:
    if question in (EvidenceQuestion.TREATMENT, EvidenceQuestion.HARM):
        randomised = cues.RANDOMISED_TRIALS_REVIEWED.search(text)
        return EvidenceLevel(1) if randomised and not cues.OTHER_STUDIES_REVIEWED.search(text) else _UNSETTLED
    settled = {
        EvidenceQuestion.PROGNOSIS: cues.INCEPTION_COHORT,
        EvidenceQuestion.DIAGNOSIS: cues.REFERENCE_STANDARD,
    }.get(question)
    if settled and settled.search(text):
        return EvidenceLevel(1, to_confirm=True)
    # A review of surveys is 2 where they can be matched to the place, which a record does not tell.
    return EvidenceLevel(2, to_confirm=True) if question is EvidenceQuestion.PREVALENCE else _UNSETTLED


def _refine(design: StudyDesign, text: str, question: EvidenceQuestion) -> EvidenceLevel | None:
    """The level where the abstract's words say more than the design; ``None`` where they do not."""
    if question in (EvidenceQuestion.TREATMENT, EvidenceQuestion.HARM):
        if design is StudyDesign.COHORT and not cues.COMPARED.search(text):
            return EvidenceLevel(4, to_confirm=True)
    elif question is EvidenceQuestion.PROGNOSIS:
        if design is StudyDesign.COHORT and cues.INCEPTION_COHORT.search(text):
            return EvidenceLevel(2, to_confirm=True)
    elif question is EvidenceQuestion.DIAGNOSIS:
        consistent = cues.REFERENCE_STANDARD.search(text) and cues.CONSECUTIVE_OR_BLIND.search(text)
        if design in (StudyDesign.DIAGNOSTIC, StudyDesign.CROSS_SECTIONAL) and consistent:
            return EvidenceLevel(2, to_confirm=True)
    elif design in (StudyDesign.CROSS_SECTIONAL, StudyDesign.COHORT) and cues.RANDOM_SURVEY.search(text):
        return EvidenceLevel(1, to_confirm=True)
    return None

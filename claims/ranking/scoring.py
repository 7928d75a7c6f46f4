"""The order of citations for a claim: a few named features, each with its weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.evidence.study_design import profile_study
from claims.ranking.question import Question
from claims.records.citation import Citation
from claims.records.retrieval import Concept, SearchPlan, Slot
from claims.records.study import StudyDesign
from claims.text.english import stem_words

RANKER_VERSION = "ranker-1"

WEIGHTS = {"terms": 1.0, "slots": 0.6, "mesh": 0.2, "design": 0.15, "recency": 0.05}
_DESIGN_WORTH = {
    StudyDesign.SYSTEMATIC_REVIEW: 1.0,
    StudyDesign.RANDOMISED_TRIAL: 0.9,
    StudyDesign.CONTROLLED_TRIAL: 0.7,
    StudyDesign.COHORT: 0.6,
    StudyDesign.GUIDELINE: 0.6,
    StudyDesign.CASE_CONTROL: 0.5,
    StudyDesign.CROSS_SECTIONAL: 0.4,
    StudyDesign.DIAGNOSTIC: 0.4,
}
_OTHER_WORTH = 0.3
_RECENT_FROM, _RECENT_TO = 1990, 2030
TITLE_SHARE = 0.4
ENOUGH_TERMS, ENOUGH_SLOTS = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a citation, each between 0 and 1."""

    terms: float
    slots: float
    mesh: float
    design: float
    recency: float

    @property
    def total(self) -> float:
        """The weighted sum: higher is better."""
        return sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())


def rank_citations(
    question: Question, plan: SearchPlan, citations: Iterable[Citation]
) -> tuple[tuple[Citation, float], ...]:
    """The citations best first with their scores; ties by PMID, newest first, so that the order is stable."""
    scored = [(citation, measure_features(question, plan, citation).total) for citation in citations]
    return tuple(sorted(scored, key=lambda pair: (-pair[1], -int(pair[0].pmid))))


def bears_on(question: Question, plan: SearchPlan, citation: Citation) -> bool:
    """Whether a record that shares words with a claim says enough of it to be shown at all."""
    features = measure_features(question, plan, citation)
    return features.terms >= ENOUGH_TERMS and features.slots >= ENOUGH_SLOTS


def measure_features(question: Question, plan: SearchPlan, citation: Citation) -> Features:
    """The features of one citation for one question."""
    title = set(stem_words(citation.title))
    body = set(stem_words(f"{citation.abstract_text} {' '.join(citation.keywords)}"))
    return Features(
        terms=_match_terms(question, title, body),
        slots=_cover_slots(plan, citation, title | body),
        mesh=_agree_mesh(plan, citation),
        design=_DESIGN_WORTH.get(profile_study(citation).design, _OTHER_WORTH),
        recency=_measure_recency(citation.published_year),
    )


def _match_terms(question: Question, title: set[str], body: set[str]) -> float:
    total = sum(question.weights.values())
    if not total:
        return 0.0
    in_title = sum(weight for stem, weight in question.weights.items() if stem in title)
    anywhere = sum(weight for stem, weight in question.weights.items() if stem in title or stem in body)
    return (TITLE_SHARE * in_title + (1 - TITLE_SHARE) * anywhere) / total


def _cover_slots(plan: SearchPlan, citation: Citation, stems: set[str]) -> float:
    """The share of the plan's slots of which the citation names a concept, in words or in MeSH."""
    descriptors = {heading.descriptor.name.lower() for heading in citation.mesh}
    slots: dict[Slot, bool] = {}
    for concept in plan.concepts:
        named = _names(concept, stems) or concept.mesh.lower() in descriptors
        slots[concept.slot] = slots.get(concept.slot, False) or named
    return sum(slots.values()) / len(slots) if slots else 0.0


def _names(concept: Concept, stems: set[str]) -> bool:
    return any(set(stem_words(english)) <= stems for english in concept.english)


def _agree_mesh(plan: SearchPlan, citation: Citation) -> float:
    asked = {concept.mesh.lower() for concept in plan.concepts if concept.mesh}
    given = {heading.descriptor.name.lower() for heading in citation.mesh}
    return len(asked & given) / len(asked) if asked else 0.0


def _measure_recency(year: int | None) -> float:
    if year is None:
        return 0.0
    return min(1.0, max(0.0, (year - _RECENT_FROM) / (_RECENT_TO - _RECENT_FROM)))

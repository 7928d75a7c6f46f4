"""The order of citations for a claim: a few named features, each with its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from claims.appraisal.standing import may_carry
from claims.appraisal.study_design import profile_study
from claims.ranking.coverage import list_descriptors, names_concept
from claims.ranking.idf import weigh_idf
from claims.ranking.question import Question
from claims.records.citation import Citation
from claims.records.retrieval import PicoSlot, SearchPlan
from claims.records.study import StudyDesign
from claims.text.english import stem_words

RANKER_VERSION = "ranker-3"

# Measured by benchmarks/ranking.py as nDCG@10 over the 30 records that a search of SciFact brings, for 809
# English and 200 Japanese claims: all of these 0.703 and 0.683; without slots 0.692 and 0.678; without design
# 0.703 and 0.680; ranker-1 had 0.642 and 0.610. SciFact has neither MeSH nor years: the weights of
# mesh and recency are a convention, small enough to part equals alone.
WEIGHTS = {"terms": 1.0, "slots": 0.05, "design": 0.05, "mesh": 0.05, "recency": 0.01}
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
# Recency rises from this year to the newest record, over so many years at least: a convention, not measured.
_RECENT_FROM, _FEWEST_YEARS = 1990, 40
# BM25 as the same measurement chose it: 0.696 and 0.642, at the usual 1.2 and 0.75 it is 0.690 and 0.627.
_K1, _B = 0.9, 0.4
_MEAN_LENGTH = 210
_TITLE_AGAIN = 0.3
# Conventions: what is shown at all is for a person to judge, so that these only keep chance words out.
ENOUGH_NAMED, ENOUGH_SLOTS = 0.25, 0.5
_TITLE_SHARE = 0.4


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
    """The citations best first with their scores; ties by PMID, newest first, so that the order is stable.

    What carries no claim comes after all that may, whatever it scores.
    """
    found = list(citations)
    newest = max((citation.published_year or 0 for citation in found), default=0)
    scored = [(citation, measure_features(question, plan, citation, newest).total) for citation in found]
    return tuple(sorted(scored, key=lambda pair: (not may_carry(pair[0]), -pair[1], -int(pair[0].pmid))))


def bears_on(question: Question, plan: SearchPlan, citation: Citation) -> bool:
    """Whether a record that shares words with a claim says enough of it to be shown at all."""
    title, body = _list_stems(citation)
    named = _share_named(question, set(title), set(title + body))
    # What heading or theme completed is context: a record need not name it to speak of the sentence.
    own = replace(plan, concepts=tuple(c for c in plan.concepts if not c.inherited) or plan.concepts)
    return named >= ENOUGH_NAMED and _cover_slots(own, citation, set(title + body)) >= ENOUGH_SLOTS


def measure_features(question: Question, plan: SearchPlan, citation: Citation, newest: int) -> Features:
    """The features of one citation for one question; ``newest`` is the latest year among its rivals."""
    title, body = _list_stems(citation)
    return Features(
        terms=_match_terms(question, title, body),
        slots=_cover_slots(plan, citation, set(title + body)),
        mesh=_agree_mesh(plan, citation),
        design=_DESIGN_WORTH.get(profile_study(citation).design, _OTHER_WORTH),
        recency=_measure_recency(citation.published_year, newest),
    )


def _list_stems(citation: Citation) -> tuple[list[str], list[str]]:
    """The stems of the title, and of abstract and keywords."""
    return stem_words(citation.shown_title), stem_words(
        f"{citation.abstract_text} {' '.join(citation.keywords)}"
    )


def _match_terms(question: Question, title: list[str], body: list[str]) -> float:
    """BM25 of the record as one text, its title once more for less; 1 where nothing could match better."""
    counts, in_title = Counter(title + body), Counter(title)
    length = _K1 * (1 - _B + _B * counts.total() / _MEAN_LENGTH)
    found = highest = 0.0
    for stem, asked in question.weights.items():
        weight = asked * weigh_idf(stem)
        highest += weight * (1 + _TITLE_AGAIN)
        found += weight * counts[stem] / (counts[stem] + length)
        found += weight * _TITLE_AGAIN * in_title[stem] / (in_title[stem] + _K1)
    return found / highest if highest else 0.0


def _share_named(question: Question, title: set[str], anywhere: set[str]) -> float:
    """How much of what is asked the record names, common words or not; in the title it counts more."""
    total = sum(question.weights.values())
    in_title = sum(weight for stem, weight in question.weights.items() if stem in title)
    named = sum(weight for stem, weight in question.weights.items() if stem in anywhere)
    return (_TITLE_SHARE * in_title + (1 - _TITLE_SHARE) * named) / total if total else 0.0


def _cover_slots(plan: SearchPlan, citation: Citation, stems: set[str]) -> float:
    """The share of the plan's slots of which the citation names a concept, in words or in MeSH."""
    descriptors = list_descriptors(citation)
    slots: dict[PicoSlot, bool] = {}
    for concept in plan.concepts:
        named = names_concept(concept, stems, descriptors)
        slots[concept.slot] = slots.get(concept.slot, False) or named
    return sum(slots.values()) / len(slots) if slots else 0.0


def _agree_mesh(plan: SearchPlan, citation: Citation) -> float:
    asked = {concept.mesh.lower() for concept in plan.concepts if concept.mesh}
    return len(asked & list_descriptors(citation)) / len(asked) if asked else 0.0


def _measure_recency(year: int | None, newest: int) -> float:
    if year is None:
        return 0.0
    return max(0.0, (year - _RECENT_FROM) / max(_FEWEST_YEARS, newest - _RECENT_FROM))

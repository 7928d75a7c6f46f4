"""What kind of study a citation is, and how that was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StudyDesign(StrEnum):
    """The design as far as the record tells it."""

    SYSTEMATIC_REVIEW = "systematic_review"
    RANDOMISED_TRIAL = "randomised_trial"
    CONTROLLED_TRIAL = "controlled_trial"
    COHORT = "cohort"
    CASE_CONTROL = "case_control"
    CROSS_SECTIONAL = "cross_sectional"
    CASE_SERIES = "case_series"
    DIAGNOSTIC = "diagnostic"
    GUIDELINE = "guideline"
    NARRATIVE_REVIEW = "narrative_review"
    LABORATORY = "laboratory"
    UNKNOWN = "unknown"


class Species(StrEnum):
    """In what the study was done."""

    HUMAN = "human"
    ANIMAL = "animal"
    IN_VITRO = "in_vitro"
    MIXED = "mixed"
    UNKNOWN = "unknown"

    @property
    def is_preclinical(self) -> bool:
        """Whether no person took part."""
        return self in (Species.ANIMAL, Species.IN_VITRO)


class ReadFrom(StrEnum):
    """Where a reading comes from: NLM's indexing, the abstract's words, or nowhere."""

    INDEXED = "indexed"
    ABSTRACT = "abstract"
    NOT_READ = "not_read"


class EvidenceQuestion(StrEnum):
    """What a claim asks of the literature: the columns of the Oxford 2011 table that the house reads."""

    TREATMENT = "treatment"
    HARM = "harm"
    PROGNOSIS = "prognosis"
    DIAGNOSIS = "diagnosis"
    PREVALENCE = "prevalence"


@dataclass(frozen=True, slots=True)
class EvidenceLevel:
    """OCEBM 2011 level 1–5, ``None`` where the scheme has none; ``to_confirm`` where a person must look.

    ``scheme`` says where the level comes from, a convention of the house included.
    """

    level: int | None
    to_confirm: bool = False
    scheme: str = "OCEBM 2011"


@dataclass(frozen=True, slots=True)
class StudyProfile:
    """Design, species and sample size of one citation, each with how it was read."""

    design: StudyDesign
    design_from: ReadFrom
    species: Species
    species_from: ReadFrom
    sample_size: int | None = None

    @property
    def is_preclinical(self) -> bool:
        """Whether no person took part: animals or cells, or laboratory work whose species is not told."""
        in_laboratory = self.design is StudyDesign.LABORATORY and self.species is Species.UNKNOWN
        return self.species.is_preclinical or in_laboratory


NO_STUDY = StudyProfile(StudyDesign.UNKNOWN, ReadFrom.NOT_READ, Species.UNKNOWN, ReadFrom.NOT_READ)

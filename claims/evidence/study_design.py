"""What kind of study a record reports, in whom and on how many.

NLM's indexing decides first (publication types, MeSH); the words of title and abstract are read where the
record is not indexed for it. Each reading says where it comes from.
"""

from __future__ import annotations

import re

from claims.evidence import study_words as words
from claims.evidence.evidence_level import judge_level
from claims.records.citation import Citation
from claims.records.study import ReadFrom, Species, StudyDesign, StudyProfile

__all__ = ["judge_level", "profile_study"]

# A word that stands once may speak of other work; the species studied is named again.
_NAMED_AGAIN = 2


def profile_study(citation: Citation) -> StudyProfile:
    """Design, species and sample size of a record, each with how it was read.

    The sample size is ``None`` where no number of people is told, and for animals and cells.
    """
    species, species_from = _read_species(citation)
    design, design_from = _read_design(citation, species)
    in_people = species in (Species.HUMAN, Species.MIXED, Species.UNKNOWN)
    size = _read_sample_size(citation) if in_people and design is not StudyDesign.LABORATORY else None
    return StudyProfile(design, design_from, species, species_from, size)


def _read_design(citation: Citation, species: Species) -> tuple[StudyDesign, ReadFrom]:
    types = {kind.name.lower() for kind in citation.publication_types}
    descriptors = _list_descriptors(citation)
    for table, given in ((words.TYPES, types), (words.DESCRIPTORS, descriptors)):
        for design, names in table:
            if names & given:
                return design, ReadFrom.INDEXED
    text = f"{citation.title}. {citation.abstract_text}"
    # "Randomly assigned" mice are no trial in the sense of the scheme.
    if species in (Species.ANIMAL, Species.IN_VITRO):
        review = next((d for d, told in words.DESIGN_WORDS if d in _REVIEWS and told.search(text)), None)
        return review or StudyDesign.LABORATORY, ReadFrom.ABSTRACT
    for design, told in words.DESIGN_WORDS:
        if told.search(text):
            return design, ReadFrom.ABSTRACT
    if words.LABORATORY_WORDS.search(text):
        return StudyDesign.LABORATORY, ReadFrom.ABSTRACT
    return StudyDesign.UNKNOWN, ReadFrom.NOT_READ


_REVIEWS = (StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.GUIDELINE, StudyDesign.NARRATIVE_REVIEW)


def _read_species(citation: Citation) -> tuple[Species, ReadFrom]:
    descriptors = _list_descriptors(citation)
    human = bool(descriptors & words.HUMAN_DESCRIPTORS)
    animal = bool(descriptors & words.ANIMAL_DESCRIPTORS)
    cells = bool(descriptors & words.CELL_DESCRIPTORS)
    people = bool(descriptors & words.PEOPLE_DESCRIPTORS)
    if human and cells and not people and not animal:
        return Species.IN_VITRO, ReadFrom.INDEXED
    if human or animal:
        return _name_species(human, animal, cells=False), ReadFrom.INDEXED
    told = _count_species(citation)
    species = _name_species(*(count >= _NAMED_AGAIN for count in told))
    if species is Species.UNKNOWN:
        species = _name_species(*(count > 0 for count in told))
    return species, ReadFrom.NOT_READ if species is Species.UNKNOWN else ReadFrom.ABSTRACT


def _name_species(human: bool, animal: bool, cells: bool) -> Species:
    """People and animals together are mixed; cells beside either are part of that study."""
    if human and animal:
        return Species.MIXED
    if human or animal:
        return Species.HUMAN if human else Species.ANIMAL
    return Species.IN_VITRO if cells else Species.UNKNOWN


def _count_species(citation: Citation) -> tuple[int, int, int]:
    """How often people, animals and cells are named; the title counts twice."""
    text = f"{citation.title}. {citation.title}. {citation.abstract_text}"
    told = (words.HUMAN_WORDS, words.ANIMAL_WORDS, words.CELL_WORDS)
    human, animal, cells = (len(pattern.findall(text)) for pattern in told)
    return human, animal, cells


def _read_sample_size(citation: Citation) -> int | None:
    """The largest number by the strongest kind of statement: parts of a sample are smaller than the whole."""
    for pattern in words.SAMPLE_SIZES:
        counts = [
            int(re.sub(r"\D", "", found.group("count"))) for found in pattern.finditer(citation.abstract_text)
        ]
        if counts:
            return max(counts)
    return None


def _list_descriptors(citation: Citation) -> set[str]:
    return {heading.descriptor.name.lower() for heading in citation.mesh}

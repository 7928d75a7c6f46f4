"""What kind of study a record reports, in whom and on how many.

NLM's indexing decides first (publication types, MeSH); the words of title and abstract are read where the
record is not indexed for it. Each reading says where it comes from.
"""

from __future__ import annotations

import re
from dataclasses import replace

from claims.appraisal import cues
from claims.appraisal.record_kind import list_types, read_kind
from claims.records.article import Language
from claims.records.citation import Citation, RecordKind
from claims.records.study import NO_STUDY, ReadFrom, Species, StudyDesign, StudyProfile
from claims.text.numbers import NUMBER_WORDS
from claims.text.sentences import split_sentences

# A word that stands once may speak of other work; the species studied is named again.
_NAMED_AGAIN = 2
# Mice in the results and patients in the last sentence are a study in mice.
_OUTNUMBERED = 3
_NO_STUDY_OF_PEOPLE = frozenset({StudyDesign.LABORATORY, StudyDesign.UNKNOWN})
_OF_CELLS = (Species.IN_VITRO, StudyDesign.LABORATORY, ReadFrom.ABSTRACT, ReadFrom.ABSTRACT)
_REVIEWS = frozenset({StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.GUIDELINE, StudyDesign.NARRATIVE_REVIEW})


def profile_study(citation: Citation) -> StudyProfile:
    """Design, species and sample size of a record, each with how it was read.

    The sample size is ``None`` where no number of people is told, and for animals and cells. Notices and
    remarks have nothing of the study that they are about; of a letter NLM's indexing alone tells a design.
    """
    kind = read_kind(citation)
    if not (kind.reports_study or kind is RecordKind.PROTOCOL):
        return NO_STUDY
    species, species_from = _read_species(citation)
    if kind is RecordKind.PROTOCOL:
        return replace(NO_STUDY, species=species, species_from=species_from)
    design, design_from = _read_design(citation, species, kind)
    if species is Species.UNKNOWN and design in _NO_STUDY_OF_PEOPLE and _is_of_cells(citation, kind):
        species, design, species_from, design_from = _OF_CELLS
    in_people = species in (Species.HUMAN, Species.MIXED, Species.UNKNOWN)
    size = _read_sample_size(citation) if in_people and design is not StudyDesign.LABORATORY else None
    return StudyProfile(design, design_from, species, species_from, size)


def _read_design(citation: Citation, species: Species, kind: RecordKind) -> tuple[StudyDesign, ReadFrom]:
    types = list_types(citation)
    # "Randomly assigned" mice are no trial in the sense of the scheme.
    preclinical = species in (Species.ANIMAL, Species.IN_VITRO)
    for table, given in ((cues.TYPES, types), (cues.DESCRIPTORS, _list_descriptors(citation))):
        for design, names in table:
            if names & given and (design in _REVIEWS or not preclinical):
                return design, ReadFrom.INDEXED
    if kind is RecordKind.LETTER:
        return StudyDesign.UNKNOWN, ReadFrom.NOT_READ
    text = _read_told(citation)
    if preclinical:
        return _find_design(citation, text, _REVIEWS) or StudyDesign.LABORATORY, ReadFrom.ABSTRACT
    if told := _find_design(citation, text):
        return told, ReadFrom.ABSTRACT
    if len(cues.LABORATORY_WORDS.findall(text)) >= _NAMED_AGAIN:
        return StudyDesign.LABORATORY, ReadFrom.ABSTRACT
    return StudyDesign.UNKNOWN, ReadFrom.NOT_READ


def _find_design(
    citation: Citation, text: str, among: frozenset[StudyDesign] = frozenset(StudyDesign)
) -> StudyDesign | None:
    if cues.REVIEW_TITLE.search(citation.shown_title):
        return StudyDesign.SYSTEMATIC_REVIEW
    return next((d for d, told in cues.DESIGN_WORDS if d in among and told.search(text)), None)


def _read_told(citation: Citation) -> str:
    """Title and abstract without the sentences that only wish for a study."""
    text = citation.abstract_text
    spans = split_sentences(text, 0, len(text), Language.EN)
    told = (text[start:end] for start, end in spans if not cues.WISHES.search(text, start, end))
    return " ".join([f"{citation.shown_title}.", *told])


def _read_species(citation: Citation) -> tuple[Species, ReadFrom]:
    descriptors = _list_descriptors(citation)
    human = bool(descriptors & cues.HUMAN_DESCRIPTORS)
    animal = bool(descriptors & cues.ANIMAL_DESCRIPTORS)
    cells = bool(descriptors & cues.CELL_DESCRIPTORS)
    people = bool(descriptors & cues.PEOPLE_DESCRIPTORS)
    if human and cells and not people and not animal:
        return Species.IN_VITRO, ReadFrom.INDEXED
    if human or animal:
        return _name_species(human, animal, cells=False), ReadFrom.INDEXED
    people_told, animals_told, cells_told = _count_species(citation)
    species = _name_species(
        people_told >= _NAMED_AGAIN and _OUTNUMBERED * people_told > animals_told,
        animals_told >= _NAMED_AGAIN and _OUTNUMBERED * animals_told > people_told,
        cells_told >= _NAMED_AGAIN,
    )
    if species is Species.UNKNOWN:
        told = people_told > 0 or (not animals_told and _tell_people(citation))
        species = _name_species(told, animals_told > 0, cells=False)
    return species, ReadFrom.NOT_READ if species is Species.UNKNOWN else ReadFrom.ABSTRACT


def _is_of_cells(citation: Citation, kind: RecordKind) -> bool:
    """Whether a record that names no person and no animal speaks of cells, microbes or molecules.

    A trial of a drug may name its enzyme and its receptor and no patient: what clinics do speaks against it.
    """
    words = _read_words(citation)
    matter = (cues.LABORATORY_MATTER, cues.CELL_WORDS)
    told = sum(len(pattern.findall(words)) for pattern in matter)
    clinical = len(cues.CLINICAL_MATTER.findall(words))
    return kind is not RecordKind.LETTER and told >= _NAMED_AGAIN and told > _OUTNUMBERED * clinical


def _tell_people(citation: Citation) -> bool:
    """Whether a record speaks of what only people do or have, unless it names an animal."""
    return cues.HUMAN_CIRCUMSTANCES.search(_read_words(citation)) is not None


def _name_species(human: bool, animal: bool, cells: bool) -> Species:
    """People and animals together are mixed; cells beside either are part of that study."""
    if human and animal:
        return Species.MIXED
    if human or animal:
        return Species.HUMAN if human else Species.ANIMAL
    return Species.IN_VITRO if cells else Species.UNKNOWN


def _count_species(citation: Citation) -> tuple[int, int, int]:
    """How often people, animals and cells are named."""
    text = _read_words(citation)
    told = (cues.HUMAN_WORDS, cues.ANIMAL_WORDS, cues.CELL_WORDS)
    human, animal, cells = (len(pattern.findall(text)) for pattern in told)
    return human, animal, cells


def _read_words(citation: Citation) -> str:
    """The title, which counts twice, and the abstract."""
    return f"{citation.shown_title}. {citation.shown_title}. {citation.abstract_text}"


def _read_sample_size(citation: Citation) -> int | None:
    """The largest number by the strongest kind of statement: parts of a sample are smaller than the whole."""
    for pattern in cues.SAMPLE_SIZES:
        counts = [_read_count(found.group("count")) for found in pattern.finditer(citation.abstract_text)]
        if counts:
            return max(counts)
    return None


def _read_count(told: str) -> int:
    """The number, in digits or in words up to the hundreds."""
    if digits := re.sub(r"\D", "", told):
        return int(digits)
    count = 0
    for word in re.split(r"[ -]+", told.lower()):
        if word == "hundred":
            count *= 100
        else:
            count += NUMBER_WORDS.get(word, 0)
    return count


def _list_descriptors(citation: Citation) -> set[str]:
    return {heading.descriptor.name.lower() for heading in citation.mesh}

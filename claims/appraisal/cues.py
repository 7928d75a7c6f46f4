"""The words by which a record tells its design, species, sample size and level: read from the tables here."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from claims.records.study import StudyDesign
from claims.text.numbers import NUMBER_WORDS
from claims.text.patterns import group_rows, load_words
from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"


@cache
def load_terms(field: str) -> dict[str, frozenset[str]]:
    """What NLM's terms in a field say of a record → these terms, lower case, in the order of the table."""
    terms: dict[str, frozenset[str]] = {}
    for row in read_rows(TABLES / "nlm_terms.tsv", ("field", "says", "term")):
        if row["field"] == field:
            terms[row["says"]] = terms.get(row["says"], frozenset()) | {row["term"]}
    return terms


# NLM's publication types, NLM's descriptors, and words: of each the first design that a record has decides.
TYPES = [(StudyDesign(says), terms) for says, terms in load_terms("design_type").items()]
DESCRIPTORS = [(StudyDesign(says), terms) for says, terms in load_terms("design_descriptor").items()]
_DESIGN = load_words(TABLES / "design_words.tsv")
DESIGN_WORDS = [(StudyDesign(cue), words) for cue, words in _DESIGN.items() if cue in set(StudyDesign)]
REVIEW_TITLE = _DESIGN["review_title"]
WISHES = _DESIGN["wish"]
LABORATORY_WORDS = _DESIGN["laboratory_work"]

_TERMS, _SPECIES = load_terms("species_descriptor"), load_words(TABLES / "species_words.tsv")
HUMAN_DESCRIPTORS, HUMAN_WORDS = _TERMS["human"], _SPECIES["human"]
ANIMAL_DESCRIPTORS, ANIMAL_WORDS = _TERMS["animal"], _SPECIES["animal"]
CELL_DESCRIPTORS, CELL_WORDS = _TERMS["cells"], _SPECIES["cells"]
PEOPLE_DESCRIPTORS = _TERMS["people"]
# What tells of people where no animal is named: rats have mothers and cohorts too.
HUMAN_CIRCUMSTANCES = _SPECIES["human_circumstances"]
# Cells, microbes and molecules: they tell what was studied where no person and no animal is named, and what
# clinics do does not outweigh them.
LABORATORY_MATTER, CLINICAL_MATTER = _SPECIES["laboratory_matter"], _SPECIES["clinical_matter"]

_LEVEL = load_words(TABLES / "level_words.tsv")
COMPARED = _LEVEL["compared"]
INCEPTION_COHORT = _LEVEL["inception_cohort"]
REFERENCE_STANDARD = _LEVEL["reference_standard"]
CONSECUTIVE_OR_BLIND = _LEVEL["consecutive_or_blind"]
RANDOM_SURVEY = _LEVEL["random_survey"]
RANDOMISED_TRIALS_REVIEWED = _LEVEL["randomised_trials_reviewed"]
OTHER_STUDIES_REVIEWED = _LEVEL["other_studies_reviewed"]

_COUNTED, _ENROLLED = (f"(?:{'|'.join(words)})" for words in group_rows(TABLES / "sample_words.tsv").values())
_WRITTEN = rf"(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_COUNT = (
    rf"(?P<count>\d{{1,3}}(?:[,  ]\d{{3}})+|\d{{1,7}}|"
    rf"{_WRITTEN}(?: hundred)?(?:(?: and)?[ -]{_WRITTEN}){{0,2}})"
)
# The strongest statement first: a total, then who was enrolled, then people counted, then n =.
SAMPLE_SIZES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\btotal of {_COUNT}\s(?:[\w-]+\s){{0,4}}?{_COUNTED}\b",
        rf"\b{_ENROLLED}\s{_COUNT}\s(?:[\w-]+\s){{0,4}}?{_COUNTED}\b",
        rf"(?<![\w.,/%-]){_COUNT}\s(?:[\w-]+\s){{0,3}}?{_COUNTED}\b(?!\s*/)",
        rf"\bn\s?=\s?{_COUNT}\b(?!\.\d)",
    )
)

"""The words by which a record tells in what was studied: NLM's descriptors, then an abstract's."""

from __future__ import annotations

from claims.text.patterns import any_of

HUMAN_DESCRIPTORS = frozenset({"humans"})
ANIMAL_DESCRIPTORS = frozenset({"animals"})
CELL_DESCRIPTORS = frozenset(
    {
        "cells, cultured",
        "cell line",
        "cell line, tumor",
        "in vitro techniques",
        "organ culture techniques",
        "hek293 cells",
        "hela cells",
        "organoids",
        "coculture techniques",
    }
)
# Check tags that NLM gives when people, not their cells, were studied.
PEOPLE_DESCRIPTORS = frozenset(
    {
        "male",
        "female",
        "adult",
        "middle aged",
        "aged",
        "aged, 80 and over",
        "young adult",
        "adolescent",
        "child",
        "child, preschool",
        "infant",
        "infant, newborn",
        "pregnancy",
    }
)

HUMAN_WORDS = any_of(
    r"patients?",
    r"participants?",
    r"volunteers?",
    r"(?:wo)?men",
    r"adults",
    r"children",
    r"infants?",
    r"healthy subjects",
    r"subjects (?:with|were|aged)",
    r"individuals",
    r"people",
    r"persons",
    r"population-based",
    r"newborns?",
    r"adolescents?",
    r"humans",
)
ANIMAL_WORDS = any_of(
    r"mice",
    r"mouse",
    r"murine",
    r"rats?",
    r"rabbits?",
    r"pigs?",
    r"porcine",
    r"dogs?",
    r"canine",
    r"monkeys?",
    r"macaques?",
    r"zebrafish",
    r"drosophila",
    r"caenorhabditis",
    r"c\. elegans",
    r"sheep",
    r"hamsters?",
    r"animal models?",
    r"xenopus",
    r"chick(?:en)?s?",
    r"c57bl/6j?",
    r"nude mice",
)
CELL_WORDS = any_of(
    r"in vitro",
    r"cell lines?",
    r"cultured",
    r"cell cultures?",
    r"primary cells",
    r"organoids?",
    r"ex vivo",
    r"explants?",
    r"hela",
    r"hek ?293t?",
    r"transfect\w+",
    r"co-?cultures?",
)

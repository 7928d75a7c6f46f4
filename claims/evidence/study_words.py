"""The words by which a record tells design, species and sample: NLM's terms, then an abstract's."""

from __future__ import annotations

import re

from claims.records.study import StudyDesign

# NLM's publication types, lower case; the first design that a record has decides.
TYPES: tuple[tuple[StudyDesign, frozenset[str]], ...] = (
    (
        StudyDesign.GUIDELINE,
        frozenset(
            {"practice guideline", "guideline", "consensus development conference", "consensus statement"}
        ),
    ),
    (
        StudyDesign.SYSTEMATIC_REVIEW,
        frozenset({"systematic review", "meta-analysis", "network meta-analysis"}),
    ),
    (
        StudyDesign.RANDOMISED_TRIAL,
        frozenset(
            {
                "randomized controlled trial",
                "pragmatic clinical trial",
                "equivalence trial",
                "adaptive clinical trial",
            }
        ),
    ),
    (StudyDesign.CONTROLLED_TRIAL, frozenset({"controlled clinical trial"})),
    (StudyDesign.CASE_SERIES, frozenset({"case reports"})),
    (StudyDesign.NARRATIVE_REVIEW, frozenset({"review", "scoping review", "editorial", "comment", "news"})),
)

# MeSH descriptors that NLM's indexers give for the method of the study itself.
DESCRIPTORS: tuple[tuple[StudyDesign, frozenset[str]], ...] = (
    (StudyDesign.RANDOMISED_TRIAL, frozenset({"double-blind method"})),
    (StudyDesign.CASE_CONTROL, frozenset({"case-control studies"})),
    (
        StudyDesign.COHORT,
        frozenset(
            {
                "cohort studies",
                "prospective studies",
                "longitudinal studies",
                "follow-up studies",
                "retrospective studies",
            }
        ),
    ),
    (StudyDesign.CROSS_SECTIONAL, frozenset({"cross-sectional studies"})),
    (StudyDesign.DIAGNOSTIC, frozenset({"sensitivity and specificity", "roc curve"})),
)

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


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


# Tried in this order on title and abstract; the first design that is said decides.
DESIGN_WORDS: tuple[tuple[StudyDesign, re.Pattern[str]], ...] = (
    (
        StudyDesign.SYSTEMATIC_REVIEW,
        _any_of(
            r"systematic(?:ally)? review(?:ed)?",
            r"meta-?analys[ei]s of (?:[\w-]+ ){0,4}(?:trials?|studies|rcts)",
            r"(?:we|were) searched (?:[\w,]+ ){0,3}(?:pubmed|medline|embase|the cochrane)",
            r"(?:pubmed|medline|embase)(?:[\w\s,()-]{0,60}) (?:was|were) (?:systematically )?searched",
        ),
    ),
    (
        StudyDesign.GUIDELINE,
        _any_of(r"clinical practice guidelines?", r"consensus statement", r"evidence-based guidelines?"),
    ),
    (
        StudyDesign.RANDOMISED_TRIAL,
        _any_of(
            r"randomi[sz]ed(?:[\s,-]+[\w-]+){0,6} (?:trial|study)",
            r"(?:was|were) (?:then |equally )?randomi[sz]ed",
            r"random(?:ly)? (?:assigned|allocated|divided|allocation|assignment)",
            r"(?:assigned|allocated|divided) (?:at random|randomly)",
            r"we randomi[sz]ed",
            r"double[- ]blind(?:ed)?",
            r"placebo[- ]controlled",
        ),
    ),
    (
        StudyDesign.CONTROLLED_TRIAL,
        _any_of(
            r"controlled (?:clinical )?trial", r"non-?randomi[sz]ed", r"(?:split|half)[- ](?:scalp|face|head)"
        ),
    ),
    (StudyDesign.CASE_CONTROL, _any_of(r"case[- ]control(?:led)?", r"matched controls")),
    (
        StudyDesign.CROSS_SECTIONAL,
        _any_of(r"cross[- ]sectional", r"prevalence survey", r"(?:national|population) survey"),
    ),
    (
        StudyDesign.COHORT,
        _any_of(
            r"cohorts?",
            r"longitudinal(?:ly)?",
            r"prospective(?:ly)?[\w\s-]{0,30}(?:study|followed|enrolled)",
            r"retrospective(?:ly)?[\w\s-]{0,30}(?:study|analysis|review|analy[sz]ed|reviewed)",
            r"follow-?up study",
            r"registry (?:data|study|cohort)",
            r"(?:national|patient|disease|cancer) (?:health )?regist(?:ry|ers?)",
        ),
    ),
    (
        StudyDesign.DIAGNOSTIC,
        _any_of(
            r"diagnostic (?:accuracy|performance|yield|value|utility)",
            r"(?:sensitivity and specificity|positive predictive value)",
            r"receiver[- ]operating",
        ),
    ),
    (
        StudyDesign.CASE_SERIES,
        _any_of(
            r"case (?:reports?|series)",
            r"we (?:report|describe|present) (?:an?|the|one|two|three|four) (?:[\w-]+ )?(?:case|patient)s?",
            r"pilot study",
            r"open[- ]label",
            r"single[- ]arm",
        ),
    ),
    (
        StudyDesign.NARRATIVE_REVIEW,
        _any_of(
            r"(?:this|the present|our|in this) (?:mini-?)?review",
            r"we (?:here |also )?(?:review|summari[sz]e|discuss recent)",
            r"recent advances",
            r"this (?:article|paper) (?:reviews|discusses|summari[sz]es)",
            r"overview of",
        ),
    ),
)

# In a title alone: a meta-analysis within a study (of genomes, of cohorts) is told in its abstract.
REVIEW_TITLE = _any_of(r"meta-?analys[ei]s", r"systematic review")
# A plan has no results yet.
PROTOCOL_TITLE = _any_of(
    r"protocol (?:for|of) an?", r"(?:study|trial|review) protocol", r"(?:trial|study|review): protocol"
)
PROTOCOL_TYPES = frozenset({"clinical trial protocol"})
# A sentence that wishes for a study tells none: "randomised trials are needed".
WISHES = _any_of(
    r"(?:future|further|additional|larger) (?:[\w-]+ ){0,4}(?:trials?|studies|research)",
    r"(?:is|are|was|were) (?:\w+ )?(?:needed|warranted|lacking)",
)

# Named only where no design of a study in people is told, and two of them at least.
LABORATORY_WORDS = _any_of(
    r"western blot(?:ting)?",
    r"knock-?(?:out|down|in)",
    r"transfect\w+",
    r"transgenic",
    r"cell lines?",
    r"phosphorylat\w+",
    r"mrnas?",
    r"in vitro",
    r"in vivo",
    r"mutants?",
    r"crystal structure",
    r"signall?ing",
    r"(?:m|sh|si)rna",
)
HUMAN_WORDS = _any_of(
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
ANIMAL_WORDS = _any_of(
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
CELL_WORDS = _any_of(
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
# Somebody who was not treated, or not exposed, was followed beside the others.
COMPARED = _any_of(
    r"compared (?:with|to)",
    r"versus",
    r"vs",
    r"controls?",
    r"control group",
    r"non-?users?",
    r"unexposed",
    r"untreated",
    r"(?:hazard|odds|risk|rate) ratios?",
    r"relative risks?",
    r"than (?:those|patients|in)",
)
INCEPTION_COHORT = _any_of(
    r"inception cohorts?", r"newly diagnosed", r"first[- ]ever", r"from (?:birth|onset)"
)
REFERENCE_STANDARD = _any_of(r"(?:reference|gold)[- ]standards?")
CONSECUTIVE_OR_BLIND = _any_of(r"consecutive(?:ly)?", r"blind(?:ed|ly)?", r"masked")
RANDOM_SURVEY = _any_of(
    r"random(?:ly)?(?:[\s-](?:selected|sampled|chosen))? samples?",
    r"randomly (?:selected|sampled|chosen)",
    r"nationally representative",
    r"census",
)
RANDOMISED_TRIALS_REVIEWED = _any_of(
    r"randomi[sz]ed", r"rcts?", r"placebo[- ]controlled trials", r"double[- ]blind trials"
)
OTHER_STUDIES_REVIEWED = _any_of(
    r"observational",
    r"non-?randomi[sz]ed",
    r"cohorts?",
    r"case[- ]control",
    r"case series",
    r"cross[- ]sectional",
    r"animal studies",
    r"preclinical",
    r"in vitro",
)

_COUNTED = (
    r"(?:patients|participants|subjects|volunteers|adults|women|men|children|individuals|people|persons|"
    r"infants|cases|adolescents|males|females|girls|boys|students|adults|mothers|veterans|residents|nurses)"
)
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_ONES, start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
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
        rf"\b(?:enrolled|included|recruited|randomi[sz]ed|assigned|studied|analy[sz]ed|followed|allocated)\s"
        rf"{_COUNT}\s(?:[\w-]+\s){{0,4}}?{_COUNTED}\b",
        rf"(?<![\w.,/%-]){_COUNT}\s(?:[\w-]+\s){{0,3}}?{_COUNTED}\b(?!\s*/)",
        rf"\bn\s?=\s?{_COUNT}\b(?!\.\d)",
    )
)

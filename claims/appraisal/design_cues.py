"""The words by which a record tells its design: NLM's terms, then an abstract's."""

from __future__ import annotations

import re

from claims.records.study import StudyDesign
from claims.text.patterns import any_of

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
    (StudyDesign.NARRATIVE_REVIEW, frozenset({"review", "scoping review"})),
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

# Tried in this order on title and abstract; the first design that is said decides.
DESIGN_WORDS: tuple[tuple[StudyDesign, re.Pattern[str]], ...] = (
    (
        StudyDesign.SYSTEMATIC_REVIEW,
        any_of(
            r"systematic(?:ally)? review(?:ed)?",
            r"meta-?analys[ei]s of (?:[\w-]+ ){0,4}(?:trials?|studies|rcts)",
            r"(?:we|were) searched (?:[\w,]+ ){0,3}(?:pubmed|medline|embase|the cochrane)",
            r"(?:pubmed|medline|embase)(?:[\w\s,()-]{0,60}) (?:was|were) (?:systematically )?searched",
        ),
    ),
    (
        StudyDesign.GUIDELINE,
        any_of(r"clinical practice guidelines?", r"consensus statement", r"evidence-based guidelines?"),
    ),
    (
        StudyDesign.RANDOMISED_TRIAL,
        any_of(
            r"randomi[sz]ed(?:[\s,-]++[\w-]++){0,6} (?:trial|study)",
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
        any_of(
            r"controlled (?:clinical )?trial", r"non-?randomi[sz]ed", r"(?:split|half)[- ](?:scalp|face|head)"
        ),
    ),
    (StudyDesign.CASE_CONTROL, any_of(r"case[- ]control(?:led)?", r"matched controls")),
    (
        StudyDesign.CROSS_SECTIONAL,
        any_of(r"cross[- ]sectional", r"prevalence survey", r"(?:national|population) survey"),
    ),
    (
        StudyDesign.COHORT,
        any_of(
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
        any_of(
            r"diagnostic (?:accuracy|performance|yield|value|utility)",
            r"(?:sensitivity and specificity|positive predictive value)",
            r"receiver[- ]operating",
        ),
    ),
    (
        StudyDesign.CASE_SERIES,
        any_of(
            r"case (?:reports?|series)",
            r"we (?:report|describe|present) (?:an?|the|one|two|three|four) (?:[\w-]+ )?(?:case|patient)s?",
            r"pilot study",
            r"open[- ]label",
            r"single[- ]arm",
        ),
    ),
    (
        StudyDesign.NARRATIVE_REVIEW,
        any_of(
            r"(?:this|the present|our|in this) (?:mini-?)?review",
            r"we (?:here |also )?(?:review|summari[sz]e|discuss recent)",
            r"recent advances",
            r"this (?:article|paper) (?:reviews|discusses|summari[sz]es)",
            r"overview of",
        ),
    ),
)

# In a title alone: a meta-analysis within a study (of genomes, of cohorts) is told in its abstract.
REVIEW_TITLE = any_of(r"meta-?analys[ei]s", r"systematic review")
# A sentence that wishes for a study tells none: "randomised trials are needed".
WISHES = any_of(
    r"(?:future|further|additional|larger) (?:[\w-]+ ){0,4}(?:trials?|studies|research)",
    r"(?:is|are|was|were) (?:\w+ )?(?:needed|warranted|lacking)",
)

# Named only where no design of a study in people is told, and two of them at least.
LABORATORY_WORDS = any_of(
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

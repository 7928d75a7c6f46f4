"""The words of an abstract that decide between two evidence levels of one design."""

from __future__ import annotations

from claims.text.patterns import any_of

# Somebody who was not treated, or not exposed, was followed beside the others.
COMPARED = any_of(
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
INCEPTION_COHORT = any_of(
    r"inception cohorts?", r"newly diagnosed", r"first[- ]ever", r"from (?:birth|onset)"
)
REFERENCE_STANDARD = any_of(r"(?:reference|gold)[- ]standards?")
CONSECUTIVE_OR_BLIND = any_of(r"consecutive(?:ly)?", r"blind(?:ed|ly)?", r"masked")
RANDOM_SURVEY = any_of(
    r"random(?:ly)?(?:[\s-](?:selected|sampled|chosen))? samples?",
    r"randomly (?:selected|sampled|chosen)",
    r"nationally representative",
    r"census",
)
RANDOMISED_TRIALS_REVIEWED = any_of(
    r"randomi[sz]ed", r"rcts?", r"placebo[- ]controlled trials", r"double[- ]blind trials"
)
OTHER_STUDIES_REVIEWED = any_of(
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

"""What a record says of its design, species and size: indexing first, then its own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.appraisal.study_design import profile_study
from claims.medline.parsing import parse_records
from claims.records.citation import AbstractSection, Citation, MeshHeading, Term
from claims.records.study import ReadFrom, Species, StudyDesign
from tests.evidence.shared_data import shared_folder
from tests.factories import make_citation


def paper(
    abstract: str = "",
    *,
    title: str = "a study",
    types: tuple[str, ...] = (),
    mesh: tuple[str, ...] = (),
) -> Citation:
    """A sample record with these words and this indexing."""
    return replace(
        make_citation(1, title=title),
        abstract=(AbstractSection(abstract),) if abstract else (),
        publication_types=tuple(Term(name) for name in ("Journal Article", *types)),
        mesh=tuple(MeshHeading(Term(name)) for name in mesh),
    )


INDEXED = {
    "a randomised trial": (
        ("Randomized Controlled Trial", "Multicenter Study"),
        ("Humans",),
        "randomised_trial",
    ),
    "a blinded trial by MeSH alone": ((), ("Humans", "Double-Blind Method", "Adult"), "randomised_trial"),
    "a review of trials": (("Systematic Review", "Review"), ("Humans",), "systematic_review"),
    "a guideline with its review": (("Practice Guideline", "Systematic Review"), ("Humans",), "guideline"),
    "a case with a review of others": (("Case Reports", "Review"), ("Humans",), "case_series"),
    "a narrative review": (("Review",), ("Humans",), "narrative_review"),
    "a cohort": (("Observational Study",), ("Humans", "Prospective Studies"), "cohort"),
    "a case-control study followed up": (
        (),
        ("Humans", "Case-Control Studies", "Follow-Up Studies"),
        "case_control",
    ),
    "mice allocated at random": (("Randomized Controlled Trial",), ("Animals", "Mice"), "laboratory"),
    "mice seen blindly": ((), ("Animals", "Double-Blind Method"), "laboratory"),
}


@pytest.mark.parametrize(("types", "mesh", "design"), INDEXED.values(), ids=INDEXED)
def test_indexing_decides_where_there_is_any(
    types: tuple[str, ...], mesh: tuple[str, ...], design: str
) -> None:
    profile = profile_study(paper("Ninety sample rows were counted.", types=types, mesh=mesh))
    assert profile.design is StudyDesign(design)


TOLD = {
    "assigned at random": (
        "Ninety patients were randomly assigned to the agent or placebo.",
        "randomised_trial",
    ),
    "a sample drawn at random": (
        "A cross-sectional survey of 400 randomly selected adults.",
        "cross_sectional",
    ),
    "trials only wished for": (
        "We followed a cohort of 60 patients. Larger randomised trials are needed.",
        "cohort",
    ),
    "trials found lacking": (
        "Evidence from randomised controlled trials is lacking. We report a case of hair loss.",
        "case_series",
    ),
    "half of the scalp": ("A split-scalp study of 20 volunteers compared two lotions.", "controlled_trial"),
    "databases searched": ("PubMed and Embase were searched for trials in patients.", "systematic_review"),
    "a meta-analysis of genomes": (
        "A genome-wide meta-analysis in two cohorts of patients found twelve loci.",
        "cohort",
    ),
    "accuracy of a test": ("Diagnostic accuracy of trichoscopy in 80 patients with alopecia.", "diagnostic"),
    "open label": ("Twelve patients received the agent in an open-label pilot study.", "case_series"),
    "signalling": ("Western blot showed phosphorylation of the receptor; its mRNA rose.", "laboratory"),
    "a single laboratory word": ("The register unifies names of cell lines and journals.", "unknown"),
    "nothing told": ("We thank the sample committee.", "unknown"),
}


@pytest.mark.parametrize(("abstract", "design"), TOLD.values(), ids=TOLD)
def test_without_indexing_the_words_are_read_and_said_to_be(abstract: str, design: str) -> None:
    profile = profile_study(paper(abstract))
    assert profile.design is StudyDesign(design)
    expected = ReadFrom.NOT_READ if profile.design is StudyDesign.UNKNOWN else ReadFrom.ABSTRACT
    assert profile.design_from is expected


@pytest.mark.parametrize(
    ("title", "design"),
    [
        ("a systematic review and meta-analysis of lotions", StudyDesign.SYSTEMATIC_REVIEW),
        ("protocol for a randomised controlled trial of lotions", StudyDesign.UNKNOWN),
    ],
)
def test_a_title_tells_a_review_and_a_plan(title: str, design: StudyDesign) -> None:
    assert profile_study(paper("Sixty patients will be randomised.", title=title)).design is design


def test_what_is_of_cells_alone_is_laboratory_work_and_counts_no_people() -> None:
    profile = profile_study(paper("In 40 wells the kinase bound a receptor; n = 40."))
    assert (profile.design, profile.design_from) == (StudyDesign.LABORATORY, ReadFrom.ABSTRACT)
    assert profile.sample_size is None


def test_of_a_letter_on_cells_no_design_is_made_up() -> None:
    letter = replace(paper("The kinase binds a receptor."), publication_types=(Term("Letter"),))
    assert profile_study(letter).design is StudyDesign.UNKNOWN
    assert profile_study(letter).species is Species.UNKNOWN


SPECIES = {
    "people and their cells": (("Humans", "Cells, Cultured", "Female"), "", Species.HUMAN),
    "cells of people alone": (("Humans", "Cells, Cultured"), "", Species.IN_VITRO),
    "mice": (("Animals", "Mice"), "Patients may benefit. Patients need this.", Species.ANIMAL),
    "both": (("Humans", "Animals"), "", Species.MIXED),
    "mice with patients in mind": (
        (),
        "Patients lose hair. Mice were treated; mice grew hair, and these mice lived. Murine skin of mice "
        "and rats thickened. This may help patients.",
        Species.ANIMAL,
    ),
    "patients": ((), "Forty patients were seen. The patients improved.", Species.HUMAN),
    "cultured cells": ((), "Cultured papilla cells were treated in vitro.", Species.IN_VITRO),
    "cells beside no person": ((), "Macrophages took up the virus.", Species.IN_VITRO),
    "molecules alone": ((), "The kinase binds a receptor.", Species.IN_VITRO),
    "cells of people who are named": ((), "Macrophages of adults took up the virus.", Species.HUMAN),
    "cells of an animal": ((), "Macrophages of guinea pigs took up the virus.", Species.ANIMAL),
    "people by what is counted": ((), "Prevalence rose in each household.", Species.HUMAN),
    "animals that have mothers": (
        (),
        "Pregnant rats were dosed; births were fewer and the cohort of rats was followed.",
        Species.ANIMAL,
    ),
    "an animal named once with its births": ((), "A rat was dosed; births were fewer.", Species.ANIMAL),
    "a trial without a patient": (
        (),
        "The enzyme and the receptor drive hair loss. The topical agent raised counts after 24 weeks "
        "compared with vehicle, without adverse events.",
        Species.UNKNOWN,
    ),
    "a therapy against a virus": ((), "Therapy clears the virus; the virus came back.", Species.UNKNOWN),
    "a review of cells": ((), "We review how macrophages meet a virus and its receptor.", Species.UNKNOWN),
    "cells once": ((), "Names of cell lines are unified.", Species.UNKNOWN),
}


@pytest.mark.parametrize(("mesh", "abstract", "species"), SPECIES.values(), ids=SPECIES)
def test_species_is_indexed_or_named_more_than_in_passing(
    mesh: tuple[str, ...], abstract: str, species: Species
) -> None:
    profile = profile_study(paper(abstract, mesh=mesh))
    assert profile.species is species
    assert profile.species_from is (
        ReadFrom.INDEXED if mesh else ReadFrom.NOT_READ if species is Species.UNKNOWN else ReadFrom.ABSTRACT
    )


@pytest.mark.parametrize(
    ("abstract", "size"),
    [
        ("A total of 1,204 women were enrolled; 600 women used the lotion.", 1204),
        ("We enrolled 48 men. At one year 40 patients remained.", 48),
        ("Thirty-six patients were randomised.", 36),
        ("One hundred and twenty patients took part.", 120),
        ("Two hundred and thirty-six patients took part.", 236),
        ("Three hundred patients took part.", 300),
        ("Patients (n = 15) were treated; control patients (n = 14) were not.", 15),
        ("Patients improved by 12.5 points in 6 months.", None),
        ("Twenty mice and 40 patients' cells: mice were treated, mice were counted, in mice.", None),
    ],
)
def test_the_size_is_the_largest_number_of_people_told(abstract: str, size: int | None) -> None:
    assert profile_study(paper(abstract)).sample_size == size


def test_every_real_record_has_a_profile_that_says_how_it_was_read() -> None:
    for file in sorted(shared_folder("pubmed_xml").glob("records/*.xml")):
        for record in parse_records(file.read_bytes()):
            if isinstance(record, Citation):
                profile = profile_study(record)
                assert (profile.design is StudyDesign.UNKNOWN) is (profile.design_from is ReadFrom.NOT_READ)
                assert (profile.species is Species.UNKNOWN) is (profile.species_from is ReadFrom.NOT_READ)

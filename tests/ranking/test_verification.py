"""A quotation is verbatim only while every word, number and sign of it stands in its record."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.appraisal.quotation import Verification, verify_quotation
from claims.records.assessment import Basis
from claims.records.citation import AbstractSection, Citation
from tests.factories import make_citation, make_pmid

SIGNED = (
    "In 1,204 adults, density rose by 12.5% (95% CI, 3.1-21.9; p < 0.05) and CD4+ counts by >50 cells; "
    "TGF-beta fell to -0.8 (p > 0.2), a 10-fold change at 10² cells."
)
PAPER = make_citation(1, abstract=SIGNED)
OTHER = make_citation(2, abstract="Sample scalps were measured twice.")
SIGNS = "<>+-%."


def outcome(quotation: str, record: Citation | None = PAPER, *others: Citation) -> Verification:
    return verify_quotation(quotation, record, others).outcome


@pytest.mark.parametrize(
    "quotation",
    [
        SIGNED,
        "density rose by 12.5% (95% CI, 3.1-21.9; p < 0.05)",
        "density  rose\nby 12.5%",
        "ｄｅｎｓｉｔｙ rose by １２.５％",
        "TGF-beta fell to -0.8",
        PAPER.title,
    ],
)
def test_what_the_record_says_is_verbatim_whatever_its_white_space_and_width(quotation: str) -> None:
    assert outcome(quotation) is Verification.VERBATIM


@pytest.mark.parametrize(
    "quotation",
    [
        "p > 0.05",
        "p < 0.5",
        "by 125%",
        "by 12.5 (95% CI",
        "fell to 0.8",
        "fell to +0.8",
        "CD4 counts",
        "CD4- counts",
        "by 50 cells",
        "0.05) and CD4+",
        "204 adults",
        "at 102 cells",
        "beta fell to -0.8",
        "rose by 12",
        "a 10",
        "ensity rose",
        "",
        "   ",
    ],
)
def test_what_differs_by_a_sign_or_cuts_a_number_is_not_found(quotation: str) -> None:
    assert outcome(quotation) is Verification.NOT_FOUND


def test_a_quotation_of_another_record_is_told_with_its_number() -> None:
    verified = verify_quotation("Sample scalps were measured twice.", PAPER, (PAPER, OTHER))
    assert (verified.outcome, verified.pmid) == (Verification.IN_ANOTHER_RECORD, make_pmid(2))


def test_a_record_that_could_not_be_looked_up_is_no_record_without_the_words() -> None:
    assert outcome("Nothing of the kind.", None, OTHER) is Verification.LOOKUP_FAILED
    assert outcome("Sample scalps were measured twice.", None, OTHER) is Verification.IN_ANOTHER_RECORD


def test_without_an_abstract_only_the_title_can_be_compared() -> None:
    bare = Citation(make_pmid(3), "SAMPLE 3: a letter", abstract=(AbstractSection(" "),))
    assert outcome("Density rose.", bare) is Verification.TITLE_ONLY
    assert outcome("SAMPLE 3: a letter", bare) is Verification.VERBATIM


def test_words_from_the_full_text_cannot_be_missed_in_the_abstract() -> None:
    verified = verify_quotation("Two patients withdrew.", PAPER, basis=Basis.FULL_TEXT)
    assert verified.outcome is Verification.ABSTRACT_ONLY


@given(st.text(alphabet="ab 01.,%<>+-²()\n", min_size=1, max_size=40))
def test_a_whole_text_is_verbatim_in_itself_however_it_is_spaced(text: str) -> None:
    paper = make_citation(1, abstract=text)
    expected = bool(text.split())
    assert (outcome(f" {text}\n", paper) is Verification.VERBATIM) is expected


words = st.sampled_from(["p", "rose", "by", "CD4", "0.05", "12.5", "3", "ratio", "IL", "n"])
joints = st.sampled_from([" < ", " > ", "<", ">", "+ ", "-", "% ", ".5 ", " ", " -"])


@st.composite
def signed_texts(draw: st.DrawFn) -> str:
    """Words joined by signs; it begins and ends with a word of its own."""
    parts = [draw(words) for _ in range(draw(st.integers(2, 9)))]
    return "Sample " + "".join(part + draw(joints) for part in parts) + "end"


@given(signed_texts(), st.data())
def test_changing_or_dropping_one_sign_never_verifies(text: str, data: st.DataObject) -> None:
    places = [at for at, letter in enumerate(text) if letter in SIGNS]
    assume(places)
    at = data.draw(st.sampled_from(places))
    instead = data.draw(st.sampled_from([sign for sign in ("", *SIGNS) if sign != text[at]]))
    paper = make_citation(1, abstract=text)
    assert outcome(text[:at] + instead + text[at + 1 :], paper) is Verification.NOT_FOUND


@given(
    st.sampled_from(["<", ">", "< ", "> ", "-", "+", "0."]),
    st.integers(1, 999),
    st.sampled_from(["", "%", " %", ".5", ",000"]),
)
def test_a_number_is_quoted_with_its_sign_its_decimals_and_its_unit(
    sign: str, number: int, unit: str
) -> None:
    paper = make_citation(1, abstract=f"Sample value {sign}{number}{unit} end")
    assert outcome(f"value {sign}{number}{unit} end", paper) is Verification.VERBATIM
    assert outcome(f"{number}{unit} end", paper) is Verification.NOT_FOUND
    if unit:
        assert outcome(f"value {sign}{number}", paper) is Verification.NOT_FOUND

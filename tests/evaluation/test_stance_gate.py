"""Floors of rationale and stance on our own pairs, pinned with the digest of their files.

Lower a floor only together with a reason in the commit; changed pairs need new figures and a new digest. The
figures on other people's claims are in ADR 0016: these pairs are few, and in the house's own field.
"""

from __future__ import annotations

import pytest

from claims.appraisal.quotation import Verification, verify_quotation
from claims.records.article import Language
from claims.records.citation import is_sample
from claims.records.rationale import Stance
from tests.evaluation.stance_pairs import load_pairs, measure, pairs_digest, read_pair

PINNED_DIGEST = "e86c5da619958d7f4e47ca5d5af5e0ff0672616f58222ee4961ff5257ef33d26"
# (sentence F1, macro F1, precision of supports, precision of refutes)
FLOORS = {Language.EN: (0.72, 0.75, 0.70, 0.90), Language.JA: (0.65, 0.50, 0.70, 0.90)}


def test_the_pairs_are_the_ones_that_the_floors_were_measured_on() -> None:
    assert pairs_digest() == PINNED_DIGEST


@pytest.mark.parametrize("language", list(Language))
def test_no_figure_falls_below_its_floor(language: Language) -> None:
    read = measure(load_pairs(language))
    figures = (
        read.sentence_f1,
        read.macro_f1,
        read.precision[Stance.SUPPORTS],
        read.precision[Stance.REFUTES],
    )
    assert all(figure >= floor for figure, floor in zip(figures, FLOORS[language], strict=True)), figures


def test_every_abstract_is_visibly_a_sample() -> None:
    assert all(is_sample(pair.citation.pmid) for pair in load_pairs())
    assert all(pair.citation.title.startswith("SAMPLE") for pair in load_pairs())


def test_every_label_has_pairs_in_both_languages() -> None:
    for language in Language:
        assert {pair.stance for pair in load_pairs(language)} == set(Stance)


def test_every_sentence_given_stands_verbatim_at_its_offsets() -> None:
    for pair in load_pairs():
        text = pair.citation.abstract_text
        for rationale in read_pair(pair).rationales:
            assert text[rationale.start : rationale.end] == rationale.text
            outcome = verify_quotation(rationale.text, pair.citation).outcome
            assert outcome is Verification.VERBATIM

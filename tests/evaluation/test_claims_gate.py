"""Floors of claim extraction on our own corpus, pinned with the digest of its files.

Lower a floor only together with a reason in the commit; a changed corpus needs new figures and a new digest.
What to expect of an article that is new is told in ADR 0011, from nine articles that were held out before
they joined the corpus.
"""

from __future__ import annotations

import pytest

from claims.extraction import extract_claims
from claims.records.article import Language
from tests.evaluation.contexts import list_cases
from training.claim_figures import score_folder
from training.claim_scoring import Score, add_scores, score_claims
from training.extraction import score_left_out
from training.labelled_articles import corpus_digest, list_labelled, read_labelled

PINNED_DIGEST = "438acd144f9c8c61d0393258f8b760285308c4a2feb69724c2b09f292dbab92c"
# (strict F1, precision, recall, type accuracy with accepted alternatives, polarity)
FLOORS = {Language.JA: (0.945, 0.935, 0.96, 0.86, 0.99), Language.EN: (0.935, 0.93, 0.94, 0.83, 0.97)}
# Each article judged by weights that its labels had no part in.
LEFT_OUT_FLOORS = {Language.JA: (0.935, 0.92, 0.95, 0.82, 0.94), Language.EN: (0.92, 0.905, 0.94, 0.79, 0.95)}
CONTEXT_FLOOR = 0.58


def list_figures(score: Score) -> tuple[float, ...]:
    return (
        score.strict_f1,
        score.precision,
        score.recall,
        score.lenient_type_accuracy,
        score.polarity_accuracy,
    )


def is_above(figures: tuple[float, ...], floors: tuple[float, ...]) -> bool:
    return all(figure >= floor for figure, floor in zip(figures, floors, strict=True))


def test_the_corpus_is_the_one_that_the_floors_were_measured_on() -> None:
    assert corpus_digest() == PINNED_DIGEST


@pytest.mark.parametrize("language", list(Language))
def test_no_figure_falls_below_its_floor(language: Language) -> None:
    figures = list_figures(score_folder(language))
    assert is_above(figures, FLOORS[language]), figures


@pytest.mark.parametrize("language", list(Language))
def test_articles_left_out_of_the_fit_keep_their_floor(language: Language) -> None:
    scores = score_left_out(list_labelled(language))
    figures = list_figures(add_scores(score for _, score in scores))
    assert is_above(figures, LEFT_OUT_FLOORS[language]), figures


def test_what_a_claim_leaves_out_is_named() -> None:
    cases = list(list_cases())
    named = [case for case in cases if case.named]
    assert len(cases) >= 40
    assert all(case.read_as for case in cases)
    assert len(named) / len(cases) >= CONTEXT_FLOOR


def test_the_corpus_holds_articles_in_both_languages() -> None:
    assert len(list_labelled(Language.JA)) >= 6
    assert len(list_labelled(Language.EN)) >= 2


def test_marks_leave_the_article_and_their_offsets_stay_exact() -> None:
    for labelled in list_labelled():
        assert "⟦" not in labelled.article.text
        assert all(labelled.article.text[row.start : row.end] == row.text for row in labelled.gold)


def test_a_missed_claim_lowers_recall_and_a_heading_lowers_precision() -> None:
    source = "# 睡眠\n⟦mechanism|睡眠不足は食欲を増やします。⟧\n⟦epidemiology|成人の2割が不眠を抱える。⟧"
    labelled = read_labelled(source, "probe")
    claims = extract_claims(labelled.article).claims
    assert score_claims(labelled.gold, claims[:1]).recall == 0.5
    swallowed = extract_claims(read_labelled("睡眠不足は肥満の原因です。", "other").article).claims
    assert score_claims(labelled.gold[1:], swallowed).precision == 0.0

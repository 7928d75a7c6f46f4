"""Floors of claim extraction on our own corpus, pinned with the digest of its files.

Lower a floor only together with a reason in the commit; a changed corpus needs new figures and a new digest.
"""

from __future__ import annotations

import pytest

from claims.extraction import extract_claims
from claims.records.article import Language
from tests.evaluation.labelled import corpus_digest, list_labelled, read_labelled
from tests.evaluation.scoring import Score, add_scores, score_claims

PINNED_DIGEST = "665b1eb2c19da9dec1ff653877072cfa66b98bd5cd8d41fdbbb330d2ed8baeed"
# (strict F1, precision, recall, type accuracy with accepted alternatives, polarity)
FLOORS = {Language.JA: (0.95, 0.95, 0.95, 0.87, 0.92), Language.EN: (0.93, 0.93, 0.95, 0.87, 0.88)}


def score_language(language: Language) -> Score:
    return add_scores(
        score_claims(labelled.gold, extract_claims(labelled.article).claims)
        for labelled in list_labelled(language)
    )


def test_the_corpus_is_the_one_that_the_floors_were_measured_on() -> None:
    assert corpus_digest() == PINNED_DIGEST


@pytest.mark.parametrize("language", list(Language))
def test_no_figure_falls_below_its_floor(language: Language) -> None:
    score = score_language(language)
    figures = (
        score.strict_f1,
        score.precision,
        score.recall,
        score.lenient_type_accuracy,
        score.polarity_accuracy,
    )
    assert all(figure >= floor for figure, floor in zip(figures, FLOORS[language], strict=True)), figures


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

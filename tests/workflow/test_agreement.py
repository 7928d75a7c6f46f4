"""Agreement figures: against examples computed by hand, against published ones, and where there are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import product

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from claims.records.assessment import SupportGrade
from claims.records.claim import ClaimType
from claims.records.overview import WhyUndefined
from reviewer.rules.agreement_statistics import (
    GRADES,
    STEPS,
    Agreement,
    Counts,
    Figure,
    GradePair,
    Measured,
    Undefined,
    cohen_kappa,
    measure_agreement,
    ordinal_alpha,
    weighted_kappa,
)

S, P, O, U, X = STEPS  # noqa: E741
Grades = tuple[SupportGrade, SupportGrade]


def measure(*grades: Grades) -> Agreement:
    return measure_agreement(Counter(GradePair(ClaimType.EFFICACY, ("a", "b"), both) for both in grades))


def value(figure: Figure) -> float:
    assert isinstance(figure, Measured)
    return figure.value


def test_kappa_of_an_example_by_hand() -> None:
    # 50 claims: 20 both S, 15 both U, 5 (S, U), 10 (U, S). Seen 0.7; by chance 0.5·0.6 + 0.5·0.4 = 0.5.
    agreement = measure(*[(S, S)] * 20, *[(U, U)] * 15, *[(S, U)] * 5, *[(U, S)] * 10)
    assert value(agreement.percent) == pytest.approx(0.7)
    assert value(agreement.kappa) == pytest.approx(0.4)
    assert agreement.matrix[GRADES.index(U)][GRADES.index(S)] == 10


def test_weighted_kappa_of_an_example_by_hand() -> None:
    # Squared distances seen: 1 + 1 = 2. Expected, from rows S2 P2 O1 and columns S1 P2 O2 over 5 claims:
    # (2·2·1 + 2·2·4 + 2·1·1 + 2·2·1 + 1·1·4 + 1·2·1) / 5 = 32 / 5 = 6.4.
    agreement = measure((S, S), (S, P), (P, P), (P, O), (O, O))
    assert value(agreement.weighted_kappa) == pytest.approx(1 - 2 / 6.4)


def test_alpha_of_an_example_by_hand() -> None:
    # Values S4 P3 O1 of 8, so that their middle ranks are 2, 5.5 and 7.5 and their squared distances
    # SP 12.25, PO 4, SO 30.25. Seen: 2·12.25 + 4. Expected: (4·3·12.25 + 3·1·4 + 4·1·30.25) / 7.
    agreement = measure((S, S), (S, P), (P, O), (S, P))
    expected = (4 * 3 * 12.25 + 3 * 1 * 4 + 4 * 1 * 30.25) / 7
    assert value(agreement.alpha) == pytest.approx(1 - (2 * 12.25 + 4) / expected)


def test_alpha_of_krippendorffs_own_example() -> None:
    # Krippendorff 2011, section A: two observers, ten units, two values; alpha is 0.095.
    first, second = "SPSSSSSSPS", "PPPSSPSSSS"
    grades = {"S": S, "P": P}
    agreement = measure(*[(grades[a], grades[b]) for a, b in zip(first, second, strict=True)])
    assert value(agreement.alpha) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_perfect_agreement_is_one_and_has_no_interval() -> None:
    agreement = measure(*[(S, S)] * 3, *[(X, X)] * 2)
    assert (value(agreement.alpha), value(agreement.weighted_kappa), value(agreement.kappa)) == (1, 1, 1)
    assert isinstance(agreement.kappa, Measured)
    assert (agreement.kappa.low, agreement.kappa.high) == (None, None)


@pytest.mark.parametrize(
    ("grades", "why"),
    [
        ([], WhyUndefined.NO_PAIRS),
        ([(S, U)], WhyUndefined.TOO_FEW),
        ([(S, S)] * 9, WhyUndefined.ONE_GRADE_ONLY),
    ],
)
def test_where_there_is_no_figure_it_is_said_and_never_zero(grades: list[Grades], why: WhyUndefined) -> None:
    agreement = measure(*grades)
    undefined = Undefined(why, len(grades))
    assert (agreement.kappa, agreement.weighted_kappa, agreement.alpha) == (undefined,) * 3
    assert isinstance(agreement.percent, Measured) is bool(grades)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("n", [2, 3, 7, 49, 1_000])
def test_however_often_one_grade_alone_was_given_there_is_no_kappa(grade: SupportGrade, n: int) -> None:
    agreement = measure(*[(grade, grade)] * n)
    ordered = (
        Undefined(WhyUndefined.ONE_GRADE_ONLY, n) if grade in STEPS else Undefined(WhyUndefined.NO_PAIRS, 0)
    )
    assert agreement.kappa == Undefined(WhyUndefined.ONE_GRADE_ONLY, n)
    assert (agreement.weighted_kappa, agreement.alpha) == (ordered, ordered)


def test_grades_outside_the_order_count_as_disagreement_and_not_as_a_distance() -> None:
    agreement = measure((S, S), (U, U), (S, SupportGrade.CANNOT_JUDGE), (P, P))
    assert isinstance(agreement.kappa, Measured)
    assert isinstance(agreement.alpha, Measured)
    assert (agreement.kappa.n, agreement.alpha.n) == (4, 3)
    assert value(agreement.percent) == pytest.approx(0.75)
    assert value(agreement.alpha) == 1


def test_the_percentage_has_wilsons_interval() -> None:
    # Wilson 1927 for 8 of 10: 0.490 to 0.943 (Newcombe 1998).
    percent = measure(*[(S, S)] * 8, *[(S, U)] * 2).percent
    assert isinstance(percent, Measured)
    assert percent.low == pytest.approx(0.490, abs=1e-3)
    assert percent.high == pytest.approx(0.943, abs=1e-3)


def test_the_interval_holds_the_value_and_is_the_same_each_time() -> None:
    grades = [(S, S)] * 9 + [(P, P)] * 6 + [(S, P)] * 4 + [(U, O)] * 3 + [(U, U)] * 8
    first, second = measure(*grades), measure(*grades)
    assert first == second
    for figure in (first.kappa, first.weighted_kappa, first.alpha):
        assert isinstance(figure, Measured)
        assert figure.low is not None
        assert figure.high is not None
        assert -1 <= figure.low < figure.value < figure.high <= 1


tables = st.lists(st.integers(0, 6), min_size=25, max_size=25).filter(lambda cells: sum(cells) > 1)


@settings(deadline=None)
@given(tables)
def test_alpha_and_weighted_kappa_do_not_care_who_is_first(cells: list[int]) -> None:
    counts = np.array(cells, dtype=float).reshape(5, 5)
    np.testing.assert_allclose(ordinal_alpha(counts), ordinal_alpha(counts.T))
    np.testing.assert_allclose(weighted_kappa(counts), weighted_kappa(counts.T))


@settings(deadline=None)
@given(tables, tables)
@pytest.mark.parametrize("statistic", [cohen_kappa, weighted_kappa, ordinal_alpha])
def test_many_tables_at_once_give_what_each_gives_alone(
    statistic: Callable[[Counts], Counts], first: list[int], second: list[int]
) -> None:
    one, two = (np.array(cells, dtype=float).reshape(5, 5) for cells in (first, second))
    together = statistic(np.stack([one, one.T, two, two.T]))
    np.testing.assert_allclose(together, [statistic(counts) for counts in (one, one.T, two, two.T)])


@settings(deadline=None)
@given(tables)
def test_both_kappas_are_those_of_scikit_learn(cells: list[int]) -> None:
    grades = list_grades(cells)
    agreement = measure(*grades)
    first, second = zip(*[(a.step, b.step) for a, b in grades], strict=True)
    for figure, weights in ((agreement.kappa, None), (agreement.weighted_kappa, "quadratic")):
        if isinstance(figure, Measured):
            assert figure.value == pytest.approx(
                cohen_kappa_score(first, second, labels=[4, 3, 2, 1, 0], weights=weights)
            )


@settings(deadline=None)
@given(tables)
def test_alpha_is_that_of_the_krippendorff_package(cells: list[int]) -> None:
    grades = list_grades(cells)
    alpha = measure(*grades).alpha
    if isinstance(alpha, Measured):
        steps = np.array([(a.step, b.step) for a, b in grades], dtype=float).T
        expected = krippendorff.alpha(steps, level_of_measurement="ordinal")
        assert alpha.value == pytest.approx(expected)


def list_grades(cells: list[int]) -> list[Grades]:
    """As many pairs of grades as each cell of the table says."""
    both = product(STEPS, STEPS)
    return [pair for pair, times in zip(both, cells, strict=True) for pair in [pair] * times]

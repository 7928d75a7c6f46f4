"""How well two graders agree, from their independent grades: each figure with its n and a 95 % interval.

Percent and Cohen's kappa take all grades, those outside the order among them; quadratic weighted kappa and
Krippendorff's alpha (ordinal) take the pairs whose grades both have a step. Sources: Cohen 1960 and 1968,
Krippendorff 2011 ("Computing Krippendorff's Alpha-Reliability").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from claims.records.assessment import SupportGrade
from claims.records.claim import ClaimType
from claims.records.overview import WhyUndefined

Counts: TypeAlias = NDArray[np.float64]
GRADES = tuple(SupportGrade)
STEPS = tuple(grade for grade in SupportGrade if grade.step is not None)
_PLACES = {grade: place for place, grade in enumerate(GRADES)}
_ORDERED = [_PLACES[grade] for grade in STEPS]
# Wilson's score interval for the percentage; for the others percentiles of this many samples of the claims,
# drawn with replacement from a fixed seed, so that the same grades give the same interval.
RESAMPLES, SEED = 2_000, 20_260_105
_Z, _TAILS = 1.959964, (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Undefined:
    """No figure, and why: never the same as a figure of 0."""

    why: WhyUndefined
    n: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure over ``n`` claims.

    ``low`` to ``high`` is its 95 % interval, both ``None`` where the samples never vary and tell none.
    """

    value: float
    n: int
    low: float | None
    high: float | None


Figure: TypeAlias = Measured | Undefined


@dataclass(frozen=True, slots=True)
class GradePair:
    """The independent grades of two people for claims of one type, the first in the alphabet first."""

    claim_type: ClaimType
    graders: tuple[str, str]
    grades: tuple[SupportGrade, SupportGrade]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The four figures, and how often each grade of the first met each of the second, by ``GRADES``."""

    percent: Figure
    kappa: Figure
    weighted_kappa: Figure
    alpha: Figure
    matrix: tuple[tuple[int, ...], ...]


def measure_agreement(pairs: Mapping[GradePair, int]) -> Agreement:
    """The agreement of these pairs, each of so many claims.

    >>> one = GradePair(ClaimType.EFFICACY, ("a", "b"), (SupportGrade.SUPPORTED, SupportGrade.SUPPORTED))
    >>> agreement = measure_agreement({one: 1})
    >>> agreement.percent.value, agreement.kappa
    (1.0, Undefined(why=<WhyUndefined.TOO_FEW: 'too_few'>, n=1))
    """
    everything = _count(pairs)
    ordered = everything[np.ix_(_ORDERED, _ORDERED)]
    (kappa,) = _measure(everything, cohen_kappa)
    weighted, alpha = _measure(ordered, weighted_kappa, ordinal_alpha)
    return Agreement(
        percent=_measure_percent(everything),
        kappa=kappa,
        weighted_kappa=weighted,
        alpha=alpha,
        matrix=tuple(tuple(int(cell) for cell in row) for row in everything),
    )


def cohen_kappa(counts: Counts) -> Counts:
    """Cohen's kappa of each table in ``counts`` (…, k, k); NaN where chance alone would always agree."""
    total = counts.sum(axis=(-2, -1))
    seen = np.trace(counts, axis1=-2, axis2=-1) / total
    by_chance = (counts.sum(axis=-1) * counts.sum(axis=-2)).sum(axis=-1) / total**2
    return _divide(seen - by_chance, 1 - by_chance)


def weighted_kappa(counts: Counts) -> Counts:
    """Kappa with quadratic weights of each table in ``counts``, the grades being ``STEPS``."""
    steps = np.arange(len(STEPS))
    weights = (steps[:, None] - steps[None, :]) ** 2.0
    total = counts.sum(axis=(-2, -1))
    expected = counts.sum(axis=-1)[..., :, None] * counts.sum(axis=-2)[..., None, :] / total[..., None, None]
    return 1 - _divide((weights * counts).sum(axis=(-2, -1)), (weights * expected).sum(axis=(-2, -1)))


def ordinal_alpha(counts: Counts) -> Counts:
    """Krippendorff's ordinal alpha of each table in ``counts``: two graders, no grade missing."""
    coincidences = counts + np.swapaxes(counts, -2, -1)
    values = counts.sum(axis=-1) + counts.sum(axis=-2)
    middle = values.cumsum(axis=-1) - values / 2
    distances = (middle[..., :, None] - middle[..., None, :]) ** 2
    expected = values[..., :, None] * values[..., None, :] / (values.sum(axis=-1) - 1)[..., None, None]
    return 1 - _divide(
        (distances * coincidences).sum(axis=(-2, -1)), (distances * expected).sum(axis=(-2, -1))
    )


def _divide(above: Counts, below: Counts) -> Counts:
    """NaN where there is nothing to divide: where one grade is all there is, both are 0, with no rounding."""
    with np.errstate(invalid="ignore"):
        return above / below


def _count(pairs: Mapping[GradePair, int]) -> Counts:
    """How often each grade met each."""
    counts = np.zeros((len(GRADES), len(GRADES)))
    for pair, claims in pairs.items():
        first, second = pair.grades
        counts[_PLACES[first], _PLACES[second]] += claims
    return counts


def _measure_percent(counts: Counts) -> Figure:
    n = int(counts.sum())
    if not n:
        return Undefined(WhyUndefined.NO_PAIRS, 0)
    share = float(np.trace(counts)) / n
    middle, spread = share + _Z**2 / (2 * n), _Z * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    low, high = ((middle + sign * spread) / (1 + _Z**2 / n) for sign in (-1, 1))
    return Measured(share, n, max(0.0, float(low)), min(1.0, float(high)))


def _measure(counts: Counts, *statistics: Callable[[Counts], Counts]) -> Iterator[Figure]:
    """The figure of each of these; their intervals are of the same samples."""
    n = int(counts.sum())
    if n < 2:
        yield from [Undefined(WhyUndefined.TOO_FEW if n else WhyUndefined.NO_PAIRS, n)] * len(statistics)
        return
    drawn = np.random.default_rng(SEED).multinomial(n, counts.ravel() / n, RESAMPLES)
    samples = drawn.reshape(RESAMPLES, *counts.shape).astype(float)
    for statistic in statistics:
        value = float(statistic(counts))
        if np.isnan(value):
            yield Undefined(WhyUndefined.ONE_GRADE_ONLY, n)
        else:
            yield Measured(value, n, *_find_interval(statistic(samples)))


def _find_interval(samples: Counts) -> tuple[float, float] | tuple[None, None]:
    """From where to where, or neither where the samples tell none."""
    defined = samples[~np.isnan(samples)]
    if len(defined) < RESAMPLES / 2 or np.isclose(defined.min(), defined.max()):
        return None, None
    low, high = np.percentile(defined, _TAILS)
    return float(low), float(high)

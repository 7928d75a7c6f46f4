"""Logistic regressions that become readable tables of weights, and grouped folds to judge them by."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from claims.stance.weights import INTERCEPT, LogisticWeights

Row = dict[str, float]
_STEPS = 50


def fit_weights(
    rows: Sequence[Row], answers: Sequence[bool], strength: float, weights: Sequence[float] | None = None
) -> tuple[LogisticWeights, Row]:
    """The weights that fit best, and each feature's spread (standard deviation) in the rows.

    Features are scaled by their spread; ``strength`` is the inverse of the L2 penalty, which the intercept
    does not bear. ``weights`` say how much each row counts, 1 where they are not given.
    """
    names = list(rows[0])
    given = np.array([[row[name] for name in names] for row in rows])
    mean, spread = given.mean(axis=0), given.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-10, max_iter=_STEPS)
    fitted.fit((given - mean) / spread, np.array(answers), sample_weight=weights)
    slopes = fitted.coef_[0] / spread
    intercept = float(fitted.intercept_[0] - slopes @ mean)
    return (
        LogisticWeights(intercept, dict(zip(names, map(float, slopes), strict=True))),
        dict(zip(names, map(float, spread), strict=True)),
    )


def write_weights(path: Path, weights: LogisticWeights, spread: Row, note: str) -> None:
    """A table that ``load_weights`` reads; a weight times its spread says how much the feature matters."""
    rows = [f"# {note}", "feature\tweight\tspread", f"{INTERCEPT}\t{weights.intercept:.4f}\t"]
    rows += [f"{name}\t{weight:.4f}\t{spread[name]:.4f}" for name, weight in weights.by_feature.items()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def split_folds(groups: Sequence[int], folds: int, seed: int) -> Iterator[tuple[list[int], list[int]]]:
    """(Training, test) places, each group whole in one test fold, the folds of nearly equal size."""
    sizes: dict[int, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    order = sorted(sizes)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda group: -sizes[group])
    filled = [0] * folds
    fold_of: dict[int, int] = {}
    for group in order:
        fold_of[group] = min(range(folds), key=lambda fold: filled[fold])
        filled[fold_of[group]] += sizes[group]
    for fold in range(folds):
        test = [at for at, group in enumerate(groups) if fold_of[group] == fold]
        yield [at for at, group in enumerate(groups) if fold_of[group] != fold], test

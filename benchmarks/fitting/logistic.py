"""Logistic regression with an L2 penalty, small enough to read, and grouped folds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.ranking.weights import INTERCEPT, Weights

Row = dict[str, float]
_STEPS = 50


def fit_weights(rows: Sequence[Row], answers: Sequence[bool], strength: float) -> tuple[Weights, Row]:
    """The weights that fit best, and each feature's spread (standard deviation) in the rows.

    Features are scaled by their spread; ``strength`` is the inverse of the penalty. Newton's method; the
    intercept bears no penalty.
    """
    names = list(rows[0])
    given = np.array([[row[name] for name in names] for row in rows])
    mean, spread = given.mean(axis=0), given.std(axis=0) + 1e-9
    scaled = np.hstack([(given - mean) / spread, np.ones((len(given), 1))])
    found = _newton(scaled, np.array(answers, dtype=float), strength)
    weights = found[:-1] / spread
    intercept = float(found[-1] - weights @ mean)
    return (
        Weights(intercept, dict(zip(names, map(float, weights), strict=True))),
        dict(zip(names, map(float, spread), strict=True)),
    )


def _newton(given: NDArray[np.float64], wanted: NDArray[np.float64], strength: float) -> NDArray[np.float64]:
    penalty = np.ones(given.shape[1]) / strength
    penalty[-1] = 0.0
    weights = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (told - wanted) + penalty * weights
        bend = (given.T * (told * (1 - told))) @ given + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def write_weights(path: Path, weights: Weights, spread: Row, note: str) -> None:
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

"""Fitted weights as readable tables: one row a feature, one table a question with two answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"
INTERCEPT = "(intercept)"


@dataclass(frozen=True, slots=True)
class LogisticWeights:
    """A logistic regression: weight per feature, and what it says where all are zero."""

    intercept: float
    by_feature: Mapping[str, float]

    def find_probability(self, features: Mapping[str, float]) -> float:
        """0 to 1: the logistic function of the weighted sum. Every weighted feature must be there.

        >>> LogisticWeights(0.0, {"cover": 2.0}).find_probability({"cover": 0.0, "unweighted": 9.0})
        0.5
        """
        total = self.intercept + sum(w * features[name] for name, w in self.by_feature.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def load_weights(table: str) -> LogisticWeights:
    """The weights of ``tables/<table>.tsv``, which ``training/stance.py`` writes."""
    rows = {row["feature"]: float(row["weight"]) for row in read_rows(TABLES / f"{table}.tsv")}
    return LogisticWeights(rows.pop(INTERCEPT), rows)

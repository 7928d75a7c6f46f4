"""The same text comes to the same results in every process: strings are hashed anew in each, so sets turn."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import permutations

import pytest

from claims.extraction.weights import SignWeights


def run_whole_path(hash_seed: str) -> list[str]:
    """The rows that a process of its own prints under a hash seed."""
    command = [sys.executable, "-m", "tests.evaluation.whole_path"]
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed}
    process = subprocess.run(command, check=False, env=environ, capture_output=True, encoding="utf-8")
    assert process.returncode == 0, process.stderr
    return process.stdout.splitlines()


def test_claims_plans_scores_and_stances_are_the_same_in_every_process() -> None:
    first, second = run_whole_path("0"), run_whole_path("5")
    assert len(first) > 1000
    assert first == second


@pytest.mark.parametrize("weights", [(0.1, 0.2, 0.3, -0.6), (0.7, 0.1, -0.8, 1e-9), (1e9, 0.01, -1e9)])
def test_signs_weigh_the_same_in_whatever_order_they_come(weights: tuple[float, ...]) -> None:
    by_sign = {str(number): weight for number, weight in enumerate(weights)}
    weighed = {SignWeights(by_sign, {}, {}).weigh(order) for order in permutations(by_sign)}
    assert len(weighed) == 1

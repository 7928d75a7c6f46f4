"""How many examples a property is tried on: few in a run, most in `make properties`, fewest for mutants."""

from __future__ import annotations

from hypothesis import settings

CI, SOAK, MUTANTS = 50, 1_000, 5


def at_most(examples: int) -> int:
    """``examples`` in each run, and as many times more as the chosen profile tries of any property."""
    return max(1, examples * settings().max_examples // CI)

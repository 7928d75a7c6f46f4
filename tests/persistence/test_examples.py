from __future__ import annotations

import doctest
from types import ModuleType

import pytest

import db.failures
import db.repositories.latest


@pytest.mark.parametrize("module", [db.failures, db.repositories.latest])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0

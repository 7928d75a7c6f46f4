"""A clinic on a database of its own."""

from __future__ import annotations

import pytest

from tests.conftest import OpenWork
from tests.workflow.clinic import Clinic, open_clinic


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """A clinic whose article nobody is assigned to."""
    return open_clinic(open_work)

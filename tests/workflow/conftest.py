"""A clinic on a database of its own."""

from __future__ import annotations

import pytest

from tests.conftest import OpenWork
from tests.databases import LENT
from tests.workflow.clinic import Clinic, copy_clinic


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """A clinic whose article nobody is assigned to."""
    return copy_clinic(LENT, open_work)

"""One served room a journey; without Chromium a journey says so and is not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.room import CHROMIUM, serve_sample

expect.set_options(timeout=20_000)


@pytest.fixture(autouse=True)
def chromium() -> str:
    """The browser; a journey is skipped where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    return CHROMIUM


@pytest.fixture
def room(tmp_path: Path) -> Iterator[str]:
    """The address of a fresh review room with the sample article."""
    with serve_sample(tmp_path) as url:
        yield url

"""One served room a journey, one browser for all; without Chromium a journey says so and is not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.room import CHROMIUM, keep_browser, make_sample, serve_sample

expect.set_options(timeout=20_000)


@pytest.fixture(scope="package", autouse=True)
def chromium() -> Iterator[str]:
    """The browser; a journey is skipped where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    with keep_browser():
        yield CHROMIUM


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample article, to be copied."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def room(tmp_path: Path, sample: Path) -> Iterator[str]:
    """The address of a fresh review room with the sample article."""
    with serve_sample(sample, tmp_path) as url:
        yield url

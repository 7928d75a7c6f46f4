"""Where real material lies that the project did not write: beside the project, never in it."""

from __future__ import annotations

from pathlib import Path

import pytest

_DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def shared_folder(name: str) -> Path:
    """The folder ``../shared/data/<name>``; the calling test is skipped where it is missing."""
    folder = _DATA / name
    if not folder.is_dir():
        pytest.skip(f"put the real material at ../shared/data/{name} beside the project to run this test")
    return folder

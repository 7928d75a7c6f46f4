"""Where real material lies that the project did not write: beside the project, never in it."""

from __future__ import annotations

from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


def shared_folder(name: str) -> Path:
    """``shared/data/<name>`` beside the project or above; the calling test is skipped where it is missing."""
    for place in _ROOT.parents:
        if (folder := place / "shared" / "data" / name).is_dir():
            return folder
    pytest.skip(f"put the real material at ../shared/data/{name} beside the project to run this test")

"""What a browser sends as a press, when no page of ours sent it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claims.errors import RuleRefused
from reviewer.dashboard.presses import read_press

PRESS: dict[str, Any] = {
    "tab": "t",
    "seq": 1,
    "name": "judge_s",
    "claim": 7,
    "revision": 1,
    "part": "grades",
    "edition": "e",
}


@pytest.mark.parametrize("field", ["seq", "claim", "revision", "target"])
@pytest.mark.parametrize("sent", ["1e999", "-1e999", "NaN", '"seven"', "[]", "{}"])
def test_what_is_no_number_is_an_unreadable_press(field: str, sent: str) -> None:
    assert read_press(PRESS).shown.claim_id == 7
    with pytest.raises(RuleRefused, match="press_unreadable"):
        read_press({**PRESS, field: json.loads(sent)})

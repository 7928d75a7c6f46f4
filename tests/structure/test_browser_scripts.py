"""What the scripts of the room's pages never do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "reviewer" / "dashboard" / "browser"
# A key that comes from elsewhere may be "__proto__": what it is set on is then everything.
_UNSAFE = {
    "a key that is not written out is set": r"[\w)\]]\[[^\]'\"\d]+\]\s*=(?!=)",
    "the root of all objects": r"__proto__|\.prototype\b\s*(\.|\[)[^;]*=(?!=)|setPrototypeOf",
    "text that becomes a script": r"\beval\(|new Function\(|set(?:Timeout|Interval)\(\s*['\"`]",
    "text that becomes mark-up": r"\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write",
}


def find_unsafe(script: str) -> list[str]:
    """What of it is in the script, by name and line."""
    return [
        f"{number}: {name}"
        for number, line in enumerate(script.splitlines(), start=1)
        for name, pattern in _UNSAFE.items()
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("file", sorted(SCRIPTS.glob("*.js")), ids=lambda file: file.name)
def test_no_script_sets_foreign_keys_or_reads_text_as_code(file: Path) -> None:
    assert find_unsafe(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        *("room[name] = told;", "a.b[key()] = 1;", "Object.setPrototypeOf(a, b)", "x.__proto__ = y"),
        *("eval(told)", "setTimeout('go()', 1)", "field.innerHTML = told", "new Function(told)"),
    ],
)
def test_what_they_never_do_is_found(line: str) -> None:
    assert find_unsafe(line) != []

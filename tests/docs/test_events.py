"""Every event that the log tells has its row in docs/operations.md, and no row tells of another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def list_events(source: str) -> Iterator[str]:
    """The events that stand in the code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "event" and isinstance(value, ast.Constant):
                    yield str(value.value)


def list_untold(source: str) -> Iterator[str]:
    """Lines of the log that name no event."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _METHODS
            and ast.unparse(node.func.value) in ("_log", "logging")
            and "extra" not in {given.arg for given in node.keywords}
        ):
            yield f"{node.lineno}: {ast.unparse(node)}"


def read_sources() -> dict[str, str]:
    files = [file for floor in ("claims", "db", "reviewer") for file in sorted((ROOT / floor).rglob("*.py"))]
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


def test_every_event_of_the_log_is_documented() -> None:
    told = {event for source in read_sources().values() for event in list_events(source)} | {"foreign"}
    section = OPERATIONS.partition("\n## Logs\n")[2].partition("\n## ")[0]
    documented = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`[^|]+`) \|", section, re.M)))
    assert sorted(documented) == sorted(told)


def test_every_line_of_the_log_names_its_event() -> None:
    assert {
        file: lines for file, source in read_sources().items() if (lines := list(list_untold(source)))
    } == {}

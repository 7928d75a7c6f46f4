"""A line of the log as JSON: what is chosen is in it, and what a message or an error repeats is not."""

from __future__ import annotations

import ast
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from claims.errors import QueryError
from reviewer.monitoring.logs import FIELDS, JsonLines
from tests.structure.enum_maps import ROOT

SEEDED = "seeded words of a claim"


def write_line(
    name: str, message: str, error: BaseException | None = None, **fields: object
) -> dict[str, Any]:
    """The line that is written of this record."""
    place = (str(ROOT / "reviewer" / "a.py"), 7)
    caught = (type(error), error, error.__traceback__) if error is not None else None
    record = logging.LogRecord(name, logging.ERROR, *place, message, (SEEDED,), caught, "draw")
    record.__dict__.update(fields)
    line = JsonLines().format(record)
    assert SEEDED not in line
    assert str(ROOT) not in line
    assert len(line.splitlines()) == 1
    read: dict[str, Any] = json.loads(line)
    return read


def test_a_line_of_ours_has_its_fields_and_neither_message_nor_others() -> None:
    line = write_line("konkyo.jobs", f"{SEEDED} %s", event="job_ended", code="claim_changed", text=SEEDED)
    assert line["event"] == "job_ended"
    assert line["code"] == "claim_changed"
    assert line["level"] == "error"
    assert "text" not in line


def test_a_line_of_anybody_else_says_where_it_comes_from_alone() -> None:
    line = write_line("streamlit.runtime", f"cannot draw {SEEDED} %s")
    assert (line["event"], line["where"]) == ("foreign", "a:7 draw")


def test_an_exception_is_its_kind_its_code_and_its_places() -> None:
    try:
        raise QueryError("query_tag", tag=SEEDED) from ValueError(SEEDED)
    except QueryError as caught:
        line = write_line("streamlit.error_util", SEEDED, caught)
    assert (line["error"], line["code"]) == ("QueryError", "query_tag")
    assert line["went"][-1].startswith("test_logs.py:")


def test_whoever_logs_and_whatever_is_not_caught_is_written_as_an_object(tmp_path: Path) -> None:
    """Streamlit gives each of its loggers a handler of its own, whenever it is made."""
    (tmp_path / "told.py").write_text(
        "import threading, warnings\n"
        "from reviewer.monitoring.logs import start_logging\n"
        "from reviewer.settings import load_settings\n"
        "from streamlit.logger import get_logger\n"
        "early = get_logger('streamlit.early')\n"
        "start_logging(load_settings())\n"
        f"early.error('{SEEDED}')\n"
        f"get_logger('streamlit.late').error('{SEEDED}')\n"
        f"warnings.warn('{SEEDED}')\n"
        "def fail():\n"
        f"    raise ValueError('{SEEDED}')\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()\n"
        "fail()\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "KONKYO_LOG": "json", "PYTHONPATH": str(ROOT), "KONKYO_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "told.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert SEEDED not in done.stderr
    assert [line["logger"] for line in lines] == [
        *("streamlit.early", "streamlit.late", "py.warnings", "konkyo", "konkyo")
    ]
    assert [line.get("error") for line in lines[3:]] == ["ValueError", "ValueError"]


def list_calls() -> list[tuple[str, ast.Call]]:
    """Each place in the product that logs."""
    return [
        (f"{file.relative_to(ROOT)}:{node.lineno}", node)
        for folder in ("claims", "db", "reviewer")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "_log"
    ]


def test_every_line_of_ours_names_its_event_and_is_worded_beforehand() -> None:
    calls = list_calls()
    assert len(calls) > 8
    without = [place for place, call in calls if not any(word.arg == "extra" for word in call.keywords)]
    assert without == [], 'give extra={"event": ...}'
    formatted = [place for place, call in calls if any(isinstance(part, ast.JoinedStr) for part in call.args)]
    assert formatted == [], "what varies stands among the values"


@pytest.mark.parametrize("name", ["message", "text", "query", "name", "email", "actor", "title", "comment"])
def test_no_field_is_named_after_what_people_write(name: str) -> None:
    assert name not in FIELDS

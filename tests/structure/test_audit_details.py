"""Whatever is written into the trail has words for people, so that its page shows no name of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.audit_details import DETAIL_NAMES, SUBJECT_NAMES

ROOT = Path(__file__).resolve().parents[2]
_NAME, _SUBJECT = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r"([a-z][a-z0-9_]*):")


def find_details(source: str) -> Iterator[str]:
    """The names in pairs of a name and a value that is worked out, as details of the trail are written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and not isinstance(node.elts[1], ast.Constant):
            (name, _) = node.elts
            if isinstance(name, ast.Constant) and _NAME.fullmatch(str(name.value)):
                yield str(name.value)


def find_subjects(source: str) -> Iterator[str]:
    """The kinds of records, as in f"claim:{id}"."""
    for node in ast.walk(ast.parse(source)):
        begins = node.values[0] if isinstance(node, ast.JoinedStr) else None
        if isinstance(begins, ast.Constant) and (kind := _SUBJECT.fullmatch(str(begins.value))):
            yield kind[1]


def list_sources() -> list[str]:
    read = (file.read_text(encoding="utf-8") for file in (ROOT / "reviewer").rglob("*.py"))
    return [source for source in read if "AuditEntry(" in source]


def test_every_detail_and_every_kind_of_record_has_words() -> None:
    sources = list_sources()
    details = {name for source in sources for name in find_details(source)}
    subjects = {kind for source in sources for kind in find_subjects(source)}
    assert len(details) > 60
    assert details - DETAIL_NAMES.keys() == set()
    assert subjects - SUBJECT_NAMES.keys() == set()


@pytest.mark.parametrize("written", ['(("undone", str(n)),)', 'AuditEntry(id, (("undone", one.value), a))'])
def test_a_detail_is_found_where_it_is_written(written: str) -> None:
    assert list(find_details(written)) == ["undone"]
    assert list(find_subjects('f"house:{id}"')) == ["house"]

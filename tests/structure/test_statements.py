"""Statements to the database are expressions, or words that stand in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_CALLS = {"text", "exec_driver_sql", "execute", "executescript", "scalar", "scalars"}
# Names of tables, schemas and settings of our own, quoted where they are read from a database.
_OWN_NAMES = {
    *("db/backup/moving.py", "db/backup/postgresql.py", "db/backup/sqlite_files.py", "db/checking.py"),
    *("db/queue_schema.py", "db/migrations/upgrading.py"),
}


def find_made(source: str) -> Iterator[str]:
    """Where a statement is put together from words and values."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        (words,) = node.args[:1]
        made = isinstance(words, ast.JoinedStr | ast.BinOp) or (
            isinstance(words, ast.Call) and ast.unparse(words.func).endswith(".format")
        )
        if called in _CALLS and made:
            yield f"{node.lineno}: {ast.unparse(node)}"


def test_no_statement_is_made_of_what_people_wrote() -> None:
    files = [file for floor in ("claims", "db", "reviewer") for file in (ROOT / floor).rglob("*.py")]
    made = {
        str(file.relative_to(ROOT)): found
        for file in files
        if "versions" not in file.parts and (found := list(find_made(file.read_text(encoding="utf-8"))))
    }
    assert made.keys() == _OWN_NAMES, made


@pytest.mark.parametrize(
    "written",
    [
        "connection.execute(text(f'SELECT {name}'))",
        "cursor.execute('SELECT ' + name)",
        "connection.exec_driver_sql('SELECT %s' % name)",
        "session.scalar('SELECT {}'.format(name))",
    ],
)
def test_a_statement_that_is_made_is_found(written: str) -> None:
    assert list(find_made(written)) != []

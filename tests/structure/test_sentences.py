"""Every error that the house can raise has a sentence that says what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import claims.errors
from claims.errors import KonkyoError
from reviewer.sentences import SENTENCES, tell_code, tell_error

ROOT = Path(__file__).resolve().parents[2]
ERRORS = {
    name
    for name, kind in vars(claims.errors).items()
    if isinstance(kind, type) and issubclass(kind, KonkyoError)
}


def constants(node: ast.expr) -> Iterator[str]:
    """The text constants an expression may come to; a formatted one counts for none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def raised_codes() -> set[str]:
    codes: set[str] = set()
    for floor in ("claims", "db", "reviewer"):
        for file in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    codes.update(code for argument in node.args[:1] for code in constants(argument))
    return codes


def test_every_code_that_is_raised_has_its_sentence() -> None:
    codes = raised_codes()
    assert len(codes) > 20
    assert sorted(codes - set(SENTENCES)) == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_one_line_even_when_a_value_is_missing(code: str) -> None:
    told = tell_code(code)
    assert told
    assert "\n" not in told
    assert "{" not in told


def test_a_value_that_holds_line_feeds_or_braces_stays_on_the_line() -> None:
    told = tell_error(KonkyoError("file_not_written", path="a\nb{c}", reason="full"))
    assert "a b{c}" in told

"""Every error that the house can raise has a sentence that says what to do."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import claims.errors
from claims.errors import KonkyoError
from reviewer.error_messages import MESSAGES, describe_code, describe_error

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


def raised() -> Iterator[ast.Call]:
    """Every place in the code that makes an error of the house."""
    for floor in ("claims", "db", "reviewer"):
        for file in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    yield node


def codes_of(call: ast.Call) -> set[str]:
    return {code for argument in call.args[:1] for code in constants(argument)}


def raised_codes() -> set[str]:
    return set().union(*map(codes_of, raised()))


def blanks(code: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(MESSAGES[code]) if name}


def test_every_code_that_is_raised_has_its_sentence() -> None:
    codes = raised_codes()
    assert len(codes) > 20
    assert sorted(codes - set(MESSAGES)) == []


def test_every_error_brings_what_its_sentence_names() -> None:
    lacking = [
        (code, sorted(missing))
        for call in raised()
        if all(keyword.arg for keyword in call.keywords)
        for code in codes_of(call)
        if (missing := blanks(code) - {keyword.arg for keyword in call.keywords})
    ]
    assert lacking == []


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_sentence_is_one_line_even_when_a_value_is_missing(code: str) -> None:
    told = describe_code(code)
    assert told
    assert "\n" not in told
    assert "{" not in told


def test_a_value_that_holds_line_feeds_or_braces_stays_on_the_line() -> None:
    told = describe_error(KonkyoError("file_not_written", path="a\nb{c}", reason="full"))
    assert "a b{c}" in told

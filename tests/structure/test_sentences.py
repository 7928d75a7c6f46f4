"""Every error that the house can raise has a sentence that says what to do."""

from __future__ import annotations

import ast
import fnmatch
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
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


FILES = {
    file: ast.parse(file.read_text(encoding="utf-8"))
    for floor in ("claims", "db", "reviewer")
    for file in sorted((ROOT / floor).rglob("*.py"))
}
ANY = "*"
# Which source it was is added to each of its errors in claims/search/caching.py.
ADDED = {"source"}


@dataclass(frozen=True)
class Raised:
    """One place in the code that makes an error of the house; ``function`` is the innermost around it."""

    call: ast.Call
    function: ast.FunctionDef | None
    file: Path
    followed: set[tuple[str, ast.FunctionDef]] = field(default_factory=set)

    @property
    def is_passed_on(self) -> bool:
        """Whether the code is that of another error, which was made elsewhere."""
        code = self.call.args[0] if self.call.args else None
        return isinstance(code, ast.Attribute) and code.attr == "code"

    def codes(self) -> set[str]:
        return {code for argument in self.call.args[:1] for code in self.values(argument, self.function)}

    def values(self, node: ast.expr, function: ast.FunctionDef | None) -> Iterator[str]:
        """The texts that an expression may come to; ``ANY`` stands for a part that only the run knows."""
        if isinstance(node, ast.Constant):
            yield from [node.value] if isinstance(node.value, str) else []
        elif isinstance(node, ast.IfExp):
            yield from self.values(node.body, function)
            yield from self.values(node.orelse, function)
        elif isinstance(node, ast.JoinedStr):
            parts = [list(self.values(part, function)) for part in node.values]
            yield from ("".join(chosen) for chosen in product(*parts))
        elif isinstance(node, ast.FormattedValue):
            yield from list(self.values(node.value, function)) or [ANY]
        elif isinstance(node, ast.Name) and function is not None:
            if (node.id, function) not in self.followed:
                self.followed.add((node.id, function))
                yield from self.values_of_name(node.id, function)
                self.followed.discard((node.id, function))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for called in (d for tree in FILES.values() for d in definitions(tree) if d.name == node.func.id):
                for step in ast.walk(called):
                    if isinstance(step, ast.Return) and step.value is not None:
                        yield from self.values(step.value, called)

    def values_of_name(self, name: str, function: ast.FunctionDef) -> Iterator[str]:
        """What the function assigns to ``name``, or what this file's calls give for the parameter."""
        for step in ast.walk(function):
            if isinstance(step, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == name for target in step.targets
            ):
                yield from self.values(step.value, function)
        parameters = [parameter.arg for parameter in function.args.args]
        if name in parameters:
            place = parameters.index(name)
            for call, around in calls(FILES[self.file]):
                if isinstance(call.func, ast.Name) and call.func.id == function.name:
                    given = [
                        *call.args[place : place + 1],
                        *(k.value for k in call.keywords if k.arg == name),
                    ]
                    for argument in given:
                        yield from self.values(argument, around)


def definitions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def calls(
    node: ast.AST, function: ast.FunctionDef | None = None
) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    """Every call below ``node`` with the innermost function around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, function
        yield from calls(child, child if isinstance(child, ast.FunctionDef) else function)


def raised() -> list[Raised]:
    """Every place in the code that makes an error of the house."""
    return [
        Raised(call, function, file)
        for file, tree in FILES.items()
        for call, function in calls(tree)
        if (isinstance(call.func, ast.Name) and call.func.id in ERRORS)
        or (isinstance(call.func, ast.Attribute) and call.func.attr in ERRORS)
    ]


RAISED = raised()


def raised_codes() -> set[str]:
    return set().union(*(place.codes() for place in RAISED))


def is_told(code: str) -> bool:
    return code in MESSAGES or (ANY in code and bool(fnmatch.filter(MESSAGES, code)))


def blanks(code: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(MESSAGES[code]) if name}


def test_every_code_that_is_raised_has_its_sentence() -> None:
    codes = raised_codes()
    assert len(codes) > 20
    assert sorted(code for code in codes if not is_told(code)) == []


def test_the_code_of_every_error_is_known_however_it_is_worked_out() -> None:
    unknown = [
        f"{place.file.relative_to(ROOT)}:{place.call.lineno}"
        for place in RAISED
        if not place.is_passed_on and not set(place.codes()) - {ANY}
    ]
    assert unknown == []


@pytest.mark.parametrize(
    "code",
    ["query_operator", "library_unwritable", "source_unreachable", "schema_missing", "sign_in_locked"],
)
def test_a_code_that_stands_in_a_name_a_call_or_a_parameter_is_found(code: str) -> None:
    assert code in raised_codes()


def test_every_error_brings_what_its_sentence_names() -> None:
    lacking = [
        (code, sorted(missing))
        for place in RAISED
        if all(keyword.arg for keyword in place.call.keywords)
        for code in place.codes() & set(MESSAGES)
        if (missing := blanks(code) - ADDED - {keyword.arg for keyword in place.call.keywords})
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

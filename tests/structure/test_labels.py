"""What is pressed on a page is named in sentence case: with a capital at its beginning, and names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import reviewer.dashboard
from reviewer import labels
from reviewer.i18n import begin_label

PRESSED = {"button", "popover", "link_button", "download_button", "form_submit_button", "pills"}
# What has its capital wherever it stands.
NAMES = {"PubMed", "Entrez", "NCBI", "Retraction", "Watch", "Word", "Konkyo", "Shift", "Language"}
ROOT = Path(reviewer.dashboard.__file__).parent
FILES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(ROOT.rglob("*.py"))}


def is_sentence(words: str) -> bool:
    """Whether only its first word begins with a capital, names and abbreviations aside.

    What is put in has its own words, and whatever follows it goes on.
    """
    told = re.findall(r"\{\w*\}|[A-Za-z][A-Za-z'-]*", words)
    if told and not told[0].startswith("{") and not told[0][0].isupper():
        return False
    return all(not word[0].isupper() or word in NAMES or word.isupper() for word in told[1:])


def list_labels(call: ast.Call, function: ast.AST) -> Iterator[ast.expr]:
    """What is translated into the label of a call, also where it stands in a name or is one of a choice.

    Of words put together the first alone begin the label.
    """
    shown = [*call.args[:1], *(w.value for w in call.keywords if w.arg in ("label", "format_func"))]
    names = {node.id for part in shown for node in walk_first(part) if isinstance(node, ast.Name)}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Name) and to.id in names for to in node.targets
        ):
            shown.append(node.value)
    for part in shown:
        for node in walk_first(part):
            if is_call(node, "translate") and isinstance(node, ast.Call):
                yield node.args[0]


def walk_first(node: ast.AST) -> Iterator[ast.AST]:
    """All that an expression is made of: of words put together the first, of what is begun nothing."""
    if is_call(node, "begin_label"):
        return
    yield node
    inner = list(ast.iter_child_nodes(node))
    for one in inner[:1] if isinstance(node, ast.JoinedStr) else inner:
        yield from walk_first(one)


def is_call(node: ast.AST, name: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    # ``get_translate()`` gives what translates, too.
    called = node.func.func if isinstance(node.func, ast.Call) else node.func
    found = called.id if isinstance(called, ast.Name) else ""
    return found == name or (isinstance(node.func, ast.Call) and found == f"get_{name}")


def read_words(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The English of what is translated: a text, each of a choice, or all of the table it is looked up in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from read_words(node.body, tree)
        yield from read_words(node.orelse, tree)
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        yield from read_table(node.value.id, tree)


def read_table(name: str, tree: ast.Module) -> Iterator[str]:
    table = getattr(labels, name, None)
    if isinstance(table, Mapping):
        yield from map(str, table.values())
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            for inner in ast.walk(node):
                if is_call(inner, "mark") and isinstance(inner, ast.Call):
                    yield from read_words(inner.args[0], tree)


def list_pressed() -> Iterator[tuple[str, str]]:
    """The English words of all that is pressed, with where each stands."""
    for file, tree in FILES.items():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                    continue
                if call.func.attr in PRESSED:
                    for node in list_labels(call, function):
                        yield from ((f"{file.name}:{call.lineno}", words) for words in read_words(node, tree))


def test_whatever_is_pressed_begins_with_a_capital_and_has_no_other() -> None:
    pressed = list(list_pressed())
    assert len(pressed) > 100
    assert [(place, words) for place, words in pressed if not is_sentence(words)] == []


@pytest.mark.parametrize("words", ["undo", "Edit Claims", "save the key", "{name} Again"])
def test_other_cases_are_told(words: str) -> None:
    assert not is_sentence(words)


@pytest.mark.parametrize("words", ["Undo", "Add a record to PubMed", "GRADE …", "{count} left", "関係なし"])
def test_sentences_and_abbreviations_are_not(words: str) -> None:
    assert is_sentence(words)


def test_a_label_begins_where_its_words_do_not() -> None:
    assert is_sentence(begin_label("not relevant"))

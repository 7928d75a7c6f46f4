"""Who acts is asked by the step itself: nothing that acts uses what the page remembered of the person."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reviewer.dashboard

ROOM = Path(reviewer.dashboard.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
STEPS = sorted((ROOM / "actions").glob("*.py"))
CALLBACKS = ("on_click", "on_change", "on_submit")


def names_in(node: ast.AST) -> set[str]:
    """Every name and attribute that stands in the code."""
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    found |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return found | {
        alias.name for part in ast.walk(node) if isinstance(part, ast.ImportFrom) for alias in part.names
    }


def find_callbacks(tree: ast.Module) -> Iterator[ast.AST]:
    """The functions of the file that Streamlit calls later, and what stands there in place of one."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = [word.value for word in call.keywords if word.arg in CALLBACKS]
        if isinstance(call.func, ast.Attribute) and call.func.attr == "download_button":
            given += [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "data")]
        for value in given:
            yield functions[value.id] if isinstance(value, ast.Name) and value.id in functions else value


def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", STEPS, ids=lambda file: file.name)
def test_a_step_does_not_know_who_the_page_was_drawn_for(file: Path) -> None:
    """Whose name the step was handed is looked up by the repository's method, no name of the module."""
    tree = parse(file)
    asked = names_in(tree) - {part.attr for part in ast.walk(tree) if isinstance(part, ast.Attribute)}
    assert not asked & {"get_user", "find_user", "find_signed_in"}


@pytest.mark.parametrize("file", [f for f in STEPS if f.name != "acting.py"], ids=lambda file: file.name)
def test_a_step_opens_no_unit_of_work_of_its_own(file: Path) -> None:
    """``application.work`` is handed to a job, which asks with each search; it is called by ``act`` alone."""
    calls = [node.func for node in ast.walk(parse(file)) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Attribute) and call.attr == "work"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_streamlit_calls_later_does_not_know_who_the_page_was_drawn_for(file: Path) -> None:
    for callback in find_callbacks(parse(file)):
        assert not names_in(callback) & {"get_user", "get_application"}


@pytest.mark.parametrize(
    ("name", "where"),
    [("dialog", "fragments.py"), ("fragment", "fragments.py"), ("download_button", "exports.py")],
)
def test_dialogs_fragments_and_downloads_have_one_way_each(name: str, where: str) -> None:
    used = {
        file.name
        for file in FILES
        if name in {n.attr for n in ast.walk(parse(file)) if isinstance(n, ast.Attribute)}
    }
    assert used == {where}


def test_files_are_asked_for_in_one_module_alone() -> None:
    """The gate takes files from those who have one of ``WITH_FILES``; a new field may need another."""
    asking = {"file_uploader", "camera_input", "audio_input", "chat_input"}
    assert [file.name for file in FILES if names_in(parse(file)) & asking] == ["upload.py"]

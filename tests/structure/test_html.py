"""HTML is told from text by its type: it is written as ``Html``, and as nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARKUP = ROOT / "reviewer" / "markup.py"
DRAWING = ROOT / "reviewer" / "dashboard" / "components" / "drawing.py"
# Scripts, which hold no text of a page but what they are told as JSON; the style sheet.
SCRIPTS = ROOT / "reviewer" / "dashboard" / "components" / "browser_scripts.py"
STYLES = ROOT / "reviewer" / "dashboard" / "main.py"
_TAG = re.compile(r"</?(?:[a-zA-Z][a-zA-Z0-9]*|\{\})[\s/>]|<!")
_BOXES = {
    f"st.{kind}" for kind in ("error", "warning", "info", "success", "toast", "markdown", "write", "caption")
}
# Markdown of our own, without a word of anybody else.
_OWN_MARKDOWN = {"_tell_first_step()"}
_ESCAPES = {"html", "markupsafe", "xml.sax.saxutils", "cgi"}


def find_documentation(tree: ast.AST) -> set[ast.expr]:
    """The docstrings: sentences about HTML are not drawn."""
    bodies = (
        node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    )
    firsts = (body[0].value for body in bodies if body and isinstance(body[0], ast.Expr))
    return {first for first in firsts if isinstance(first, ast.Constant)}


def find_typed(tree: ast.AST) -> set[ast.expr]:
    """What stands between the brackets of ``Html``."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {argument for call in calls if ast.unparse(call.func) == "Html" for argument in call.args}


def read_words(node: ast.AST) -> str:
    """The words of a text in the code, with {} for each value that is put into it; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(read_words(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def imports_escaping(node: ast.AST) -> TypeGuard[ast.Import | ast.ImportFrom]:
    if isinstance(node, ast.ImportFrom):
        return node.module in _ESCAPES
    return isinstance(node, ast.Import) and any(alias.name in _ESCAPES for alias in node.names)


def find_untyped_html(source: str) -> Iterator[str]:
    """What in the code makes HTML otherwise than by ``Html`` around words that stand in the code."""
    tree = ast.parse(source)
    typed = find_typed(tree)
    allowed = find_documentation(tree) | typed
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and node in typed and not isinstance(node, ast.Constant):
            yield f"{node.lineno}: Html() around what is made: {ast.unparse(node)}"
        elif isinstance(node, ast.expr) and node not in allowed and _TAG.search(read_words(node)):
            yield f"{node.lineno}: mark-up that is no Html: {read_words(node)!r}"
        elif imports_escaping(node):
            yield f"{node.lineno}: escaping by hand: {ast.unparse(node)}"


def find_drawing(source: str) -> Iterator[str]:
    """Where HTML is handed to Streamlit, which takes any string for it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "html":
            yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            yield f"{node.value.lineno}: {node.arg}"


def find_markdown(source: str) -> Iterator[str]:
    """Where Streamlit is handed a box of text, which it reads as Markdown, with words that nobody escaped."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _BOXES:
            (words,) = node.args[:1] or [ast.Constant("")]
            called = ast.unparse(words.func) if isinstance(words, ast.Call) else ""
            ours = called == "translate" and not [
                a for a in ast.walk(words) if isinstance(a, ast.FormattedValue)
            ]
            if called != "escape_markdown" and not ours and ast.unparse(words) not in _OWN_MARKDOWN:
                yield f"{node.lineno}: {ast.unparse(node)}"


def list_files(*but: Path) -> list[Path]:
    return sorted(set((ROOT / "reviewer").rglob("*.py")) - set(but))


def test_html_is_written_as_html_alone() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{told}"
        for file in list_files(MARKUP, SCRIPTS)
        for told in find_untyped_html(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_but_html_is_drawn_as_html() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{told}"
        for file in list_files(DRAWING, SCRIPTS, STYLES)
        for told in find_drawing(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_words_but_ours_are_markdown() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{told}"
        for file in list_files()
        for told in find_markdown(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "written", ["st.error(describe_error(error))", "st.info(f'{name}')", "st.write(name)"]
)
def test_words_that_streamlit_reads_as_markdown_are_found(written: str) -> None:
    assert list(find_markdown(written)) != []


@pytest.mark.parametrize(
    "written",
    [
        'f"<p>{words}</p>"',
        '"<p>" + words + "</p>"',
        '"<p>%s</p>" % words',
        '"<p>{}</p>".format(words)',
        'Html(f"<p>{words}</p>")',
        'Html("<p>" + words + "</p>")',
        'f"<{tag}>"',
        "f'<a href=\"{words}\">'",
        "Html(words)",
        "from html import escape",
        "import html",
        "from markupsafe import Markup",
    ],
)
def test_html_by_habit_is_found(written: str) -> None:
    assert list(find_untyped_html(written)) != []


@pytest.mark.parametrize("written", ['Html("<p>{}</p>").format(words)', '"p < 0.05"', '"n<m", ">"'])
def test_html_by_type_and_comparisons_are_not(written: str) -> None:
    assert list(find_untyped_html(written)) == []


@pytest.mark.parametrize("written", ["st.html(words)", "st.markdown(words, unsafe_allow_html=True)"])
def test_html_that_is_handed_to_streamlit_is_found(written: str) -> None:
    assert list(find_drawing(written)) != []

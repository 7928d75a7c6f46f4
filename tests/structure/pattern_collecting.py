"""Every regular expression of the floors: recorded while it is compiled, and checked against the source.

A pattern may hide in a table, in a function or behind a cache. So ``re.compile`` is recorded while each
module is imported, every cached table is loaded and a sample article is read; then the source is searched
for places that compile a pattern and were not seen to do so.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("claims", "db", "reviewer")
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


@dataclass
class Found:
    """A pattern, where it is compiled, and how it is used: by all ways where the source does not tell."""

    pattern: re.Pattern[Any]
    places: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)


def collect_patterns() -> list[Found]:
    """All patterns of the floors. Raises ``LookupError`` for a place in the source that escapes."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in _list_sources()}
    recorded, sites = _record()
    found: dict[tuple[Any, int], Found] = {}

    def add(pattern: re.Pattern[Any], place: str, methods: set[str]) -> None:
        entry = found.setdefault((pattern.pattern, pattern.flags), Found(pattern))
        entry.places.add(place)
        entry.methods |= methods

    uses = _list_uses(trees)
    named, kept = _list_names(), _list_kept()
    for pattern, place in recorded:
        names = named.get(id(pattern), set())
        methods = set().union(*(uses.get(name, set()) for name in names)) or {"finditer"}
        add(pattern, place, kept.get(id(pattern), methods))
    missed: list[str] = []
    for file, tree in trees.items():
        for call in _list_calls(tree):
            place = f"{file.relative_to(ROOT)}:{call.lineno}"
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            if name == "compile":
                if place not in sites:
                    missed.append(place)
            elif isinstance(call.args[0], ast.Constant):
                flags = _read_flags(call, name)
                add(re.compile(call.args[0].value, flags), place, {name})
            else:
                missed.append(place)
    if missed:
        raise LookupError(f"compiled where nothing records it: {', '.join(missed)}")
    for table, cell, method in _list_cells():
        add(re.compile(cell, re.IGNORECASE), str(table.relative_to(ROOT)), {method})
    return list(found.values())


def _list_sources() -> Iterator[Path]:
    for floor in FLOORS:
        yield from sorted((ROOT / floor).rglob("*.py"))


def _record() -> tuple[list[tuple[re.Pattern[Any], str]], set[str]]:
    """What is compiled while the floors are loaded, and the places that did it."""
    recorded: list[tuple[re.Pattern[Any], str]] = []
    sites: set[str] = set()
    real = re.compile

    def recording(pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        compiled = real(pattern, flags)
        caller = sys._getframe(1)
        file = Path(caller.f_code.co_filename)
        if file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in FLOORS:
            place = f"{file.relative_to(ROOT)}:{caller.f_lineno}"
            recorded.append((compiled, place))
            sites.add(place)
        return compiled

    re.compile = recording
    try:
        for name in _list_modules():
            importlib.import_module(name)
        _load_tables()
        _read_samples()
    finally:
        re.compile = real
    return recorded, sites


def _list_modules() -> Iterator[str]:
    for file in _list_sources():
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if ".migrations.versions" not in name and not name.endswith(".env"):
            yield name


def _load_tables() -> None:
    """Call what is cached and needs nothing, or a language alone."""
    from claims.records.article import Language

    for module in [module for name, module in sys.modules.items() if name.split(".")[0] in FLOORS]:
        for value in list(vars(module).values()):
            if isinstance(value, functools._lru_cache_wrapper) and value.__module__.startswith("claims"):
                needed = [p for p in inspect.signature(value).parameters.values() if p.default is p.empty]
                if not needed:
                    value()
                elif [parameter.annotation for parameter in needed] == ["Language"]:
                    for language in Language:
                        value(language)


def _read_samples() -> None:
    """Read the sample articles: what they meet is compiled."""
    from claims.articles import read_article
    from claims.extraction import extract_claims

    for path in sorted((ROOT / "samples").glob("*.md")) + sorted((ROOT / "samples").glob("*.txt")):
        extract_claims(read_article(path))


def _list_names() -> dict[int, set[tuple[str, str]]]:
    """Identity of a pattern → the modules and the names that it has there."""
    named: dict[int, set[tuple[str, str]]] = {}
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] in FLOORS]:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                named.setdefault(id(value), set()).add((str(module.__file__), name))
    return named


def _list_kept() -> dict[int, set[str]]:
    """Identity of a pattern that a table's reader keeps → how it is asked there."""
    from claims.articles import boilerplate
    from claims.articles.html import chrome
    from claims.extraction import topics
    from claims.extraction.cues import load_cues
    from claims.records.article import Language
    from claims.text.patterns import join_patterns, load_patterns

    kept: dict[int, set[str]] = {}
    for language in Language:
        cues = load_cues(language)
        kept |= {id(pattern): {"fullmatch"} for pattern in cues.words.values()}
        kept |= {id(pattern): {"match"} for pattern in cues.beginnings.values()}
        for cue, pattern in join_patterns(topics._TABLE, ignore_case=language is Language.EN).items():
            kept[id(pattern)] = {"fullmatch" if cue.startswith("leaning") else "match"}
    for table in (boilerplate.TABLE, chrome.TABLE):
        kept |= {id(rows._whole): {"fullmatch"} for rows in load_patterns(table).values()}
    for rows in load_patterns(chrome.TABLE).values():
        kept |= {id(pattern): {"fullmatch"} for _, pattern in rows._rows}
    return kept


def _list_uses(trees: dict[Path, ast.Module]) -> dict[tuple[str, str], set[str]]:
    """Module and name of a pattern → the methods called on it; one that is handed on may have any."""
    uses: dict[tuple[str, str], set[str]] = {}
    for file, tree in trees.items():
        called: dict[int, str] = {id(n.value): n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        for local in _list_locals(tree):
            called.update(local)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id.isupper():
                method = called.get(id(node), "finditer")
                uses.setdefault((str(file), node.id), set()).add(method if method in METHODS else "finditer")
    return uses


def _list_locals(tree: ast.Module) -> Iterator[dict[int, str]]:
    """What is called on a local name, told of the patterns that it may stand for: ``p = A if x else B``."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        methods = {
            node.value.id: node.attr
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.IfExp):
                targets = [target.id for target in node.targets if isinstance(target, ast.Name)]
                for target in targets:
                    if target in methods:
                        yield {id(part): methods[target] for part in (node.value.body, node.value.orelse)}


def _list_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in (*METHODS, "compile")
        ):
            yield node


def _read_flags(call: ast.Call, name: str) -> int:
    """The flags of a call with a literal pattern: they stand behind the text, or behind the new words."""
    given = [*call.args[3 if name.startswith("sub") else 2 :], *(k.value for k in call.keywords)]
    names = [node.attr for part in given for node in ast.walk(part) if isinstance(node, ast.Attribute)]
    flags = 0
    for flag in names:
        flags |= int(getattr(re, flag))
    return flags


def _list_cells() -> Iterator[tuple[Path, str, str]]:
    """The patterns in the tables, each by itself, and how each is asked."""
    from claims.text.patterns import read_patterns
    from claims.text.tables import read_rows

    methods = {"word": "fullmatch", "start": "match", "leaning": "fullmatch", "pointer": "match"}
    for table in sorted((ROOT / "claims").rglob("tables/*.tsv")):
        rows = list(read_rows(table))
        for row in read_patterns(table) if rows and {"cue", "pattern"} <= rows[0].keys() else rows:
            place = row.get("where") or row.get("place") or row.get("cue", "").partition("_")[0]
            method = methods.get(place, "finditer")
            method = "fullmatch" if table.name == "chrome.tsv" else method
            if pattern := row.get("pattern"):
                yield table, pattern, method

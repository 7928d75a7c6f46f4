"""Which tables of the code are keyed by an enum, and which of them are asked for any of its members."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("claims", "db", "reviewer")
# What runs when it is imported.
_SCRIPTS = {"db.migrations.env"}


@dataclass(frozen=True)
class EnumMap:
    """A module's table from the members of one enum to something."""

    place: str
    members: type[Enum]
    entries: Mapping[Any, Any]
    is_asked_for_all: bool

    @property
    def missing(self) -> set[str]:
        """The names of the members without an entry."""
        return {member.name for member in self.members} - {key.name for key in self.entries}


def list_modules() -> Iterator[ModuleType]:
    """Every module of the product."""
    for path in list_files():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if name not in _SCRIPTS and "versions" not in path.parts:
            yield import_module(name)


def list_files() -> list[Path]:
    """The files of the product."""
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def list_enums() -> list[type[Enum]]:
    """Every enum of the product."""
    return [
        value
        for module in list_modules()
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == module.__name__
    ]


def list_enum_maps() -> list[EnumMap]:
    """Every table of the product whose keys are members of one enum."""
    asked = set().union(*map(_find_asked, list_files()))
    return [
        EnumMap(f"{module.__name__}.{name}", members, value, name in asked)
        for module in list_modules()
        for name, value in vars(module).items()
        if (members := _find_members(value)) and name in _list_assigned(module)
    ]


def _list_assigned(module: ModuleType) -> set[str]:
    """The names that the module gives a value itself and does not import."""
    statements = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body
    return {
        target.id
        for statement in statements
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
        if isinstance(target, ast.Name)
    }


def _find_members(value: object) -> type[Enum] | None:
    """The enum that all keys of a table belong to; ``None`` for anything else."""
    if not isinstance(value, Mapping) or not value:
        return None
    classes = {type(key) for key in value}
    first = next(iter(classes))
    return first if len(classes) == 1 and issubclass(first, Enum) else None


def _find_asked(path: Path) -> set[str]:
    """The names of which a file asks ``NAME[something]``: no constant, and nothing in case it is absent."""
    return {
        table.id if isinstance(table, ast.Name) else table.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)
        if isinstance(table := node.value, ast.Name | ast.Attribute)
        if not isinstance(node.slice, ast.Constant)
    }

"""Which modules make tables or write files, and which of these the registries do not know."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, get_args, get_type_hints

import reviewer.exports
from reviewer.exports.registry import FORMATS, TABLES
from reviewer.exports.table import Row

_HOW = "give its module a {kind} and put it among {registry} in reviewer/exports/registry.py"


def list_export_modules() -> list[ModuleType]:
    """Every module of ``reviewer.exports``."""
    return [
        import_module(f"{reviewer.exports.__name__}.{found.name}")
        for found in iter_modules(reviewer.exports.__path__)
    ]


def describe_unregistered(module: ModuleType) -> list[str]:
    """What the module makes or writes that no registry knows, and what to do about it."""
    loaders = {table.load.__module__ for table in TABLES.values()}
    writers = {form.write.__module__ for form in FORMATS.values()}
    told: list[str] = []
    for function in _list_functions(module):
        takes, gives = _find_types(function)
        if gives == list[Row] and module.__name__ not in loaders:
            told.append(f"{function.__name__} makes rows: {_HOW.format(kind='Table', registry='TABLES')}")
        if gives is bytes and takes and module.__name__ not in writers:
            told.append(
                f"{function.__name__} writes rows: {_HOW.format(kind='FileFormat', registry='FORMATS')}"
            )
    return told


def place_in_module(function: Callable[..., object]) -> ModuleType:
    """A module that nobody registered, with this function alone."""
    module = ModuleType("reviewer.exports.forgotten")
    function.__module__ = module.__name__
    setattr(module, function.__name__, function)
    return module


def _list_functions(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for _, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__:
            yield function


def _find_types(function: Callable[..., Any]) -> tuple[bool, object]:
    """Whether it takes rows, and what it returns."""
    hints = get_type_hints(function)
    gives = hints.pop("return", None)
    return any(Row in get_args(taken) for taken in hints.values()), gives

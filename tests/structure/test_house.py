"""The house keeps its shape: names, packages, and what may import what."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("claims", "db", "reviewer")


def source_files() -> Iterator[Path]:
    yield ROOT / "app.py"
    for floor in (*FLOORS, "tests", "benchmarks"):
        yield from (ROOT / floor).rglob("*.py")


def imported_modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("name", [*FLOORS, "app"])
def test_each_top_level_name_belongs_to_konkyo_alone(name: str) -> None:
    assert set(packages_distributions()[name]) == {"konkyo"}


def test_each_script_that_measures_or_fits_tells_what_it_takes() -> None:
    """``--help`` begins no run of minutes; what a soak starts for itself is asked nothing."""
    inner = {ROOT / "benchmarks" / "soak" / name for name in ("grader.py", "worker.py")}
    files = (file for folder in ("benchmarks", "training") for file in (ROOT / folder).rglob("*.py"))
    scripts = {file for file in files if '"__main__"' in file.read_text(encoding="utf-8")} - inner
    assert len(scripts) > 20
    assert {file for file in scripts if "argparse" not in set(imported_modules(file))} == set()


def test_nothing_imports_the_entry_module() -> None:
    importers = [file for file in source_files() if "app" in set(imported_modules(file))]
    assert importers == []


def test_the_package_list_names_every_folder_with_code() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for floor in FLOORS
        for file in (ROOT / floor).rglob("*.py")
    }
    assert set(listed["tool"]["setuptools"]["packages"]) == folders


def test_no_test_folder_shadows_a_floor() -> None:
    assert (ROOT / "tests" / "__init__.py").exists()
    assert {folder.name for folder in (ROOT / "tests").iterdir() if folder.is_dir()}.isdisjoint(FLOORS)


def test_the_lock_files_pin_every_package_and_name_no_host() -> None:
    for lock in ROOT.glob("*.lock"):
        lines = lock.read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and not line.lstrip().startswith(("#", "--hash=sha256:"))]
        assert pins
        assert all("==" in pin for pin in pins)
        assert not [line for line in lines if "://" in line]


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda lock: lock.name)
def test_every_file_that_an_installation_takes_is_known_by_its_hash(lock: Path) -> None:
    """What ``pip --require-hashes`` asks: each package has one at least, and nothing else is installed."""
    entries = re.split(r"(?m)^(?=\S+==)", lock.read_text(encoding="utf-8"))[1:]
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert not re.findall(r"pip install (?!.*(?:--require-hashes|--no-deps)).*", recipe)


def writes_time(node: ast.AST) -> bool:
    """Whether a moment is put into words: a call of its methods, or a format with a percent sign."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in {"date", "strftime", "isoformat", "ctime"}
    return isinstance(node, ast.FormattedValue) and "%" in ast.unparse(node.format_spec or ast.Constant(""))


def test_moments_are_written_in_a_named_zone_by_one_module_alone() -> None:
    writers = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for folder in ("exports", "dashboard")
        for file in (ROOT / "reviewer" / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.expr) and writes_time(node)
    ]
    assert writers == []

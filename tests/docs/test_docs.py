"""The documents are true: every command is described, every link leads somewhere, both READMEs agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from reviewer.cli import COMMANDS, konkyo
from reviewer.i18n import load_catalogue, translator
from reviewer.labels import ROLE_LABELS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "samples").glob("README.md")]
)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CALLED = re.compile(r"`(konkyo [a-z ]+)`")
_COMMAND = re.compile(r"^\s*(?:\.venv/bin/)?(konkyo .+|make .+)$", re.MULTILINE)


def commands(group: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from commands(command, f"{path} {name}")


ALL_COMMANDS = dict(commands(konkyo, "konkyo"))


def commands_shown(document: str) -> set[str]:
    shown = _COMMAND.findall((ROOT / document).read_text(encoding="utf-8"))
    return {line.split("#")[0].strip() for line in shown}


def help_text(path: str) -> str:
    command = ALL_COMMANDS[path]
    return command.get_help(
        click.Context(command, info_name=path, terminal_width=100, **konkyo.context_settings)
    )


def test_the_reference_prints_the_help_of_every_command() -> None:
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [path for path in ALL_COMMANDS if f"```text\n{help_text(path)}\n```" not in reference]
    assert missing == [], "run: .venv/bin/python -m docs.write_commands"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_overview_says_what_the_command_says(name: str) -> None:
    assert (ALL_COMMANDS[f"konkyo {name}"].help or "").splitlines()[0] == COMMANDS[name][1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = [link for link in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in targets if not (document.parent / link).exists()] == []


def test_both_readmes_show_the_same_commands() -> None:
    english, japanese = commands_shown("README.md"), commands_shown("README.ja.md")
    assert english == japanese
    assert {"make demo", "make test"} <= english


def test_every_command_a_readme_shows_exists() -> None:
    shown = [line for line in commands_shown("README.md") if line.startswith("konkyo ")]
    known = {path.removeprefix("konkyo ") for path in ALL_COMMANDS}
    assert shown
    assert all(any(line.removeprefix("konkyo ").startswith(path) for path in known if path) for line in shown)


@pytest.mark.parametrize(("document", "locale"), [("how-to.md", "en"), ("how-to.ja.md", "ja")])
def test_the_how_to_names_what_stands_on_the_screen_and_commands_that_exist(
    document: str, locale: str
) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    catalogue = load_catalogue("ja")
    on_screen = set(catalogue) if locale == "en" else set(catalogue.values())
    named = set(_BOLD.findall(text))
    assert named, "the names of buttons and pages are bold"
    assert named - on_screen == set()
    assert set(_CALLED.findall(text)) <= set(ALL_COMMANDS)


@pytest.mark.parametrize(
    ("document", "locale", "everybody"), [("how-to.md", "en", "everybody"), ("how-to.ja.md", "ja", "全員")]
)
def test_the_how_to_has_a_section_for_each_role_and_one_for_everybody(
    document: str, locale: str, everybody: str
) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    sections = [heading.lower() for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)]
    roles = {translator(locale)(label) for label in ROLE_LABELS.values()}
    assert len(sections) == len(set(sections))
    assert set(sections) == {*roles, everybody}, f"docs/{document}: a section for each role"

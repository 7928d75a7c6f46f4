"""Every word on a screen has its Japanese, with the same blanks to fill."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import reviewer
from claims.records.audit import AuditAction
from reviewer.audit_labels import ACTION_LABELS
from reviewer.i18n import LOCALES, load_catalogue

ROOT = Path(reviewer.__file__).parent
# A number that may be 1, and a noun that is wrong after it: the number stands after a colon instead.
_COUNTED = re.compile(r"\{(?:count|claims|units|graded|total|named|needed|hits|actions)\} \w{3,}s\b")


def find_messages(source: str) -> set[str]:
    """The texts given to ``mark`` or ``translate``, f-strings included (Babel skips those)."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name | ast.Call)
        and ast.unparse(call.func).split("(")[0] in {"mark", "translate", "get_translate", "translator"}
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


MESSAGES = sorted(set().union(*(find_messages(file.read_text("utf-8")) for file in ROOT.rglob("*.py"))))


def blanks(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


@pytest.fixture(params=[locale for locale in LOCALES if locale != "en"])
def catalogue(request: pytest.FixtureRequest) -> dict[str, str]:
    return load_catalogue(request.param)


def test_every_message_of_the_code_is_translated(catalogue: dict[str, str]) -> None:
    assert len(MESSAGES) > 100
    assert [message for message in MESSAGES if message not in catalogue] == []


def test_no_translation_is_left_over(catalogue: dict[str, str]) -> None:
    assert sorted(set(catalogue) - set(MESSAGES)) == []


def test_a_translation_fills_the_blanks_of_its_message(catalogue: dict[str, str]) -> None:
    assert [message for message, told in catalogue.items() if blanks(told) != blanks(message)] == []


def test_the_mark_needs_review_has_one_word(catalogue: dict[str, str]) -> None:
    marked = [told for message, told in catalogue.items() if re.search(r"needs? review", message, re.I)]
    assert [told for told in marked if "再確認" not in told] == []
    assert [told for told in catalogue.values() if "要見直し" in told] == []


def test_a_command_in_a_message_stays_as_it_is_typed(catalogue: dict[str, str]) -> None:
    quoted = {message: message.split("`")[1::2] for message in catalogue if "`" in message}
    assert quoted
    assert all(f"`{command}`" in catalogue[message] for message, found in quoted.items() for command in found)


def test_every_step_of_the_trail_has_words() -> None:
    assert set(ACTION_LABELS) == set(AuditAction)


def test_no_message_counts_in_the_plural_what_may_be_one() -> None:
    assert [message for message in MESSAGES if _COUNTED.search(message)] == []

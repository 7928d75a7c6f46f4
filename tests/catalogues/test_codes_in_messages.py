"""A message names roles and states as the screen does, and never by the code that is stored."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.errors import RoleRefused
from claims.records.decision import VersionState
from claims.records.people import Role
from reviewer.error_messages import MESSAGES, describe_code, describe_error
from reviewer.i18n import LOCALES, translator
from reviewer.labels import ROLE_LABELS, STATE_LABELS
from reviewer.rules.permissions import Permission, require_permission
from tests.factories import make_user

ROOT = Path(__file__).resolve().parents[2]


def list_values(sentence: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", [code for code, sentence in MESSAGES.items() if list_values(sentence)])
def test_a_code_in_a_message_is_its_label_in_the_language_of_the_page(code: str, locale: str) -> None:
    translate = translator(locale)
    for labels in (ROLE_LABELS, STATE_LABELS):
        for value, label in labels.items():
            told = describe_code(code, dict.fromkeys(list_values(MESSAGES[code]), value), translate)
            plain = describe_code(
                code, dict.fromkeys(list_values(MESSAGES[code]), translate(label)), translate
            )
            assert told == plain


def test_who_may_not_is_told_by_name_and_the_roles_that_may_by_their_labels() -> None:
    reader = make_user("tanaka", Role.AUTHOR)
    with pytest.raises(RoleRefused) as refused:
        require_permission(reader, Permission.OVERRIDE_LEVELS)
    told = describe_error(refused.value, translator("ja"))
    assert reader.full_name in told
    assert all(translator("ja")(ROLE_LABELS[role]) in told for role in (Role.REVIEWER, Role.ADJUDICATOR))
    assert "reviewer" not in told
    assert translator("ja")(STATE_LABELS[VersionState.PUBLISHED]) in describe_code(
        "version_closed", {"state": VersionState.PUBLISHED}, translator("ja")
    )


def list_stored_codes() -> Iterator[str]:
    """The places where an error is handed the stored text of a code in place of the code."""
    for floor in ("claims", "reviewer"):
        for file in sorted((ROOT / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                    for given in node.exc.keywords:
                        if isinstance(given.value, ast.Attribute) and given.value.attr == "value":
                            yield f"{file.relative_to(ROOT)}:{node.lineno}: {given.arg}"


def test_an_error_is_handed_the_code_itself_and_not_its_stored_text() -> None:
    assert list(list_stored_codes()) == []

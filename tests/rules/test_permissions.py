"""One table says who may do what, and nothing asks for roles beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claims.errors import RoleRefused
from claims.records.people import Role
from reviewer.rules.permissions import PERMISSIONS, Permission, may, require_permission
from tests.factories import make_user

REVIEWER = Path(__file__).resolve().parents[2] / "reviewer"
# The table itself, and the accounts whose roles are what is worked on there.
_ASK_FOR_ROLES = {
    "rules/permissions.py",
    "accounts/managing.py",
    "accounts/sample_people.py",
    "workflow/assigning.py",
}


def list_calls(name: str) -> Iterator[str]:
    for file in REVIEWER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield str(file.relative_to(REVIEWER))


def test_roles_are_asked_for_in_the_table_alone() -> None:
    assert set(list_calls("has_any")) <= _ASK_FOR_ROLES


def test_every_permission_is_somebodys() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert [permission for permission, roles in PERMISSIONS.items() if not roles] == []


def test_every_permission_is_asked_for() -> None:
    code = "".join(
        file.read_text(encoding="utf-8") for file in REVIEWER.rglob("*.py") if file.name != "permissions.py"
    )
    assert [p.name for p in Permission if f"Permission.{p.name}" not in code] == []


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_page_and_step_get_the_same_answer(role: Role, permission: Permission) -> None:
    person = make_user("someone", role)
    if may(person, permission):
        require_permission(person, permission)
    else:
        with pytest.raises(RoleRefused, match="role_refused") as refusal:
            require_permission(replace(person, full_name="見本 花子"), permission)
        assert refusal.value.values == {"name": "見本 花子", "roles": PERMISSIONS[permission]}

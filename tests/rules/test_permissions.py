"""One table says who may do what, and nothing asks for roles beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claims.errors import RoleRefused
from claims.records.people import Role
from reviewer.accounts.offline import OPERATOR
from reviewer.rules.permissions import PERMISSIONS, Permission, may, require_permission
from tests.factories import make_user

REVIEWER = Path(__file__).resolve().parents[2] / "reviewer"
# Beside the table: words, who is given roles, and as which of two a plan names somebody.
_NAME_ROLES = {
    "rules/permissions.py",
    "labels.py",
    "accounts/offline.py",
    "accounts/sample_people.py",
    # Whose turn it is: as what a plan names somebody, and whose share is counted.
    "workflow/board.py",
    "workflow/my_work.py",
}
# Grades are given under an account: the command line has none.
_NOT_THE_OPERATORS = {Role.REVIEWER, Role.ADJUDICATOR}


def list_attributes() -> Iterator[tuple[str, str]]:
    """Every ``something.attribute`` with the file it stands in."""
    for file in REVIEWER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                yield ast.unparse(node), str(file.relative_to(REVIEWER))


def test_roles_are_asked_for_in_the_table_alone() -> None:
    assert {file for name, file in list_attributes() if name.endswith(".has_any")} == {"rules/permissions.py"}


def test_roles_are_named_where_the_recipe_says() -> None:
    roles = {f"Role.{role.name}" for role in Role}
    assert {file for name, file in list_attributes() if name in roles} == _NAME_ROLES


def test_no_permission_is_given_to_roles_that_nobody_named() -> None:
    file = ast.parse((REVIEWER / "rules" / "permissions.py").read_text(encoding="utf-8"))
    assigned = [
        node.value for node in file.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
    ]
    gathered = {
        ast.unparse(node)
        for value in assigned
        for node in ast.walk(value)
        if isinstance(node, ast.Call | ast.Starred)
    }
    assert gathered == {"*_REVIEWERS"}, "name the roles one by one: a new one opens nothing by itself"


def test_the_command_line_has_every_role_but_those_that_grade() -> None:
    assert set(Role) - set(OPERATOR.roles) == _NOT_THE_OPERATORS, "place the role in accounts/offline.py"


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

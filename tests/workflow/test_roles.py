"""Every call of the workflow checks the role itself, whatever page or command it comes from."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reviewer.workflow
from claims.errors import RoleRefused
from claims.records.claim import ClaimType
from claims.records.people import Role, User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.amending import (
    dismiss_claim,
    restore_claim,
    restore_unit,
    retype_claim,
    reword_reading,
)
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.merging_splitting import add_claim, merge_claims, split_claim
from tests.conftest import OpenWork
from tests.factories import make_moment, make_user
from tests.workflow.articles import GROWTH, HELLO, STEM, ingest, write

AT = make_moment(5)
Step = Callable[[UnitOfWork, ReviewClaim, User], object]
BY_HAND: dict[str, Step] = {
    "dismiss": lambda work, claim, who: dismiss_claim(work, claim, "理由", who, AT),
    "restore": lambda work, claim, who: restore_claim(work, claim, who, AT),
    "restore a unit": lambda work, claim, who: restore_unit(
        work, work.claims.list_dropped(claim.version_id)[0], who, AT
    ),
    "retype": lambda work, claim, who: retype_claim(work, claim, ClaimType.SAFETY, who, AT),
    "reword": lambda work, claim, who: reword_reading(work, claim, "見本の読み", who, AT),
    "add": lambda work, claim, who: add_claim(work, claim.version_id, 0, 3, who, AT),
    "merge": lambda work, claim, who: merge_claims(work, (claim, claim), who, AT),
    "split": lambda work, claim, who: split_claim(work, claim, ("一", "二"), who, AT),
}
# What asks for the role on behalf of a step.
_ASKING = {
    "require_permission",
    "require_grader",
    "begin_step",
    "undo_last_step",
    "_require_adjudicator",
}


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.ADJUDICATOR, Role.ADMIN])
@pytest.mark.parametrize("step", BY_HAND)
def test_claims_are_worked_on_by_reviewers_and_editors(open_work: OpenWork, step: str, role: Role) -> None:
    claim = ingest(open_work, HELLO, GROWTH, STEM).claims[0]
    with open_work() as work, pytest.raises(RoleRefused, match="role_refused"):
        BY_HAND[step](work, claim, make_user("someone", role))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.ADMIN])
def test_articles_are_brought_in_by_authors_and_editors(open_work: OpenWork, role: Role) -> None:
    with open_work() as work, pytest.raises(RoleRefused):
        ingest_article(work, write(GROWTH), make_user("someone", role), AT)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.ADMIN])
def test_who_judges_nothing_declares_nothing(open_work: OpenWork, role: Role) -> None:
    version = ingest(open_work, GROWTH).version
    with open_work() as work, pytest.raises(RoleRefused):
        declare_interests(work, version.id, "なし", "編集者", make_user("someone", role), AT)


def test_an_account_that_was_closed_does_nothing(open_work: OpenWork) -> None:
    closed = User(1, "closed", "closed", tuple(Role), active=False)
    with open_work() as work, pytest.raises(RoleRefused):
        ingest_article(work, write(GROWTH), closed, AT)


def list_steps() -> Iterator[tuple[str, ast.FunctionDef]]:
    """The public functions of the workflow that somebody acts in and that commit."""
    for file in sorted(Path(reviewer.workflow.__file__).parent.glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                people = {
                    a.arg for a in node.args.args if a.annotation and "User" in ast.unparse(a.annotation)
                }
                calls = {ast.unparse(c.func) for c in ast.walk(node) if isinstance(c, ast.Call)}
                if "actor" in people and "work.commit" in calls:
                    yield f"{file.stem}.{node.name}", node


STEPS = dict(list_steps())


@pytest.mark.parametrize("name", STEPS)
def test_whatever_commits_asks_for_the_role_first(name: str) -> None:
    calls = [ast.unparse(c.func) for c in ast.walk(STEPS[name]) if isinstance(c, ast.Call)]
    assert _ASKING & set(calls)


def test_there_are_many_such_steps() -> None:
    assert len(STEPS) > 20

"""The people of the demo: one for each role, and a second reviewer. They live in the demo's own home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from claims.records.people import Role, User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.assigning import declare_interests

SAMPLE_PASSWORD = "konkyo-demo-password"
_PEOPLE = (
    ("reviewer-a", "Reviewer A (sample)", Role.REVIEWER, "Sample: dermatologist"),
    ("reviewer-b", "Reviewer B (sample)", Role.REVIEWER, "Sample: plastic surgeon"),
    ("adjudicator", "Adjudicator (sample)", Role.ADJUDICATOR, "Sample: professor of dermatology"),
    ("author", "Author (sample)", Role.AUTHOR, ""),
    ("editor", "Editor (sample)", Role.EDITOR, ""),
    ("admin", "Administrator (sample)", Role.ADMIN, ""),
)


def add_sample_people(work: UnitOfWork, at: datetime) -> tuple[User, ...]:
    """The sample people, added where they are not there yet."""
    known = {user.name for user in work.people.list_users()}
    for name, full_name, role, qualification in _PEOPLE:
        if name not in known:
            told = (full_name, qualification)
            add_user(work, OPERATOR, name, SAMPLE_PASSWORD, (role,), at, *told, keeps_password=True)
    return work.people.list_users()


def list_sample_people(users: Iterable[User]) -> tuple[User, ...]:
    """Those of the accounts that are the demo's."""
    return tuple(filter(_is_sample, users))


def declare_sample_interests(work: UnitOfWork, version_id: int, at: datetime) -> None:
    """Let the sample reviewers and adjudicator declare that they are samples, where they have not yet."""
    declared = work.plans.load_declarations(version_id)
    for user in work.people.list_users():
        if user.name not in declared and may(user, Permission.REVIEW) and _is_sample(user):
            declare_interests(work, version_id, "Sample: none", user.qualification, user, at)


def _is_sample(user: User) -> bool:
    return user.name in {name for name, *_ in _PEOPLE}

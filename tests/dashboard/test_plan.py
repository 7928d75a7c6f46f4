"""The plan on the editor's page says who may grade what they brought in."""

from __future__ import annotations

import pytest

from claims.records.people import Role
from claims.records.plan import ReviewPlan
from reviewer.bootstrap import Application
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.ingesting import ingest_article
from tests.dashboard.conftest import OpenRoom
from tests.factories import make_moment, make_user
from tests.workflow.articles import GROWTH, write
from tests.workflow.clinic import EDITOR, PEOPLE

OWN = make_user("own", Role.AUTHOR, Role.REVIEWER)


@pytest.fixture
def version_id(application: Application) -> int:
    """An article that somebody brought in who reviews as well."""
    with application.work() as work:
        for person in (OWN, *PEOPLE):
            work.people.add_user(person.name, person.full_name, person.roles, "")
        return ingest_article(work, write(GROWTH), OWN, make_moment()).version.id


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "may grade it: own"), ("ja", "取り込んだ本人も評価できます：own")]
)
def test_who_may_grade_their_own_is_named(version_id: int, open_room: OpenRoom, lang: str, told: str) -> None:
    page = open_room(EDITOR, lang, room="editor", version=version_id)
    assert [told in warning.value.replace("\\", "") for warning in page.warning] == [True]


def test_where_others_grade_nobody_is_named(
    application: Application, version_id: int, open_room: OpenRoom
) -> None:
    with application.work() as work:
        assign_review(work, version_id, ReviewPlan(("a", "b"), needed=2), EDITOR, make_moment(1))
    assert not open_room(EDITOR, room="editor", version=version_id).warning

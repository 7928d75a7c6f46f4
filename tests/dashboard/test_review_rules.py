"""The rules on review dates on their page: each with its source, and in force once they are changed."""

from __future__ import annotations

import pytest

from claims.records.people import User
from reviewer.bootstrap import Application
from reviewer.workflow.review_rules import keep_review_rules
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.workflow.clinic import ADMIN, EDITOR, A

HEAD = "months\ttype\twords\treason\n"
SAFETY, FAULTY = "3\tsafety\t\t院内規定\n", "six\t\t\t期限\n"


def keep(application: Application, rows: str) -> None:
    with application.work() as work:
        keep_review_rules(work, (HEAD + rows).encode(), "rules.tsv", (), 0, EDITOR, application.now())


@pytest.mark.parametrize("who", [EDITOR, ADMIN], ids=lambda who: who.name)
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("Rules on when evidence is looked at again", "this page", "setting (KONKYO_REVIEW_MONTHS)")),
        ("ja", ("この画面", "設定（KONKYO_REVIEW_MONTHS）", "承認・添付文書は随時改訂される")),
    ],
)
def test_editors_and_administrators_see_every_rule_with_its_source(
    application: Application, open_room: OpenRoom, who: User, lang: str, told: tuple[str, ...]
) -> None:
    keep(application, SAFETY)
    page = read_page(open_room(who, lang, room="wording"))
    for words in (*told, "院内規定", "Konkyo"):
        assert words in page


def test_a_table_is_put_in_force_and_is_what_the_watch_shows_next(
    application: Application, open_room: OpenRoom
) -> None:
    room = open_room(EDITOR, room="wording")

    def put(table: str) -> None:
        field = next(area for area in room.text_area if (area.key or "").startswith("review_rules_text"))
        field.input(table).run()
        room.button("put_review_rules_in_force").click().run()
        assert not room.exception

    put(HEAD + SAFETY + FAULTY)
    assert "line 3" in message(room)
    assert "refused" in read_page(room)
    assert application.review_rules == application.file_review_rules
    put(HEAD + SAFETY)
    assert "Rules kept here: 1" in message(room)
    assert "院内規定" in read_page(open_room(A, room="watch"))

"""The page of the rules on wording: what is in force and why, and what a table would do before it does it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from claims.extraction.house_rules import HouseRule
from claims.records.article import Language
from claims.records.people import User
from reviewer.bootstrap import Application
from reviewer.workflow.wording_rules import keep_wording_rules
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, A

HEAD = "phrase\tlanguage\treason\talternative\n"
DRIP = "きらめき点滴\tja\t院内の理由\t成分名で書く\n"
FAULTY = "glow drip\tjp\tno effect in a name\n水\tja\t\n"


def paste(app: AppTest, table: str) -> AppTest:
    field = next(area for area in app.text_area if (area.key or "").startswith("rules_text"))
    return field.input(table).run()


def put_in_force(app: AppTest) -> AppTest:
    return app.button("put_in_force").click().run()


def keep(application: Application, table: str, seen: int = 0) -> None:
    with application.work() as work:
        keep_wording_rules(work, table.encode(), "rules.tsv", seen, EDITOR, application.now())


@pytest.mark.parametrize("who", [EDITOR, ADMIN], ids=lambda who: who.name)
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("Rules of the clinic: 1", "Promises a result", "absolute wording", "必ず髪が生えます。")),
        ("ja", ("院内ルール：1 件", "治療の結果や安全を保証する表現", "断定的な表現", "必ず髪が生えます。")),
    ],
)
def test_editors_and_administrators_see_every_rule_with_its_reason(
    application: Application, open_room: OpenRoom, who: User, lang: str, told: tuple[str, ...]
) -> None:
    keep(application, HEAD + DRIP)
    page = read_page(open_room(who, lang, room="wording"))
    for words in (*told, "きらめき点滴", "院内の理由", "成分名で書く", "医療法第6条の5"):
        assert words in page


@pytest.mark.parametrize("who", [AUTHOR, A], ids=lambda who: who.name)
def test_nobody_else_comes_in(application: Application, open_room: OpenRoom, who: User) -> None:
    keep(application, HEAD + DRIP)
    room = open_room(who, room="wording")
    assert "きらめき点滴" not in read_page(room)
    assert "room" not in room.query_params, "it leads back to the articles"
    assert "room_wording" not in [button.key for button in room.button]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "Would be taken: 1 (new: 1, no longer there: 0). Refused: 2",
                "line 3: the language is “jp”: write ja or en",
                "line 4: the cell reason is empty: fill it, or delete the line",
            ),
        ),
        (
            "ja",
            (
                "適用できる行：1（追加 1、削除 0）、適用できない行：2",
                "3 行目の言語が「jp」です：ja か en と書いてください",
                "4 行目の reason が空です：記入するか、行を削除してください",
            ),
        ),
    ],
)
def test_every_line_at_fault_is_told_and_the_table_stays_until_it_is_mended(
    application: Application, open_room: OpenRoom, lang: str, told: tuple[str, ...]
) -> None:
    room = paste(open_room(EDITOR, lang, room="wording"), HEAD + DRIP + FAULTY)
    assert all(words in read_page(room) for words in told)
    refused = put_in_force(room)
    assert told[1] in message(refused)
    assert refused.text_area[0].value == HEAD + DRIP + FAULTY
    with application.reading() as work:
        assert work.house_rules.rules == ()
    kept = put_in_force(paste(refused, HEAD + DRIP))
    assert "saved" in message(kept)
    assert kept.text_area[0].value == ""
    with application.reading() as work:
        assert work.house_rules.rules == (
            HouseRule("きらめき点滴", Language.JA, "院内の理由", "成分名で書く"),
        )


def test_what_another_person_changed_meanwhile_is_not_written_over(
    application: Application, open_room: OpenRoom
) -> None:
    keep(application, HEAD + DRIP)
    room = paste(open_room(EDITOR, room="wording"), HEAD + "水\tja\t理由\n")
    keep(application, HEAD + DRIP + "湯\tja\t理由\n", seen=1)
    refused = put_in_force(room)
    assert "Somebody changed the rules meanwhile" in message(refused)
    assert "湯" in read_page(refused)
    assert refused.text_area[0].value == HEAD + "水\tja\t理由\n"
    assert "saved" in message(put_in_force(refused)), "having seen the others, one may go on"
    with application.reading() as work:
        assert [rule.phrase for rule in work.house_rules.rules] == ["水"]


def test_nothing_given_is_told(open_room: OpenRoom) -> None:
    assert "choose a file, or paste the table" in message(put_in_force(open_room(EDITOR, room="wording")))


def test_ten_thousand_rules_are_shown_a_page_at_a_time(application: Application, open_room: OpenRoom) -> None:
    keep(application, HEAD + "".join(f"水{n:05}号\tja\t理由\n" for n in range(10_000)))
    page = read_page(open_room(EDITOR, room="wording"))
    assert "Rules of the clinic: 10000" in page
    assert page.count("号</td>") == 50

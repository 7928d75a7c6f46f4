"""Sentences are approved and withdrawn in the claims library, and inserted in the author's inbox."""

from __future__ import annotations

import pytest

from reviewer.workflow.flagging import raise_flag
from reviewer.workflow.standard_wordings import approve_wording, list_wordings
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.factories import make_claim
from tests.workflow.articles import GROWTH
from tests.workflow.clinic import AUTHOR, EDITOR, A, Clinic
from tests.workflow.repeating import add_article, settle


@pytest.fixture
def article(clinic: Clinic) -> Clinic:
    """An article whose one claim was settled as supported."""
    article = add_article(clinic, make_claim(GROWTH), title="標準の記事")
    settle(article)
    return article


def test_an_editor_approves_and_withdraws_a_sentence(article: Clinic, open_room: OpenRoom) -> None:
    room = open_room(EDITOR, room="library")
    room.selectbox("wording_claim").set_value(article.claim_ids[0]).run()
    room.button("approve_wording").click().run()
    assert "Standard wording 1 is approved" in message(room)
    assert "approved by editor" in read_page(room)
    room.button("withdraw_1").click().run()
    room.text_area("wording_reason_1").set_value("新しい知見")
    room.button("confirm_withdraw").click().run()
    with article.open_work() as work:
        (wording,) = list_wordings(work, EDITOR)
    assert (wording.stands, wording.reason) == (False, "新しい知見")


def test_a_reviewer_reads_them_and_decides_on_none(article: Clinic, open_room: OpenRoom) -> None:
    with article.open_work() as work:
        approve_wording(work, article.claim_ids[0], EDITOR, article.now())
    room = open_room(A, room="library")
    assert "approved by editor" in read_page(room)
    assert not any((button.key or "").startswith(("withdraw", "approve")) for button in room.button)
    assert "Standard wording 1" in read_page(open_room(A, claim=article.claim_ids[0]))


def test_the_author_inserts_one_where_a_sentence_is_rewritten(article: Clinic, open_room: OpenRoom) -> None:
    with article.open_work() as work:
        approve_wording(work, article.claim_ids[0], EDITOR, article.now())
    said = make_claim("ミノキシジルは毛包の成長期を必ず延長します。")
    other = add_article(article, said, title="直す記事")
    settle(other)
    with article.open_work() as work:
        raise_flag(work, other.claim_ids[0], "言い過ぎ", EDITOR, other.now())
    room = open_room(AUTHOR, room="author", version=other.version_id)
    room.button(f"insert_{other.claim_ids[0]}_1").click().run()
    fields = {field.key: field.value for field in room.text_area}
    assert GROWTH in {value for key, value in fields.items() if (key or "").startswith("rewrite_")}

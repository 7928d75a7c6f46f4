"""Where the house allows it, a grade of the same words is taken over on the grading page by one button."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.assessment import SupportGrade
from reviewer.bootstrap import Application, open_shared_application
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.factories import make_claim
from tests.workflow.clinic import A, C, Clinic
from tests.workflow.repeating import FIRST, add_article, settle, take


@pytest.fixture
def second(clinic: Clinic) -> Clinic:
    """The second article with a sentence that was settled in a first."""
    settle(clinic, SupportGrade.PARTIALLY_SUPPORTED)
    return add_article(clinic, make_claim(FIRST))


@pytest.fixture
def allowed(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house lets grades be taken over."""
    monkeypatch.setenv("KONKYO_TAKE_OVER", "1")
    open_shared_application.cache_clear()


def has_offer(room: AppTest) -> bool:
    return any(button.key == "take_over" for button in room.button)


def test_a_house_that_said_nothing_offers_nothing(second: Clinic, open_room: OpenRoom) -> None:
    assert not has_offer(open_room(A, claim=second.claim_ids[0]))


@pytest.mark.usefixtures("allowed")
def test_the_offer_tells_where_it_was_graded_and_not_how(second: Clinic, open_room: OpenRoom) -> None:
    room = open_room(A, claim=second.claim_ids[0])
    assert "the same words in “見本の記事” (5 Jan 2026" in room.button("take_over").label
    assert "小規模" not in read_page(room)
    assert not any("✓" in button.label for button in room.button)


@pytest.mark.usefixtures("allowed")
def test_taken_over_it_is_told_with_its_comment_and_taken_back_in_one_step(
    second: Clinic, open_room: OpenRoom
) -> None:
    room = open_room(A, claim=second.claim_ids[0])
    room.button("take_over").click().run()
    assert "Taken over: Partially supported" in message(room)
    comment = f"comment_{second.claim_ids[0]}"
    assert room.text_area(comment).value == "小規模"
    assert "Taken over from claim 1 of “見本の記事”" in read_page(room)
    assert not has_offer(room)
    room.button("undo").click().run()
    assert second.see(A).is_silent
    assert (has_offer(room), room.text_area(comment).value) == (True, "")


@pytest.mark.usefixtures("allowed")
def test_what_was_typed_before_stays_through_taking_over_and_taking_back(
    second: Clinic, open_room: OpenRoom
) -> None:
    room = open_room(A, claim=second.claim_ids[0])
    comment = f"comment_{second.claim_ids[0]}"
    room.text_area(comment).set_value("自分のことば").run()
    room.button("take_over").click().run()
    given = second.see(A).find_grade("a")
    assert given is not None
    assert given.comment == "自分のことば"


@pytest.mark.usefixtures("allowed")
def test_where_the_claim_is_settled_nothing_is_offered(second: Clinic, open_room: OpenRoom) -> None:
    take(second, C)
    assert not has_offer(open_room(A, claim=second.claim_ids[0]))


def test_the_same_sentence_is_graded_once_and_taken_back_once(clinic: Clinic, open_room: OpenRoom) -> None:
    claims = (make_claim(FIRST, start=20 * at) for at in range(3))
    article = add_article(clinic, *claims, title="繰り返す記事")
    settle(article, SupportGrade.PARTIALLY_SUPPORTED, A)
    room = open_room(A, claim=article.claim_ids[0])
    room.button("give_repeats").click().run()
    assert "in claim 2, 3 too" in message(room)
    assert [article.see(A, claim).verdict is not None for claim in range(3)] == [True] * 3
    room.button("undo").click().run()
    assert "Taken back from other claims: 2" in message(room)
    assert [article.see(A, claim).verdict is not None for claim in range(3)] == [True, False, False]


def test_the_queue_names_repeats(clinic: Clinic, open_room: OpenRoom) -> None:
    claims = (make_claim(FIRST, start=20 * at) for at in range(2))
    article = add_article(clinic, *claims, title="繰り返す記事")
    room = open_room(A, version=article.version_id)
    assert "the same sentence, places: 2 (1, 2)" in room.button(f"claim_{article.claim_ids[1]}").label

"""The author's inbox: the note, the count, one card at a time, and the next version from the answers."""

from __future__ import annotations

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from claims.extraction.wording import list_grounds
from claims.records.assessment import SupportGrade
from claims.records.decision import VersionState
from claims.records.flag import AnswerKind, FlagReason
from claims.records.people import User
from reviewer.bootstrap import Application
from reviewer.workflow.drafting import keep_draft, load_field_drafts
from reviewer.workflow.flagging import answer_flag, load_flags, raise_flag, resolve_flag
from reviewer.workflow.loading import load_version
from reviewer.workflow.publishing import decide_version
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message, read_page
from tests.workflow.articles import GROWTH, SATO, SLEEP, find, ingest, work_on
from tests.workflow.clinic import AUTHOR, EDITOR

RICE = "玄米は便通を整えます。"
SOFT = "ミノキシジルは毛包の成長期を延長する可能性があります。"
LINES = ("# 毛の話", GROWTH, f"- {SLEEP}", RICE)


@pytest.fixture
def version(application: Application) -> int:
    """Three claims, all graded; a reviewer flagged GROWTH and SLEEP."""
    ingested = ingest(application.work, *LINES, title="毛の話")
    for text in (GROWTH, SLEEP, RICE):
        work_on(application.work, find(ingested, text), SupportGrade.SUPPORTED)
    for text in (GROWTH, SLEEP):
        with application.work() as work:
            raise_flag(work, find(ingested, text).id, f"強すぎます：{text}", SATO, application.now())
    return ingested.version.id


def claim_of(application: Application, version: int, text: str) -> int:
    with application.reading() as work:
        _, dossiers = load_version(work, version, None)
    return next(d.claim.id for d in dossiers if d.claim.claim.text == text)


def answer(application: Application, version: int, text: str, kind: AnswerKind, words: str = "") -> str:
    """Answer the flag that the reviewer raised on the claim; its key."""
    with application.work() as work:
        _, dossiers = load_version(work, version, AUTHOR)
        claim = next(d.claim for d in dossiers if d.claim.claim.text == text)
        flags = load_flags(work, dossiers, AUTHOR)[claim.id]
        key = next(flag.key for flag in flags if flag.reason is FlagReason.RAISED_BY_PERSON)
        answer_flag(work, claim.id, key, kind, words, AUTHOR, application.now())
    return key


def open_inbox(open_room: OpenRoom, version: int, who: User = AUTHOR, **place: int | str) -> AppTest:
    return open_room(who, room="author", version=version, **place)


def read(room: AppTest) -> str:
    return unescape(read_page(room))


def read_text(application: Application, version: int) -> str:
    with application.reading() as work:
        return work.articles.get_version(version).article.text


def test_the_editors_note_stands_on_top_as_long_as_the_version_is_returned(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    assert "Returned by" not in read(open_inbox(open_room, version))
    with application.work() as work:
        stored = work.articles.get_version(version)
        decide_version(
            work,
            version,
            stored.version_hash,
            VersionState.CHANGES_REQUESTED,
            "出典を先に。",
            EDITOR,
            application.now(),
        )
    page = read(open_inbox(open_room, version))
    assert page.index("Returned by") < page.index("出典を先に。") < page.index("konkyo article")


def test_an_answered_flag_counts_and_its_card_says_so(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    room = open_inbox(open_room, version, lang="ja")
    assert "指摘 2 件中 0 件に回答済み" in read(room)
    growth = claim_of(application, version, GROWTH)
    room.text_area(f"rewrite_{growth}").set_value(SOFT)
    room.button(f"answer_{growth}").click().run()
    assert "回答を保存しました" in message(room)
    assert "指摘 2 件中 1 件に回答済み" in read(room)
    assert 'class="state">回答済み<' in read(room)


def test_author_and_reviewer_write_in_the_thread_and_who_is_named_is_led_there(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    growth = claim_of(application, version, GROWTH)
    room = open_inbox(open_room, version, card=growth)
    room.text_area(f"reply_{growth}").set_value("どの出典がよいですか @佐藤")
    room.button(f"send_{growth}").click().run()
    assert "Sent." in message(room)
    page = read(room)
    thread = page[page.index("konkyo thread") :]
    assert thread.index("強すぎます") < thread.index("どの出典がよいですか @佐藤")
    assert "Flags answered: 0 of 2" in page
    asked = open_room(SATO)
    assert "You are named: 1" in read(asked)
    asked.button("to_thread_0").click().run()
    assert "どの出典がよいですか @佐藤" in read(asked)
    assert asked.button("to_thread").label == "Thread (2)"


def test_what_the_author_was_writing_stands_there_again_with_the_answer_it_was_for(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    growth = claim_of(application, version, GROWTH)
    for kind, words in ((AnswerKind.REWRITE, SOFT), (AnswerKind.CITE, "PMID 1234")):
        with application.work() as work:
            keep_draft(work, growth, words, 0, kind, AUTHOR, application.now())
    room = open_inbox(open_room, version)
    assert room.text_area(f"cite_{growth}").value == "PMID 1234"
    room.radio(f"kind_{growth}").set_value(AnswerKind.REWRITE).run()
    assert room.text_area(f"rewrite_{growth}").value == SOFT
    room.button(f"answer_{growth}").click().run()
    with application.reading() as work:
        drafts = load_field_drafts(work, growth, AUTHOR)
    assert [drafts[kind].text for kind in (AnswerKind.REWRITE, AnswerKind.CITE)] == [None, "PMID 1234"]


def test_one_card_at_a_time_from_the_first_that_waits(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    answer(application, version, GROWTH, AnswerKind.DISPUTE, "総説があります。")
    room = open_inbox(open_room, version)
    growth, sleep = (claim_of(application, version, text) for text in (GROWTH, SLEEP))
    assert f"強すぎます：{SLEEP}" in read(room)
    assert "総説があります。" not in read(room)
    assert room.button("card_forth").disabled
    room.button("card_back").click().run()
    assert "総説があります。" in read(room)
    assert room.query_params["card"] in (str(growth), [str(growth)])
    room.button("card_waiting").click().run()
    assert f"強すぎます：{SLEEP}" in read(room)
    assert room.button("card_waiting").disabled
    assert f"answer_{sleep}" in [button.key for button in room.button]


def test_the_card_tells_the_grade_that_stands_with_the_words_it_rests_on(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    page = read(open_inbox(open_room, version))
    assert "What the evidence says" in page
    assert "PMID: " in page.partition("What the evidence says")[2]


def test_an_open_claims_evidence_is_not_shown(application: Application, open_room: OpenRoom) -> None:
    ingested = ingest(application.work, "# 薬の話", "この薬は必ず毛を増やします。")
    page = read(open_inbox(open_room, ingested.version.id))
    assert "No grade stands yet." in page
    assert "What the evidence says" not in page


def test_a_flag_on_the_wording_tells_its_rule_and_its_grounds(
    application: Application, open_room: OpenRoom
) -> None:
    ingested = ingest(application.work, "# 薬の話", "この薬は必ず毛を増やします。")
    (claim,) = ingested.claims
    (risk,) = claim.claim.wording_risks
    page = read(open_inbox(open_room, ingested.version.id))
    for basis in list_grounds(risk, "en"):
        assert basis.reason in page


def test_the_answers_become_the_next_version_after_a_preview(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    answer(application, version, GROWTH, AnswerKind.REWRITE, SOFT)
    answer(application, version, SLEEP, AnswerKind.DELETE)
    room = open_inbox(open_room, version)
    room.button("next_version").click().run()
    page = read(room)
    assert "<ins>可能性があり" in page or "<ins>する可能性があり" in page
    assert f"<del>{SLEEP}</del>" in page
    room.button("build_next").click().run()
    assert "reworded 1" in message(room)
    newest = int(str(room.query_params["version"]).strip("[]'"))
    before = read_text(application, version)
    assert read_text(application, newest) == before.replace(GROWTH, SOFT).replace(f"- {SLEEP}\n", "")
    with application.reading() as work:
        made = work.articles.get_version(newest)
        _, dossiers = load_version(work, newest, None)
    assert (made.number, made.article.title) == (2, "毛の話")
    assert claim_of(application, newest, RICE) == claim_of(application, version, RICE)
    assert all(d.verdict for d in dossiers if d.claim.claim.text == RICE)


def test_a_change_that_is_not_ticked_stays_out(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    answer(application, version, GROWTH, AnswerKind.REWRITE, SOFT)
    answer(application, version, SLEEP, AnswerKind.REWRITE, "次の版で直します。")
    room = open_inbox(open_room, version)
    room.button("next_version").click().run()
    ticks = {box.key: box.value for box in room.checkbox}
    growth, sleep = (claim_of(application, version, text) for text in (GROWTH, SLEEP))
    assert ticks == {f"take_{growth}": True, f"take_{sleep}": False}
    room.button("build_next").click().run()
    newest = int(str(room.query_params["version"]).strip("[]'"))
    assert read_text(application, newest) == read_text(application, version).replace(GROWTH, SOFT)


def test_nothing_is_built_on_a_version_that_has_a_newer_one(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    answer(application, version, GROWTH, AnswerKind.REWRITE, SOFT)
    room = open_inbox(open_room, version)
    room.button("next_version").click().run()
    newer = ingest(application.work, *LINES, "亜鉛は味覚障害を改善します。", revises=version)
    room.button("build_next").click().run()
    assert "this older one can only be read" in message(room)
    with application.reading() as work:
        assert work.articles.find_newer(newer.version.id) is None


def test_an_answer_that_was_refused_waits_again_and_changes_nothing(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    key = answer(application, version, GROWTH, AnswerKind.REWRITE, SOFT)
    with application.work() as work:
        growth = claim_of(application, version, GROWTH)
        resolve_flag(work, growth, key, False, "まだ強いです。", SATO, application.now())
    room = open_inbox(open_room, version)
    assert "Flags answered: 0 of 2" in read(room)
    assert room.button("next_version").disabled
    assert read(room).index(SOFT) < read(room).index("まだ強いです。")


def test_a_reviewer_settles_on_the_card_and_makes_no_version(
    application: Application, version: int, open_room: OpenRoom
) -> None:
    answer(application, version, GROWTH, AnswerKind.REWRITE, SOFT)
    room = open_inbox(open_room, version, SATO)
    keys = [str(button.key) for button in room.button]
    assert not {"next_version", "build_next"} & set(keys)
    settle = next(key for key in keys if key.startswith("settle_"))
    room.button(settle).click().run()
    assert "The flag is settled." in message(room)

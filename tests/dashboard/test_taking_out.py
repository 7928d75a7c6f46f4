"""The article, its references and the packet are taken out where people look for them."""

from __future__ import annotations

import io

import docx
import pytest
from streamlit.testing.v1 import AppTest

from claims.articles.reading import parse_document
from claims.records.assessment import SupportGrade
from claims.records.people import User
from reviewer.bootstrap import Application
from reviewer.workflow.flagging import raise_flag
from reviewer.workflow.ingesting import ingest_article
from tests.dashboard.conftest import OpenRoom
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, A, Clinic

FORMATS = ["HTML", "Markdown", "Word"]


def read_page(room: AppTest) -> str:
    assert not room.exception
    return "\n".join(element.proto.body for element in room.get("html"))


def labels(room: AppTest) -> list[str]:
    assert not room.exception
    return [button.proto.label for button in room.get("download_button")]


@pytest.mark.parametrize(("who", "has_packet"), [(ADMIN, True), (AUTHOR, False)])
def test_the_packet_is_one_click_away_for_those_who_may_read_the_trail(
    clinic: Clinic, open_room: OpenRoom, who: User, has_packet: bool
) -> None:
    room = open_room(who, version=clinic.version_id, room="editor")
    assert ("Evidence packet (ZIP)" in labels(room)) is has_packet


@pytest.mark.parametrize("place", ["articles", "editor"])
def test_article_and_references_are_in_a_menu_that_is_filled_once_it_is_opened(
    clinic: Clinic, open_room: OpenRoom, place: str
) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    where = {"version": clinic.version_id, "room": place} if place == "editor" else {"room": place}
    room = open_room(EDITOR, **where)
    assert not [label for label in labels(room) if label.startswith("Article")]
    key = f"article_menu_{clinic.version_id}"
    room.session_state[key] = True
    room.run()
    told = labels(room)
    assert [label for label in told if label.startswith("Article")] == [
        f"Article ({name})" for name in FORMATS
    ]
    assert [label for label in told if label.startswith("References")] == [
        f"References ({name})" for name in ("RIS", "BibTeX", "NBIB", "CSL-JSON")
    ]


def test_the_author_takes_the_article_out_with_what_was_said_of_it(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    with clinic.open_work() as work:
        raise_flag(work, clinic.claim_ids[0], "どこから", A, clinic.now())
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    room = open_room(AUTHOR, version=clinic.version_id, room="author")
    assert "With comments (Word)" in labels(room)
    assert "どこから" in read_page(room)


def test_comments_that_came_in_a_word_file_stand_beside_the_claim_and_on_the_authors_page(
    application: Application, clinic: Clinic, open_room: OpenRoom
) -> None:
    word = docx.Document()
    word.add_paragraph("見本の前書き。")
    paragraph = word.add_paragraph("ミノキシジルは毛包の成長期を延長します。")
    word.add_comment(paragraph.runs[0], "これは<b>本当</b>ですか", "見本の著者", "著")
    word.add_comment(word.paragraphs[0].runs[0], "前書きの注", "見本の著者", "著")
    buffer = io.BytesIO()
    word.save(buffer)
    document = parse_document(buffer.getvalue(), "a.docx")
    with application.work() as work:
        ingested = ingest_article(work, document.article, EDITOR, clinic.now(), document.original)
    (claim, *_) = ingested.claims
    shown = read_page(open_room(A, claim=claim.id))
    assert "Comments in the Word file" in shown
    assert "見本の著者" in shown
    assert "これは&lt;b&gt;本当&lt;/b&gt;ですか" in shown
    assert "前書きの注" not in shown
    page = read_page(open_room(AUTHOR, version=ingested.version.id, room="author"))
    assert "これは&lt;b&gt;本当&lt;/b&gt;ですか" in page
    assert "前書きの注" in page

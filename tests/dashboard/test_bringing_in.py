"""What the page says of a file that was brought in."""

from __future__ import annotations

import pytest

from tests.articles.test_docx_markup import comment, deleted, inserted, paragraph
from tests.articles.test_docx_notes import annotated_file, run
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message
from tests.workflow.clinic import AUTHOR

ZINC = run("亜鉛は味覚障害を改善します。")
DRAFT = annotated_file(
    paragraph(ZINC, inserted("成人で"), deleted("必ず")),
    {"comments": "".join(comment("出典は？", number=at) for at in range(3))},
)
FINAL = annotated_file(paragraph(ZINC), {})


def bring_in(open_room: OpenRoom, lang: str, content: bytes) -> str:
    room = open_room(AUTHOR, lang)
    room.file_uploader("upload_file").set_value(("a.docx", content, ""))
    return message(room.button("bring_in").click().run())


@pytest.mark.parametrize(
    ("lang", "stored", "told"),
    [
        ("en", "Stored. Claims: 1", "This is a draft: 3 comments and 2 open changes."),
        ("ja", "主張は 1 件です", "コメント3件、未確定の変更2件：下書きです。"),
    ],
)
def test_a_draft_is_stored_and_called_one(open_room: OpenRoom, lang: str, stored: str, told: str) -> None:
    said = bring_in(open_room, lang, DRAFT)
    assert stored in said
    assert told in said
    assert told in bring_in(open_room, lang, DRAFT), "the same file again is still a draft"


def test_nothing_is_said_of_a_file_that_is_final(open_room: OpenRoom) -> None:
    said = bring_in(open_room, "en", FINAL)
    assert "Stored" in said
    assert "draft" not in said

"""What is suggested goes out as tracked changes, and what the author says of it in Word comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from claims.articles.docx.comments import CommentedFile, WordComment, read_comments
from claims.articles.docx.proposals import HOUSE
from claims.articles.formats import Format
from claims.articles.letters import Letters
from claims.articles.reading import parse_document
from claims.records.article import Original
from claims.records.assessment import SupportGrade
from claims.records.flag import AnswerKind, Flag, FlagReason
from reviewer.exports.article.exporting import export_article
from reviewer.exports.table import ExportRequest
from reviewer.workflow.flagging import load_flags, raise_flag, resolve_flag
from reviewer.workflow.ingesting import Ingested, ingest_article
from reviewer.workflow.loading import load_version
from reviewer.workflow.margin import MarginComment
from reviewer.workflow.word_answers import read_asked
from reviewer.workflow.word_comments import load_word_comments
from tests.conftest import OpenWork
from tests.exports.published import REFUTING, TOKYO, House, Opinion, bring_in
from tests.exports.test_article_in_original import save
from tests.exports.test_libreoffice import convert, needs_office
from tests.exports.test_manuscript import answer, list_commented, open_word, take_out
from tests.workflow.clinic import EDITOR, A

SENTENCES = ("ミノキシジルは毛包の成長期を延長します。", "フィナステリドは脱毛症を改善します。")
INSTEAD = "フィナステリドは脱毛症を改善する場合があります。"
REPLY = "直しました。𠮷﨑😀"
CONTRADICTED = Opinion(SupportGrade.CONTRADICTED, {1: REFUTING})
FLAGGED = "主張 2：レビュアーによる指摘"


def make_file() -> WordFile:
    """Both sentences in one paragraph, the second in two runs, one of them bold."""
    word = docx.Document()
    word.add_heading("見本の薬", 1)
    paragraph = word.add_paragraph(SENTENCES[0])
    paragraph.add_run(SENTENCES[1][:6]).bold = True
    paragraph.add_run(SENTENCES[1][6:])
    return word


def open_house(
    open_work: OpenWork,
    word: WordFile,
    suggestion: str = INSTEAD,
    span: tuple[int, int] | None = None,
    opinion: Opinion = CONTRADICTED,
) -> House:
    """The file as an article whose second claim is contradicted and flagged by a person, too."""
    house = bring_in(open_work, save(word), "a.docx", [Opinion(), opinion])
    with open_work() as work:
        raise_flag(work, house.clinic.claim_ids[1], "言い切りです", A, house.clinic.now(), suggestion, span)
    return house


def list_changes(word: WordFile) -> list[tuple[str, str, str]]:
    """Kind, author and words of each tracked change."""
    changes = word.element.body.iter(qn("w:ins"), qn("w:del"))
    return [(one.tag.rpartition("}")[2], one.get(qn("w:author")), read_change(one)) for one in changes]


def read_change(change: Any) -> str:
    return "".join(words.text or "" for words in change.iter(qn("w:t"), qn("w:delText")))


def accept(word: WordFile) -> None:
    """As a person does in Word."""
    for gone in list(word.element.body.iter(qn("w:del"))):
        gone.getparent().remove(gone)
    for added in list(word.element.body.iter(qn("w:ins"))):
        for child in list(added):
            added.addprevious(child)
        added.getparent().remove(added)


def bring_back(house: House, content: bytes) -> Ingested:
    document = parse_document(content, "returned.docx")
    with house.open_work() as work:
        article, original = document.article, document.original
        return ingest_article(work, article, EDITOR, house.clinic.now(), original, house.version_id)


def find_flag(house: House, version_id: int) -> Flag:
    """The flag that a person raised, as it stands in this version."""
    with house.open_work() as work:
        dossiers = load_version(work, version_id, None)[1]
        flags = load_flags(work, dossiers, None)
    return next(f for told in flags.values() for f in told if f.reason is FlagReason.RAISED_BY_PERSON)


def test_a_suggestion_is_a_tracked_change_of_whom_it_is_of(open_work: OpenWork) -> None:
    word = open_word(take_out(open_house(open_work, make_file())).content)
    assert list_changes(word) == [
        ("del", "a (Konkyo)", SENTENCES[1][:6]),
        ("del", "a (Konkyo)", SENTENCES[1][6:]),
        ("ins", "a (Konkyo)", INSTEAD),
    ]
    changes = list(word.element.body.iter(qn("w:ins"), qn("w:del")))
    moments = {datetime.fromisoformat(one.get(qn("w:date"))) for one in changes}
    assert moments == {find_moment(word)}
    assert len({one.get(qn("w:id")) for one in changes}) == len(changes)
    (insertion,) = word.element.body.iter(qn("w:ins"))
    assert insertion.find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:b')}") is not None
    assert [words for _, head, words in list_commented(word) if head == FLAGGED] == [SENTENCES[1]]


def find_moment(word: WordFile) -> datetime:
    (moment,) = [one.timestamp for one in word.comments if one.text.startswith(FLAGGED)]
    assert moment is not None
    return moment.astimezone(UTC)


def test_a_part_of_a_sentence_is_replaced_alone(open_work: OpenWork) -> None:
    start = SENTENCES[1].index("改善します")
    house = open_house(open_work, make_file(), "改善する場合があります", (start, start + 5))
    word = open_word(take_out(house).content)
    assert [(kind, words) for kind, _, words in list_changes(word)] == [
        ("del", "改善します"),
        ("ins", "改善する場合があります"),
    ]
    accept(word)
    assert word.paragraphs[-1].text == SENTENCES[0] + INSTEAD


def put_note(run: Any) -> None:
    run._r.append(OxmlElement("w:footnoteReference"))


def put_change(run: Any) -> None:
    changed = OxmlElement("w:ins")
    changed.set(qn("w:author"), "見本の著者")
    run._r.addprevious(changed)
    changed.append(run._r)


@pytest.mark.parametrize("put", [put_note, put_change])
def test_where_words_cannot_be_cut_the_comment_says_what_is_suggested(open_work: OpenWork, put: Any) -> None:
    word = make_file()
    put(word.paragraphs[-1].runs[1])
    out = open_word(take_out(open_house(open_work, word)).content)
    assert [one for one in list_changes(out) if HOUSE in one[1]] == []
    (told,) = [one.text for one in out.comments if one.text.startswith(FLAGGED)]
    assert f"書き換え案（本文には反映していません）：{INSTEAD}" in told


def test_of_two_suggestions_for_the_same_words_one_stands_in_the_text(open_work: OpenWork) -> None:
    house = open_house(open_work, make_file())
    with open_work() as work:
        raise_flag(work, house.clinic.claim_ids[1], "別の指摘", A, house.clinic.now(), "別の案です。")
    word = open_word(take_out(house).content)
    assert [words for kind, _, words in list_changes(word) if kind == "ins"] == [INSTEAD]
    assert any("反映していません）：別の案です。" in one.text for one in word.comments)


def test_what_nobody_decided_on_is_not_in_the_text_that_comes_back(open_work: OpenWork) -> None:
    house = open_house(open_work, make_file())
    ingested = bring_back(house, take_out(house).content)
    assert (ingested.known, ingested.version.id) == (True, house.version_id)


def test_a_reply_answers_the_flag_once_and_settles_nothing(open_work: OpenWork) -> None:
    house = open_house(open_work, make_file())
    content = answer(take_out(house).content, {FLAGGED: REPLY, "主張 1：支持される": "どうも。"})
    for _ in range(2):
        bring_back(house, content)
    flag = find_flag(house, house.version_id)
    assert [(a.kind, a.words, a.answered_by) for a in flag.answers] == [
        (AnswerKind.EXPLAIN, f"{REPLY} (見本の著者, Word)", EDITOR.name)
    ]
    assert flag.is_open
    with house.open_work() as work:
        resolve_flag(work, flag.claim_id, flag.key, True, "", A, house.clinic.now())
        entries = work.audit.list_entries(f"claim:{flag.claim_id}")
    assert [entry.action.value for entry in entries].count("claim:flag:answered") == 1


def test_a_reply_to_what_was_settled_meanwhile_is_no_answer(open_work: OpenWork) -> None:
    house = open_house(open_work, make_file())
    content = answer(take_out(house).content, {FLAGGED: REPLY})
    flag = find_flag(house, house.version_id)
    with house.open_work() as work:
        resolve_flag(work, flag.claim_id, flag.key, True, "済み", A, house.clinic.now())
    bring_back(house, content)
    assert find_flag(house, house.version_id).answers == ()


def test_a_sentence_that_was_written_otherwise_answers_its_flag(open_work: OpenWork) -> None:
    house = open_house(open_work, make_file())
    word = open_word(answer(take_out(house).content, {FLAGGED: REPLY}))
    accept(word)
    ingested = bring_back(house, save(word))
    assert [claim.claim.text for claim in ingested.claims] == [SENTENCES[0], INSTEAD]
    flag = find_flag(house, house.version_id)
    assert [(a.kind, a.words) for a in flag.answers] == [
        (AnswerKind.EXPLAIN, f"{REPLY} (見本の著者, Word)"),
        (AnswerKind.REWRITE, INSTEAD),
    ]


def test_a_reply_in_a_new_version_answers_the_claim_that_is_untouched(open_work: OpenWork) -> None:
    house = open_house(open_work, make_file())
    word = open_word(answer(take_out(house).content, {FLAGGED: REPLY}))
    word.add_paragraph("ビオチンは髪の成長を促進します。")
    ingested = bring_back(house, save(word))
    assert not ingested.known
    assert [a.words for a in find_flag(house, ingested.version.id).answers] == [f"{REPLY} (見本の著者, Word)"]
    again = open_word(take_out(House(replace(house.clinic, version_id=ingested.version.id))).content)
    assert len(list_changes(again)) == 3


def test_no_reader_of_the_article_gets_what_was_suggested(open_work: OpenWork) -> None:
    house = open_house(open_work, make_file())
    word = open_word(take_out(house).content)
    word.add_paragraph("ビオチンは髪の成長を促進します。")
    ingested = bring_back(house, save(word))
    with house.open_work() as work:
        request = ExportRequest(ingested.version.id, EDITOR, TOKYO)
        file, _ = export_article(work, "docx", request, house.clinic.now(), 12)
    told = open_word(file.content)
    assert list_changes(told) == []
    words = "".join(paragraph.text for paragraph in told.paragraphs)
    assert SENTENCES[1] in words
    assert INSTEAD not in words


@needs_office
def test_libreoffice_keeps_what_is_suggested_and_what_was_answered(
    open_work: OpenWork, tmp_path: Path
) -> None:
    house = open_house(open_work, make_file(), opinion=Opinion())
    out = answer(take_out(house).content, {FLAGGED: REPLY})
    (tmp_path / "a.docx").write_bytes(out)
    convert(tmp_path, "docx", "a.docx")
    saved = (tmp_path / "out" / "a.docx").read_bytes()
    kept = [(kind, author, words) for kind, author, words in list_changes(open_word(saved)) if words]
    assert {author for _, author, _ in kept} == {"a (Konkyo)"}
    assert "".join(words for kind, _, words in kept if kind == "del") == SENTENCES[1]
    assert "".join(words for kind, _, words in kept if kind == "ins") == INSTEAD
    ingested = bring_back(house, saved)
    assert [claim.claim.text for claim in ingested.claims] == list(SENTENCES)
    assert [a.words for a in find_flag(house, ingested.version.id).answers] == [f"{REPLY} (見本の著者, Word)"]


@needs_office
def test_without_threads_an_answer_on_words_of_two_flags_stands_beside_the_claim(
    open_work: OpenWork, tmp_path: Path
) -> None:
    house = open_house(open_work, make_file())
    word = open_word(answer(take_out(house).content, {FLAGGED: REPLY}))
    word.add_paragraph("ビオチンは髪の成長を促進します。")
    (tmp_path / "a.docx").write_bytes(save(word))
    convert(tmp_path, "docx", "a.docx")
    ingested = bring_back(house, (tmp_path / "out" / "a.docx").read_bytes())
    assert find_flag(house, ingested.version.id).answers == ()
    with house.open_work() as work:
        claims = work.claims.list_claims(ingested.version.id)
        said = load_word_comments(work, ingested.version.id, claims)
    assert REPLY in [thread.comment.text for thread in said.by_claim[claims[1].id]]


def test_each_comment_of_a_file_is_looked_at_once_however_many_it_has(
    open_work: OpenWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may hold a hundred thousand, and is read while nobody else can write."""
    house = open_house(open_work, make_file())
    (thread,) = [
        one for one in read_comments(take_out(house).content).threads if one.comment.text.startswith(FLAGGED)
    ]
    replies = tuple(WordComment("見本の著者", f"{REPLY}{number}") for number in range(60))
    threads = (replace(thread, answers=replies), *[thread] * 3_000)
    told: list[str] = []

    def tell(comment: MarginComment, locale: str, in_text: bool = False) -> str:
        told.append(locale)
        return written(comment, locale, in_text)

    written = MarginComment.tell
    monkeypatch.setattr(MarginComment, "tell", tell)
    monkeypatch.setattr(
        "reviewer.workflow.word_answers.read_comments",
        lambda _: CommentedFile(threads, Letters(()), keeps_threads=True),
    )
    with house.open_work() as work:
        version = work.articles.get_version(house.clinic.version_id)
        asked = read_asked(work, version, Original("a.docx", Format.DOCX, b""))
    assert [len(one.replies) for one in asked] == [50, *[0] * 3_000]
    assert len(told) < 20

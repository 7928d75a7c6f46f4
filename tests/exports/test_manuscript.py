"""The article goes to its author in Word, and comes back: comments out, answers in, the text untouched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordFile
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.articles.docx.comments import _find_roots, read_comments
from claims.articles.docx.proposals import HOUSE
from claims.articles.reading import parse_document
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.review import ReviewClaim
from reviewer.exports.article.exporting import export_article
from reviewer.exports.manuscript.exporting import Manuscript, export_manuscript
from reviewer.exports.manuscript.writing import write_manuscript
from reviewer.exports.table import ExportRequest
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.flagging import raise_flag
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.margin import MarginComment
from reviewer.workflow.word_comments import WordComments, load_word_comments
from tests.conftest import OpenWork
from tests.examples import at_most
from tests.exports.published import REFUTING, SUPPORTING, TOKYO, House, Opinion, bring_in
from tests.exports.test_article import MARKDOWN, make_cited
from tests.exports.test_article_in_original import make_word_file, save
from tests.factories import make_claim, make_moment
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A

P = SupportGrade
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


def take_out(house: House) -> Manuscript:
    with house.open_work() as work:
        return export_manuscript(work, ExportRequest(house.version_id, EDITOR, TOKYO), house.clinic.now())


def open_word(content: bytes) -> WordFile:
    return docx.Document(io.BytesIO(content))


def list_commented(word: WordFile) -> Iterator[tuple[str, str, str]]:
    """Author, first line and the words in the text of each comment."""
    body = word.element.body
    for comment in word.comments:
        number, inside, told = str(comment.comment_id), False, ""
        for element in body.iter("*"):
            if element.get(qn("w:id")) == number and element.tag == qn("w:commentRangeStart"):
                inside = True
            elif element.get(qn("w:id")) == number and element.tag == qn("w:commentRangeEnd"):
                inside = False
            elif inside and element.tag in (qn("w:t"), qn("w:delText")):
                # What is proposed stands beside the words and is none of them.
                is_proposed = next(element.iterancestors(qn("w:ins")), None) is not None
                told += "" if is_proposed else element.text or ""
        yield comment.author, comment.text.split("\n")[0], told


def answer(content: bytes, answers: dict[str, str], done: tuple[str, ...] = ()) -> bytes:
    """The file as Word saves it once the author answered comments, which begin as named, and closed some."""
    word = open_word(content)
    part: Any = word.part._comments_part
    root = part.element
    told = []
    for number, comment in enumerate(list(root.iterchildren(qn("w:comment"))), start=1):
        key = f"{number:08X}"
        list(comment.iterchildren(qn("w:p")))[-1].set(f"{{{W14}}}paraId", key)
        text = "".join(comment.itertext())
        is_done = int(any(text.startswith(begins) for begins in done))
        told.append(f'<w15:commentEx w15:paraId="{key}" w15:done="{is_done}"/>')
        for begins, words in answers.items():
            if text.startswith(begins):
                added = word.comments.add_comment(words, "見本の著者", "著")
                _anchor_beside(word, comment.get(qn("w:id")), str(added.comment_id))
                own = f"{number:07X}A"
                added.paragraphs[-1]._p.set(f"{{{W14}}}paraId", own)
                told.append(f'<w15:commentEx w15:paraId="{own}" w15:paraIdParent="{key}" w15:done="0"/>')
    extended = f'<w15:commentsEx xmlns:w15="{W15}">{"".join(told)}</w15:commentsEx>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    place = PackURI("/word/commentsExtended.xml")
    word.part.relate_to(Part(place, kind, extended, word.part.package), EXTENDED)
    return save(word)


def _anchor_beside(word: WordFile, number: str, answer: str) -> None:
    """Let the answer be on the same words: Word marks these for every comment of a thread."""
    for tag in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        for element in list(word.element.body.iter(qn(tag))):
            if element.get(qn("w:id")) == number:
                own = deepcopy(element)
                own.set(qn("w:id"), answer)
                element.addnext(own)


def bring_back(house: House, content: bytes) -> tuple[int, WordComments]:
    """The next version, which the file is, and what came with it."""
    document = parse_document(content, "returned.docx")
    with house.open_work() as work:
        ingested = ingest_article(
            work, document.article, EDITOR, house.clinic.now(), document.original, house.version_id
        )
    with house.open_work() as work:
        claims = work.claims.list_claims(ingested.version.id)
        return ingested.version.id, load_word_comments(work, ingested.version.id, claims)


@pytest.fixture
def house(open_work: OpenWork) -> House:
    """The first claim is supported, the second contradicted, and a person flagged the second."""
    house = bring_in(
        open_work, MARKDOWN.encode(), "a.md", [Opinion(), Opinion(P.CONTRADICTED, {1: REFUTING})]
    )
    with open_work() as work:
        raise_flag(
            work, house.clinic.claim_ids[1], "言い切りです", A, house.clinic.now(), "改善する場合があります。"
        )
    return house


def test_each_sentence_has_its_grades_and_open_flags_beside_it(house: House) -> None:
    word = open_word(take_out(house).content)
    assert list(list_commented(word)) == [
        ("a", "主張 1：支持される", "ミノキシジルは毛包の成長期を延長します。"),
        ("a", "主張 2：反証あり", "フィナステリドは脱毛症を改善します。"),
        (HOUSE, "主張 2：文献により反証されている", "フィナステリドは脱毛症を改善します。"),
        ("a", "主張 2：レビュアーによる指摘", "フィナステリドは脱毛症を改善します。"),
    ]
    flagged = list(word.comments)[-1].text
    assert "「言い切りです」" in flagged
    assert "変更履歴として提案：改善する場合があります。" in flagged
    assert {comment.initials for comment in word.comments} == {HOUSE}


def test_the_text_of_the_file_is_the_text_of_the_version(house: House) -> None:
    back = parse_document(take_out(house).content, "a.docx").article
    with house.open_work() as work:
        version = work.articles.get_version(house.version_id).article
    told, wanted = (
        ["".join(one.text[b.start : b.end].replace("**", "").split()) for b in one.blocks]
        for one in (back, version)
    )
    assert told == wanted


def test_claims_keep_their_grades_when_the_file_comes_back_untouched(house: House) -> None:
    number, _ = bring_back(house, take_out(house).content)
    with house.open_work() as work:
        former, now = (work.claims.list_claims(one) for one in (house.version_id, number))
    assert [(c.id, c.status) for c in now] == [(c.id, c.status) for c in former]


def test_answers_come_back_at_the_claim_and_what_nobody_answered_is_not_repeated(house: House) -> None:
    content = answer(take_out(house).content, {"主張 2：レビュアーによる指摘": "直しました。𠮷﨑😀"})
    _, said = bring_back(house, content)
    (thread,) = said.by_claim[house.clinic.claim_ids[1]]
    assert thread.comment.text.startswith("主張 2：レビュアーによる指摘")
    assert [(one.author, one.text) for one in thread.answers] == [("見本の著者", "直しました。𠮷﨑😀")]
    assert said.elsewhere == ()
    assert set(said.by_claim) == {house.clinic.claim_ids[1]}


def test_a_comment_of_somebody_else_is_shown_at_the_claim_that_its_words_touch(house: House) -> None:
    word = open_word(take_out(house).content)
    run = next(run for p in word.paragraphs for run in p.runs if "ミノキシジル" in run.text)
    long = "長い注です。" * 1_700
    word.add_comment(run, long, "見本の編集者", "編")
    heading = next(p for p in word.paragraphs if p.style is not None and p.style.name == "Title")
    word.add_comment(heading.runs[0], "題の注", "見本の編集者", "編")
    _, said = bring_back(house, answer(save(word), {}, done=("長い注",)))
    (thread,) = said.by_claim[house.clinic.claim_ids[0]]
    assert (thread.comment.author, thread.comment.text, thread.is_done) == ("見本の編集者", long, True)
    assert [one.comment.text for one in said.elsewhere] == ["題の注"]


def test_what_is_still_blind_is_in_no_margin(open_work: OpenWork) -> None:
    house = bring_in(open_work, MARKDOWN.encode(), "a.md", [])
    house.clinic.assign(TWO_REVIEWERS)
    house.grade(0, Opinion(P.SUPPORTED, {1: SUPPORTING}))
    with open_work() as work:
        raise_flag(work, house.clinic.claim_ids[0], "秘密の指摘", A, house.clinic.now())
    told = [comment.text for comment in open_word(take_out(house).content).comments]
    assert not [text for text in told if "見本の理由" in text or "秘密の指摘" in text]


def test_a_word_file_keeps_its_own_comments_and_changes(open_work: OpenWork) -> None:
    house = bring_in(open_work, save(make_word_file()), "a.docx", [Opinion()])
    word = open_word(take_out(house).content)
    assert [comment.text.split("\n")[0] for comment in word.comments] == ["見本の注", "主張 1：支持される"]
    assert [run.text for p in word.paragraphs for run in p.runs if run.bold] == [
        "成長期",
        "ステリドは脱毛症を改善します。",
    ]
    assert len(list(word.element.body.iter(qn("w:del")))) == 1


def test_what_has_no_place_is_listed_at_the_first_words_and_told(open_work: OpenWork) -> None:
    word = docx.Document()
    word.add_heading("見本の薬", 1)
    for _ in range(2):
        word.add_paragraph("ミノキシジルは毛包の成長期を延長します。")
    house = bring_in(open_work, save(word), "a.docx", [Opinion()])
    written = take_out(house)
    (comment,) = open_word(written.content).comments
    assert len(written.unplaced) == 1
    assert "「ミノキシジルは毛包の成長期を延長します。」 主張 1：支持される" in comment.text
    assert next(list_commented(open_word(written.content)))[2] == "見"


def test_a_file_of_another_kind_has_no_comments(house: House) -> None:
    with house.open_work() as work:
        claims = work.claims.list_claims(house.version_id)
        assert load_word_comments(work, house.version_id, claims) == WordComments()


def test_the_trail_tells_who_took_the_manuscript(house: House) -> None:
    take_out(house)
    with house.open_work() as work:
        told = work.audit.list_entries(f"version:{house.version_id}")[0]
    assert told.values[:2] == (("table", "manuscript"), ("format", "docx"))


def test_what_reviewers_wrote_in_the_margin_reaches_no_reader_of_the_article(house: House) -> None:
    content = answer(take_out(house).content, {"主張 2：レビュアーによる指摘": "直しました。"})
    number, _ = bring_back(house, content)
    with house.open_work() as work:
        request = ExportRequest(number, EDITOR, TOKYO)
        file, _ = export_article(work, "docx", request, house.clinic.now(), 12)
    written = file.content
    word = open_word(written)
    assert list(word.comments) == []
    assert not list(word.element.body.iter(qn("w:commentReference"), qn("w:commentRangeStart")))
    with ZipFile(io.BytesIO(written)) as package:
        told = b"".join(package.read(name) for name in package.namelist())
    assert "言い切りです".encode() not in told
    assert "直しました".encode() not in told


def test_a_claim_that_is_graded_anew_says_nowhere_how_it_was_graded_before(house: House) -> None:
    content = answer(take_out(house).content, {"主張 2：反証あり": "承知しました。"})
    number, _ = bring_back(house, content)
    with house.open_work() as work:
        claim = work.claims.list_claims(number)[1]
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, house.clinic.now())
    with house.open_work() as work:
        said = load_word_comments(work, number, work.claims.list_claims(number))
        again = export_manuscript(work, ExportRequest(number, EDITOR, TOKYO), house.clinic.now())
    assert claim.id not in said.by_claim
    assert "主張 2：反証あり" not in "".join(comment.text for comment in open_word(again.content).comments)
    assert [comment.text for comment in open_word(again.content).comments].count("承知しました。") == 1


def test_many_answers_in_one_thread_are_read_at_once() -> None:
    keys = [f"{number:08X}" for number in range(1, 30_001)]
    parents = dict(zip(keys[1:], keys, strict=False))
    assert set(_find_roots(reversed(keys), parents).values()) == {keys[0]}


def test_answers_that_answer_each_other_end_somewhere() -> None:
    word = docx.Document()
    run = word.add_paragraph("文です。").add_run("次です。")
    comments = [word.add_comment(run, f"注{n}", "見本") for n in (1, 2)]
    for comment, key in zip(comments, ("0000000A", "0000000B"), strict=True):
        comment.paragraphs[-1]._p.set(f"{{{W14}}}paraId", key)
    circle = "".join(
        f'<w15:commentEx w15:paraId="{key}" w15:paraIdParent="{parent}"/>'
        for key, parent in (("0000000A", "0000000B"), ("0000000B", "0000000A"))
    )
    blob = f'<w15:commentsEx xmlns:w15="{W15}">{circle}</w15:commentsEx>'.encode()
    part = Part(PackURI("/word/commentsExtended.xml"), "application/xml", blob, word.part.package)
    word.part.relate_to(part, EXTENDED)
    (thread,) = read_comments(save(word)).threads
    assert [thread.comment.text, *(one.text for one in thread.answers)] == ["注1", "注2"]


WORDS = st.text(min_size=1, max_size=60)


@settings(max_examples=at_most(10))
@given(words=WORDS)
def test_any_comment_can_stand_in_the_margin(words: str) -> None:
    article = make_cited("# 見本\n\n見本成分は見本の毛を増やす。", [])
    claim = ReviewClaim(1, 1, 1, make_claim(), ClaimStatus.GRADED, 1)
    content, unplaced = write_manuscript(
        article.publication, [MarginComment(claim, words, words)], make_moment()
    )
    assert unplaced == ()
    assert len(read_comments(content).threads) == 1

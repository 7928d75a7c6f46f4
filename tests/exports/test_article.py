"""The article with its references: what stands is cited, nobody is named unasked, the text stays."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast
from urllib.parse import parse_qs

import docx
import pytest
from docx.document import Document as WordFile
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from claims.articles.reading import parse_article
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.citation import Correction
from claims.records.claim import Claim
from claims.records.decision import VersionState
from claims.records.document import DocumentDetails
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.exports.article.citing import CitedArticle, Mark
from reviewer.exports.article.evidence import Occasion, find_next_review
from reviewer.exports.article.exporting import export_article
from reviewer.exports.article.from_blocks import build_document
from reviewer.exports.article.registry import ARTICLE_FORMATS
from reviewer.exports.article.to_markdown import put_marks
from reviewer.exports.documents.model import Block, Grid, ItemList, Note, plain_text
from reviewer.exports.table import ExportRequest
from reviewer.workflow.documents import enter_document, judge_document
from reviewer.workflow.publication import Publication
from tests.conftest import OpenWork
from tests.exports.published import PARTLY, REFUTING, SUPPORTING, TOKYO, House, Opinion, bring_in
from tests.factories import make_audit_entry, make_citation, make_claim, make_moment, make_pmid
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, B

P = SupportGrade
MARKDOWN = """# 薄毛の薬

ミノキシジルは毛包の成長期を延長します。フィナステリドは脱毛症を改善します。

| 薬 | 働き |
|---|---|
| ビオチン | 発毛を促進しません |

- **睡眠:** メラトニンは寝つくまでの時間を短縮します。
"""
OCCASION = Occasion(TOKYO, 12)
SUPERSCRIPTS = re.compile(r"<sup>\[[^\]]*\]</sup>")


def bring(open_work: OpenWork, *opinions: Opinion | None, text: str = MARKDOWN) -> House:
    return bring_in(open_work, text.encode(), "a.md", opinions)


def bring_approved(open_work: OpenWork) -> House:
    return bring_in(open_work, MARKDOWN.encode(), "a.md", [Opinion()] * 4, approved=True)


def write(house: House, form: str = "md") -> bytes:
    return ARTICLE_FORMATS[form].write(house.cite(), OCCASION).content


def markdown(house: House) -> str:
    return write(house).decode()


def open_word(content: bytes) -> WordFile:
    return docx.Document(io.BytesIO(content))


def parse_page(content: bytes) -> html.HtmlElement:
    return cast(html.HtmlElement, html.document_fromstring(content))


def read_structured(house: House) -> list[dict[str, Any]]:
    page = parse_page(write(house, "html"))
    return [json.loads(script.text) for script in page.iter("script") if script.get("type") is not None]


def test_cited_is_what_supports_a_claim_that_stands_supported_or_partially(open_work: OpenWork) -> None:
    house = bring(
        open_work,
        Opinion(P.SUPPORTED, {1: SUPPORTING, 2: REFUTING}),
        Opinion(P.PARTIALLY_SUPPORTED, {3: PARTLY, 1: SUPPORTING}),
        Opinion(P.OVERSTATED, {4: SUPPORTING}),
        Opinion(P.CONTRADICTED, {5: REFUTING}),
    )
    article = house.cite()
    assert [(mark.claim.number, mark.label) for mark in article.marks] == [(1, "[1]"), (2, "[1,2]")]
    assert [entry.citation.pmid for entry in article.entries] == [make_pmid(1), make_pmid(3)]
    assert [entry.claims for entry in article.entries] == [(1, 2), (2,)]
    text = markdown(house)
    assert "延長します<sup>[1]</sup>。フィナステリドは脱毛症を改善します<sup>[1,2]</sup>。" in text
    assert "促進しません |" in text
    assert "[2] Sample A. SAMPLE 3" in text.replace("\\", "")
    assert make_pmid(5) not in text


def test_what_is_graded_and_still_blind_is_not_cited(open_work: OpenWork) -> None:
    house = bring(open_work)
    house.clinic.assign(TWO_REVIEWERS)
    house.grade(0, Opinion())
    assert house.cite().marks == ()
    house.grade(0, Opinion(), B)
    assert [mark.claim.number for mark in house.cite().marks] == [1]


@pytest.mark.parametrize("form", ARTICLE_FORMATS)
def test_an_article_that_nobody_graded_is_a_draft_on_its_face_without_a_citation(
    open_work: OpenWork, form: str
) -> None:
    content = write(bring(open_work), form)
    text = "\n".join(p.text for p in open_word(content).paragraphs) if form == "docx" else content.decode()
    assert text.lstrip().startswith("DRAFT（下書き・未承認）") or form != "docx"
    assert "DRAFT（下書き・未承認）" in text.partition("薄毛の薬" if form != "html" else "<h1>")[0]
    assert "評価済みの主張：4 件中 0 件。" in text
    assert "文献を付けた文はありません" in text
    assert "application/ld+json" not in text


def test_the_approved_article_says_who_reviewed_it_when_and_when_next(open_work: OpenWork) -> None:
    house = bring_approved(open_work)
    house.let_name()
    text = markdown(house)
    assert "DRAFT" not in text
    assert "監修：a（見本のa専門医）。" in text
    assert "確認日：2026/01/05。 次回確認予定：2027/01/05。" in text
    assert "出典：文献 1 件（4 文に引用）。" in text


def test_nobody_is_named_who_did_not_agree_or_no_longer_does(open_work: OpenWork) -> None:
    house = bring(open_work)
    house.clinic.assign(TWO_REVIEWERS)
    for claim in range(4):
        for who in (A, B):
            house.grade(claim, Opinion(), who)
    house.approve()
    assert "監修：医療の専門家 2 名（氏名は非公表）。" in markdown(house)
    assert "reviewedBy" not in read_structured(house)[0]
    house.let_name(B.name)
    assert "監修：b（見本のb専門医）、ほか 1 名（氏名は非公表）。" in markdown(house)
    assert read_structured(house)[0]["reviewedBy"] == [
        {"@type": "Person", "name": "b", "description": "見本のb専門医"}
    ]
    house.let_name(B.name, False)
    assert "見本のb専門医" not in markdown(house)


def test_search_engines_read_of_an_approved_page_what_it_cites(open_work: OpenWork) -> None:
    assert read_structured(bring(open_work)) == []
    house = bring_approved(open_work)
    (page,) = read_structured(house)
    assert (page["@type"], page["inLanguage"], page["lastReviewed"]) == ("MedicalWebPage", "ja", "2026-01-05")
    (cited,) = page["citation"]
    assert cited["name"] == "SAMPLE 1: a trial of the sample agent"
    assert cited["identifier"] == [{"@type": "PropertyValue", "propertyID": "PMID", "value": make_pmid(1)}]
    assert cited["author"] == [{"@type": "Person", "familyName": "Sample", "givenName": "Ann"}]


def test_no_title_ends_the_script_of_the_structured_data(open_work: OpenWork) -> None:
    house = bring(open_work, *[Opinion()] * 4)
    with house.open_work() as work:
        work.citations.save([replace(make_citation(1), title="</script><b>&𠮷﨑😀")])
        work.commit(make_audit_entry())
    house.approve()
    (page,) = read_structured(house)
    assert page["citation"][0]["name"] == "</script><b>&𠮷﨑😀"


def test_a_withdrawn_article_says_so_on_its_face(open_work: OpenWork) -> None:
    house = bring_approved(open_work)
    for state in (VersionState.PUBLISHED, VersionState.WITHDRAWN):
        house.decide(state)
    assert markdown(house).startswith("**WITHDRAWN（取り下げ）**")
    assert read_structured(house) == []


def test_a_paper_that_was_retracted_since_is_named_as_such_in_the_list(open_work: OpenWork) -> None:
    house = bring(open_work, Opinion())
    with house.open_work() as work:
        fallen = replace(make_citation(1), corrections=(Correction("RetractionIn", "SAMPLE J"),))
        work.citations.save([fallen])
        work.commit(make_audit_entry())
    assert "[1] <strong>撤回論文: </strong>Sample A." in markdown(house).replace("\\", "")


def test_an_article_with_references_of_its_own_keeps_their_numbers_to_itself(open_work: OpenWork) -> None:
    text = "ミノキシジルは毛包の成長期を延長します[1]。\n\n参考文献\n[1] 見本太郎. 見本の論文. 2019.\n"
    house = bring(open_work, Opinion(), text=text)
    assert "延長します[1]<sup>[R1]</sup>。" in markdown(house)
    assert "[R1] Sample A." in markdown(house).replace("\\", "")


def test_a_page_of_its_own_has_what_reference_managers_read(open_work: OpenWork) -> None:
    page = parse_page(write(bring(open_work, Opinion()), "html"))
    (context,) = (parse_qs(span.get("title", "")) for span in page.find_class("Z3988"))
    assert context["rft_id"] == [f"info:pmid/{make_pmid(1)}"]
    assert context["rft.jtitle"] == ["SAMPLE journal of samples"]
    assert context["rft.au"] == ["Sample, Ann"]
    (link,) = (raised.getparent() for raised in page.iterfind(".//sup"))
    assert link is not None
    assert page.get_element_by_id((link.get("href") or "#").removeprefix("#")) is not None


def test_markdown_is_shown_as_it_means_where_the_article_becomes_another_file(open_work: OpenWork) -> None:
    house = bring(open_work, Opinion(), None, None, Opinion())
    page = parse_page(write(house, "html"))
    assert [bold.text for bold in page.iterfind(".//li//strong")] == ["睡眠:"]
    assert "短縮します[2]。" in page.text_content() or "短縮します[1]。" in page.text_content()
    word = open_word(write(house, "docx"))
    (point,) = (p for p in word.paragraphs if p.text.startswith("睡眠:"))
    assert point.style is not None
    assert point.style.name == "List Bullet"
    assert word.tables[0].cell(1, 1).text == "発毛を促進しません"


def test_an_article_in_english_says_all_of_it_in_english(open_work: OpenWork) -> None:
    house = bring(open_work, Opinion(), text="Minoxidil prolongs the anagen phase of hair follicles.\n")
    house.let_name()
    house.approve()
    text = markdown(house)
    assert "follicles.<sup>[1]</sup>" in text
    assert "Medically reviewed by a (見本のa専門医)." in text
    assert "Reviewed on 5 Jan 2026. Next review: 5 Jan 2027." in text


def test_the_trail_tells_who_took_the_article(open_work: OpenWork) -> None:
    house = bring(open_work, Opinion())
    with house.open_work() as work:
        written, _ = export_article(
            work, "md", ExportRequest(house.version_id, EDITOR, UTC), house.clinic.now(), 12
        )
        told = work.audit.list_entries(f"version:{house.version_id}")[0]
    assert written.content.decode().startswith("**DRAFT")
    assert told.values[:2] == (("table", "article"), ("format", "md"))


def test_a_document_without_a_pmid_is_cited_apart_and_named_as_what_it_is(open_work: OpenWork) -> None:
    text = "メラトニンの主な副作用は眠気です。フィナステリドは脱毛症を改善します。\n"
    house = bring(open_work, text=text)
    insert = DocumentDetails("見本錠 添付文書", "見本製薬", "2025年", "https://example.org/insert", "眠気")
    claim_id = house.clinic.claim_ids[0]
    with open_work() as work:
        document = enter_document(work, claim_id, insert, A, house.clinic.now())
    with open_work() as work:
        judge_document(work, claim_id, document.id, SUPPORTING, A, house.clinic.now())
    house.clinic.grade(A, P.SUPPORTED, claim=0)
    house.grade(1, Opinion())
    told = markdown(house)
    assert "眠気です<sup>[D1]</sup>。" in told
    assert "改善します<sup>[1]</sup>。" in told
    assert "[D1] 見本錠 添付文書. 見本製薬、2025年." in told.replace("\\", "")
    assert "PubMed に収載されていない資料：1 件。" in told
    page = parse_page(write(house, "html"))
    assert [link.get("href") for link in page.iterfind(".//a") if "insert" in (link.get("href") or "")]


NEXT = {
    (2026, 1, 31, 1): date(2026, 2, 28),
    (2026, 12, 31, 2): date(2027, 2, 28),
    (2027, 1, 31, 13): date(2028, 2, 29),
    (2026, 3, 5, 12): date(2027, 3, 5),
}


@pytest.mark.parametrize(("told", "day"), NEXT.items())
def test_the_next_review_is_so_many_months_later(told: tuple[int, int, int, int], day: date) -> None:
    year, month, of_month, months = told
    assert find_next_review(datetime(year, month, of_month, tzinfo=UTC), Occasion(UTC, months)) == day
    assert find_next_review(datetime(year, month, of_month, tzinfo=UTC), Occasion(UTC)) is None


def test_numbers_in_a_row_are_a_range() -> None:
    marks = [
        replace(mark_claim(1, make_claim()), numbers=n) for n in ((1,), (1, 2), (1, 2, 3), (1, 3, 4, 5, 9))
    ]
    assert [mark.label for mark in marks] == [
        "[1]",
        "[1,2]",
        "[1–3]",
        "[1,3–5,9]",
    ]


def make_cited(text: str, ends: list[int]) -> CitedArticle:
    """The article of a text with a mark at each of these places."""
    article = parse_article(text)
    claims = [replace(make_claim(article.text[:end]), start=0, end=end) for end in ends]
    marks = tuple(mark_claim(number, claim) for number, claim in enumerate(claims, start=1))
    version = ArticleVersion(1, 1, 1, article, make_moment())
    return CitedArticle(Publication(version, VersionState.DRAFT, (), ()), marks, ())


def mark_claim(number: int, claim: Claim) -> Mark:
    reviewed = ReviewClaim(number, 1, number, claim, ClaimStatus.GRADED, 1)
    return Mark(reviewed, claim.end, (number,))


KINDS = [
    *("# 見出し", "## 小見出し", "文です。𠮷﨑😀。", "- 点です。", "1. 一番です。"),
    *("| a | b |", "|---|---|", "| 文 | 値です |", ""),
]
LINES = st.lists(st.sampled_from(KINDS), min_size=1, max_size=12).map(
    lambda lines: "\n".join(("始まりの文です。", *lines))
)


@given(text=LINES, share=st.lists(st.floats(0.01, 1.0), max_size=6))
def test_with_the_marks_taken_out_again_the_text_is_the_versions_text(text: str, share: list[float]) -> None:
    length = len(parse_article(text).text)
    article = make_cited(text, sorted(max(1, int(length * part)) for part in share))
    marked = put_marks(article)
    assert len(SUPERSCRIPTS.findall(marked)) == len(article.marks)
    assert SUPERSCRIPTS.sub("", marked) == article.publication.version.article.text


@given(text=LINES, share=st.lists(st.floats(0.01, 1.0), max_size=6))
def test_a_document_of_blocks_has_every_word_of_every_block_and_each_mark_once(
    text: str, share: list[float]
) -> None:
    length = len(parse_article(text).text)
    cited = make_cited(text, sorted(max(1, int(length * part)) for part in share))
    version = cited.publication.version.article
    document = build_document(cited, OCCASION)
    under = next(at for at, block in enumerate(document.blocks) if is_evidence(block))
    body, evidence = document.blocks[:under], document.blocks[under:]
    told = "".join(read_block(block, marks=False) for block in body)
    blocks = [version.text[block.start : block.end] for block in version.blocks]
    if squeeze(blocks[0]) == squeeze(version.title) and version.blocks[0].kind.value in ("heading", "theme"):
        blocks = blocks[1:]
    assert squeeze(told) == squeeze("".join(blocks))
    with_marks = "".join(read_block(block) for block in (*body, *evidence))
    assert all(with_marks.count(mark.label) == 1 for mark in cited.marks)


def is_evidence(block: Block) -> bool:
    return getattr(block, "anchor", "") == "konkyo-evidence"


def squeeze(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def read_block(block: Block, marks: bool = True) -> str:
    if isinstance(block, ItemList | Note):
        parts = block.items if isinstance(block, ItemList) else block.blocks
        return "".join(read_block(part, marks) for part in parts)
    if isinstance(block, Grid):
        rows = [block.head, *([cell.runs for cell in row] for row in block.rows)]
        cells = [cell for row in rows for cell in row]
    else:
        cells = [block.runs]
    return "".join(plain_text(run for run in cell if marks or not run.superscript) for cell in cells)

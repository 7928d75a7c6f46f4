"""The report that people read: its face says how far the review has come, and nothing of it is blind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest
from lxml import html

from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.citation import Correction
from claims.records.decision import VersionState
from claims.records.document import DocumentDetails
from db.unit_of_work import UnitOfWork
from reviewer.exports.documents.model import Document
from reviewer.exports.documents.to_html import to_html
from reviewer.exports.exporting import export_report
from reviewer.exports.report_formats import REPORT_FORMATS
from reviewer.exports.review_document.building import build_document, load_document
from reviewer.exports.review_document.material import Material, load_material
from reviewer.exports.table import ExportRequest
from reviewer.workflow.documents import enter_document
from reviewer.workflow.grading import judge_citation
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.exports.reading_back import REPORT_READERS
from tests.factories import (
    make_article,
    make_audit_entry,
    make_citation,
    make_evidence,
    make_moment,
    make_pmid,
    make_run,
)
from tests.workflow.clinic import (
    AUTHOR,
    EDITOR,
    JUDGE,
    TWO_REVIEWERS,
    A,
    B,
    Clinic,
    copy_clinic,
)
from tests.workflow.test_closed_reports import decide, open_clear

SECRET = "秘密の所見"
NEVER_GRADED = "まだ誰も評価していません"


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    clinic = copy_clinic(LENT, open_work)
    clinic.assign(TWO_REVIEWERS)
    return clinic


def load(clinic: Clinic, locale: str = "") -> Document:
    with clinic.open_work() as work:
        return load_document(work, ExportRequest(clinic.version_id, EDITOR, UTC, locale), make_moment(999))


def read(clinic: Clinic, locale: str = "") -> html.HtmlElement:
    return html.document_fromstring(to_html(load(clinic, locale)).decode())


def section(page: html.HtmlElement, title: str) -> str:
    """The words under a heading of the first order, up to the next."""
    (head,) = [one for one in page.iter("h2") if one.text_content() == title]
    told = []
    for following in head.itersiblings():
        if following.tag == "h2":
            break
        told.append(following.text_content())
    return "\n".join(told)


def grade_both(clinic: Clinic, first: SupportGrade, second: SupportGrade, claim: int = 0) -> None:
    for who, grade in ((A, first), (B, second)):
        clinic.judge(who, claim=claim)
        clinic.judge(who, CitationJudgement.PARTLY, number=2, claim=claim)
        clinic.grade(who, grade, f"所見{who.name}", claim=claim)


def test_an_article_that_nobody_graded_says_so_on_its_face(clinic: Clinic) -> None:
    document, page = load(clinic), read(clinic)
    assert document.stamp == "未評価"
    assert NEVER_GRADED in page.xpath("string(//aside[1])")
    assert "まだ誰も判断していません" in section(page, "主張")
    assert "この版の主張は、まだ誰も評価していません。" in section(page, "方法")


@pytest.mark.parametrize("ending", REPORT_FORMATS)
def test_no_report_tells_what_is_blind(clinic: Clinic, ending: str) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED, SECRET)
    told = []
    # A PDF takes a second, and is printed of the same page.
    for viewer in (B,) if ending == "pdf" else (A, B, AUTHOR, EDITOR, JUDGE):
        with clinic.open_work() as work:
            request = ExportRequest(clinic.version_id, viewer, UTC, "en")
            told.append(REPORT_READERS[ending](REPORT_FORMATS[ending].write(work, request, make_moment(99))))
    assert all(told)
    # The grade with its comment, and the judgement of a record, in words and as a code.
    blind = (SECRET, "a: supports", "a: supporting")
    assert not any(one in words for words in told for one in blind)
    assert len(set(told)) == 1 or ending == "xlsx", "everybody reads the same report"


def test_while_grades_differ_the_face_says_draft_and_no_grade_is_told(clinic: Clinic) -> None:
    grade_both(clinic, SupportGrade.SUPPORTED, SupportGrade.OVERSTATED)
    page = read(clinic)
    assert "所見" not in page.text_content()
    assert "評価の不一致1" in "".join(section(page, "要約").split())
    assert load(clinic).stamp == "未評価", "nothing that stands was graded yet"


def test_a_claim_is_told_with_its_grade_its_evidence_and_verbatim_quotations(clinic: Clinic) -> None:
    grade_both(clinic, SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)
    page = read(clinic)
    assert load(clinic).stamp == "下書き（未承認）"
    claims = section(page, "主張")
    assert "4 支持される" in claims
    assert "a: 所見ab: 所見b" in claims
    assert "a: 支持 (抄録を読んだ)" in claims
    assert "b: 一部支持 (抄録を読んだ)" in claims
    (quotation, *_) = page.xpath("//p[@class='quote']")
    abstract = make_citation(1).abstract_text
    assert quotation.text_content() == f"“{abstract}” (PMID {make_pmid(1)})"
    assert quotation.xpath("span/@lang") == ["en"]
    assert page.xpath("//td[@class='good']"), "the grade has its colour"


def test_a_quotation_that_left_its_record_is_not_shown(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        work.citations.save([replace(make_citation(1, abstract="Another abstract."))])
        work.commit(make_audit_entry())
    quoted = [one.text_content() for one in read(clinic, "en").xpath("//p[@class='quote']")]
    verbatim = f"“{make_citation(2).abstract_text}” (PMID {make_pmid(2)})"
    assert quoted == ["[does not stand in the record]", verbatim] * 2


def test_references_are_numbered_once_in_the_order_of_the_claims_and_every_link_leads_there(
    clinic: Clinic,
) -> None:
    page = read(clinic)
    assert [one.get("id") for one in page.xpath("//ol/li")] == ["ref-1", "ref-2"]
    links = {link.get("href")[1:] for link in page.xpath("//a") if link.get("href").startswith("#")}
    assert links >= {"ref-1", "ref-2", "claim-1", "claim-2"}
    assert links <= set(page.xpath("//@id"))
    assert page.xpath("//a[contains(@href, 'pubmed')]") == [], "samples stand in no database"


def test_every_search_is_told_as_it_was_sent_with_its_database_day_and_hits(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        runs = [run for of_claim in work.searches.load_runs(clinic.claim_ids).values() for run in of_claim]
    (head,) = read(clinic, "en").xpath("//h2[starts-with(., 'Searches')]")
    rows = [[cell.text_content() for cell in row] for row in head.xpath("following-sibling::table//tbody/tr")]
    assert [row[2] for row in rows] == [run.query for run in runs]
    assert {row[1] for row in rows if row[2] == make_run().query} == {
        "strict searchPubMed (NLM files) (local library)5 Jan 2026, 12:00:00 UTC"
    }
    hits = {run.query: str(run.count) for run in runs if run.status.is_answered}
    assert hits.items() <= {row[2]: row[3] for row in rows}.items()


def test_agreement_is_of_settled_claims_and_says_what_it_leaves_out(clinic: Clinic) -> None:
    grade_both(clinic, SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)
    told = section(read(clinic, "en"), "Agreement of independent grades")
    assert "100 %" in told
    assert "(n = 1)" in told
    assert "undefined: one claim is too few" in told
    assert "still being graded: 1" in told


def test_after_an_adjudication_all_three_are_named_with_what_they_said_and_declared(clinic: Clinic) -> None:
    grade_both(clinic, SupportGrade.SUPPORTED, SupportGrade.OVERSTATED)
    clinic.write_view(JUDGE)
    clinic.adjudicate(JUDGE, SupportGrade.PARTIALLY_SUPPORTED, reason="研究は一件")
    page = read(clinic)
    claims = section(page, "主張")
    assert "judge (3 一部支持): 研究は一件" in claims
    assert "a (4 支持される): 所見a" in claims
    assert "b (2 言い過ぎ): 所見b" in claims
    declared = section(page, "利益相反の申告")
    assert [name in declared for name in ("見本のa専門医", "見本のb専門医", "見本のjudge専門医")] == [
        True
    ] * 3
    assert "見本のc専門医" not in declared, "who graded nothing here is not named"


def test_what_is_approved_says_so_by_whom_and_what_the_signature_means(open_work: OpenWork) -> None:
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    decide(clinic, VersionState.APPROVED)
    document, page = load(clinic, "en"), read(clinic, "en")
    assert document.stamp == ""
    assert page.xpath("//aside[1]/@class") == ["good"]
    face = page.xpath("string(//aside[1])")
    assert "approved" in face
    assert "Sample Editor" in face
    signed = section(page, "Decisions and signatures")
    assert "Approval: the wording with this hash may be published" in signed
    assert "password given again" in signed
    with clinic.open_work() as work:
        head = work.audit.find_head()
        assert f"{head.position}:{head.digest}" in signed
        assert work.articles.get_version(clinic.version_id).version_hash in signed
    assert "Nothing is open." in section(page, "Open items")


@pytest.mark.parametrize(("locale", "own", "foreign"), [("ja", "要約", "Summary"), ("en", "Summary", "要約")])
def test_a_report_is_in_one_language_throughout(clinic: Clinic, locale: str, own: str, foreign: str) -> None:
    grade_both(clinic, SupportGrade.SUPPORTED, SupportGrade.SUPPORTED)
    heads = [head.text_content() for head in read(clinic, locale).iter("h2")]
    assert own in heads
    assert foreign not in heads
    other = [head.text_content() for head in read(clinic, "en" if locale == "ja" else "ja").iter("h2")]
    assert not set(heads) & set(other)


def test_without_a_language_asked_for_the_report_is_in_the_article_s(open_work: OpenWork) -> None:
    with open_work() as work:
        assert _material(work).language.value == "ja"


def _material(work: UnitOfWork, title: str = "見本") -> Material:
    version = work.articles.add_version(make_article(title=title), make_moment())
    return load_material(work, ExportRequest(version.id, EDITOR, UTC), make_moment(1))


def test_an_article_of_nothing_has_a_report_too_and_hostile_names_are_shown(open_work: OpenWork) -> None:
    title = '</title><script>x</script>, "𠮷﨑" 🧬'
    with open_work() as work:
        document = build_document(_material(work, title=title))
    page = html.document_fromstring(to_html(document).decode())
    assert title in str(page.xpath("string(//h1)"))
    assert page.xpath("//script") == []
    assert "まだ検索していません。" in section(page, "検索の記録（送信した検索式、PRISMA-S）")


def test_a_retracted_paper_is_told_at_its_claim(open_work: OpenWork) -> None:
    clinic = copy_clinic(LENT, open_work)
    gone = replace(make_citation(1), corrections=(Correction("RetractionIn", "SAMPLE", make_pmid(9)),))
    with clinic.open_work() as work:
        evidence = make_evidence(1, 2)
        work.searches.record_evidence(
            clinic.claim_ids[0], replace(evidence, citations=(gone, *evidence.citations[1:]))
        )
        work.commit(make_audit_entry())
    told = read(clinic, "en").xpath("//p[@class='small']/strong")
    assert [one.text_content().split(" (")[0] for one in told][:1] == ["RETRACTED"]


def test_a_report_that_leaves_is_in_the_trail_with_its_format(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        export_report(work, "docx", ExportRequest(clinic.version_id, EDITOR, UTC), make_moment(30))
    with clinic.open_work() as work:
        last = work.audit.list_entries(f"version:{clinic.version_id}")[0]
    assert last.actor == EDITOR.name
    assert dict(last.values)["table"] == "report"
    assert dict(last.values)["format"] == "docx"


def test_a_document_that_a_grade_rests_on_stands_with_the_claim(clinic: Clinic) -> None:
    insert = DocumentDetails("見本錠 添付文書", "見本製薬", quotation="眠気があらわれることがある。")
    with clinic.open_work() as work:
        enter_document(work, clinic.claim_ids[0], insert, A, clinic.now())
    told = read(clinic, "ja").text_content()
    assert "PMID のない資料" in told
    assert "見本錠 添付文書 (見本製薬)" in told
    assert "“眠気があらわれることがある。” [手で入力]" in told
    assert "“眠気があらわれることがある。” [entered by hand]" in read(clinic, "en").text_content()


def test_a_passage_of_a_full_text_is_told_from_what_stands_in_a_record(clinic: Clinic) -> None:
    claim, pmid, passage = clinic.claim_ids[0], make_pmid(1), "Density rose."
    for who in (A, B):
        with clinic.open_work() as work:
            judged = CitationJudgement.SUPPORTING, Basis.FULL_TEXT
            judge_citation(work, claim, pmid, *judged, who, clinic.now(), passage)
        clinic.grade(who, SupportGrade.SUPPORTED)
    quoted = read(clinic, "en").text_content()
    assert quoted.count(f"“{passage}” (full text of PMID {pmid}, entered by hand)") == 1
    assert f"“{passage}” (PMID {pmid} の本文、手で入力)" in read(clinic, "ja").text_content()

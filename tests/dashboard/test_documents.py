"""Documents without a PMID on the page of a claim, and the passage of a full text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from claims.records.assessment import Basis, CitationJudgement
from claims.records.citation import Pmid
from claims.records.document import DocumentDetails
from reviewer.dashboard.components.documents import render_document
from reviewer.dashboard.components.evidence import render_citation
from reviewer.i18n import translator
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message
from tests.dashboard.test_references import read
from tests.dashboard.test_shown_citations import dossier_of
from tests.factories import make_citation, make_finding
from tests.workflow.clinic import ADMIN, AUTHOR, TWO_REVIEWERS, A, B, Clinic
from tests.workflow.test_documents import INSERT, enter, judge

KINDS = {
    "en": ("no PubMed record", "read on 2026-01-04"),
    "ja": ("PubMed の文献ではない", "閲覧日 2026-01-04"),
}


def type_document(room: AppTest, **typed: str) -> AppTest:
    for field, words in typed.items():
        area = field == "quotation"
        (room.text_area if area else room.text_input)(f"document_{field}").input(words)
    return room.button("enter_document").click().run()


def test_a_document_that_is_typed_stands_under_the_claim_and_is_judged_there(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    room = open_room(A, claim=clinic.claim_ids[0])
    room.date_input("document_accessed_on").set_value(date(2026, 1, 2))
    room = type_document(room, title="見本錠 添付文書", body="見本製薬", quotation="肝機能障害がある。")
    (document,) = clinic.see(A).documents
    assert document.details == DocumentDetails(
        "見本錠 添付文書", "見本製薬", quotation="肝機能障害がある。", accessed_on=date(2026, 1, 2)
    )
    room.button(f"document_{document.id}_supporting").click().run()
    assert [one.judgement for one in clinic.see(A).document_judgements] == [CitationJudgement.SUPPORTING]
    page = read(open_room(A, claim=clinic.claim_ids[0]))
    assert "Your judgement: supports" in page
    assert "entered by hand" in page
    assert "手で入力" in read(open_room(A, "ja", claim=clinic.claim_ids[0]))


def test_what_is_missing_is_told_and_what_was_typed_stays(clinic: Clinic, open_room: OpenRoom) -> None:
    room = type_document(open_room(A, claim=clinic.claim_ids[0]), title="見本錠 添付文書")
    assert "needs its title, and who published it or its address" in message(room)
    assert room.text_input("document_title").value == "見本錠 添付文書"
    assert clinic.see(A).documents == ()


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_it_is_told_from_citations_and_no_key_judges_it(
    clinic: Clinic, open_room: OpenRoom, lang: str
) -> None:
    document = enter(clinic)
    html = render_document(document, None, False, translator(lang))
    assert [words for words in KINDS[lang] if words not in html] == []
    assert "PMID" not in html
    room = open_room(A, lang=lang, claim=clinic.claim_ids[0])
    named = {button.key for button in room.button if button.key and button.key.startswith("document_")}
    assert named == {f"document_{document.id}_{one.value}" for one in CitationJudgement}


def test_what_was_typed_is_text_on_the_page(clinic: Clinic) -> None:
    evil = "<img src=x onerror=alert(1)>"
    document = enter(clinic, details=replace(INSERT, title=evil, quotation=evil, place=evil))
    html = render_document(document, None, True, translator("en"))
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 3


def test_beside_an_abstract_stand_links_to_the_full_text_and_none_beside_a_sample() -> None:
    sample = make_citation()
    real = replace(sample, pmid=Pmid("1234567"), doi="10.5555/a(b)<c>", pmc="PMC7654321")
    for citation, links in (
        (
            real,
            [
                "https://pubmed.ncbi.nlm.nih.gov/1234567/",
                "https://pmc.ncbi.nlm.nih.gov/articles/PMC7654321/",
                "https://doi.org/10.5555/a%28b%29%3Cc%3E",
                "https://europepmc.org/article/MED/1234567",
            ],
        ),
        (
            replace(real, doi="", pmc=""),
            ["https://pubmed.ncbi.nlm.nih.gov/1234567/", "https://europepmc.org/article/MED/1234567"],
        ),
        (sample, []),
    ):
        finding = replace(make_finding(), pmid=citation.pmid)
        dossier = replace(dossier_of(finding), citations={citation.pmid: citation})
        html = render_citation(dossier, finding, translator("en"))
        assert re.findall('href="([^"]+)"', html) == links


def test_who_does_not_grade_sees_it_without_buttons_and_who_may_not_search_adds_none(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    enter(clinic)
    for who, adds in ((AUTHOR, True), (ADMIN, False)):
        room = open_room(who, claim=clinic.claim_ids[0])
        assert INSERT.title in read(room)
        keys = {button.key for button in room.button}
        assert ("enter_document" in keys) is adds
        assert not any(str(key).startswith("document_") for key in keys)


def test_a_judgement_of_another_is_not_on_the_page_before_the_own_grade(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    clinic.assign(TWO_REVIEWERS)
    judge(clinic, A, enter(clinic))
    page = read(open_room(B, claim=clinic.claim_ids[0]))
    assert INSERT.title in page
    assert "another judged it" not in page
    assert "Your judgement" not in page


def test_the_passage_that_was_read_is_kept_with_the_judgement(clinic: Clinic, open_room: OpenRoom) -> None:
    claim_id = clinic.claim_ids[0]
    room = open_room(A, claim=claim_id)
    assert not [area for area in room.text_area if str(area.key).startswith("passage_")]
    room = room.button("basis").click().run()
    (field,) = [area for area in room.text_area if str(area.key).startswith("passage_")]
    field.input("Density rose, table 2.")
    room = room.button("judge_s").click().run()
    (judged,) = clinic.see(A).judgements
    assert (judged.basis, judged.passage) == (Basis.FULL_TEXT, "Density rose, table 2.")
    room = room.button(f"focus_on_{judged.pmid}").click().run()
    (field,) = [area for area in room.text_area if str(area.key).startswith("passage_")]
    field.input("Density rose, table 3.").run()
    assert [one.passage for one in clinic.see(A).judgements] == ["Density rose, table 3."]
    assert "From the full text: “Density rose, table 3.”" not in read(open_room(B, claim=claim_id))

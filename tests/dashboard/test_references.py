"""What an author cites, on the claim and on the page of the article."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from claims.articles import parse_article
from claims.records.job import JobState
from claims.records.review import ArticleVersion
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application, open_shared_queue
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.search_jobs import name_version_job
from tests.dashboard.conftest import OpenRoom
from tests.dashboard.test_grading_page import message
from tests.jobs.desk import wait
from tests.references.manuscripts import ENGLISH, JAPANESE, OF_ANOTHER, OTHER, PAPERS, PMIDS
from tests.workflow.clinic import ADMIN, AUTHOR, A

MANUSCRIPTS = {"en": ENGLISH, "ja": JAPANESE}
TOLD = {
    "en": ("identifier of another paper", "no such record", "RETRACTED", "differs: year", "not in PubMed"),
    "ja": ("別の論文の番号", "該当する記録なし", "撤回", "異なる点：年", "PubMed の対象外"),
}
HEADS = {"en": "Cited by the author", "ja": "著者の引用"}


@pytest.fixture
def library(application: Application, tmp_path: Path) -> Application:
    """The house with a library of these papers, but for the one whose reference has another's PMID."""
    file = tmp_path / "papers.xml"
    papers = "".join(paper for paper in PAPERS if PMIDS[OF_ANOTHER - 1] not in paper)
    file.write_text(f"<PubmedArticleSet>{papers}</PubmedArticleSet>", encoding="utf-8")
    application.library.import_files([file])
    return application


def bring(application: Application, text: str) -> ArticleVersion:
    with application.work() as work:
        return ingest_article(work, parse_article(text), OPERATOR, application.now()).version


def read(room: AppTest) -> str:
    return "\n".join(str(part.value) for part in (*room.markdown, *room.get("html"), *room.info))


def look_up(open_room: OpenRoom, version: ArticleVersion) -> None:
    open_room(A, version=version.id, room="references").button("look_up").click().run()
    job = wait(open_shared_queue(), name_version_job(version.id), seconds=60)
    assert (job.state, job.done, job.order.total) == (JobState.DONE, 10, 10)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_tells_what_each_reference_is_and_where_it_is_cited(
    library: Application, open_room: OpenRoom, lang: str
) -> None:
    version = bring(library, MANUSCRIPTS[lang])
    look_up(open_room, version)
    room = open_room(AUTHOR, lang=lang, version=version.id, room="references")
    page = read(room)
    assert [words for words in TOLD[lang] if words not in page] == []
    assert "Swimming builds the strength of mice" in page
    assert room.button("look_up").disabled
    with library.work() as work:
        seventh = work.claims.list_claims(version.id)[6]
    assert page.count(f'href="?claim={seventh.id}&amp;lang={lang}"') == 3


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_claim_shows_its_own_references_and_their_papers_first(
    library: Application, open_room: OpenRoom, lang: str
) -> None:
    version = bring(library, MANUSCRIPTS[lang])
    look_up(open_room, version)
    with library.work() as work:
        zinc, _, vitamin, *_ = work.claims.list_claims(version.id)
    page = read(open_room(A, lang=lang, claim=zinc.id))
    assert page.count(HEADS[lang]) == 2
    assert f"PMID {PMIDS[0]}" in page
    # The paper that the PMID of the third belongs to is told, and is no citation of the claim.
    page = read(open_room(A, lang=lang, claim=vitamin.id))
    assert page.count(HEADS[lang]) == 1
    assert TOLD[lang][0] in page
    assert OTHER in page
    assert 'class="konkyo citation"' not in page


def test_marks_without_a_reference_and_claims_without_one_are_told(
    library: Application, open_room: OpenRoom
) -> None:
    text = ENGLISH.replace("adults [1]", "adults [1,12]").replace("pregnancy [9].", "pregnancy.")
    page = read(open_room(A, version=bring(library, text).id, room="references"))
    assert "Marks that point at no reference: 12" in page
    assert "Claims that cite nothing: 1" in page
    assert "not looked up yet: 10" in page


def test_an_article_that_cites_nothing_says_so_and_who_may_not_search_looks_nothing_up(
    library: Application, open_room: OpenRoom
) -> None:
    version = bring(library, "# Hips\n\nWalking reduces hip pain.\n")
    room = open_room(ADMIN, version=version.id, room="references")
    assert "The article cites nothing." in read(room)
    assert "look_up" not in {button.key for button in room.button}


def test_a_reference_is_text_on_the_page_whatever_stands_in_it(
    library: Application, open_room: OpenRoom
) -> None:
    text = ENGLISH.replace("J Sample. 2020;5:2-3.", "<j onclick=x>J</j> Sample. 2020;5:2-3.")
    page = read(open_room(A, version=bring(library, text).id, room="references"))
    assert "&lt;j onclick=x&gt;J&lt;/j&gt; Sample" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ris", "TY  - JOUR\r\nTI  - 見本の題\r\nAN  - {pmid}\r\nER  - \r\n".encode("cp932")),
        ("a.nbib", b"\xef\xbb\xbfPMID- {pmid}\nTI  - A sample title.\n"),
        ("a.bib", b"@article{a, title = {A sample title}, pmid = {{pmid}}}"),
        ("a.json", '[{"title": "見本の題", "PMID": "{pmid}"}]'.encode("utf-16")),
    ],
)
def test_a_file_of_papers_is_brought_in(
    library: Application, open_room: OpenRoom, name: str, content: bytes
) -> None:
    version, pmid = bring(library, ENGLISH), PMIDS[4].encode()
    if name.endswith("json"):
        content = content.decode("utf-16").replace("{pmid}", PMIDS[4]).encode("utf-16")
    room = open_room(A, version=version.id, room="references")
    room.text_area("brought_list").input("what stands here is left alone")
    room.file_uploader("brought_file").set_value((name, content.replace(b"{pmid}", pmid), ""))
    room = room.button("bring_in").click().run()
    assert "Brought in: 1. Known already: 0." in message(room)
    wait(open_shared_queue(), name_version_job(version.id), seconds=60)


def test_a_file_that_cannot_be_read_is_told(library: Application, open_room: OpenRoom) -> None:
    room = open_room(A, version=bring(library, ENGLISH).id, room="references")
    room.file_uploader("brought_file").set_value(("a.ris", b"TY  - JOUR\nTI  - \x81\xff\nER  - \n", ""))
    assert "The letters of this list cannot be read" in message(room.button("bring_in").click().run())


def test_a_pasted_list_is_brought_in_for_a_claim_or_its_fault_is_told(
    library: Application, open_room: OpenRoom
) -> None:
    version = bring(library, ENGLISH)
    room = open_room(A, version=version.id, room="references")
    room.text_area("brought_list").input("TY  - JOUR\nTI -Copper\nER  -\n")
    room = room.button("bring_in").click().run()
    assert "Line 2 (“TI -Copper”) has a broken RIS tag" in message(room)
    with library.work() as work:
        zinc = work.claims.list_claims(version.id)[0]
    room.text_area("brought_list").input(f"PMID: {PMIDS[4]}")
    room.selectbox("brought_for").set_value(zinc.id)
    room.button("bring_in").click().run()
    assert wait(open_shared_queue(), name_version_job(version.id), seconds=60).state is JobState.DONE
    page = read(open_room(A, version=version.id, room="references"))
    assert f"brought in by {A.name}" in page
    with library.work() as work:
        assert PMIDS[4] in work.searches.load_pmids([zinc.id])[zinc.id]

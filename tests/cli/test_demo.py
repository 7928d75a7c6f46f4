"""The demo shows a review in its midst: graded by two, disputed, decided, flagged, answered and revised."""

from __future__ import annotations

import zipfile
from collections import Counter
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.records.article import Language
from claims.records.assessment import ClaimStatus
from claims.records.decision import VersionState
from claims.records.people import User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import Application, open_application
from reviewer.cli import konkyo
from reviewer.settings import load_settings
from reviewer.workflow.agreeing import load_agreement
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.publication import load_publication

ROOT = Path(__file__).resolve().parents[2]


def run_demo(home: Path) -> None:
    with chdir(ROOT):
        ran = CliRunner().invoke(konkyo, ["demo", "--no-serve"], env={"KONKYO_HOME": str(home)})
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.splitlines()[-1] == str(home / "demo" / "report.csv")


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    home = tmp_path_factory.mktemp("home")
    run_demo(home)
    return open_application(load_settings({"KONKYO_HOME": str(home / "demo")}, home))


def list_claims(work: UnitOfWork, version_id: int) -> tuple[ReviewClaim, ...]:
    return work.claims.list_claims(version_id)


def test_half_of_it_is_graded_by_two_and_a_conflict_waits_for_its_adjudicator(
    application: Application,
) -> None:
    with application.reading() as work:
        claims = list_claims(work, 1)
        statuses = Counter(claim.status for claim in claims)
        graded = work.assessments.load_assessments([claim.id for claim in claims])
        agreement = load_agreement(work, work.people.get_user("editor"), 1)
    assert statuses[ClaimStatus.GRADED] >= 10
    assert statuses[ClaimStatus.CONFLICT] == statuses[ClaimStatus.ADJUDICATED] == 1
    assert statuses[ClaimStatus.EXTRACTED] >= 10, "the visitor has something to grade"
    assert {len(grades) for grades in graded.values()} == {0, 2}
    assert list(agreement.by_pair) == [("reviewer-a", "reviewer-b")]


def test_what_is_attached_is_of_the_sample_library_alone(application: Application) -> None:
    with application.reading() as work:
        judged = work.assessments.load_judgements([claim.id for claim in list_claims(work, 1)])
    attached = {j.pmid for judgements in judged.values() for j in judgements}
    assert len(attached) >= 3
    assert {pmid for pmid in attached if not pmid.startswith("90000000")} == set()


def test_flags_are_raised_answered_and_settled(application: Application) -> None:
    with application.reading() as work:
        author = work.people.get_user("author")
        dossiers = load_dossiers(work, list_claims(work, 1), author)
        flags = [flag for found in load_flags(work, dossiers, author).values() for flag in found]
    assert [flag.raised_by for flag in flags if flag.raised_by] == ["reviewer-a"] * 2
    assert len([flag for flag in flags if flag.answers]) >= 3
    assert [flag.is_open for flag in flags].count(False) == 1
    assert [flag.is_open for flag in flags if not flag.answers].count(True) >= 3, "the author has work left"


def test_the_author_has_brought_a_second_version_and_an_article_in_english(application: Application) -> None:
    with application.reading() as work:
        first, second, english = (work.articles.get_version(number) for number in (1, 2, 3))
        former, later = ({claim.id for claim in list_claims(work, number)} for number in (1, 2))
    assert first.article_id == second.article_id != english.article_id
    assert english.article.language is Language.EN
    assert len(former & later) > 20
    assert later - former
    for version in (second, english):
        assert "[SAMPLE]" in version.article.text


def test_a_second_demo_says_nothing_twice(application: Application, tmp_path: Path) -> None:
    def count(who: User) -> tuple[int, int]:
        with application.reading() as work:
            claims = [claim for number in (1, 2, 3, 4) for claim in list_claims(work, number)]
            graded = work.assessments.load_assessments([claim.id for claim in claims])
            flags = load_flags(work, load_dossiers(work, tuple(claims), who), who)
        return sum(map(len, graded.values())), sum(len(f.answers) for found in flags.values() for f in found)

    with application.reading() as work:
        author = work.people.get_user("author")
    before = count(author)
    run_demo(application.settings.home.parent)
    assert count(author) == before
    with application.reading() as work:
        assert len(work.decisions.list_decisions(4)) == 1


def test_one_article_is_approved_with_reviewers_who_agreed_to_be_named(application: Application) -> None:
    with application.reading() as work:
        publication = load_publication(work, 4)
    assert publication.state is VersionState.APPROVED
    assert [one.full_name for one in publication.reviewers] == ["Reviewer A (sample)", "Reviewer B (sample)"]
    page = export("article", "4", "html", application)
    assert "監修" in page
    assert "Reviewer A (sample)" in page
    assert "application/ld+json" in page


def test_the_english_article_cites_what_its_graded_claims_rest_on(application: Application) -> None:
    page = export("article", "3", "md", application)
    assert "function in knee osteoarthritis [1].<sup>[R1]</sup>" in page
    assert "PMID: 9000000003" in page


def test_an_open_suggestion_is_a_tracked_change_in_word(application: Application) -> None:
    file = application.settings.home / "manuscript.docx"
    run_in_home(application, "manuscript", "1", "--out", str(file))
    with zipfile.ZipFile(file) as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w:ins ") == body.count("<w:del ") == 1
    assert "対照群はありません" in body


def export(command: str, version: str, form: str, application: Application) -> str:
    file = application.settings.home / f"{command}.{form}"
    run_in_home(application, command, version, "--format", form, "--out", str(file))
    return file.read_text(encoding="utf-8")


def run_in_home(application: Application, *words: str) -> None:
    ran = CliRunner().invoke(konkyo, words, env={"KONKYO_HOME": str(application.settings.home)})
    assert ran.exit_code == 0, ran.output

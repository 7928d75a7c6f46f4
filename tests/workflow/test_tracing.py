"""Where a paper, a sentence or a document is used: found by any name, told as far as one may know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import NotFound, RoleRefused, RuleRefused
from claims.records.assessment import SupportGrade
from claims.records.decision import VersionState
from claims.records.document import DocumentDetails
from claims.records.people import User
from reviewer.workflow.documents import enter_document
from reviewer.workflow.tracing import Searched, Trace, UsedAs, trace
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_audit_entry, make_citation, make_pmid
from tests.workflow.articles import GROWTH, STEM
from tests.workflow.clinic import AUTHOR, EDITOR, A, B, Clinic, copy_clinic
from tests.workflow.test_closed_reports import begin_next, decide, open_clear, reopen

PUBLISHED, APPROVED = VersionState.PUBLISHED, VersionState.APPROVED
DOI = "10.9999/Sample.1"


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """An article whose two claims stand supported by the first of two papers."""
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    with clinic.open_work() as work:
        work.citations.save([replace(make_citation(1), doi=DOI)])
        work.commit(make_audit_entry())
    return clinic


def ask(clinic: Clinic, words: str, viewer: User = EDITOR, with_older: bool = False) -> Trace:
    with clinic.open_work() as work:
        return trace(work, words, viewer, with_older)


def tell(found: Trace) -> list[tuple[int, int, UsedAs, SupportGrade | None]]:
    return [(one.version.number, one.dossier.claim.number, one.used_as, one.grade) for one in found.uses]


@pytest.mark.parametrize(
    "words",
    [
        make_pmid(1),
        f"PMID: {make_pmid(1)}",
        DOI,
        DOI.upper(),
        f"https://doi.org/{DOI}",
        f"doi:{DOI}",
        make_pmid(1).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ],
)
def test_a_paper_is_found_by_each_of_its_names(clinic: Clinic, words: str) -> None:
    found = ask(clinic, words)
    assert found.asked.pmids == (make_pmid(1),)
    supported = SupportGrade.SUPPORTED
    assert tell(found)[:2] == [(1, 1, UsedAs.ATTACHED, supported), (1, 2, UsedAs.ATTACHED, supported)]
    assert {use.state for use in found.uses} == {VersionState.IN_REVIEW}


def test_a_paper_that_nobody_attached_is_suggested(clinic: Clinic) -> None:
    assert {use.used_as for use in ask(clinic, make_pmid(2)).uses} == {UsedAs.SUGGESTED}


@pytest.mark.parametrize("words", ["99", "0", "0000000001", "10.9999/none", DOI[:-1] + "%", "nowhere"])
def test_what_is_used_nowhere_has_no_use(clinic: Clinic, words: str) -> None:
    assert ask(clinic, words).uses == ()


@pytest.mark.parametrize("words", ["", " ", "\u3000"])
def test_without_words_nothing_is_looked_for(clinic: Clinic, words: str) -> None:
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="nothing_to_trace"):
        trace(work, words, EDITOR)


def test_a_sentence_is_found_wherever_it_stands(clinic: Clinic) -> None:
    for words in (GROWTH, GROWTH.rstrip("。"), f"claim:{clinic.claim_ids[0]}"):
        found = ask(clinic, words)
        assert found.asked.kind is Searched.SENTENCE
        assert [use.dossier.claim.claim.text.rstrip("。") for use in found.uses] == [GROWTH.rstrip("。")]
    with pytest.raises(NotFound):
        ask(clinic, "claim:999")


def test_a_document_is_found_by_number_address_and_title(clinic: Clinic) -> None:
    details = DocumentDetails(
        "見本の添付文書", "見本製薬", "2026", "https://example.org/insert", "本剤は見本。", "5"
    )
    following = begin_next(clinic)
    with clinic.open_work() as work:
        document = enter_document(work, clinic.claim_ids[0], details, EDITOR, clinic.now())
    for words in (f"document:{document.id}", details.title, details.address):
        found = ask(following, words)
        assert (found.asked.kind, [use.used_as for use in found.uses]) == (
            Searched.DOCUMENT,
            [UsedAs.DOCUMENT],
        )
    assert ask(following, "document:99").uses == ()


def test_of_an_article_the_newest_version_and_the_one_that_readers_have_are_told(clinic: Clinic) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    following = begin_next(clinic)
    found = ask(clinic, GROWTH)
    assert [(use.version.id, use.is_published) for use in found.uses] == [
        (following.version_id, False),
        (clinic.version_id, True),
    ]
    decide(following, APPROVED, PUBLISHED)
    assert [use.version.id for use in ask(clinic, GROWTH).uses] == [following.version_id]
    assert len(ask(clinic, GROWTH, with_older=True).uses) == 2
    decide(following, VersionState.WITHDRAWN)
    assert [(use.state, use.is_published) for use in ask(clinic, STEM).uses] == [
        (VersionState.WITHDRAWN, False),
        (PUBLISHED, True),
    ]


def test_a_published_version_tells_its_grade_while_the_claim_is_graded_anew_and_blind(clinic: Clinic) -> None:
    decide(clinic, APPROVED, PUBLISHED)
    following = begin_next(clinic)
    reopen(following)
    following.judge(A)
    following.grade(A, SupportGrade.OVERSTATED)
    for viewer, expected in ((EDITOR, UsedAs.SUGGESTED), (B, UsedAs.SUGGESTED), (A, UsedAs.ATTACHED)):
        newest, published = (
            use
            for use in ask(following, make_pmid(1), viewer).uses
            if use.dossier.claim.id == clinic.claim_ids[0]
        )
        assert (newest.grade, newest.used_as) == (None, expected)
        assert (published.grade, published.used_as) == (SupportGrade.SUPPORTED, UsedAs.ATTACHED)


def test_an_author_traces_nothing(clinic: Clinic) -> None:
    with pytest.raises(RoleRefused):
        ask(clinic, GROWTH, AUTHOR)

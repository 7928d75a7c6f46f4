"""What a key or a button does: one call of the workflow, and the sentence that it leaves on the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from claims.errors import KonkyoError
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.citation import Pmid
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.session import (
    get_house,
    get_locale,
    get_translate,
    get_user,
    keep_message,
    keep_refusal,
)
from reviewer.labels import grade_label
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.searching import search_claims


def grade_claim(claim_id: int, grade: SupportGrade) -> None:
    """Record the reviewer's grade with the comment as it stands, or say which rule refuses it."""
    comment = str(st.session_state.get(f"comment_{claim_id}", ""))

    def step(work: UnitOfWork) -> None:
        record_grade(work, claim_id, grade, comment, get_user(), get_house().now())

    if take_in_work(step):
        translate = get_translate()
        told = translate("Saved: {grade}. j opens the next claim.")
        keep_message("saved", told.format(grade=grade_label(grade, get_locale())))


def declare(version_id: int) -> None:
    """Record what the reviewer declares for the article, or say what is missing."""
    qualification, interests = (
        str(st.session_state.get(f"declared_{field}", "")) for field in ("qualification", "interests")
    )
    take_in_work(
        lambda work: declare_interests(
            work, version_id, interests, qualification, get_user(), get_house().now()
        )
    )


def judge(claim_id: int, pmid: Pmid, judgement: CitationJudgement, basis: Basis) -> None:
    """Record the reviewer's judgement of one citation, or say why it is refused."""
    take_in_work(
        lambda work: judge_citation(work, claim_id, pmid, judgement, basis, get_user(), get_house().now())
    )


def change_basis(claim_id: int, pmid: Pmid, judgement: CitationJudgement | None, basis: Basis) -> None:
    """Note what was read for a citation; a judgement given already is recorded again with it."""
    st.session_state[f"basis_{claim_id}_{pmid}"] = basis
    if judgement is not None:
        judge(claim_id, pmid, judgement, basis)


def search_again(claim_id: int) -> None:
    """Search for the claim now, in the library or else in PubMed; a failure is stored as one."""
    house, translate = get_house(), get_translate()
    try:
        searcher = house.searcher(house.default_source)
        with house.work() as work:
            claim = work.claims.get_claim(claim_id)
            version = work.articles.get_version(claim.version_id)
        for _ in search_claims(house.work, version, (claim,), searcher, get_user(), again=True):
            keep_message("saved", translate("The search has ended."))
    except KonkyoError as error:
        keep_refusal(error)


def take_step(step: Callable[[], object]) -> bool:
    """Whether the step was taken; the sentence of a refusal is kept for the page."""
    try:
        step()
    except KonkyoError as error:
        keep_refusal(error)
        return False
    return True


def take_in_work(step: Callable[[UnitOfWork], object]) -> bool:
    """Whether the step was stored, in a unit of work of its own."""

    def store() -> None:
        with get_house().work() as work:
            step(work)

    return take_step(store)

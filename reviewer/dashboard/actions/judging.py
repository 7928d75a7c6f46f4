"""What the keys of one citation do: a judgement, the rest put aside, what was read, a passage, a level."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import streamlit as st

from claims.errors import RuleRefused
from claims.records.assessment import Basis, CitationJudgement, JudgedCitation
from claims.records.citation import Pmid
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import forget_typed
from reviewer.dashboard.leaving import note_outcome
from reviewer.dashboard.session import get_basis, get_translate, keep_basis, keep_message, set_focus
from reviewer.workflow.grading import judge_citation, judge_rest
from reviewer.workflow.overriding import override_level
from reviewer.workflow.permitting import load_dossier
from reviewer.workflow.showing import Shown, require_shown


def judge(shown: Shown, pmid: Pmid, judgement: CitationJudgement, goes_to: Pmid) -> None:
    """Record the reviewer's judgement of one citation and read ``goes_to``, or say why it is refused."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        own = _find_own(work, claim_id, pmid, user)
        basis = get_basis(claim_id, pmid, own)
        passage = _choose_passage(work, claim_id, pmid, own, basis)
        judge_citation(work, claim_id, pmid, judgement, basis, user, now, passage)

    if note_outcome(claim_id, "judgement", act(step)):
        set_focus(claim_id, goes_to or pmid)


def put_rest_aside(shown: Shown, pmids: tuple[Pmid, ...]) -> None:
    """Record that these citations, which stood on the screen unjudged, are not relevant, in one step."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        judged = judge_rest(work, claim_id, pmids, user, now)
        told = get_translate()("{count} put aside as not relevant. u takes them back, all at once.")
        keep_message("saved", told.format(count=len(judged)))

    note_outcome(claim_id, "judgement", act(step))


def change_basis(shown: Shown, pmid: Pmid) -> None:
    """Note that the other was read for a citation; a judgement given already is recorded again with it."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        own = _find_own(work, claim_id, pmid, user)
        basis = get_basis(claim_id, pmid, own).other
        if own is not None:
            passage = _choose_passage(work, claim_id, pmid, own, basis)
            judge_citation(work, claim_id, pmid, own.judgement, basis, user, now, passage)
        keep_basis(claim_id, pmid, basis)

    note_outcome(claim_id, "judgement", act(step))


def keep_passage(shown: Shown, pmid: Pmid) -> None:
    """Note what of the full text was read: with the judgement given already, else with the next one."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        own = _find_own(work, claim_id, pmid, user)
        passage = read_passage(claim_id, pmid, own)
        if own is not None and own.basis is Basis.FULL_TEXT and passage.strip() != (own.passage or ""):
            judge_citation(work, claim_id, pmid, own.judgement, own.basis, user, now, passage)

    note_outcome(claim_id, "judgement", act(step))


def quote(shown: Shown, pmid: Pmid, span: tuple[int, int]) -> None:
    """Make the words of the abstract at ``span`` the reviewer's own rationale: with the judgement that they
    gave, else with the next one."""
    claim_id = shown.claim_id

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        abstract = load_dossier(work, claim_id).citations[pmid].abstract_text
        words, own = abstract[span[0] : span[1]].strip(), _find_own(work, claim_id, pmid, user)
        if not words:
            raise RuleRefused("quotation_not_in_abstract")
        if own is not None:
            basis = own.basis if own.basis is Basis.FULL_TEXT else Basis.ABSTRACT
            judge_citation(work, claim_id, pmid, own.judgement, basis, user, now, words)
        st.session_state[f"passage_{claim_id}_{pmid}"] = words
        keep_message("saved", get_translate()("Your rationale: “{words}”").format(words=words))

    note_outcome(claim_id, "judgement", act(step))


def _choose_passage(
    work: UnitOfWork, claim_id: int, pmid: Pmid, own: JudgedCitation | None, basis: Basis
) -> str:
    """The passage that goes with the basis: what was typed of a full text is none of an abstract."""
    passage = read_passage(claim_id, pmid, own).strip()
    of_abstract = not passage or passage in load_dossier(work, claim_id).citations[pmid].abstract_text
    return passage if of_abstract or basis is Basis.FULL_TEXT else ""


def read_passage(claim_id: int, pmid: Pmid, own: JudgedCitation | None) -> str:
    """The passage that was typed or selected, else the one that was kept with the judgement."""
    kept = own.passage if own is not None else None
    return str(st.session_state.get(f"passage_{claim_id}_{pmid}", kept or ""))


def _find_own(work: UnitOfWork, claim_id: int, pmid: Pmid, user: User) -> JudgedCitation | None:
    judged = load_dossier(work, claim_id).judgements
    return next((own for own in judged if (own.pmid, own.judged_by) == (pmid, user.name)), None)


def set_level(shown: Shown, pmid: Pmid) -> None:
    """Record the chosen evidence level of a citation with its reason, or say what is missing."""
    claim_id = shown.claim_id
    level, reason = (st.session_state.get(f"{field}_{claim_id}_{pmid}") for field in ("level", "reason"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_shown(work, shown, user)
        override_level(work, claim_id, pmid, cast("int | None", level), str(reason or ""), user, now)

    if act(step):
        forget_typed(f"reason_{claim_id}_{pmid}")
        keep_message("saved", get_translate()("The level is yours now, with its reason."))

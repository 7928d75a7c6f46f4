"""What people do to a claim by hand: reword, retype, dismiss, restore, open again, merge, split, add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import streamlit as st

from claims.errors import RuleRefused
from claims.records.claim import ClaimType
from claims.records.people import User
from claims.records.proposal import Proposal, ProposedStep
from claims.records.review import ReviewClaim, ReviewDropped
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.actions.several import take_each, tell_outcome
from reviewer.dashboard.fields import empty_fields, forget_typed, read_field
from reviewer.dashboard.session import get_translate, keep_message, keep_refusal, open_place
from reviewer.i18n import mark
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.amending import restore_claim, restore_unit, reword_reading
from reviewer.workflow.assigning import assign_claim
from reviewer.workflow.flagging import raise_flag
from reviewer.workflow.merging_splitting import add_claim, find_sentences
from reviewer.workflow.proposing import answer_proposal, change_by_hand


def reword(claim: ReviewClaim) -> None:
    """Give the claim the stand-alone wording that was typed."""
    typed = str(st.session_state.get(f"reading_{claim.id}", ""))
    if act(reword_reading, claim, typed):
        forget_typed(f"reading_{claim.id}")
        keep_message("saved", get_translate()("The stand-alone wording is yours now."))


def retype(claim: ReviewClaim) -> None:
    """Give the claim the type that was chosen."""
    kind = cast(ClaimType, st.session_state[f"type_{claim.id}"])
    if _change(ProposedStep.RETYPE, [claim], [kind.value]):
        keep_message("saved", get_translate()("The claim has its new type; evidence levels follow it."))


def dismiss(claim: ReviewClaim) -> None:
    """Take the claim out of the review for the reason that was typed."""
    reason = str(st.session_state.get(f"dismissal_{claim.id}", ""))
    if _change(ProposedStep.DISMISS, [claim], [reason]):
        forget_typed(f"dismissal_{claim.id}")
        told = get_translate()("Claim {number} is dismissed. It can be restored.")
        keep_message("saved", told.format(number=claim.number))


def dismiss_all(claims: Sequence[ReviewClaim]) -> None:
    """Take these claims out of the review for the reason that was typed; each by itself, as far as it may."""
    reason = read_field("dismissal_of_chosen")
    if not reason.strip():
        keep_refusal(RuleRefused("dismissal_needs_reason"))
        return
    outcome = take_each(claims, lambda claim: bool(_change(ProposedStep.DISMISS, [claim], [reason])))
    if not outcome.refused:
        empty_fields("dismissal_of_chosen")
    told = get_translate()("Dismissed: {gone}. Waiting for a second person: {waits}.")
    tell_outcome(told.format(gone=outcome.done, waits=outcome.waiting), outcome)


def assign_all(claims: Sequence[ReviewClaim]) -> None:
    """Let these claims be graded by the reviewers that were chosen, all of them where none was; each by
    itself."""
    names = tuple(st.session_state.get("reviewers_of_chosen", ()))
    outcome = take_each(claims, lambda claim: act(assign_claim, claim.id, names))
    tell_outcome(get_translate()("Claims that are assigned: {count}").format(count=outcome.done), outcome)


def reopen_all(claims: Sequence[ReviewClaim]) -> None:
    """Let these settled claims be graded anew for the reason that was typed; each by itself."""
    reason = read_field("reopening_of_chosen")
    if not reason.strip():
        keep_refusal(RuleRefused("reason_missing"))
        return
    outcome = take_each(claims, lambda claim: act(reopen_claim, claim.id, claim.revision, reason))
    if not outcome.refused:
        empty_fields("reopening_of_chosen")
    tell_outcome(get_translate()("Claims that are graded anew: {count}").format(count=outcome.done), outcome)


def restore(claim: ReviewClaim) -> None:
    """Bring the dismissed claim back."""
    if act(restore_claim, claim):
        keep_message("saved", get_translate()("Claim {number} is back.").format(number=claim.number))


def reopen(claim: ReviewClaim) -> None:
    """Let the settled claim be graded anew, for the reason that was typed."""
    reason = str(st.session_state.get(f"reopening_{claim.id}", ""))
    if act(reopen_claim, claim.id, claim.revision, reason):
        forget_typed(f"reopening_{claim.id}")
        told = get_translate()("Claim {number} is open again: it is graded anew.")
        keep_message("saved", told.format(number=claim.number))


def restore_dropped(dropped: ReviewDropped) -> None:
    """Make a claim of the dropped unit."""

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        restored = restore_unit(work, dropped, user, now)
        keep_message("saved", get_translate()("Claim {number} is back.").format(number=restored.number))

    act(step)


def add_by_hand(version_id: int) -> None:
    """Make a claim of the sentences whose beginnings were typed."""
    first, last = (str(st.session_state.get(f"{end}_words", "")) for end in ("first", "last"))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        start, end = find_sentences(work, version_id, first, last)
        added = add_claim(work, version_id, start, end, user, now)
        forget_typed("first_words", "last_words")
        keep_message("saved", get_translate()("Claim {number} is new.").format(number=added.number))

    act(step)


def merge(claim: ReviewClaim, following: ReviewClaim) -> None:
    """Make one claim of this and the next, and open it."""
    for merged in _change(ProposedStep.MERGE, [claim, following], ()):
        open_place(claim=merged.id)


def split(claim: ReviewClaim) -> None:
    """Make a claim of each reading that was typed, one a line, or of each sentence; open the first."""
    readings = str(st.session_state.get(f"readings_{claim.id}", "")).splitlines()
    for first in _change(ProposedStep.SPLIT, [claim], readings)[:1]:
        forget_typed(f"readings_{claim.id}")
        open_place(claim=first.id)


def confirm(proposal_id: int) -> None:
    """Let the step that another person proposed be taken."""
    _answer(proposal_id, confirmed=True, told=mark("The step is confirmed and taken."))


def reject(proposal_id: int) -> None:
    """Let the proposed step be dropped."""
    _answer(proposal_id, confirmed=False, told=mark("The proposal is rejected: nothing was changed."))


def _answer(proposal_id: int, confirmed: bool, told: str) -> None:
    if act(answer_proposal, proposal_id, confirmed):
        keep_message("saved", get_translate()(told))


def _change(
    step: ProposedStep, claims: Sequence[ReviewClaim], words: Sequence[str]
) -> tuple[ReviewClaim, ...]:
    """The claims as the step left them, none where it was refused or waits for a second person."""
    taken: list[tuple[ReviewClaim, ...] | Proposal] = []

    def change(work: UnitOfWork, user: User, now: datetime) -> None:
        taken.append(change_by_hand(work, step, claims, words, user, now))

    act(change)
    for done in taken:
        if not isinstance(done, Proposal):
            return done
        told = get_translate()("Others settled this: it waits until a second person confirms it.")
        keep_message("saved", told)
    return ()


def begin_flag(claim_id: int, span: tuple[int, int]) -> None:
    """Have the dialog of a flag opened, for the words of the claim at ``span``."""
    st.session_state[f"flag_span_{claim_id}"] = span
    st.session_state["flag_begun"] = claim_id


def flag_whole(claim_id: int) -> None:
    """The flag that is begun is for the whole claim."""
    st.session_state.pop(f"flag_span_{claim_id}", None)


def find_flag_span(claim_id: int) -> tuple[int, int] | None:
    """The words of the claim that a flag is begun for, ``None`` for the whole claim."""
    return cast("tuple[int, int] | None", st.session_state.get(f"flag_span_{claim_id}"))


def take_flag_begun(claim_id: int) -> bool:
    """Whether a flag of this claim was begun by selecting its words; it is told once."""
    return bool(st.session_state.pop("flag_begun", None) == claim_id)


def flag(claim_id: int) -> None:
    """Raise a flag on the claim, or on the words of it that were selected, with what was typed."""
    words, better = read_field(f"flag_{claim_id}"), read_field(f"suggestion_{claim_id}")

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        raise_flag(work, claim_id, words, user, now, better, find_flag_span(claim_id))

    if act(step):
        st.session_state.pop(f"flag_span_{claim_id}", None)
        empty_fields(f"flag_{claim_id}", f"suggestion_{claim_id}")
        keep_message("saved", get_translate()("The flag is raised: the author will answer it."))

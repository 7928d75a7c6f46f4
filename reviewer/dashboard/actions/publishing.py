"""What the editor's buttons do: assign, decide on a version, keep a low-graded claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from claims.errors import RuleRefused
from claims.records.decision import Signature, VersionState
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.accounts.elsewhere import sign_by_provider
from reviewer.accounts.signing_in import sign_by_password
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, forget_typed, read_chosen, read_field, take_typed
from reviewer.dashboard.session import (
    get_application,
    get_token,
    get_translate,
    keep_message,
    open_place,
    place_message,
    proves_elsewhere,
)
from reviewer.dashboard.times import get_zone
from reviewer.labels import STATE_LABELS
from reviewer.moments import day_of
from reviewer.workflow.adjudicating import reopen_claims
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.publishing import decide_version, keep_claim
from reviewer.workflow.renewing import renew_version
from reviewer.workflow.review_days import set_review_day
from reviewer.workflow.showing import require_revision


def assign(version_id: int, place: str = "") -> None:
    """Let the plan in the fields hold for the article from this version on; it is told at the ``place``."""
    due_on = st.session_state.get("plan_due_on")
    plan = ReviewPlan(
        reviewers=tuple(st.session_state.get("plan_reviewers", ())),
        adjudicator=st.session_state.get("plan_adjudicator") or "",
        needed=int(st.session_state.get("plan_needed", 1)),
        sealed=bool(st.session_state.get("plan_sealed", True)),
        due_on=due_on if isinstance(due_on, date) else None,
    )
    if act(assign_review, version_id, plan):
        keep_message("saved", get_translate()("The assignment is saved."))
    place_message(place)


def reopen_chosen(claims: Sequence[ReviewClaim], place: str = "") -> None:
    """Let those of the claims that are chosen be graded anew, for the reason that was typed."""
    ids = st.session_state.get("fewer_chosen", ())
    chosen = [claim for claim in claims if claim.id in ids]
    if chosen and act(reopen_claims, chosen, str(st.session_state.get("fewer_reason", ""))):
        told = get_translate()("Claims that are graded anew: {count}")
        keep_message("saved", told.format(count=len(chosen)))
    place_message(place)


def decide(version_id: int, version_hash: str, state: VersionState) -> None:
    """Take the version to ``state`` with the comment as it stands, or say what forbids it."""
    comment, password = read_field("decision_comment"), take_typed("decision_password")

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        signature = _sign(work, user, password, now) if state.is_signed else None
        decide_version(work, version_id, version_hash, state, comment, user, now, signature, get_zone())

    if act(step):
        empty_fields("decision_comment")
        translate = get_translate()
        keep_message("saved", translate("Saved: {name}.").format(name=translate(STATE_LABELS[state])))


def renew(version_id: int) -> None:
    """Begin the review of a published version in a new one of the same text, and open that."""
    reason, begun = str(st.session_state.get("renew_reason", "")), list[int]()

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        begun.append(renew_version(work, version_id, reason, user, now).id)

    if act(step):
        open_place(room="editor", version=begun[0])
        keep_message("saved", get_translate()("The claims that need review are open in this version."))


def set_day(version_id: int, by_rule: bool = False) -> None:
    """Set the day that was chosen for the version, or let that of the rules hold again."""
    chosen, reason = read_chosen("review_day_on", None), read_field("review_day_reason")
    due_on = chosen if isinstance(chosen, date) and not by_rule else None

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        if due_on is None and not by_rule:
            raise RuleRefused("review_day_missing")
        set_review_day(work, version_id, due_on, reason, day_of(now, get_zone()), user, now)

    if act(step):
        empty_fields("review_day_on", "review_day_reason")
        keep_message("saved", get_translate()("The day is set."))


def _sign(work: UnitOfWork, user: User, password: str, now: datetime) -> Signature:
    secret = get_application().secret
    if proves_elsewhere(user):
        return sign_by_provider(work, user, get_token(), secret, now)
    return sign_by_password(work, user, password, secret, now)


def keep(claim_id: int, revision: int) -> None:
    """Keep the claim as it was shown, at this revision, with the typed reason."""
    reason = str(st.session_state.get(f"keep_reason_{claim_id}", ""))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_revision(work, claim_id, revision)
        keep_claim(work, claim_id, reason, user, now)

    if act(step):
        forget_typed(f"keep_reason_{claim_id}")
        keep_message("saved", get_translate()("The claim is kept; its reason stands in the report."))
    place_message("obstacles")

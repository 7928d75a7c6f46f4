"""What the editor's buttons do: assign, decide on a version, keep a low-graded claim."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from claims.records.decision import VersionState
from claims.records.people import User
from claims.records.plan import ReviewPlan
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, forget_typed, read_field
from reviewer.dashboard.session import get_translate, keep_message
from reviewer.labels import STATE_LABELS
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.publishing import decide_version, keep_claim
from reviewer.workflow.showing import require_revision


def assign(version_id: int) -> None:
    """Let the plan in the fields hold for the article from this version on."""
    plan = ReviewPlan(
        reviewers=tuple(st.session_state.get("plan_reviewers", ())),
        adjudicator=st.session_state.get("plan_adjudicator") or "",
        needed=int(st.session_state.get("plan_needed", 1)),
        sealed=bool(st.session_state.get("plan_sealed", True)),
    )
    if act(assign_review, version_id, plan):
        keep_message("saved", get_translate()("The assignment is saved."))


def decide(version_id: int, version_hash: str, state: VersionState) -> None:
    """Take the version to ``state`` with the comment as it stands, or say what forbids it."""
    comment = read_field("decision_comment")
    if act(decide_version, version_id, version_hash, state, comment):
        empty_fields("decision_comment")
        translate = get_translate()
        keep_message("saved", translate("Saved: {name}.").format(name=translate(STATE_LABELS[state])))


def keep(claim_id: int, revision: int) -> None:
    """Keep the claim as it was shown, at this revision, with the typed reason."""
    reason = str(st.session_state.get(f"keep_reason_{claim_id}", ""))

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        require_revision(work, claim_id, revision)
        keep_claim(work, claim_id, reason, user, now)

    if act(step):
        forget_typed(f"keep_reason_{claim_id}")
        keep_message("saved", get_translate()("The claim is kept; its reason stands in the report."))

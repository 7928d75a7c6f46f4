"""Who reviews the article and until when, and what becomes of the grades that it has already."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.people import User
from claims.records.review import ReviewClaim
from reviewer.dashboard.actions.publishing import assign, reopen_chosen
from reviewer.dashboard.components.drawing import draw_note, draw_text, draw_title
from reviewer.dashboard.components.message import close_or_tell, draw_message
from reviewer.dashboard.session import get_application, get_translate, get_user, has_message
from reviewer.markup import escape_markdown
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.viewing import AssignmentView, view_assignment


def draw_plan(version_id: int, view: AssignmentView) -> None:
    """Draw the plan on the version's page; an editor changes that of an open version here."""
    translate = get_translate()
    names = {user.name: user.full_name for user in view.users}
    with st.container(border=True, key="plan"):
        draw_title(translate("Review"))
        _warn_of_own(view.own_judges)
        if not view.is_open or not may(get_user(), Permission.ASSIGN):
            people = [names.get(name, name) for name in (*view.plan.reviewers, view.plan.adjudicator) if name]
            draw_text(", ".join(people) or translate("Nobody is assigned."))
            return
        _draw_fields(view)
        st.button(translate("Assign"), key="assign", on_click=assign, args=(version_id, "plan"))
        draw_message(place="plan")
        if view.given.settled_by_fewer:
            told = translate("Settled by fewer graders than are asked for now: {count}")
            with st.expander(told.format(count=len(view.given.settled_by_fewer)), key="fewer"):
                _draw_fewer(view.given.settled_by_fewer, "plan")


def draw_assigning(version_id: int) -> None:
    """Draw the plan in a dialog. It stays open where claims were settled by fewer than are asked for now."""
    translate = get_translate()
    with get_application().reading() as work:
        view = view_assignment(work, version_id)
    draw_title(view.title)
    _warn_of_own(view.own_judges)
    _draw_fields(view)
    pressed = st.button(
        translate("Assign"), key="assign", type="primary", on_click=assign, args=(version_id,)
    )
    fewer = view.given.settled_by_fewer
    if not fewer:
        # Also once the last of them is graded anew: what that said is told on the page.
        close_or_tell(pressed, has_message())
        return
    if pressed:
        draw_message()
    told = translate("Settled by fewer graders than are asked for now: {count}")
    draw_title(told.format(count=len(fewer)))
    close_or_tell(_draw_fewer(fewer))
    if st.button(translate("Leave them as they are"), key="leave_fewer"):
        st.rerun()


def _warn_of_own(own: Sequence[User]) -> None:
    if own:
        told = get_translate()("Brought this article in and may grade it: {names}. The report says so.")
        st.warning(escape_markdown(told.format(names=", ".join(user.full_name for user in own))))


def _draw_fields(view: AssignmentView) -> None:
    translate, plan = get_translate(), view.plan
    names = {user.name: user.full_name for user in view.users}
    st.multiselect(
        translate("Reviewers"),
        [user.name for user in view.users if may(user, Permission.GRADE)],
        default=[name for name in plan.reviewers if name in names],
        format_func=lambda name: names[name],
        key="plan_reviewers",
        placeholder=translate("Any reviewer"),
    )
    st.radio(
        translate("Independent grades for each claim"),
        [1, 2],
        index=plan.needed - 1,
        key="plan_needed",
        horizontal=True,
    )
    adjudicator, due = st.columns(2)
    settlers = ["", *(user.name for user in view.users if may(user, Permission.ADJUDICATE))]
    adjudicator.selectbox(
        translate("Adjudicator"),
        settlers,
        index=settlers.index(plan.adjudicator) if plan.adjudicator in settlers else 0,
        format_func=lambda name: names.get(name, translate("Any adjudicator")),
        key="plan_adjudicator",
    )
    due.date_input(translate("Due date"), value=plan.due_on, key="plan_due_on", format="YYYY-MM-DD")
    st.checkbox(
        translate("Hide machine suggestions until the reviewer has graded"),
        value=plan.sealed,
        key="plan_sealed",
    )
    given = view.given
    told = translate(
        "Settled: {settled} · waiting for another grade: {begun} · not graded: {ungraded}. What is settled"
        " stays settled, and grades that were given go on counting; the people named here grade the rest."
    )
    draw_note(told.format(settled=given.settled, begun=given.begun, ungraded=given.ungraded))
    if given.assigned:
        told = translate(
            "Claims assigned one by one: {count}. They stay so while those people are named here and"
            " are enough."
        )
        draw_note(told.format(count=given.assigned))


def _draw_fewer(claims: Sequence[ReviewClaim], place: str = "") -> bool:
    """Draw the claims that fewer have graded; whether the way to grade some anew was pressed."""
    translate = get_translate()
    by_id = {claim.id: f"{claim.number}\u2002{claim.claim.text}" for claim in claims}
    st.multiselect(
        translate("Claims to be graded anew"),
        list(by_id),
        default=list(by_id),
        format_func=by_id.__getitem__,
        key="fewer_chosen",
    )
    st.text_input(
        translate("Reason"), value=translate("From now on two people grade each claim."), key="fewer_reason"
    )
    draw_note(translate("Both grade them anew: the first grade was open to everybody and counts no longer."))
    return st.button(
        translate("Grade these anew"), key="reopen_fewer", on_click=reopen_chosen, args=(claims, place)
    )

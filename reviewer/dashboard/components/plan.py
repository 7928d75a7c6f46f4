"""Who reviews the article: by how many each claim is graded, and who settles their differences."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.people import User
from claims.records.plan import ReviewPlan
from reviewer.dashboard.actions.publishing import assign
from reviewer.dashboard.components.drawing import draw_text, draw_title
from reviewer.dashboard.session import get_translate, get_user
from reviewer.markup import escape_markdown
from reviewer.rules.permissions import Permission, may


def draw_plan(version_id: int, plan: ReviewPlan, users: Sequence[User], own: Sequence[User]) -> None:
    """Draw the plan; an editor changes it here. ``own`` may grade what they brought in: it says so."""
    translate = get_translate()
    names = {user.name: user.full_name for user in users}
    with st.container(border=True, key="plan"):
        draw_title(translate("Review"))
        if own:
            told = translate("Brought this article in and may grade it: {names}. The report says so.")
            st.warning(escape_markdown(told.format(names=", ".join(user.full_name for user in own))))
        if not may(get_user(), Permission.ASSIGN):
            people = [names.get(name, name) for name in (*plan.reviewers, plan.adjudicator) if name]
            draw_text(", ".join(people) or translate("Nobody is assigned."))
            return
        st.multiselect(
            translate("Reviewers"),
            [user.name for user in users if may(user, Permission.GRADE)],
            default=list(plan.reviewers),
            format_func=lambda name: names[name],
            key="plan_reviewers",
            placeholder=translate("Any reviewer"),
        )
        needed, adjudicator = st.columns(2)
        needed.radio(
            translate("Independent grades for each claim"),
            [1, 2],
            index=plan.needed - 1,
            key="plan_needed",
            horizontal=True,
        )
        settlers = ["", *(user.name for user in users if may(user, Permission.ADJUDICATE))]
        adjudicator.selectbox(
            translate("Adjudicator"),
            settlers,
            index=settlers.index(plan.adjudicator) if plan.adjudicator in settlers else 0,
            format_func=lambda name: names.get(name, translate("Any adjudicator")),
            key="plan_adjudicator",
        )
        st.checkbox(
            translate("Suggestions stay sealed until the own grade"), value=plan.sealed, key="plan_sealed"
        )
        st.button(translate("Assign"), key="assign", on_click=assign, args=(version_id,))

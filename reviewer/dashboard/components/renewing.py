"""That a published version needs review: which claims, why, and the way to a new version of the same text."""

from __future__ import annotations

import streamlit as st

from claims.records.recheck import ReviewMark
from reviewer.dashboard.actions.publishing import renew
from reviewer.dashboard.components.drawing import draw_html, draw_text, draw_title
from reviewer.dashboard.components.evidence import render_pmid
from reviewer.dashboard.session import get_locale, get_translate, get_user
from reviewer.dashboard.times import format_local_day
from reviewer.i18n import Translate
from reviewer.labels import LOST_GROUND_LABELS, RETRACTION_LABELS
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.viewing import VersionView


def draw_marks(view: VersionView) -> None:
    """Draw the claims of the version that need review and, for editors, the button that begins it."""
    if not view.marks:
        return
    translate = get_translate()
    numbers = {dossier.claim.id: dossier.claim.number for dossier in view.dossiers}
    with st.container(border=True, key="needs_review"):
        draw_title(translate("Needs review"))
        draw_text(
            translate("It stays published as it is. The review is done in a new version of the same text.")
        )
        lines = (_render_mark(mark, numbers.get(mark.claim_id, 0), translate) for mark in view.marks)
        draw_html(Html('<ul class="konkyo">{}</ul>').format(Html().join(lines)))
        if view.has_newer or not may(get_user(), Permission.REOPEN):
            return
        st.text_input(
            translate("Reason"), key="renew_reason", value=translate("A paper under it was retracted.")
        )
        st.button(
            translate("Begin the review in a new version"),
            key="renew",
            type="primary",
            on_click=renew,
            args=(view.version.id,),
        )


def _render_mark(mark: ReviewMark, number: int, translate: Translate) -> Html:
    """One claim: its number, the paper and how it stands, since when the mark is there."""
    day = format_local_day(mark.raised_at, get_locale())
    told = translate("Claim {number}: {cause} ({status}), {day}").format(
        number=number,
        cause=translate(LOST_GROUND_LABELS[mark.cause]),
        status=translate(RETRACTION_LABELS[mark.status]),
        day=day,
    )
    return Html("<li>{} {}</li>").format(told, render_pmid(mark.pmid))

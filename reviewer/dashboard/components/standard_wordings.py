"""Sentences approved for reuse: where editors approve and withdraw them, and where authors insert one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.assessment import SupportGrade
from claims.records.draft import Draft
from claims.records.standard_wording import StandardWording
from reviewer.dashboard.actions.standard_wordings import approve, insert, withdraw
from reviewer.dashboard.components.drawing import draw_html, draw_note, draw_title, render_note
from reviewer.dashboard.components.evidence import render_pmid
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.session import get_locale, get_translate, get_user
from reviewer.dashboard.times import format_local_day
from reviewer.markup import Html, escape_markdown
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.known_claims import KnownPlace

_SHOWN = 50


def draw_wordings(wordings: Sequence[StandardWording], found: Sequence[KnownPlace]) -> None:
    """Draw the sentences with what approves one of the claims that were found, and withdraws one."""
    translate, approves = get_translate(), may(get_user(), Permission.APPROVE_WORDINGS)
    if not wordings and not approves:
        return
    draw_title(translate("Standard wordings"))
    draw_note(
        translate(
            "Sentences approved for reuse with their papers. Authors insert one where they rewrite a"
            " sentence. Withdrawn, it marks every published claim that says it."
        )
    )
    if approves:
        _draw_approving(wordings, found)
    for one in wordings[:_SHOWN]:
        with st.container(key=f"wording_{one.number}", horizontal=True, vertical_alignment="center"):
            draw_html(_render_wording(one))
            told = translate("Withdraw wording {number}").format(number=one.number)
            if approves and one.stands and st.button(told, key=f"withdraw_{one.number}"):
                open_dialog(told, _draw_withdrawing, one)


def draw_inserting(claim_id: int, wordings: Sequence[StandardWording], field: str, draft: Draft) -> None:
    """Draw the sentences that speak of what the claim speaks of, each with the button that inserts it."""
    translate = get_translate()
    if not wordings:
        return
    with st.expander(translate("Standard wordings on this: {count}").format(count=len(wordings))):
        for one in wordings:
            st.button(
                f"{translate('Insert')}: {escape_markdown(one.words)}",
                key=f"insert_{claim_id}_{one.number}",
                on_click=insert,
                args=(claim_id, field, one.words, draft.given_before),
                width="stretch",
            )


def render_used(wording: StandardWording | None) -> Html:
    """That a claim says a sentence that was approved for reuse, as a line of HTML; "" for any other."""
    if wording is None:
        return Html()
    translate = get_translate()
    told = translate("Standard wording {number}, approved by {name} ({day})").format(
        number=wording.number,
        name=get_naming()(wording.approved_by),
        day=format_local_day(wording.approved_at, get_locale()),
    )
    return render_note(told if wording.stands else _tell_withdrawn(wording))


def _draw_approving(wordings: Sequence[StandardWording], found: Sequence[KnownPlace]) -> None:
    translate, approved = get_translate(), {one.words for one in wordings if one.stands}
    sentences = {
        place.dossier.claim.id: place.dossier.claim.claim.read_as
        for place in found
        if (verdict := place.dossier.verdict) and verdict.grade is SupportGrade.SUPPORTED
        if place.dossier.claim.claim.read_as not in approved
    }
    with st.container(key="approving", horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            translate("A supported sentence among those above"),
            list(sentences),
            index=None,
            format_func=lambda claim_id: sentences[claim_id],
            key="wording_claim",
            placeholder=translate("choose a sentence"),
        )
        st.button(
            translate("Approve for reuse"),
            key="approve_wording",
            on_click=approve,
            args=(chosen or 0,),
            disabled=chosen is None,
        )


def _draw_withdrawing(wording: StandardWording) -> None:
    translate = get_translate()
    st.text_area(translate("Reason"), key=name_field(f"wording_reason_{wording.number}"), height=96)
    pressed = st.button(
        translate("Withdraw"),
        key="confirm_withdraw",
        type="primary",
        on_click=withdraw,
        args=(wording.number,),
    )
    close_or_tell(pressed)


def _render_wording(wording: StandardWording) -> Html:
    translate = get_translate()
    told = translate("approved by {name} ({day})").format(
        name=get_naming()(wording.approved_by), day=format_local_day(wording.approved_at, get_locale())
    )
    if not wording.stands:
        told = _tell_withdrawn(wording)
    papers = Html(" ").join(render_pmid(pmid) for pmid in wording.pmids)
    return Html('<p class="konkyo">{} <b>{}</b><br><span class="place">{} · {}</span></p>').format(
        wording.number, wording.words, told, papers
    )


def _tell_withdrawn(wording: StandardWording) -> str:
    if wording.withdrawn_at is None:
        return ""
    return get_translate()("Standard wording {number}, withdrawn by {name} ({day}): {reason}").format(
        number=wording.number,
        name=wording.withdrawn_by,
        day=format_local_day(wording.withdrawn_at, get_locale()),
        reason=wording.reason,
    )

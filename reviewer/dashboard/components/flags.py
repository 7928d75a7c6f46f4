"""Flags: in the article where they point, each with what was said to it, and the way to raise one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.flag import AnswerKind, Flag, FlagAnswer, FlagReason, FlagResolution
from claims.records.review import ReviewClaim
from reviewer.dashboard.actions.claims import find_flag_span, flag
from reviewer.dashboard.components.claim import render_grounds
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_translate
from reviewer.dashboard.times import format_moment
from reviewer.i18n import Translate, translator
from reviewer.labels import ANSWER_LABELS, FLAG_ADVICE, FLAG_LABELS
from reviewer.markup import Html, MarkedSpan, mark_text


def mark_flag(claim: ReviewClaim, flag: Flag, translate: Translate) -> MarkedSpan:
    """The flag's span in the article; the sign tells an open flag from a settled one."""
    state = translate("unsettled") if flag.is_open else translate("settled")
    return MarkedSpan(
        flag.start,
        flag.end,
        css="flagged" if flag.is_open else "settled",
        title=f"{translate(FLAG_LABELS[flag.reason])} ({state})",
        note=f"{claim.number}{'⚑' if flag.is_open else '✓'}",
    )


def render_flag(flag: Flag, translate: Translate, locale: str) -> Html:
    """The flag as HTML: why, what it points at, what would be better, and what was said to it."""
    state = translate("unsettled") if flag.is_open else translate("settled")
    head = Html('{} · <span class="state">{}</span>').format(translate(FLAG_LABELS[flag.reason]), state)
    advice = _render_advice(flag, translate) if flag.risk is None else render_grounds(flag.risk, locale)
    said = [_render_words(flag), advice]
    said += [_render_answer(answer, translate, locale) for answer in flag.answers]
    said += [_render_resolution(resolution, translate, locale) for resolution in flag.resolutions]
    css = "flag" if flag.is_open else "flag settled"
    return Html('<section class="konkyo {}"><h4>{}</h4>{}</section>').format(css, head, Html().join(said))


def _render_words(flag: Flag) -> Html:
    if not flag.words:
        return Html()
    by = Html(' <span class="place">{}</span>').format(flag.raised_by) if flag.raised_by else ""
    return Html("<p>“{}”{}</p>").format(flag.words, by)


def _render_advice(flag: Flag, translate: Translate) -> Html:
    advice = flag.suggestion or translate(FLAG_ADVICE.get(flag.reason, ""))
    return Html('<p class="advice">→ {}</p>').format(advice) if advice else Html()


def _render_answer(answer: FlagAnswer, translate: Translate, locale: str) -> Html:
    kind = translate(ANSWER_LABELS[answer.kind])
    when = format_moment(answer.answered_at, locale)
    words = f": {answer.words}" if answer.words else ""
    return Html('<p class="said"><b>{}</b> · {}{} <span class="place">{}</span></p>').format(
        answer.answered_by, kind, words, when
    )


def _render_resolution(resolution: FlagResolution, translate: Translate, locale: str) -> Html:
    told = translate("settled") if resolution.settled else translate("open again")
    words = f": {resolution.comment}" if resolution.comment else ""
    when = format_moment(resolution.resolved_at, locale)
    return Html('<p class="said"><b>{}</b> · {}{} <span class="place">{}</span></p>').format(
        resolution.resolved_by, told, words, when
    )


def name_answer(kind: AnswerKind, translate: Translate) -> str:
    """What the author may do about a flag, in words."""
    return translate(ANSWER_LABELS[kind])


def render_flags(flags: Sequence[Flag], locale: str) -> Html:
    """The open flags as HTML, each with what was said to it.

    Those on the wording that nobody answered yet stand with the claim's own words.
    """
    shown = (flag for flag in flags if flag.answers or flag.reason is not FlagReason.WORDING_RISK)
    return Html().join(render_flag(flag, translator(locale), locale) for flag in shown if flag.is_open)


def draw_flagging(claim: ReviewClaim) -> None:
    """Draw the fields of a flag; raising it closes the dialog."""
    translate, text = get_translate(), claim.claim.text
    start, end = find_flag_span(claim.id) or (0, len(text))
    draw_html(
        Html('<p class="konkyo article">{}</p>').format(mark_text(text, [MarkedSpan(start, end, "flagged")]))
    )
    st.text_area(
        translate("What is wrong with these words"),
        key=name_field(f"flag_{claim.id}"),
        height=96,
        persist_state="session",
    )
    st.text_input(
        translate("What would be better"), key=name_field(f"suggestion_{claim.id}"), persist_state="session"
    )
    raised = st.button(
        translate("Raise the flag"), key="flag", type="primary", on_click=flag, args=(claim.id,)
    )
    close_or_tell(raised)

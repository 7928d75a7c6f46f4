"""Flags: in the article where they point, each with what was said to it, and the way to raise one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from claims.records.flag import AnswerKind, Flag, FlagReason
from claims.records.review import ReviewClaim
from reviewer.dashboard.actions.claims import find_flag_span, flag
from reviewer.dashboard.components.claim import render_grounds
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.session import get_translate
from reviewer.i18n import Translate, translator
from reviewer.labels import ANSWER_LABELS, FLAG_ADVICE, FLAG_LABELS, RISK_LABELS
from reviewer.markup import Html, MarkedSpan, mark_text


def mark_flag(claim: ReviewClaim, flag: Flag, translate: Translate, is_shown: bool = False) -> MarkedSpan:
    """The flag's span in the article; the sign tells an open flag from a settled one.

    ``is_shown``: the claim's card stands beside it.
    """
    css = "flagged" if flag.is_open else "settled"
    return MarkedSpan(
        flag.start,
        flag.end,
        css=f"{css} now" if is_shown else css,
        title=f"{translate(FLAG_LABELS[flag.reason])} ({_tell_state(flag, translate)})",
        note=f"{claim.number}{'⚑' if flag.is_open else '✓'}",
    )


def render_flag(
    flag: Flag,
    translate: Translate,
    locale: str,
    advice: Mapping[FlagReason, str] = FLAG_ADVICE,
) -> Html:
    """The flag as HTML: why, what it points at, what helps; what was said to it stands in the thread.

    ``advice`` is what mostly helps for a reason, for those who read it.
    """
    label, state = translate(FLAG_LABELS[flag.reason]), _tell_state(flag, translate)
    if flag.risk is not None:
        label = f"{label}: {translate(RISK_LABELS[flag.risk.rule])}"
    head = Html('{} · <span class="state">{}</span>').format(label, state)
    helps = (
        _render_advice(flag, translate, advice) if flag.risk is None else render_grounds(flag.risk, locale)
    )
    css, told = "flag" if flag.is_open else "flag settled", _render_words(flag) + helps
    return Html('<section class="konkyo {}"><h4>{}</h4>{}</section>').format(css, head, told)


def _render_words(flag: Flag) -> Html:
    if not flag.words:
        return Html()
    by = Html(' <span class="place">{}</span>').format(get_naming()(flag.raised_by)) if flag.raised_by else ""
    return Html("<p>“{}”{}</p>").format(flag.words, by)


def _tell_state(flag: Flag, translate: Translate) -> str:
    if not flag.is_open:
        return translate("settled")
    return translate("not answered") if flag.waits_for_answer else translate("answered")


def _render_advice(flag: Flag, translate: Translate, advice: Mapping[FlagReason, str]) -> Html:
    helps = flag.suggestion or translate(advice.get(flag.reason, ""))
    return Html('<p class="advice">→ {}</p>').format(helps) if helps else Html()


def name_answer(kind: AnswerKind, translate: Translate) -> str:
    """What the author may do about a flag, in words."""
    return translate(ANSWER_LABELS[kind])


def render_flags(flags: Sequence[Flag], locale: str) -> Html:
    """The open flags as HTML.

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

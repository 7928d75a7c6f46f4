"""Flags: in the article where they point, and each with what was said to it."""

from __future__ import annotations

from claims.records.flag import AnswerKind, Flag, FlagAnswer, FlagResolution
from claims.records.review import ReviewClaim
from reviewer.dashboard.components.markup import MarkedSpan, show_text
from reviewer.dashboard.times import format_moment
from reviewer.i18n import Translate
from reviewer.labels import ANSWER_LABELS, FLAG_ADVICE, FLAG_LABELS


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


def render_flag(flag: Flag, translate: Translate, locale: str) -> str:
    """The flag as HTML: why, what it points at, what would be better, and what was said to it."""
    state = translate("unsettled") if flag.is_open else translate("settled")
    head = f'{translate(FLAG_LABELS[flag.reason])} · <span class="state">{show_text(state)}</span>'
    said = [_render_words(flag), _render_advice(flag, translate)]
    said += [_render_answer(answer, translate, locale) for answer in flag.answers]
    said += [_render_resolution(resolution, translate, locale) for resolution in flag.resolutions]
    css = "flag" if flag.is_open else "flag settled"
    return f'<section class="konkyo {css}"><h4>{head}</h4>{"".join(said)}</section>'


def _render_words(flag: Flag) -> str:
    if not flag.words:
        return ""
    by = f' <span class="place">{show_text(flag.raised_by)}</span>' if flag.raised_by else ""
    return f"<p>“{show_text(flag.words)}”{by}</p>"


def _render_advice(flag: Flag, translate: Translate) -> str:
    advice = flag.suggestion or translate(FLAG_ADVICE.get(flag.reason, ""))
    return f'<p class="advice">→ {show_text(advice)}</p>' if advice else ""


def _render_answer(answer: FlagAnswer, translate: Translate, locale: str) -> str:
    kind = translate(ANSWER_LABELS[answer.kind])
    when = format_moment(answer.answered_at, locale)
    words = f": {show_text(answer.words)}" if answer.words else ""
    return (
        f'<p class="said"><b>{show_text(answer.answered_by)}</b> · {show_text(kind)}{words} '
        f'<span class="place">{show_text(when)}</span></p>'
    )


def _render_resolution(resolution: FlagResolution, translate: Translate, locale: str) -> str:
    told = translate("settled") if resolution.settled else translate("open again")
    words = f": {show_text(resolution.comment)}" if resolution.comment else ""
    when = format_moment(resolution.resolved_at, locale)
    return (
        f'<p class="said"><b>{show_text(resolution.resolved_by)}</b> · {show_text(told)}{words} '
        f'<span class="place">{show_text(when)}</span></p>'
    )


def name_answer(kind: AnswerKind, translate: Translate) -> str:
    """What the author may do about a flag, in words."""
    return translate(ANSWER_LABELS[kind])

"""Flags: in the article where they point, and each with what was said to it."""

from __future__ import annotations

from claims.records.flag import AnswerKind, Flag, FlagAnswer, FlagResolution
from claims.records.review import ReviewClaim
from reviewer.dashboard.times import format_moment
from reviewer.i18n import Translate
from reviewer.labels import ANSWER_LABELS, FLAG_ADVICE, FLAG_LABELS
from reviewer.markup import Html, MarkedSpan


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
    said = [_render_words(flag), _render_advice(flag, translate)]
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

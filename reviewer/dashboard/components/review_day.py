"""By when published evidence is looked at again: of one version with its reason, of all that come, by which
rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from claims.records.review_day import ClaimDay, ReviewDay, ReviewRule, SetDay
from reviewer.dashboard.actions.publishing import set_day
from reviewer.dashboard.components.drawing import draw_html, draw_note, draw_title, render_note, render_table
from reviewer.dashboard.components.due import render_due
from reviewer.dashboard.components.ways import draw_version_line
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.session import get_locale, get_translate, get_user
from reviewer.dashboard.times import format_moment
from reviewer.error_messages import describe_error
from reviewer.i18n import Translate, mark
from reviewer.labels import DESIGN_LABELS, TYPE_LABELS
from reviewer.markup import Html
from reviewer.review_rules import CheckedReviewRule
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.review_days import DueReview
from reviewer.workflow.viewing import VersionView

_RULE_HEADS = (mark("Claims"), mark("Looked at again after"), mark("Reason"))
_CHECKED_HEADS = (mark("Line"), mark("Taken?"), mark("Claims"), mark("Reason, or what to do"))


def draw_review_day(view: VersionView) -> None:
    """Draw the day of a published version and why it is that one; editors set another here."""
    day = view.review_day
    if day is None:
        return
    translate = get_translate()
    numbers = {dossier.claim.id: dossier.claim.number for dossier in view.dossiers}
    with st.container(border=True, key="review_day"):
        draw_title(translate("Next review of the evidence"))
        draw_html(Html('<p class="konkyo">{}</p>').format(render_due(day.due_on)))
        draw_note(_tell_why(day, view.set_day, numbers, translate))
        if may(get_user(), Permission.PUBLISH):
            with st.expander(translate("Set another day"), key="other_review_day"):
                _draw_setting(view.version.id, day, view.set_day)


def _draw_setting(version_id: int, day: ReviewDay, set_day_now: SetDay | None) -> None:
    translate = get_translate()
    st.date_input(
        translate("Evidence to be looked at again by"),
        value=day.due_on,
        key=name_field("review_day_on"),
        format="YYYY-MM-DD",
    )
    st.text_input(translate("Reason"), key=name_field("review_day_reason"))
    st.button(translate("Set the day"), key="set_review_day", on_click=set_day, args=(version_id,))
    if set_day_now is not None:
        st.button(
            translate("Let the day of the rules hold again"),
            key="unset_review_day",
            on_click=set_day,
            args=(version_id, True),
        )


def _tell_why(
    day: ReviewDay, by_hand: SetDay | None, numbers: Mapping[int, int], translate: Translate
) -> str:
    first = day.by_rule
    by_rule = _tell_claim(first, numbers.get(first.claim_id, 0), translate) if first else ""
    if by_hand is None:
        if not day.rules:
            return translate("It is counted within a minute.")
        return by_rule or translate("No rule is about its claims.")
    when = format_moment(by_hand.set_at, get_locale())
    told = translate("Set by {name}, {when}: {reason}")
    return told.format(name=get_naming()(by_hand.set_by), when=when, reason=by_hand.reason)


def _tell_claim(one: ClaimDay, number: int, translate: Translate) -> str:
    """Which claim comes first, and by which rule."""
    if one.rule is None:
        return translate("Claim {number}: a document under it expires then.").format(number=number)
    told = translate("Claim {number}: {months} months after its grade: {reason}")
    return told.format(number=number, months=one.rule.months, reason=one.rule.tell_reason(get_locale()))


def draw_due_reviews(due: Sequence[DueReview], translate: Translate) -> None:
    """Draw the published versions whose day has come or comes soon, each with the way to it."""
    if not due:
        return
    with st.container(border=True, key="due_reviews"):
        draw_title(translate("Evidence to be looked at again"))
        for one in due:
            told = Html("{}{}").format(_render_title(one), _render_why(one, translate))
            draw_version_line(told, one.version.id, "to_due")


def _render_title(one: DueReview) -> Html:
    title = Html('<h2 class="konkyo title">{}</h2><p class="konkyo">{}</p>')
    return title.format(one.version.title, render_due(one.day.due_on))


def _render_why(one: DueReview, translate: Translate) -> Html:
    told = [translate("version {number}").format(number=one.version.number)]
    first = one.day.by_rule
    if one.set_day is not None:
        told.append(one.set_day.reason)
    elif first is not None and first.rule is not None:
        told.append(first.rule.tell_reason(get_locale()))
    elif first is not None:
        told.append(translate("a document under it expires then"))
    if one.version.is_older:
        told.append(translate("a newer version is under way"))
    return render_note(" · ".join(told))


def draw_review_rules(rules: Iterable[ReviewRule], translate: Translate) -> None:
    """Draw the rules by which days are counted."""
    with st.expander(translate("Rules on when evidence is looked at again"), key="review_rules"):
        draw_html(render_review_rules((rule, "") for rule in rules))


def render_review_rules(rules: Iterable[tuple[ReviewRule, str]]) -> Html:
    """The rules as HTML, each with the words for where it is kept, "" where that is not told."""
    translate = get_translate()
    told = list(rules)
    has_places = any(place for _, place in told)
    heads = (*_RULE_HEADS, mark("Kept in")) if has_places else _RULE_HEADS
    rows = ((*_list_rule_cells(rule, translate), *((place,) if has_places else ())) for rule, place in told)
    note = translate("Of the rules that are about a claim the shortest counts, from the day of its grade on.")
    return render_note(note) + render_table(map(translate, heads), rows)


def render_checked_rules(lines: Iterable[CheckedReviewRule]) -> Html:
    """Lines of a table as HTML: whether each would be taken, and why not."""
    translate = get_translate()
    return render_table(
        map(translate, _CHECKED_HEADS), (_list_checked_cells(line, translate) for line in lines)
    )


def _list_checked_cells(checked: CheckedReviewRule, translate: Translate) -> tuple[str, ...]:
    found = checked.found
    if isinstance(found, ReviewRule):
        about, months, reason = _list_rule_cells(found, translate)
        return str(checked.line), translate("yes"), f"{about} · {months}", reason
    refused = Html('<b class="failure">{}</b>').format(translate("refused"))
    return str(checked.line), refused, "", describe_error(found, translate)


def _list_rule_cells(rule: ReviewRule, translate: Translate) -> tuple[str, str, str]:
    months = translate("{months} months").format(months=rule.months)
    return _describe_conditions(rule, translate), months, rule.tell_reason(get_locale())


def _describe_conditions(rule: ReviewRule, translate: Translate) -> str:
    told = [
        translate(TYPE_LABELS[rule.type]) if rule.type else "",
        translate("best evidence: level {level} or weaker").format(level=rule.level) if rule.level else "",
        translate(DESIGN_LABELS[rule.design]) if rule.design else "",
        translate("names “{words}”").format(words=rule.words) if rule.words else "",
    ]
    return " · ".join(filter(None, told)) or translate("all")

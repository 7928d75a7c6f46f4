"""When published evidence is looked at again: the rules in force, and the clinic's own changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.appraisal.review_periods import load_review_periods
from claims.records.review_day import KeptReviewRules, ReviewRule
from reviewer.dashboard.actions.wording_rules import REVIEW_FILE, REVIEW_TEXT, find_given_table
from reviewer.dashboard.components.drawing import draw_html, draw_title
from reviewer.dashboard.components.exports import draw_review_rules_button
from reviewer.dashboard.components.review_day import render_checked_rules, render_review_rules
from reviewer.dashboard.components.upload import draw_columns, draw_review_rules_upload
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user
from reviewer.dashboard.times import format_moment
from reviewer.review_rules import HOUSE_COLUMNS, check_review_rules
from reviewer.workflow.review_rules import find_kept_review_rules


def draw_house_review_rules() -> None:
    """Draw the rules in force, and the fields that change the clinic's."""
    translate = get_translate()
    by_file = get_application().file_review_rules
    with get_application().reading() as work:
        kept = find_kept_review_rules(work, get_user())
    rules = by_file.with_kept(kept.rules if kept else ()).rules
    changed = (
        translate("last changed by {name}, {when}").format(
            name=kept.kept_by, when=format_moment(kept.kept_at, get_locale())
        )
        if kept
        else ""
    )
    draw_title(translate("Rules on when evidence is looked at again"), note=changed)
    draw_html(render_review_rules((rule, _find_place(rule, by_file.of_file, kept)) for rule in rules))
    with st.expander(
        translate("Change the clinic's rules on when evidence is looked at again"), key="change_review_rules"
    ):
        _draw_change(kept, by_file.of_file)


def _find_place(rule: ReviewRule, of_file: Sequence[ReviewRule], kept: KeptReviewRules | None) -> str:
    """The words for where the rule is kept."""
    translate = get_translate()
    if rule in of_file:
        return translate("file (KONKYO_REVIEW_RULES)")
    if kept and rule in kept.rules:
        return translate("this page")
    return "Konkyo" if rule in load_review_periods() else translate("setting (KONKYO_REVIEW_MONTHS)")


def _draw_change(kept: KeptReviewRules | None, of_file: Sequence[ReviewRule]) -> None:
    translate = get_translate()
    told = translate(
        "The table replaces all rules kept on this page; a table with its first line alone takes them "
        "all out. Its first line is {columns}, parted by tabs. An empty cell asks nothing; a rule about "
        "the same claims as one of Konkyo's takes its place."
    )
    draw_columns(told, HOUSE_COLUMNS)
    draw_review_rules_button()
    draw_review_rules_upload(kept.number if kept else 0)
    given = find_given_table(REVIEW_FILE, REVIEW_TEXT)
    if given is not None:
        lines = check_review_rules(*given, of_file)
        rules = [line.found for line in lines if isinstance(line.found, ReviewRule)]
        before = kept.rules if kept else ()
        told = translate("Would be taken: {taken} (new: {new}, no longer there: {gone}). Refused: {refused}")
        refused = len(lines) - len(rules)
        draw_title(
            told.format(
                taken=len(rules),
                new=sum(rule not in before for rule in rules),
                gone=sum(rule not in rules for rule in before),
                refused=refused,
            ),
            note=translate("A table with a refused line is not put in force.") if refused else "",
        )
        if lines:
            draw_html(
                render_checked_rules(sorted(lines, key=lambda line: isinstance(line.found, ReviewRule)))
            )

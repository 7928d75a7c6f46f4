"""The house rules: those on wording, the clinic's own and Konkyo's, and those on review dates below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from claims.extraction.house_rules import HouseRule, HouseRules, KeptRules
from reviewer.dashboard.actions.wording_rules import find_given_table
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note, draw_title
from reviewer.dashboard.components.exports import draw_rules_button
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.upload import draw_columns, draw_rules_upload
from reviewer.dashboard.components.wording_rules import (
    render_checked,
    render_house_rules,
    render_shipped_rules,
)
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.pages.review_rules import draw_house_review_rules
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user
from reviewer.dashboard.times import format_moment
from reviewer.wording_rules import COLUMNS, CheckedLine, check_wording_rules
from reviewer.workflow.wording_rules import find_kept_rules

SHOWN_AT_ONCE = 50
_Row = TypeVar("_Row")


def draw_wording_rules() -> None:
    """Draw the rules, and the fields that change the clinic's."""
    translate = get_translate()
    draw_bar()
    draw_heading(translate("House rules"))
    draw_message()
    draw_title(translate("Rules on wording"))
    draw_note(translate("Konkyo points at these words in a claim, to be checked; a person decides on each."))
    with get_application().reading() as work:
        kept, file_rules = find_kept_rules(work, get_user()), work.file_rules
    _draw_house(kept, file_rules)
    with st.expander(translate("Change the clinic's rules"), key="change_rules"):
        _draw_change(kept, file_rules)
    draw_title(translate("Rules that come with Konkyo"))
    draw_html(render_shipped_rules(get_locale()))
    draw_house_review_rules()


def _draw_house(kept: KeptRules | None, file_rules: HouseRules) -> None:
    translate, locale = get_translate(), get_locale()
    here, in_file = translate("this page"), translate("file (KONKYO_WORDING_RULES)")
    rows = [(rule, in_file) for rule in file_rules.rules]
    rows += [(rule, here) for rule in (kept.rules if kept else ()) if not file_rules.has_phrase(rule)]
    changed = (
        translate("last changed by {name}, {when}").format(
            name=kept.kept_by, when=format_moment(kept.kept_at, locale)
        )
        if kept
        else ""
    )
    draw_title(translate("Rules of the clinic: {count}").format(count=len(rows)), note=changed)
    if rows:
        draw_html(render_house_rules(_choose_page(rows, "house_page"), locale))


def _draw_change(kept: KeptRules | None, file_rules: HouseRules) -> None:
    translate = get_translate()
    told = translate(
        "The table replaces all rules kept on this page. Its first line is {columns}, parted by tabs; "
        "language is ja or en. Claims that are already in keep what they were read with; what is added, "
        "merged, split or restored from now on is read by the rules in force then."
    )
    draw_columns(told, COLUMNS)
    draw_rules_button()
    draw_rules_upload(kept.number if kept else 0)
    given = find_given_table()
    if given is not None:
        _draw_checked(check_wording_rules(*given, file_rules), kept.rules if kept else ())


def _draw_checked(lines: Sequence[CheckedLine], before: Sequence[HouseRule]) -> None:
    """Draw what the table would do, the lines at fault first."""
    translate = get_translate()
    rules = {line.found for line in lines if isinstance(line.found, HouseRule)}
    refused = len(lines) - len(rules)
    told = translate("Would be taken: {taken} (new: {new}, no longer there: {gone}). Refused: {refused}")
    draw_title(
        told.format(
            taken=len(rules), new=len(rules - {*before}), gone=len({*before} - rules), refused=refused
        ),
        note=translate("A table with a refused line is not put in force.") if refused else "",
    )
    ordered = sorted(lines, key=lambda line: isinstance(line.found, HouseRule))
    if ordered:
        draw_html(render_checked(_choose_page(ordered, "checked_page"), get_locale()))


def _choose_page(rows: Sequence[_Row], key: str) -> Sequence[_Row]:
    """The rows of the page that is chosen; a choice is drawn where there is more than one."""
    pages = -(-len(rows) // SHOWN_AT_ONCE)
    page = st.pagination(pages, key=key) if pages > 1 else 1
    return rows[SHOWN_AT_ONCE * (page - 1) : SHOWN_AT_ONCE * page]

"""The list of articles: each version with how far its review has come."""

from __future__ import annotations

import streamlit as st

from claims.records.review import VersionSummary
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_title, render_note
from reviewer.dashboard.components.exports import draw_report_downloads
from reviewer.dashboard.components.taking_out import draw_article_menu
from reviewer.dashboard.components.upload import draw_upload
from reviewer.dashboard.navigation import draw_bar, render_progress
from reviewer.dashboard.session import get_application, get_translate, get_user, open_place, take_message
from reviewer.dashboard.times import write_day
from reviewer.markup import escape_markdown
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.overview import list_versions

SHOWN_AT_ONCE = 20


def draw_articles() -> None:
    """Draw the articles, newest first."""
    translate = get_translate()
    draw_bar()
    if message := take_message():
        st.error(escape_markdown(message[1]))
    draw_heading(translate("Articles"))
    shown = st.session_state.get("articles_shown", SHOWN_AT_ONCE)
    with get_application().reading() as work:
        versions = list_versions(work, get_user(), shown + 1)
    if may(get_user(), Permission.INGEST_ARTICLES):
        draw_upload()
    if not versions:
        st.info(_tell_first_step())
    for version in versions[:shown]:
        _draw_version(version)
    if len(versions) > shown:
        st.button(translate("Show more"), key="more_articles", on_click=_show_more, args=(shown,))


def _tell_first_step() -> str:
    """What brings the first article in, for those who may do so here and for those who may not."""
    translate = get_translate()
    if may(get_user(), Permission.INGEST_ARTICLES):
        told = translate("No article yet: open “{button}” above, then choose a file or paste the text.")
        told = told.format(button=translate("Bring in an article"))
    else:
        told = translate("No article yet: an author or an editor brings one in.")
    shown = translate("On the command line: `konkyo run article.txt --out report.csv`")
    return f"{told} {shown}"


def _draw_version(version: VersionSummary) -> None:
    translate = get_translate()
    with st.container(border=True, key=f"version_{version.id}"):
        title, progress, action, report = st.columns([4.2, 2.6, 1.2, 2.8], vertical_alignment="center")
        told = translate("version {number} · {date}").format(
            number=version.number, date=write_day(version.ingested_at)
        )
        if version.is_older:
            told = f"{told} · {translate('older version, to read only')}"
        draw_title(version.title, title, note=told)
        count = translate("{graded} of {claims} graded · {searched} searched").format(
            graded=version.graded, claims=version.claims, searched=version.searched
        )
        bar = "" if version.is_older else render_progress(version.graded, version.claims, count)
        draw_html(bar + render_note(count), progress)
        action.button(
            translate("Read") if version.is_older else translate("Open"),
            key=f"open_{version.id}",
            on_click=open_place,
            kwargs={"version": version.id},
            type="secondary" if version.is_older else "primary",
            width="stretch",
        )
        with report:
            draw_report_downloads(version.id)
            draw_article_menu(version.id)


def _show_more(shown: int) -> None:
    st.session_state["articles_shown"] = shown + SHOWN_AT_ONCE

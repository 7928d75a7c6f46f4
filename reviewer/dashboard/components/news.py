"""What is new to the person who looks: one sentence an article and kind, with the way there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from reviewer.dashboard.actions.my_work import know_news
from reviewer.dashboard.components.drawing import draw_html, draw_title
from reviewer.dashboard.leaving import go
from reviewer.dashboard.session import get_locale, get_translate
from reviewer.dashboard.times import format_local_day
from reviewer.markup import Html
from reviewer.notice_sentences import place_line, tell_line
from reviewer.workflow.news import News

# More numbers of claims are no help in one line.
_MOST_NUMBERS = 12


def draw_news(news: Sequence[News]) -> None:
    """Draw the notices, until they are opened or the person says that they are seen; none is nothing."""
    if not news:
        return
    translate = get_translate()
    with st.container(border=True, key="news", gap="xsmall"):
        title, known = st.columns([7.2, 2.2], vertical_alignment="center")
        draw_title(translate("New for you"), title)
        ids = tuple(number for one in news for number in one.line.ids)
        known.button(translate("Seen"), key="know_news", on_click=know_news, args=(ids,), width="stretch")
        for place, one in enumerate(news):
            words, way = st.columns([7.2, 2.2], vertical_alignment="center")
            draw_html(_render_line(one), words)
            way.button(
                translate("Open"),
                key=f"news_{place}",
                on_click=go,
                kwargs=place_line(one.line),
                width="stretch",
            )


def _render_line(one: News) -> Html:
    translate, notice = get_translate(), one.line.notices[0]
    told = [translate("version {number}").format(number=notice.version_number)]
    if one.claims:
        numbers = ", ".join(map(str, one.claims[:_MOST_NUMBERS]))
        more = "…" if len(one.claims) > _MOST_NUMBERS else ""
        told.append(translate("claims {numbers}").format(numbers=numbers + more))
    papers = sorted({n.cause.pmid for n in one.line.notices if n.cause.pmid})
    told += [f"PMID {', '.join(papers[:_MOST_NUMBERS])}"] if papers else []
    told.append(format_local_day(notice.told_at, get_locale()))
    return Html('<div class="konkyo"><b>{}</b><p class="place">{} · {}</p></div>').format(
        tell_line(one.line, translate), one.title, " · ".join(told)
    )

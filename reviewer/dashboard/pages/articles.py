"""The list of articles: each version with how far its review has come."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.session import get_house, get_translate, open_version


def draw() -> None:
    """Draw the articles, newest first."""
    translate = get_translate()
    st.subheader(translate("Articles"))
    with get_house().work() as work:
        versions = work.articles.list_versions()
    if not versions:
        st.info(translate("No article yet. On the command line: konkyo run article.txt --out report.csv"))
    for version in versions:
        with st.container(border=True):
            words, progress, action = st.columns([5, 3, 1.5], vertical_alignment="center")
            words.text(version.title)
            words.caption(
                translate("version {number} · {date}").format(
                    number=version.number, date=version.ingested_at.date().isoformat()
                )
            )
            told = translate("{graded} of {claims} graded · {searched} searched").format(
                graded=version.graded, claims=version.claims, searched=version.searched
            )
            progress.progress(version.graded / version.claims if version.claims else 0.0, text=told)
            action.button(
                translate("Review"),
                key=f"open_{version.id}",
                on_click=open_version,
                args=(version.id,),
                type="primary",
            )

"""The claim in its place in the article, with the words around it."""

from __future__ import annotations

from html import escape

import streamlit as st

from claims.records.review import ArticleVersion
from reviewer.dashboard.components.markup import mark_spans
from reviewer.workflow.dossier import Dossier

# Enough to read a claim in its place without scrolling for it.
_BEFORE, _AFTER = 350, 500


def draw_place(version: ArticleVersion, dossier: Dossier) -> None:
    """Draw the article's text around the claim, which is marked."""
    claim, text = dossier.claim.claim, version.article.text
    start, end = max(0, claim.start - _BEFORE), min(len(text), claim.end + _AFTER)
    shown = mark_spans(text[start:end], [(claim.start - start, claim.end - start)])
    before, after = "… " if start else "", " …" if end < len(text) else ""
    st.html(
        f'<div class="konkyo"><p class="place">{escape(claim.section)}</p>'
        f'<div class="text">{before}{shown}{after}</div></div>'
    )

"""The article with the claim in its place, and the state of the other claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from claims.articles.excerpt import find_excerpt
from claims.records.article import Article, Block, BlockKind
from claims.records.assessment import ClaimStatus
from claims.records.review import ReviewClaim
from claims.references import find_hidden
from reviewer.dashboard.components.browser_scripts import bring_claim_into_view
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.session import get_translate
from reviewer.i18n import Translate, mark
from reviewer.labels import STATUS_LABELS
from reviewer.markup import Html, MarkedSpan, mark_text
from reviewer.workflow.surroundings import Surroundings

_TAGS = {BlockKind.THEME: "h3", BlockKind.HEADING: "h4"}
_SIGNS = {
    ClaimStatus.GRADED: "●",
    ClaimStatus.ADJUDICATED: "●",
    ClaimStatus.STALE: "◐",
    ClaimStatus.CONFLICT: "◆",
}
_OPEN_SIGN = "○"
_LEGEND = (
    ("○", mark("to grade")),
    ("●", mark("graded")),
    ("◐", mark("needs re-grading")),
    ("◆", mark("conflict")),
)


def render_excerpt(around: Surroundings, claim_id: int, translate: Translate) -> Html:
    """The claim with two sentences before and after it as HTML, under the headings that it stands under."""
    article = around.version.article
    here = next((claim for claim in around.claims if claim.id == claim_id), None)
    if here is None:
        return Html()
    start, end = find_excerpt(article, here.claim.start, here.claim.end)
    marks = [_mark_claim(claim, claim_id, translate) for claim in around.claims]
    shown = [
        replace(block, start=max(block.start, start), end=min(block.end, end))
        for block in article.blocks
        if block.start < end and start < block.end
    ]
    section = next((block.section for block in shown if block.end > here.claim.start), "")
    place = Html('<p class="place">{}</p>').format(section) if section else Html()
    blocks = Html().join(_render_block(article.text, block, marks) for block in shown)
    return Html(
        '<div class="konkyo article excerpt" lang="{}" role="region" tabindex="0" aria-label="{}">{}{}</div>'
    ).format(article.language.value, translate("The article around the claim"), place, blocks)


def draw_whole_article(around: Surroundings, claim_id: int) -> None:
    """Draw the whole article with the claim in view."""
    translate = get_translate()
    with st.container(key="article", height=560):
        draw_html(render_article(around, claim_id, translate))
    draw_html(render_legend(translate))
    bring_claim_into_view(claim_id)


def render_article(around: Surroundings, claim_id: int, translate: Translate) -> Html:
    """The whole article as HTML: the claim in focus marked strongly, the others lightly with their state."""
    marks = [_mark_claim(claim, claim_id, translate) for claim in around.claims]
    return render_marked(around.version.article, marks, translate)


def render_marked(article: Article, marks: Sequence[MarkedSpan], translate: Translate) -> Html:
    """The whole article as HTML with these spans of its canonical text marked; it scrolls by keyboard too."""
    ordered = sorted(marks, key=lambda mark: mark.start)
    # Claims hardly overlap: the ones of a block lie together, and one that ends in it began not long before.
    longest = max((mark.end - mark.start for mark in ordered), default=0)
    starts = [mark.start for mark in ordered]
    blocks = Html().join(
        _render_block(
            article.text,
            block,
            ordered[bisect_left(starts, block.start - longest) : bisect_left(starts, block.end)],
        )
        for block in article.blocks
    )
    return Html(
        '<div class="konkyo article" lang="{}" role="region" tabindex="0" aria-label="{}">{}</div>'
    ).format(article.language.value, translate("The article"), blocks)


def render_legend(translate: Translate) -> Html:
    """The signs of the claims' states in words, as HTML."""
    legend = " \u2003".join(f"{sign} {translate(word)}" for sign, word in _LEGEND)
    return Html('<p class="konkyo legend">{}</p>').format(legend)


def _mark_claim(claim: ReviewClaim, claim_id: int, translate: Translate) -> MarkedSpan:
    state = translate(STATUS_LABELS[claim.status])
    return MarkedSpan(
        claim.claim.start,
        claim.claim.end,
        css="now" if claim.id == claim_id else "other",
        title=f"{translate('Claim')} {claim.number}: {state}",
        note=f"{claim.number}{_SIGNS.get(claim.status, _OPEN_SIGN)}",
    )


def _render_block(text: str, block: Block, marks: Sequence[MarkedSpan]) -> Html:
    inside = (
        MarkedSpan(
            max(mark.start, block.start) - block.start,
            min(mark.end, block.end) - block.start,
            mark.css,
            mark.title,
            mark.note,
        )
        for mark in marks
        if mark.start < block.end and mark.end > block.start
    )
    said, tag = text[block.start : block.end], _TAGS.get(block.kind, "p")
    addresses = (
        MarkedSpan(start, end, "address" if end - start > 1 else "bracket", said[start:end].strip("[]()"))
        for start, end in find_hidden(said)
    )
    return Html('<{} class="{}">{}</{}>').format(
        tag, block.kind.value, mark_text(said, inside, addresses), tag
    )

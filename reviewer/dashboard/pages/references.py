"""What an article cites: every reference with its paper, where it is cited, and what cites nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from claims.records.reference import AuthorReference, Identity
from claims.records.review import ReviewClaim
from reviewer.dashboard.actions.searching import bring_references, look_up_references
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note, draw_title, render_table
from reviewer.dashboard.components.exports import draw_export_buttons
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.progress import draw_job_progress
from reviewer.dashboard.components.references import name_reference, render_line, render_look_up
from reviewer.dashboard.components.upload import draw_list_upload
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user
from reviewer.i18n import Translate, mark
from reviewer.labels import IDENTITY_LABELS
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may
from reviewer.rules.visibility import ANOTHER
from reviewer.workflow.checking_references import list_unchecked
from reviewer.workflow.references import CitedArticle, load_cited_article
from reviewer.workflow.search_jobs import name_version_job

SHOWN_AT_ONCE = 100
_HEADS = (mark("No."), mark("Reference"), mark("In PubMed"), mark("Cited by claims"))


def draw_references(version_id: int) -> None:
    """Draw the references in the article's order, a page at a time. Raises ``NotFound``."""
    translate = get_translate()
    with get_application().reading() as work:
        cited = load_cited_article(work, version_id, get_user())
        due = len(list_unchecked(work, cited.version))
    draw_bar(version=cited.version)
    draw_version_rooms(version_id)
    title, pages = st.columns([4, 4], vertical_alignment="center")
    draw_heading(translate("References: {count}").format(count=len(cited.references)), title)
    with pages:
        page = st.pagination(max(1, -(-len(cited.references) // SHOWN_AT_ONCE)), key="references_page")
    draw_export_buttons(version_id, "references")
    _draw_look_up(cited, due)
    draw_message()
    draw_job_progress(name_version_job(version_id))
    if not cited.references:
        told = translate(
            "The article cites nothing. “{button}” takes a list of papers for a claim or the article."
        )
        told = told.format(button=translate("Bring references in …"))
        draw_html(Html('<p class="konkyo message standing">{}</p>').format(told))
    else:
        draw_note(_count(cited.references, translate))
        shown = cited.references[SHOWN_AT_ONCE * (page - 1) : SHOWN_AT_ONCE * page]
        rows = (_list_cells(cited, one, translate) for one in shown)
        draw_html(render_table(map(translate, _HEADS), rows, css="konkyo table references"))
    if cited.lost:
        told = translate("Marks that point at no reference: {marks}")
        draw_html(Html('<p class="konkyo failure">{}</p>').format(told.format(marks=", ".join(cited.lost))))
    if cited.doubled:
        told = translate("Numbers that stand twice in the list: {numbers}. Check which entry is meant.")
        told = told.format(numbers=", ".join(cited.doubled))
        draw_html(Html('<p class="konkyo failure">{}</p>').format(told))
    for one in cited.torn:
        told = translate("The link of mark {mark} leads to another paper than the entry: {address}")
        told = told.format(mark=one.label, address=one.address)
        draw_html(Html('<p class="konkyo failure">{}</p>').format(told))
    if cited.uncited:
        draw_title(translate("Claims that cite nothing: {count}").format(count=len(cited.uncited)))
        draw_html(Html('<p class="konkyo references">{}</p>').format(_link_claims(cited.uncited)))


def _draw_look_up(cited: CitedArticle, due: int) -> None:
    if not may(get_user(), Permission.SEARCH):
        return
    translate, version_id = get_translate(), cited.version.id
    with st.container(key="references_actions", horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            translate("Look up what is due: {count}").format(count=due),
            key="look_up",
            on_click=look_up_references,
            args=(version_id,),
            disabled=not due,
        )
        with st.popover(translate("Bring references in …"), key="bring_menu"):
            _draw_bringing(cited)


def _draw_bringing(cited: CitedArticle) -> None:
    """Draw the fields for a list and whom it is for."""
    translate, claims = get_translate(), {claim.id: claim for claim in cited.claims}

    def name(claim_id: int | None) -> str:
        if claim_id is None:
            return translate("the whole article")
        return f"{claims[claim_id].number}\u2002{claims[claim_id].claim.text}"

    draw_list_upload()
    st.selectbox(
        translate("For which claim"),
        [None, *claims],
        format_func=name,
        key=name_field("brought_for"),
        placeholder=translate("the whole article"),
    )
    st.button(translate("Bring them in"), key="bring_in", on_click=bring_references, args=(cited.version.id,))


def _count(references: Iterable[AuthorReference], translate: Translate) -> str:
    """How many references are what."""
    counts = Counter(one.look_up.identity for one in references)
    told = (f"{translate(IDENTITY_LABELS[one])}: {counts[one]}" for one in Identity if counts[one])
    return " · ".join(told)


def _list_cells(cited: CitedArticle, one: AuthorReference, translate: Translate) -> tuple[str, ...]:
    pmid, citing = one.look_up.pmid, cited.list_citing(one)
    record = cited.records.get(pmid) if pmid else None
    standing = cited.standings.get(pmid) if pmid else None
    words = Html("{}").format(one.said.words)
    if one.added_by:
        told = translate("brought in beside the text")
        named = translate("brought in by {name}").format(name=get_naming()(one.added_by))
        words += render_line(told if one.added_by == ANOTHER else named)
    return (
        name_reference(one) or "–",
        words,
        render_look_up(one.look_up, record, standing, translate),
        _link_claims(citing) if citing else translate("cited by no claim"),
    )


def _link_claims(claims: Iterable[ReviewClaim]) -> Html:
    way = Html('<a href="?claim={}&amp;lang={}" target="_self" title="{}">{}</a>')
    locale = get_locale()
    return Html(" · ").join(way.format(one.id, locale, one.claim.text, one.number) for one in claims)

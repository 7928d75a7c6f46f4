"""Evidence without a PMID, apart from citations and unlike them: buttons that judge it, fields for more."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from claims.records.assessment import CitationJudgement
from claims.records.document import CARRIED_BY_DOCUMENTS, Document, JudgedDocument
from reviewer.dashboard.actions.documents import DOCUMENT_FIELDS, enter_document, judge_document
from reviewer.dashboard.components.drawing import draw_html, draw_note
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_translate, get_user
from reviewer.dashboard.times import get_zone
from reviewer.i18n import Translate, begin_label, mark
from reviewer.labels import JUDGEMENT_LABELS
from reviewer.markup import Html
from reviewer.moments import day_of
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may
from reviewer.rules.tasks import Task
from reviewer.workflow.showing import Shown

_LABELS = {
    "title": mark("Title"),
    "body": mark("Published by (authority, society, company)"),
    "published": mark("Published on, edition"),
    "address": mark("Address (https://…)"),
    "quotation": mark("The passage, word for word"),
    "place": mark("Where in it: page, section"),
}


def draw_documents(dossier: Dossier, shown: Shown) -> None:
    """Draw the claim's documents and the way to enter one."""
    translate, name = get_translate(), get_user().name
    today = day_of(datetime.now(UTC), get_zone())
    own = {j.document_id: j for j in dossier.document_judgements if j.judged_by == name}
    if dossier.documents:
        title = Html('<h2 class="konkyo origin">{}</h2>')
        draw_html(title.format(translate("Documents without a PMID")))
        if dossier.claim.claim.type not in CARRIED_BY_DOCUMENTS:
            draw_note(
                translate("For this type of claim a document is context: a grade needs a PubMed record.")
            )
    for document in dossier.documents:
        with st.container(key=f"document_{document.id}", border=True, gap="xsmall"):
            waits = document.id in dossier.documents_to_judge
            expired = document.details.has_expired(today)
            draw_html(render_document(document, own.get(document.id), waits, translate, expired))
            if shown.part is Task.GRADES:
                _draw_judging(document, own.get(document.id), shown)
    if may(get_user(), Permission.SEARCH):
        _draw_entering(dossier.claim.id)


def render_document(
    document: Document, own: JudgedDocument | None, waits: bool, translate: Translate, expired: bool = False
) -> Html:
    """The document as HTML: what it is, the quotation with its place, and the viewer's own judgement."""
    details = document.details
    badges = [Html('<span class="badge document">{}</span>').format(translate("no PubMed record"))]
    if expired:
        badges.append(Html('<span class="badge grave">{}</span>').format(translate("expired")))
    if waits:
        badges.append(
            Html('<span class="badge grave">{}</span>').format(translate("another judged it: judge it, too"))
        )
    where = [Html("{}").format(part) for part in (details.body, details.published) if part]
    if details.address:
        link = Html('<a href="{}" target="_blank" rel="noopener noreferrer">{} ↗</a>')
        where.append(link.format(details.address, details.address))
    if details.accessed_on:
        where.append(Html("{}").format(translate("read on {date}").format(date=details.accessed_on)))
    if details.expires_on:
        where.append(Html("{}").format(translate("expires on {date}").format(date=details.expires_on)))
    lines = [
        Html('<p class="badges">{}</p>').format(Html().join(badges)),
        Html('<h3 class="title">{}</h3>').format(details.title),
        Html('<p class="place">{}</p>').format(Html(" · ").join(where)),
    ]
    if details.quotation:
        quote = Html('<p class="quote">“{}” {} <span class="place">{}</span></p>')
        lines.append(quote.format(details.quotation, details.place, translate("entered by hand")))
    if own is not None:
        told = translate("Your judgement: {words}").format(words=translate(JUDGEMENT_LABELS[own.judgement]))
        lines.append(Html('<p class="own">{}</p>').format(told))
    return Html('<div class="konkyo citation document">{}</div>').format(Html().join(lines))


def _draw_judging(document: Document, own: JudgedDocument | None, shown: Shown) -> None:
    translate = get_translate()
    columns = st.columns(len(CitationJudgement), gap="xsmall")
    for column, judgement in zip(columns, CitationJudgement, strict=True):
        column.button(
            begin_label(translate(JUDGEMENT_LABELS[judgement])),
            key=f"document_{document.id}_{judgement.value}",
            on_click=judge_document,
            args=(shown, document.id, judgement),
            type="primary" if own and own.judgement is judgement else "secondary",
            width="stretch",
        )


def _draw_entering(claim_id: int) -> None:
    """Draw the fields behind a button."""
    translate = get_translate()
    with st.popover(translate("Add a document without a PMID …"), key="document_menu"):
        draw_note(
            translate(
                "A package insert, a guideline, an authority's page, a paper that PubMed does not have."
            )
        )
        for field in DOCUMENT_FIELDS:
            draw = st.text_area if field == "quotation" else st.text_input
            draw(translate(_LABELS[field]), key=name_field(f"document_{field}"))
        st.date_input(translate("Read on"), value=None, key=name_field("document_accessed_on"))
        st.date_input(translate("Expires on"), value=None, key=name_field("document_expires_on"))
        st.button(
            translate("Enter the document"), key="enter_document", on_click=enter_document, args=(claim_id,)
        )

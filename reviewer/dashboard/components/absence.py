"""Why a claim has no citation on the screen: not searched, nothing found, only related records, no answer."""

from __future__ import annotations

import streamlit as st

from claims.records.retrieval import SearchPlan, SearchStatus
from reviewer.dashboard.actions.searching import search_again
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.searches import describe_failure, tell_lost
from reviewer.dashboard.session import get_translate, show_everything
from reviewer.i18n import Translate
from reviewer.labels import ELSEWHERE_LABELS
from reviewer.markup import Html
from reviewer.rules.completeness import list_standing
from reviewer.rules.dossier import Dossier


def draw_absence(dossier: Dossier, plan: SearchPlan | None) -> None:
    """Say which it is, and offer what can be done about it."""
    translate, claim_id = get_translate(), dossier.claim.id
    title, words = _describe_absence(dossier, plan, translate)
    with st.container(key="absence", border=True):
        draw_html(Html('<div class="konkyo absence"><h2>{}</h2><p>{}</p></div>').format(title, words))
        with st.container(horizontal=True, gap="small"):
            st.button(translate("Search now"), key="search_now", on_click=search_again, args=(claim_id,))
            if dossier.related:
                st.button(
                    translate("Look at the {count} related records").format(count=len(dossier.related)),
                    key="show_related",
                    on_click=show_everything,
                    args=(claim_id,),
                )


def _describe_absence(dossier: Dossier, plan: SearchPlan | None, translate: Translate) -> tuple[str, str]:
    status, lost = dossier.search_status, tell_lost(dossier, translate)
    if status is SearchStatus.FAILED or lost:
        failed = [run for run in list_standing(dossier.runs) if run.status is SearchStatus.FAILED]
        reasons = dict.fromkeys(describe_failure(run, translate) for run in failed)
        return translate("The search failed"), "\n".join(reasons) or lost
    if status is SearchStatus.NOTHING_FOUND:
        count = len({run.query for run in dossier.runs})
        told = translate("Queries answered without a record: {count}. l shows and edits them.")
        return translate("No record found"), told.format(count=count)
    if status is SearchStatus.RELATED_ONLY:
        told = translate(
            "Found: {count}, and none on the claim's topic: they speak of some of it only, and are"
            " no evidence for it. Look at them, edit the query (l), or add a record by its number (l)."
        )
        return translate("No record on the claim's topic"), told.format(count=len(dossier.related))
    if status is SearchStatus.RUNNING:
        return translate("The search is running"), ""
    if plan is not None and plan.not_searchable is not None:
        return translate("Not searched: PubMed cannot answer this claim"), translate(
            ELSEWHERE_LABELS[plan.not_searchable]
        )
    if plan is not None and not plan.ladder:
        told = translate("Word a query by hand, or add a term (key l): {words}")
        return translate("Not searched: no word of the claim is in the lexicon"), told.format(
            words=", ".join(plan.unmapped) or "–"
        )
    return translate("Not searched yet"), translate(
        "Nobody has looked for evidence, so nothing is known either way."
    )

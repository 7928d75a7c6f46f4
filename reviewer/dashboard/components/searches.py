"""The searches of a claim, and the ways to search on: a query, a filter, a record, a term for the lexicon."""

from __future__ import annotations

import streamlit as st

from claims.lexicon.tables import TermRole
from claims.records.retrieval import Rung, SearchPlan, SearchRun, SearchStatus
from claims.search.parts import split_query
from claims.sources import list_failure_values
from reviewer.dashboard.actions.searching import (
    add_record,
    search_again,
    search_query,
    search_rung,
    teach_term,
)
from reviewer.dashboard.components.drawing import draw_html, draw_text
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_locale, get_translate
from reviewer.dashboard.times import format_moment
from reviewer.error_messages import describe_code, tell_warning
from reviewer.i18n import Translate, begin_label, translator
from reviewer.labels import RUNG_LABELS, SEARCH_LABELS, SOURCE_LABELS, TERM_ROLE_LABELS
from reviewer.markup import Html
from reviewer.rules.completeness import find_lost, list_standing
from reviewer.rules.dossier import Dossier

_FILTERS = (Rung.SYSTEMATIC, Rung.RANDOMISED)


def summarise_searches(dossier: Dossier, translate: Translate) -> str:
    """How the searches ended, in one line: found on topic, related only, nothing, or no answer."""
    told = translate(SEARCH_LABELS[dossier.search_status])
    if dossier.findings:
        counts = translate("{found} on topic, {related} related only")
        told = f"{told} · {counts.format(found=len(dossier.found), related=len(dossier.related))}"
    failed = sum(run.status is SearchStatus.FAILED for run in list_standing(dossier.runs))
    if failed and dossier.search_status is not SearchStatus.FAILED:
        told = f"{told} · {translate('{count} without an answer').format(count=failed)}"
    return told


def render_searches(dossier: Dossier, locale: str) -> Html:
    """Each search as it was sent, in readable parts, with what came of it, as HTML."""
    translate = translator(locale)
    head = f"{translate('Searches')}: {summarise_searches(dossier, translate)}"
    if told := tell_lost(dossier, translate):
        head = f"{head} · {told}"
    runs = Html().join(Html("<li>{}</li>").format(_render_run(run, locale)) for run in dossier.runs)
    return Html('<h4 class="label">{}</h4><ul class="runs">{}</ul>').format(head, runs)


def draw_searching(dossier: Dossier, plan: SearchPlan | None) -> None:
    """Draw the searches and what can be searched besides; each step closes the dialog and runs as a job."""
    translate, claim_id = get_translate(), dossier.claim.id
    draw_html(Html('<div class="konkyo">{}</div>').format(render_searches(dossier, get_locale())))
    st.session_state.setdefault(f"query_{claim_id}", find_first_query(dossier.runs))
    st.text_area(
        translate("Query, in PubMed's syntax"), key=f"query_{claim_id}", height=120, persist_state="session"
    )
    with st.container(horizontal=True, gap="small"):
        steps = [
            st.button(
                translate("Search with this query"),
                key="search_query",
                type="primary",
                on_click=search_query,
                args=(claim_id,),
            ),
            *(
                st.button(
                    begin_label(translate(RUNG_LABELS[rung])),
                    key=f"search_{rung.value}",
                    on_click=search_rung,
                    args=(claim_id, rung),
                )
                for rung in _FILTERS
            ),
            st.button(
                translate("All searches again"), key="search_again", on_click=search_again, args=(claim_id,)
            ),
        ]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            translate("PMID or DOI of a record that you know"),
            key=f"record_{claim_id}",
            persist_state="session",
        )
        steps.append(
            st.button(translate("Add the record"), key="add_record", on_click=add_record, args=(claim_id,))
        )
    steps.append(_draw_teaching(plan))
    close_or_tell(*steps)


def name_source(source: str, translate: Translate) -> str:
    """The source's name as people know it."""
    return translate(SOURCE_LABELS.get(source, source))


def tell_lost(dossier: Dossier, translate: Translate) -> str:
    """That records which the searches found did not come, "" when all did."""
    lost = find_lost(dossier.runs, dossier.findings).warnings
    return translate("Found and not brought: {lost}. Search again").format(lost=len(lost)) if lost else ""


def describe_failure(run: SearchRun, translate: Translate) -> str:
    """Why the search got no answer, and what to do, in a sentence."""
    return describe_code(run.failure, list_failure_values(run), translate)


def find_first_query(runs: tuple[SearchRun, ...]) -> str:
    """The query to start from: the first that found something, else the first; words alone are none."""
    runs = tuple(run for run in runs if run.rung is not Rung.WORDS)
    found = (run.query for run in runs if run.status is SearchStatus.FOUND)
    return next(found, runs[0].query if runs else "")


def _render_run(run: SearchRun, locale: str) -> Html:
    translate = translator(locale)
    count = translate("{count} found").format(count=run.count)
    told = count if run.status is SearchStatus.FOUND else translate(SEARCH_LABELS[run.status])
    if run.status is SearchStatus.FOUND and run.losses:
        told = translate("{count} found, not all came").format(count=run.count)
    where = " · ".join((translate(RUNG_LABELS[run.rung]), name_source(run.source, translate)))
    reason = Html('<p class="failure">{}</p>').format(describe_failure(run, translate)) if run.failure else ""
    read = f"{translate('Query as interpreted')}: {run.translation}" if run.translation else ""
    lines = (
        format_moment(run.searched_at, locale),
        read,
        *(tell_warning(w, translate) for w in run.warnings),
    )
    notes = Html().join(Html('<p class="place">{}</p>').format(line) for line in lines if line)
    return Html("<details><summary>{} · <b>{}</b></summary><code>{}</code>{}</details>{}").format(
        where, told, _render_query(run.query), notes, reason
    )


def _render_query(query: str) -> Html:
    """The query with each part that is joined by AND or NOT on a line of its own; as sent when copied."""
    return Html("<br>").join(split_query(query))


def _draw_teaching(plan: SearchPlan | None) -> bool:
    """Draw the fields; whether the term was to be added. The next search uses it."""
    translate = get_translate()
    unmapped, not_asked = (plan.unmapped, plan.not_asked) if plan is not None else ((), ())
    with st.expander(translate("Add a term to the lexicon"), expanded=False, key="teaching"):
        if unmapped:
            draw_text(translate("Words without English: {words}").format(words=", ".join(unmapped)))
        if not_asked:
            told = translate("Too general to be asked for: {words}")
            draw_text(told.format(words=", ".join(not_asked)))
        st.session_state.setdefault(name_field("term"), unmapped[0] if unmapped else "")
        left, right = st.columns(2)
        left.text_input(translate("Term, as in the article"), key=name_field("term"))
        right.text_input(translate("In English; several with ;"), key=name_field("term_english"))
        left.text_input(translate("MeSH descriptor, where it has one"), key=name_field("term_mesh"))
        right.selectbox(
            translate("What it is"),
            list(TermRole),
            format_func=lambda role: translate(TERM_ROLE_LABELS[role]),
            key="term_role",
        )
        return st.button(translate("Add the term"), key="teach", on_click=teach_term)

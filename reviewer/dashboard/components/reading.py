"""The citation that is read: its abstract with the rationale marked, and the bar that judges it below."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from claims.records.assessment import Basis, CitationJudgement, JudgedCitation
from claims.records.citation import Pmid
from claims.records.finding import Finding
from claims.records.retrieval import SearchPlan
from reviewer.dashboard.actions.judging import (
    change_basis,
    judge,
    keep_passage,
    put_rest_aside,
    read_passage,
    set_level,
)
from reviewer.dashboard.components.absence import draw_absence
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.evidence import render_citation, render_judgement
from reviewer.dashboard.components.glossary import mark_terms
from reviewer.dashboard.components.searches import tell_lost
from reviewer.dashboard.grading_keys import JUDGEMENT_KEYS
from reviewer.dashboard.session import (
    get_application,
    get_basis,
    get_locale,
    get_translate,
    get_user,
    set_focus,
)
from reviewer.dashboard.shown_citations import ShownCitations, find_next_unread
from reviewer.i18n import begin_label
from reviewer.labels import BASIS_LABELS, JUDGEMENT_LABELS
from reviewer.markup import Html
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task
from reviewer.workflow.overriding import LEVELS
from reviewer.workflow.showing import Shown


def draw_reading(dossier: Dossier, plan: SearchPlan | None, shown: Shown, citations: ShownCitations) -> None:
    """Draw the citation that is read, or why there is none."""
    finding = citations.read
    if finding is None:
        draw_absence(dossier, plan)
        return
    own = {judged.pmid: judged for judged in dossier.judgements if judged.judged_by == get_user().name}
    judged = own.get(finding.pmid)
    with st.container(key="reading", height=500, gap="small"):
        if lost := tell_lost(dossier, get_translate()):
            draw_html(Html('<p class="konkyo failure" role="status">{}</p>').format(lost))
        _draw_focus(dossier, plan, finding, shown, judged)
    with st.container(key="judging", gap="xsmall"):
        _draw_place(shown, citations, finding, judged)
        draw_verdicts(shown, citations, finding, judged)


def _draw_focus(
    dossier: Dossier,
    plan: SearchPlan | None,
    finding: Finding,
    shown: Shown,
    judged: JudgedCitation | None,
) -> None:
    translate, abstract = get_translate(), dossier.citations[finding.pmid].abstract_text
    terms = mark_terms(abstract, plan, get_application().lexicon(), get_locale())
    passage = read_passage(shown.claim_id, finding.pmid, judged)
    with st.container(key="focus"):
        draw_html(render_citation(dossier, finding, translate, terms, passage))
        if judged is not None:
            draw_html(Html('<div class="konkyo">{}</div>').format(render_judgement(judged, translate)))
        if shown.part is Task.GRADES and get_basis(shown.claim_id, finding.pmid, judged) is Basis.FULL_TEXT:
            _draw_passage(finding, shown, judged)
        if shown.part is Task.GRADES and not dossier.is_related(finding):
            _draw_level(dossier, finding, shown)


def _draw_place(
    shown: Shown, citations: ShownCitations, finding: Finding, judged: JudgedCitation | None
) -> None:
    translate, claim_id = get_translate(), shown.claim_id
    back, where, forth, read, rest = st.columns(
        [0.7, 1.3, 0.7, 1.7, 2.4], vertical_alignment="center", gap="xsmall"
    )
    pmids = citations.pmids
    place, last = pmids.index(finding.pmid), len(pmids) - 1
    back.button(
        "←",
        key="citation_back",
        help=translate("Previous citation"),
        on_click=set_focus,
        args=(claim_id, pmids[max(0, place - 1)]),
        width="stretch",
    )
    told = translate("Citation {number} of {count}").format(number=place + 1, count=last + 1)
    draw_html(Html('<p class="konkyo where">{}</p>').format(told), where)
    forth.button(
        "→",
        key="citation_forth",
        help=translate("Next citation"),
        on_click=set_focus,
        args=(claim_id, pmids[min(last, place + 1)]),
        width="stretch",
    )
    read.button(
        begin_label(translate(BASIS_LABELS[get_basis(claim_id, finding.pmid, judged)])),
        key="basis",
        help=translate("What you read to judge this citation; the key changes it"),
        on_click=change_basis,
        args=(shown, finding.pmid),
        disabled=shown.part is not Task.GRADES,
        width="stretch",
    )
    rest.button(
        translate("Rest ({count}): not relevant").format(count=len(citations.unread)),
        key="judge_rest",
        help=translate(
            "Puts aside, by their titles, all in the list that you have not judged; u takes it back"
        ),
        on_click=put_rest_aside,
        args=(shown, citations.unread),
        disabled=shown.part is not Task.GRADES or not citations.unread,
        width="stretch",
    )


def draw_verdicts(
    shown: Shown,
    citations: ShownCitations,
    finding: Finding,
    judged: JudgedCitation | None,
    on_judge: Callable[[Shown, Pmid, CitationJudgement, Pmid], None] = judge,
) -> None:
    """Draw the bar of judgements of the citation that is read; each goes on to the next that is unread."""
    translate = get_translate()
    goes_to = find_next_unread(citations.pmids, citations.unread, finding.pmid)
    for column, (key, judgement) in zip(
        st.columns([1, 1, 1, 1.25], gap="xsmall"), JUDGEMENT_KEYS.items(), strict=True
    ):
        column.button(
            begin_label(translate(JUDGEMENT_LABELS[judgement])),
            key=f"judge_{key}",
            on_click=on_judge,
            args=(shown, finding.pmid, judgement, goes_to),
            disabled=shown.part is not Task.GRADES,
            type="primary" if judged and judged.judgement is judgement else "secondary",
            width="stretch",
        )


def _draw_passage(finding: Finding, shown: Shown, judged: JudgedCitation | None) -> None:
    """Draw the field for what of the full text was read."""
    key = f"passage_{shown.claim_id}_{finding.pmid}"
    st.session_state.setdefault(key, (judged.passage if judged else "") or "")
    st.text_area(
        get_translate()("The passage of the full text that you read, word for word"),
        key=key,
        height=80,
        on_change=keep_passage,
        args=(shown, finding.pmid),
        persist_state="session",
    )


def _draw_level(dossier: Dossier, finding: Finding, shown: Shown) -> None:
    """Draw the fold with level and reason."""
    translate = get_translate()
    claim_id, pmid = dossier.claim.id, finding.pmid
    st.session_state.setdefault(f"level_{claim_id}_{pmid}", dossier.level_of(finding))
    with st.popover(translate("Another level …"), key="level_menu"):
        st.selectbox(
            translate("Evidence level (OCEBM 2011)"),
            [None, *LEVELS],
            format_func=lambda level: translate("No level") if level is None else str(level),
            key=f"level_{claim_id}_{pmid}",
            placeholder=translate("No level"),
        )
        st.text_input(translate("Reason"), key=f"reason_{claim_id}_{pmid}", persist_state="session")
        st.button(translate("Set the level"), key="set_level", on_click=set_level, args=(shown, pmid))

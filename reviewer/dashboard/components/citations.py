"""The citations of a claim: one in focus with the keys that judge it, the others folded, by where from."""

from __future__ import annotations

from enum import IntEnum

import streamlit as st

from claims.records.assessment import Basis, JudgedCitation
from claims.records.citation import Pmid
from claims.records.finding import Finding
from claims.records.retrieval import Rung, SearchPlan, SearchStatus
from reviewer.dashboard.actions.grading import change_basis, judge, keep_passage, set_level
from reviewer.dashboard.actions.searching import search_again
from reviewer.dashboard.components.documents import draw_documents
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.evidence import render_citation, render_folded
from reviewer.dashboard.components.searches import describe_failure, tell_lost
from reviewer.dashboard.grading_keys import JUDGEMENT_KEYS
from reviewer.dashboard.session import (
    get_basis,
    get_focus,
    get_translate,
    get_user,
    set_focus,
    show_everything,
    shows_everything,
)
from reviewer.i18n import mark
from reviewer.labels import BASIS_LABELS, ELSEWHERE_LABELS, JUDGEMENT_LABELS
from reviewer.markup import Html, escape_markdown
from reviewer.rules.completeness import list_standing
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task
from reviewer.workflow.overriding import LEVELS
from reviewer.workflow.showing import Shown

# As many as are worth reading, before somebody asks for more.
MOST_SHOWN = 8
# Evidence against the claim is never folded away whole.
MOST_AGAINST = 2


class Origin(IntEnum):
    """The groups of citations on the screen, in their order."""

    CITED = 0
    FOR_CLAIM = 1
    COUNTER_SEARCH = 2
    RELATED = 3


_ORIGIN_TITLES = {
    Origin.CITED: mark("Cited by the author"),
    Origin.FOR_CLAIM: mark("Found by the searches for the claim"),
    Origin.COUNTER_SEARCH: mark("Found by the counter-evidence search"),
    Origin.RELATED: mark("Related only, as far as the machine can tell"),
}


def list_shown(dossier: Dossier, everything: bool, focus: Pmid | None = None) -> tuple[Finding, ...]:
    """The findings in the order of the screen: by origin, the best first.

    They are what the author cites, the best on topic, the best of the counter-evidence search, whatever
    anybody judged and what is in ``focus``, so that a step that is taken back takes no citation from under
    the keys. With ``everything`` they are all, those related only too.
    """
    concerned = {*dossier.cited, *(judged.pmid for judged in dossier.judgements), *dossier.to_judge, focus}
    against = [finding for finding in dossier.found if finding.rung is Rung.COUNTER]
    best = {finding.pmid for finding in (*dossier.found[:MOST_SHOWN], *against[:MOST_AGAINST])}
    shown = (f for f in dossier.findings if everything or f.pmid in best or f.pmid in concerned)
    return tuple(sorted(shown, key=lambda finding: (find_origin(dossier, finding), finding.rank)))


def list_on_screen(dossier: Dossier) -> tuple[Finding, ...]:
    """The findings as this session sees them."""
    claim_id = dossier.claim.id
    return list_shown(dossier, shows_everything(claim_id), get_focus(claim_id))


def find_origin(dossier: Dossier, finding: Finding) -> Origin:
    """The group that the finding stands in: it says nothing of its stance, and no judgement moves it."""
    if finding.pmid in dossier.cited:
        return Origin.CITED
    if not finding.on_topic:
        return Origin.RELATED
    return Origin.COUNTER_SEARCH if finding.rung is Rung.COUNTER else Origin.FOR_CLAIM


def find_focus(findings: tuple[Finding, ...], claim_id: int) -> int:
    """The place of the citation that is being read: the chosen one, else the first."""
    pmids = [finding.pmid for finding in findings]
    chosen = get_focus(claim_id)
    return pmids.index(chosen) if chosen in pmids else 0


def draw_citations(dossier: Dossier, plan: SearchPlan | None, shown: Shown) -> None:
    """Draw the claim's citations, or why there is none."""
    findings = list_on_screen(dossier)
    if not findings:
        _draw_absence(dossier, plan)
        _draw_more(dossier, findings)
        draw_documents(dossier, shown)
        return
    if lost := tell_lost(dossier, get_translate()):
        draw_html(Html('<p class="konkyo failure" role="status">{}</p>').format(lost))
    place = find_focus(findings, dossier.claim.id)
    own = {judged.pmid: judged for judged in dossier.judgements if judged.judged_by == get_user().name}
    with st.container(key="judging", gap="xsmall"):
        _draw_keys(shown, findings, place, own)
    with st.container(key="evidence", height=500, gap="small"):
        for number, finding in enumerate(findings):
            _draw_origin(dossier, finding, findings[number - 1] if number else None)
            if number == place:
                _draw_focus(dossier, finding, shown, own.get(finding.pmid))
            else:
                _draw_folded(dossier, number, finding, own.get(finding.pmid))
        _draw_more(dossier, findings)
        draw_documents(dossier, shown)


def _draw_keys(
    shown: Shown, findings: tuple[Finding, ...], place: int, own: dict[Pmid, JudgedCitation]
) -> None:
    translate, claim_id, part = get_translate(), shown.claim_id, shown.part
    pmid = findings[place].pmid
    judged = own.get(pmid)
    back, where, read, forth = st.columns([1, 2, 2.6, 1], vertical_alignment="center", gap="xsmall")
    last = len(findings) - 1
    back.button(
        "←",
        key="citation_back",
        help=translate("Previous citation"),
        on_click=set_focus,
        args=(claim_id, findings[max(0, place - 1)].pmid),
        width="stretch",
    )
    told = translate("Citation {number} of {count}").format(number=place + 1, count=len(findings))
    done = translate("{count} judged").format(count=sum(finding.pmid in own for finding in findings))
    draw_html(Html('<p class="konkyo where">{}<br><small>{}</small></p>').format(told, done), where)
    read.button(
        translate(BASIS_LABELS[get_basis(claim_id, pmid, judged)]),
        key="basis",
        help=translate("What you read to judge this citation; the key changes it"),
        on_click=change_basis,
        args=(shown, pmid),
        disabled=part is not Task.GRADES,
        width="stretch",
    )
    forth.button(
        "→",
        key="citation_forth",
        help=translate("Next citation"),
        on_click=set_focus,
        args=(claim_id, findings[min(last, place + 1)].pmid),
        width="stretch",
    )
    for column, (key, judgement) in zip(
        st.columns([1, 1, 1, 1.25], gap="xsmall"), JUDGEMENT_KEYS.items(), strict=True
    ):
        column.button(
            translate(JUDGEMENT_LABELS[judgement]),
            key=f"judge_{key}",
            on_click=judge,
            args=(shown, pmid, judgement),
            disabled=part is not Task.GRADES,
            type="primary" if judged and judged.judgement is judgement else "secondary",
            width="stretch",
        )


def _draw_origin(dossier: Dossier, finding: Finding, before: Finding | None) -> None:
    """Title a group by its origin where it begins."""
    origin = find_origin(dossier, finding)
    if before is None or find_origin(dossier, before) is not origin:
        title = get_translate()(_ORIGIN_TITLES[origin])
        draw_html(Html('<h2 class="konkyo origin">{}</h2>').format(title))


def _draw_more(dossier: Dossier, shown: tuple[Finding, ...]) -> None:
    """Draw the button that shows the citations which are not shown yet, where there are any."""
    hidden = [finding for finding in dossier.findings if finding not in shown]
    more, related = len(hidden), sum(map(dossier.is_related, hidden))
    if not more:
        return
    translate = get_translate()
    told = (
        translate("Show {more} more ({related} related only)") if related else translate("Show {more} more")
    )
    st.button(
        told.format(more=more, related=related),
        key="show_everything",
        on_click=show_everything,
        args=(dossier.claim.id,),
    )


def _draw_focus(dossier: Dossier, finding: Finding, shown: Shown, judged: JudgedCitation | None) -> None:
    with st.container(key="focus", border=True):
        draw_html(render_citation(dossier, finding, get_translate()))
        if shown.part is Task.GRADES and get_basis(shown.claim_id, finding.pmid, judged) is Basis.FULL_TEXT:
            _draw_passage(finding, shown, judged)
        if shown.part is Task.GRADES and not dossier.is_related(finding):
            _draw_level(dossier, finding, shown)


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


def _draw_folded(dossier: Dossier, place: int, finding: Finding, judged: JudgedCitation | None) -> None:
    citation = dossier.citations[finding.pmid]
    with st.container(key=f"folded_{finding.pmid}", gap=None):
        st.button(
            f"{place + 1}. {escape_markdown(citation.shown_title)}",
            key=f"focus_on_{finding.pmid}",
            on_click=set_focus,
            args=(dossier.claim.id, finding.pmid),
            type="tertiary",
            wrap=True,
        )
        draw_html(render_folded(dossier, finding, judged, get_translate()))


def _draw_absence(dossier: Dossier, plan: SearchPlan | None) -> None:
    """Say which it is: not searched, searched without a record on topic or without any, or no answer."""
    translate = get_translate()
    with st.container(key="absence", border=True):
        lost = tell_lost(dossier, translate)
        if dossier.search_status is SearchStatus.FAILED or lost:
            title = translate("The search failed")
            failed = [run for run in list_standing(dossier.runs) if run.status is SearchStatus.FAILED]
            told = dict.fromkeys(describe_failure(run, translate) for run in failed)
            words = "\n".join(told) or lost
        elif dossier.search_status is SearchStatus.NOTHING_FOUND:
            title = translate("Searched, nothing found by any of these queries")
            words = "\n".join(dict.fromkeys(run.query for run in dossier.runs))
        elif dossier.search_status is SearchStatus.RELATED_ONLY:
            title = translate("Searched, no record on the claim's topic")
            words = translate("What was found speaks of some of the claim only, and is no evidence for it.")
        elif dossier.search_status is SearchStatus.RUNNING:
            title, words = translate("The search is running"), ""
        elif plan is not None and plan.not_searchable is not None:
            title = translate("Not searched: PubMed cannot answer this claim")
            words = translate(ELSEWHERE_LABELS[plan.not_searchable])
        elif plan is not None and not plan.ladder:
            title = translate("Not searched: no word of the claim is in the lexicon")
            words = translate("Word a query by hand, or add a term (key l): {words}").format(
                words=", ".join(plan.unmapped) or "–"
            )
        else:
            title = translate("Not searched yet")
            words = translate("Nobody has looked for evidence, so nothing is known either way.")
        draw_html(Html('<div class="konkyo absence"><h2>{}</h2><p>{}</p></div>').format(title, words))
        st.button(translate("Search now"), key="search_now", on_click=search_again, args=(dossier.claim.id,))


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

"""The citations of a claim as a compact list: what each is, how it was judged, and which is being read."""

from __future__ import annotations

import streamlit as st

from claims.appraisal.editions import find_edition
from claims.appraisal.record_kind import read_kind
from claims.records.assessment import CitationJudgement, JudgedCitation
from claims.records.citation import RecordKind
from claims.records.finding import Finding
from claims.records.study import Species, StudyDesign
from reviewer.dashboard.components.documents import draw_documents
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.evidence import is_grave
from reviewer.dashboard.session import (
    get_application,
    get_translate,
    get_user,
    set_focus,
    show_everything,
    shows_everything,
)
from reviewer.dashboard.shown_citations import (
    CitationFilter,
    Origin,
    ShownCitations,
    find_origin,
    get_filter,
    list_shown,
    set_filter,
)
from reviewer.i18n import Translate, begin_label, mark
from reviewer.labels import DESIGN_LABELS, JUDGEMENT_LABELS, KIND_LABELS, RETRACTION_LABELS, SPECIES_LABELS
from reviewer.markup import Html, escape_markdown
from reviewer.rules.dossier import Dossier
from reviewer.workflow.showing import Shown

_ORIGIN_TITLES = {
    Origin.CITED: mark("Cited by the author"),
    Origin.FOR_CLAIM: mark("Found by the searches for the claim"),
    Origin.COUNTER_SEARCH: mark("Found by the counter-evidence search"),
    Origin.RELATED: mark("Related only, as far as the machine can tell"),
}
# Signs that differ in form; the words stand beside them.
_VERDICT_SIGNS = {
    CitationJudgement.SUPPORTING: "＋",
    CitationJudgement.PARTLY: "±",
    CitationJudgement.REFUTING: "−",
    CitationJudgement.NOT_RELEVANT: "×",
}
_YEARS = (5, 10)


def draw_list(dossier: Dossier, citations: ShownCitations, shown: Shown) -> None:
    """Draw the list with its filter and the way to more, and below it what has no PMID."""
    own = {judged.pmid: judged for judged in dossier.judgements if judged.judged_by == get_user().name}
    if dossier.findings:
        _draw_head(dossier, citations)
    with st.container(key="listed", height=500, gap=None):
        for number, finding in enumerate(citations.findings):
            before = citations.findings[number - 1] if number else None
            _draw_origin(dossier, finding, before)
            draw_row(dossier, number + 1, finding, own.get(finding.pmid))
        _draw_more(dossier, citations)
        draw_documents(dossier, shown)


def _draw_head(dossier: Dossier, citations: ShownCitations) -> None:
    translate = get_translate()
    count = len(citations.findings)
    told = translate("{judged} of {count} judged").format(judged=count - len(citations.unread), count=count)
    left, right = st.columns([1, 1.15], vertical_alignment="center", gap="xsmall")
    draw_html(Html('<p class="konkyo where">{}</p>').format(told), left)
    asked = get_filter(dossier.claim.id)
    hidden = len(_list_unfiltered(dossier, citations)) - count
    label = (
        translate("Filter") if asked.is_empty else translate("Filter: {count} hidden").format(count=hidden)
    )
    with right.popover(label, key="citation_filter", width="stretch"):
        _draw_filter(dossier, asked)


def _list_unfiltered(dossier: Dossier, citations: ShownCitations) -> tuple[Finding, ...]:
    """What the list has without its filter."""
    return list_shown(dossier, shows_everything(dossier.claim.id), citations.focus)


def _draw_filter(dossier: Dossier, asked: CitationFilter) -> None:
    translate, claim_id = get_translate(), dossier.claim.id
    studies = [finding.study for finding in dossier.findings]
    designs = [design for design in StudyDesign if any(study.design is design for study in studies)]
    species = [kind for kind in Species if any(study.species is kind for study in studies)]
    years = [get_application().now().year - back for back in _YEARS]
    asked_of = (
        ("designs", mark("Design"), designs, asked.designs, DESIGN_LABELS),
        ("species", mark("Studied in"), species, asked.species, SPECIES_LABELS),
    )
    for name, title, there, wanted, labels in asked_of:
        st.pills(
            translate(title),
            there,
            selection_mode="multi",
            default=[one for one in there if one in wanted],
            format_func=lambda one, labels=labels: begin_label(translate(labels[one])),
            key=f"filter_{name}_{claim_id}",
            on_change=_keep_filter,
            args=(claim_id,),
        )
    st.pills(
        translate("Published"),
        years,
        default=asked.since if asked.since in years else None,
        format_func=lambda year: translate("Since {year}").format(year=year),
        key=f"filter_since_{claim_id}",
        on_change=_keep_filter,
        args=(claim_id,),
    )
    st.toggle(
        translate("only those I have not judged"),
        value=asked.unjudged,
        key=f"filter_unjudged_{claim_id}",
        on_change=_keep_filter,
        args=(claim_id,),
    )


def _keep_filter(claim_id: int) -> None:
    chosen = {
        name: st.session_state.get(f"filter_{name}_{claim_id}")
        for name in ("designs", "species", "since", "unjudged")
    }
    set_filter(
        claim_id,
        CitationFilter(
            frozenset(chosen["designs"] or ()),
            frozenset(chosen["species"] or ()),
            chosen["since"],
            bool(chosen["unjudged"]),
        ),
    )


def _draw_origin(dossier: Dossier, finding: Finding, before: Finding | None) -> None:
    """Title a group by its origin where it begins."""
    origin = find_origin(dossier, finding)
    if before is None or find_origin(dossier, before) is not origin:
        title = get_translate()(_ORIGIN_TITLES[origin])
        draw_html(Html('<h2 class="konkyo origin">{}</h2>').format(title))


def draw_row(dossier: Dossier, number: int, finding: Finding, judged: JudgedCitation | None) -> None:
    """Draw a citation of the list: its title, which opens it, and below it what it is."""
    citation = dossier.citations[finding.pmid]
    with st.container(key=f"listed_{finding.pmid}", gap=None):
        st.button(
            f"{number}. {escape_markdown(citation.shown_title)}",
            key=f"focus_on_{finding.pmid}",
            on_click=set_focus,
            args=(dossier.claim.id, finding.pmid),
            type="tertiary",
            wrap=True,
        )
        draw_html(render_row(dossier, finding, judged, get_translate()))


def render_row(
    dossier: Dossier, finding: Finding, judged: JudgedCitation | None, translate: Translate
) -> Html:
    """What stands below a title in the list as HTML: the own verdict, year, design, species, level."""
    citation, study = dossier.citations[finding.pmid], finding.study
    kind = read_kind(citation)
    told = [str(citation.published_year or citation.published or "")]
    if kind is not RecordKind.PAPER:
        told.append(translate(KIND_LABELS[kind]))
    if not dossier.is_related(finding):
        if kind.reports_study and study.design is not StudyDesign.UNKNOWN:
            told.append(translate(DESIGN_LABELS[study.design]))
        if kind.reports_study and study.species is not Species.UNKNOWN:
            told.append(translate(SPECIES_LABELS[study.species]))
        level = dossier.level_of(finding)
        told.append(translate("Level {level}").format(level=level) if level else "")
    elif edition := find_edition(citation, tuple(dossier.citations[one.pmid] for one in dossier.found)):
        told.append(translate("another edition of PMID {pmid}").format(pmid=edition))
    grave = (
        Html('<span class="badge grave">{}</span>').format(
            translate(RETRACTION_LABELS[finding.retraction.status])
        )
        if is_grave(finding)
        else Html()
    )
    waits = (
        Html('<span class="badge">{}</span>').format(translate("another judged it: judge it, too"))
        if finding.pmid in dossier.to_judge
        else Html()
    )
    return Html('<p class="konkyo row">{}{}{}{}</p>').format(
        render_verdict(judged, translate), grave, waits, " · ".join(part for part in told if part)
    )


def render_verdict(judged: JudgedCitation | None, translate: Translate) -> Html:
    """The own judgement as a sign with its words, an empty ring while there is none, as HTML."""
    if judged is None:
        return Html('<span class="verdict-mark none" title="{}">○</span> ').format(
            translate("not judged yet")
        )
    words = translate(JUDGEMENT_LABELS[judged.judgement])
    return Html('<span class="verdict-mark {}">{} {}</span> ').format(
        judged.judgement.value, _VERDICT_SIGNS[judged.judgement], words
    )


def _draw_more(dossier: Dossier, citations: ShownCitations) -> None:
    """Draw the button that shows the citations which are not shown yet, where there are any."""
    shown = {finding.pmid for finding in _list_unfiltered(dossier, citations)}
    hidden = [finding for finding in dossier.findings if finding.pmid not in shown]
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

"""One claim a screen: left its place, in the middle the grade, right the evidence."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from claims.errors import KonkyoError
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.citation import Pmid
from claims.records.retrieval import SearchStatus
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.components.article import draw_place
from reviewer.dashboard.components.evidence import draw_citation
from reviewer.dashboard.session import (
    get_house,
    get_locale,
    get_place,
    get_reviewer,
    get_translate,
    get_version_id,
    go_to_citation,
    go_to_claim,
    keep_refusal,
    take_refusal,
)
from reviewer.labels import (
    CERTAINTY_LABELS,
    JUDGEMENT_LABELS,
    RISK_LABELS,
    RUNG_LABELS,
    SEARCH_LABELS,
    TYPE_LABELS,
    grade_label,
)
from reviewer.sentences import tell_code
from reviewer.workflow.dossier import Dossier, load_version
from reviewer.workflow.grading import judge_citation, record_grade

GRADE_KEYS = {
    "4": SupportGrade.SUPPORTED,
    "3": SupportGrade.PARTIALLY_SUPPORTED,
    "2": SupportGrade.OVERSTATED,
    "1": SupportGrade.UNSUPPORTED,
    "0": SupportGrade.CONTRADICTED,
    "9": SupportGrade.CANNOT_JUDGE,
    "8": SupportGrade.NOT_CHECKABLE,
}
JUDGEMENT_KEYS = {
    "s": CitationJudgement.SUPPORTING,
    "p": CitationJudgement.PARTLY,
    "x": CitationJudgement.REFUTING,
    "n": CitationJudgement.NOT_RELEVANT,
}
_HEIGHT = 430


def draw() -> None:
    """Draw the claim in focus; what is decided stands in the middle and never moves."""
    with get_house().work() as work:
        version, dossiers = load_version(work, get_version_id() or 0)
    place = min(get_place("claim"), len(dossiers) - 1)
    dossier = dossiers[place]
    graded = sum(d.grade is not None for d in dossiers)
    told = get_translate()("{graded} of {claims} graded").format(graded=graded, claims=len(dossiers))
    st.progress(graded / len(dossiers), text=told)
    left, middle, right = st.columns([3, 3.4, 4])
    with left, st.container(height=_HEIGHT + 160):
        draw_place(version, dossier)
    with middle:
        with st.container(height=_HEIGHT - 100):
            _draw_claim(dossier)
        _draw_grades(dossier, place, len(dossiers))
    with right:
        _draw_evidence(dossier)


def _draw_claim(dossier: Dossier) -> None:
    translate = get_translate()
    claim = dossier.claim.claim
    kind, certainty = translate(TYPE_LABELS[claim.type]), translate(CERTAINTY_LABELS[claim.certainty])
    st.caption(f"{translate('Claim')} {dossier.claim.number} · {kind} · {certainty}")
    st.text(claim.text)
    if claim.read_as != claim.text:
        st.caption(translate("Read as"))
        st.text(claim.read_as)
    for risk in claim.wording_risks:
        st.warning(f"{translate('Wording')}: {risk.words} ({translate(RISK_LABELS[risk.rule])}) 要確認")
    st.caption(f"{translate('Searches')}: {translate(SEARCH_LABELS[dossier.search_status])}")
    for run in dossier.runs:
        told = tell_code(run.failure, translate=translate) if run.failure else str(run.count)
        st.caption(f"{translate(RUNG_LABELS[run.rung])} · {run.source} · {told}")
        st.code(run.query, language=None, wrap_lines=True)


def _draw_grades(dossier: Dossier, place: int, claims: int) -> None:
    translate = get_translate()
    claim_id = dossier.claim.id
    grade = dossier.grade
    if grade is not None:
        st.caption(f"{translate('Grade')}: {grade_label(grade.grade, get_locale())} — {grade.graded_by}")
    columns = st.columns(4) + st.columns(3)
    for column, (key, choice) in zip(columns, GRADE_KEYS.items(), strict=True):
        column.button(
            f"{key} {grade_label(choice, get_locale())}",
            key=f"grade_{key}",
            shortcut=key,
            on_click=_grade,
            args=(claim_id, choice),
            type="primary" if grade is not None and grade.grade is choice else "secondary",
            width="stretch",
        )
    st.text_area(
        translate("Comment"), value=grade.comment if grade else "", key=f"comment_{claim_id}", height=80
    )
    previous, following = st.columns(2)
    back, onward = max(0, place - 1), min(claims - 1, place + 1)
    previous.button(
        translate("← previous"), shortcut="k", on_click=go_to_claim, args=(back,), width="stretch"
    )
    following.button(translate("next →"), shortcut="j", on_click=go_to_claim, args=(onward,), width="stretch")
    if refusal := take_refusal():
        st.error(refusal)


def _draw_evidence(dossier: Dossier) -> None:
    translate = get_translate()
    if not dossier.findings:
        _draw_absence(dossier.search_status)
        return
    count = len(dossier.findings)
    place = min(get_place("citation"), count - 1)
    finding = dossier.findings[place]
    back, where, forth = st.columns([1, 2, 1], vertical_alignment="center")
    back.button("←", key="citation_back", shortcut="e", on_click=go_to_citation, args=(max(0, place - 1),))
    rung = translate(RUNG_LABELS[finding.rung])
    where.caption(f"{translate('Citation')} {place + 1} / {count} · {translate('found by')}: {rung}")
    forth.button(
        "→", key="citation_forth", shortcut="d", on_click=go_to_citation, args=(min(count - 1, place + 1),)
    )
    judged = [j for j in dossier.judgements if j.pmid == finding.pmid]
    for column, (key, judgement) in zip(st.columns(4), JUDGEMENT_KEYS.items(), strict=True):
        column.button(
            f"{key} {translate(JUDGEMENT_LABELS[judgement])}",
            key=f"judge_{key}",
            shortcut=key,
            on_click=_judge,
            args=(dossier.claim.id, finding.pmid, judgement),
            type="primary" if any(j.judgement is judgement for j in judged) else "secondary",
            width="stretch",
        )
    st.checkbox(translate("I read the full text"), key=f"full_{dossier.claim.id}_{finding.pmid}")
    with st.container(height=_HEIGHT):
        draw_citation(finding, dossier.citations[finding.pmid])


def _draw_absence(status: SearchStatus) -> None:
    translate = get_translate()
    if status is SearchStatus.FAILED:
        st.error(
            translate("The search failed. Run `konkyo search` again; the reason stands with the searches.")
        )
    elif status is SearchStatus.NOTHING_FOUND:
        st.info(translate("Searched, nothing found. The queries stand with the claim."))
    else:
        st.warning(translate("Not searched yet. Run `konkyo search`."))


def _grade(claim_id: int, grade: SupportGrade) -> None:
    comment = str(st.session_state.get(f"comment_{claim_id}", ""))
    if _keep(lambda work: record_grade(work, claim_id, grade, comment, get_reviewer(), get_house().now())):
        go_to_claim(get_place("claim") + 1)


def _judge(claim_id: int, pmid: Pmid, judgement: CitationJudgement) -> None:
    full_text = st.session_state.get(f"full_{claim_id}_{pmid}", False)
    basis = Basis.FULL_TEXT if full_text else Basis.ABSTRACT
    now = get_house().now()
    _keep(lambda work: judge_citation(work, claim_id, pmid, judgement, basis, get_reviewer(), now))


def _keep(step: Callable[[UnitOfWork], object]) -> bool:
    """Whether the step was stored; the sentence of a refusal is kept for the page."""
    try:
        if not get_reviewer():
            raise KonkyoError("reviewer_missing")
        with get_house().work() as work:
            step(work)
    except KonkyoError as error:
        keep_refusal(error)
        return False
    return True

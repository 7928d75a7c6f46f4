"""One citation: what kind of study, its standing, and its abstract with the rationale marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from claims.records.citation import Citation, RetractionStatus, is_sample
from claims.records.finding import Finding
from reviewer.dashboard.components.markup import mark_spans
from reviewer.dashboard.session import get_translate
from reviewer.labels import DESIGN_LABELS, READ_LABELS, RETRACTION_LABELS, SPECIES_LABELS

_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_GRAVE = {RetractionStatus.RETRACTED, RetractionStatus.EXPRESSION_OF_CONCERN}


def draw_citation(finding: Finding, citation: Citation) -> None:
    """Draw the citation. It links to PubMed only when NLM sent the record."""
    spans = [(rationale.start, rationale.end) for rationale in finding.rationales]
    where = " · ".join(part for part in (citation.journal, str(citation.published_year or "")) if part)
    translate = get_translate()
    abstract = mark_spans(citation.abstract_text, spans) or escape(translate("No abstract in the record."))
    st.html(
        f'<div class="konkyo">{_badges(finding, citation)}<p><b>{escape(citation.title)}</b></p>'
        f'<p class="place">{escape(where)} · PMID {escape(citation.pmid)}</p>'
        f'<div class="text">{abstract}</div></div>'
    )
    if not is_sample(citation.pmid):
        st.link_button(translate("Open in PubMed"), f"{_PUBMED}{citation.pmid}/")


def _badges(finding: Finding, citation: Citation) -> str:
    translate = get_translate()
    study = finding.study
    read = translate(READ_LABELS[study.design_from])
    badges = [
        f"{translate(DESIGN_LABELS[study.design])} ({read})",
        translate(SPECIES_LABELS[study.species]),
    ]
    if finding.level.level is not None:
        to_confirm = f" ({translate('to be confirmed')})" if finding.level.to_confirm else ""
        badges.append(f"{translate('Level')} {finding.level.level} ({finding.level.scheme}){to_confirm}")
    if study.sample_size:
        badges.append(f"n={study.sample_size}")
    if is_sample(citation.pmid):
        badges.append(translate("SAMPLE: no real study"))
    shown = "".join(f'<span class="badge">{escape(badge)}</span>' for badge in badges)
    standing = finding.retraction
    date = standing.checked_at.date().isoformat() if standing.checked_at else "–"
    told = f"{translate(RETRACTION_LABELS[standing.status])} ({translate('checked')} {date})"
    grave = " warning" if standing.status in _GRAVE else ""
    return f'<p>{shown}<span class="badge{grave}">{escape(told)}</span></p>'

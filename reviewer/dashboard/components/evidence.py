"""Citations: what kind of study each is, its standing, and its abstract with the rationale marked."""

from __future__ import annotations

from claims.appraisal.record_kind import read_kind
from claims.appraisal.standing import FALLEN
from claims.records.assessment import JudgedCitation
from claims.records.citation import Citation, RecordKind, RetractionCheck, RetractionStatus, is_sample
from claims.records.finding import Finding
from claims.records.rationale import Rationale
from claims.records.study import NO_STUDY
from reviewer.dashboard.components.markup import MarkedSpan, mark_text, show_text
from reviewer.dashboard.times import write_day
from reviewer.i18n import Translate
from reviewer.labels import (
    BASIS_LABELS,
    DESIGN_LABELS,
    JUDGEMENT_LABELS,
    KIND_LABELS,
    READ_LABELS,
    RETRACTION_LABELS,
    SPECIES_LABELS,
    STANCE_LABELS,
)
from reviewer.rules.dossier import Dossier

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_GRAVE = FALLEN | {RetractionStatus.EXPRESSION_OF_CONCERN, RetractionStatus.PARTIALLY_RETRACTED}


def render_citation(dossier: Dossier, finding: Finding, translate: Translate) -> str:
    """The citation in focus as HTML: badges, where it appeared, the abstract with its rationale marked.

    It links to PubMed only when NLM sent the record; the machine's stance shows only when it is unsealed.
    """
    citation, rationale = dossier.citations[finding.pmid], translate("rationale")
    marks = (
        MarkedSpan(r.start, r.end, css="rationale", title=rationale) for r in verbatim(finding, citation)
    )
    abstract = mark_text(citation.abstract_text, marks) or show_text(translate("No abstract in the record."))
    stance = "" if dossier.suggestions_sealed else _render_stance(finding, translate)
    return (
        f'<div class="konkyo citation">{render_badges(dossier, finding, translate)}{stance}'
        f'<h3 class="title">{show_text(citation.shown_title)}</h3>'
        f'<p class="place">{_render_source(citation, translate)}</p>'
        f'<div class="abstract">{abstract}</div></div>'
    )


def render_folded(
    dossier: Dossier, finding: Finding, judged: JudgedCitation | None, translate: Translate
) -> str:
    """A citation that is not in focus as HTML: badges, its best sentence, and the own judgement."""
    sentences = verbatim(finding, dossier.citations[finding.pmid])
    quoted = f'<p class="quote">“{show_text(sentences[0].text)}”</p>' if sentences else ""
    stance = "" if dossier.suggestions_sealed else _render_stance(finding, translate)
    badges = render_badges(dossier, finding, translate)
    return f'<div class="konkyo folded">{render_judgement(judged, translate)}{badges}{stance}{quoted}</div>'


def render_judgement(judged: JudgedCitation | None, translate: Translate) -> str:
    """The reviewer's own judgement of a citation as HTML, "" while there is none."""
    if judged is None:
        return ""
    told = f"{translate(JUDGEMENT_LABELS[judged.judgement])} ({translate(BASIS_LABELS[judged.basis])})"
    return f'<p class="own">{show_text(translate("Your judgement: {words}").format(words=told))}</p>'


def render_badges(dossier: Dossier, finding: Finding, translate: Translate) -> str:
    """Kind, design, level, species and standing in words, design and species with how they were read.

    The kind is told where the record is no plain paper; what reports no study has no design or species.
    """
    study, kind = finding.study, read_kind(dossier.citations[finding.pmid])
    badges = [] if kind is RecordKind.PAPER else [translate(KIND_LABELS[kind])]
    if kind.reports_study:
        badges.append(
            f"{translate(DESIGN_LABELS[study.design])} ({translate(READ_LABELS[study.design_from])})"
        )
    if level := _describe_level(dossier, finding, translate):
        badges.append(level)
    if kind.reports_study or study != NO_STUDY:
        species = translate(SPECIES_LABELS[study.species])
        badges.append(f"{species} ({translate(READ_LABELS[study.species_from])})")
    if study.sample_size:
        badges.append(f"n={study.sample_size}")
    shown = "".join(f'<span class="badge">{show_text(badge)}</span>' for badge in badges)
    sample = f'<span class="badge sample">{show_text(translate("SAMPLE, no real study"))}</span>'
    sampled = sample if is_sample(finding.pmid) else ""
    return f'<p class="badges">{_render_standing(finding.retraction, translate)}{shown}{sampled}</p>'


def _describe_level(dossier: Dossier, finding: Finding, translate: Translate) -> str:
    """The level as a person set it, with the reason, else as the machine read it; "" where it has none."""
    override = dossier.find_level(finding.pmid)
    level = dossier.level_of(finding)
    told = translate("No level") if level is None else translate("Level {level}").format(level=level)
    if override is not None:
        return f"{told} ({override.reason})"
    if level is None:
        return ""
    return f"{told} ({translate('to be confirmed')})" if finding.level.to_confirm else told


def verbatim(finding: Finding, citation: Citation) -> tuple[Rationale, ...]:
    """The rationale sentences that stand in the stored abstract word for word at their place."""
    text = citation.abstract_text
    return tuple(rationale for rationale in finding.rationales if rationale.stands_in(text))


def _render_standing(check: RetractionCheck, translate: Translate) -> str:
    words = translate(RETRACTION_LABELS[check.status])
    told = words
    if check.checked_at is not None:
        date = write_day(check.checked_at)
        told = translate("{standing}, checked {date}").format(standing=words, date=date)
    grave = " grave" if check.status in _GRAVE else ""
    return f'<span class="badge standing{grave}">{show_text(told)}</span>'


def _render_source(citation: Citation, translate: Translate) -> str:
    year = str(citation.published_year or citation.published or "")
    where = [show_text(part) for part in (citation.journal or citation.book, year) if part]
    pmid = f"PMID {citation.pmid}"
    if is_sample(citation.pmid):
        return " · ".join([*where, show_text(pmid)])
    target = f'href="{PUBMED}{citation.pmid}/" target="_blank" rel="noopener noreferrer"'
    link = f"<a {target}>{show_text(pmid)} ↗</a>"
    return " · ".join([*where, link])


def _render_stance(finding: Finding, translate: Translate) -> str:
    told = translate("Machine's suggestion: {stance}").format(
        stance=translate(STANCE_LABELS[finding.stance.stance])
    )
    return f'<p class="stance">{show_text(told)}</p>'

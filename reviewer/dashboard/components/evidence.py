"""Citations: what kind of study each is, its standing, and its abstract with the rationale marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from claims.appraisal.editions import find_edition
from claims.appraisal.record_kind import read_kind
from claims.appraisal.standing import FALLEN
from claims.records.assessment import Basis, JudgedCitation
from claims.records.citation import Citation, Pmid, RecordKind, RetractionCheck, RetractionStatus, is_sample
from claims.records.finding import Finding
from claims.records.rationale import Rationale
from claims.records.study import NO_STUDY
from reviewer.dashboard.times import write_day
from reviewer.i18n import Translate, mark
from reviewer.labels import (
    BASIS_LABELS,
    DESIGN_LABELS,
    JUDGEMENT_LABELS,
    KIND_LABELS,
    READ_LABELS,
    RETRACTION_LABELS,
    SPECIES_LABELS,
    STANCE_LABELS,
    tell_watched,
)
from reviewer.markup import Html, MarkedSpan, mark_text
from reviewer.rules.dossier import Dossier

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
PMC, DOI = "https://pmc.ncbi.nlm.nih.gov/articles/", "https://doi.org/"
EUROPE_PMC = "https://europepmc.org/article/MED/"
_GRAVE = FALLEN | {RetractionStatus.EXPRESSION_OF_CONCERN, RetractionStatus.PARTIALLY_RETRACTED}

_PASSAGES: Mapping[Basis, str] = {
    Basis.TITLE: mark("From the title: “{passage}”"),
    Basis.ABSTRACT: mark("From the abstract: “{passage}”"),
    Basis.FULL_TEXT: mark("From the full text: “{passage}”"),
}


def render_citation(
    dossier: Dossier,
    finding: Finding,
    translate: Translate,
    terms: Iterable[MarkedSpan] = (),
    passage: str = "",
) -> Html:
    """The citation in focus as HTML: badges, where it appeared, the abstract with its rationale marked.

    It links to PubMed only when NLM sent the record; the machine's stance shows only when it is unsealed.
    ``terms`` are spans of the abstract that are marked within the sentences; ``passage`` is what the
    reviewer chose as their own rationale.
    """
    citation, rationale = dossier.citations[finding.pmid], translate("rationale")
    marks = [
        MarkedSpan(r.start, r.end, css="rationale", title=rationale) for r in verbatim(finding, citation)
    ]
    at = citation.abstract_text.find(passage) if passage else -1
    if at >= 0:
        end = at + len(passage)
        marks = [one for one in marks if one.end <= at or one.start >= end]
        marks.append(MarkedSpan(at, end, css="rationale chosen", title=translate("my rationale")))
    abstract = mark_text(citation.abstract_text, marks, terms) or translate("No abstract in the record.")
    stance = _render_stance(dossier, finding, translate)
    return Html(
        '<div class="konkyo citation"><h3 class="title">{}</h3><p class="place">{}</p>{}{}'
        '<div class="abstract">{}</div></div>'
    ).format(
        citation.shown_title,
        _render_source(citation, translate),
        render_badges(dossier, finding, translate),
        stance,
        abstract,
    )


def render_judgement(judged: JudgedCitation | None, translate: Translate) -> Html:
    """The reviewer's own judgement of a citation as HTML, "" while there is none."""
    if judged is None:
        return Html()
    told = f"{translate(JUDGEMENT_LABELS[judged.judgement])} ({translate(BASIS_LABELS[judged.basis])})"
    own = Html('<p class="own">{}</p>').format(translate("Your judgement: {words}").format(words=told))
    return own + render_passage(judged, translate)


def render_passage(judged: JudgedCitation, translate: Translate) -> Html:
    """What of abstract or full text the judgement rests on as HTML, "" where nobody noted it."""
    if not judged.passage:
        return Html()
    told = translate(_PASSAGES[judged.basis]).format(passage=judged.passage)
    # What was read in a full text no stored record holds: nobody can compare it.
    typed = translate("entered by hand") if judged.basis is Basis.FULL_TEXT else ""
    return Html('<p class="quote">{} <span class="place">{}</span></p>').format(told, typed)


def render_badges(dossier: Dossier, finding: Finding, translate: Translate) -> Html:
    """Kind, design, level, species and standing in words, design and species with how they were read.

    The kind is told where the record is no plain paper; what reports no study has no design or species. Of a
    record that is related only, kind and standing alone are told, and of which record it is an edition.
    """
    kind = read_kind(dossier.citations[finding.pmid])
    badges = [] if kind is RecordKind.PAPER else [translate(KIND_LABELS[kind])]
    if not dossier.is_related(finding):
        badges += _describe_study(dossier, finding, kind, translate)
    elif edition := find_edition(dossier.citations[finding.pmid], _list_found(dossier)):
        badges.append(translate("another edition of PMID {pmid}").format(pmid=edition))
    shown = Html().join(Html('<span class="badge">{}</span>').format(badge) for badge in badges)
    named = [one for one in dossier.references if one.look_up.paper == finding.pmid]
    by_author = any(not one.added_by for one in named)
    words = translate("cited by the author") if by_author else translate("brought in beside the text")
    own = Html('<span class="badge cited">{}</span>').format(words) if named else Html()
    sample = Html('<span class="badge sample">{}</span>').format(translate("SAMPLE, no real study"))
    sampled = sample if is_sample(finding.pmid) else ""
    return Html('<p class="badges">{}{}{}{}</p>').format(
        own, _render_badge_of_standing(finding, translate), shown, sampled
    )


def is_grave(finding: Finding) -> bool:
    """Whether the paper fell, or is under a concern."""
    return finding.retraction.status in _GRAVE


def _render_badge_of_standing(finding: Finding, translate: Translate) -> Html:
    """How the paper stands where there is something to say, else a sign that it was looked at."""
    if finding.retraction.status is not RetractionStatus.NONE_KNOWN or finding.retraction.watched:
        return render_standing(finding.retraction, translate)
    if finding.retraction.checked_at is None:
        return Html()
    told = translate("No retraction known, checked {date}").format(
        date=write_day(finding.retraction.checked_at)
    )
    return Html('<span class="checked" role="img" title="{}" aria-label="{}">✓</span> ').format(told, told)


def _list_found(dossier: Dossier) -> tuple[Citation, ...]:
    return tuple(dossier.citations[finding.pmid] for finding in dossier.found)


def _describe_study(dossier: Dossier, finding: Finding, kind: RecordKind, translate: Translate) -> list[str]:
    """Design, level, species and number of people, as far as they are known."""
    study, badges = finding.study, []
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
    return badges


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


def render_standing(check: RetractionCheck, translate: Translate) -> Html:
    """How a paper stands as HTML, with the day of that look, and what Retraction Watch tells of it."""
    words = translate(RETRACTION_LABELS[check.own])
    told = words
    if check.checked_at is not None:
        date = write_day(check.checked_at)
        told = translate("{standing}, checked {date}").format(standing=words, date=date)
    if watched := tell_watched(check, translate):
        told = translate("{one}; {other}").format(one=told, other=watched)
    grave = " grave" if check.status in _GRAVE else ""
    return Html('<span class="badge standing{}">{}</span>').format(grave, told)


def _render_source(citation: Citation, translate: Translate) -> Html:
    year = str(citation.published_year or citation.published or "")
    where = [part for part in (citation.journal or citation.book, year) if part]
    return Html(" · ").join([*where, render_pmid(citation.pmid), *_link_full_text(citation, translate)])


def _link_full_text(citation: Citation, translate: Translate) -> list[Html]:
    """Links to where the full text may be read; a sample has none."""
    if is_sample(citation.pmid):
        return []
    link = Html('<a href="{}" target="_blank" rel="noopener noreferrer">{} ↗</a>')
    places = [(f"{EUROPE_PMC}{citation.pmid}", "Europe PMC")]
    if citation.doi:
        places.insert(0, (f"{DOI}{quote(citation.doi, safe='/')}", "DOI"))
    if citation.pmc:
        places.insert(0, (f"{PMC}{citation.pmc}/", translate("full text (PMC)")))
    return [link.format(address, name) for address, name in places]


def render_pmid(pmid: Pmid) -> Html:
    """The PMID as HTML, a link to PubMed unless it is a sample's."""
    told = f"PMID {pmid}"
    if is_sample(pmid):
        return Html("{}").format(told)
    link = Html('<a href="{}{}/" target="_blank" rel="noopener noreferrer">{} ↗</a>')
    return link.format(PUBMED, pmid, told)


def _render_stance(dossier: Dossier, finding: Finding, translate: Translate) -> Html:
    """The machine's suggestion, "" while it is sealed and for a record that is related only."""
    if dossier.suggestions_sealed or dossier.is_related(finding):
        return Html()
    told = translate("Machine's suggestion: {stance}").format(
        stance=translate(STANCE_LABELS[finding.stance.stance])
    )
    return Html('<p class="stance">{}</p>').format(told)

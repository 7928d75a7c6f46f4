"""Settled claims as lines: what was claimed, the grade that stands, where it stands and since when."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from claims.equivalence.comparison import Likeness
from claims.records.citation import RetractionStatus
from reviewer.dashboard.components.evidence import render_pmid
from reviewer.dashboard.times import format_local_day
from reviewer.difference_labels import DIFFERENCE_LABELS
from reviewer.i18n import Translate, translator
from reviewer.labels import (
    LOST_GROUND_LABELS,
    RETRACTION_LABELS,
    STATE_LABELS,
    TYPE_LABELS,
    grade_label,
)
from reviewer.markup import Html
from reviewer.rules.dossier import Dossier
from reviewer.workflow.known_claims import Alike, KnownPlace


def render_alike(alike: Sequence[Alike], locale: str) -> Html:
    """What was settled of the same claim elsewhere, below it of near ones, as HTML; "" for nothing."""
    translate = translator(locale)
    same = [one for one in alike if one.likeness is Likeness.SAME]
    near = [one for one in alike if one.likeness is Likeness.NEAR]
    told = Html()
    if same:
        told += Html('<h4 class="label">{}</h4>{}').format(
            translate("The same was graded before"), _render_lines(same, locale)
        )
    if near:
        head = translate("Near to it, and not the same: {count}").format(count=len(near))
        told += Html('<details class="near"><summary>{}</summary>{}</details>').format(
            head, _render_lines(near, locale)
        )
    return Html('<div class="alike-claims">{}</div>').format(told) if told else told


def list_cells(place: KnownPlace, locale: str) -> tuple[str, ...]:
    """The cells of a settled claim in the table of the library: claim, grade, type, papers, article, date."""
    translate, dossier = translator(locale), place.dossier
    levels = [level for finding in dossier.attached if (level := dossier.level_of(finding))]
    best = translate("best level {level}").format(level=min(levels)) if levels else ""
    papers = translate("papers: {count}").format(count=len(dossier.attached))
    return (
        Html('<a href="{}" target="_self">{}</a>{}').format(
            _address(dossier.claim.id, locale), dossier.claim.claim.read_as, _render_marks(place, translate)
        ),
        _tell_grade(place, locale),
        translate(TYPE_LABELS[dossier.claim.claim.type]),
        Html("{}{}").format(
            Html("{}<br>{}").format(papers, best) if best else papers, _render_papers(dossier, translate)
        ),
        _tell_place(place, translate),
        _tell_day(place, locale),
    )


def _render_lines(alike: Sequence[Alike], locale: str) -> Html:
    translate = translator(locale)
    lines = Html()
    for one in alike:
        dossier = one.place.dossier
        differs = [translate(DIFFERENCE_LABELS[name]) for name in one.differs]
        changed = (
            translate("differs in: {what}").format(what=translate(", ").join(differs)) if differs else ""
        )
        where = " · ".join(
            filter(None, (_tell_place(one.place, translate), _tell_day(one.place, locale), changed))
        )
        comment = next((grade.comment for grade in reversed(dossier.grades) if grade.comment), "")
        if dossier.adjudication is not None:
            comment = dossier.adjudication.comment
        lines += Html(
            '<li><b>{}</b> <a href="{}" target="_blank" rel="noopener">{}</a>{}'
            '{}<span class="konkyo place">{}</span>{}</li>'
        ).format(
            _tell_grade(one.place, locale),
            _address(dossier.claim.id, locale),
            dossier.claim.claim.read_as,
            Html("<q>{}</q>").format(comment) if comment else Html(),
            _render_marks(one.place, translate),
            where,
            _render_papers(dossier, translate),
        )
    return Html('<ul class="alike">{}</ul>').format(lines)


def _render_marks(place: KnownPlace, translate: Translate) -> Html:
    """Why the claim needs review where readers have it, "" where it does not."""
    if not place.marks:
        return Html()
    causes = dict.fromkeys(translate(LOST_GROUND_LABELS[mark.cause]) for mark in place.marks)
    told = f"{translate('Needs review')}: {translate(', ').join(causes)}"
    return Html(' <span class="badge grave">{}</span>').format(told)


def _render_standing(status: RetractionStatus, translate: Translate) -> Html:
    """How a paper stands, in bold where there is something to say."""
    told = translate(RETRACTION_LABELS[status])
    quiet = Html('<span class="place">{}</span>')
    return (quiet if status is RetractionStatus.NONE_KNOWN else Html("<b>{}</b>")).format(told)


def _render_papers(dossier: Dossier, translate: Translate) -> Html:
    """What was judged to bear on the claim: each paper with its title and how it stands, and documents."""
    lines = [
        Html('<li>{} <span class="title">{}</span> {}</li>').format(
            render_pmid(finding.pmid),
            dossier.citations[finding.pmid].shown_title,
            _render_standing(finding.retraction.status, translate),
        )
        for finding in dossier.attached
    ]
    documents = (one.details.title for one in dossier.attached_documents)
    lines += map(Html('<li class="title">{}</li>').format, documents)
    return Html('<ul class="konkyo papers">{}</ul>').format(Html().join(lines)) if lines else Html()


def _address(claim_id: int, locale: str) -> str:
    return "?" + urlencode({"claim": claim_id, "lang": locale})


def _tell_grade(place: KnownPlace, locale: str) -> str:
    verdict = place.dossier.verdict
    return grade_label(verdict.grade, locale) if verdict else ""


def _tell_day(place: KnownPlace, locale: str) -> str:
    verdict = place.dossier.verdict
    return format_local_day(verdict.decided_at, locale) if verdict else ""


def _tell_place(place: KnownPlace, translate: Translate) -> str:
    return translate("{title}, version {number} ({state})").format(
        title=place.version.title, number=place.version.number, state=translate(STATE_LABELS[place.state])
    )

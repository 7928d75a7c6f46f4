"""What people said of a claim, side by side: the grades, the adjudicator's view, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from claims.records.assessment import BodyCertainty, SupportGrade, TakenFrom
from reviewer.dashboard.components.evidence import render_passage
from reviewer.dashboard.times import format_local_day, format_moment
from reviewer.i18n import mark, translator
from reviewer.labels import (
    AGREEMENT_LABELS,
    CERTAINTY_OF_BODY_LABELS,
    JUDGEMENT_LABELS,
    grade_label,
    tell_taken_over,
    tell_unblinded,
)
from reviewer.markup import Html
from reviewer.person_names import name_person
from reviewer.rules.dossier import Dossier, Verdict


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's word on the claim; ``kind`` says what it is."""

    kind: str
    name: str
    grade: SupportGrade
    comment: str
    at: datetime
    body_certainty: BodyCertainty | None = None
    taken_from: TakenFrom | None = None
    unblinded: bool = False


def render_opinions(dossier: Dossier, viewer: str, names: Mapping[str, str], locale: str) -> Html:
    """What the dossier shows of other people's words as HTML, "" while they are hidden or there are none.

    ``names`` are the full names of accounts.
    """
    opinions = tuple(list_opinions(dossier))
    if all(opinion.name == viewer for opinion in opinions):
        return Html()
    head = translator(locale)("What was said of this claim")
    said = Html().join(_render_opinion(opinion, dossier, names, locale) for opinion in opinions)
    return Html('{}<h4 class="label">{}</h4><div class="voices">{}</div>').format(
        _render_verdict(dossier.verdict, locale), head, said
    )


def list_opinions(dossier: Dossier) -> Iterator[Opinion]:
    """The grades of the present wording, then the views, then the decision."""
    for grade in dossier.grades:
        yield Opinion(
            mark("grade"),
            grade.graded_by,
            grade.grade,
            grade.comment,
            grade.graded_at,
            grade.body_certainty,
            grade.taken_from,
            bool(grade.unblinded),
        )
    for view in dossier.views:
        if dossier.is_current(view.text_hash, view.sequence):
            yield Opinion(mark("own view"), view.written_by, view.grade, view.comment, view.written_at)
    decided = dossier.adjudication
    if decided is not None:
        yield Opinion(
            mark("decision"),
            decided.adjudicated_by,
            decided.grade,
            decided.comment,
            decided.adjudicated_at,
            decided.body_certainty,
        )


def _render_verdict(verdict: Verdict | None, locale: str) -> Html:
    if verdict is None:
        return Html()
    translate = translator(locale)
    told = translate("Final grade: {grade} ({agreement})").format(
        grade=grade_label(verdict.grade, locale), agreement=translate(AGREEMENT_LABELS[verdict.agreement])
    )
    return Html('<p class="verdict">{}</p>').format(told)


def _render_opinion(opinion: Opinion, dossier: Dossier, names: Mapping[str, str], locale: str) -> Html:
    translate = translator(locale)
    who = f"{name_person(opinion.name, names, translate)} · {translate(opinion.kind)}"
    lines = [Html('<p class="label">{}</p>').format(who)]
    lines.append(Html('<p class="given">{}</p>').format(grade_label(opinion.grade, locale)))
    if opinion.body_certainty is not None:
        lines.append(Html("<p>{}</p>").format(translate(CERTAINTY_OF_BODY_LABELS[opinion.body_certainty])))
    if opinion.taken_from is not None:
        day = format_local_day(opinion.taken_from.settled_at, locale)
        told = tell_taken_over(opinion.taken_from, day, translate)
        lines.append(Html('<p class="place">{}</p>').format(told))
    if opinion.unblinded:
        lines.append(Html('<p class="place">{}</p>').format(tell_unblinded(translate)))
    if opinion.comment:
        lines.append(Html('<p class="said">{}</p>').format(opinion.comment))
    judged = [
        f"PMID {j.pmid}: {translate(JUDGEMENT_LABELS[j.judgement])}"
        for j in dossier.judgements
        if j.judged_by == opinion.name
    ]
    titles = {document.id: document.details.title for document in dossier.documents}
    judged += [
        f"{titles.get(j.document_id, '')}: {translate(JUDGEMENT_LABELS[j.judgement])}"
        for j in dossier.document_judgements
        if j.judged_by == opinion.name
    ]
    lines += [Html('<p class="place">{}</p>').format(line) for line in judged]
    lines += [render_passage(j, translate) for j in dossier.judgements if j.judged_by == opinion.name]
    lines.append(Html('<p class="place">{}</p>').format(format_moment(opinion.at, locale)))
    return Html("<section>{}</section>").format(Html().join(lines))

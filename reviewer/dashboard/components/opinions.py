"""What people said of a claim, side by side: the grades, the adjudicator's view, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from claims.records.assessment import BodyCertainty, SupportGrade
from reviewer.dashboard.components.markup import show_text
from reviewer.dashboard.times import format_moment
from reviewer.i18n import mark, translator
from reviewer.labels import AGREEMENT_LABELS, CERTAINTY_OF_BODY_LABELS, JUDGEMENT_LABELS, grade_label
from reviewer.rules.dossier import Dossier, Verdict


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's word on the claim; ``kind`` says what it is."""

    kind: str
    name: str
    grade: SupportGrade
    comment: str
    at: datetime
    body_certainty: BodyCertainty | None = None


def render_voices(dossier: Dossier, viewer: str, names: Mapping[str, str], locale: str) -> str:
    """What the dossier shows of other people's words as HTML, "" while they are hidden or there are none.

    ``names`` are the full names of accounts.
    """
    voices = tuple(list_voices(dossier))
    if all(voice.name == viewer for voice in voices):
        return ""
    head = translator(locale)("What was said of this claim")
    said = "".join(_render_voice(voice, dossier, names, locale) for voice in voices)
    return (
        f'{_render_verdict(dossier.verdict, locale)}<h4 class="label">{show_text(head)}</h4>'
        f'<div class="voices">{said}</div>'
    )


def list_voices(dossier: Dossier) -> Iterator[Voice]:
    """The grades of the present wording, then the views, then the decision."""
    for grade in dossier.grades:
        yield Voice(
            mark("grade"),
            grade.graded_by,
            grade.grade,
            grade.comment,
            grade.graded_at,
            grade.body_certainty,
        )
    for view in dossier.views:
        if dossier.is_current(view.text_hash, view.sequence):
            yield Voice(mark("own view"), view.written_by, view.grade, view.comment, view.written_at)
    decided = dossier.adjudication
    if decided is not None:
        yield Voice(
            mark("decision"),
            decided.adjudicated_by,
            decided.grade,
            decided.comment,
            decided.adjudicated_at,
            decided.body_certainty,
        )


def _render_verdict(verdict: Verdict | None, locale: str) -> str:
    if verdict is None:
        return ""
    translate = translator(locale)
    told = translate("Stands: {grade} ({agreement})").format(
        grade=grade_label(verdict.grade, locale), agreement=translate(AGREEMENT_LABELS[verdict.agreement])
    )
    return f'<p class="verdict">{show_text(told)}</p>'


def _render_voice(voice: Voice, dossier: Dossier, names: Mapping[str, str], locale: str) -> str:
    translate = translator(locale)
    who = f"{names.get(voice.name, voice.name)} · {translate(voice.kind)}"
    lines = [f'<p class="label">{show_text(who)}</p>']
    lines.append(f'<p class="given">{show_text(grade_label(voice.grade, locale))}</p>')
    if voice.body_certainty is not None:
        lines.append(f"<p>{show_text(translate(CERTAINTY_OF_BODY_LABELS[voice.body_certainty]))}</p>")
    if voice.comment:
        lines.append(f'<p class="said">{show_text(voice.comment)}</p>')
    judged = [
        f"PMID {j.pmid}: {translate(JUDGEMENT_LABELS[j.judgement])}"
        for j in dossier.judgements
        if j.judged_by == voice.name
    ]
    lines += [f'<p class="place">{show_text(line)}</p>' for line in judged]
    lines.append(f'<p class="place">{show_text(format_moment(voice.at, locale))}</p>')
    return f"<section>{''.join(lines)}</section>"

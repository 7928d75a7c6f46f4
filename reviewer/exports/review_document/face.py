"""The face of the report: how far the review has come, and for the busy the grades and what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from claims.records.assessment import SupportGrade
from claims.records.citation import is_sample
from claims.records.decision import Decision, ObstacleKind, VersionState
from reviewer.exports.documents.model import (
    Block,
    Cell,
    Grid,
    Heading,
    Note,
    Paragraph,
    Run,
    Tone,
    runs,
)
from reviewer.exports.grade_tones import GRADE_TONES
from reviewer.exports.review_document.material import Material
from reviewer.i18n import mark
from reviewer.labels import GRADE_LABELS, OBSTACLE_LABELS, STATE_LABELS, STATUS_LABELS, tell_closing
from reviewer.moments import day_of, format_local_day
from reviewer.rules.obstacles import Obstacle, list_obstacles

_NOT_GRADED, _DRAFT, _WITHDRAWN = mark("NOT GRADED"), mark("DRAFT"), mark("WITHDRAWN")


def tell_stamp(material: Material) -> str:
    """What stands at the head of each page, "" on a version that is approved."""
    translate = material.translate
    if material.state is VersionState.WITHDRAWN:
        return translate(_WITHDRAWN)
    if not material.state.is_open:
        return ""
    return translate(_DRAFT if material.graded else _NOT_GRADED)


def write_face(material: Material) -> Iterator[Block]:
    """The verdict, and what a reader should know of the records before all else."""
    translate = material.translate
    yield _write_verdict(material)
    if any(map(is_sample, material.number_references())):
        told = translate(
            "This report holds samples: records numbered from 9000000001 on are made up and in no database."
        )
        yield Note((Paragraph(runs(told)),), Tone.CAUTION)


def write_summary(material: Material) -> Iterator[Block]:
    """The summary for the busy: so many claims with each grade, and what is open."""
    translate = material.translate
    yield Heading(1, runs(translate("Summary")))
    yield _count_grades(material)
    obstacles = find_open(material)
    if not obstacles:
        yield Paragraph(runs(translate("Nothing is open.")))
        return
    yield Paragraph(runs(translate("Open items: {count}.").format(count=len(obstacles))))
    yield _count_obstacles(material, obstacles)


def write_open_items(material: Material) -> Iterator[Block]:
    """What stands between the version and its approval, claim by claim."""
    translate, obstacles = material.translate, find_open(material)
    yield Heading(1, runs(translate("Open items")))
    if not obstacles:
        yield Paragraph(runs(translate("Nothing is open.")))
    else:
        by_claim = groupby(obstacles, key=lambda one: one.claim)
        rows = tuple(
            (
                Cell(runs(Run(str(claim.number), link=f"#claim-{claim.number}"))),
                Cell((Run(claim.claim.text, language=material.text_language),)),
                Cell(runs("\n".join(dict.fromkeys(translate(OBSTACLE_LABELS[one.kind]) for one in found)))),
            )
            for claim, found in by_claim
        )
        head = (runs(translate("Claim")), runs(translate("Wording")), runs(translate("What is open")))
        yield Grid(head, rows, widths=(1, 6, 4))


def find_open(material: Material) -> tuple[Obstacle, ...]:
    """What stands between the version and its approval, in the article's order."""
    return tuple(
        obstacle
        for dossier in material.dossiers
        for obstacle in list_obstacles(
            dossier,
            material.flags_of(dossier),
            day_of(material.made_at, material.reviewed.zone),
            material.held.get(dossier.claim.id, ()),
        )
    )


def _write_verdict(material: Material) -> Note:
    translate, state = material.translate, material.state
    graded, total = len(material.graded), len(material.dossiers)
    lead = translate(STATE_LABELS[state])
    if state is VersionState.WITHDRAWN:
        tone, told = Tone.BAD, _tell_decision(material, translate("Withdrawn by {name} on {day}."))
    elif not state.is_open:
        tone, told = Tone.GOOD, _tell_decision(material, translate("Decided by {name} on {day}."))
    elif not graded:
        tone, lead = Tone.BAD, translate(_NOT_GRADED)
        told = translate(
            "Nobody has graded a claim of it: what follows was found by a machine and is no judgement."
        )
    else:
        tone, lead = Tone.CAUTION, translate(_DRAFT)
        told = translate("Graded: {graded} of {total}. No editor has approved this version.")
        told = told.format(graded=graded, total=total)
    lines = [Paragraph(runs(Run(lead, bold=True), "  ", told))]
    if material.closing is not None:
        moment = material.closing.shown_as_of
        when = "" if moment is None else material.tell_moment(moment)
        lines.append(Paragraph(runs(tell_closing(material.closing.state, when, material.language.value))))
    return Note(tuple(lines), tone)


def _tell_decision(material: Material, words: str) -> str:
    """Who brought the version where it stands, and why where they said."""
    last = material.decisions[-1]
    day = format_local_day(last.decided_at, material.language.value, material.reviewed.zone)
    return " ".join(filter(None, (words.format(name=name_decider(last), day=day), last.comment)))


def name_decider(decision: Decision) -> str:
    """Who decided, by the name they signed with."""
    return decision.signature.full_name if decision.signature else decision.decided_by


def _count_grades(material: Material) -> Grid:
    translate = material.translate
    grades = Counter(d.verdict.grade for d in material.dossiers if d.verdict is not None)
    waiting = Counter(d.claim.status for d in material.dossiers if d.verdict is None)
    rows = [
        (Cell(runs(tell_grade(material, grade)), GRADE_TONES[grade]), Cell(runs(str(grades[grade]))))
        for grade in SupportGrade
        if grades[grade] or grade.step is not None
    ]
    rows += [(Cell(runs(translate(STATUS_LABELS[s]))), Cell(runs(str(n)))) for s, n in waiting.items()]
    rows.append((Cell(runs(translate("all"))), Cell(runs(str(len(material.dossiers))))))
    head = runs(translate("Support grade")), runs(translate("Claims"))
    return Grid(head, tuple(rows), widths=(4, 1), row_heads=True)


def tell_grade(material: Material, grade: SupportGrade) -> str:
    """The grade's figure, where it has one, and its words."""
    words = material.translate(GRADE_LABELS[grade])
    return words if grade.step is None else f"{grade.step} {words}"


def _count_obstacles(material: Material, obstacles: tuple[Obstacle, ...]) -> Grid:
    translate, counts = material.translate, Counter(one.kind for one in obstacles)
    rows = tuple(
        (Cell(runs(translate(OBSTACLE_LABELS[kind]))), Cell(runs(str(counts[kind]))))
        for kind in ObstacleKind
        if counts[kind]
    )
    head = (runs(translate("What is open")), runs(translate("How often")))
    return Grid(head, rows, widths=(4, 1), row_heads=True)

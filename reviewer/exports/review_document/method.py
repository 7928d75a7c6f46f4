"""How the review was made: grades and what they mean, and each search as PRISMA-S asks it to be told."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records.retrieval import SearchRun, SearchStatus
from claims.sources import SOURCES, list_failure_values
from reviewer.error_messages import describe_code
from reviewer.exports.documents.model import Block, Cell, Grid, Heading, Paragraph, Run, runs
from reviewer.exports.grade_tones import GRADE_TONES
from reviewer.exports.review_document.face import tell_grade
from reviewer.exports.review_document.material import Material
from reviewer.labels import GRADE_MEANINGS, RUNG_LABELS, SEARCH_LABELS
from reviewer.moments import format_local_day


def write_method(material: Material) -> Iterator[Block]:
    """How claims were found, searched for, judged and graded; and what each grade means."""
    translate = material.translate
    yield Heading(1, runs(translate("Method")))
    yield Paragraph(runs(_tell_searching(material)))
    yield Paragraph(runs(_tell_grading(material)))
    yield Paragraph(
        runs(
            translate(
                "Levels of evidence are those of the Oxford Centre for Evidence-Based Medicine (OCEBM 2011),"
                " of each record by the question of its claim. A quotation is shown only where it stands in"
                " the stored record sign for sign; what a reviewer typed from a full text or a document is"
                " marked as entered by hand."
            )
        )
    )
    rows = tuple(
        (Cell(runs(tell_grade(material, grade)), GRADE_TONES[grade]), Cell(runs(translate(meaning))))
        for grade, meaning in GRADE_MEANINGS.items()
    )
    head = (runs(translate("Support grade")), runs(translate("What it means")))
    yield Grid(head, rows, widths=(1, 3), row_heads=True)


def write_searches(material: Material) -> Iterator[Block]:
    """Every search of every claim: database, day, the query as it was sent, and what came of it."""
    translate = material.translate
    yield Heading(1, runs(translate("Searches, as they were sent (PRISMA-S)")))
    rows = tuple(
        (
            Cell(runs(Run(str(dossier.claim.number), link=f"#claim-{dossier.claim.number}"))),
            Cell(runs("\n".join(_tell_place(material, run)))),
            Cell(runs(run.query)),
            Cell(runs(_tell_outcome(material, run))),
        )
        for dossier in material.dossiers
        for run in dossier.runs
    )
    if not rows:
        yield Paragraph(runs(translate("Nobody has searched yet.")))
        return
    head = (translate("Claim"), translate("Database, date"), translate("Query"), translate("Hits"))
    yield Grid(tuple(runs(name) for name in head), rows, widths=(2, 6, 14, 4))


def _tell_searching(material: Material) -> str:
    translate = material.translate
    told = translate(
        "Each sentence of the article that can be checked is a claim; claims: {claims}. What else the article"
        " says was left out."
    ).format(claims=len(material.dossiers))
    runs_made = [run for dossier in material.dossiers for run in dossier.runs]
    if not runs_made:
        return f"{told} {translate('Nobody has searched yet.')}"
    first, last = (
        format_local_day(
            edge(run.searched_at for run in runs_made), material.language.value, material.reviewed.zone
        )
        for edge in (min, max)
    )
    searched = translate(
        "For each claim these databases were searched: {databases}. Queries: {queries}, sent from {first} to"
        " {last}; each is listed below with its hits. A machine ranks the records and marks sentences that"
        " bear on the claim; it grades nothing."
    ).format(
        databases=", ".join(dict.fromkeys(map(_name_database, runs_made))),
        queries=len(runs_made),
        first=first,
        last=last,
    )
    return f"{told} {searched}"


def _tell_grading(material: Material) -> str:
    """By how many the claims are graded; that nobody has is said instead."""
    translate = material.translate
    if not material.graded:
        return translate("No person has graded a claim of this version.")
    needed = max(dossier.plan.needed for dossier in material.dossiers)
    if needed == 1:
        return translate("One medical reviewer grades each claim, and judges each record that it rests on.")
    return translate(
        "Two medical reviewers grade each claim independently: neither sees the other's grade before giving"
        " their own. Where their grades differ, an adjudicator writes an own view first and then decides."
    )


def _tell_place(material: Material, run: SearchRun) -> Iterator[str]:
    """Which search it is, where, and when."""
    translate = material.translate
    yield translate(RUNG_LABELS[run.rung])
    yield _name_database(run)
    yield material.tell_moment(run.searched_at)


def _name_database(run: SearchRun) -> str:
    source = SOURCES.get(run.source)
    return f"{source.database} ({source.interface})" if source else run.source


def _tell_outcome(material: Material, run: SearchRun) -> str:
    translate = material.translate
    if run.status.is_answered:
        told = str(run.count)
        return translate("{count} found, not all came").format(count=told) if run.losses else told
    if run.status is SearchStatus.FAILED and run.failure:
        return describe_code(run.failure, list_failure_values(run), translate)
    return translate(SEARCH_LABELS[run.status])

"""Who stands for the review: how well they agree, their interests, their signatures, and the trail's head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.records.decision import Decision, VersionState
from claims.records.people import find_person
from reviewer.exports.agreement_figures import FIGURES, format_figure
from reviewer.exports.documents.model import (
    Block,
    Cell,
    Grid,
    Heading,
    Paragraph,
    ParagraphKind,
    Run,
    runs,
)
from reviewer.exports.review_document.face import name_decider
from reviewer.exports.review_document.material import Material
from reviewer.i18n import mark
from reviewer.labels import LEFT_OUT_LABELS, PROVED_LABELS, ROLE_LABELS, STATE_LABELS, TYPE_LABELS
from reviewer.workflow.agreeing import measure_shown

# What who signs says by it.
_MEANINGS: Mapping[VersionState, str] = {
    VersionState.APPROVED: mark(
        "Approval: the wording with this hash may be published; nothing stood in the way then."
    ),
    VersionState.PUBLISHED: mark("Publication: the wording with this hash was released to readers."),
}


def write_agreement(material: Material) -> Iterator[Block]:
    """The agreement of independent grades, of all claims and of each type, and what the figures leave out."""
    translate, report = material.translate, measure_shown(material.dossiers)
    yield Heading(1, runs(translate("Agreement of independent grades")))
    rows = [(translate("all"), report.overall)]
    rows += [(translate(TYPE_LABELS[kind]), of_type) for kind, of_type in report.by_type.items()]
    cells = tuple(
        (
            Cell(runs(name)),
            *(
                Cell(runs(format_figure(getattr(figures, field), field == "percent", translate)))
                for field, _ in FIGURES
            ),
        )
        for name, figures in rows
    )
    head = (translate("Claims"), *(translate(name) for _, name in FIGURES))
    yield Grid(tuple(runs(name) for name in head), cells, widths=(1,) * len(head), row_heads=True)
    told = translate("95 % intervals in brackets; taken from the first grades, before any adjudication.")
    yield Paragraph(runs(told), ParagraphKind.SMALL)
    if report.left_out:
        left_out = "; ".join(f"{translate(LEFT_OUT_LABELS[why])}: {n}" for why, n in report.left_out.items())
        yield Paragraph(runs(f"{translate('Left out')}: {left_out}"), ParagraphKind.SMALL)


def write_declarations(material: Material) -> Iterator[Block]:
    """What those whose grades stand declared of their interests, and who of them brought the article in."""
    translate = material.translate
    yield Heading(1, runs(translate("Declarations of interest")))
    declared = [
        material.declarations[name] for name in _list_graders(material) if name in material.declarations
    ]
    if not declared:
        yield Paragraph(runs(translate("None.")))
        return
    rows = tuple(
        (
            Cell(runs(one.name)),
            Cell(runs(one.qualification)),
            Cell(runs(one.statement, *_tell_own(material, one.name))),
            Cell(runs(material.tell_moment(one.declared_at))),
        )
        for one in declared
    )
    head = (translate("Name"), translate("Qualification"), translate("Interests"), translate("Declared at"))
    yield Grid(tuple(runs(name) for name in head), rows, widths=(2, 3, 5, 3), row_heads=True)


def write_signatures(material: Material) -> Iterator[Block]:
    """Each decision on the version, who signed it and what the signature means; then the trail's head."""
    translate = material.translate
    yield Heading(1, runs(translate("Decisions and signatures")))
    if material.decisions:
        rows = tuple(_write_decision(material, decision) for decision in material.decisions)
        head = (translate("Decision"), translate("By"), translate("When"), translate("Meaning and comment"))
        yield Grid(tuple(runs(name) for name in head), rows, widths=(2, 4, 3, 6), row_heads=True)
    else:
        yield Paragraph(runs(translate("No editor has decided on this version, and nobody has signed it.")))
    place, digest = material.head.position, material.head.digest
    yield Paragraph(
        runs(translate("Audit trail at {place}:{digest}").format(place=place, digest=digest)),
        ParagraphKind.SMALL,
    )


def _write_decision(material: Material, decision: Decision) -> tuple[Cell, ...]:
    translate, signed = material.translate, decision.signature
    who = name_decider(decision)
    meaning = [decision.comment] if decision.comment else []
    if signed is not None:
        roles = ", ".join(translate(ROLE_LABELS[role]) for role in signed.roles)
        who = f"{who}\n{roles}\n{translate(PROVED_LABELS[signed.proved_by])}"
        meaning.insert(0, translate(_MEANINGS[decision.state]))
        meaning.append(f"SHA-256 {decision.version_hash}")
    return (
        Cell(runs(Run(translate(STATE_LABELS[decision.state])))),
        Cell(runs(who)),
        Cell(runs(material.tell_moment(decision.decided_at))),
        Cell(runs("\n".join(meaning))),
    )


def _list_graders(material: Material) -> list[str]:
    """Those whose grade or decision stands with a claim, each once."""
    names: dict[str, None] = {}
    for dossier in material.graded:
        verdict = dossier.verdict
        if verdict is not None:
            names |= dict.fromkeys(verdict.graders)
            if verdict.adjudication is not None:
                names[verdict.adjudication.adjudicated_by] = None
    return list(names)


def _tell_own(material: Material, name: str) -> tuple[str, ...]:
    translate = material.translate
    return (f"; {translate('brought the article in')}",) if find_person(name) in material.bringers else ()

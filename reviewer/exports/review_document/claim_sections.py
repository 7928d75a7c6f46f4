"""Each claim of the report: its sentence, its grade and how it came to stand, its evidence, quoted."""

from __future__ import annotations

from collections.abc import Iterator

from claims.appraisal.quotation import Verification
from claims.records.citation import Citation, Pmid, RetractionStatus
from claims.records.finding import Finding
from reviewer.exports.document_cells import describe_documents
from reviewer.exports.documents.model import (
    Block,
    Cell,
    Grid,
    Heading,
    Paragraph,
    ParagraphKind,
    Run,
    Runs,
    Tone,
    runs,
)
from reviewer.exports.grade_tones import GRADE_TONES
from reviewer.exports.report import list_passages, shown_findings, verify_rationales
from reviewer.exports.review_document.face import tell_grade
from reviewer.exports.review_document.material import Material
from reviewer.exports.review_document.reference_list import language_of
from reviewer.i18n import mark
from reviewer.labels import (
    AGREEMENT_LABELS,
    BASIS_LABELS,
    CERTAINTY_LABELS,
    CERTAINTY_OF_BODY_LABELS,
    DESIGN_LABELS,
    FLAG_LABELS,
    JUDGEMENT_LABELS,
    RETRACTION_LABELS,
    RISK_LABELS,
    SEARCH_LABELS,
    SPECIES_LABELS,
    STATUS_LABELS,
    TYPE_LABELS,
    VERIFICATION_LABELS,
    tell_taken_over,
    tell_unblinded,
    tell_watched,
)
from reviewer.rules.dossier import Dossier, Verdict

_BY_HAND = mark("full text of PMID {pmid}, entered by hand")


def write_claims(material: Material) -> Iterator[Block]:
    """Every claim in the article's order, under the headings of the article."""
    translate, section = material.translate, ""
    yield Heading(1, runs(translate("Claims")))
    numbers = material.number_references()
    for dossier in material.dossiers:
        if dossier.claim.claim.section not in ("", section):
            section = dossier.claim.claim.section
            yield Heading(2, (Run(section, language=material.text_language),))
        yield from _write_claim(material, dossier, numbers)


def _write_claim(
    material: Material, dossier: Dossier, numbers: dict[Pmid, tuple[int, Citation]]
) -> Iterator[Block]:
    translate, claim = material.translate, dossier.claim.claim
    title = translate("Claim {number}").format(number=dossier.claim.number)
    kind = " · ".join((translate(TYPE_LABELS[claim.type]), translate(CERTAINTY_LABELS[claim.certainty])))
    yield Heading(3, runs(f"{title} · {kind}"), anchor=f"claim-{dossier.claim.number}")
    yield Paragraph((Run(claim.text, bold=True, language=material.text_language),))
    rows = tuple(
        (Cell(runs(name)), Cell(told, tone)) for name, told, tone in _list_facts(material, dossier) if told
    )
    yield Grid((), rows, widths=(1, 4), row_heads=True)
    shown = shown_findings(dossier)
    if not shown:
        return
    told = (
        translate("Evidence, judged by people to bear on the claim")
        if dossier.attached
        else translate("Suggested by the search alone: nobody has judged these records")
    )
    yield Heading(4, runs(told))
    for finding in shown:
        yield from _write_evidence(material, dossier, finding, numbers[finding.pmid][0])


def _list_facts(material: Material, dossier: Dossier) -> Iterator[tuple[str, Runs, Tone]]:
    """What the table of a claim says, each with its name and the colour of its ground."""
    translate, claim, plain = material.translate, dossier.claim.claim, Tone.PLAIN
    if claim.read_as != claim.text:
        yield translate("Read as"), (Run(claim.read_as, language=material.text_language),), plain
    yield from _list_grade(material, dossier)
    if (guideline := dossier.guideline) is not None:
        yield translate("Guideline grade"), runs(f"{guideline.grade} ({guideline.source})"), plain
    if documents := tuple(describe_documents(dossier, translate)):
        yield translate("Documents without a PMID"), runs("; ".join(documents)), plain
    risks = dict.fromkeys(
        f"{risk.words} – {translate(RISK_LABELS[risk.rule])}" for risk in claim.wording_risks
    )
    if risks:
        yield translate("Wording to be checked"), runs("; ".join(risks)), plain
    flags = dict.fromkeys(
        translate(FLAG_LABELS[flag.reason]) for flag in material.flags_of(dossier) if flag.is_open
    )
    if flags:
        yield translate("Open flags"), runs("; ".join(flags)), plain
    asked = translate("queries: {queries}, hits: {hits}").format(
        queries=len(dossier.runs), hits=sum(run.count for run in dossier.runs)
    )
    yield translate("Searches"), runs(f"{translate(SEARCH_LABELS[dossier.search_status])} ({asked})"), plain


def _list_grade(material: Material, dossier: Dossier) -> Iterator[tuple[str, Runs, Tone]]:
    translate, verdict = material.translate, dossier.verdict
    if verdict is None:
        told = translate("none yet ({status})").format(status=translate(STATUS_LABELS[dossier.claim.status]))
        yield translate("Support grade"), runs(told), Tone.NEUTRAL
        return
    grade = Run(tell_grade(material, verdict.grade), bold=True)
    yield translate("Support grade"), runs(grade), GRADE_TONES[verdict.grade]
    told = f"{translate(AGREEMENT_LABELS[verdict.agreement])}: {', '.join(verdict.graders)}"
    yield translate("Graded by"), runs(told, "\n", material.tell_moment(verdict.decided_at)), Tone.PLAIN
    taken = "\n".join(_list_taken_over(material, verdict))
    yield translate("Taken over"), runs(taken) if taken else (), Tone.CAUTION
    anew = ", ".join(given.graded_by for given in verdict.grades if given.unblinded)
    if anew:
        yield translate("Graded anew"), runs(f"{anew}: {tell_unblinded(translate)}"), Tone.CAUTION
    yield translate("Comments"), runs("\n".join(_list_comments(material, verdict))), Tone.PLAIN
    certainty = "; ".join(translate(CERTAINTY_OF_BODY_LABELS[one]) for one in verdict.body_certainties)
    if certainty:
        yield translate("Certainty of the evidence (GRADE)"), runs(certainty), Tone.PLAIN
    if dossier.kept is not None:
        kept = f"{dossier.kept.kept_by}: {dossier.kept.reason}"
        yield translate("Kept as it stands by the editor"), runs(kept), Tone.CAUTION


def _list_taken_over(material: Material, verdict: Verdict) -> Iterator[str]:
    """Of each grade that was not given on its own, whose it is and where it comes from."""
    for given in verdict.grades:
        if (taken := given.taken_from) is not None:
            day = material.tell_moment(taken.settled_at)
            yield f"{given.graded_by}: {tell_taken_over(taken, day, material.translate)}"


def _list_comments(material: Material, verdict: Verdict) -> Iterator[str]:
    """What was said with the grades, each with whose it is and, where they differed, its grade."""
    decided = verdict.adjudication
    if decided is not None:
        grade = tell_grade(material, decided.grade)
        yield f"{decided.adjudicated_by} ({grade}): {decided.comment}"
    for given in verdict.grades:
        if decided is not None:
            yield f"{given.graded_by} ({tell_grade(material, given.grade)}): {given.comment}".rstrip(": ")
        elif given.comment:
            yield f"{given.graded_by}: {given.comment}"


def _write_evidence(
    material: Material, dossier: Dossier, finding: Finding, number: int
) -> Iterator[Paragraph]:
    citation = dossier.citations[finding.pmid]
    link = Run(f"[{number}]", link=f"#ref-{number}")
    yield Paragraph(runs(link, " ", Run(citation.shown_title, language=language_of(citation))))
    facts = list(_list_study(material, dossier, finding))
    standing = _tell_standing(material, finding)
    yield Paragraph(runs(" · ".join(facts), " · ", standing), ParagraphKind.SMALL)
    for text, outcome in verify_rationales(dossier, finding):
        if outcome is Verification.VERBATIM:
            quoted = Run(f"“{text}”", language=language_of(citation))
            yield Paragraph(runs(quoted, f" (PMID {finding.pmid})"), ParagraphKind.QUOTE)
        else:
            told = material.translate(VERIFICATION_LABELS[outcome])
            yield Paragraph(runs(f"[{told}]"), ParagraphKind.QUOTE)
    for passage in list_passages(dossier, finding):
        told = material.translate(_BY_HAND).format(pmid=finding.pmid)
        yield Paragraph(runs(f"“{passage}” ({told})"), ParagraphKind.QUOTE)


def _list_study(material: Material, dossier: Dossier, finding: Finding) -> Iterator[str]:
    """Design, species, level and size as far as they are known, then who judged it how, having read what."""
    translate, level = material.translate, dossier.level_of(finding)
    yield translate(DESIGN_LABELS[finding.study.design])
    yield translate(SPECIES_LABELS[finding.study.species])
    if level is not None:
        yield translate("level {level}").format(level=level)
    if finding.study.sample_size:
        yield f"n = {finding.study.sample_size}"
    for judged in dossier.judgements:
        if judged.pmid == finding.pmid:
            basis = translate(BASIS_LABELS[judged.basis])
            yield f"{judged.judged_by}: {translate(JUDGEMENT_LABELS[judged.judgement])} ({basis})"


def _tell_standing(material: Material, finding: Finding) -> Run:
    """Whether the paper still stands; what does not is in bold."""
    check = finding.retraction
    own = check.own if check.checked_at else RetractionStatus.UNCHECKED
    told = material.translate(RETRACTION_LABELS[own])
    if check.checked_at:
        told += f" ({material.tell_moment(check.checked_at)})"
    if watched := tell_watched(check, material.translate):
        told = material.translate("{one}; {other}").format(one=told, other=watched)
    status = check.status if check.checked_at or check.watched else own
    return Run(told, bold=status not in (RetractionStatus.NONE_KNOWN, RetractionStatus.UNCHECKED))

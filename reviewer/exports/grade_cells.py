"""The cells of the report that tell how a claim was graded, by whom, and what the editor made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo

from claims.records.assessment import Basis, Settlement
from claims.records.citation import Pmid
from claims.records.plan import Declaration
from reviewer.labels import grade_label
from reviewer.moments import write_moment
from reviewer.rules.dossier import Dossier, Verdict


def describe_grade(
    dossier: Dossier, declarations: Mapping[str, Declaration], zone: tzinfo, locale: str
) -> dict[str, str]:
    """The cells of the grade that stands; while the claim is open, that it is."""
    guideline, verdict = dossier.guideline, dossier.verdict
    told = {
        "guideline_grade": guideline.grade if guideline else "",
        "guideline_source": guideline.source if guideline else "",
    }
    if verdict is None:
        return {**told, "agreement": Settlement.OPEN.value}
    step, decided = verdict.grade.step, verdict.adjudication
    return {
        **told,
        "support_grade": verdict.grade.value if step is None else str(step),
        "grade_label": grade_label(verdict.grade, locale),
        "agreement": verdict.agreement.value,
        "graders": "; ".join(_introduce(name, declarations) for name in verdict.graders),
        "adjudicator": _introduce(decided.adjudicated_by, declarations) if decided else "",
        "comment": "; ".join(_list_comments(dossier, verdict)),
        "graded_at": write_moment(verdict.decided_at, zone),
        "certainty_of_evidence": ";".join(certainty.value for certainty in verdict.body_certainties),
        "taken_over": "; ".join(_list_taken_over(verdict, zone)),
    }


def _list_taken_over(verdict: Verdict, zone: tzinfo) -> Iterator[str]:
    """Who took the grade over, and from where; of one that was given by hand after that, that it was."""
    for grade in verdict.grades:
        if (taken := grade.taken_from) is not None:
            since = ", by hand since" if taken.changed else ""
            yield (
                f"{grade.graded_by}: claim {taken.number} of “{taken.title}”, version {taken.version}"
                f" ({write_moment(taken.settled_at, zone)}){since}"
            )


def describe_basis(dossier: Dossier, pmid: Pmid) -> str:
    """What was read of a citation: the most that any of its judges read."""
    read = {judged.basis for judged in dossier.judgements if judged.pmid == pmid}
    return max(read, key=list(Basis).index, default=Basis.ABSTRACT).value


def _introduce(name: str, declarations: Mapping[str, Declaration]) -> str:
    """A grader with qualification and interests, as declared for this article."""
    declared = declarations.get(name)
    if declared is None:
        return name
    return f"{name} ({declared.qualification}, interests: {declared.statement})"


def _list_comments(dossier: Dossier, verdict: Verdict) -> Iterator[str]:
    """What was said with the grades, of several each with whose it is and its grade; why it was kept."""
    decided = verdict.adjudication
    if decided is not None:
        yield f"{decided.adjudicated_by} ({decided.grade.value}): {decided.comment}"
    for grade in verdict.grades:
        if len(verdict.grades) == 1 and decided is None:
            if grade.comment:
                yield grade.comment
        elif grade.comment or decided is not None:
            yield f"{grade.graded_by} ({grade.grade.value}): {grade.comment}"
    if dossier.kept is not None:
        yield f"kept by {dossier.kept.kept_by}: {dossier.kept.reason}"

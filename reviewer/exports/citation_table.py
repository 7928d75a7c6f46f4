"""The table of claim and citation: one row a pair, with the machine's reading and what people judged."""

from __future__ import annotations

from collections.abc import Iterator

from claims.appraisal.record_kind import read_kind
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.finding import Finding
from db.unit_of_work import UnitOfWork
from reviewer.exports.reviewed import Reviewed, stream_reviewed
from reviewer.exports.table import SCHEMA_VERSION, ExportRequest, Row, Table
from reviewer.exports.vancouver import format_reference
from reviewer.i18n import mark
from reviewer.moments import write_moment
from reviewer.rules.dossier import Dossier

# What the machine read, which is told of no record that is related only.
_STUDY = (
    "design",
    "design_from",
    "species",
    "species_from",
    "sample_size",
    "evidence_level",
    "evidence_level_scheme",
)
_SUGGESTION = ("suggested_stance", "suggested_confidence", "suggested_by")
CITATION_COLUMNS = (
    "article",
    "version",
    "version_hash",
    "claim_no",
    "claim_text",
    "pmid",
    "rank",
    "found_by",
    "reference",
    "year",
    "record_kind",
    *_STUDY,
    "evidence_level_set",
    *_SUGGESTION,
    "attached",
    "judgements",
    "retraction",
    "retraction_checked_at",
    "rationales",
    "on_topic",
    "relevance",
    "retraction_watch",
    "schema_version",
)


def build_citation_table(reviewed: Reviewed) -> list[Row]:
    """One row for each citation of each claim, by claim and then best first.

    ``evidence_level`` is the machine's and ``evidence_level_set`` what people set in its place, each with
    the reason. Suggestions that are still sealed and judgements of open claims are empty, as is the machine's
    reading of a record that is related only.
    """
    return [_row(reviewed, dossier, finding) for dossier in reviewed.dossiers for finding in dossier.findings]


def _row(reviewed: Reviewed, dossier: Dossier, finding: Finding) -> Row:
    version, citation, study = reviewed.version, dossier.citations[finding.pmid], finding.study
    check, sealed = finding.retraction, dossier.suggestions_sealed
    level = "" if finding.level.level is None else str(finding.level.level)
    row = {
        "article": version.article.title,
        "version": str(version.number),
        "version_hash": version.version_hash,
        "claim_no": str(dossier.claim.number),
        "claim_text": dossier.claim.claim.text,
        "pmid": finding.pmid,
        "rank": str(finding.rank),
        "found_by": finding.rung.value,
        "reference": format_reference(citation),
        "year": str(citation.published_year or ""),
        "record_kind": read_kind(citation).value,
        "design": study.design.value,
        "design_from": study.design_from.value,
        "species": study.species.value,
        "species_from": study.species_from.value,
        "sample_size": str(study.sample_size or ""),
        "evidence_level": f"{level} (to be confirmed)" if finding.level.to_confirm and level else level,
        "evidence_level_scheme": finding.level.scheme,
        "evidence_level_set": _describe_levels(dossier, finding),
        "suggested_stance": "" if sealed else finding.stance.stance.value,
        "suggested_confidence": "" if sealed else f"{finding.stance.confidence:.2f}",
        "suggested_by": "" if sealed else finding.stance.made_by,
        "attached": "yes" if finding in dossier.attached else "no",
        "judgements": _describe_judgements(dossier, finding),
        "retraction": (check.status if check.checked_at else RetractionStatus.UNCHECKED).value,
        "retraction_checked_at": write_moment(check.checked_at, reviewed.zone) if check.checked_at else "",
        "rationales": "; ".join(
            f"“{rationale.text}”"
            for rationale in finding.rationales
            if rationale.stands_in(dossier.citations[finding.pmid].abstract_text)
        ),
        "on_topic": "yes" if finding.on_topic else "no",
        "schema_version": SCHEMA_VERSION,
        "relevance": "" if finding.relevance is None else f"{finding.relevance:.2f}",
        "retraction_watch": _describe_watched(check),
    }
    return row | dict.fromkeys((*_STUDY, *_SUGGESTION) if dossier.is_related(finding) else (), "")


def _describe_watched(check: RetractionCheck) -> str:
    """How Retraction Watch has the paper stand, and since which day; "" where it does not tell of it."""
    if check.watched is None:
        return ""
    day = check.watched.told_on
    return f"{check.watched.status.value} {day or ''}".rstrip()


def _describe_levels(dossier: Dossier, finding: Finding) -> str:
    overrides = (override for override in dossier.levels if override.pmid == finding.pmid)
    return "; ".join(
        f"{override.set_by}: {'none' if override.level is None else override.level} ({override.reason})"
        for override in overrides
    )


def _describe_judgements(dossier: Dossier, finding: Finding) -> str:
    judged = (judgement for judgement in dossier.judgements if judgement.pmid == finding.pmid)
    return "; ".join(f"{one.judged_by}: {one.judgement.value} ({one.basis.value})" for one in judged)


def _load_rows(work: UnitOfWork, request: ExportRequest) -> Iterator[Row]:
    for part in stream_reviewed(work, request.version_id, request.zone):
        yield from build_citation_table(part)


CITATIONS = Table(mark("Claims and citations"), "citations", CITATION_COLUMNS, _load_rows)

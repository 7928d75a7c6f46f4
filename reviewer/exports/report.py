"""The review report as rows: from dossiers to strings, columns in the agreed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from claims.appraisal.quotation import Verification, verify_quotation
from claims.records.assessment import Basis
from claims.records.citation import RetractionStatus
from claims.records.claim import WordingRisk
from claims.records.finding import Finding
from claims.records.retrieval import SearchRun, SearchStatus
from db.unit_of_work import UnitOfWork
from reviewer.exports.document_cells import BY_HAND, describe_documents
from reviewer.exports.grade_cells import describe_basis, describe_grade
from reviewer.exports.reviewed import Reviewed, stream_reviewed
from reviewer.exports.table import SCHEMA_VERSION, ExportRequest, Row, Table
from reviewer.exports.vancouver import format_reference
from reviewer.i18n import format_count, mark
from reviewer.moments import write_moment
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags

SEPARATOR = ";"
REPORT_COLUMNS = (
    "article",
    "version",
    "version_hash",
    "section",
    "claim_no",
    "claim_text",
    "read_as",
    "start",
    "end",
    "type",
    "certainty",
    "status",
    "support_grade",
    "grade_label",
    "agreement",
    "graders",
    "adjudicator",
    "comment",
    "graded_at",
    "evidence_level",
    "species",
    "certainty_of_evidence",
    "guideline_grade",
    "guideline_source",
    "wording_risks",
    "open_flags",
    "pmids",
    "pmids_status",
    "references",
    "rationales",
    "retraction",
    "retraction_checked_at",
    "basis",
    "searches",
    "search_status",
    "documents",
    "schema_version",
    "taken_over",
)
_EMPTY: Row = dict.fromkeys(REPORT_COLUMNS, "")
# As many as are worth reading.
MOST_SUGGESTED = 8


def build_report(reviewed: Reviewed, locale: str = "en") -> list[Row]:
    """One row a claim in the article's order, each with every column of ``REPORT_COLUMNS``.

    ``locale`` is that of ``grade_label`` alone: names of columns and codes are the same everywhere.
    """
    return [_row(reviewed, dossier, locale) for dossier in reviewed.dossiers]


def shown_findings(dossier: Dossier) -> tuple[Finding, ...]:
    """The attached citations, or before anyone attached one the best suggested ones on topic."""
    return dossier.attached or dossier.found[:MOST_SUGGESTED]


def _row(reviewed: Reviewed, dossier: Dossier, locale: str) -> Row:
    claim, version = dossier.claim.claim, reviewed.version
    known = reviewed.flags.get(dossier.claim.id)
    flags = raise_flags(dossier) if known is None else known
    return _EMPTY | {
        "article": version.article.title,
        "version": str(version.number),
        "version_hash": version.version_hash,
        "section": claim.section,
        "claim_no": str(dossier.claim.number),
        "claim_text": claim.text,
        "read_as": claim.read_as,
        "start": str(claim.start),
        "end": str(claim.end),
        "type": claim.type.value,
        "certainty": claim.certainty.value,
        "status": dossier.claim.status.value,
        "wording_risks": "; ".join(map(_risk, claim.wording_risks)),
        "open_flags": SEPARATOR.join(dict.fromkeys(flag.reason.value for flag in flags if flag.is_open)),
        "searches": "; ".join(_search(run, reviewed.zone) for run in dossier.runs),
        "search_status": dossier.search_status.value,
        "documents": "; ".join(describe_documents(dossier)),
        "schema_version": SCHEMA_VERSION,
        **describe_grade(dossier, reviewed.declarations, reviewed.zone, locale),
        **_citation_cells(dossier, shown_findings(dossier), reviewed.zone),
    }


def _risk(risk: WordingRisk) -> str:
    """The words to be checked; a rule of the clinic says why, those of the laws are listed elsewhere."""
    told = f"{risk.rule.value}: {risk.words} (要確認)"
    return " → ".join(filter(None, (f"{told} {risk.reason}".rstrip(), risk.alternative)))


def _citation_cells(dossier: Dossier, findings: Sequence[Finding], zone: tzinfo) -> Row:
    if not findings:
        return {}
    levels = [level for finding in findings if (level := dossier.level_of(finding)) is not None]
    checked = [f.retraction.checked_at for f in findings if f.retraction.checked_at is not None]
    basis = {pmid: describe_basis(dossier, pmid) for pmid in {judged.pmid for judged in dossier.judgements}}
    citations = [dossier.citations[finding.pmid] for finding in findings]
    return {
        "evidence_level": str(min(levels)) if levels else "",
        "species": SEPARATOR.join(dict.fromkeys(finding.study.species.value for finding in findings)),
        "pmids": SEPARATOR.join(finding.pmid for finding in findings),
        "pmids_status": "attached" if dossier.attached else "suggested",
        "references": "; ".join(format_reference(citation) for citation in citations),
        "rationales": "; ".join(_quote_all(dossier, findings)),
        "retraction": SEPARATOR.join(_standing(finding) for finding in findings),
        "retraction_checked_at": write_moment(min(checked), zone) if checked else "",
        "basis": SEPARATOR.join(basis[f.pmid] for f in findings if f.pmid in basis and dossier.attached),
    }


def _standing(finding: Finding) -> str:
    status = finding.retraction.status if finding.retraction.checked_at else RetractionStatus.UNCHECKED
    return status.value


def _quote_all(dossier: Dossier, findings: Sequence[Finding]) -> Iterator[str]:
    """The sentences of the abstracts, and what of abstract or full text their judges noted."""
    for finding in findings:
        if finding.rationales:
            yield _quotation(dossier, finding)
        for passage in list_passages(dossier, finding, Basis.ABSTRACT):
            yield f"“{passage}” (abstract of PMID {finding.pmid}, chosen by the reviewer)"
        for passage in list_passages(dossier, finding):
            yield f"“{passage}” (full text of PMID {finding.pmid}, {BY_HAND})"


def list_passages(dossier: Dossier, finding: Finding, basis: Basis = Basis.FULL_TEXT) -> tuple[str, ...]:
    """What its judges noted of the full text, or chose in the abstract, each once.

    What was typed of a full text no stored record holds: nobody can compare it.
    """
    judged = (j for j in dossier.judgements if j.pmid == finding.pmid and j.basis is basis)
    return tuple(dict.fromkeys(j.passage for j in judged if j.passage))


def verify_rationales(dossier: Dossier, finding: Finding) -> list[tuple[str, Verification]]:
    """Each sentence that a finding is quoted with, and whether it stands in the stored record."""
    citation = dossier.citations[finding.pmid]
    return [(one.text, verify_quotation(one.text, citation).outcome) for one in finding.rationales]


def _quotation(dossier: Dossier, finding: Finding) -> str:
    outcomes = verify_rationales(dossier, finding)
    told = [f"“{text}”" for text, outcome in outcomes if outcome is Verification.VERBATIM]
    lost = dict.fromkeys(outcome for _, outcome in outcomes if outcome is not Verification.VERBATIM)
    told += [
        f"[{outcome.value}: the record has changed since it was quoted: search again]" for outcome in lost
    ]
    return f"{' '.join(told)} (PMID {finding.pmid})"


def tell_failure_values(run: SearchRun) -> str:
    """What the sentence of a failed search names (reason, HTTP status), "" where it names nothing."""
    return ", ".join(f"{name}: {value}" for name, value in run.failure_values)


def _search(run: SearchRun, zone: tzinfo) -> str:
    told = f"failed: {run.failure}" if run.failure else format_count(run.count, "hit")
    if run.failure_values:
        told = f"{told} ({tell_failure_values(run)})"
    if run.losses:
        told = f"{told}, not all came: {', '.join(run.losses)}"
    if run.status is SearchStatus.NOT_SEARCHED:
        told = f"not sent: {'; '.join(run.warnings)}"
    return f"{run.rung.value}: {run.query} [{run.source}, {write_moment(run.searched_at, zone)}, {told}]"


def _load_rows(work: UnitOfWork, request: ExportRequest) -> Iterator[Row]:
    for part in stream_reviewed(work, request.version_id, request.zone):
        yield from build_report(part, request.locale or "en")


_WHOLE_PLACES = {"searches": "the search log (konkyo searches)"}
REPORT = Table(mark("Report"), "report", REPORT_COLUMNS, _load_rows, _WHOLE_PLACES)

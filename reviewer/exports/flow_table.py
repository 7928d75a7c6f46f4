"""The flow of records, as PRISMA draws it: how many were found, on topic, judged, supporting, by search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.records.assessment import CitationJudgement
from claims.records.citation import Pmid
from claims.records.finding import Finding
from claims.records.living import LivingLook, NewRecord
from claims.records.retrieval import Rung, SearchRun, SearchStatus
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from reviewer.exports.table import SCHEMA_VERSION, ExportRequest, Row, Table
from reviewer.i18n import mark
from reviewer.moments import write_moment
from reviewer.rules.dossier import Dossier
from reviewer.workflow.loading import load_version
from reviewer.workflow.new_records import load_flow

# What a row is of beside one rung: all searches of the claim, those after publication, the whole article.
ALL, SINCE, ARTICLE = "all", "since_publication", "article"
FLOW_COLUMNS = (
    "article",
    "version",
    "claim_no",
    "claim_text",
    "flow_of",
    "source",
    "searched_at",
    "flow_status",
    "hits",
    "shown_count",
    "on_topic_count",
    "judged_count",
    "supporting_count",
    "schema_version",
)


def build_flow_table(
    version: ArticleVersion,
    dossiers: Sequence[Dossier],
    looks: Mapping[int, Sequence[LivingLook]],
    new: Mapping[int, Sequence[NewRecord]],
    request: ExportRequest,
) -> list[Row]:
    """One row for each search of each claim as it was made last, one for the claim, one for the article.

    A record that several searches found stands with the one that brought it first, so that rows of a claim
    sum up to its own; ``hits`` do not, since each search counts for itself. One search in two sources is two:
    a record that was judged is that one's which was made before. The article counts each paper once, however
    many of its claims it is under. What is blind is counted nowhere.
    """
    rows = [row for one in dossiers for row in _list_rows(version, one, looks, new, request)]
    return [*rows, _row(version, None, ARTICLE) | _count((one, one.findings) for one in dossiers)]


def _list_rows(
    version: ArticleVersion,
    dossier: Dossier,
    looks: Mapping[int, Sequence[LivingLook]],
    new: Mapping[int, Sequence[NewRecord]],
    request: ExportRequest,
) -> Iterator[Row]:
    latest: dict[tuple[str, Rung], SearchRun] = {(run.source, run.rung): run for run in dossier.runs}
    for (source, rung), run in latest.items():
        brought = [one for one in dossier.findings if _find_source(dossier, one) == (source, rung)]
        counted = _count([(dossier, brought)])
        hits = str(run.count) if run.status.is_answered else ""
        told = {"source": source, "searched_at": write_moment(run.searched_at, request.zone), "hits": hits}
        yield _row(version, dossier, rung.value) | told | {"flow_status": run.status.value} | counted
    yield _row(version, dossier, ALL) | _count([(dossier, dossier.findings)])
    records = new.get(dossier.claim.id, ())
    for look in looks.get(dossier.claim.id, ()):
        own = [one for one in records if one.source == look.source]
        yield _row(version, dossier, SINCE) | {
            "source": look.source,
            "searched_at": write_moment(look.tried_at, request.zone),
            "flow_status": look.status.value,
            # A look that failed tells nothing of how many there are.
            "shown_count": "" if look.status is SearchStatus.FAILED else str(look.count),
            "on_topic_count": str(len(own)),
            "judged_count": str(sum(one.answer is not None for one in own)),
        }


def _find_source(dossier: Dossier, finding: Finding) -> tuple[str, Rung]:
    """Where the search was made that brought it: the last one, of a judged record the last before that."""
    runs = sorted((run for run in dossier.runs if run.rung is finding.rung), key=lambda run: run.searched_at)
    judged = [one.judged_at for one in dossier.judgements if one.pmid == finding.pmid]
    before = [run for run in runs if not judged or run.searched_at <= min(judged)]
    return next((run.source for run in reversed(before or runs[:1])), ""), finding.rung


def _count(found: Iterable[tuple[Dossier, Sequence[Finding]]]) -> Row:
    """Of these findings of these claims: each paper once."""
    shown, on_topic, judged, supporting = set[Pmid](), set[Pmid](), set[Pmid](), set[Pmid]()
    for dossier, findings in found:
        own = {one.pmid for one in findings}
        shown |= own
        on_topic |= {one.pmid for one in findings if one.on_topic}
        judged |= own & {one.pmid for one in dossier.judgements}
        supporting |= own & {
            one.pmid for one in dossier.judgements if one.judgement is CitationJudgement.SUPPORTING
        }
    return {
        "shown_count": str(len(shown)),
        "on_topic_count": str(len(on_topic)),
        "judged_count": str(len(judged)),
        "supporting_count": str(len(supporting)),
    }


def _row(version: ArticleVersion, dossier: Dossier | None, flow_of: str) -> Row:
    return dict.fromkeys(FLOW_COLUMNS, "") | {
        "article": version.article.title,
        "version": str(version.number),
        "claim_no": str(dossier.claim.number) if dossier else "",
        "claim_text": dossier.claim.claim.text if dossier else "",
        "flow_of": flow_of,
        "schema_version": SCHEMA_VERSION,
    }


def _load_rows(work: UnitOfWork, request: ExportRequest) -> list[Row]:
    version, dossiers = load_version(work, request.version_id, None)
    looks, new = load_flow(work, [dossier.claim.id for dossier in dossiers])
    return build_flow_table(version, dossiers, looks, new, request)


FLOW = Table(mark("Flow of records"), "flow", FLOW_COLUMNS, _load_rows)

"""What the author of an article cites as rows: each reference with its paper and the claims that cite it."""

from __future__ import annotations

from datetime import tzinfo

from claims.records.reference import AuthorReference
from db.unit_of_work import UnitOfWork
from reviewer.exports.table import SCHEMA_VERSION, ExportRequest, Row, Table
from reviewer.i18n import mark
from reviewer.moments import write_moment
from reviewer.workflow.references import CitedArticle, load_cited_article

REFERENCE_COLUMNS = (
    "article",
    "version",
    "number",
    "reference",
    "pmid_cited",
    "doi_cited",
    "identity",
    "differs",
    "pmid",
    "title",
    "retraction",
    "claims",
    "failure",
    "source",
    "looked_up_at",
    "added_by",
    "schema_version",
)


def build_reference_table(cited: CitedArticle, zone: tzinfo) -> list[Row]:
    """One row a reference, in the article's order; ``claims`` are the numbers of those that cite it.

    ``pmid`` is the record that the look-up led to, be it of another paper; ``identity`` says which.
    """
    return [_row(cited, one, zone) for one in cited.references]


def _row(cited: CitedArticle, one: AuthorReference, zone: tzinfo) -> Row:
    told = one.look_up
    record = cited.records.get(told.pmid) if told.pmid else None
    standing = cited.standings.get(told.pmid) if told.pmid else None
    return {
        "article": cited.version.article.title,
        "version": str(cited.version.number),
        "number": one.label,
        "reference": one.said.words,
        "pmid_cited": one.said.pmid,
        "doi_cited": one.said.doi,
        "identity": told.identity.value,
        "differs": "; ".join(detail.value for detail in told.differs),
        "pmid": told.pmid or "",
        "title": record.shown_title if record else "",
        "retraction": standing.status.value if standing else "",
        "claims": "; ".join(str(claim.number) for claim in cited.list_citing(one)),
        "failure": told.failure,
        "source": told.source,
        "looked_up_at": write_moment(told.looked_at, zone) if told.looked_at else "",
        "added_by": one.added_by,
        "schema_version": SCHEMA_VERSION,
    }


def _load_rows(work: UnitOfWork, request: ExportRequest) -> list[Row]:
    return build_reference_table(load_cited_article(work, request.version_id, request.viewer), request.zone)


REFERENCES = Table(mark("References"), "references", REFERENCE_COLUMNS, _load_rows)

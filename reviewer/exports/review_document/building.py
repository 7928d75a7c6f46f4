"""The whole report as a document, from its face to the head of the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from db.unit_of_work import UnitOfWork
from reviewer.exports.documents.model import Block, Document
from reviewer.exports.review_document.claim_sections import write_claims
from reviewer.exports.review_document.face import tell_stamp, write_face, write_open_items, write_summary
from reviewer.exports.review_document.material import Material, load_material
from reviewer.exports.review_document.method import write_method, write_searches
from reviewer.exports.review_document.people import write_agreement, write_declarations, write_signatures
from reviewer.exports.review_document.reference_list import write_references
from reviewer.exports.table import ExportRequest

# In the order of the report.
_SECTIONS = (
    write_face,
    write_summary,
    write_method,
    write_claims,
    write_references,
    write_agreement,
    write_open_items,
    write_declarations,
    write_signatures,
    write_searches,
)


def load_document(work: UnitOfWork, request: ExportRequest, at: datetime) -> Document:
    """The report of a version as everybody may read it, made at this moment. Raises ``NotFound``."""
    return build_document(load_material(work, request, at))


def build_cover(material: Material) -> Document:
    """What the report says first: verdict and summary alone."""
    return _build(material, (write_face, write_summary))


def build_document(material: Material) -> Document:
    """The report: the busy read its first page, the thorough the rest."""
    return _build(material, _SECTIONS)


def _build(material: Material, sections: Sequence[Callable[[Material], Iterator[Block]]]) -> Document:
    translate, version = material.translate, material.reviewed.version
    subtitle = translate("Version {number} · SHA-256 {hash} · report made {moment}").format(
        number=version.number, hash=version.version_hash[:12], moment=material.tell_moment(material.made_at)
    )
    return Document(
        translate("Review of evidence: {article}").format(article=version.article.title),
        material.language,
        tuple(block for write in sections for block in write(material)),
        subtitle=subtitle,
        stamp=tell_stamp(material),
        made_at=material.made_at,
    )

"""Evidence without a PMID in the cells of the report: apart from citations, and never counted as one."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records.assessment import CitationJudgement
from claims.records.document import Document
from reviewer.i18n import Translate, mark
from reviewer.rules.dossier import Dossier

BY_HAND = mark("entered by hand")


def describe_documents(dossier: Dossier, translate: Translate = str) -> Iterator[str]:
    """The documents judged to bear on the claim, or before anybody judged one so those that were entered.

    Each with who published it and when, its address, the quotation with its place and that a person typed it,
    the judgements that are open, and the day on which it was read.
    """
    for document in dossier.attached_documents or dossier.documents:
        judged = {j.judgement for j in dossier.document_judgements if j.document_id == document.id}
        if judged != {CitationJudgement.NOT_RELEVANT}:
            yield describe_document(document, judged, translate)


def describe_document(document: Document, judged: set[CitationJudgement], translate: Translate = str) -> str:
    """One document in one line; nothing that was not entered is told."""
    details = document.details
    published = ", ".join(filter(None, (details.body, details.published)))
    quoted = f"“{details.quotation}” [{translate(BY_HAND)}]" if details.quotation else ""
    place = f"({details.place})" if details.place else ""
    told = [
        f"{details.title} ({published})" if published else details.title,
        details.address,
        " ".join(filter(None, (quoted, place))),
        ", ".join(one.value for one in CitationJudgement if one in judged),
        f"accessed {details.accessed_on}" if details.accessed_on else "",
        f"expires {details.expires_on}" if details.expires_on else "",
    ]
    return ". ".join(filter(None, told))

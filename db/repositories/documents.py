"""Evidence without a PMID. Documents and judgements only ever grow."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.records.assessment import StepKind
from claims.records.document import Document, DocumentDetails, JudgedDocument
from db.among import among
from db.mapping import make_row, read_record, take_values
from db.models import DocumentJudgementRow, DocumentRow
from db.repositories.latest import group_by_claim, load_latest
from db.repositories.ordering import add_step


class DocumentRepository:
    """Appends; a person's latest judgement of a document counts and the earlier ones stay."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, document: Document) -> Document:
        """The document as it is kept, with its number."""
        values = take_values(document, **take_values(document.details))
        del values["id"], values["details"]
        row = DocumentRow(**values)
        self._session.add(row)
        self._session.flush()
        return replace(document, id=row.id)

    def add_judgement(self, claim_id: int, judged: JudgedDocument) -> None:
        """Keep this judgement; the same person's earlier one of this document counts no longer."""
        add_step(self._session, make_row(DocumentJudgementRow, judged, claim_id=claim_id))

    def load(self, claim_ids: Collection[int]) -> dict[int, tuple[Document, ...]]:
        """The documents of each of these claims, in the order they were entered."""
        rows = self._session.scalars(
            select(DocumentRow).where(among(DocumentRow.claim_id, claim_ids)).order_by(DocumentRow.id)
        )
        return group_by_claim(claim_ids, ((row.claim_id, _read(row)) for row in rows))

    def load_judgements(self, claim_ids: Collection[int]) -> dict[int, tuple[JudgedDocument, ...]]:
        """Each person's latest judgement of each document of these claims, in the order they were given."""
        by = (DocumentJudgementRow.judged_by, DocumentJudgementRow.document_id)
        rows = load_latest(self._session, DocumentJudgementRow, claim_ids, *by, step=StepKind.DOCUMENT)
        return group_by_claim(claim_ids, ((row.claim_id, read_record(JudgedDocument, row)) for row in rows))

    def carry(self, origins: Mapping[int, Sequence[int]]) -> None:
        """Let the documents of former claims stand for those that came of them, judged by nobody yet.

        ``origins`` names the former claims of each; a document entered for several stands once.
        """
        found = self.load(sorted({former for formers in origins.values() for former in formers}))
        for claim_id, formers in origins.items():
            once: dict[DocumentDetails, Document] = {}
            for document in (document for former in formers for document in found[former]):
                once.setdefault(document.details, document)
            for document in once.values():
                self.add(replace(document, id=0, claim_id=claim_id, carried_from=document.id))


def _read(row: DocumentRow) -> Document:
    details = read_record(DocumentDetails, row)
    return Document(row.id, row.claim_id, details, row.entered_by, row.entered_at, row.carried_from)

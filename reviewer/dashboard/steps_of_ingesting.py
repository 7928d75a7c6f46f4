"""What the button that brings an article in does."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import streamlit as st

from claims.articles import parse_document
from claims.errors import ArticleError
from claims.records.article import Document
from claims.records.lineage import Relation
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.session import get_translate, keep_message, open_place
from reviewer.dashboard.steps import act, take_step
from reviewer.labels import RELATION_LABELS
from reviewer.workflow.ingesting import Ingested, ingest_article


def bring_in(revises: int | None) -> None:
    """Store what was given, say what became of it, and open it; nothing is stored when it is refused."""
    documents: list[Document] = []
    if not take_step(lambda: documents.append(_read_document())):
        return
    (document,) = documents
    ingested: list[Ingested] = []

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        ingested.append(ingest_article(work, document.article, user, now, document.original, revises))

    if act(step):
        version = ingested[0].version
        open_place(version=version.id)
        keep_message("saved", _tell(ingested[0]))


def _read_document() -> Document:
    """The document that the fields hold; the file goes before the text. Raises ``ArticleError``."""
    uploaded, pasted = st.session_state.get("upload_file"), str(st.session_state.get("upload_text", ""))
    if uploaded is not None:
        return parse_document(uploaded.getvalue(), uploaded.name, uploaded.type or "")
    if not pasted.strip():
        raise ArticleError("article_empty")
    return parse_document(pasted.encode("utf-8", "surrogatepass"), "pasted.txt")


def _tell(ingested: Ingested) -> str:
    translate = get_translate()
    if ingested.known:
        return translate("This text is known already: version {number}.").format(
            number=ingested.version.number
        )
    if ingested.revision is None:
        return translate("Stored. Claims: {claims}").format(claims=len(ingested.claims))
    relations = Counter(anchor.relation for anchor in ingested.revision.anchoring.anchors)
    counts = ", ".join(
        f"{translate(RELATION_LABELS[relation])} {relations[relation]}"
        for relation in Relation
        if relations[relation]
    )
    told = translate("Version {number} is stored: {counts}.")
    return told.format(number=ingested.version.number, counts=counts)

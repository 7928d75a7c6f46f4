"""What the buttons do that bring an article in, or make its next version of the author's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from claims.errors import ArticleError
from claims.records.lineage import Relation
from claims.records.people import User
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import open_shared_reader
from reviewer.dashboard.actions.acting import act, require_now, take_step
from reviewer.dashboard.session import get_application, get_translate, keep_message, open_place
from reviewer.jobs import ReadArticle
from reviewer.labels import RELATION_LABELS
from reviewer.reading_notices import tell_notices
from reviewer.rules.permissions import Permission
from reviewer.workflow.ingesting import Ingested, ingest_article
from reviewer.workflow.rewriting import Rewrite, ingest_rewritten, rewrite_text


def bring_in(revises: int | None) -> None:
    """Store what was given, say what became of it, and open it; nothing is stored when it is refused."""
    given: list[ReadArticle] = []
    if not take_step(lambda: given.append(_read_article())):
        return
    (read,) = given
    article, original = read.document.article, read.document.original

    def ingest(work: UnitOfWork, user: User, now: datetime) -> Ingested:
        return ingest_article(work, article, user, now, original, revises, read.extraction)

    _store(read, ingest)


def build_next(version: ArticleVersion, name: str, rewrites: Sequence[Rewrite]) -> None:
    """Store the version's text, changed as was shown, as the next one, and open it; ``name`` is its file."""
    given: list[ReadArticle] = []
    text, title = rewrite_text(version.article.text, rewrites), version.article.title

    def read_text() -> None:
        require_now(Permission.REVISE_ARTICLES)
        rules = get_application().house_rules()
        given.append(open_shared_reader().read(text.encode(), name, house_rules=rules, title=title))

    if not take_step(read_text):
        return
    (read,) = given
    article, original = read.document.article, read.document.original

    def ingest(work: UnitOfWork, user: User, now: datetime) -> Ingested:
        return ingest_rewritten(work, version.id, article, original, read.extraction, user, now)

    _store(read, ingest, room="author")


def _store(read: ReadArticle, ingest: Callable[[UnitOfWork, User, datetime], Ingested], **place: str) -> None:
    """Store what was read by ``ingest``, say what became of it, and open it at the place."""
    ingested: list[Ingested] = []

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        ingested.append(ingest(work, user, now))

    if act(step):
        version = ingested[0].version
        notice = tell_notices(read.document, read.extraction, get_translate())
        open_place(version=version.id, **place)
        keep_message("saved", " ".join(filter(None, (_tell(ingested[0]), notice))))


def _read_article() -> ReadArticle:
    """The article that the fields hold; the file goes before the text. Raises ``ArticleError``.

    Nothing is read for who may not bring it in.
    """
    require_now(Permission.INGEST_ARTICLES)
    read = partial(open_shared_reader().read, house_rules=get_application().house_rules())
    uploaded, pasted = st.session_state.get("upload_file"), str(st.session_state.get("upload_text", ""))
    if uploaded is not None:
        return read(uploaded.getvalue(), uploaded.name, uploaded.type or "")
    if not pasted.strip():
        raise ArticleError("article_empty")
    return read(pasted.encode("utf-8", "surrogatepass"), "pasted.txt")


def _tell(ingested: Ingested) -> str:
    translate = get_translate()
    if ingested.known:
        return translate("This text is known already: version {number}.").format(
            number=ingested.version.number
        )
    if ingested.revision is None:
        count = len(ingested.claims)
        told = translate("Stored. Claims: {claims}. Next, have them searched for.")
        return (told if count else translate("Stored. Claims: {claims}")).format(claims=count)
    relations = Counter(anchor.relation for anchor in ingested.revision.anchoring.anchors)
    counts = ", ".join(
        f"{translate(RELATION_LABELS[relation])} {relations[relation]}"
        for relation in Relation
        if relations[relation]
    )
    told = translate("Version {number} is stored: {counts}.")
    return told.format(number=ingested.version.number, counts=counts)

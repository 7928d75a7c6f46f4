"""Articles and their versions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.errors import NotFound
from claims.records.article import Article, text_hash
from claims.records.assessment import ClaimStatus
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, VersionSummary
from db.mapping import version_record
from db.models import ArticleRow, ClaimRow, SearchRow, VersionRow
from db.repositories.inserting import insert_into

_GRADED = (ClaimStatus.GRADED, ClaimStatus.ADJUDICATED)
_ANSWERED = (SearchStatus.FOUND, SearchStatus.NOTHING_FOUND)
_VERSIONS = select(VersionRow, ArticleRow).join(ArticleRow, ArticleRow.id == VersionRow.article_id)


class ArticleRepository:
    """Keeps each version once, under the article of its title."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_version(self, version_hash: str) -> ArticleVersion | None:
        """The version with this text, or ``None``."""
        found = self._session.execute(_VERSIONS.where(VersionRow.version_hash == version_hash)).one_or_none()
        return version_record(*found) if found else None

    def get_version(self, version_id: int) -> ArticleVersion:
        """The version known by this number. Raises ``NotFound``."""
        found = self._session.execute(_VERSIONS.where(VersionRow.id == version_id)).one_or_none()
        if found is None:
            raise NotFound("version_not_found", id=version_id)
        return version_record(*found)

    def add_version(self, article: Article, at: datetime) -> ArticleVersion:
        """The version that now holds this text.

        A text that is known stays the version it was, whatever its title; a title that is known gets its
        article's next number; anything else is a new article. Two at once end in one order or the other.
        """
        known = self.find_version(article.version_hash)
        if known is not None:
            return known
        self._insert_version(article, self._hold_article(article.title), at)
        stored = _VERSIONS.where(VersionRow.version_hash == article.version_hash)
        return version_record(*self._session.execute(stored).one())

    def list_versions(self) -> tuple[VersionSummary, ...]:
        """All versions, newest first. Counted are claims not dismissed.

        ``graded`` are those whose grade stands; ``searched`` those that a search ever answered, be it that
        there is nothing: a search that failed does not count.
        """
        answered = select(SearchRow.claim_id).where(SearchRow.status.in_(_ANSWERED)).distinct().subquery()
        kept = ClaimRow.status != ClaimStatus.DISMISSED
        rows = self._session.execute(
            select(
                VersionRow.id,
                VersionRow.article_id,
                ArticleRow.title,
                VersionRow.number,
                VersionRow.version_hash,
                VersionRow.ingested_at,
                func.count(ClaimRow.id).filter(kept),
                func.count(ClaimRow.id).filter(ClaimRow.status.in_(_GRADED)),
                func.count(answered.c.claim_id).filter(kept),
            )
            .join(ArticleRow, ArticleRow.id == VersionRow.article_id)
            .outerjoin(ClaimRow, ClaimRow.version_id == VersionRow.id)
            .outerjoin(answered, answered.c.claim_id == ClaimRow.id)
            .group_by(VersionRow.id, ArticleRow.id)
            .order_by(VersionRow.ingested_at.desc(), VersionRow.id.desc())
        )
        return tuple(VersionSummary(*row) for row in rows)

    def _hold_article(self, title: str) -> int:
        """The article of this title, made if there is none, and held until the transaction ends."""
        insert = insert_into(self._session, ArticleRow).values(title=title, title_hash=text_hash(title))
        # The update changes nothing: it takes the row, so that the next number is given out once.
        held = insert.on_conflict_do_update(
            index_elements=["title_hash"], set_={"title_hash": insert.excluded.title_hash}
        )
        return self._session.execute(held.returning(ArticleRow.id)).scalar_one()

    def _insert_version(self, article: Article, article_id: int, at: datetime) -> None:
        """Add the version unless somebody just stored this text."""
        latest = self._session.scalar(
            select(func.max(VersionRow.number)).where(VersionRow.article_id == article_id)
        )
        self._session.execute(
            insert_into(self._session, VersionRow)
            .values(
                article_id=article_id,
                number=(latest or 0) + 1,
                version_hash=article.version_hash,
                ingested_at=at,
                language=article.language,
                origin=article.origin,
                text=article.text,
                blocks=article.blocks,
            )
            .on_conflict_do_nothing(index_elements=["version_hash"])
        )

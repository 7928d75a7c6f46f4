"""Articles, their versions, and the files these were read from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from claims.errors import NotFound
from claims.records.article import Article, Original, text_hash
from claims.records.assessment import ClaimStatus
from claims.records.review import ArticleVersion, NewerVersion, VersionSummary
from db.among import among
from db.mapping import version_record
from db.models import ArticleRow, OriginalRow, TallyRow, VersionRow
from db.repositories.inserting import insert_into, lock_row, note_stored, share_row, touch_version

_GRADED = (ClaimStatus.GRADED, ClaimStatus.ADJUDICATED)


class ArticleRepository:
    """Keeps the versions of each article. An article is known by every title that it has borne."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_version(self, version_hash: str, article_id: int | None = None) -> ArticleVersion | None:
        """The version that a text is already: the newest anywhere, or ``None``.

        Of an article that is named only its newest version counts: whoever brings an earlier text as the
        next version goes back to it.
        """
        versions = select(VersionRow).order_by(VersionRow.id.desc())
        if article_id is None:
            return self._find(versions.where(VersionRow.version_hash == version_hash))
        newest = self._find(versions.where(VersionRow.article_id == article_id))
        return newest if newest is not None and newest.version_hash == version_hash else None

    def get_version(self, version_id: int) -> ArticleVersion:
        """The version known by this number. Raises ``NotFound``."""
        found = self._find(select(VersionRow).where(VersionRow.id == version_id))
        if found is None:
            raise NotFound("version_not_found", id=version_id)
        return found

    def find_former(self, version: ArticleVersion) -> ArticleVersion | None:
        """The version before this one in its article, ``None`` for the first."""
        return self._find(
            select(VersionRow)
            .where(VersionRow.article_id == version.article_id, VersionRow.number < version.number)
            .order_by(VersionRow.number.desc())
        )

    def list_until(self, version_id: int) -> tuple[int, ...]:
        """The version and those before it in its article, by number; none where there is no such version."""
        last = aliased(VersionRow)
        return tuple(
            self._session.scalars(
                select(VersionRow.id)
                .join(last, last.article_id == VersionRow.article_id)
                .where(last.id == version_id, VersionRow.number <= last.number)
                .order_by(VersionRow.number)
            )
        )

    def load_titles(self, version_ids: Collection[int]) -> dict[int, str]:
        """The title of each of these versions."""
        rows = self._session.execute(
            select(VersionRow.id, VersionRow.title).where(among(VersionRow.id, version_ids))
        )
        return {row.id: row.title for row in rows}

    def find_newer(self, version_id: int) -> NewerVersion | None:
        """The newest version of the article when that is another than this one, ``None`` otherwise."""
        this = aliased(VersionRow)
        row = self._session.execute(
            select(VersionRow.id, VersionRow.number)
            .join(this, this.article_id == VersionRow.article_id)
            .where(this.id == version_id, VersionRow.number > this.number)
            .order_by(VersionRow.number.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else NewerVersion(row.id, row.number)

    def add_version(self, article: Article, at: datetime, article_id: int | None = None) -> ArticleVersion:
        """The version that now holds this text: of the article named, else of the one that bears the title.

        A text that is known there (without a name: anywhere) stays the version it was, whatever its title.
        A title that is known gets its article's next number; anything else is a new article. Two at once
        end in one order or the other. Raises ``NotFound`` for an article that is not there.
        """
        known = self.find_version(article.version_hash, article_id)
        if known is not None:
            return known
        holder = self._hold_article(article.title, article_id)
        # Somebody else may have stored the same text while this one waited for the article.
        return self.find_version(article.version_hash, holder) or self._insert_version(article, holder, at)

    def add_again(self, version: ArticleVersion, at: datetime) -> ArticleVersion:
        """The next version of the article with the text of this one."""
        return self._insert_version(
            version.article, self._hold_article(version.article.title, version.article_id), at
        )

    def hold_version(self, version_id: int) -> None:
        """Let nobody else change which claims a version has before this unit of work ends."""
        lock_row(self._session, VersionRow, version_id)

    def share_version(self, version_id: int) -> None:
        """Let nobody decide on the version, or change which claims it has, before this unit of work ends;
        others may work on other claims of it."""
        share_row(self._session, VersionRow, version_id)

    def add_original(self, version_id: int, original: Original) -> None:
        """Keep the file beside its version; one that is kept already stays."""
        kept = self._session.execute(
            insert_into(self._session, OriginalRow)
            .values(
                version_id=version_id,
                name=original.name,
                media_type=original.media_type,
                content=original.content,
            )
            .on_conflict_do_nothing(index_elements=["version_id"])
            .returning(OriginalRow.version_id)
        )
        if kept.first() is not None:
            note_stored(self._session, OriginalRow, version_id)

    def has_original(self, version_id: int) -> bool:
        """Whether the file of a version is kept; it is not loaded."""
        found = select(OriginalRow.version_id).where(OriginalRow.version_id == version_id)
        return self._session.scalar(found) is not None

    def find_original_type(self, version_id: int) -> str:
        """The media type of the file of a version, which is not loaded; "" where none is kept."""
        found = select(OriginalRow.media_type).where(OriginalRow.version_id == version_id)
        return self._session.scalar(found) or ""

    def get_original(self, version_id: int) -> Original:
        """The file that a version was read from. Raises ``NotFound``."""
        row = self._session.get(OriginalRow, version_id)
        if row is None:
            raise NotFound("original_not_found", id=version_id)
        return Original(row.name, row.media_type, row.content)

    def list_versions(self, limit: int | None = None) -> tuple[VersionSummary, ...]:
        """The latest ``limit`` versions, newest first. Counted are claims not dismissed.

        ``graded`` are those whose grade stands; ``searched`` those that a search ever answered, be it that
        there is nothing: a search that failed does not count. Three queries.
        """
        latest = select(VersionRow.id).order_by(VersionRow.ingested_at.desc(), VersionRow.id.desc())
        ids = self._session.scalars(latest.limit(limit)).all()
        return self._summarise(among(VersionRow.id, ids))

    def summarise(self, version_ids: Collection[int]) -> dict[int, VersionSummary]:
        """The same of each of these versions."""
        return {one.id: one for one in self._summarise(among(VersionRow.id, version_ids))}

    def _summarise(self, chosen: ColumnElement[bool]) -> tuple[VersionSummary, ...]:
        other = aliased(VersionRow)
        newer = select(other.id).where(
            other.article_id == VersionRow.article_id, other.number > VersionRow.number
        )
        versions = self._session.execute(
            select(
                VersionRow.id,
                VersionRow.article_id,
                VersionRow.title,
                VersionRow.number,
                VersionRow.version_hash,
                VersionRow.ingested_at,
                newer.exists().label("is_older"),
            )
            .where(chosen)
            .order_by(VersionRow.ingested_at.desc(), VersionRow.id.desc())
        ).all()
        kept = TallyRow.status != ClaimStatus.DISMISSED
        counts = self._session.execute(
            select(
                TallyRow.version_id,
                func.count().filter(kept).label("claims"),
                func.count().filter(TallyRow.status.in_(_GRADED)).label("graded"),
                func.count().filter(kept, TallyRow.answered).label("searched"),
            )
            .where(among(TallyRow.version_id, [row.id for row in versions]))
            .group_by(TallyRow.version_id)
        )
        counted = {row.version_id: row for row in counts}
        return tuple(
            VersionSummary(
                id=row.id,
                article_id=row.article_id,
                title=row.title,
                number=row.number,
                version_hash=row.version_hash,
                ingested_at=row.ingested_at,
                claims=counted[row.id].claims if row.id in counted else 0,
                graded=counted[row.id].graded if row.id in counted else 0,
                searched=counted[row.id].searched if row.id in counted else 0,
                is_older=row.is_older,
            )
            for row in versions
        )

    def _find(self, versions: Select[VersionRow]) -> ArticleVersion | None:
        row = self._session.scalars(versions.limit(1)).one_or_none()
        return None if row is None else version_record(row)

    def _hold_article(self, title: str, article_id: int | None) -> int:
        """The article, made if there is none of this title, and held until the transaction ends."""
        known = article_id or self._session.scalar(
            select(VersionRow.article_id)
            .where(VersionRow.title_hash == text_hash(title))
            .order_by(VersionRow.id.desc())
            .limit(1)
        )
        if known is not None:
            lock_row(self._session, ArticleRow, known)
            return known
        insert = insert_into(self._session, ArticleRow).values(title=title, title_hash=text_hash(title))
        # The update changes nothing: it takes the row, so that the next number is given out once.
        held = insert.on_conflict_do_update(
            index_elements=["title_hash"], set_={"title_hash": insert.excluded.title_hash}
        )
        return self._session.execute(held.returning(ArticleRow.id)).scalar_one()

    def _insert_version(self, article: Article, article_id: int, at: datetime) -> ArticleVersion:
        """The next version of an article that is held."""
        latest = self._session.scalar(
            select(func.max(VersionRow.number)).where(VersionRow.article_id == article_id)
        )
        row = VersionRow(
            article_id=article_id,
            number=(latest or 0) + 1,
            title=article.title,
            title_hash=text_hash(article.title),
            version_hash=article.version_hash,
            ingested_at=at,
            language=article.language,
            origin=article.origin,
            text=article.text,
            blocks=article.blocks,
        )
        self._session.add(row)
        self._session.flush()
        touch_version(self._session, row.id)
        return version_record(row)

"""News: what one person was told and has not seen, and that they have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from claims.records.notice import NoticeLine, join_lines
from claims.records.people import User
from db.unit_of_work import UnitOfWork

# So many notices are read for the first page; what is older comes up once these are seen.
MOST_NEWS = 500


@dataclass(frozen=True, slots=True)
class News:
    """A line with the title of its article, and the numbers of the claims that it is of."""

    line: NoticeLine
    title: str
    claims: tuple[int, ...]


def count_news(work: UnitOfWork, viewer: User) -> int:
    """How many notices the person has not seen."""
    return work.notices.count_new(viewer.name)


def load_news(work: UnitOfWork, viewer: User) -> tuple[News, ...]:
    """What is new to the person, the latest first."""
    lines = join_lines(work.notices.list_new(viewer.name, MOST_NEWS))
    ids = {notice.cause.claim_id for line in lines for notice in line.notices}
    claims = {claim.id: claim.number for claim in work.claims.load_claims([i for i in ids if i is not None])}
    versions = {line.notices[0].cause.version_id for line in lines}
    titles = work.articles.load_titles(versions)
    return tuple(
        News(line, titles[line.notices[0].cause.version_id], _list_numbers(line, claims)) for line in lines
    )


def see_news(work: UnitOfWork, viewer: User, ids: Collection[int], at: datetime) -> None:
    """The person has seen these notices; another's are left alone."""
    work.notices.mark_seen(viewer.name, ids, at)
    work.commit_passing()


def note_opened(
    work: UnitOfWork, viewer: User, version_id: int | None, claim_id: int | None, at: datetime
) -> None:
    """The person has opened the claim or the article: what they were told of it is new no longer.

    Raises ``NotFound``.
    """
    if claim_id is not None:
        version_id = work.claims.get_claim(claim_id).version_id
    if version_id is not None:
        article_id = work.articles.get_version(version_id).article_id
        work.notices.mark_read(viewer.name, article_id, claim_id, at)
        work.commit_passing()


def _list_numbers(line: NoticeLine, claims: dict[int, int]) -> tuple[int, ...]:
    numbers = {claims.get(notice.cause.claim_id or 0, 0) for notice in line.notices}
    return tuple(sorted(numbers - {0}))

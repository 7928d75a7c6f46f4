"""A notice as a sentence and as a place to go to: the same in the room and in a mail, without a title."""

from __future__ import annotations

from claims.records.notice import NoticeKind, NoticeLine
from reviewer.i18n import Translate
from reviewer.labels import NOTICE_SENTENCES

# Where one claim is opened by itself; flags and answers are seen among the others of the article.
_BY_CLAIM = (NoticeKind.CONFLICT, NoticeKind.RETRACTED)
_ROOMS = {
    NoticeKind.FLAGGED: "author",
    NoticeKind.ANSWERED: "author",
    NoticeKind.RETURNED: "author",
    NoticeKind.ALL_GRADED: "editor",
    NoticeKind.PUBLISHED: "editor",
    NoticeKind.REVIEW_AGAIN: "editor",
}


def tell_line(line: NoticeLine, translate: Translate) -> str:
    """What happened, in the reader's language."""
    return translate(NOTICE_SENTENCES[line.kind]).format(count=len(line.notices))


def place_line(line: NoticeLine) -> dict[str, int | str]:
    """The page that the notice is about, as an address of the room names it."""
    if line.kind in _BY_CLAIM and line.claim_id is not None:
        return {"claim": line.claim_id}
    version = {"version": line.notices[0].cause.version_id}
    return {"room": _ROOMS[line.kind], **version} if line.kind in _ROOMS else dict(version)

"""A notice as a sentence and as a place to go to: the same in the room and in a mail, without a title."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records.notice import NoticeKind, NoticeLine
from reviewer.i18n import Translate
from reviewer.labels import NOTICE_SENTENCES

# Where one claim is opened by itself; flags and answers are seen among the others of the article.
_BY_CLAIM = (NoticeKind.CONFLICT, NoticeKind.RETRACTED, NoticeKind.PAPER_CHANGED)
# The room of a version, "" for its list of claims.
_ROOMS: Mapping[NoticeKind, str] = {
    NoticeKind.ASSIGNED: "",
    NoticeKind.FLAGGED: "author",
    NoticeKind.ANSWERED: "author",
    NoticeKind.ALL_GRADED: "editor",
    NoticeKind.CONFLICT: "",
    NoticeKind.RETURNED: "author",
    NoticeKind.PUBLISHED: "editor",
    NoticeKind.RETRACTED: "",
    NoticeKind.PAPER_CHANGED: "editor",
    NoticeKind.DUE: "",
    NoticeKind.REVIEW_AGAIN: "editor",
    NoticeKind.REVIEW_SOON: "editor",
    NoticeKind.NEEDS_REVIEW: "editor",
}


def tell_line(line: NoticeLine, translate: Translate) -> str:
    """What happened, in the reader's language."""
    return translate(NOTICE_SENTENCES[line.kind]).format(count=len(line.notices))


def place_line(line: NoticeLine) -> dict[str, int | str]:
    """The page that the notice is about, as an address of the room names it."""
    if line.kind in _BY_CLAIM and line.claim_id is not None:
        return {"claim": line.claim_id}
    version, room = line.notices[0].cause.version_id, _ROOMS[line.kind]
    return {"room": room, "version": version} if room else {"version": version}

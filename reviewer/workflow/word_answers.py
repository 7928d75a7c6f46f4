"""What an author answers to flags in the Word file that they were given, once the file comes back.

A reply to the comment that tells of a flag, and a flagged sentence that is worded otherwise, become the
author's answers, as if they had been given in the room. They settle nothing: that stays a reviewer's step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.articles.docx.comments import CommentedFile, WordComment, read_comments
from claims.articles.docx.proposals import HOUSE
from claims.articles.formats import Format
from claims.records.article import Original
from claims.records.audit import AuditAction, AuditEntry
from claims.records.flag import AnswerKind, FlagAnswer
from claims.records.lengths import LENGTHS
from claims.records.lineage import Anchoring, Relation
from claims.records.people import User
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.margin import MarginComment, list_margin, squeeze
from reviewer.workflow.publication import load_full_names

# To one comment. What is more stands beside the claim alone, as every comment does.
_MOST_REPLIES = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """An open flag that the file told its author of, and what was replied to it there."""

    claim: ReviewClaim
    key: str
    replies: tuple[WordComment, ...]


def read_asked(work: UnitOfWork, version: ArticleVersion, original: Original | None) -> tuple[Asked, ...]:
    """The flags of ``version`` of which a returned file speaks, as they are open to everybody.

    A comment is known by its initials and by saying what the flag's comment says now: what was settled, or is
    blind again since the file was given out, is not among them.
    """
    if original is None or original.media_type != Format.DOCX:
        return ()
    file = read_comments(original.content)
    ours = [thread for thread in file.threads if thread.comment.initials == HOUSE]
    if not ours:
        return ()
    locale = version.article.language.value
    dossiers = load_dossiers(work, work.claims.list_claims(version.id), None)
    margin = list_margin(dossiers, load_flags(work, dossiers, None), load_full_names(work), locale)
    flagged = [comment for comment in margin if comment.flag is not None]
    return tuple(_match(file, flagged, locale))


def _match(file: CommentedFile, flagged: Sequence[MarginComment], locale: str) -> Iterator[Asked]:
    # A file may have a hundred thousand comments: each is looked at once.
    by_wording: dict[str, list[MarginComment]] = {}
    for comment in flagged:
        for wording in comment.list_wordings(locale):
            by_wording.setdefault(wording, []).append(comment)
    found = [
        (thread, comment)
        for thread in file.threads
        if thread.comment.initials == HOUSE
        for comment in by_wording.get(squeeze(thread.comment.text), ())
    ]
    places = Counter((thread.start, thread.end) for thread, _ in found)
    beside: dict[tuple[int, int], list[WordComment]] = {}
    for one in file.threads:
        if one.comment.initials != HOUSE:
            beside.setdefault((one.start, one.end), []).append(one.comment)
    for thread, comment in found:
        replies, place = [*thread.answers], (thread.start, thread.end)
        if not file.keeps_threads and places[place] == 1:
            replies += beside.get(place, ())
        if comment.flag is not None:
            yield Asked(comment.claim, comment.flag.key, tuple(replies[:_MOST_REPLIES]))


def keep_answers(
    work: UnitOfWork,
    asked: Sequence[Asked],
    reworded: Mapping[int, str],
    actor: User,
    at: datetime,
) -> tuple[AuditEntry, ...]:
    """Keep the answers as ``actor``'s, who brought the file in, and tell of each; none twice.

    ``reworded`` is what claims of former words read now. One who may not answer flags keeps none.
    """
    if not asked or not may(actor, Permission.ANSWER_FLAGS):
        return ()
    kept = work.flags.load_answers({one.claim.id for one in asked})
    known = {(a.claim_id, a.key, a.kind, a.words) for answers in kept.values() for a in answers}
    entries = []
    for claim, answer in _word_answers(asked, reworded, actor, at):
        if (claim.id, answer.key, answer.kind, answer.words) not in known:
            work.flags.add_answer(answer)
            values = (("flag", answer.key), ("answer", answer.kind.value), ("words", answer.words))
            entries.append(AuditEntry(at, actor.name, AuditAction.FLAG_ANSWERED, f"claim:{claim.id}", values))
    return tuple(entries)


def _word_answers(
    asked: Sequence[Asked], reworded: Mapping[int, str], actor: User, at: datetime
) -> Iterator[tuple[ReviewClaim, FlagAnswer]]:
    """The replies, each with whose it is in Word, and the words that a flagged sentence has now."""
    longest = LENGTHS["flag_answer.words"]
    for one in asked:
        said = [(AnswerKind.EXPLAIN, _tell(reply)) for reply in one.replies]
        if one.claim.id in reworded:
            said.append((AnswerKind.REWRITE, reworded[one.claim.id]))
        for kind, words in said:
            # What is longer than an answer may be stands beside the claim alone, as every comment does.
            if words and len(words) <= longest:
                answer = FlagAnswer(one.claim.id, one.key, kind, words, actor.name, at, one.claim.text_hash)
                yield one.claim, answer


def _tell(reply: WordComment) -> str:
    return f"{reply.text} ({reply.author}, Word)" if reply.text else ""


def list_reworded(anchoring: Anchoring) -> dict[int, str]:
    """What the claims that were reworded, by number, read now."""
    return {
        anchor.former[0]: anchor.claims[0].text
        for anchor in anchoring.anchors
        if anchor.relation is Relation.REWORDED
    }

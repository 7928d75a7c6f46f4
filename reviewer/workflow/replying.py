"""The thread of a claim: what was said to all its flags and beside them, by author, reviewers and editors."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.errors import RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.flag import AnswerKind, Flag, FlagAnswer, FlagResolution
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.workflow.flagging import load_talk
from reviewer.workflow.handling import require_reviewer
from reviewer.workflow.holding import hold_open_claim

# In place of a flag's key: who wrote the reply decides when others read it.
_READ_AT_ONCE, _READ_WHEN_SETTLED = "thread", "thread:judge"
# Nobody is reminded for ever of a word that they did not answer.
_NAMED_FOR = timedelta(days=30)
MOST_NAMED = 10
# What goes on after the name of an account makes it another one; a full stop ends a sentence.
_GOES_ON = re.compile(r"[A-Za-z0-9_@-]|\.[A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Said:
    """One step of a thread; ``flag`` is what it is about, ``None`` for a reply.

    ``step`` is the flag itself where a person raised it.
    """

    at: datetime
    by: str
    words: str
    step: Flag | FlagAnswer | FlagResolution
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A reply in which the person is named, and where it stands."""

    claim_id: int
    version_id: int
    number: int
    title: str
    reply: FlagAnswer


def reply(work: UnitOfWork, claim_id: int, words: str, actor: User, at: datetime) -> FlagAnswer:
    """A word in the claim's thread, to no flag in particular; nothing is answered or settled by it.

    Raises ``RuleRefused`` without words, ``RoleRefused`` for a reviewer of other articles.
    """
    require_permission(actor, Permission.REPLY)
    claim = hold_open_claim(work, claim_id)
    judges = may(actor, Permission.REVIEW)
    if judges:
        require_reviewer(work, claim.version_id, actor)
    if not words.strip():
        raise RuleRefused("reply_needs_words")
    key = _READ_WHEN_SETTLED if judges else _READ_AT_ONCE
    said = FlagAnswer(claim_id, key, AnswerKind.REPLY, words.strip(), actor.name, at, claim.text_hash)
    work.flags.add_answer(said)
    work.drafts.give(claim_id, actor.name, at, AnswerKind.REPLY)
    values = (("words", said.words),)
    work.commit(AuditEntry(at, actor.name, AuditAction.REPLY_WRITTEN, f"claim:{claim_id}", values))
    return said


def load_threads(
    work: UnitOfWork, dossiers: Sequence[Dossier], viewer: User | None
) -> tuple[dict[int, tuple[Flag, ...]], dict[int, tuple[Said, ...]]]:
    """The flags of each claim, and what was said across them and beside them, the oldest first.

    Both are as the viewer may see them. What somebody who judges claims wrote of one that is open is theirs
    alone until it is settled: it may tell their grade. Of a closed version its flags alone are told.
    """
    flags, replies = load_talk(work, dossiers, viewer)
    threads = {}
    for dossier in dossiers:
        claim = dossier.claim
        said = [step for flag in flags[claim.id] for step in _follow(flag)]
        said += [
            Said(one.answered_at, one.answered_by, one.words, one)
            for one in replies.get(claim.id, ())
            if _may_read(one, claim.status, viewer)
        ]
        threads[claim.id] = tuple(sorted(said, key=lambda one: one.at))
    return flags, threads


def list_named(work: UnitOfWork, viewer: User, now: datetime) -> tuple[Named, ...]:
    """The replies that name the viewer as ``@name`` and that they may read, the latest first.

    One stands until the viewer wrote in that thread, or said that they saw it, or it is a month old.
    """
    seen = work.people.find_seen_until(viewer.name)
    found = work.flags.list_replies(f"@{viewer.name}", now - _NAMED_FOR)
    named = [one for one in found if one.answered_by != viewer.name and names(one.words, viewer.name)]
    ids = {one.claim_id for one in named}
    statuses, answered = work.claims.load_statuses(ids), _find_last_words(work, ids, viewer.name)
    # What becomes readable late was not seen when it was written.
    waiting = [
        one
        for one in named
        if one.claim_id in statuses
        and _may_read(one, statuses[one.claim_id], viewer)
        and (one.key == _READ_WHEN_SETTLED or seen is None or one.answered_at > seen)
        and (one.claim_id not in answered or one.answered_at > answered[one.claim_id])
    ][:MOST_NAMED]
    return tuple(_place(work, one) for one in waiting)


def names(words: str, name: str) -> bool:
    """Whether the words name the account as ``@name``, and not one whose name only begins so.

    >>> names("@mori, bitte", "mori"), names("@mori-k bitte", "mori"), names("fragt @Mori.", "mori")
    (True, False, True)
    """
    said, sought = words.lower(), f"@{name.lower()}"
    at = said.find(sought)
    while at >= 0 and _GOES_ON.match(said, at + len(sought)):
        at = said.find(sought, at + 1)
    return at >= 0


def _follow(flag: Flag) -> list[Said]:
    """What was said of one flag, from its raising on where a person raised it."""
    said = [Said(one.answered_at, one.answered_by, one.words, one, flag) for one in flag.answers]
    said += [Said(one.resolved_at, one.resolved_by, one.comment, one, flag) for one in flag.resolutions]
    if flag.raised_at is not None:
        said.append(Said(flag.raised_at, flag.raised_by, flag.words, flag, flag))
    return said


def _may_read(said: FlagAnswer, status: ClaimStatus, viewer: User | None) -> bool:
    is_own = viewer is not None and viewer.name == said.answered_by
    return said.key == _READ_AT_ONCE or status.is_settled or is_own


def _find_last_words(work: UnitOfWork, claim_ids: Collection[int], name: str) -> dict[int, datetime]:
    """When the person last wrote in the thread of each of these claims where they did."""
    own = {
        claim_id: [one.answered_at for one in said if one.answered_by == name]
        for claim_id, said in work.flags.load_answers(claim_ids).items()
    }
    return {claim_id: max(moments) for claim_id, moments in own.items() if moments}


def _place(work: UnitOfWork, said: FlagAnswer) -> Named:
    claim = work.claims.get_claim(said.claim_id)
    title = work.articles.get_version(claim.version_id).article.title
    return Named(claim.id, claim.version_id, claim.number, title, said)

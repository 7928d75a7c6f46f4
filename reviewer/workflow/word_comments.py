"""The comments in the Word file that a version was read from, each at the claim whose words it is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.articles.docx.comments import WordThread, read_comments
from claims.articles.docx.proposals import HOUSE
from claims.articles.formats import Format
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WordComments:
    """The threads by claim, in the text's order, and those that are on no claim that could be found."""

    by_claim: dict[int, tuple[WordThread, ...]] = field(default_factory=dict)
    elsewhere: tuple[WordThread, ...] = ()


def load_word_comments(work: UnitOfWork, version_id: int, claims: Iterable[ReviewClaim]) -> WordComments:
    """The comments of the version's file at these ``claims``; none where it is no Word file.

    A comment of ours that nobody answered is left out: what it says stands in the room. While a claim is
    open so is every comment of ours on it, and on words that are no claim's: it tells what was graded before.
    """
    if work.articles.find_original_type(version_id) != Format.DOCX:
        return WordComments()
    file = read_comments(work.articles.get_original(version_id).content)
    shown = [one for one in file.threads if one.answers or one.comment.initials != HOUSE]
    claims = tuple(claims)
    spans = [(claim.id, span) for claim in claims if shown and (span := file.find(claim.claim.text))]
    settled = {claim.id for claim in claims if claim.status.is_settled}
    by_claim: dict[int, list[WordThread]] = {}
    elsewhere = []
    for thread in shown:
        touched = [id for id, (start, end) in spans if thread.start < end and start < thread.end]
        is_ours = thread.comment.initials == HOUSE
        for claim_id in touched:
            if not is_ours or claim_id in settled:
                by_claim.setdefault(claim_id, []).append(thread)
        if not touched and not is_ours:
            elsewhere.append(thread)
    return WordComments({id: tuple(threads) for id, threads in by_claim.items()}, tuple(elsewhere))

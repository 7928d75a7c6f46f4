"""The lists that somebody makes of a queue: which claims, by which words, in which order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from claims.records.assessment import ClaimStatus
from claims.records.retrieval import SearchStatus
from reviewer.workflow.queueing import Queue, QueueLine

ALL, ARTICLE_ORDER = "all", "article"
FILTERS: Mapping[str, Callable[[QueueLine], bool]] = {
    ALL: lambda line: True,
    "open": lambda line: line.is_open,
    "conflict": lambda line: line.claim.status is ClaimStatus.CONFLICT,
    "stale": lambda line: line.claim.status is ClaimStatus.STALE,
    "nothing": lambda line: line.search_status is SearchStatus.NOTHING_FOUND,
    "related": lambda line: line.search_status is SearchStatus.RELATED_ONLY,
    "elsewhere": lambda line: line.search_status is SearchStatus.NOT_SEARCHABLE,
    "failed": lambda line: line.search_status is SearchStatus.FAILED,
    "risk": lambda line: bool(line.claim.claim.wording_risks),
    "repeated": lambda line: bool(line.alike),
    "graded": lambda line: not line.is_open,
}


@dataclass(frozen=True, slots=True)
class QueueList:
    """What is asked for: ``show`` names a filter, ``sort`` an order, ``find`` are words of the claim.

    Words are found whatever their case and width; several must all be there. A number alone is the claim's.
    """

    show: str = ALL
    sort: str = ARTICLE_ORDER
    find: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is all claims in the article's order."""
        return self == QueueList()


WHOLE = QueueList()
ORDERS: Mapping[str, Callable[[Queue], tuple[QueueLine, ...]]] = {
    ARTICLE_ORDER: lambda queue: queue.lines,
    "worst": Queue.list_worst_first,
    "papers": lambda queue: tuple(sorted(queue.lines, key=lambda line: -line.papers)),
    "alike": Queue.list_alike_together,
    "level": lambda queue: tuple(sorted(queue.lines, key=lambda line: line.best_level or 9)),
}


def read_list(show: str, sort: str, find: str) -> QueueList:
    """The list of these names as an address has them; what is no name of ours is passed over.

    >>> read_list("open", "backwards", " prp ")
    QueueList(show='open', sort='article', find='prp')
    """
    return QueueList(
        show if show in FILTERS else ALL, sort if sort in ORDERS else ARTICLE_ORDER, find.strip()[:200]
    )


def list_lines(queue: Queue, asked: QueueList, keep: int | None = None) -> tuple[QueueLine, ...]:
    """The lines of the list in its order; the claim ``keep`` has its place among them all the same."""
    holds, words = FILTERS[asked.show], _fold(asked.find).split()
    return tuple(
        line
        for line in ORDERS[asked.sort](queue)
        if line.claim.id == keep or (holds(line) and _is_found(line, words))
    )


def _is_found(line: QueueLine, words: list[str]) -> bool:
    if len(words) == 1 and words[0].isdecimal():
        return line.claim.number == int(words[0]) or words[0] in line.claim.claim.text
    claim = line.claim.claim
    text = _fold(f"{claim.text} {claim.read_as}")
    return all(word in text for word in words)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()

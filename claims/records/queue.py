"""What is asked for of a version's queue, and how its claims count by that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.retrieval import SearchStatus

# Of claims that are found by words no more are counted than these beyond what is shown.
MOST_COUNTED = 1_000
# The level of a claim under which no paper has any: after all that there are.
NO_LEVEL = 9
# Where claims outside the order of grades stand among them: after unsupported, after all that are below 3.
_NOTHING_FOUND, _BESIDE_THE_ORDER, _NOT_KNOWN = 15, 25, 27
# No version has more claims than that; a longer number is words.
_MOST_DIGITS = 9


def rate_badness(grade: SupportGrade | None, search: SearchStatus) -> int:
    """How badly a claim stands, the worse the less; without a grade, by what its search found.

    Nothing on topic is as good as unsupported.

    >>> rate_badness(SupportGrade.CONTRADICTED, SearchStatus.FOUND)
    0
    """
    if grade is not None:
        return _BESIDE_THE_ORDER if grade.step is None else 10 * grade.step
    is_nothing = search in (SearchStatus.NOTHING_FOUND, SearchStatus.RELATED_ONLY)
    return _NOTHING_FOUND if is_nothing else _NOT_KNOWN


class QueueOrder(StrEnum):
    """In which order the claims come; those that are alike in it come in the article's."""

    ARTICLE = "article"
    WORST = "worst"
    PAPERS = "papers"
    LEVEL = "level"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which claims are shown: those of which all holds that is said here."""

    status: ClaimStatus | None = None
    search: SearchStatus | None = None
    is_risky: bool | None = None
    is_open: bool | None = None
    is_repeated: bool | None = None

    def holds(
        self,
        status: ClaimStatus,
        search: SearchStatus,
        *,
        is_risky: bool,
        is_open: bool = False,
        is_repeated: bool = False,
    ) -> bool:
        """Whether a claim of which that is so is shown."""
        asked = (self.status, self.search, self.is_risky, self.is_open, self.is_repeated)
        pairs = zip(asked, (status, search, is_risky, is_open, is_repeated), strict=True)
        return all(one is None or one == known for one, known in pairs)


@dataclass(frozen=True, slots=True)
class Waiting:
    """When a claim waits for the person ``name``: by where it stands ``always``, unless they graded it, or
    unless they graded it and judged all that others attached, or it is assigned to others."""

    name: str
    always: frozenset[ClaimStatus] = frozenset()
    unless_graded: frozenset[ClaimStatus] = frozenset()
    unless_done: frozenset[ClaimStatus] = frozenset()

    def holds(
        self, status: ClaimStatus, is_graded: bool, is_done: bool, *, is_of_others: bool = False
    ) -> bool:
        """Whether a claim that stands there waits; ``is_of_others``: it is assigned, and not to them."""
        if status in self.unless_graded:
            return not is_graded
        if status in self.unless_done:
            return not is_done and not is_of_others
        return status in self.always


@dataclass(frozen=True, slots=True)
class Ask:
    """A list of a queue: its filter and order, and ``words`` that must all be there, folded.

    A word that is a number alone may also be the claim's.
    """

    shown: QueueFilter = QueueFilter()
    order: QueueOrder = QueueOrder.ARTICLE
    words: tuple[str, ...] = ()

    @property
    def number(self) -> int | None:
        """The number that is asked for, ``None`` where words are or more digits than a number has."""
        word = self.words[0] if len(self.words) == 1 else ""
        return int(word) if word.isdecimal() and len(word) <= _MOST_DIGITS else None


class Kind(NamedTuple):
    """What claims that are counted together have in common; ``answered_by`` is the source that answered all
    that was last asked for them, "" where it did not, or nobody asked."""

    status: ClaimStatus
    search: SearchStatus
    is_risky: bool
    answered_by: str


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many claims of a version stand alike, dismissed ones left out; ``own`` are those that the viewer
    graded and that are not settled, by where they stand and whether they are done; ``repeated`` those whose
    words another has too; ``of_others`` those that are assigned to others and that the viewer has not done,
    by where they stand."""

    alike: Mapping[Kind, int]
    own: Mapping[tuple[ClaimStatus, bool], int]
    repeated: int = 0
    of_others: Mapping[ClaimStatus, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of claims."""
        return sum(self.alike.values())

    @property
    def graded(self) -> int:
        """Those whose grade the viewer knows: it stands, or is the viewer's own."""
        settled = sum(claims for kind, claims in self.alike.items() if kind.status.is_settled)
        return settled + sum(self.own.values())

    def count_open(self, waiting: Waiting) -> int:
        """Those that wait for the viewer."""
        without = sum(
            claims
            for kind, claims in self.alike.items()
            if waiting.holds(kind.status, is_graded=False, is_done=False)
        )
        done_with = sum(
            claims
            for (status, done), claims in self.own.items()
            if waiting.holds(status, is_graded=False, is_done=False)
            and not waiting.holds(status, is_graded=True, is_done=done)
        )
        of_others = sum(
            claims
            for status, claims in self.of_others.items()
            if waiting.holds(status, is_graded=False, is_done=False)
            and not waiting.holds(status, is_graded=False, is_done=False, is_of_others=True)
        )
        return without - done_with - of_others

    def count_shown(self, shown: QueueFilter, waiting: Waiting) -> int:
        """Those that the filter shows; it asks for nothing else beside what waits or is repeated."""
        if shown.is_open is not None:
            waits = self.count_open(waiting)
            return waits if shown.is_open else self.count - waits
        if shown.is_repeated is not None:
            return self.repeated if shown.is_repeated else self.count - self.repeated
        return sum(
            claims
            for kind, claims in self.alike.items()
            if shown.holds(kind.status, kind.search, is_risky=kind.is_risky)
        )

    def count_due(self, source: str) -> int:
        """Those that nobody searched, or that another source than this one answered."""
        never = SearchStatus.NOT_SEARCHED
        return sum(n for k, n in self.alike.items() if k.search is never or k.answered_by not in ("", source))

    @property
    def is_unsure(self) -> bool:
        """Whether of any that was searched not all was answered."""
        never = SearchStatus.NOT_SEARCHED
        return any(kind.search is not never and not kind.answered_by for kind in self.alike)

"""The lists that somebody makes of a queue: which claims, by which words, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.records.assessment import Assessment, ClaimStatus, SupportGrade
from claims.records.queue import NO_LEVEL, Ask, QueueFilter, QueueOrder, rate_badness
from claims.records.retrieval import SearchStatus
from claims.records.review import ReviewClaim
from claims.text.folding import fold_words

ALL, ARTICLE_ORDER = "all", QueueOrder.ARTICLE.value
FILTERS: Mapping[str, QueueFilter] = {
    ALL: QueueFilter(),
    "open": QueueFilter(is_open=True),
    "conflict": QueueFilter(status=ClaimStatus.CONFLICT),
    "stale": QueueFilter(status=ClaimStatus.STALE),
    "nothing": QueueFilter(search=SearchStatus.NOTHING_FOUND),
    "related": QueueFilter(search=SearchStatus.RELATED_ONLY),
    "elsewhere": QueueFilter(search=SearchStatus.NOT_SEARCHABLE),
    "failed": QueueFilter(search=SearchStatus.FAILED),
    "risk": QueueFilter(is_risky=True),
    "repeated": QueueFilter(is_repeated=True),
    "graded": QueueFilter(is_open=False),
}


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A claim in the queue. ``own_grade`` is the viewer's for the present wording, nobody else's.

    ``standing`` is the grade of a settled claim, which everybody may see. ``is_open``: the claim waits for
    the viewer; for one who neither grades nor settles it, for anybody. ``papers`` counts what the searches
    found on topic, ``best_level`` is the lowest evidence level among them as the machine read it.
    ``has_comment``: a grade that the viewer knows has one. ``alike`` are the numbers of the claims in the
    same words, its own among them; none where it stands alone. ``assigned``: to whom it is, for editors.
    """

    claim: ReviewClaim
    search_status: SearchStatus
    own_grade: Assessment | None
    is_open: bool
    standing: SupportGrade | None = None
    papers: int = 0
    best_level: int | None = None
    has_comment: bool = False
    alike: tuple[int, ...] = ()
    assigned: tuple[str, ...] = ()

    @property
    def grade(self) -> SupportGrade | None:
        """The grade that stands, else the viewer's own."""
        return self.standing or (self.own_grade.grade if self.own_grade else None)

    def is_shown(self, shown: QueueFilter) -> bool:
        """Whether the filter shows it."""
        return shown.holds(
            self.claim.status,
            self.search_status,
            is_risky=bool(self.claim.claim.wording_risks),
            is_open=self.is_open,
            is_repeated=bool(self.alike),
        )

    def has_words(self, asked: Ask) -> bool:
        """Whether the words are the claim's, or the number."""
        text = fold_words(f"{self.claim.claim.text} {self.claim.claim.read_as}")
        return asked.number == self.claim.number or all(word in text for word in asked.words)

    def tell_place(self, order: QueueOrder) -> int:
        """The lower the earlier it comes; those that are alike come in the article's order."""
        if order is QueueOrder.WORST:
            return rate_badness(self.grade, self.search_status)
        if order is QueueOrder.PAPERS:
            return -self.papers
        if order is QueueOrder.ALIKE:
            return self.alike[0] if self.alike else self.claim.number
        return (self.best_level or NO_LEVEL) if order is QueueOrder.LEVEL else 0


@dataclass(frozen=True, slots=True)
class QueueList:
    """What is asked for: ``show`` names a filter, ``sort`` an order, ``find`` are words of the claim.

    Words are found whatever their case and width; several must all be there. A number alone may be the
    claim's too.
    """

    show: str = ALL
    sort: str = ARTICLE_ORDER
    find: str = ""

    @property
    def ask(self) -> Ask:
        """The same as the queue is asked."""
        return Ask(FILTERS[self.show], QueueOrder(self.sort), tuple(fold_words(self.find).split()))


WHOLE = QueueList()


def read_list(show: str, sort: str, find: str) -> QueueList:
    """The list of these names as an address has them; what is no name of ours is passed over.

    >>> read_list("open", "backwards", " prp ")
    QueueList(show='open', sort='article', find='prp')
    """
    return QueueList(
        show if show in FILTERS else ALL,
        sort if sort in tuple(QueueOrder) else ARTICLE_ORDER,
        find.strip()[:200],
    )


def list_lines(
    lines: Iterable[QueueLine], asked: QueueList, keep: int | None = None
) -> tuple[QueueLine, ...]:
    """Those of all lines of a queue that the list has, in its order; the claim ``keep`` is one of them."""
    ask = asked.ask
    chosen = (
        line for line in lines if line.claim.id == keep or (line.is_shown(ask.shown) and line.has_words(ask))
    )
    return tuple(sorted(chosen, key=lambda line: line.tell_place(ask.order)))


def count_shown(lines: Iterable[QueueLine]) -> dict[str, int]:
    """How many of all lines of a queue each filter shows."""
    known = tuple(lines)
    return {name: sum(line.is_shown(shown) for line in known) for name, shown in FILTERS.items()}

"""How an article is reviewed: by whom, by how many independently, and with which interests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """Who reviews an article. The default is the plan of an article that nobody was assigned to.

    ``reviewers`` and ``adjudicator`` are account names; where none is named, any person of the role may.
    ``needed`` is how many grade each claim independently, 1 or 2. ``sealed``: a reviewer sees the machine's
    suggestions of a claim after the own grade. ``due_on`` is the day by which the review is to be done.
    """

    reviewers: tuple[str, ...] = ()
    adjudicator: str = ""
    needed: int = 1
    sealed: bool = True
    due_on: date | None = None

    def lets_grade(self, name: str) -> bool:
        """Whether this reviewer grades here.

        >>> ReviewPlan(("sato", "suzuki")).lets_grade("mori"), ReviewPlan().lets_grade("mori")
        (False, True)
        """
        return not self.reviewers or name in self.reviewers

    def lets_adjudicate(self, name: str) -> bool:
        """Whether this adjudicator settles conflicts here."""
        return not self.adjudicator or name == self.adjudicator


@dataclass(frozen=True, slots=True)
class Declaration:
    """A person's interests in an article's subject, and what they are qualified by, as they stood then."""

    article_id: int
    name: str
    qualification: str
    statement: str
    declared_at: datetime

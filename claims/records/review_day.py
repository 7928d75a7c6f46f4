"""When the evidence of a published version is to be looked at again: by which rule, or as an editor said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from claims.records.claim import ClaimType
from claims.records.study import StudyDesign


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """For how many months the evidence of some claims holds; a rule without conditions is about all.

    It is about claims of the ``type``, those whose best paper is of this evidence ``level`` or a weaker one,
    that rest on a paper of the ``design``, and that name the ``words``: all that are given must hold.
    """

    months: int
    reason_ja: str
    reason_en: str
    type: ClaimType | None = None
    level: int | None = None
    design: StudyDesign | None = None
    words: str = ""

    @property
    def conditions(self) -> tuple[ClaimType | None, int | None, StudyDesign | None, str]:
        """What it is about: of two rules about the same one is in force."""
        return self.type, self.level, self.design, self.words

    def tell_reason(self, locale: str) -> str:
        """Why, in the language of the screen."""
        return self.reason_ja if locale == "ja" else self.reason_en


@dataclass(frozen=True, slots=True)
class KeptReviewRules:
    """All the rules that one person put in force together; ``number`` counts these changes from 1."""

    number: int
    rules: tuple[ReviewRule, ...]
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimDay:
    """The day by which a claim's evidence is to be looked at again.

    ``rule`` gave it, else a document under the claim that expires then: ``document_id``.
    """

    claim_id: int
    due_on: date
    rule: ReviewRule | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """The day of a published version: the earliest of its ``claims``, unless an editor set another.

    ``rules`` is the digest of the rules it was counted by, "" until it was counted since it last changed.
    ``told_on`` is the latest day on which people were told of it.
    """

    version_id: int
    due_on: date | None
    claims: tuple[ClaimDay, ...] = ()
    rules: str = ""
    told_on: date | None = None

    @property
    def by_rule(self) -> ClaimDay | None:
        """The claim whose day comes first, ``None`` where no rule is about any of them."""
        return min(self.claims, key=lambda one: (one.due_on, one.claim_id), default=None)


@dataclass(frozen=True, slots=True)
class SetDay:
    """That an editor set a version's day, and why; ``due_on`` is ``None`` where the rules' holds again."""

    version_id: int
    due_on: date | None
    reason: str
    set_by: str
    set_at: datetime

"""By when the evidence of a published claim is to be looked at again, and which claims are then touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, tzinfo
from functools import cached_property
from hashlib import sha256

from claims.extraction.house_rules import fold_phrase
from claims.records.review_day import ClaimDay, ReviewDay, ReviewRule
from reviewer.moments import add_months, day_of
from reviewer.rules.dossier import Dossier

_LATIN = re.compile(r"[0-9a-z]")


@dataclass(frozen=True)
class ReviewRules:
    """The rules in force; days are those of ``zone``, and people are told ``soon_days`` before one comes.

    ``of_file`` are those of the house's file: they stand first.
    """

    rules: tuple[ReviewRule, ...]
    zone: tzinfo
    soon_days: int = 30
    of_file: tuple[ReviewRule, ...] = ()

    @cached_property
    def digest(self) -> str:
        """What tells these rules from others: a day that was counted by others is counted anew."""
        return sha256(repr((self.rules, str(self.zone))).encode()).hexdigest()

    def with_kept(self, kept: Sequence[ReviewRule]) -> ReviewRules:
        """These and the house's own that were ``kept`` on the page, which go behind those of its file and
        before all others."""
        own = join_rules(self.of_file, kept)
        return replace(self, rules=join_rules(own, self.rules[len(self.of_file) :]))


NO_REVIEW_RULES = ReviewRules((), UTC)


def join_rules(own: Sequence[ReviewRule], others: Sequence[ReviewRule]) -> tuple[ReviewRule, ...]:
    """The house's own rules, and those of the others that are about something else."""
    known = {rule.conditions for rule in own}
    return (*own, *(rule for rule in others if rule.conditions not in known))


def find_claim_days(dossiers: Iterable[Dossier], by: ReviewRules) -> Iterator[ClaimDay]:
    """The day of each claim whose grade stands: so many months after its grade as its shortest rule says,
    or the day on which a document that bears on it expires, if that comes before."""
    for dossier in dossiers:
        verdict = dossier.verdict
        if verdict is None:
            continue
        claim_id = dossier.claim.id
        days = [
            ClaimDay(claim_id, document.details.expires_on, document_id=document.id)
            for document in dossier.attached_documents
            if document.details.expires_on
        ]
        rules = [rule for rule in by.rules if is_about(rule, dossier)]
        if rules:
            shortest = min(rules, key=lambda rule: rule.months)
            graded_on = day_of(verdict.decided_at, by.zone)
            days.append(ClaimDay(claim_id, add_months(graded_on, shortest.months), shortest))
        if days:
            yield min(days, key=lambda one: one.due_on)


def is_about(rule: ReviewRule, dossier: Dossier) -> bool:
    """Whether all that the rule asks of a claim holds for this one."""
    attached = dossier.attached
    levels = [level for finding in attached if (level := dossier.level_of(finding)) is not None]
    claim = dossier.claim.claim
    return (
        rule.type in (None, claim.type)
        and (rule.level is None or (bool(levels) and min(levels) >= rule.level))
        and (rule.design is None or any(finding.study.design is rule.design for finding in attached))
        and (not rule.words or _names(rule.words, f"{claim.theme} {claim.heading} {claim.read_as}"))
    )


def find_touched(day: ReviewDay, today: date) -> tuple[ClaimDay, ...]:
    """The claims that are to be looked at again today: none before the version's day.

    From then on those whose own day has come; where an editor set an earlier day, those that come first.
    """
    first = day.by_rule
    if day.due_on is None or today < day.due_on or first is None:
        return ()
    return tuple(one for one in day.claims if one.due_on <= max(today, first.due_on))


def _names(words: str, text: str) -> bool:
    """Whether the phrase is in the text: as a whole word where its end is a Latin letter or a figure."""
    named, told = fold_phrase(words), fold_phrase(text)
    at = told.find(named)
    while at >= 0:
        before, after = told[max(0, at - 1) : at], told[at + len(named) : at + len(named) + 1]
        if not (_goes_on(before, named[:1]) or _goes_on(named[-1:], after)):
            return True
        at = told.find(named, at + 1)
    return False


def _goes_on(one: str, other: str) -> bool:
    """Whether two signs beside one another are of one Latin word or figure."""
    return bool(_LATIN.match(one) and _LATIN.match(other))

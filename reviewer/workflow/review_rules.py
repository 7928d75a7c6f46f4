"""The clinic's own rules on review dates: put in force as a whole, each change with its line in the trail.

Days that were counted by other rules are counted anew by whoever does what is due by the clock.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from claims.errors import VersionConflict
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from claims.records.review_day import KeptReviewRules, ReviewRule
from db.unit_of_work import UnitOfWork
from reviewer.review_rules import check_review_rules, require_review_rules
from reviewer.rules.permissions import Permission, require_permission


def find_kept_review_rules(work: UnitOfWork, viewer: User) -> KeptReviewRules | None:
    """The rules that were kept last, ``None`` where nobody kept any: for who may change them."""
    require_permission(viewer, Permission.MANAGE_HOUSE_RULES)
    return work.review_rules.find_latest()


def keep_review_rules(
    work: UnitOfWork,
    raw: bytes,
    name: str,
    of_file: Collection[ReviewRule],
    seen: int,
    actor: User,
    at: datetime,
) -> KeptReviewRules:
    """The rules of the table ``raw``, in force from now on in place of those that were kept before.

    ``seen`` is the number of the rules that the person saw in force, 0 for none. Raises ``SettingsError`` for
    the first fault of the table, ``VersionConflict`` where somebody changed the rules meanwhile.
    """
    require_permission(actor, Permission.MANAGE_HOUSE_RULES)
    rules = require_review_rules(check_review_rules(raw, name, of_file))
    former = work.review_rules.find_latest()
    if (former.number if former else 0) != seen:
        raise VersionConflict("wording_rules_changed")
    kept = KeptReviewRules(seen + 1, rules, actor.name, at)
    work.review_rules.keep(kept)
    before = former.rules if former else ()
    values = (
        ("rules", str(len(rules))),
        ("added", _name_rules(rules, before)),
        ("removed", _name_rules(before, rules)),
    )
    work.commit(
        AuditEntry(at, actor.name, AuditAction.REVIEW_RULES_CHANGED, f"review_rules:{kept.number}", values)
    )
    return kept


def _name_rules(rules: Collection[ReviewRule], others: Collection[ReviewRule]) -> str:
    """The rules that are not among the others, "" for none."""
    return "; ".join(_name_rule(rule) for rule in rules if rule not in others)


def _name_rule(rule: ReviewRule) -> str:
    about = ", ".join(str(one) for one in rule.conditions if one)
    return f"{rule.months} ({about})" if about else str(rule.months)

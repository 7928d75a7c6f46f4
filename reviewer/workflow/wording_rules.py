"""The clinic's own rules on wording: put in force as a whole, each change with its line in the trail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from claims.errors import VersionConflict
from claims.extraction.house_rules import HouseRule, KeptRules
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.wording_rules import check_wording_rules, require_rules

# How many phrases the line in the trail names; the rules themselves are kept whole beside it.
_NAMED = 20


def find_kept_rules(work: UnitOfWork, viewer: User) -> KeptRules | None:
    """The rules that were kept last, ``None`` where nobody kept any: for who may change them."""
    require_permission(viewer, Permission.MANAGE_HOUSE_RULES)
    return work.wording_rules.find_latest()


def keep_wording_rules(
    work: UnitOfWork, raw: bytes, name: str, seen: int, actor: User, at: datetime
) -> KeptRules:
    """The rules of the table ``raw``, in force from now on in place of those that were kept before.

    ``seen`` is the number of the rules that the person saw in force, 0 for none. Raises ``SettingsError`` for
    the first fault of the table, ``VersionConflict`` where somebody changed the rules meanwhile.
    """
    require_permission(actor, Permission.MANAGE_HOUSE_RULES)
    rules = require_rules(check_wording_rules(raw, name, work.file_rules))
    former = work.wording_rules.find_latest()
    if (former.number if former else 0) != seen:
        raise VersionConflict("wording_rules_changed")
    kept = KeptRules(seen + 1, rules, actor.name, at)
    work.wording_rules.keep(kept)
    before = former.rules if former else ()
    values = (
        ("rules", str(len(rules))),
        ("added", _name_phrases(rules, before)),
        ("removed", _name_phrases(before, rules)),
    )
    subject = f"wording_rules:{kept.number}"
    work.commit(AuditEntry(at, actor.name, AuditAction.WORDING_RULES_CHANGED, subject, values))
    return kept


def _name_phrases(rules: Collection[HouseRule], others: Collection[HouseRule]) -> str:
    """The phrases of the rules that are not among the others, "" for none."""
    known = set(others)
    phrases = [rule.phrase for rule in rules if rule not in known]
    more = f" … ({len(phrases)})" if len(phrases) > _NAMED else ""
    return "; ".join(phrases[:_NAMED]) + more

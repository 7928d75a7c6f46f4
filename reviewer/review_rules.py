"""The house's own rules on how long published evidence holds, from a table, and those in force with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from claims.appraisal.review_periods import COLUMNS, load_review_periods, read_review_rule
from claims.errors import SettingsError
from claims.extraction.house_rules import fold_phrase
from claims.records.claim import ClaimType
from claims.records.review_day import ReviewRule
from claims.records.study import StudyDesign
from reviewer.rules.review_days import ReviewRules, join_rules
from reviewer.wording_rules import read_given_table, read_table

MOST_MONTHS = 120
_SETTING = "KONKYO_REVIEW_RULES"
_LEVELS = range(1, 6)
# The house writes its reasons in one language.
HOUSE_COLUMNS = (*COLUMNS[:-2], "reason")
_KINDS: Mapping[str, Callable[[str], object]] = {
    "months": int,
    "type": ClaimType,
    "level": int,
    "design": StudyDesign,
}
MOST_RULES, MOST_SIGNS = 200, 1_000


class CheckedReviewRule(NamedTuple):
    """What stands on a line of a table: the rule, or why there is none and what to do."""

    line: int
    found: ReviewRule | SettingsError


def load_review_rules(path: Path | None, months: int, zone: ZoneInfo, soon_days: int) -> ReviewRules:
    """The rules in force: the house's own, those that come with Konkyo, and ``months`` for everything else.

    A row of the house about the same as a shipped one takes its place; 0 ``months``: only rules count.
    Raises ``SettingsError`` naming the file, the line at fault and what to do.
    """
    own = (
        tuple(_read_rule(str(path), line, row) for line, row in read_table(path, HOUSE_COLUMNS, _SETTING))
        if path
        else ()
    )
    at_last: tuple[ReviewRule, ...] = ()
    if months:
        at_last = (ReviewRule(months, "この施設が定めた期限", "The house's own term"),)
    return ReviewRules(join_rules(own, (*load_review_periods(), *at_last)), zone, soon_days, own)


def check_review_rules(
    raw: bytes, name: str, of_file: Collection[ReviewRule] = ()
) -> tuple[CheckedReviewRule, ...]:
    """Each line of the table ``name`` with its rule or its fault; the faulty one is the last where none can
    be read behind it. A rule about the same as one ``of_file`` is a fault, as is the second about the same.
    """
    checked: list[CheckedReviewRule] = []
    firsts: dict[object, int] = {}
    known = {rule.conditions for rule in of_file}
    try:
        for line, row in read_given_table(raw, name, HOUSE_COLUMNS):
            if len(checked) >= MOST_RULES:
                raise SettingsError("wording_rules_too_many", path=name, line=line, most=MOST_RULES)
            try:
                rule = _read_rule(name, line, row)
                first = firsts.setdefault(rule.conditions, line)
                if first != line:
                    raise SettingsError("review_rules_twice", path=name, line=line, first=first)
                if rule.conditions in known:
                    raise SettingsError("review_rules_in_file", path=name, line=line)
            except SettingsError as fault:
                checked.append(CheckedReviewRule(line, fault))
            else:
                checked.append(CheckedReviewRule(line, rule))
    except SettingsError as fault:
        checked.append(CheckedReviewRule(int(str(fault.values.get("line", 1))), fault))
    return tuple(checked)


def require_review_rules(checked: Iterable[CheckedReviewRule]) -> tuple[ReviewRule, ...]:
    """The rules of a table without a fault. Raises the first fault."""
    rules: list[ReviewRule] = []
    for _, found in checked:
        if isinstance(found, SettingsError):
            raise found
        rules.append(found)
    return tuple(rules)


def _read_rule(path: str, line: int, row: dict[str, str]) -> ReviewRule:
    given = {column: row.get(column, "") for column in COLUMNS[:-2]}
    if not row.get("reason"):
        raise SettingsError("wording_rules_empty", path=path, line=line, column="reason")
    for column in ("reason", "words"):
        if len(row.get(column, "")) > MOST_SIGNS:
            raise SettingsError(
                "wording_rules_cell_too_long", path=path, line=line, column=column, most=MOST_SIGNS
            )
    for column, kind in _KINDS.items():
        try:
            if given[column] or column == COLUMNS[0]:
                kind(given[column])
        except ValueError as error:
            told = f"{column}: “{given[column]}”"
            raise SettingsError("review_rules_cell", path=path, line=line, reason=told) from error
    rule = read_review_rule(given | dict.fromkeys(COLUMNS[-2:], row["reason"]))
    if not 0 < rule.months <= MOST_MONTHS:
        raise SettingsError("review_rules_months", path=path, line=line, most=MOST_MONTHS)
    if rule.level is not None and rule.level not in _LEVELS:
        raise SettingsError("review_rules_level", path=path, line=line)
    if rule.words and not any(map(str.isalnum, fold_phrase(rule.words))):
        raise SettingsError("wording_rules_no_word", path=path, line=line, phrase=rule.words)
    return rule

"""The house's own rules on how long published evidence holds, from a table, and those in force with them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from claims.appraisal.review_periods import COLUMNS, load_review_periods, read_review_rule
from claims.errors import SettingsError
from claims.extraction.house_rules import fold_phrase
from claims.records.review_day import ReviewRule
from reviewer.rules.review_days import ReviewRules, join_rules
from reviewer.wording_rules import read_table

MOST_MONTHS = 120
_SETTING = "KONKYO_REVIEW_RULES"
_LEVELS = range(1, 6)
# The house writes its reasons in one language.
_COLUMNS = (*COLUMNS[:-2], "reason")


def load_review_rules(path: Path | None, months: int, zone: ZoneInfo, soon_days: int) -> ReviewRules:
    """The rules in force: the house's own, those that come with Konkyo, and ``months`` for everything else.

    A row of the house about the same as a shipped one takes its place; 0 ``months``: only rules count.
    Raises ``SettingsError`` naming the file, the line at fault and what to do.
    """
    own = (
        tuple(_read_rule(str(path), line, row) for line, row in read_table(path, _COLUMNS, _SETTING))
        if path
        else ()
    )
    at_last: tuple[ReviewRule, ...] = ()
    if months:
        at_last = (ReviewRule(months, "この施設が定めた期限", "The house's own term"),)
    return ReviewRules(join_rules(own, (*load_review_periods(), *at_last)), zone, soon_days)


def _read_rule(path: str, line: int, row: dict[str, str]) -> ReviewRule:
    given = {column: row.get(column, "") for column in COLUMNS[:-2]}
    if not row.get("reason"):
        raise SettingsError("wording_rules_empty", path=path, line=line, column="reason")
    try:
        rule = read_review_rule(given | dict.fromkeys(COLUMNS[-2:], row["reason"]))
    except ValueError as error:
        raise SettingsError("review_rules_cell", path=path, line=line, reason=str(error)) from error
    if not 0 < rule.months <= MOST_MONTHS:
        raise SettingsError("review_rules_months", path=path, line=line, most=MOST_MONTHS)
    if rule.level is not None and rule.level not in _LEVELS:
        raise SettingsError("review_rules_level", path=path, line=line)
    if rule.words and not any(map(str.isalnum, fold_phrase(rule.words))):
        raise SettingsError("wording_rules_no_word", path=path, line=line, phrase=rule.words)
    return rule

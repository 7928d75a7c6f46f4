"""By when published evidence is looked at again: which rule counts, and which claims are touched then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.appraisal.review_periods import load_review_periods
from claims.errors import SettingsError
from claims.records.assessment import CitationJudgement, ClaimStatus
from claims.records.claim import ClaimType
from claims.records.document import Document, DocumentDetails, JudgedDocument
from claims.records.review_day import ClaimDay, ReviewDay, ReviewRule
from claims.records.study import StudyDesign
from reviewer.moments import HOME_ZONE, add_months, find_zone
from reviewer.review_rules import load_review_rules
from reviewer.rules.dossier import Dossier
from reviewer.rules.review_days import ReviewRules, find_claim_days, find_touched, is_about, join_rules
from tests.exports.test_report import a_dossier
from tests.factories import make_assessment, make_judgement, make_moment

SAFETY = ReviewRule(6, "副作用", "side effects", type=ClaimType.SAFETY)
LAST = ReviewRule(12, "期限", "term")
GRADED_ON = make_moment().date()
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def settled(type: ClaimType = ClaimType.EFFICACY, *, attached: bool = True) -> Dossier:
    """A graded claim on a randomised trial of level 2, or on nothing."""
    dossier = a_dossier(1)
    claim = replace(dossier.claim, status=ClaimStatus.GRADED, claim=replace(dossier.claim.claim, type=type))
    judgements = (make_judgement(1),) if attached else ()
    return replace(dossier, claim=claim, assessments=(make_assessment(),), judgements=judgements)


def day_of(dossier: Dossier, *rules: ReviewRule) -> ClaimDay | None:
    return next(find_claim_days([dossier], ReviewRules(rules, UTC)), None)


def test_the_shortest_period_counts_from_the_day_of_the_grade_and_says_why() -> None:
    for rules in ((SAFETY, LAST), (LAST, SAFETY)):
        assert day_of(settled(ClaimType.SAFETY), *rules) == ClaimDay(1, add_months(GRADED_ON, 6), SAFETY)
    assert day_of(settled(), SAFETY, LAST) == ClaimDay(1, add_months(GRADED_ON, 12), LAST)
    assert day_of(settled(), SAFETY) is None


def test_a_claim_without_a_grade_that_stands_has_no_day() -> None:
    assert day_of(a_dossier(1), LAST) is None


@pytest.mark.parametrize(
    ("rule", "attached", "is_it"),
    [
        (ReviewRule(1, "", "", level=2), True, True),
        (ReviewRule(1, "", "", level=1), True, True),
        (ReviewRule(1, "", "", level=3), True, False),
        (ReviewRule(1, "", "", level=1), False, False),
        (ReviewRule(1, "", "", design=StudyDesign.RANDOMISED_TRIAL), True, True),
        (ReviewRule(1, "", "", design=StudyDesign.COHORT), True, False),
        (ReviewRule(1, "", "", design=StudyDesign.RANDOMISED_TRIAL), False, False),
        (ReviewRule(1, "", "", type=ClaimType.EFFICACY, level=3), True, False),
    ],
)
def test_all_that_a_rule_asks_must_hold(rule: ReviewRule, attached: bool, is_it: bool) -> None:
    assert is_about(rule, settled(attached=attached)) is is_it


@pytest.mark.parametrize(
    ("words", "text", "is_it"),
    [
        ("ミノキシジル", "５％ミノキシジルは有効。", True),
        ("ﾐﾉｷｼｼﾞﾙ", "ミノキシジルは有効。", True),
        ("AGA", "ＡＧＡの治療。", True),
        ("AGA", "AGAINSTは別。", False),
        ("ミノキシジル", "フィナステリドは有効。", False),
    ],
)
def test_words_are_found_as_they_are_read_and_latin_ones_whole(words: str, text: str, is_it: bool) -> None:
    dossier = settled()
    claim = replace(dossier.claim.claim, text=text, read_as=text, theme="", heading="")
    named = replace(dossier, claim=replace(dossier.claim, claim=claim))
    assert is_about(ReviewRule(1, "", "", words=words), named) is is_it


def test_a_document_that_bears_on_the_claim_and_expires_before_counts_and_another_does_not() -> None:
    expires = GRADED_ON + timedelta(days=40)
    document = Document(7, 1, DocumentDetails("見本の添付文書", expires_on=expires), "a", make_moment())
    for judgement, is_it in (
        (CitationJudgement.SUPPORTING, True),
        (CitationJudgement.NOT_RELEVANT, False),
    ):
        judged = JudgedDocument(7, judgement, "a", make_moment())
        dossier = replace(settled(), documents=(document,), document_judgements=(judged,))
        found = day_of(dossier, LAST)
        assert found is not None
        assert (found.due_on == expires, found.document_id == 7) == (is_it, is_it)


@given(st.lists(DAYS, min_size=1, max_size=6), DAYS, DAYS)
def test_no_claim_is_touched_before_the_versions_day_and_some_is_from_then_on(
    days: list[date], due_on: date, today: date
) -> None:
    claims = tuple(ClaimDay(number, day) for number, day in enumerate(days, start=1))
    for on in (min(days), due_on):
        touched = find_touched(ReviewDay(1, on, claims), today)
        assert bool(touched) is (today >= on)
        if touched:
            assert {one.claim_id for one in touched} >= {
                one.claim_id for one in claims if one.due_on <= today
            }
            assert all(one.due_on <= max(today, min(days)) for one in touched)
    assert find_touched(ReviewDay(1, None, claims), today) == ()


@given(DAYS, st.integers(0, 120), st.integers(0, 120))
def test_months_later_is_never_before_fewer_months_later(day: date, few: int, more: int) -> None:
    first, last = (add_months(day, months) for months in sorted((few, more)))
    assert day <= first <= last
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == max(few, more)
    assert last.day <= day.day


def test_the_shipped_rows_are_read_and_none_is_about_the_same_as_another() -> None:
    rules = load_review_periods()
    assert len({rule.conditions for rule in rules}) == len(rules) > 5
    assert all(rule.months > 0 and rule.reason_ja and rule.reason_en for rule in rules)


def load(path: Path, table: str, months: int = 12) -> ReviewRules:
    path.write_text(table, encoding="utf-8")
    zone = find_zone(HOME_ZONE)
    assert zone is not None
    return load_review_rules(path, months, zone, 30)


def test_the_houses_own_rows_take_the_place_of_shipped_ones_about_the_same(tmp_path: Path) -> None:
    rows = (
        "months\ttype\twords\treason",
        "3\tsafety\t\t院内規定",
        "2\t\t見本薬\t重点製品",
        "24\t\t\t院内の期限",
    )
    table = "\n".join(rows)
    rules = load(tmp_path / "own.tsv", table).rules
    assert [rule.months for rule in rules if rule.type is ClaimType.SAFETY and not rule.level] == [3]
    assert [rule.months for rule in rules if rule.conditions == LAST.conditions] == [24]
    own = next(rule for rule in rules if rule.words)
    assert (own.tell_reason("ja"), own.tell_reason("en"), own.months) == ("重点製品", "重点製品", 2)
    assert len(rules) == len(load_review_periods()) + 2


def test_without_months_nothing_but_the_rules_counts(tmp_path: Path) -> None:
    rules = load(tmp_path / "own.tsv", "months\treason\n9\t期限\n", 0).rules
    assert [rule.months for rule in rules if rule.conditions == LAST.conditions] == [9]
    zone = find_zone(HOME_ZONE)
    assert zone is not None
    assert load_review_rules(None, 0, zone, 30).rules == load_review_periods()


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("type\treason\nsafety\tx\n", "wording_rules_column"),
        ("", "wording_rules_column"),
        ("months\treason\n6\t\n", "wording_rules_empty"),
        ("months\treason\nsix\tx\n", "review_rules_cell"),
        ("months\ttype\treason\n6\tsafe\tx\n", "review_rules_cell"),
        ("months\tdesign\treason\n6\ttrial\tx\n", "review_rules_cell"),
        ("months\treason\n0\tx\n", "review_rules_months"),
        ("months\treason\n121\tx\n", "review_rules_months"),
        ("months\tlevel\treason\n6\t6\tx\n", "review_rules_level"),
        ("months\twords\treason\n6\t!!\tx\n", "wording_rules_no_word"),
        ("months\tcolour\treason\n6\tred\tx\n", "wording_rules_header"),
    ],
)
def test_a_faulty_table_of_the_house_is_refused_with_its_line(tmp_path: Path, table: str, code: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path / "own.tsv", table)
    assert (refused.value.code, str(tmp_path / "own.tsv")) == (code, refused.value.values["path"])


def test_a_file_that_is_not_there_is_told_by_the_setting_that_names_it(tmp_path: Path) -> None:
    zone = find_zone(HOME_ZONE)
    assert zone is not None
    with pytest.raises(SettingsError) as refused:
        load_review_rules(tmp_path / "none.tsv", 12, zone, 30)
    assert refused.value.values["setting"] == "KONKYO_REVIEW_RULES"


def test_rules_are_told_apart_by_their_digest() -> None:
    some = ReviewRules((SAFETY,), UTC)
    assert some.digest == ReviewRules((SAFETY,), UTC).digest
    assert some.digest != ReviewRules((SAFETY, LAST), UTC).digest
    assert join_rules((LAST,), (replace(LAST, months=1), SAFETY)) == (LAST, SAFETY)

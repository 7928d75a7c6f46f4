"""What was settled is found by words of either language, and told at the same claim once it was graded."""

from __future__ import annotations

import time

import pytest

from claims.equivalence.comparison import Likeness
from claims.errors import RoleRefused
from claims.records.assessment import SupportGrade
from claims.records.claim import ClaimType
from claims.records.known_claim import KnownClaim, KnownFilter
from reviewer.workflow import comparing_claims, known_claims
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.amending import reword_reading
from reviewer.workflow.grading import record_grade
from reviewer.workflow.known_claims import Alike, find_alike, search_known, take_in
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.recounting import recount
from tests.conftest import OpenWork
from tests.factories import make_moment, make_user
from tests.workflow.articles import GROWTH, SAFE, SATO, SLEEP, find, ingest, work_on
from tests.workflow.clinic import EDITOR

GROWTH_SAID_OTHERWISE = "ミノキシジルにより毛包の成長期が延長されます。"
GIVEN = "ミノキシジルは発毛を促進します。"
NEAR = "ミノキシジルは毛包の成長期を延長しません。"


def search(open_work: OpenWork, words: str = "", asked: KnownFilter | None = None) -> list[str]:
    assert take_in(open_work)
    with open_work() as work:
        found = search_known(work, words, asked or KnownFilter(), SATO, 10)
    return [place.dossier.claim.claim.text for place in found]


def look(open_work: OpenWork, claim_id: int) -> tuple[Alike, ...]:
    assert take_in(open_work)
    with open_work() as work:
        (dossier,) = load_dossiers(work, (work.claims.get_claim(claim_id),), SATO)
        return find_alike(work, dossier, SATO)


def settle_first(open_work: OpenWork) -> int:
    """The claim of a first article, graded with a comment."""
    first = ingest(open_work, GROWTH, SLEEP, title="最初の記事")
    return work_on(open_work, find(first, GROWTH)).claim.id


def test_only_what_is_settled_is_found(open_work: OpenWork) -> None:
    assert search(open_work) == []
    settle_first(open_work)
    assert search(open_work) == [GROWTH]


@pytest.mark.parametrize(
    "words", ["ミノキシジル", "minoxidil", "毛包", "ロゲイン 毛包", "成長期　ミノキシジル"]
)
def test_a_claim_is_found_by_its_words_in_either_language_and_by_their_synonyms(
    open_work: OpenWork, words: str
) -> None:
    settle_first(open_work)
    assert search(open_work, words) == [GROWTH]


@pytest.mark.parametrize("words", ["フィナステリド", "ミノキシジル 睡眠", "について", "the"])
def test_all_words_must_be_there_and_those_that_tell_nothing_find_nothing(
    open_work: OpenWork, words: str
) -> None:
    settle_first(open_work)
    assert search(open_work, words) == []


@pytest.mark.parametrize(
    "words",
    ["あ" * 100_000, "[" * 5_000, "garlic " * 5_000, "'; DROP TABLE claim;--", "%_", "\x00", "\ud800"],
)
def test_whatever_is_typed_is_answered_at_once(open_work: OpenWork, words: str) -> None:
    settle_first(open_work)
    assert take_in(open_work)
    begun = time.process_time()
    assert search(open_work, words) == []
    assert time.process_time() - begun < 2


def test_of_very_many_words_the_first_count(open_work: OpenWork, monkeypatch: pytest.MonkeyPatch) -> None:
    settle_first(open_work)
    assert search(open_work, "ミノキシジル 毛包 睡眠") == []
    monkeypatch.setattr(known_claims, "MOST_WORDS", 1)
    assert search(open_work, "ミノキシジル 毛包 睡眠") == [GROWTH]


def test_a_claim_that_is_very_long_is_found_by_its_beginning_and_called_the_same_as_none(
    open_work: OpenWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (known_claims, comparing_claims):
        monkeypatch.setattr(module, "LONGEST_READ", len("ミノキシジルは"))
    settle_first(open_work)
    second = find(ingest(open_work, GROWTH, title="次の記事"), GROWTH)
    work_on(open_work, second, minutes=60)
    assert search(open_work, "ミノキシジル") == [GROWTH, GROWTH]
    assert search(open_work, "毛包") == []
    assert look(open_work, second.id) == ()


def test_filters_hold_beside_words(open_work: OpenWork) -> None:
    settle_first(open_work)
    later = ingest(open_work, SLEEP, title="次の記事")
    work_on(open_work, find(later, SLEEP), SupportGrade.CONTRADICTED, minutes=90)
    contradicted = KnownFilter(grade=SupportGrade.CONTRADICTED)
    assert search(open_work) == [SLEEP, GROWTH]
    assert search(open_work, asked=contradicted) == [SLEEP]
    assert search(open_work, "ミノキシジル", contradicted) == []
    assert search(open_work, asked=KnownFilter(since=make_moment(60))) == [SLEEP]
    assert search(open_work, asked=KnownFilter(type=ClaimType.SAFETY)) == []


@pytest.mark.parametrize(
    ("substance", "condition"),
    [
        ("ミノキシジル", ""),
        ("minoxidil", ""),
        ("ロゲイン", ""),
        ("", "毛髪の成長"),
        ("", "hair growth"),
        ("Minoxidil", "発毛"),
    ],
)
def test_a_claim_is_found_by_its_substance_and_its_condition_in_either_language(
    open_work: OpenWork, substance: str, condition: str
) -> None:
    given = ingest(open_work, GIVEN, SLEEP, title="最初の記事")
    for words in (GIVEN, SLEEP):
        work_on(open_work, find(given, words))
    assert search(open_work, asked=KnownFilter(substance=substance, condition=condition)) == [GIVEN]


@pytest.mark.parametrize(
    ("substance", "condition"),
    [
        ("フィナステリド", ""),
        ("", "ミノキシジル"),
        ("発毛", ""),
        ("ミノキシジル", "不眠"),
        ("ミノキシジル フィナステリド", ""),
        ("について", ""),
        ("", "the"),
        ("qqqq", ""),
        ("[" * 5_000, "%_\x00"),
    ],
)
def test_a_claim_that_names_no_such_substance_or_condition_is_not_found(
    open_work: OpenWork, substance: str, condition: str
) -> None:
    work_on(open_work, find(ingest(open_work, GIVEN), GIVEN))
    assert search(open_work, asked=KnownFilter(substance=substance, condition=condition)) == []


def test_the_headings_above_a_claim_name_its_condition(open_work: OpenWork) -> None:
    article = ingest(open_work, "## 円形脱毛症", GROWTH)
    work_on(open_work, find(article, GROWTH))
    assert search(open_work, asked=KnownFilter(condition="alopecia areata")) == [GROWTH]
    assert search(open_work, "alopecia areata") == []


def test_the_level_is_the_lowest_of_what_was_attached(open_work: OpenWork) -> None:
    dossier = work_on(open_work, find(ingest(open_work, GROWTH), GROWTH))
    (attached,) = dossier.attached
    level = dossier.level_of(attached)
    assert level is not None
    assert search(open_work, asked=KnownFilter(level=level)) == [GROWTH]
    assert search(open_work, asked=KnownFilter(level=level - 1)) == []


def test_a_former_grade_finds_nothing_before_the_new_one_is_taken_in(open_work: OpenWork) -> None:
    claim_id = settle_first(open_work)
    assert search(open_work) == [GROWTH]
    with open_work() as work:
        record_grade(work, claim_id, SupportGrade.OVERSTATED, "動物のみ", SATO, make_moment(9))
    with open_work() as work:
        assert search_known(work, "", KnownFilter(grade=SupportGrade.PARTIALLY_SUPPORTED), SATO, 10) == ()


def test_who_may_read_no_version_finds_nothing(open_work: OpenWork) -> None:
    with open_work() as work, pytest.raises(RoleRefused):
        search_known(work, "", KnownFilter(), make_user("nobody"), 10)


def test_a_claim_that_is_opened_again_leaves_until_it_is_settled_anew(open_work: OpenWork) -> None:
    claim_id = settle_first(open_work)
    assert search(open_work) == [GROWTH]
    with open_work() as work:
        revision = work.claims.get_claim(claim_id).revision
        reopen_claim(work, claim_id, revision, "撤回された文献", EDITOR, make_moment(9))
    assert search(open_work, "ミノキシジル") == []


def test_another_grade_and_another_wording_are_what_is_found(open_work: OpenWork) -> None:
    claim_id = settle_first(open_work)
    assert search(open_work) == [GROWTH]
    with open_work() as work:
        record_grade(work, claim_id, SupportGrade.OVERSTATED, "動物のみ", SATO, make_moment(9))
    assert search(open_work, asked=KnownFilter(grade=SupportGrade.PARTIALLY_SUPPORTED)) == []
    assert search(open_work, asked=KnownFilter(grade=SupportGrade.OVERSTATED)) == [GROWTH]
    with open_work() as work:
        claim = work.claims.get_claim(claim_id)
        reword_reading(
            work,
            claim,
            "フィナステリドは毛包の成長期を延長します。",
            SATO,
            make_moment(10),
        )
    assert search(open_work, "フィナステリド") == [GROWTH]
    assert search(open_work, "ミノキシジル") == []


def test_what_was_settled_of_the_same_claim_is_sealed_until_the_own_grade(open_work: OpenWork) -> None:
    settled = settle_first(open_work)
    second = find(ingest(open_work, GROWTH, SAFE, title="次の記事"), GROWTH)
    assert look(open_work, second.id) == ()
    work_on(open_work, second, minutes=60)
    (alike,) = look(open_work, second.id)
    assert (alike.place.dossier.claim.id, alike.likeness) == (settled, Likeness.SAME)
    verdict = alike.place.dossier.verdict
    assert verdict is not None
    assert verdict.grade is SupportGrade.PARTIALLY_SUPPORTED
    assert (alike.place.version.title, alike.place.version.number) == ("最初の記事", 1)


def test_the_same_in_other_words_comes_before_what_is_near(open_work: OpenWork) -> None:
    near = find(ingest(open_work, NEAR, title="逆の記事"), NEAR)
    work_on(open_work, near, minutes=30)
    settled = settle_first(open_work)
    asked = find(ingest(open_work, GROWTH_SAID_OTHERWISE, title="次の記事"), GROWTH_SAID_OTHERWISE)
    work_on(open_work, asked, minutes=60)
    told = [(one.place.dossier.claim.id, one.likeness, one.differs) for one in look(open_work, asked.id)]
    assert told == [(settled, Likeness.SAME, ()), (near.id, Likeness.NEAR, ("polarity",))]


def test_one_sentence_under_headings_of_other_conditions_is_near(open_work: OpenWork) -> None:
    sentence = "ステロイドの注射は炎症を抑えます。"
    of_knees = find(ingest(open_work, "## 変形性膝関節症", sentence, title="膝の記事"), sentence)
    work_on(open_work, of_knees)
    of_hair = find(ingest(open_work, "## 円形脱毛症", sentence, title="髪の記事"), sentence)
    work_on(open_work, of_hair, minutes=60)
    again = find(ingest(open_work, "## 変形性膝関節症とは", sentence, title="続き"), sentence)
    work_on(open_work, again, minutes=90)
    told = [(one.place.dossier.claim.id, one.likeness) for one in look(open_work, again.id)]
    assert told == [(of_knees.id, Likeness.SAME), (of_hair.id, Likeness.NEAR)]


def test_claims_are_taken_in_by_parts_and_each_once(
    open_work: OpenWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle_first(open_work)
    later = ingest(open_work, SLEEP, title="次の記事")
    work_on(open_work, find(later, SLEEP), minutes=90)
    assert not take_in(open_work, 1)
    assert take_in(open_work, 5)
    with monkeypatch.context() as context, open_work() as work:
        context.setattr(comparing_claims, "read_signature", None)
        assert work.known_claims.list_due(5) == {}
        assert take_in(open_work, None)


def test_recounting_takes_everything_in(open_work: OpenWork) -> None:
    settle_first(open_work)
    recount(open_work)
    with open_work() as work:
        assert work.known_claims.list_due(5) == {}


def test_a_key_that_very_many_claims_have_finds_none_where_a_rarer_one_does(
    open_work: OpenWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingested = ingest(open_work, GROWTH, SAFE, SLEEP)
    one, other, rare = (work_on(open_work, claim).claim for claim in ingested.claims)
    with open_work() as work:
        for claim, key in ((one, 1), (other, 1), (rare, 2)):
            known = KnownClaim(claim.id, SupportGrade.OVERSTATED, claim.claim.type, None, make_moment())
            work.known_claims.keep(known, {key}, work.known_claims.hold(claim.id) or 0)
        monkeypatch.setattr("db.repositories.known_claims._COMMON", 2)
        found = work.known_claims.find_sharing({1, 2}, 0, 10)
        assert [known.claim_id for known in found] == [rare.id]
        # Where there is no rarer one it is taken all the same.
        found = work.known_claims.find_sharing({1}, 0, 10)
        assert {known.claim_id for known in found} == {one.id, other.id}

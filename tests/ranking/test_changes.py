"""What claims and sentences tell: directions, denials, and what they speak of."""

from __future__ import annotations

import pytest

from claims.ranking.coverage import cover_terms, share_covered
from claims.stance.changes import find_changes, find_claimed_changes
from claims.stance.direction_features import compare_changes
from claims.stance.directions import Operator as Op
from claims.stance.directions import find_direction, is_operator
from claims.text.english import stem_words
from tests.ranking.asking import ask


@pytest.mark.parametrize(
    ("word", "sign"),
    [("increases", 1), ("reduced", -1), ("inhibiting", -1), ("worse", -1), ("led", 1), ("unrelated", -1)],
)
def test_direction_words_are_known_in_their_forms(word: str, sign: int) -> None:
    direction = find_direction(word)
    assert direction is not None
    assert direction.sign == sign


@pytest.mark.parametrize("word", ["hair", "control", "agent", "active"])
def test_other_words_tell_no_direction(word: str) -> None:
    assert find_direction(word) is None


def test_ills_denials_and_absences_are_told_apart() -> None:
    assert is_operator("alopecia", Op.UNWELCOME)
    assert is_operator("not", Op.DENIAL)
    assert is_operator("knockout", Op.ABSENCE)
    assert not is_operator("density", Op.UNWELCOME)


def signs(text: str, claim: str = "Minoxidil increases hair density.") -> list[tuple[int, bool]]:
    told = find_changes(text, ask(claim).asked)
    return [(change.direction.sign, change.denied) for change in told.changes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minoxidil increased hair density.", [(1, False)]),
        ("Minoxidil did not increase hair density.", [(1, True)]),
        ("Hair density did not fall, but libido decreased.", [(-1, True), (-1, False)]),
        ("More than 40 men took part.", []),
    ],
)
def test_a_denial_reaches_only_what_follows_it_in_its_clause(
    text: str, expected: list[tuple[int, bool]]
) -> None:
    assert signs(text) == expected


def test_the_loss_in_hair_loss_is_no_change() -> None:
    assert signs("Hair loss was common.", "Stress causes hair loss.") == []


@pytest.mark.parametrize(
    ("claim", "sign", "denied"),
    [
        ("ミノキシジルは毛髪密度を増加させる。", 1, False),
        ("ミノキシジルは毛髪密度を低下させる。", -1, False),
        ("ミノキシジルは毛髪密度を増加させない。", 1, True),
        ("女性は肺炎で死亡しやすい。", 1, False),
    ],
)
def test_a_japanese_claim_tells_its_change_at_its_end(claim: str, sign: int, denied: bool) -> None:
    told = find_claimed_changes(ask(claim))
    assert (told.changes[-1].direction.sign, told.changes[-1].denied) == (sign, denied)
    assert told.denies is denied


def compare(claim: str, sentence: str) -> dict[str, float]:
    question = ask(claim)
    return compare_changes(question, find_claimed_changes(question), find_changes(sentence, question.asked))


def test_the_same_change_agrees_and_the_reverse_differs() -> None:
    claim = "Minoxidil increases hair density."
    agreeing = compare(claim, "Minoxidil increased hair density in men.")
    differing = compare(claim, "Minoxidil reduced hair density in men.")
    assert agreeing["change_net"] > 0 > differing["change_net"]
    assert differing["all_reversed"] == 1.0
    assert agreeing["all_reversed"] == 0.0


def test_an_ill_that_improves_becomes_less() -> None:
    features = compare("The drug reduces pain.", "Pain improved with the drug.")
    assert features["change_net"] > 0


def test_a_denied_effect_differs_from_an_asserted_one_and_agrees_with_a_denial() -> None:
    sentence = "Biotin had no effect on hair growth."
    assert compare("Biotin promotes hair growth.", sentence)["sentence_denies"] == 1.0
    assert compare("Biotin does not affect hair growth.", sentence)["both_deny"] == 1.0


@pytest.mark.parametrize("sentence", ["", "Hair.", "No words of the claim at all, not one (p < 0.05)."])
def test_every_feature_is_there_whatever_the_sentence(sentence: str) -> None:
    full = compare("Minoxidil increases hair density.", "Minoxidil increased hair density.")
    found = compare("Minoxidil increases hair density.", sentence)
    assert set(found) == set(full)
    assert all(-1 <= value <= 1 for value in found.values())


@pytest.mark.parametrize(
    "text",
    [
        "ビオチンは発毛を促進しない。",
        "ビオチンは有効ではない。",
        "併用が優れているわけではない。",
        "死亡率は変わらなかった。",
        "治療が効かなくなります。",
    ],
)
def test_a_japanese_claim_that_denies_is_read_as_one(text: str) -> None:
    assert ask(text).negated


@pytest.mark.parametrize(
    "text",
    [
        "体重増加が少なくなる。",
        "副作用が少ない。",
        "効くかもしれない。",
        "危険なのではないでしょうか。",
        "効果がないわけではない。",
    ],
)
def test_a_word_that_only_sounds_like_a_denial_is_none(text: str) -> None:
    assert not ask(text).negated


def test_a_word_that_nothing_reads_is_asked_and_never_covered() -> None:
    whole, half = ask("ミノキシジルは毛髪密度を高める。"), ask("ミノキシジルはロンドンで毛髪密度を高める。")
    stems = stem_words("Minoxidil raised hair density.")
    assert len(half.asked) == len(whole.asked) + 1
    assert share_covered(half.asked, cover_terms(half.asked, stems)) < share_covered(
        whole.asked, cover_terms(whole.asked, stems)
    )

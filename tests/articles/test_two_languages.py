"""A page in two languages is read in its own; what it says in the other is told, never called a heading."""

from __future__ import annotations

import pytest

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.records.article import BlockKind, Language
from claims.records.claim import DropReason
from reviewer.i18n import translator
from reviewer.reading_notices import tell_foreign

PAIRS = [
    ("コラーゲンの摂取は膝関節の痛みを軽減します。", "Collagen intake reduces knee joint pain."),
    ("ビタミンCはコラーゲンの合成に必要です。", "Vitamin C is required for collagen synthesis [2]."),
    ("亜鉛は味覚障害を改善します。", "Zinc improves taste disorders in older adults."),
]
JAPANESE = "\n\n".join(["# コラーゲンについて", *(f"{ja}\n\n{en}" for ja, en in PAIRS), PAIRS[0][0]])
ENGLISH = "# About collagen\n\n" + "\n\n".join(
    f"{en} It was well tolerated in a trial of ninety adults with knee pain.\n\n{ja}" for ja, en in PAIRS
)


@pytest.mark.parametrize(("text", "language", "foreign"), [(JAPANESE, "ja", 1), (ENGLISH, "en", 0)])
def test_sentences_of_the_other_language_are_dropped_as_such(text: str, language: str, foreign: int) -> None:
    article = parse_article(text)
    extraction = extract_claims(article)
    assert article.language is Language(language)
    assert [block.kind for block in article.blocks].count(BlockKind.HEADING) == 1
    unread = [unit.text for unit in extraction.dropped if unit.reason is DropReason.OTHER_LANGUAGE]
    assert unread == [pair[foreign] for pair in PAIRS]
    assert len(extraction.claims) >= len(PAIRS)


def test_who_brings_it_in_is_told_what_was_not_read_and_what_to_do() -> None:
    article = parse_article(JAPANESE)
    told = tell_foreign(extract_claims(article), article.language, translator("ja"))
    assert told.startswith("この記事は日本語のため、英語の文3件は読み取っていません。")
    assert "English sentences that were not read: 3." in tell_foreign(
        extract_claims(article), article.language
    )


def test_a_quoted_sentence_and_english_names_are_no_second_language() -> None:
    lines = (
        "# 睡眠とは",
        "First, do no harm to patients.",
        "Anti-Aging Skin Clinic",
        "睡眠不足は肥満の原因です。",
    )
    article = parse_article("\n\n".join(lines))
    extraction = extract_claims(article)
    assert tell_foreign(extraction, article.language) == ""
    assert [unit.reason for unit in extraction.dropped].count(DropReason.OTHER_LANGUAGE) == 1


def test_letters_that_a_scanner_set_apart_are_read_as_words() -> None:
    scanned = "ヒ ア ル ロ ン 酸 注 射 は 、 膝 の 痛 み を\n軽 減 し ま す 。"
    article = parse_article(scanned)
    assert article.text == "ヒアルロン酸注射は、膝の痛みを\n軽減します。"
    assert [claim.text for claim in extract_claims(article).claims] == [
        "ヒアルロン酸注射は、膝の痛みを軽減します。"
    ]

"""No content word of a claim is lost without a word: it is in a concept, unmapped, or of a stop class.

The stop classes are the lists of stop words and images, general words of the tables (改善, role generic),
kinds of study, numbers with their counters, and in English the lists of words that hold a sentence together
or name nothing of medicine.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.errors import QueryError
from claims.lexicon.english_words import is_everyday
from claims.lexicon.folding import fold_text, unify_spelling
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import LexiconRow, TermRole, load_rows, load_words
from claims.records.article import Language
from claims.search.query import build_plan
from claims.text.japanese import Token, tokenize
from tests.examples import at_most

LEXICON = load_lexicon()
FILE = Path(__file__).parents[1] / "evaluation" / "search_terms_ja.tsv"
STOPPED = {fold_text(word) for name in ("stopwords", "metaphors") for word in load_words(name)}
ROWS = [row for row in load_rows() if not row.contexts]


def list_claims() -> list[str]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [row["claim"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def find_shown(text: str, language: Language) -> list[str]:
    """What the plan of a claim names: the wording of its concepts, and the words that nothing maps.

    Of a claim that has no plan, the terms that it names: they were too few for a query.
    """
    try:
        plan = build_plan(text, "", "", language, LEXICON)
    except QueryError as refusal:
        unmapped = refusal.values["unmapped"]
        assert isinstance(unmapped, tuple)
        found, _ = LEXICON.find_terms(text, language)
        return [*unmapped, *(term.source for term in found)]
    return [*(concept.source for concept in plan.concepts), *plan.unmapped]


def find_stopped(text: str, language: Language) -> list[str]:
    """The general words and kinds of study that the lexicon reads in the text."""
    found, _ = LEXICON.find_terms(text, language)
    return [term.source for term in found if term.role in (TermRole.GENERIC, TermRole.STUDY)]


def says_something(token: Token) -> bool:
    kind, sort = token.pos[0], token.pos[1]
    if kind == "名詞":
        return sort != "数詞" and not any("助数詞" in level for level in token.pos)
    return kind in ("動詞", "形容詞", "形状詞") and sort == "一般"


def find_lost(text: str) -> list[str]:
    """The content words of a Japanese claim that stand nowhere."""
    read = unify_spelling(text)
    known = [*find_shown(text, Language.JA), *find_stopped(text, Language.JA)]
    named = "\n".join(known)
    return [
        token.surface
        for token in tokenize(read)
        if says_something(token)
        and not {fold_text(token.surface), fold_text(token.lemma)} & STOPPED
        and not any(word in named for word in (token.surface, token.lemma))
        and not any(word in token.surface for word in known)
        and not any(fold_text(image) in fold_text(read) and token.surface in image for image in STOPPED)
    ]


@pytest.mark.parametrize("claim", list_claims())
def test_no_word_of_a_japanese_claim_is_lost(claim: str) -> None:
    assert find_lost(claim) == []


VERBS = ("を減らす", "を引き締める", "に止める", "でほぐれる", "を抑えて若返らせる")


@given(st.sampled_from(ROWS), st.sampled_from(ROWS), st.sampled_from(VERBS))
@settings(max_examples=at_most(120), deadline=None)
def test_no_word_of_any_two_terms_and_a_verb_is_lost(one: LexiconRow, other: LexiconRow, verb: str) -> None:
    # One thing that is named twice is given once, by the wording that stands first.
    assume(one.english[0].lower() != other.english[0].lower())
    assert find_lost(f"{one.term}は{other.term}{verb}") == []


ENGLISH = [
    "Lovastatin is chemically identical to a compound in red yeast rice.",
    "Ashitaba and jiaogulan straighten the microvilli of rats.",
    "BCAAs before exercise reduce soreness, whatever the timing.",
    "Five-minute self-administered quercetin sprays are comparable to zileuton.",
]


@pytest.mark.parametrize("claim", ENGLISH)
def test_no_word_of_an_english_claim_is_lost(claim: str) -> None:
    shown = [*find_shown(claim, Language.EN), *find_stopped(claim, Language.EN)]
    named = " ".join(shown).lower().split()
    words = re.findall(r"[A-Za-z][A-Za-z0-9-]+", claim)
    assert [word for word in words if not (is_everyday(word) or word.lower() in named)] == []

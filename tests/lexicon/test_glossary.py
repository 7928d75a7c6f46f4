"""The lexicon read the other way round: terms of an English abstract with their Japanese names."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.lexicon.glossary import Glossary, find_words
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import LexiconRow, TermRole

ROWS = (
    LexiconRow("毛包", (), ("hair follicle", "hair bulb"), "Hair Follicle", TermRole.SITE),
    LexiconRow("毛", (), ("hair",), "Hair", TermRole.SITE),
    LexiconRow("球", (), ("ball", "hair bulb"), "", TermRole.SITE),
    LexiconRow("発作", (), ("seizure",), "", TermRole.CONDITION, contexts=("てんかん",)),
    LexiconRow("hair mask", (), ("hair",), "", TermRole.GENERIC),
)


def read(text: str) -> list[tuple[str, str]]:
    return [(text[term.start : term.end], term.japanese) for term in Glossary(ROWS).find_terms(text)]


def test_the_longest_term_has_its_name_whatever_case_and_plural() -> None:
    assert read("Hair follicles and HAIR, a hair-follicle.") == [
        ("Hair follicles", "毛包"),
        ("HAIR", "毛"),
        ("hair-follicle", "毛包"),
    ]


def test_words_that_a_sentence_parts_are_no_term() -> None:
    assert read("Of hair. Follicles grew") == [("hair", "毛")]


def test_the_best_english_of_a_row_goes_before_a_lesser_one_and_a_sense_names_nothing() -> None:
    assert read("A hair bulb, a ball, a seizure.") == [("hair bulb", "毛包"), ("ball", "球")]


def test_the_shipped_lexicon_names_what_an_abstract_speaks_of() -> None:
    text = "Platelet-rich plasma reduced pain in knee osteoarthritis compared with placebo."
    named = {text[term.start : term.end].lower() for term in Glossary(load_lexicon().rows).find_terms(text)}
    assert {"platelet-rich plasma", "pain", "placebo"} <= named


@given(st.text(st.sampled_from("hair follicle. Hb-s\n ")))
def test_terms_stand_in_order_apart_and_in_the_text(text: str) -> None:
    terms = list(Glossary(ROWS).find_terms(text))
    assert all(0 <= term.start < term.end <= len(text) for term in terms)
    assert all(former.end <= later.start for former, later in pairwise(terms))


def test_words_of_the_claim_are_found_as_whole_words() -> None:
    text = "Chair, hairs and hair follicles"
    assert [text[a:b] for a, b in find_words(text, ["hair", "Hair Follicle"])] == ["hairs", "hair follicles"]

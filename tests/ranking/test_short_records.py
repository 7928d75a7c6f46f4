"""What a sentence or two says of a claim: told where it is plain, and weighed apart from whole abstracts."""

from __future__ import annotations

import pytest

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import ask_claim
from claims.records.article import Language
from claims.records.citation import AbstractSection, Citation, Pmid
from claims.records.rationale import Stance
from claims.stance.abstract import read_abstract
from claims.stance.reading import read_citation

CLAIM = "Minoxidil foam increases hair count in women with female pattern hair loss."
FOR = "Minoxidil foam increased hair count in women with female pattern hair loss."
AGAINST = "Minoxidil foam did not increase hair count in women with female pattern hair loss."
BESIDE = "Women with female pattern hair loss were recruited from three clinics."


def record(*sentences: str) -> Citation:
    return Citation(Pmid("9000000601"), "", abstract=(AbstractSection(" ".join(sentences)),))


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [(FOR, Stance.SUPPORTS), (AGAINST, Stance.REFUTES), (BESIDE, Stance.NOT_ENOUGH_INFO)],
)
def test_one_sentence_is_enough_where_it_is_plain(sentence: str, stance: Stance) -> None:
    claim = read_statement(CLAIM, Language.EN)
    question = ask_claim(claim, Language.EN, load_lexicon())
    assert read_citation(question, record(sentence), claim).stance.stance is stance


def test_a_sentence_in_other_words_is_told_which_a_whole_abstract_would_not_let_tell() -> None:
    claim = read_statement("Vitamin D supplements reduce the risk of falls in older adults.", Language.EN)
    question = ask_claim(claim, Language.EN, load_lexicon())
    told = "Supplementation with vitamin D lowered the rate of falls."
    assert read_citation(question, record(told), claim).stance.stance is Stance.SUPPORTS
    among = record(BESIDE, BESIDE, told)
    assert read_citation(question, among, claim).stance.stance is Stance.NOT_ENOUGH_INFO


def test_two_sentences_are_short_and_three_are_not() -> None:
    assert read_abstract(record(BESIDE, FOR)).is_short
    assert not read_abstract(record(BESIDE, BESIDE, FOR)).is_short

"""Questions and readings for tests, from words."""

from __future__ import annotations

from dataclasses import replace

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import Question, ask_claim
from claims.records.article import Language
from claims.records.citation import AbstractSection, Citation
from claims.stance.abstract import Abstract, read_abstract
from claims.stance.reading import CitationReading, read_citation
from tests.factories import make_citation


def ask(text: str, language: Language | None = None) -> Question:
    """The question of a claim; what is not ASCII is Japanese unless said otherwise."""
    language = language or (Language.EN if text.isascii() else Language.JA)
    return ask_claim(read_statement(text, language), language, load_lexicon())


def abstract_of(text: str, title: str = "") -> Abstract:
    """An abstract of one section without a label."""
    return read_abstract(record_of(text, title))


def record_of(text: str, title: str = "") -> Citation:
    """The record with that abstract."""
    return replace(make_citation(1, title=title), abstract=(AbstractSection(text),))


def read(claim: str, abstract: str) -> CitationReading:
    """The whole reading of an abstract under a claim."""
    language = Language.EN if claim.isascii() else Language.JA
    return read_citation(ask(claim), record_of(abstract), read_statement(claim, language))

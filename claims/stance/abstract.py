"""An abstract as the ranker reads it: its sentences, what part they belong to, and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.records.article import Language
from claims.records.citation import Citation
from claims.stance.abbreviations import find_abbreviations
from claims.text.english import stem_words
from claims.text.sentences import Span, split_sentences


class Part(StrEnum):
    """What an abstract's section is for; ``UNTOLD`` where nothing says so."""

    AIM = "aim"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    UNTOLD = "untold"


# Tried in this order on a section's label.
_PARTS = (
    (Part.CONCLUSION, "conclu|interpret|relevance|implication|discussion|summary|significance"),
    (Part.RESULTS, "result|finding|measurements and main"),
    (
        Part.METHODS,
        "method|design|setting|participant|patients|interven|measure|outcome|data|source|material|"
        "population|subject|select|exposure|registration|funding|extraction|synthesis|trial",
    ),
    (Part.AIM, "object|aim|purpose|background|context|introduc|importance|rationale|hypothes"),
)
_PART_LABELS = tuple((part, re.compile(words, re.IGNORECASE)) for part, words in _PARTS)
_MOST_SHORT = 2
# A label that the record did not set apart: "RESULTS In all, 40 patients ...".
_PRINTED_LABEL = re.compile(
    r"(?:[A-Z][A-Z,/&\- ]{3,}|Background|Objectives?|Methods?|Results?|Conclusions?|Purpose|Aims?|Findings|"
    r"Interpretation)\b[:. ]"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an abstract: its span in the stored text, its stems in order, and its part.

    ``known`` are its stems and those of each abbreviation that the abstract explains, both forms.
    """

    start: int
    end: int
    text: str
    stems: tuple[str, ...]
    known: frozenset[str]
    part: Part


@dataclass(frozen=True, slots=True)
class Abstract:
    """A record's title and the sentences of its abstract in order; section labels belong to none."""

    title: str
    title_stems: frozenset[str]
    sentences: tuple[Sentence, ...]

    @property
    def is_short(self) -> bool:
        """Whether there is a sentence or two and no more: a conclusion, or what a person picked."""
        return len(self.sentences) <= _MOST_SHORT

    @property
    def stems(self) -> frozenset[str]:
        """Every stem of title and abstract."""
        return self.title_stems.union(*(sentence.known for sentence in self.sentences))


def read_abstract(citation: Citation) -> Abstract:
    """The abstract's sentences; without an abstract there are none."""
    text = citation.abstract_text
    explained = find_abbreviations(f"{citation.shown_title}. {text}").items()
    forms = [(tuple(stem_words(short)), tuple(stem_words(long))) for short, long in explained]
    sentences: list[Sentence] = []
    part = Part.UNTOLD
    for (start, end), label in _list_sections(citation):
        part = read_part(label) if label else part
        for first, last in split_sentences(text, start, end, Language.EN):
            words = text[first:last]
            if not label and (printed := _PRINTED_LABEL.match(words)):
                part = read_part(printed.group(), part)
            stems = tuple(stem_words(words))
            sentences.append(Sentence(first, last, words, stems, _spell_out(stems, forms), part))
    return Abstract(citation.shown_title, frozenset(stem_words(citation.shown_title)), tuple(sentences))


def read_part(label: str, otherwise: Part = Part.UNTOLD) -> Part:
    """The part that a section's label names.

    >>> read_part("Main outcome measures"), read_part("CONCLUSIONS"), read_part("Trial")
    (<Part.METHODS: 'methods'>, <Part.CONCLUSION: 'conclusion'>, <Part.METHODS: 'methods'>)
    """
    return next((part for part, words in _PART_LABELS if words.search(label)), otherwise)


def _spell_out(
    stems: tuple[str, ...], forms: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> frozenset[str]:
    known = set(stems)
    for short, long in forms:
        if known.issuperset(short):
            known.update(long)
        elif any(stems[at : at + len(long)] == long for at in range(len(stems))):
            known.update(short)
    return frozenset(known)


def _list_sections(citation: Citation) -> Iterator[tuple[Span, str]]:
    """Each section's text as a span of ``abstract_text``, with its label."""
    at = 0
    for section in citation.abstract:
        begin = at + (len(section.label) + 2 if section.label else 0)
        yield (begin, begin + len(section.text)), section.label or section.category
        at = begin + len(section.text) + 1

"""The sentences of an abstract that bear on a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from claims.ranking.question import Question
from claims.records.article import Language
from claims.records.citation import Citation
from claims.records.rationale import Rationale
from claims.text.english import stem_words
from claims.text.sentences import Span, split_sentences

MOST_SENTENCES = 3
# A further sentence is taken when it reaches this share of the best one's weight.
ENOUGH_OF_BEST = 0.75


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an abstract: its span, its stems, and its section's label as printed."""

    start: int
    end: int
    text: str
    stems: tuple[str, ...]
    label: str


def split_abstract(citation: Citation) -> tuple[Sentence, ...]:
    """The abstract's sentences in order; section labels belong to none."""
    text = citation.abstract_text
    found: list[Sentence] = []
    for (start, end), label in _list_sections(citation):
        for first, last in split_sentences(text, start, end, Language.EN):
            words = text[first:last]
            found.append(Sentence(first, last, words, tuple(stem_words(words)), label))
    return tuple(found)


def find_rationales(question: Question, citation: Citation) -> tuple[Rationale, ...]:
    """The one to three sentences that say most of what is asked, in the abstract's order.

    Empty where no sentence shares a word with the question.
    """
    sentences = split_abstract(citation)
    weighed = _weigh_sentences(question, sentences)
    best = max(weighed, default=0.0)
    if best <= 0:
        return ()
    order = sorted(range(len(sentences)), key=lambda at: (-weighed[at], at))[:MOST_SENTENCES]
    taken = sorted(at for at in order if weighed[at] >= ENOUGH_OF_BEST * best)
    return tuple(
        Rationale(citation.pmid, sentences[at].text, sentences[at].start, sentences[at].end) for at in taken
    )


def _weigh_sentences(question: Question, sentences: tuple[Sentence, ...]) -> list[float]:
    """For each sentence the weights of the asked stems in it; a stem that is everywhere counts less."""
    holders = {stem: sum(stem in s.stems for s in sentences) for stem in question.weights}
    rarity = {stem: log(1 + len(sentences) / count) for stem, count in holders.items() if count}
    return [
        sum(question.weights[stem] * rarity[stem] for stem in set(sentence.stems) if stem in rarity)
        for sentence in sentences
    ]


def _list_sections(citation: Citation) -> Iterator[tuple[Span, str]]:
    """Each section's text as a span of ``abstract_text``, with its label."""
    at = 0
    for section in citation.abstract:
        begin = at + (len(section.label) + 2 if section.label else 0)
        yield (begin, begin + len(section.text)), section.label or section.category
        at = begin + len(section.text) + 1

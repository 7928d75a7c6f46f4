"""A claim as the ranker asks it: English terms and what each says, numbers, and whether it denies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.lexicon.lexicon import Lexicon
from claims.lexicon.terms import FoundTerm
from claims.lexicon.weighting import WeightedTerm, search_terms, weigh_stems
from claims.ranking.idf import weigh_idf
from claims.ranking.japanese import gloss_claim, list_unread
from claims.records.article import Language
from claims.records.claim import Certainty, Claim
from claims.references import strip_markers
from claims.text.denials import ends_in_denial
from claims.text.english import split_words, stem_words
from claims.text.numbers import find_written_numbers

# HER2, mRNA, IL-6: a name that a paraphrase keeps.
_SYMBOL = re.compile(r"\d|[A-Z]{2}|[a-z][A-Z]")


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term of the claim: ``words`` its best English, lower case; ``spellings`` stems, best first.

    ``weight`` says how rare its words are; ``symbol`` that it is a name such as HER2. What the lexicon
    could not read has no spelling: it is asked all the same, and nothing covers it.
    """

    words: tuple[str, ...]
    spellings: tuple[tuple[str, ...], ...]
    weight: float
    symbol: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a citation. ``weights`` are per English stem, for the search terms.

    ``asked`` are the claim's terms in its order; ``wording`` is its English, of a Japanese claim what
    the lexicon makes of it word for word; ``language`` is the claim's own; ``negated`` says that it denies.
    """

    terms: tuple[WeightedTerm, ...]
    weights: dict[str, float] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    negated: bool = False
    asked: tuple[AskedTerm, ...] = ()
    wording: str = ""
    language: Language = Language.EN


def ask_claim(claim: Claim, language: Language, lexicon: Lexicon) -> Question:
    """The question of a claim in its stand-alone wording, without the marks of references."""
    text = strip_markers(claim.read_as)
    terms = search_terms(text, language, lexicon)
    found, _ = lexicon.find_terms(text, language)
    japanese = language is Language.JA
    asked = ask_terms(found)
    return Question(
        terms,
        weigh_stems(terms),
        find_written_numbers(text),
        claim.certainty is Certainty.NEGATED or (japanese and ends_in_denial(text)),
        (*asked, *_ask_unread(list_unread(text, lexicon), asked)) if japanese else asked,
        " ".join(gloss_claim(text, found)) if japanese else text,
        language=language,
    )


def ask_terms(found: Iterable[FoundTerm]) -> tuple[AskedTerm, ...]:
    """The terms in their order, those without a word left out."""
    asked: list[AskedTerm] = []
    for term in found:
        english = (*term.english, *([term.mesh] if term.mesh else []))
        spellings = tuple(stems for words in english if (stems := tuple(stem_words(words))))
        if spellings:
            weight = sum(map(weigh_idf, spellings[0]))
            symbol = bool(_SYMBOL.search(term.source))
            asked.append(AskedTerm(tuple(split_words(term.english[0])), spellings, weight, symbol))
    return tuple(asked)


def _ask_unread(words: Iterable[str], asked: Sequence[AskedTerm]) -> tuple[AskedTerm, ...]:
    """Words that nothing reads, each with the mean weight of those that were read."""
    weight = sum(term.weight for term in asked) / len(asked) if asked else 1.0
    return tuple(AskedTerm((word,), (), weight, False) for word in words)

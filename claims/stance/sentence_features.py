"""What speaks for a sentence as one that bears on a claim: named features, most of them between 0 and 1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import fsum, log

from claims.ranking.coverage import cover_terms, share_covered
from claims.ranking.idf import weigh_idf
from claims.ranking.question import AskedTerm, Question
from claims.stance.abstract import Abstract, Part, Sentence

Features = dict[str, float]

# A term is in a sentence when this much of it is.
NAMED = 0.6
_EARLY = 0.34
# Sentences that say what was to be found out or done, not what was found.
_AIM = re.compile(
    r"\b(?:to (?:determine|assess|evaluate|investigate|examine|test|compare|estimate|identify|explore|study|"
    r"describe)|we (?:investigat|examin|assess|evaluat|tested|sought|aimed|compared|hypothes|asked|studied|"
    r"analy[sz]ed|used|performed|conducted|measured)\w*|whether|aim(?:ed|s)?|objective|hypothesi[sz]ed?|"
    r"unknown|unclear|poorly understood|not (?:well )?(?:known|understood)|remains?|"
    r"were (?:measured|assessed|recruited|randomi[sz]ed|assigned|collected|included|enrolled|evaluated)|"
    r"protocol|little is known)\b",
    re.IGNORECASE,
)


def measure_sentences(question: Question, abstract: Abstract) -> list[Features]:
    """The features of each sentence, in the abstract's order.

    ``cover`` and its kin say how much of the claim the sentence names: all of it by IDF, by IDF within
    this abstract (``local``), with the title's help, its names alone (``symbols``), as rank among the
    sentences, in the one that follows, and seen from the sentence (``density``).
    """
    asked = question.asked
    covers = [cover_terms(asked, sentence.known) for sentence in abstract.sentences]
    shares = [share_covered(asked, cover) for cover in covers]
    title = cover_terms(asked, abstract.title_stems)
    local = _weigh_locally(covers, len(asked))
    order = sorted(shares, reverse=True)
    count = len(shares)
    return [
        {
            "cover": shares[at],
            "rank": 1 / (1 + order.index(shares[at])),
            "local": _share(local, covers[at]),
            "title_adds": share_covered(asked, list(map(max, covers[at], title))) - shares[at],
            "symbols": _cover_symbols(asked, covers[at]),
            "density": _measure_density(asked, covers[at], sentence),
            "next_cover": shares[at + 1] if at + 1 < count else 0.0,
            "length": log(1 + len(sentence.stems)) / 4,
            "place": (at + 1) / count,
            "early": float(at < _EARLY * count),
            "last": float(at == count - 1),
            "aim_words": float(bool(_AIM.search(sentence.text))),
            **{part.value: float(sentence.part is part) for part in _TOLD_PARTS},
        }
        for at, sentence in enumerate(abstract.sentences)
    ]


_TOLD_PARTS = (Part.METHODS, Part.RESULTS, Part.CONCLUSION)


def _weigh_locally(covers: Sequence[Sequence[float]], terms: int) -> list[float]:
    """For each term how few of the sentences name it."""
    holders = [max(1, sum(cover[term] >= NAMED for cover in covers)) for term in range(terms)]
    return [log(1 + len(covers) / count) for count in holders]


def _share(weights: Sequence[float], covers: Sequence[float]) -> float:
    total = sum(weights)
    return sum(w * cover for w, cover in zip(weights, covers, strict=True)) / total if total else 0.0


def _cover_symbols(asked: Sequence[AskedTerm], covers: Sequence[float]) -> float:
    """The mean cover of the claim's names; one half where it has none."""
    found = [cover for term, cover in zip(asked, covers, strict=True) if term.symbol]
    return sum(found) / len(found) if found else 0.5


def _measure_density(asked: Sequence[AskedTerm], covers: Sequence[float], sentence: Sentence) -> float:
    """How much of the sentence is the claim's."""
    words = set(sentence.stems)
    ours = {
        stem
        for term, cover in zip(asked, covers, strict=True)
        if cover
        for spelling in term.spellings
        for stem in spelling
    }
    total = fsum(map(weigh_idf, words))
    return fsum(map(weigh_idf, words & ours)) / total if total else 0.0

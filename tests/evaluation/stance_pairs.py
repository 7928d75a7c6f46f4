"""Our own labelled pairs of claim and abstract, and the figures of what is read from them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import ask_claim
from claims.records.article import Language
from claims.records.citation import AbstractSection, Citation, Pmid
from claims.records.rationale import Stance
from claims.stance.reading import CitationReading, read_citation

FOLDER = Path(__file__).parent / "stance"


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and its abstract; ``gold`` are the sentences that people marked, as they stand there."""

    claim: str
    language: Language
    citation: Citation
    stance: Stance
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Sentences over pairs with evidence, stances over all; a precision is 1 where a stance is never told."""

    sentence_f1: float
    macro_f1: float
    precision: dict[Stance, float]
    told: int


def load_pairs(language: Language | None = None) -> list[Pair]:
    """The pairs in the order of their file, or those in one language."""
    records: dict[str, Citation] = {}
    sentences: dict[str, list[str]] = {}
    for row in _read(FOLDER / "abstracts.jsonl"):
        sections = tuple(AbstractSection(" ".join(s["sentences"]), s["label"]) for s in row["sections"])
        records[row["pmid"]] = Citation(Pmid(row["pmid"]), row["title"], abstract=sections)
        sentences[row["pmid"]] = [sentence for s in row["sections"] for sentence in s["sentences"]]
    pairs = [
        Pair(
            row["claim"],
            Language(row["language"]),
            records[row["pmid"]],
            Stance(row["stance"]),
            frozenset(sentences[row["pmid"]][number] for number in row["rationale"]),
        )
        for row in _read(FOLDER / "pairs.jsonl")
    ]
    return [pair for pair in pairs if language in (None, pair.language)]


def read_pair(pair: Pair) -> CitationReading:
    """What the shipped reading makes of the pair."""
    claim = read_statement(pair.claim, pair.language)
    return read_citation(ask_claim(claim, pair.language, load_lexicon()), pair.citation, claim)


def measure(pairs: Sequence[Pair]) -> Figures:
    """The figures over these pairs."""
    readings = [(pair, read_pair(pair)) for pair in pairs]
    with_evidence = [(p.gold, {r.text for r in reading.rationales}) for p, reading in readings if p.gold]
    found = sum(len(gold & told) for gold, told in with_evidence)
    marked = sum(len(gold) + len(told) for gold, told in with_evidence)
    gold = Counter(pair.stance for pair, _ in readings)
    told = Counter(reading.stance.stance for _, reading in readings)
    right = Counter(pair.stance for pair, reading in readings if reading.stance.stance is pair.stance)
    f1 = [2 * right[stance] / (gold[stance] + told[stance]) for stance in Stance]
    precision = {stance: right[stance] / told[stance] if told[stance] else 1.0 for stance in Stance}
    return Figures(2 * found / marked, sum(f1) / len(f1), precision, sum(told.values()))


def pairs_digest() -> str:
    """SHA-256 over the files, which a floor is pinned with."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

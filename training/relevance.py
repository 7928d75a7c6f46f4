"""Fits how likely a record is on a claim's topic: ``claims/stance/tables/relevance.tsv``.

    python -m training.relevance [SHARED]

SHARED: the folder with ``data/scifact``, ``data/scifact_ja`` and ``tools/scifact_to_pubmed_xml.py``. The
claims of half of SciFact's groups and of some fields of ``absent_subjects.tsv`` are searched in a library of
SciFact's abstracts. A record that the claim cites is on topic; one that is found for a claim whose subject no
abstract has is not; any other hit counts against it a little, since some of those are on topic and nobody
said so. ``benchmarks/on_topic.py`` measures on the other half what comes of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.library import Library
from claims.pipeline import find_evidence
from claims.ranking.question import ask_claim
from claims.records.article import Language
from claims.records.citation import Pmid
from claims.search.caching import CachedSource
from claims.stance.abstract import read_abstract
from claims.stance.relevance import measure_relevance
from claims.stance.weights import TABLES
from training.absent_subjects import read_absent
from training.logistic import Row, fit_weights, write_weights
from training.scifact import load_documents, load_pairs
from training.scifact_library import build_library

SHARED = Path(__file__).resolve().parents[2] / "shared"
# The inverse penalty, and what a hit that nobody cited weighs: as they were first tried, not tuned.
STRENGTH, UNCITED = 0.1, 0.15
# Records a claim: nearly all that its searches bring.
HITS = 20


@dataclass(frozen=True, slots=True)
class SciFactClaim:
    """A claim of SciFact with the abstracts it cites; ``group`` is shared by claims that share abstracts."""

    text: str
    cited: frozenset[Pmid]
    group: int

    @property
    def is_fitted(self) -> bool:
        """Whether weights may be fitted on it."""
        return self.group % 2 == 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a claim's searches brought: its features, whether it is on topic, and its weight."""

    features: Row
    on_topic: bool
    weight: float


def load_cited(data: Path, language: Language) -> list[SciFactClaim]:
    """SciFact's claims in this language; none in Japanese where there are no wordings."""
    wordings = data / "scifact_ja" if language is Language.JA else None
    if wordings is not None and not wordings.is_dir():
        return []
    cited: dict[tuple[str, int], set[Pmid]] = {}
    for pair in load_pairs(data / "scifact", wordings):
        cited.setdefault((pair.text, pair.group), set()).add(pair.citation.pmid)
    return [SciFactClaim(text, frozenset(pmids), group) for (text, group), pmids in cited.items()]


def load_texts(data: Path) -> list[str]:
    """Title and abstract of each of SciFact's documents."""
    return [
        f"{record.title} {record.abstract_text}" for record, _ in load_documents(data / "scifact").values()
    ]


def gather_hits(library: Library, data: Path, language: Language) -> Iterator[Hit]:
    """The hits of every claim in this language that may be fitted on."""
    cited = [claim for claim in load_cited(data, language) if claim.is_fitted]
    for claim, features in _measure(library, [claim.text for claim in cited], language):
        for pmid, row in features:
            on_topic = pmid in cited[claim].cited
            yield Hit(row, on_topic, 1.0 if on_topic else UNCITED)
    absent = [row for row in read_absent(load_texts(data)) if row.language is language and row.is_fitted]
    for _, features in _measure(library, [row.claim for row in absent], language):
        yield from (Hit(row, on_topic=False, weight=1.0) for _, row in features)


def _measure(
    library: Library, texts: Sequence[str], language: Language
) -> Iterator[tuple[int, list[tuple[Pmid, Row]]]]:
    """Each text's place, and the features of all that its searches bring, whatever their relevance."""
    lexicon = load_lexicon()
    claims = [read_statement(text, language) for text in texts]
    source = CachedSource(library, now=lambda: datetime.now(UTC))
    for place, evidence in enumerate(find_evidence(claims, language, source, lexicon, HITS)):
        question = ask_claim(claims[place], language, lexicon)
        yield (
            place,
            [
                (record.pmid, measure_relevance(question, evidence.plan, read_abstract(record), record))
                for record in evidence.citations
            ],
        )


def main() -> None:
    """Write the table that ships."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    corpus = shared / "data" / "scifact" / "corpus.jsonl.gz"
    if not corpus.is_file():
        sys.exit(f"put SciFact's files into {corpus.parent}: nothing was fitted")
    with TemporaryDirectory() as folder:
        library = build_library(shared, corpus, Path(folder))
        hits = [hit for language in Language for hit in gather_hits(library, shared / "data", language)]
    rows, answers = [hit.features for hit in hits], [hit.on_topic for hit in hits]
    weights, spread = fit_weights(rows, answers, STRENGTH, [hit.weight for hit in hits])
    note = (
        f"Fitted by training/relevance.py on {len(hits)} hits, {sum(answers)} of them cited, of half of "
        "SciFact's training claims and of claims whose subject it lacks: weights only."
    )
    write_weights(TABLES / "relevance.tsv", weights, spread, note)


if __name__ == "__main__":
    main()

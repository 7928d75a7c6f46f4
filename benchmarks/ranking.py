"""The order of citations on SciFact: nDCG@10 with all named features, and without each of them.

    python benchmarks/ranking.py [SCIFACT] [--japanese FOLDER] [--library FOLDER]

The library is one that ``konkyo library import`` made of SciFact's abstracts, in which a record's PMID is the
document's number. Candidates are the 30 records that the library ranks first; relevant are those that the
claim cites. SciFact has no MeSH and no years, so that nothing is said of these two.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

from claims.errors import QueryError
from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.library import Library
from claims.ranking.question import ask_claim
from claims.ranking.scoring import WEIGHTS, Features, measure_features
from claims.records.article import Language
from claims.records.retrieval import SearchPlan
from claims.search.query import build_plan
from reviewer.settings import load_settings

SCIFACT = Path(__file__).resolve().parents[2] / "shared" / "data" / "scifact"
CANDIDATES, TOP = 30, 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim's candidates in the library's order, with their features, and which are relevant."""

    candidates: tuple[tuple[str, Features], ...]
    relevant: frozenset[str]


def ask(text: str, language: Language, relevant: frozenset[str], library: Library) -> Asked:
    """The claim's candidates; none where it has nothing to search for."""
    lexicon = load_lexicon()
    question = ask_claim(read_statement(text, language), language, lexicon)
    try:
        plan = build_plan(text, "", "", language, lexicon)
    except QueryError:
        plan = SearchPlan((), (), (), lexicon.version)
    found = library.fetch([pmid for pmid, _ in library.rank(question.terms, CANDIDATES)])
    newest = max((record.published_year or 0 for record in found.values()), default=0)
    measured = ((pmid, measure_features(question, plan, record, newest)) for pmid, record in found.items())
    return Asked(tuple(measured), relevant)


def measure(asked: Sequence[Asked], weights: Mapping[str, float]) -> float:
    """The mean nDCG@10 of the order that these weights give."""

    def order(one: Asked) -> list[str]:
        def weigh(pair: tuple[str, Features]) -> float:
            return -sum(weight * float(getattr(pair[1], name)) for name, weight in weights.items())

        return [pmid for pmid, _ in sorted(one.candidates, key=weigh)]

    return sum(_gain(order(one), one.relevant) for one in asked) / len(asked)


def _gain(order: Sequence[str], relevant: frozenset[str]) -> float:
    found = sum(1 / log2(rank + 1) for rank, pmid in enumerate(order[:TOP], 1) if pmid in relevant)
    return found / sum(1 / log2(rank + 1) for rank in range(1, min(TOP, len(relevant)) + 1))


def load_claims(folder: Path, wordings: Path) -> dict[Language, list[tuple[str, frozenset[str]]]]:
    """Claims with the documents that they cite, in English and, where there is a wording, in Japanese."""
    lines = (wordings / "train_claims_ja.jsonl").read_text("utf-8").splitlines()
    japanese = {row["id"]: row["claim_ja"] for row in map(json.loads, lines)}
    claims: dict[Language, list[tuple[str, frozenset[str]]]] = {Language.EN: [], Language.JA: []}
    for row in map(json.loads, (folder / "claims_train.jsonl").read_text("utf-8").splitlines()):
        cited = frozenset(map(str, row["cited_doc_ids"]))
        claims[Language.EN].append((row["claim"], cited))
        if row["id"] in japanese:
            claims[Language.JA].append((japanese[row["id"]], cited))
    return claims


def main() -> None:
    """Print one row for all features and one without each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SCIFACT)
    parser.add_argument("--japanese", type=Path, default=SCIFACT.parent / "scifact_ja")
    parser.add_argument("--library", type=Path, default=load_settings().library_folder)
    given = parser.parse_args()
    library = Library(given.library)
    if not (given.folder / "claims_train.jsonl").is_file() or not library.exists:
        print(f"put SciFact's files into {given.folder} and import them: nothing was measured")
        sys.exit(0)
    for language, claims in load_claims(given.folder, given.japanese).items():
        asked = [ask(text, language, cited, library) for text, cited in claims]
        print(f"{language.value}  library's own order      nDCG@10 {measure(asked, {}):.4f}")
        print(f"{language.value}  all features             nDCG@10 {measure(asked, WEIGHTS):.4f}")
        for name in WEIGHTS:
            rest = {other: weight for other, weight in WEIGHTS.items() if other != name}
            print(f"{language.value}  without {name:<15}  nDCG@10 {measure(asked, rest):.4f}")


if __name__ == "__main__":
    main()

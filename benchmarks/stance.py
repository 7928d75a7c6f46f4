"""Rationale sentences and stance: on SciFact cross-validated, and on a collection that nothing was fitted on.

    python -m benchmarks.stance [SCIFACT] [--japanese FOLDER] [--seeds N]
    python -m benchmarks.stance --pairs FILE.csv

First what the shipped tables would reach on claims and documents that they were not fitted on
(``training/stance.py``), on whole abstracts and on a sentence or two of each; scored as SciFact does:
sentences by micro F1 over pairs with evidence, stance by macro F1 over three labels. Below each row how often
a stance is right that is given such a probability.

``--pairs`` scores the shipped tables on rows of ``claim``, ``evidence`` and ``label`` (Supports, Refutes,
Neutral), as HealthVer has them (Sarrouti et al., "Evidence-based Fact-Checking of Health-related Claims",
Findings of EMNLP 2021).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import ask_claim
from claims.records.article import Language
from claims.records.citation import AbstractSection, Citation, Pmid
from claims.records.rationale import Stance
from claims.stance.abstract import read_abstract
from claims.stance.rationale import weigh_sentences
from claims.stance.stance import Probabilities, decide_stance, weigh_stance
from training.scifact import load_pairs
from training.stance import SCIFACT, Weighed, cross_validate, read_pair, read_short
from training.stance_scoring import score_sentences, score_stance

STEPS = range(3, 10)
_LABELS = {"Supports": Stance.SUPPORTS, "Refutes": Stance.REFUTES, "Neutral": Stance.NOT_ENOUGH_INFO}


def report(name: str, weighed: Sequence[Weighed]) -> None:
    """Print the figures at the shipped thresholds and at nested ones, then the reliability."""
    for told, decided in (
        ("shipped thresholds", [one.decide() for one in weighed]),
        ("nested thresholds", [one.decide(one.nested) for one in weighed]),
    ):
        precision, recall, f1 = score_sentences(decided)
        print(f"{f'{name}, {told}':<36} sentences P {precision:.3f} R {recall:.3f} F1 {f1:.3f}", end="  ")
        print(format_stances([(one.pair.stance, one.stance) for one in decided]))
    print_reliability([(one.read.pair.stance, one.probabilities) for one in weighed])


def format_stances(told: Sequence[tuple[Stance, Stance]]) -> str:
    """The figures of (gold, told) stances, and of how many pairs one is told."""
    share = sum(stance is not Stance.NOT_ENOUGH_INFO for _, stance in told) / len(told)
    return f"{score_stance(told)}  told {share:.3f} of {len(told)}"


def print_reliability(weighed: Sequence[tuple[Stance, Probabilities]]) -> None:
    """Of each stance, a step of its probability: how many pairs are given it, and the share that is right."""
    for stance in (Stance.SUPPORTS, Stance.REFUTES):
        cells = []
        for step in STEPS:
            right = [
                gold is stance
                for gold, likely in weighed
                if step <= 10 * getattr(likely, stance.value) < step + 1
            ]
            share = f"{sum(right) / len(right):.2f}" if right else "-"
            cells.append(f"{step / 10:.1f}: {share} of {len(right)}")
        print(f"    {stance.value:<9} right when given  {'   '.join(cells)}")


def print_pairs(file: Path) -> None:
    """The figures of the shipped tables on pairs of another collection."""
    lexicon = load_lexicon()
    weighed: list[tuple[Stance, Probabilities]] = []
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            question = ask_claim(read_statement(row["claim"], Language.EN), Language.EN, lexicon)
            abstract = read_abstract(Citation(Pmid("0"), "", abstract=(AbstractSection(row["evidence"]),)))
            relevance = weigh_sentences(question, abstract)
            weighed.append((_LABELS[row["label"]], weigh_stance(question, abstract, relevance)))
    told = [(gold, decide_stance(likely).stance) for gold, likely in weighed]
    print(f"{file.name}: {format_stances(told)}")
    print_reliability(weighed)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SCIFACT)
    parser.add_argument("--japanese", type=Path, default=SCIFACT.parent / "scifact_ja")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--pairs", type=Path)
    given = parser.parse_args()
    if given.pairs:
        print_pairs(given.pairs)
        return
    if not (given.folder / "claims_train.jsonl").is_file():
        print(f"put SciFact's files into {given.folder}: nothing was measured")
        sys.exit(0)
    pairs = load_pairs(given.folder)
    reads, short = list(map(read_pair, pairs)), read_short(pairs)
    japanese = [read_pair(pair) for pair in load_pairs(given.folder, given.japanese)]
    for seed in range(given.seeds):
        for name, others in (("English", reads), ("English, short", short), ("Japanese", japanese)):
            report(name, cross_validate(reads, short, others, seed))


if __name__ == "__main__":
    main()

"""Rationale sentences and stance on SciFact, cross-validated.

    python -m benchmarks.stance [SCIFACT] [--japanese FOLDER] [--seeds N]

Prints what the shipped tables would reach on claims and documents that they were not fitted on
(``training/stance.py``). Scored as SciFact does: sentences by micro F1 over pairs with evidence, stance by
macro F1 over three labels.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.scifact import load_pairs
from training.stance import SCIFACT, cross_validate, read_pair
from training.stance_scoring import Decided, score_sentences, score_stance


def report(name: str, decided: Sequence[Decided]) -> None:
    """Print one row of figures."""
    precision, recall, f1 = score_sentences(decided)
    stances = score_stance([(one.pair.stance, one.stance) for one in decided])
    print(f"{name:<28} sentences P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  {stances}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SCIFACT)
    parser.add_argument("--japanese", type=Path, default=SCIFACT.parent / "scifact_ja")
    parser.add_argument("--seeds", type=int, default=1)
    given = parser.parse_args()
    if not (given.folder / "claims_train.jsonl").is_file():
        print(f"put SciFact's files into {given.folder}: nothing was measured")
        sys.exit(0)
    reads = [read_pair(pair) for pair in load_pairs(given.folder)]
    japanese = [read_pair(pair) for pair in load_pairs(given.folder, given.japanese)]
    for seed in range(given.seeds):
        for name, others in (("English", reads), ("Japanese", japanese)):
            shipped, nested = cross_validate(reads, others, seed)
            report(f"{name}, shipped thresholds", shipped)
            report(f"{name}, nested thresholds", nested)


if __name__ == "__main__":
    main()

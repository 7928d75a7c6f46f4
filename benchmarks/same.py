"""Whether two claims are the same: precision and recall of "same", and how often each label is right.

    python -m benchmarks.same [FILE.jsonl ...]

Without a file the labelled pairs of ``tests/evaluation/claim_pairs.jsonl`` are scored: those that were looked
at while the tables and weights were made, and those that were set aside before and only ever scored. A file
has lines of ``id``, ``language``, ``a``, ``b``, ``label`` and, where there are any, ``a_context``,
``b_context``, ``differs`` and ``set``.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from claims.equivalence.comparison import Likeness
from tests.evaluation.claim_pairs import PAIRS, LabelledPair, judge, read_pairs


def report(name: str, pairs: Sequence[LabelledPair]) -> None:
    """Print the figures of one set and its confusion, gold by row."""
    begun = time.perf_counter()
    verdicts = [judge(pair) for pair in pairs]
    seconds = time.perf_counter() - begun
    counted = Counter((pair.label, one.likeness) for pair, one in zip(pairs, verdicts, strict=True))
    called = sum(number for (_, told), number in counted.items() if told is Likeness.SAME)
    real = sum(number for (label, _), number in counted.items() if label is Likeness.SAME)
    hit = counted[Likeness.SAME, Likeness.SAME]
    right = sum(number for (label, told), number in counted.items() if label is told)
    print(f"{name}: {len(pairs)} pairs in {seconds:.1f} s")
    print(f"  same: precision {_share(hit, called)}  recall {_share(hit, real)}")
    print(f"  three labels: {_share(right, len(pairs))}")
    near = [
        (pair, one)
        for pair, one in zip(pairs, verdicts, strict=True)
        if pair.label is one.likeness is Likeness.NEAR
    ]
    named = sum(not set(pair.differs).isdisjoint(one.differs) for pair, one in near)
    print(f"  near, and what differs is named: {_share(named, len(near))}")
    for label in Likeness:
        print(f"  {label.value:<10}" + "".join(f"{counted[label, told]:>10}" for told in Likeness))


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else f"{part}/{whole}"


def main() -> None:
    """Report each set of each file, and each language of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", metavar="FILE.jsonl", type=Path, nargs="*", default=[PAIRS])
    for file in parser.parse_args().files:
        pairs = read_pairs(file)
        for name in sorted({pair.set for pair in pairs}):
            chosen = [pair for pair in pairs if pair.set == name]
            report(f"{file.name} {name}".strip(), chosen)
            for language in sorted({pair.language for pair in chosen}):
                some = [pair for pair in chosen if pair.language is language]
                report(f"{file.name} {name} {language.value}", some)


if __name__ == "__main__":
    main()

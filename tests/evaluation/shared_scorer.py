"""The corpus and what the program finds in it as JSON lines, the form that the shared scorer reads.

    python -m tests.evaluation.shared_scorer OUT [FOLDER]

writes ``NAME.gold.jsonl`` and ``NAME.jsonl`` for each article of FOLDER (the corpus where it is left out), so
that ``score_claims.py OUT OUT`` prints the same figures as ours. Offsets count in the canonical text. Every
unit that overlaps no marked span is a ``not_claim`` row.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from claims.extraction import extract_claims
from claims.extraction.units import list_units
from claims.records.claim import Claim
from training.labelled_articles import FOLDER, Gold, Labelled, list_labelled

Row = Mapping[str, object]


def list_gold_rows(labelled: Labelled) -> list[Row]:
    """The gold rows of an article, then the units that are no claims."""
    rows: list[Row] = [_gold_row(row) for row in labelled.gold]
    for unit in list_units(labelled.article):
        if not any(min(unit.end, row.end) > max(unit.start, row.start) for row in labelled.gold):
            rows.append({"text": unit.text, "start": unit.start, "end": unit.end, "label": "not_claim"})
    return rows


def _gold_row(row: Gold) -> Row:
    first, *others = (kind.value for kind in row.types)
    label = "optional" if row.optional else "claim"
    place = {"text": row.text, "start": row.start, "end": row.end}
    return {**place, "label": label, "type": first, "type_alt": others}


def list_predicted_rows(claims: Iterable[Claim]) -> list[Row]:
    """The claims as ``konkyo extract`` prints them, as far as the scorer reads them."""
    return [
        {"text": claim.text, "start": claim.start, "end": claim.end, "type": claim.type.value}
        for claim in claims
    ]


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Writes one JSON line a row."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    """Write the gold and predicted rows of every article of a folder."""
    out, folder = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER
    out.mkdir(parents=True, exist_ok=True)
    for labelled in list_labelled(folder=folder):
        write_rows(out / f"{labelled.name}.gold.jsonl", list_gold_rows(labelled))
        claims = extract_claims(labelled.article).claims
        write_rows(out / f"{labelled.name}.jsonl", list_predicted_rows(claims))


if __name__ == "__main__":
    main()

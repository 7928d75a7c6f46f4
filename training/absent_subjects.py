"""Claims whose subject no abstract of a collection has: whatever is found for one is found in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.records.article import Language
from claims.text.tables import read_rows

TABLE = Path(__file__).parent / "absent_subjects.tsv"
# The fields whose claims may be fitted on; those of the others are only measured.
FITTED_FIELDS = frozenset(("teeth", "eyes", "surgery"))


@dataclass(frozen=True, slots=True)
class Absent:
    """A claim whose subject no abstract of the collection has."""

    field: str
    language: Language
    claim: str

    @property
    def is_fitted(self) -> bool:
        """Whether weights may be fitted on it."""
        return self.field in FITTED_FIELDS


def read_absent(texts: Sequence[str]) -> Iterator[Absent]:
    """The rows of the table whose subject stands in none of ``texts``; the others are printed."""
    for row in read_rows(TABLE):
        patterns = [re.compile(pattern, re.IGNORECASE) for pattern in row["subject"].split(" & ")]
        if any(all(pattern.search(text) for pattern in patterns) for text in texts):
            print(f"left out, its subject is there: {row['claim']}")
        else:
            yield Absent(row["field"], Language(row["language"]), row["claim"])

"""Both sides of "found": how often the right paper is shown, and how often a claim is called found in vain.

    python -m benchmarks.on_topic [SHARED] [--limit N]

SHARED: the folder with ``data/scifact``, ``data/scifact_ja`` and ``tools/scifact_to_pubmed_xml.py``, by
default beside the project; nothing is measured where it is missing. The source is a library of SciFact's
abstracts, searched as ``konkyo run`` does. Asked are SciFact's claims, whose cited abstracts are there, and
those of ``absent_subjects.tsv``, whose subjects are not: a row that an abstract matches after all is told and
left out. Both in the halves that weights may be fitted on and that they may not: a claim by the group of
claims that share its abstracts, a subject by its field.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from benchmarks.retrieval import SHARED, build_library
from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.library import Library
from claims.pipeline import find_evidence
from claims.records.article import Language
from claims.records.claim import Claim
from claims.records.finding import ClaimEvidence
from claims.search.caching import CachedSource
from claims.text.tables import read_rows
from training.scifact import load_documents, load_pairs

ABSENT = Path(__file__).parent / "absent_subjects.tsv"
# The fields whose claims may be fitted on; those of the others are only measured.
FITTED_FIELDS = frozenset(("teeth", "eyes", "surgery"))


@dataclass(frozen=True, slots=True)
class Absent:
    """A claim whose subject no abstract of the collection has."""

    field: str
    language: Language
    claim: str


def read_absent(texts: Sequence[str]) -> Iterator[Absent]:
    """The rows of the table whose subject stands in none of ``texts``; the others are printed."""
    for row in read_rows(ABSENT):
        patterns = [re.compile(pattern, re.IGNORECASE) for pattern in row["subject"].split(" & ")]
        if any(all(pattern.search(text) for pattern in patterns) for text in texts):
            print(f"left out, its subject is there: {row['claim']}")
        else:
            yield Absent(row["field"], Language(row["language"]), row["claim"])


def is_fitted(group: int) -> bool:
    """Whether the claims of this group may be fitted on."""
    return group % 2 == 0


def find_all(
    library: Library, claims: Sequence[Claim], language: Language, limit: int
) -> list[ClaimEvidence]:
    """What the shipped search finds for each claim."""
    source = CachedSource(library, now=lambda: datetime.now(UTC))
    return list(find_evidence(claims, language, source, load_lexicon(), limit))


def main() -> None:
    """Print the figures of both sides and both languages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--limit", type=int, default=8)
    given = parser.parse_args()
    corpus = given.shared / "data" / "scifact" / "corpus.jsonl.gz"
    if not corpus.is_file():
        print(f"not measured: there is no SciFact at {corpus.parent}")
        return
    with TemporaryDirectory() as folder:
        library = build_library(given.shared, corpus, Path(folder))
        for language in Language:
            _print_cited(library, given.shared / "data", language, given.limit)
            _print_absent(library, given.shared / "data", language, given.limit)


def _print_cited(library: Library, data: Path, language: Language, limit: int) -> None:
    wordings = data / "scifact_ja" if language is Language.JA else None
    if wordings and not wordings.is_dir():
        print(f"not measured: there are no Japanese claims at {wordings}")
        return
    cited: dict[tuple[bool, str], set[str]] = {}
    for pair in load_pairs(data / "scifact", wordings):
        cited.setdefault((is_fitted(pair.group), pair.text), set()).add(pair.citation.pmid)
    claims = [read_statement(text, language) for _, text in cited]
    found = find_all(library, claims, language, limit)
    for fitted in (True, False):
        rows = [
            ({finding.pmid for finding in evidence.findings}, right)
            for evidence, ((part, _), right) in zip(found, cited.items(), strict=True)
            if part is fitted
        ]
        print(
            f"{language}  {_name(fitted)}  claims with a paper {len(rows)}  "
            f"called found {mean(bool(shown) for shown, _ in rows):.3f}  "
            f"a cited paper among those shown {mean(bool(shown & right) for shown, right in rows):.3f}  "
            f"shown {mean(len(shown) for shown, _ in rows):.1f} a claim"
        )


def _print_absent(library: Library, data: Path, language: Language, limit: int) -> None:
    texts = [
        f"{record.title} {record.abstract_text}" for record, _ in load_documents(data / "scifact").values()
    ]
    rows = [row for row in read_absent(texts) if row.language is language]
    found = find_all(library, [read_statement(row.claim, language) for row in rows], language, limit)
    for fitted in (True, False):
        shown = [
            len(evidence.findings)
            for row, evidence in zip(rows, found, strict=True)
            if (row.field in FITTED_FIELDS) is fitted
        ]
        print(
            f"{language}  {_name(fitted)}  claims whose subject is absent {len(shown)}  "
            f"called found {mean(map(bool, shown)):.3f}  shown {mean(shown):.1f} a claim"
        )


def _name(fitted: bool) -> str:
    return "fitted   " if fitted else "held out "


if __name__ == "__main__":
    main()

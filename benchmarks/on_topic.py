"""Both sides of "found": how often the right paper is shown, and how often a claim is called found in vain.

    python -m benchmarks.on_topic [SHARED] [--limit N]

SHARED: the folder with ``data/scifact``, ``data/scifact_ja`` and ``tools/scifact_to_pubmed_xml.py``, by
default beside the project; nothing is measured where it is missing. The source is a library of SciFact's
abstracts, searched as ``konkyo run`` does. Asked are SciFact's claims, whose cited abstracts are there, and
those of ``training/absent_subjects.tsv``, whose subjects are not: a row that an abstract matches after all is
told and left out. Both in the halves that ``training/relevance.py`` fits on and that it does not: a claim by
the group of claims that share its abstracts, a subject by its field.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.library import Library
from claims.pipeline import find_evidence
from claims.records.article import Language
from claims.records.citation import Pmid
from claims.records.finding import ClaimEvidence
from claims.records.retrieval import SearchStatus
from claims.search.caching import CachedSource
from training.absent_subjects import read_absent
from training.relevance import SHARED, load_cited, load_texts
from training.scifact_library import build_library


def find_all(library: Library, texts: Sequence[str], language: Language, limit: int) -> list[ClaimEvidence]:
    """What the shipped search finds for each claim."""
    source = CachedSource(library, now=lambda: datetime.now(UTC))
    claims = [read_statement(text, language) for text in texts]
    return list(find_evidence(claims, language, source, load_lexicon(), limit))


def list_found(evidence: ClaimEvidence) -> set[Pmid]:
    """The records on topic, as the product tells them."""
    return {finding.pmid for finding in evidence.findings if finding.on_topic}


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
    cited = load_cited(data, language)
    if not cited:
        print(f"not measured: there are no {language} wordings of SciFact's claims in {data}")
        return
    found = find_all(library, [claim.text for claim in cited], language, limit)
    for fitted in (True, False):
        rows = [
            (list_found(evidence), {record.pmid for record in evidence.citations}, claim.cited)
            for evidence, claim in zip(found, cited, strict=True)
            if claim.is_fitted is fitted
        ]
        print(
            f"{language}  {_name(fitted)}  claims with a paper {len(rows)}  "
            f"called found {mean(bool(on_topic) for on_topic, _, _ in rows):.3f}  "
            f"a cited paper on topic {mean(bool(on_topic & right) for on_topic, _, right in rows):.3f}  "
            f"on topic or related {mean(bool(shown & right) for _, shown, right in rows):.3f}  "
            f"on topic {mean(len(on_topic) for on_topic, _, _ in rows):.1f} a claim"
        )


def _print_absent(library: Library, data: Path, language: Language, limit: int) -> None:
    rows = [row for row in read_absent(load_texts(data)) if row.language is language]
    found = find_all(library, [row.claim for row in rows], language, limit)
    for fitted in (True, False):
        told = [e for row, e in zip(rows, found, strict=True) if row.is_fitted is fitted]
        related = mean(evidence.status is SearchStatus.RELATED_ONLY for evidence in told)
        print(
            f"{language}  {_name(fitted)}  claims whose subject is absent {len(told)}  "
            f"called found {mean(bool(list_found(evidence)) for evidence in told):.3f}  "
            f"related only {related:.3f}  "
            f"on topic {mean(len(list_found(evidence)) for evidence in told):.1f} a claim"
        )


def _name(fitted: bool) -> str:
    return "fitted   " if fitted else "held out "


if __name__ == "__main__":
    main()

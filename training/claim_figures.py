"""The figures of a folder of labelled articles: numbers alone, no word of any article.

    python -m training.claim_figures [FOLDER]

With no folder, those of the corpus. What stands in FOLDER stays unread: only sums over a language are shown.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from claims.extraction import extract_claims
from claims.records.article import Language
from training.claim_scoring import Score, add_scores, score_claims
from training.labelled_articles import FOLDER, list_labelled


def score_folder(language: Language, folder: Path = FOLDER) -> Score:
    """The micro score of the articles of a folder in one language."""
    return add_scores(
        score_claims(labelled.gold, extract_claims(labelled.article).claims)
        for labelled in list_labelled(language, folder)
    )


def format_figures(name: str, score: Score, polarity: bool = True) -> str:
    """One line of figures; without ``polarity`` where the labels say nothing of it."""
    told = f"polarity {score.polarity_accuracy:.3f}  " if polarity else ""
    return (
        f"{name:28} strict F1 {score.strict_f1:.3f}  P {score.precision:.3f}  R {score.recall:.3f}  "
        f"type {score.type_accuracy:.3f} (accepted {score.lenient_type_accuracy:.3f})  "
        f"{told}claims {score.claims}"
    )


def main() -> None:
    """Print the figures of a folder, a line a language."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", default=FOLDER)
    folder = parser.parse_args().folder
    for language in Language:
        print(format_figures(language.value, score_folder(language, folder)))


if __name__ == "__main__":
    main()

"""How often the sound of a katakana name finds its English, and how often it finds another's.

    python -m benchmarks.katakana_match [WORDS.txt]

Gold: every table row written in katakana alone. Candidates: the one-word English of all rows, the list of
names, and each word of WORDS.txt (one a line; for a hard test give it the words of all MeSH descriptors).
At the end, the ordinary words (キャンセル, スケジュール) that the shipped lexicon takes for a name.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from claims.lexicon.folding import unify_spelling
from claims.lexicon.katakana import build_sound_index
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import LexiconRow, load_names, load_rows
from claims.lexicon.terms import FoundBy
from claims.records.article import Language

ORDINARY = Path(__file__).resolve().parents[1] / "tests" / "lexicon" / "ordinary_katakana.txt"
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)


def name_words(row: LexiconRow) -> frozenset[str]:
    """The words of a row's English, singular and plural alike."""
    words = " ".join((*row.english, row.mesh)).lower()
    return frozenset(word.rstrip("se") for word in re.findall("[a-z]+", words))


def hears_name(word: str) -> bool:
    """Whether the shipped lexicon reads the word by its sound."""
    found, _ = load_lexicon().find_terms(word, Language.JA)
    return any(term.found_by is FoundBy.SOUND for term in found)


def main() -> None:
    """Print precision and recall at each threshold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", metavar="WORDS.txt", type=Path, nargs="?")
    asked = parser.parse_args()
    rows = list(load_rows())
    words = asked.words.read_text(encoding="utf-8").split() if asked.words else []
    own = [english for row in rows for english in row.english]
    index = build_sound_index(word.lower() for word in (*own, *load_names(), *words))
    gold = [
        (unify_spelling(spelling), name_words(row))
        for row in rows
        for spelling in (row.term, *row.variants)
        if re.fullmatch("[ァ-ヴー]{4,}", spelling)
    ]
    matches = [(index.find(katakana, 0.0), english) for katakana, english in gold]
    print(f"katakana {len(gold)}  candidates {len(index.names)}")
    for threshold in THRESHOLDS:
        judged = [
            m.english.rstrip("se") in english for m, english in matches if m and m.nearness >= threshold
        ]
        print(
            f"nearness {threshold:.2f}  precision {sum(judged) / len(judged):.3f}  "
            f"recall {sum(judged) / len(gold):.3f}"
        )
    ordinary = ORDINARY.read_text(encoding="utf-8").split()
    taken = [word for word in ordinary if hears_name(word)]
    print(f"ordinary words {len(ordinary)}  taken for a name {len(taken)}  {' '.join(taken)}")


if __name__ == "__main__":
    main()

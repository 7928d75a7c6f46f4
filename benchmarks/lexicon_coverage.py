"""How much of Japanese medical text the lexicon maps, and which terms it does not know.

    python benchmarks/lexicon_coverage.py [--unmapped N] [FILE ...]

FILE: text, Markdown, or JSON lines with ``claim_ja`` or ``text``; without any, the sample and the labelled
articles of the tests. A content term is a run of nouns as SudachiPy cuts them; numbers, counters, names of
people and places, stop words and images are left out. It counts as whole when every word of it is mapped, as
partly when some are. Printed: one row a file and the sum, then with ``--unmapped`` the terms with a rest, the
most frequent first.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from claims.lexicon.folding import fold_text, unify_spelling
from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.lexicon.tables import load_words
from claims.records.article import Language
from claims.text.japanese import Token, tokenize

ROOT = Path(__file__).resolve().parents[1]
_LABEL = re.compile(r"⟦\??[a-z,]+\||⟧")
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-龥]")
_LEFT_OUT = frozenset({"数詞", "助数詞可能", "固有名詞", "代名詞"})


class Mapping(StrEnum):
    """How much of a content term has an English side."""

    WHOLE = "whole"
    PARTLY = "partly"
    NOTHING = "nothing"


def main() -> None:
    """Print the shares of each file and of all, and the terms that nothing maps."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--unmapped", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    files = asked.files or [*ROOT.glob("samples/*_ja.md"), *ROOT.glob("training/articles/*_ja.txt")]
    lexicon = load_lexicon()
    everything: Counter[tuple[str, Mapping]] = Counter()
    for file in sorted(files):
        terms = Counter((term, judge_term(term, lexicon)) for term in list_terms(read_text(file)))
        print(_row(file.stem, terms))
        everything += terms
    print(_row("all", everything))
    rest = Counter({term: n for (term, how), n in everything.items() if how is not Mapping.WHOLE})
    for term, number in rest.most_common(asked.unmapped):
        print(f"{number}\t{term}")


def read_text(file: Path) -> str:
    """The Japanese text of a file, without the labels of a labelled article."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        rows = [json.loads(line) for line in text.splitlines() if line]
        text = "\n".join(row.get("claim_ja") or row.get("text", "") for row in rows)
    return _LABEL.sub("", text)


def list_terms(text: str) -> Iterator[str]:
    """The content terms in order: runs of nouns that hold more than stop words."""
    stopwords = {fold_text(word) for name in ("stopwords", "metaphors") for word in load_words(name)}
    run: list[Token] = []
    for token in [*tokenize(unify_spelling(text)), None]:
        if token is not None and _joins(token, run):
            run.append(token)
            continue
        words = [part.surface for part in run if fold_text(part.surface) not in stopwords]
        term = "".join(part.surface for part in run)
        if words and len(term) > 1 and fold_text(term) not in stopwords and _JAPANESE.search(term):
            yield term
        run = []


def _joins(token: Token, run: list[Token]) -> bool:
    kinds = ("名詞", "接頭辞", "接尾辞") if run else ("名詞", "接頭辞")
    return token.pos[0] in kinds and not _LEFT_OUT & set(token.pos)


def judge_term(term: str, lexicon: Lexicon) -> Mapping:
    """Whether the lexicon maps all of the term's letters, some, or none."""
    found, unmapped = lexicon.find_terms(term, Language.JA)
    if not found:
        return Mapping.NOTHING
    return Mapping.PARTLY if unmapped else Mapping.WHOLE


def _row(name: str, terms: Counter[tuple[str, Mapping]]) -> str:
    number = sum(terms.values())
    shares = {how: sum(n for (_, h), n in terms.items() if h is how) / max(number, 1) for how in Mapping}
    told = "  ".join(f"{how} {share:.3f}" for how, share in shares.items())
    return f"{name:32} terms {number:5}  {told}"


if __name__ == "__main__":
    main()

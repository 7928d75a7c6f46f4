"""Labelled pages of the web, read from a folder, with labels that stand beside them or in the project.

The texts are their publishers' and stay outside, as ``NAME.html``, ``.md`` or ``.txt``. Their labels:

- ``NAME.gold.jsonl`` beside the page: a row a sentence, item or table row (``text``, ``label`` of ``claim``,
  ``optional`` or ``not_claim``, ``type``, ``type_alt``);
- ``training/pages/NAME.tsv`` (``pages.tsv`` says where each page comes from and whether weights were fitted
  on it), written from it by ``python -m training.page_labels``: where the row's letters begin, how many they
  are, and their digest in place of the text.

Both are found again in the canonical text by their letters alone: white space, marks and the bars of tables
are left aside, so that a reader that lays a page out in another way loses no label.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.articles import read_article
from claims.records.article import Language
from claims.records.claim import ClaimType
from claims.text.tables import read_rows
from training.labelled_articles import Gold, Labelled

LABELS = Path(__file__).parent / "pages"
GOLD = ".gold.jsonl"
CLAIM, OPTIONAL = "claim", "optional"
_SUFFIXES = (".html", ".md", ".txt")
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class PageLabel:
    """A labelled row: its letters' place, number and digest, what it is, and its types, the first one first.

    ``start`` is a hint: where the letters stood when the row was written, or after the row before.
    """

    start: int
    letters: int
    digest: str
    label: str
    types: tuple[ClaimType, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled page, and how many of its labels were not found in what the reader made of it."""

    labelled: Labelled
    rows: int
    lost: int


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text as they are compared, and where each stands in it."""

    text: str
    places: tuple[int, ...]


def list_pages(folder: Path, language: Language | None = None) -> list[Labelled]:
    """The labelled pages of a folder in the order of their names, or those in one language."""
    return [page.labelled for page in read_pages(folder, language)]


def read_pages(folder: Path, language: Language | None = None) -> list[Page]:
    """As ``list_pages``, each with what became of its labels. A page without labels is left out."""
    pages = [
        _read_page(file, labels) for file in list_files(folder) if (labels := _find_labels(file)) is not None
    ]
    return [page for page in pages if language in (None, page.labelled.article.language)]


def list_files(folder: Path) -> list[Path]:
    """The pages of a folder, labelled or not, in the order of their names."""
    return sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES)


def list_fitted() -> frozenset[str]:
    """The names of the pages that the shipped weights were fitted on (``training/pages/pages.tsv``)."""
    return frozenset(row["name"] for row in read_rows(LABELS / "pages.tsv") if row["part"] == "fit")


def read_gold(labels: Path, letters: Letters) -> Iterator[PageLabel]:
    """The rows of a ``.gold.jsonl`` in their order; a text that stands there twice is taken in order.

    A row whose text does not stand in the page's letters keeps the place of the row before, and is lost.
    """
    after: dict[str, int] = {}
    last = 0
    for row in map(json.loads, filter(str.strip, labels.read_text(encoding="utf-8").splitlines())):
        words = spell(str(row["text"])).text
        at = letters.text.find(words, after.get(words, 0)) if words else -1
        if at >= 0:
            after[words], last = at + len(words), at
        named = dict.fromkeys((str(row.get("type")), *map(str, row.get("type_alt") or ())))
        types = tuple(ClaimType(name) for name in named if name in frozenset(ClaimType))
        yield PageLabel(last, len(words), digest_letters(words), str(row["label"]), types)


def read_table(labels: Path) -> Iterator[PageLabel]:
    """The rows of a table of the project."""
    for row in read_rows(labels):
        types = tuple(map(ClaimType, filter(None, row["types"].split("|"))))
        yield PageLabel(int(row["start"]), int(row["letters"]), row["digest"], row["label"], types)


def spell(text: str) -> Letters:
    """The letters of a text in one form and case, without white space, marks of markup and bars.

    >>> spell("Walking **reduces** pain").text
    'walkingreducespain'
    """
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKC", sign).lower():
            if letter not in "|*_`#" and not letter.isspace():
                letters.append(letter)
                places.append(place)
    return Letters("".join(letters), tuple(places))


def digest_letters(letters: str) -> str:
    """The beginning of the letters' SHA-256: enough to know them again, nothing to read them from."""
    return hashlib.sha256(letters.encode()).hexdigest()[:_DIGITS]


def _find_labels(file: Path) -> Path | None:
    beside, ours = file.with_name(file.stem + GOLD), LABELS / f"{file.stem}.tsv"
    return next((path for path in (beside, ours) if path.exists()), None)


def _read_page(file: Path, labels: Path) -> Page:
    article = read_article(file)
    letters = spell(article.text)
    rows = list(read_table(labels) if labels.suffix == ".tsv" else read_gold(labels, letters))
    found = list(_place(rows, letters))
    gold = tuple(
        Gold(article.text[start:end], start, end, row.types, negated=False, optional=row.label == OPTIONAL)
        for row, start, end in found
        if row.label in (CLAIM, OPTIONAL)
    )
    return Page(Labelled(file.stem, article, gold), len(rows), len(rows) - len(found))


def _place(rows: Iterable[PageLabel], letters: Letters) -> Iterator[tuple[PageLabel, int, int]]:
    """The rows that are found, with their spans in the text; what moved is looked for from where it stood."""
    moved = 0
    for row in rows:
        at = _find(row, letters.text, row.start + moved)
        if at is not None:
            moved = at - row.start
            yield row, letters.places[at], letters.places[at + row.letters - 1] + 1


def _find(row: PageLabel, text: str, near: int) -> int | None:
    """Where the row's letters stand, the place nearest to ``near``."""
    last = len(text) - row.letters
    if not row.letters or last < 0:
        return None
    for at in sorted(range(last + 1), key=lambda place: abs(place - near)):
        if digest_letters(text[at : at + row.letters]) == row.digest:
            return at
    return None

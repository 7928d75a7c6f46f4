"""Labelled pages of the web, kept outside the project: each a file beside its labels by text.

``NAME.gold.jsonl`` holds a row a sentence, item or table row (``text``, ``label`` of ``claim``, ``optional``
or ``not_claim``, ``type``, ``type_alt``) of ``NAME.html``, ``.md`` or ``.txt``. The labels are found again in
the canonical text by their letters alone, white space and the bars of tables left aside.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from claims.articles import read_article
from claims.records.article import Language
from claims.records.claim import ClaimType
from training.labelled_articles import Gold, Labelled

_SUFFIXES = (".html", ".md", ".txt")
_GOLD = ".gold.jsonl"


def list_pages(folder: Path, language: Language | None = None) -> list[Labelled]:
    """The labelled pages of a folder in the order of their names, or those in one language."""
    pages = [_read_page(path) for path in sorted(folder.glob(f"*{_GOLD}"))]
    return [page for page in pages if language in (None, page.article.language)]


def _read_page(labels: Path) -> Labelled:
    name = labels.name.removesuffix(_GOLD)
    file = next(path for suffix in _SUFFIXES if (path := labels.with_name(name + suffix)).exists())
    article = read_article(file)
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Labelled(name, article, tuple(_place(article.text, rows)))


def _place(text: str, rows: list[dict[str, str | list[str]]]) -> Iterator[Gold]:
    """The claims and optional rows with their spans; a text that stands there twice is taken in order."""
    letters, places = _spell(text)
    after: dict[str, int] = {}
    for row in rows:
        words, _ = _spell(str(row["text"]))
        at = letters.find(words, after.get(words, 0)) if words else -1
        if at < 0:
            continue
        after[words] = at + len(words)
        if row["label"] == "not_claim":
            continue
        start, end = places[at], places[at + len(words) - 1] + 1
        accepted = dict.fromkeys((str(row.get("type")), *map(str, row.get("type_alt") or ())))
        types = tuple(ClaimType(name) for name in accepted if name in frozenset(ClaimType))
        yield Gold(text[start:end], start, end, types, negated=False, optional=row["label"] == "optional")


def _spell(text: str) -> tuple[str, list[int]]:
    """The letters of a text as they are compared, and where each stands in it."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKC", sign).lower():
            if letter not in "|*_`#" and not letter.isspace():
                letters.append(letter)
                places.append(place)
    return "".join(letters), places

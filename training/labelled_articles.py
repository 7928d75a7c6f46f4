"""Labelled articles: the source with each claim marked in place, read into an article and its gold rows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from claims.articles import parse_article
from claims.records.article import Article, Language
from claims.records.claim import Certainty, ClaimType

FOLDER = Path(__file__).parent / "articles"
# Articles that nobody who worked on the rules has read; not there until they are handed over.
_MARK = re.compile(r"⟦(\??)([a-z,]+)\|([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Gold:
    """A marked span: ``types`` holds the type first, then those that are accepted as well."""

    text: str
    start: int
    end: int
    types: tuple[ClaimType, ...]
    negated: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article without its marks, and the gold rows whose offsets count in its canonical text."""

    name: str
    article: Article
    gold: tuple[Gold, ...]


def read_labelled(source: str, name: str) -> Labelled:
    """The article behind the marks ``⟦type,other type|words⟧``.

    ``?`` before the type makes the row optional; ``negated`` among the types is its polarity.
    """
    plain, gold, at = "", [], 0
    for mark in _MARK.finditer(source):
        plain += source[at : mark.start()]
        words = mark[3]
        names = mark[2].split(",")
        types = tuple(ClaimType(name) for name in names if name != Certainty.NEGATED.value)
        start = len(plain)
        plain += words
        negated = Certainty.NEGATED.value in names
        gold.append(Gold(words, start, len(plain), types, negated, bool(mark[1])))
        at = mark.end()
    return Labelled(name, parse_article(plain + source[at:], origin=name), tuple(gold))


def list_labelled(language: Language | None = None, folder: Path = FOLDER) -> list[Labelled]:
    """The articles of a folder in the order of their file names, or those in one language."""
    corpus = [
        read_labelled(path.read_text(encoding="utf-8"), path.stem) for path in sorted(folder.glob("*.txt"))
    ]
    return [labelled for labelled in corpus if language in (None, labelled.article.language)]


def corpus_digest(folder: Path = FOLDER) -> str:
    """SHA-256 over the articles of a folder, which a floor is pinned with."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.txt")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()

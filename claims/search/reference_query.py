"""The queries that find the record of an author's reference by what it says: title, author, year."""

from __future__ import annotations

import re

from claims.records.retrieval import Query, Rung
from claims.references.identity import COMMON_WORDS, fold

# A volume with its pages, as papers have and books, guidelines and pages of the web have not.
_PAGES = re.compile(
    r"[0-9]{1,4}\s?(?:\([^)]{1,9}\))?\s?[:：]\s?[eES]?[0-9]{1,6}|\bvol\.?\s?[0-9]|\bpp?\.\s?[0-9]", re.I
)
_DOCUMENT = re.compile(
    r"\bISBN\b|\b(?:Press|Publishers?|Publishing|Verlag|Elsevier|Springer|Wiley)\b|"
    r"\b[0-9](?:st|nd|rd|th) ed\b|\bIn: |\bguidelines?\b|\breport\b|https?://",
    re.I,
)
_ADDRESS = re.compile(r"(?:https?://|doi\s?[:：]?\s?|PMID\s?[:：]?\s?|PMCID\s?[:：]?\s?)\S+", re.I)
_LABEL = re.compile(r"\s*(?:\[[^\]]{1,20}\]\s?[:：]?|[(（]?[0-9]{1,3}[.)）:：])\s*")
_QUOTED = re.compile(r"[\"“「『]([^\"”」』]{15,300})[\"”」』]")
# A sentence goes on in small letters behind an abbreviation ("vs. placebo"), but for journals written so.
_PART = re.compile(
    r"(?:(?<=[a-z0-9)\]])|(?<=[A-Z]{2}))[.?!]\s+(?!(?!eLife|(?:med|bio)Rxiv|npj |iScience|mBio)[a-z])"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")
_INITIALS = r"[A-Z]\.?(?:[- ]?[A-Z]\.?){0,2}(?![\w'’-])"
_SURNAME = r"(?:[a-z]{2,3} ){0,2}[A-ZÀ-ÖØ-ÞĀ-Ž][a-zA-ZÀ-ÖØ-öø-ÿĀ-ž'’-]{1,30}"
_NAME = rf"(?:{_SURNAME},? {_INITIALS}|{_INITIALS} ?{_SURNAME})"
_AUTHORS = re.compile(
    rf"{_NAME}(?:(?:[,;] ?(?:& |and )?| ?& ?| and ){_NAME}){{0,60}}"
    r"(?:,? et al\b\.?)?[.,:]? ?(?:\([0-9]{4}[a-z]?\)[.,:]? ?)?"
)
_LAST_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zA-ZÀ-ÖØ-öø-ÿĀ-ž'’-]{0,30}[a-zß-öø-ÿā-ž]")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_FEWEST_WORDS, _MOST_WORDS = 2, 12
_TELLING_WORDS = 4


def word_reference_queries(words: str) -> tuple[Query, ...]:
    """Queries for the paper of a reference, narrow to wide; none where PubMed has nothing to be asked for.

    First every word of its title; then the longest of them with first author and year, for a title that is
    written otherwise. Books, guidelines, pages of the web and references in Japanese have none.

    >>> for query in word_reference_queries("Roe A. Zinc restores taste. J Sample. 2019;4:1-8."):
    ...     print(query.text)
    zinc[ti] AND restores[ti] AND taste[ti]
    restores[ti] AND taste[ti] AND zinc[ti] AND roe[au] AND 2019[dp]
    >>> word_reference_queries("Roe A. Handbook of zinc. 2nd ed. Sample Press; 2018.")
    ()
    """
    label = _LABEL.match(words)
    said = " ".join(_ADDRESS.sub(" ", words[label.end() if label else 0 :]).split())
    if _DOCUMENT.search(words) and not _PAGES.search(said):
        return ()
    title = find_title(said)
    found = list(
        dict.fromkeys(word.lower() for word in _WORD.findall(title) if word.lower() not in COMMON_WORDS)
    )
    if len(found) < _FEWEST_WORDS:
        return ()
    texts = [" AND ".join(f"{word}[ti]" for word in found[:_MOST_WORDS])]
    authors, year = _AUTHORS.match(said), _YEAR.search(said)
    if authors and year and (author := _LAST_NAME.search(authors[0])):
        telling = sorted(found, key=lambda word: -len(word))[:_TELLING_WORDS]
        name = fold(author[0]).replace("’", "'")
        texts.append(" AND ".join([*(f"{word}[ti]" for word in telling), f"{name}[au]", f"{year[0]}[dp]"]))
    return tuple(Query(Rung.BY_HAND, text) for text in dict.fromkeys(texts))


def find_title(words: str) -> str:
    """The part of a reference that is its title: what stands in quotes, else what follows the authors."""
    if quoted := _QUOTED.search(words):
        return quoted[1]
    authors = _AUTHORS.match(words)
    if authors:
        return _PART.split(words[authors.end() :], maxsplit=1)[0]
    return max(_PART.split(words), key=_count_small, default="")


def _count_small(part: str) -> int:
    """How many words of a part are written small, as those of a title are."""
    return sum(word.islower() for word in _WORD.findall(part))

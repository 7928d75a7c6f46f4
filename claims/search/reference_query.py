"""The queries that find the record of an author's reference by what it says: title, author, year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records.retrieval import Query, Rung
from claims.references.fields import CitationFields, drop_addresses, find_title, read_fields
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
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")
_LATIN = re.compile(r"[ -~\u00c0-\u024f]+")
_FEWEST_WORDS, _MOST_WORDS = 2, 12
_TELLING_WORDS = 4


def word_reference_queries(words: str) -> tuple[Query, ...]:
    """Queries for the paper of a reference, narrow to wide; none where PubMed has nothing to be asked for.

    First every word of its title; then the longest of them with first author and year, for a title that is
    written otherwise; then where it stands: journal, year, volume and first page, as a reference without a
    title has them. Books, guidelines, pages of the web and references in Japanese have none.

    >>> for query in word_reference_queries("Roe A. Zinc restores taste. J Sample. 2019;4:1-8."):
    ...     print(query.text)
    zinc[ti] AND restores[ti] AND taste[ti]
    restores[ti] AND taste[ti] AND zinc[ti] AND roe[au] AND 2019[dp]
    "J Sample"[ta] AND 2019[dp] AND 4[vi] AND 1[pg] AND roe[au]
    2019[dp] AND 4[vi] AND 1[pg] AND roe[au]
    "J Sample"[ta] AND 2019[dp] AND roe[au]
    >>> word_reference_queries("Roe A. Handbook of zinc. 2nd ed. Sample Press; 2018.")
    ()
    """
    if _DOCUMENT.search(words) and not _PAGES.search(drop_addresses(words)):
        return ()
    said = read_fields(words)
    author = fold(said.author).replace("’", "'")
    texts = [*_word_title(find_title(drop_addresses(words)), author, said.year), *_word_place(said, author)]
    return tuple(Query(Rung.BY_HAND, text) for text in dict.fromkeys(texts))


def _word_title(title: str, author: str, year: str) -> Iterator[str]:
    """Every word of the title, then the longest with first author and year; none of a title of one word."""
    said = (word.lower() for word in _WORD.findall(title))
    found = list(dict.fromkeys(word for word in said if word not in COMMON_WORDS))
    if len(found) < _FEWEST_WORDS:
        return
    yield " AND ".join(f"{word}[ti]" for word in found[:_MOST_WORDS])
    if author and year:
        telling = sorted(found, key=lambda word: -len(word))[:_TELLING_WORDS]
        yield " AND ".join([*(f"{word}[ti]" for word in telling), f"{author}[au]", f"{year}[dp]"])


def _word_place(said: CitationFields, author: str) -> Iterator[str]:
    """Journal, year, volume, first page and author; then without the journal, then without the place.

    The fields are PubMed's own (NBK3827). At least two of author, year and place stand in each query.
    """
    name = " ".join(re.findall(r"[^\W_]+", said.journal)) if _LATIN.fullmatch(said.journal) else ""
    journal = f'"{name}"[ta]' if name else ""
    year = f"{said.year}[dp]" if said.year else ""
    place = f"{said.volume}[vi] AND {said.page}[pg]" if said.volume and said.page else ""
    by = f"{author}[au]" if author else ""
    for parts, needed in (
        ((journal, year, place, by), place and (year or by) and (journal or by)),
        ((year, place, by), year and place and by),
        ((journal, year, by), journal and year and by),
    ):
        if needed:
            yield " AND ".join(filter(None, parts))

"""References that are no papers of PubMed, read as documents: who published what, when, at which address."""

from __future__ import annotations

import re

from claims.records.document import DocumentDetails
from claims.records.lengths import LENGTHS
from claims.records.reference import NamedPaper

_ADDRESS = re.compile(r"https?://[^\s<>\"'、。）)]{4,500}")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# The end of a part: no abbreviation goes on behind it in small letters or with a number.
_PART = re.compile(r"(?<=[^.\s]{3})[.．]\s+(?![a-z0-9])|[.．]\s*$|。")
# People before a title: family names with initials, in either order.
_INITIALS = r"[A-Z]\.?(?:[- ]?[A-Z]\.?){0,2}(?![\w'’-])"
_SURNAME = r"(?:[a-z]{2,3} ){0,2}[A-ZÀ-ÖØ-ÞĀ-Ž][\wÀ-ž'’-]{1,30}"
_NAME = rf"(?:{_SURNAME},? {_INITIALS}|{_INITIALS} ?{_SURNAME})"
_PEOPLE = re.compile(
    rf"{_NAME}(?:(?:[,;] ?(?:& |and )?| ?& ?| and ){_NAME}){{0,60}}(?:,? et al\b\.?)?[.,:]?\s+"
)
# Words that an organisation's name may write small.
_SMALL = frozenset({"of", "for", "and", "the", "in", "on", "de", "du", "der", "für", "et"})
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# No name of a publisher or of people, but of what they publish.
_NAMES_WORK = re.compile(
    r"[\u3041-\u309f]|ガイドライン|基準|手引|マニュアル|指針|要領|添付文書|インタビューフォーム|ハンドブック|入門|白書|報告|概論|事典|辞典|[0-9]版"
)


def read_document(said: NamedPaper) -> DocumentDetails:
    """The document of a reference: people or an organisation at its head published it, the rest is its title.

    >>> read_document(NamedPaper("見本省. 食事摂取基準（2020年版）. https://example.org/drv"))
    ... # doctest: +NORMALIZE_WHITESPACE
    DocumentDetails(title='食事摂取基準（2020年版）', body='見本省', published='2020',
    address='https://example.org/drv', quotation='', place='', accessed_on=None,
    expires_on=None)
    >>> read_document(NamedPaper("Roe A, Doe B. Handbook of zinc. 2nd ed. Sample Press; 2018.")).title
    'Handbook of zinc. 2nd ed. Sample Press; 2018'
    """
    address, year = _ADDRESS.search(said.words), _YEAR.search(said.words)
    words = " ".join(_ADDRESS.sub(" ", said.words).split()).strip(" .,;")
    body, title = _part_publisher(words)
    return DocumentDetails(
        title=(title or said.words)[: LENGTHS["document.title"]],
        body=body[: LENGTHS["document.body"]],
        published=year[0] if year else "",
        address=address[0].rstrip(".,;") if address else "",
    )


def _part_publisher(words: str) -> tuple[str, str]:
    """Who published it, "" where the reference begins with the title, and the whole title."""
    if (people := _PEOPLE.match(words)) and people.end() < len(words):
        return people[0].strip(" ,:"), words[people.end() :]
    end = _PART.search(words)
    if end is None or end.end() >= len(words) or not _names_publisher(words[: end.start()].strip()):
        return "", words
    return words[: end.start()].strip(), words[end.end() :].strip()


def _names_publisher(part: str) -> bool:
    """Whether it is written as the name of an organisation or of people, not as a title.

    >>> _names_publisher("World Health Organization"), _names_publisher("Clinical guideline for alopecia")
    (True, False)
    """
    if _JAPANESE.search(part):
        return not _NAMES_WORK.search(part)
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", part) if word.lower() not in _SMALL)

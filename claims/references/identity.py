"""Whether a record of PubMed is the paper that an author's reference names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from claims.records.citation import Citation, Pmid
from claims.records.reference import Detail, Identity
from claims.references.fields import CitationFields, read_fields

# Of a title's words so many stand in the reference when it is the same paper; with fewer than the lower share
# it is another one, even if author and year are right.
_SAME_TITLE, _LIKE_TITLE = 0.8, 0.2
_SHORTEST_WORD = 3
# They stand in any title, and PubMed does not index some of them.
COMMON_WORDS = frozenset(
    ["the", "and", "for", "with", "from", "into", "that", "are", "was", "were", "its", "their", "not", "but"]
)
_WORD = re.compile(r"[a-z0-9]+")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# What only names a paper: without it a reference says nothing that could differ.
_IDENTIFIERS = re.compile(
    r"PMID\W{0,3}[0-9]+|\bPMC\s?[0-9]+|(?:https?://)?(?:[\w-]{1,20}\.){0,3}(?:doi\.org|ncbi\.nlm\.nih\.gov)\S*|"
    r"(?:doi\W{0,3})?\b10\.[0-9]{4,9}/\S+",
    re.IGNORECASE,
)
_FEWEST_SAID = 3
# The names of journals are told with these and without.
_JOURNAL_SMALL = frozenset(["the", "of", "and", "in", "for", "on", "a"])
# What stands beside an identifier and names no paper.
_SAYS_NOTHING = frozenset(
    [
        *("available", "from", "pubmed", "pmid", "pmc", "pmcid", "doi", "free", "full", "text", "epub"),
        *("abstract", "online", "cited", "accessed", "link", "see", "also", "ref", "reference", "source"),
        *("via", "http", "https", "www", "org", "the", "and", "for"),
    ]
)


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """The outcome of a look-up: the record's PMID where there is one, and what differs."""

    identity: Identity
    pmid: Pmid | None = None
    differs: tuple[Detail, ...] = ()


def check_identity(words: str, citation: Citation, doi: str = "", pmcid: str = "") -> IdentityCheck:
    """What a reference and the record that one of its identifiers leads to say of each other.

    Compared are title, year and first author where the ``words`` name them, and the other identifiers that
    the reference has, ``doi`` and ``pmcid``. One that is nothing but an identifier says nothing else, and is
    the same. Of a reference in Japanese the title is compared where the record has one in Japanese, else the
    year, else volume and page; where it names none of these, that nothing was compared is told.
    One without a title is compared by author, year and place: neither author nor place tells another paper.
    A record that stands where the reference says is no other paper's, however the title is written.
    """
    said = fold(_IDENTIFIERS.sub(" ", words))
    named = [word for word in _WORD.findall(said) if word not in _SAYS_NOTHING and not word.isdecimal()]
    japanese = len(_JAPANESE.findall(said))
    is_named, is_japanese = len(named) > 1 or japanese >= _FEWEST_SAID, japanese > len(_WORD.findall(said))
    native = measure_native_title(said, citation) if is_japanese else None
    likeness = measure_title(words, citation) if native is None else native
    is_compared = native is not None or _is_placed(said, citation)
    is_by_author, has_native_title = _names_author(said, citation), native is None or native >= _SAME_TITLE
    # "Smith 2020" names no title.
    has_title = likeness >= _SAME_TITLE or (len(named) < _FEWEST_SAID and is_by_author)
    found = tuple(
        detail
        for detail, is_told in (
            (Detail.TITLE, has_native_title if is_japanese else not is_named or has_title),
            (Detail.YEAR, _names_year(said, citation)),
            (Detail.AUTHOR, not is_named or is_japanese or is_by_author),
            (Detail.IDENTIFIER, _has_identifiers(citation, doi, pmcid)),
        )
        if not is_told
    )
    fields = read_fields(words)
    if Detail.TITLE in found and fields.is_short and not is_japanese:
        return _check_short(fields, citation, Detail.IDENTIFIER in found)
    if not found:
        if is_named and is_japanese and not is_compared:
            return IdentityCheck(Identity.DIFFERS, citation.pmid, (Detail.NOT_COMPARED,))
        return IdentityCheck(Identity.SAME, citation.pmid)
    has_other_title = Detail.TITLE in found and (len(found) > 1 or likeness < _LIKE_TITLE)
    has_other_title = has_other_title and not stands_at(fields, citation)
    # Of two identifiers that lead to two papers only words could tell which is meant.
    is_torn = Detail.IDENTIFIER in found and (not is_named or is_japanese)
    is_other = has_other_title or is_torn
    return IdentityCheck(Identity.OTHER_PAPER if is_other else Identity.DIFFERS, citation.pmid, found)


def _has_identifiers(citation: Citation, doi: str, pmcid: str) -> bool:
    """Whether the record has no other DOI or PMCID than the reference."""
    pairs = ((doi, citation.doi), (pmcid, citation.pmc))
    return all(not said or not known or said.lower() == known.lower() for said, known in pairs)


def _check_short(fields: CitationFields, citation: Citation, is_torn: bool) -> IdentityCheck:
    """What a reference without a title and the record of its identifier say of each other."""
    agree, differ = compare_fields(fields, citation)
    found = (*differ, Detail.IDENTIFIER) if is_torn else differ
    if not found:
        return IdentityCheck(Identity.SAME, citation.pmid)
    is_paper = Detail.AUTHOR in agree or Detail.PAGE in agree or not differ
    return IdentityCheck(Identity.DIFFERS if is_paper else Identity.OTHER_PAPER, citation.pmid, found)


def compare_fields(
    fields: CitationFields, citation: Citation
) -> tuple[tuple[Detail, ...], tuple[Detail, ...]]:
    """Which fields of the reference are the record's, and which are not; what either lacks is neither.

    A page is the record's only in its volume.
    """
    said, volume, first = fold(fields.page), fold(citation.volume), fold(citation.pages)
    page = (re.match(r"[a-z]*[0-9]+", first) or [""])[0]
    has_volume = volume.partition("-")[0] == fields.volume
    names = {" ".join(_list_words(one.last_name or one.collective)) for one in citation.authors[:1]}
    told = (
        (Detail.AUTHOR, fields.author and names, " ".join(_list_words(fields.author)) in names),
        (Detail.JOURNAL, fields.journal and citation.journal, _is_in_journal(fields.journal, citation)),
        (Detail.YEAR, fields.year and citation.published_year, _names_year(fields.year, citation)),
        (Detail.VOLUME, fields.volume and volume, has_volume),
        (Detail.PAGE, said and page, said == page and (has_volume or not volume)),
    )
    compared = [(detail, bool(is_there), is_told) for detail, is_there, is_told in told]
    return (
        tuple(detail for detail, is_there, is_told in compared if is_there and is_told),
        tuple(detail for detail, is_there, is_told in compared if is_there and not is_told),
    )


def stands_at(fields: CitationFields, citation: Citation) -> bool:
    """Whether volume and first page are the record's, and author or year too."""
    agree, _ = compare_fields(fields, citation)
    return {Detail.VOLUME, Detail.PAGE} <= set(agree) and not {Detail.AUTHOR, Detail.YEAR}.isdisjoint(agree)


def _is_in_journal(name: str, citation: Citation) -> bool:
    """Whether a journal's name is the record's: whole, shortened word by word, or by initials."""
    said = [word for word in _list_words(name) if word not in _JOURNAL_SMALL]
    for known in filter(None, (citation.journal, citation.journal_abbreviation)):
        words = [word for word in _list_words(known.partition(" : ")[0]) if word not in _JOURNAL_SMALL]
        plain = [word for word in _list_words(re.sub(r"\(.*", "", known)) if word not in _JOURNAL_SMALL]
        for full in (words, plain):
            shortened = len(said) == len(full) and all(
                one.startswith(other) or other.startswith(one) for one, other in zip(full, said, strict=True)
            )
            if shortened or said == ["".join(word[0] for word in full)]:
                return True
    return False


def choose_record(words: str, found: Iterable[Citation], doi: str = "", pmcid: str = "") -> IdentityCheck:
    """The record among those that a search brought that is the reference's paper.

    It has the title, and of several author and year too; or it stands in the volume and on the page, with
    author or year. A reference that names neither title nor place has it where author, year and journal bring
    one record alone. Where none is so there is no record.
    """
    fields, records = read_fields(words), tuple(found)
    checks = [(check_identity(words, citation, doi, pmcid), citation) for citation in records]
    if fields.is_short:
        fitting = [check for check, one in checks if _fits(fields, one, alone=len(records) == 1)]
    else:
        fitting = [
            check for check, one in checks if Detail.TITLE not in check.differs or stands_at(fields, one)
        ]
    return min(fitting, key=lambda check: len(check.differs), default=IdentityCheck(Identity.NO_RECORD))


def _fits(fields: CitationFields, citation: Citation, alone: bool) -> bool:
    """Whether two of author, year and place agree; without a place the journal too, in one record alone."""
    agree, _ = compare_fields(fields, citation)
    if fields.page:
        return stands_at(fields, citation)
    return alone and {Detail.AUTHOR, Detail.YEAR, Detail.JOURNAL} <= set(agree)


def measure_title(words: str, citation: Citation) -> float:
    """The share of the words of the record's title that stand in the reference, 0 to 1."""
    said = set(_list_words(words))
    words_of_title = (word for word in _list_words(citation.title) if len(word) >= _SHORTEST_WORD)
    title = [word for word in words_of_title if word not in COMMON_WORDS]
    return sum(word in said for word in title) / len(title) if title else 0.0


def measure_native_title(said: str, citation: Citation) -> float | None:
    """The share of the pairs of signs of the record's Japanese title that stand in the folded reference.

    ``None`` where the record has no title in Japanese.
    """
    title = "".join(re.findall(r"[^\W_]", fold(citation.vernacular_title)))
    if len(_JAPANESE.findall(title)) < _FEWEST_SAID:
        return None
    told = "".join(re.findall(r"[^\W_]", said))
    pairs = [first + second for first, second in pairwise(title)]
    return sum(pair in told for pair in pairs) / len(pairs)


def _is_placed(said: str, citation: Citation) -> bool:
    """Whether the reference names a year, which is compared, or the record's volume and first page."""
    numbers = set(re.findall(r"[0-9]+", said))
    page = re.match(r"[0-9]+", citation.pages)
    at_place = page is not None and citation.volume in numbers and page[0] in numbers
    return bool(_YEAR.search(said) and citation.published_year) or at_place


def _names_year(said: str, citation: Citation) -> bool:
    """Whether a year of the record's stands in the reference, or it names none."""
    years = set(_YEAR.findall(said))
    electronic = {str(citation.electronic_date.year)} if citation.electronic_date else set()
    known = {str(citation.published_year)} | set(_YEAR.findall(citation.published)) | electronic
    return not years or citation.published_year is None or bool(years & known)


def _names_author(said: str, citation: Citation) -> bool:
    """Whether the first author stands in the reference, or it names nobody before the title."""
    if not citation.authors:
        return True
    first = citation.authors[0]
    name, title = _list_words(first.last_name or first.collective), _list_words(citation.title)
    words = _WORD.findall(said)
    before = words[: words.index(title[0])] if title and title[0] in words else words
    names_nobody = all(word.isdecimal() or len(word) == 1 for word in before)
    return names_nobody or f" {' '.join(name)} " in f" {' '.join(words)} "


def _list_words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def fold(text: str) -> str:
    """Small letters without accents, full-width forms as narrow ones."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).lower()

"""What a reference names its paper by, in the fields of a citation: author, title, journal, year, place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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
_YEAR = r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])"
_ANY_YEAR = re.compile(_YEAR)
# Behind it nothing is said any more.
_LAST_YEAR = re.compile(rf"[,.;\s]{{0,9}}\(?{_YEAR}\)?\W{{0,9}}\Z")
_AUTHORS = re.compile(
    rf"{_NAME}(?:(?:[,;] ?(?:& |and )?| ?& ?| and ){_NAME}){{0,60}}"
    r"(?:,? et al\b\.?)?[.,:]? ?(?:\([0-9]{4}[a-z]?\)[.,:]? ?)?"
)
_OTHERS = re.compile(r"(?<=[A-Za-z.,、])\s?(?:ら|ほか|他)(?=\W|\Z)")
_AUTHORS_END = re.compile(r"(?:[.,:)]|et al)\s?\Z")
_IS_OTHERS = re.compile(r"\s?et al\b")
# Family names alone, which only "et al." or a year behind them tells from a journal.
_BARE_NAMES = re.compile(
    rf"{_SURNAME}(?:(?:, (?:& |and )?| & | and ){_SURNAME}){{0,5}}"
    rf"(?:,?\set al\b[.,:]*\s?|(?=[,、]?\s?\(?{_YEAR}\)?\W{{0,9}}\Z))"
)
_LAST_NAME = re.compile(rf"{_SURNAME}")
_MONTH = r"(?:\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?(?:[-\s]\w{1,3})?)?"
_PAGES = r"(?P<page>[A-Za-z]{0,2}[0-9]{1,7})(?:\s?-\s?[A-Za-z]{0,2}[0-9]{1,7})?"
_VOLUME = r"(?P<volume>[0-9]{1,4})(?:-[A-Z])?"
_PLACES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\(?(?P<year>{_YEAR})\)?{_MONTH}\s?[;,:.]?\s?(?:vol\.?\s?)?"
        rf"(?:{_VOLUME}\s?(?:\([^)]{{1,15}}\))?|\((?P<issue>[0-9]{{1,3}})\))\s?[:;,]\s?(?:pp?\.?\s?)?{_PAGES}",
        rf"(?<![0-9])(?:vol\.?\s?)?{_VOLUME}\s?(?:\([^)]{{1,15}}\))?\s?[:,]\s?(?:no\.?\s?[0-9]{{1,3}},\s?)?"
        rf"(?:pp?\.?\s?)?{_PAGES}\s?[,.;]?\s?\(?(?P<year>{_YEAR})",
        rf"(?<![0-9])(?:vol\.?\s?)?{_VOLUME}\s?(?:\([^)]{{1,15}}\))?\s?[:,]\s?(?:pp?\.?\s?)?{_PAGES}(?P<year>)",
    )
)
# Words that the name of a journal writes small.
_SMALL = frozenset(
    ["of", "the", "and", "in", "for", "on", "de", "et", "la", "der", "und", "für", "journal", "medicine"]
)
_MOST_WORDS = 9
# Lancet (London, England)
_TOWN = re.compile(r"(?<=[A-Za-z])\s?\([A-Z][^()]{2,40}\)?\Z")
# J. Am. Acad. Dermatol.: full stops that end no part.
_ABBREVIATED = re.compile(r"(?:[A-Z][A-Za-z]{0,8}+\.\s?+){2,9}+(?:[A-Z][A-Za-z]{0,12}+\.?+\s?+){0,3}+\Z")
_LONGEST_FIRST = 4


@dataclass(frozen=True, slots=True)
class CitationFields:
    """What a reference says of its paper, each "" where it does not: first author's last name, first page."""

    author: str = ""
    title: str = ""
    journal: str = ""
    year: str = ""
    volume: str = ""
    page: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it names a paper without its title: by author and year, or by its place in a journal."""
        return not self.title and bool(self.page or (self.author and self.year))


def drop_addresses(words: str) -> str:
    """The reference without its label and its identifiers."""
    label = _LABEL.match(words)
    return " ".join(_ADDRESS.sub(" ", words[label.end() if label else 0 :]).split())


def read_fields(words: str) -> CitationFields:
    """The fields of a reference, in any of the orders in which they are usually written.

    >>> read_fields("Roe A, et al. J Sample. 2019;4:1-8.")
    CitationFields(author='Roe', title='', journal='J Sample', year='2019', volume='4', page='1')
    """
    said = _OTHERS.sub(" et al.", unicodedata.normalize("NFKC", drop_addresses(words)).translate(_DASHES))
    place = next(filter(None, (_find_last(pattern, said) for pattern in _PLACES)), None)
    authors = _match_authors(said, place)
    start = authors.end() if authors else 0
    years = _ANY_YEAR.findall(said)
    year = (place["year"] if place else "") or (years[-1] if years else "")
    head = said[start : place.start()] if place else said[start:]
    if not place:
        head = _LAST_YEAR.sub("", head)
    name = _LAST_NAME.search(authors[0]) if authors else None
    title, journal = _part_journal(head.strip(" ,.;:("), is_placed=place is not None)
    return CitationFields(
        name[0] if name else "",
        title,
        journal,
        year,
        (place["volume"] or place.groupdict().get("issue") or "") if place else "",
        place["page"] if place else "",
    )


_DASHES = str.maketrans("‐‑‒–—−", "------")


def _find_last(pattern: re.Pattern[str], said: str) -> re.Match[str] | None:
    return next(iter(list(pattern.finditer(said))[-1:]), None)


def _match_authors(said: str, place: re.Match[str] | None) -> re.Match[str] | None:
    """The people at the head; in a short form they may be family names alone."""
    found = _AUTHORS.match(said)
    # "Am J Sample Med 2015;43:1" begins like a name, but no sign ends it.
    if found and (place is None or _AUTHORS_END.search(found[0]) or _IS_OTHERS.match(said, found.end())):
        return found
    found = _BARE_NAMES.match(said)
    return found if found and (place is None or found.end() <= place.start()) else None


def _part_journal(head: str, is_placed: bool) -> tuple[str, str]:
    """The title and the journal of what stands between the authors and the year or the volume."""
    head = _TOWN.sub("", head)
    run = _ABBREVIATED.search(f"{head}.")
    shortened = re.findall(r"\w+", run[0]) if run else []
    if run and len(shortened[0]) <= _LONGEST_FIRST:
        return head[: run.start()].strip(" ."), " ".join(shortened)
    parts = [part.strip(" ,.;:") for part in _PART.split(head)]
    if len(parts) > 1:
        return parts[0], parts[-1]
    if is_placed and "," in head and not _is_journal(head):
        title, _, journal = head.rpartition(",")
        if _is_journal(journal):
            return title.strip(), journal.strip()
    return ("", head) if _is_journal(head) else (head, "")


def _is_journal(part: str) -> bool:
    """Whether a part is written as the name of a journal, or there is none."""
    words = re.findall(r"[^\W\d_]+", part)
    return len(words) <= _MOST_WORDS and all(word[0].isupper() or word.lower() in _SMALL for word in words)


def find_title(words: str) -> str:
    """The part of a reference that is its title: what stands in quotes, else what follows the authors.

    "" where what follows them is the journal.
    """
    if quoted := _QUOTED.search(words):
        return quoted[1]
    if read_fields(words).is_short:
        return ""
    authors = _AUTHORS.match(words)
    if authors:
        return _PART.split(words[authors.end() :], maxsplit=1)[0]
    return max(_PART.split(words), key=_count_small, default="")


def _count_small(part: str) -> int:
    """How many words of a part are written small, as those of a title are."""
    return sum(word.islower() for word in _WORD.findall(part))

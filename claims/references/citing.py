"""Which sentence points at which reference."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import merge

from claims.records.article import Article, BlockKind
from claims.records.reference import NamedPaper, Span
from claims.references.links import show_links
from claims.references.lists import (
    Reference,
    find_best,
    is_by,
    read_identifiers,
    read_references,
    strip_label,
)
from claims.references.markers import Marker, MarkerSort, find_markers
from claims.references.rounded import locate_rounded

# A note of the page at the head of a line: its mark points there, whatever a numbered list holds.
_STARRED = re.compile(r"^[ \t\u3000]*[※＊*†‡]\s?([0-9０-９]{1,3})", re.MULTILINE)
_NOTED = re.compile(r"^[ \t\u3000]*\[\^([\w-]{1,20})\]\s?[:：]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CitedReference:
    """A reference with the spans of the sentences that point at it, in the article's order."""

    reference: Reference
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LocatedReference:
    """A reference with what it says of itself, and the spans of the marks that point at it."""

    reference: Reference
    said: NamedPaper
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TornMark:
    """A mark that points at an entry, and is a link to another paper than that at ``address``."""

    label: str
    address: str


class Citing:
    """The references of one article, and what its sentences point at."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self.listed = read_references(article)
        self._by_label: dict[str, list[Reference]] = {}
        self._notes = {
            MarkerSort.STAR: {
                unicodedata.normalize("NFKC", label) for label in _STARRED.findall(article.text)
            },
            MarkerSort.NOTE: set(_NOTED.findall(article.text)),
        }
        for entry in self.listed:
            self._by_label.setdefault(entry.label, []).append(entry)
        self._rounded = self._locate_rounded(article)
        self.torn = self._name_by_links(article) if "](" in self._text else ()

    @property
    def rounded(self) -> frozenset[str]:
        """The labels that marks in round brackets name; empty where the article marks otherwise."""
        return frozenset(label for marker in self._rounded for label in marker.labels)

    def find(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references that the sentence at ``start`` to ``end`` points at, in its order, each once.

        A mark with a number points at the entry of that label, a name with a year at the entry that holds
        both; a PMID, PMCID or DOI at the entry that has it, and where none does it is a reference itself.
        """
        return tuple(dict.fromkeys(entry for _, entry in self.follow(start, end)))

    def follow(self, start: int, end: int) -> Iterator[tuple[Span, Reference]]:
        """Each mark of ``start`` to ``end`` with each reference that it points at."""
        for marker, link in self._find_markers(start, end):
            for label in marker.labels:
                for entry in self._find(label, marker) or self._name(label, link):
                    yield (marker.start, link.end if link else marker.end), entry

    def list_lost(self, start: int, end: int) -> tuple[str, ...]:
        """The numbers and names in the sentence's marks that no entry of the lists bears."""
        named = (
            (label, marker)
            for marker, link in self._find_markers(start, end)
            for label in marker.labels
            if link is None
        )
        return tuple(
            label
            for label, marker in named
            if not (self._find(label, marker) or label in self._notes.get(marker.sort, ()))
        )

    def _find_markers(self, start: int, end: int) -> Iterator[tuple[Marker, Marker | None]]:
        """The marks of the sentence, each with that of the link behind it: [8](https://doi.org/…).

        Of an article without any list, those alone that name a paper.
        """
        held: Marker | None = None
        rounded = (marker for marker in self._rounded if start <= marker.start and marker.end <= end)
        found = merge(find_markers(self._text, start, end), rounded, key=lambda marker: marker.start)
        for marker in found:
            is_named = marker.sort is MarkerSort.IDENTIFIER
            behind = self._text[held.end : marker.start + 1] if held else ""
            if held and is_named and behind in ("(", "](", "\\]("):
                yield held, marker
                held = None
                continue
            if held and self.listed:
                yield held, None
            held = None if is_named else marker
            if is_named:
                yield marker, None
        if held and self.listed:
            yield held, None

    def _locate_rounded(self, article: Article) -> tuple[Marker, ...]:
        """Numbers in round brackets are marks where no other numbers point at the list."""
        listed = {entry.label for entry in self.listed if entry.sort is MarkerSort.NUMBER and entry.label}
        found = locate_rounded(self._text, article.blocks, listed) if listed else ()
        others = (marker for span in _list_prose(article) for marker in find_markers(self._text, *span))
        is_other = found and any(
            marker.sort is MarkerSort.NUMBER and not listed.isdisjoint(marker.labels) for marker in others
        )
        return () if is_other else found

    def _name_by_links(self, article: Article) -> tuple[TornMark, ...]:
        """The marks whose links lead to another paper than their entries.

        An entry that names no paper is the paper to which the mark of it is a link. One that names it by a
        PMID has the DOI of the link too, and the reverse: the look-up tells whether both are one paper's.
        """
        named: dict[Reference, Reference] = {}
        torn: list[TornMark] = []
        for span in _list_prose(article):
            for marker, link in self._find_markers(*span):
                if link is None or len(marker.labels) != 1:
                    continue
                said, label = read_identifiers(self._text, *self._trim(link)), marker.labels[0]
                for entry in self._find(label, marker):
                    known = named.get(entry, entry)
                    pairs = ((said.pmid, known.pmid), (said.doi, known.doi), (said.pmcid, known.pmcid))
                    if any(one and other and one.lower() != other.lower() for one, other in pairs):
                        torn.append(TornMark(label, self._text[slice(*self._trim(link))]))
                        continue
                    pmid, doi, pmcid = (other or one for one, other in pairs)
                    named[entry] = replace(known, pmid=pmid, doi=doi, pmcid=pmcid)
        self.listed = tuple(named.get(entry, entry) for entry in self.listed)
        for entries in self._by_label.values():
            entries[:] = [named.get(entry, entry) for entry in entries]
        return tuple(dict.fromkeys(torn))

    def _find(self, label: str, marker: Marker) -> tuple[Reference, ...]:
        """The entry of a label, ``()`` where there is none."""
        if marker.sort is MarkerSort.IDENTIFIER:
            return (self._identify(marker),)
        if marker.sort in (MarkerSort.AUTHORS, MarkerSort.NARRATED):
            return find_best(
                label, [entry for entry in self.listed if is_by(label, entry, self._text)], self._text
            )
        return self._choose(self._by_label.get(label, []), marker)

    def _name(self, label: str, link: Marker | None) -> tuple[Reference, ...]:
        """The paper of a link that no entry is about, under the number that is its words."""
        if link is None:
            return ()
        named = self._identify(link)
        return (replace(named, label=label) if label.isdecimal() and not named.listed else named,)

    def _choose(self, entries: list[Reference], marker: Marker) -> tuple[Reference, ...]:
        """Of entries with one label that of the mark's own sort and bracket, of those the next below it.

        A page may have two lists: notes beside references, or one behind each of its articles.
        """
        same = [entry for entry in entries if entry.sort is marker.sort]
        if not same and not self._notes.get(marker.sort, set()).intersection(marker.labels):
            same = entries
        same = [entry for entry in same if entry.form == marker.form] or same
        below = [entry for entry in same if entry.start > marker.start]
        return tuple(below[:1] or same[-1:])

    def _identify(self, marker: Marker) -> Reference:
        named = replace(read_identifiers(self._text, *self._trim(marker)), listed=False)
        for entry in self.listed:
            shared = (
                (named.pmid, entry.pmid),
                (named.doi.lower(), entry.doi.lower()),
                (named.pmcid, entry.pmcid),
            )
            if any(one and one == other for one, other in shared):
                return entry
        return named

    def _trim(self, marker: Marker) -> Span:
        """The span of what a mark names, without white space and brackets but for those of a DOI."""
        words = self._text[marker.start : marker.end]
        start = marker.end - len(words.lstrip(" (（[［;；,，、"))
        named = self._text[start : marker.end]
        while named[-1:] in tuple(" )）]］") and not (
            named.endswith(")") and named.count("(") >= named.count(")")
        ):
            named = named[:-1]
        return start, start + len(named)


def name_paper(entry: Reference, text: str) -> NamedPaper:
    """What an entry of the ``text`` says of its paper; the mark of its list is none of it."""
    words = strip_label(text[entry.start : entry.end]) if entry.listed else text[entry.start : entry.end]
    return NamedPaper(show_links(words), entry.pmid, entry.doi, entry.pmcid)


def locate_references(article: Article) -> tuple[LocatedReference, ...]:
    """Every reference of the article with its marks, in the order of ``list_references``."""
    citing = Citing(article)
    pointing: dict[Reference, list[Span]] = {entry: [] for entry in citing.listed}
    for start, end in _list_prose(article):
        for span, entry in citing.follow(start, end):
            pointing.setdefault(_find_known(pointing, entry), []).append(span)
    return tuple(
        LocatedReference(entry, name_paper(entry, article.text), tuple(dict.fromkeys(marks)))
        for entry, marks in pointing.items()
    )


def list_lost_marks(article: Article) -> tuple[str, ...]:
    """The numbers and names in the marks of the article that no entry of its lists bears, each once."""
    citing = Citing(article)
    lost = (label for span in _list_prose(article) for label in citing.list_lost(*span))
    return tuple(dict.fromkeys(lost))


def list_torn_marks(article: Article) -> tuple[TornMark, ...]:
    """The marks of the article whose links lead to another paper than the entries that they point at."""
    return Citing(article).torn


def list_doubled_labels(article: Article) -> tuple[str, ...]:
    """The numbers that several entries of the article's lists bear, each once, in its order.

    A mark points at the entry in its own brackets, [1] or 1), else at the next below it.
    """
    numbers = Counter(entry.label for entry in read_references(article) if entry.sort is MarkerSort.NUMBER)
    return tuple(label for label, count in numbers.items() if label.isdecimal() and count > 1)


def _list_prose(article: Article) -> Iterator[Span]:
    """What is no entry of a list, block by block."""
    blocks = (block for block in article.blocks if block.kind is not BlockKind.REFERENCE)
    yield from ((block.start, block.end) for block in blocks)


def list_references(article: Article, sentences: Iterable[Span]) -> tuple[CitedReference, ...]:
    """Every reference of the article with those of its ``sentences`` that point at it.

    First the entries of its lists in their order, cited or not, then what sentences alone name.
    """
    citing = Citing(article)
    pointing: dict[Reference, list[Span]] = {entry: [] for entry in citing.listed}
    listed = {(entry.start, entry.end) for entry in citing.listed}
    for span in sentences:
        if span in listed:
            continue
        for entry in citing.find(*span):
            pointing.setdefault(_find_known(pointing, entry), []).append(span)
    return tuple(CitedReference(entry, tuple(spans)) for entry, spans in pointing.items())


def _find_known(known: Iterable[Reference], entry: Reference) -> Reference:
    """The reference that was named before by the same identifiers, else the entry."""
    same = (entry.pmid, entry.doi.lower(), entry.pmcid)
    alike = (one for one in known if not one.listed and (one.pmid, one.doi.lower(), one.pmcid) == same)
    return entry if entry.listed else next(alike, entry)

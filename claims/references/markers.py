"""Marks in a sentence that point at references: [2,3], ※1, 4), ¹, [^5], (Smith 2020), PMID, DOI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from heapq import merge
from itertools import pairwise

from claims.references.links import show_links
from claims.references.names import (
    KANJI,
    KANJI_NAME,
    NAME,
    SURNAME,
    YEAR,
    drop_frame,
    drop_particle,
    find_narrated,
)
from claims.references.pointers import strip_pointers

NUMBERS = r"[0-9０-９]{1,3}(?:(?:\s?[-–—~〜～,、，;；・&]\s?(?:and\s)?|\sand\s)[0-9０-９]{1,3}){0,12}"
_AUTHORS = (
    rf"(?:(?:see|cf\.|e\.g\.),?\s)?{SURNAME}(?:(?:,?\s(?:&|and)|,)\s{SURNAME}){{0,4}}(?:,?\set\sal\.?)?,?\s{YEAR}|"
    rf"{KANJI_NAME}(?:\s?(?:ら|ほか|他)|\s?et\sal\.?|(?:[、・と&,，]\s?{KANJI_NAME}){{1,3}})?[、,，\s]\s?{YEAR}年?|"
    rf"[{KANJI}]{{1,8}}(?:ら|ほか|他){YEAR}年?|{NAME}(?:ら|ほか|他)[、,，\s]?\s?{YEAR}年?"
)
_IDENTIFIER = (
    r"PMID\s?[:：]?\s?[0-9]{5,10}|(?:PMCID\s?[:：]?\s?)?PMC\s?[0-9]{5,10}|"
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/[0-9]{5,10}/?|"
    r"https?://(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/PMC[0-9]{5,10}/?|"
    r"(?:doi\s?[:：]\s?|https?://[\w.-]{4,60}/(?:[\w.-]{1,40}/){0,4})10\.[0-9]{4,9}/"
    r"(?:[^\s()（）\[\]、。]|\([^\s()（）]{1,40}\)){2,100}(?<![.,;])"
)
# What a bracket says before its numbers: [see 2], ［文献3］.
_BEFORE = r"(?:文献|注|※|参考文献|(?:(?:see|cf\.|e\.g\.),?\s){0,2}(?:refs?\.?\s|references?\s)?)"
# A mark right behind a word or an end mark; a bracket of its own may stand after a space.
_MARKER = re.compile(
    rf"\s?\[\^(?P<note>[\w-]{{1,20}})\]|"
    rf"\s?\\?[\[［]{_BEFORE}(?P<square>{NUMBERS}(?:\\?[\]］]\s?[-–—~〜～]\s?\\?[\[［]{NUMBERS})?)[-–—~〜～]?\\?[\]］]|"
    rf"(?<=[\w。.)）」])\s?【(?:文献|注)?(?P<thick>{NUMBERS})】|"
    r"(?<=[すたいるだん])(?P<circled>[①-⑳](?:[,、，・]?[①-⑳]){0,6})(?=[。．]|$)|"
    rf"\s?[(（](?:文献|注|※|refs?\.?\s?)(?P<named>{NUMBERS})[)）]|"
    rf"(?<=[\w。.)）」])(?:[ \u3000]?※|[＊*†‡])(?P<star>{NUMBERS})"
    r"(?![0-9歳年月日回時分人名個本つか週種件%％])|"
    r"(?:(?<=[\u3041-\u3093])注|(?<=[^\W0-9０-９_])|"
    r"(?<=[a-z\u3041-\u3093])[ \u3000](?=\S{2,20}(?:[。．.]|$)))"
    rf"(?P<closed>{NUMBERS}[)）](?:[-–~〜,、，]?\s?{NUMBERS}[)）]){{0,6}})(?=[。．.、,\s]|$)|"
    rf"(?<=[\u3041-\u3093])[ \u3000](?P<spaced>{NUMBERS})(?=[.．。](?:\s|$))|"
    r"(?<![⁺⁻])(?P<raised>[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹,،⁻–-]{0,12})|"
    rf"(?<=[a-z)][.])(?P<glued>[0-9]{{1,3}}(?:[-–,][0-9]{{1,3}}){{0,6}})(?=\s+[A-Z]|$)|"
    rf"\s?[(（\[［](?P<authors>(?:{_AUTHORS})(?:\s?[;；、,，]\s?(?:{_AUTHORS}|{_IDENTIFIER})){{0,6}})[)）\]］]|"
    rf"\s?(?:[(（\[［]|(?<=[0-9])[;；,，、]\s?)?(?P<identifier>{_IDENTIFIER})[)）\]］]?"
)
# What every mark has: most sentences have none of it.
_SIGN = re.compile(r"[0-9０-９⁰¹²³⁴-⁹①-⑳]|\[\^")
# A figure that is raised is a power or a unit behind these: 10⁶, cm².
_POWER = re.compile(r"(?:[0-9]|(?<![A-Za-z])(?:[kcmµμn]?m|[A-Z][a-z]?))$")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻０１２３４５６７８９", "0123456789-0123456789")
# Identifiers that stand behind names in one bracket.
_BEHIND_NAMES = re.compile(rf"\s?[;；、,，]\s?(?={_IDENTIFIER})")
_OPEN = re.compile(r"[(（][^()（）]*\Z")
_LONGEST_BRACKET = 100
_RANGE = re.compile(r"([0-9]+)[-–—~〜～]([0-9]+)")
_BRACKETS = re.compile(r"[)）\[\]［］\\]")
_LONGEST_RANGE = 50
_PARTING = ("、", ",", "，", ";", "；", "・")
_CIRCLED = re.compile(r"[①-⑳]")
_BETWEEN_NUMBERS = re.compile(r"[,、，،;；・&]|\band\b")
_CLOSERS_BEFORE = re.compile(r"[)）]\s?(?=[0-9])")
_BETWEEN_NAMES = re.compile(r"[;；]|(?<=[0-9]{4})[、,，]|(?<=[0-9]{4}[a-z年])[、,，]")


class MarkerSort(Enum):
    """What a mark names a reference by."""

    NUMBER = auto()
    NOTE = auto()
    STAR = auto()
    AUTHORS = auto()
    NARRATED = auto()
    IDENTIFIER = auto()


_FORMS = {"square": "[", "thick": "【", "named": "(", "closed": ")", "circled": "①"}
_SORTS = {
    "note": MarkerSort.NOTE,
    "star": MarkerSort.STAR,
    "authors": MarkerSort.AUTHORS,
    "identifier": MarkerSort.IDENTIFIER,
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark in the text with what it names: the labels of references ("3"), or an author, PMID or DOI.

    ``sort`` says how it is written: a mark with a star points at a list of notes before a numbered list, and
    one with a bracket (``form``, "[" or ")") at the list that is numbered so.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    sort: MarkerSort
    form: str = ""


def find_markers(text: str, start: int = 0, end: int | None = None) -> Iterator[Marker]:
    """The marks in ``text[start:end]`` in order, each with the white space before it.

    Of names that are words of the sentence, Smith et al. (2020), the mark is the year in its bracket.

    >>> [marker.labels for marker in find_markers("It slows loss.[2,4-6] It helps (Smith 2020).")]
    [('2', '4', '5', '6'), ('Smith 2020',)]
    """
    end = len(text) if end is None else end
    if not _SIGN.search(text, start, end):
        return
    told = (
        Marker(bracket, behind, (text[name:behind],), MarkerSort.NARRATED)
        for name, bracket, behind in find_narrated(text, start, end)
    )
    yield from merge(told, _find_set_apart(text, start, end), key=lambda marker: marker.start)


def _find_set_apart(text: str, start: int, end: int) -> Iterator[Marker]:
    """The marks that stand beside the words of the sentence."""
    for found in _MARKER.finditer(text, start, end):
        if found["raised"] and _POWER.search(text, max(start, found.start() - 3), found.start()):
            continue
        if found["closed"] and _OPEN.search(
            text, max(start, found.start() - _LONGEST_BRACKET), found.start()
        ):
            # It closes a bracket that holds more than the number: （表3）.
            continue
        yield from _read_markers(found)


def _read_markers(found: re.Match[str]) -> Iterator[Marker]:
    """The mark that was found; identifiers behind names in one bracket are marks of their own."""
    sort = _SORTS.get(found.lastgroup or "", MarkerSort.NUMBER)
    if sort is not MarkerSort.AUTHORS:
        form = _FORMS.get(found.lastgroup or "", "")
        yield Marker(found.start(), found.end(), tuple(_list_labels(found)), sort, form)
        return
    at, words = found.start("authors"), found["authors"]
    ends = [at + part.start() for part in _BEHIND_NAMES.finditer(words)]
    names = words[: ends[0] - at] if ends else words
    labels = tuple(part.strip() for part in _BETWEEN_NAMES.split(names))
    yield Marker(found.start(), ends[0] if ends else found.end(), labels, sort)
    for start, end in pairwise([*ends, found.end()]):
        named = found.string[start:end].strip(" ;；、,，)）]］")
        yield Marker(start, end, (named,), MarkerSort.IDENTIFIER)


def match_markers(text: str, at: int, end: int) -> int:
    """Where the marks end that stand right at ``at``, behind a full stop; ``at`` where none does."""
    while at < end and (found := _MARKER.match(text, at, end)) and not found["authors"]:
        at = found.end()
    return at


def strip_markers(text: str) -> str:
    """The text without the marks that point at references.

    >>> strip_markers("亜鉛は味覚を保ちます※3。"), strip_markers("It lowers LDL¹ (PMID: 900000001).")
    ('亜鉛は味覚を保ちます。', 'It lowers LDL.')
    """
    text, kept, at = strip_pointers(show_links(text)), "", 0
    for marker in find_markers(text):
        between = text[at : marker.start]
        # What parts two marks goes with them: [1]、[3].
        kept += "" if at and between.strip() in _PARTING else between
        at = marker.end
    return kept + text[at:]


def strip_citations(text: str) -> str:
    """The text without marks, and without who found it where what is left is a sentence.

    >>> strip_citations("Smith et al. (2020) found that zinc eases colds [1].")
    'Zinc eases colds.'
    """
    found = strip_markers(drop_frame(text))
    at_head = next(find_markers(text), None)
    return drop_particle(found) if at_head and at_head.start == 0 else found


def _list_labels(found: re.Match[str]) -> Iterator[str]:
    kind = found.lastgroup or ""
    words = found[kind]
    if kind in ("note", "identifier"):
        yield words
    elif kind == "circled":
        yield from (str(ord(one) - ord("①") + 1) for one in _CIRCLED.findall(words))
    else:
        yield from split_numbers(words)


def split_numbers(words: str) -> Iterator[str]:
    """The numbers that a mark names, those between the ends of a range too."""
    numbers = _CLOSERS_BEFORE.sub(",", words.translate(_RAISED))
    numbers = _BRACKETS.sub("", numbers)
    for part in filter(None, map(str.strip, _BETWEEN_NUMBERS.split(numbers))):
        bounds = _RANGE.fullmatch(part.replace(" ", ""))
        if bounds is None:
            yield part
        elif 0 <= int(bounds[2]) - int(bounds[1]) <= _LONGEST_RANGE:
            yield from map(str, range(int(bounds[1]), int(bounds[2]) + 1))
        else:
            # A range that runs backwards names its two ends, and nothing between them.
            yield from bounds.groups()

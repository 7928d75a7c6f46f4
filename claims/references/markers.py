"""Marks in a sentence that point at references: [2,3], ※1, 4), ¹, [^5], (Smith 2020), PMID, DOI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_NUMBERS = r"[0-9０-９]{1,3}(?:\s?[-–—~〜,、，]\s?[0-9０-９]{1,3}){0,12}"
_YEAR = r"(?:19|20)[0-9]{2}[a-z]?"
_NAME = r"[A-Z][\w'’-]{1,30}"
_AUTHORS = (
    rf"{_NAME}(?:\s(?:&|and)\s{_NAME}|,?\set\sal\.?)?,?\s{_YEAR}|"
    rf"[一-鿿々ァ-ヶー]{{1,8}}(?:ら|ほか|他|、[一-鿿々]{{1,8}})?[、,，\s]\s?{_YEAR}年?|"
    rf"[一-鿿々]{{1,8}}(?:ら|ほか|他){_YEAR}年?|{_NAME}(?:ら|ほか|他)[、,，\s]?\s?{_YEAR}年?"
)
_IDENTIFIER = (
    r"PMID\s?[:：]?\s?[0-9]{5,10}|PMC\s?[0-9]{5,10}|"
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/[0-9]{5,10}/?|"
    r"https?://(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/PMC[0-9]{5,10}/?|"
    r"(?:doi\s?[:：]\s?|https?://(?:dx\.)?doi\.org/)10\.[0-9]{4,9}/[^\s()（）\[\]、。]{2,100}[^\s()（）\[\]、。.,;]"
)
# A mark right behind a word or an end mark; a bracket of its own may stand after a space.
_MARKER = re.compile(
    rf"\s?\[\^(?P<note>[\w-]{{1,20}})\]|"
    rf"\s?[\[［](?:文献|注|※|refs?\.?\s)?(?P<square>{_NUMBERS})[\]］]|"
    rf"\s?[(（](?:文献|注|※|refs?\.?\s?)(?P<named>{_NUMBERS})[)）]|"
    rf"(?<=[\w。.)）」])[※＊*†‡](?P<star>{_NUMBERS})(?![0-9歳年月日回時分人名個本%％])|"
    rf"(?<=[^\W0-9０-９_])(?P<closed>{_NUMBERS})[)）](?=[。．.、,\s]|$)|"
    rf"(?<=[\u3041-\u3093])[ \u3000](?P<spaced>{_NUMBERS})(?=[.．。](?:\s|$))|"
    r"(?P<raised>[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹,،–-]{0,12})|"
    rf"(?<=[a-z)][.])(?P<glued>[0-9]{{1,3}}(?:[-–,][0-9]{{1,3}}){{0,6}})(?=\s+[A-Z]|$)|"
    rf"\s?[(（\[［](?P<authors>(?:{_AUTHORS})(?:\s?[;；、]\s?(?:{_AUTHORS}|{_IDENTIFIER})){{0,6}})[)）\]］]|"
    rf"\s?[(（\[［]?(?P<identifier>{_IDENTIFIER})[)）\]］]?"
)
# What every mark has: most sentences have none of it.
_SIGN = re.compile(r"[0-9０-９⁰¹²³⁴-⁹]|\[\^")
# A figure that is raised is a power or a unit behind these: 10⁶, cm².
_POWER = re.compile(r"(?:[0-9]|(?<![A-Za-z])(?:[kcmµμn]?m|[A-Z][a-z]?))$")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹０１２３４５６７８９", "01234567890123456789")
_RANGE = re.compile(r"([0-9]+)[-–—~〜]([0-9]+)")
_LONGEST_RANGE = 50


class MarkerSort(Enum):
    """What a mark names a reference by."""

    NUMBER = auto()
    NOTE = auto()
    STAR = auto()
    AUTHORS = auto()
    IDENTIFIER = auto()


_SORTS = {
    "note": MarkerSort.NOTE,
    "star": MarkerSort.STAR,
    "authors": MarkerSort.AUTHORS,
    "identifier": MarkerSort.IDENTIFIER,
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark in the text with what it names: the labels of references ("3"), or an author, PMID or DOI.

    ``sort`` says how it is written: a mark with a star points at a list of notes before a numbered list.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    sort: MarkerSort


def find_markers(text: str, start: int = 0, end: int | None = None) -> Iterator[Marker]:
    """The marks in ``text[start:end]`` in order, each with the white space before it.

    >>> [marker.labels for marker in find_markers("It slows loss.[2,4-6] It helps (Smith 2020).")]
    [('2', '4', '5', '6'), ('Smith 2020',)]
    """
    end = len(text) if end is None else end
    for found in _MARKER.finditer(text, start, end) if _SIGN.search(text, start, end) else ():
        if found["raised"] and _POWER.search(text, max(start, found.start() - 3), found.start()):
            continue
        sort = _SORTS.get(found.lastgroup or "", MarkerSort.NUMBER)
        yield Marker(found.start(), found.end(), tuple(_list_labels(found)), sort)


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
    kept, at = "", 0
    for marker in find_markers(text):
        kept += text[at : marker.start]
        at = marker.end
    return kept + text[at:]


def _list_labels(found: re.Match[str]) -> Iterator[str]:
    kind = found.lastgroup or ""
    words = found[kind]
    if kind in ("note", "identifier"):
        yield words
    elif kind == "authors":
        yield from (part.strip() for part in re.split("[;；]", words))
    else:
        for part in re.split("[,、，،]", words.translate(_RAISED)):
            bounds = _RANGE.fullmatch(part.replace(" ", ""))
            if bounds is None:
                yield part.strip()
            elif 0 <= int(bounds[2]) - int(bounds[1]) <= _LONGEST_RANGE:
                yield from map(str, range(int(bounds[1]), int(bounds[2]) + 1))
            else:
                # A range that runs backwards names its two ends, and nothing between them.
                yield from bounds.groups()

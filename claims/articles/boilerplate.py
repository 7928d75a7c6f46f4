"""What stands around an article: whose it is, what it costs, where to go, what else to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from claims.articles.lines import Line, Mark, is_terminated
from claims.text.patterns import load_patterns

TABLE = Path(__file__).parent / "tables" / "boilerplate.tsv"
# A line is judged by its beginning: none that is longer is a name, and hardly any is boilerplate.
LONGEST_JUDGED = 600
_BRACKETED = re.compile(r"^[\s【《≪\[〜～~―■◆*_#]++|(?<![\s】》≫\]〜～~―*_#:：])[\s】》≫\]〜～~―*_#:：]++$")
_EMPHASIS = "*_ \t\u3000"
_AND = re.compile(r"(?<!\s)\s*+(?:[・、/／&＆]|と|および|\band\b)\s*+")
# A longer line that holds such words says something else as well.
_LONGEST_LINE = 200
# So many menu words among short lines, and this share of the lines, make a menu.
_FEWEST_ENTRIES, _ENTRY_SHARE, _LONGEST_ENTRY = 3, 0.7, 24


class Section(Enum):
    """What a section is about, told by its heading; all but ``ARTICLE`` is boilerplate.

    ``PERSON`` is about authors and doctors, ``LISTING`` a list of contents or tags, ``DEALINGS`` about
    prices, hours and orders, ``REFERENCES`` a list of sources, ``AROUND`` about other pages or terms.
    """

    ARTICLE = auto()
    PERSON = auto()
    LISTING = auto()
    DEALINGS = auto()
    REFERENCES = auto()
    AROUND = auto()


_HEADING_CUES = {
    "person_heading": Section.PERSON,
    "listing_heading": Section.LISTING,
    "references_heading": Section.REFERENCES,
    "around_heading": Section.AROUND,
    "dealings_heading": Section.DEALINGS,
}


def find_section(heading: str) -> Section:
    """What the section under a heading is about.

    >>> find_section("【料金とアクセス】"), find_section("料金より大切なこと")
    (<Section.DEALINGS: 4>, <Section.ARTICLE: 1>)
    """
    return next(
        (section for cue, section in _HEADING_CUES.items() if _is_named(cue, heading)), Section.ARTICLE
    )


def is_content_heading(words: str) -> bool:
    """Whether a heading is worded like one of the article: effects, causes, risks, what something is."""
    return _is_named("content_heading", words)


def is_boilerplate_line(words: str) -> bool:
    """Whether a line by itself is an address, a date line, a link, a breadcrumb or a disclaimer."""
    bare = words.strip(_EMPHASIS)
    return len(words) < _LONGEST_LINE and (_stands_in("line", bare) or is_disclaimer(bare))


def is_disclaimer(words: str) -> bool:
    """Whether a sentence limits the article's or the treatment's promise in the usual set words."""
    return _stands_in("disclaimer", words)


def names_price(words: str) -> bool:
    """Whether a price stands in the words.

    >>> names_price("1回 33,000円"), names_price("1回 30分")
    (True, False)
    """
    return _stands_in("price", words)


def names_hours(words: str) -> bool:
    """Whether opening hours stand in the words."""
    return _stands_in("hours", words)


def find_menus(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that are menus of a page: short lines in a row, most of them menu words.

    Such a line opens no section, though "料金" by itself would.
    """
    found: set[int] = set()
    entries: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and _may_be_entry(lines[index]):
            entries.append(index)
            continue
        found.update(_trim_menu(lines, entries))
        entries = []
    return frozenset(found)


def _trim_menu(lines: Sequence[Line], entries: list[int]) -> list[int]:
    """The part of a run of short lines that is a menu, from its first menu word to its last."""
    words = [at for at, index in enumerate(entries) if _is_menu_word(lines[index].words)]
    if len(words) < _FEWEST_ENTRIES:
        return []
    menu = entries[words[0] : words[-1] + 1]
    return menu if len(words) >= _ENTRY_SHARE * len(menu) else []


def _may_be_entry(line: Line) -> bool:
    return (
        line.mark in (Mark.PLAIN, Mark.LISTED)
        and len(line.words) <= _LONGEST_ENTRY
        and not is_terminated(line.words)
    )


def _is_menu_word(words: str) -> bool:
    return _is_named("menu", words) or find_section(words) not in (
        Section.ARTICLE,
        Section.REFERENCES,
        Section.AROUND,
    )


def _is_named(cue: str, words: str) -> bool:
    pattern, bare = load_patterns(TABLE)[cue], _BRACKETED.sub("", words)
    if len(bare) > LONGEST_JUDGED:
        return False
    return pattern.fullmatch(bare) is not None or all(map(pattern.fullmatch, _AND.split(bare)))


def _stands_in(cue: str, words: str) -> bool:
    return load_patterns(TABLE)[cue].search(words[:LONGEST_JUDGED]) is not None

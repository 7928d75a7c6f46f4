"""The blocks of an article: each line's role from its marks and its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.articles.boilerplate import (
    is_around_heading,
    is_boilerplate_line,
    is_dealings_heading,
    names_hours,
)
from claims.articles.lines import Line, Mark, is_terminated, is_terminated_english, split_cells, split_lines
from claims.articles.tables import find_tables, is_navigation_row
from claims.records.article import Block, BlockKind, Language

_LONGEST_HEADING = {Language.JA: 60, Language.EN: 90}
# A line that ends politely is a sentence, with or without its full stop.
_POLITE_END = re.compile(
    r"(?:です|ます|ました|ません|でした|でしょう|ください|ましょう|である|だった|だろう)(?:よ|ね|か)*\W*$"
)
# A line that begins with speech is somebody's words, whoever is named behind it.
_SPEECH = re.compile(r"[「『“\"][^」』”\"]{12,}[」』”\"].*", re.DOTALL)
# Nouns and headings that only look as if a particle stood at their end (こと, もの, 〜とは) do not go on.
_GOES_ON = re.compile(
    r"(?:[、，,・がをにへ「『（(]|(?<![こひあ])と|(?<!も)の|(?<!と)は|で|から|ため|より|れば|って|ており|および|または|and|or|the|of|to|with|in|a)$"
)
_OPENERS, _CLOSERS = "「『（(【", "」』）)】"
_MOST_JOINED = 40


@dataclass(slots=True)
class _Place:
    """Where the reading stands: the words above, and whether the section is boilerplate."""

    theme: str = ""
    question: str = ""
    heading: str = ""
    around: bool = False
    dealings: bool = False

    @property
    def shown_theme(self) -> str:
        return self.question or self.theme


def parse_blocks(text: str, language: Language) -> tuple[Block, ...]:
    """The blocks of ``text`` in order, none empty and none overlapping."""
    lines = _join_broken(text, split_lines(text), language)
    tables = find_tables(lines)
    place = _Place()
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        if line.mark in (Mark.BLANK, Mark.RULE):
            continue
        if index in tables:
            columns, is_header = tables[index]
            blocks.append(_place_row(line, columns, is_header, place))
        else:
            kind = _find_kind(lines, index, place, language)
            blocks.append(_place_block(line, kind, place))
    return tuple(blocks)


def _place_row(line: Line, columns: tuple[str, ...], is_header: bool, place: _Place) -> Block:
    kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
    if place.around or place.dealings or names_hours(line.words):
        kind = BlockKind.BOILERPLATE
    cells = split_cells(line.words)
    return Block(
        kind, line.start, line.end, place.shown_theme, place.heading, cells, () if is_header else columns
    )


def _place_block(line: Line, kind: BlockKind, place: _Place) -> Block:
    """The block of a line; headings and themes also move the place on."""
    if line.mark is Mark.QUESTION and kind is BlockKind.THEME:
        place.question, place.around, place.dealings = line.words, False, False
        return Block(kind, line.start, line.end, place.theme, place.heading)
    if kind is BlockKind.THEME:
        place.theme, place.question, place.heading = line.words, "", ""
        place.around = place.dealings = False
        return Block(kind, line.start, line.end)
    if kind is BlockKind.HEADING or _opens_boilerplate(line.words):
        place.around = is_around_heading(line.words)
        place.dealings = is_dealings_heading(line.words)
        place.question, place.heading = "", line.words
        return Block(BlockKind.HEADING, line.start, line.end, place.theme, "")
    return Block(kind, line.start, line.end, place.shown_theme, place.heading)


def _opens_boilerplate(words: str) -> bool:
    return len(words) < 40 and (is_around_heading(words) or is_dealings_heading(words))


def _find_kind(lines: list[Line], index: int, place: _Place, language: Language) -> BlockKind:
    line = lines[index]
    if line.mark in (Mark.THEME, Mark.QUESTION):
        return BlockKind.THEME
    if line.mark is Mark.HEADING:
        return BlockKind.HEADING
    if is_boilerplate_line(line.words) or (line.mark is Mark.PIPED and is_navigation_row(line.words)):
        return BlockKind.BOILERPLATE
    if place.around:
        return BlockKind.BOILERPLATE
    if _is_heading_by_place(lines, index, language) and (
        not place.dealings or _prose_follows(lines, index, 40)
    ):
        return BlockKind.HEADING
    if place.dealings:
        return BlockKind.BOILERPLATE
    return BlockKind.LIST_ITEM if line.mark in (Mark.LISTED, Mark.NUMBERED) else BlockKind.PARAGRAPH


def _is_heading_by_place(lines: list[Line], index: int, language: Language) -> bool:
    """Whether a short line without an end mark stands above prose."""
    line = lines[index]
    if len(line.words) > _LONGEST_HEADING[language] or _is_sentence(line.words):
        return False
    if language is Language.EN and is_terminated_english(line.words):
        return False
    below = _find_neighbour(lines, index, 1)
    if below is None or below.mark in (Mark.PIPED, Mark.TABBED):
        return below is not None
    if line.mark in (Mark.LISTED, Mark.NUMBERED):
        return below.mark is Mark.PLAIN and not _ends_list(lines, index) and _prose_follows(lines, index, 15)
    return below.mark is not Mark.PLAIN or _prose_follows(lines, index, 15) or index == _first(lines)


def _is_sentence(words: str) -> bool:
    return is_terminated(words) or bool(_POLITE_END.search(words) or _SPEECH.fullmatch(words))


def _ends_list(lines: list[Line], index: int) -> bool:
    """Whether the line closes a list of lines like itself."""
    above = _find_neighbour(lines, index, -1)
    return above is not None and above.mark is lines[index].mark and not is_terminated(above.words)


def _prose_follows(lines: list[Line], index: int, length: int) -> bool:
    """Whether the next line, or the one after a second short line, is a sentence of ``length`` or more."""
    seen = 0
    for line in lines[index + 1 :]:
        if line.mark in (Mark.BLANK, Mark.RULE):
            continue
        if line.mark is not Mark.PLAIN:
            return seen > 0
        ends = (
            is_terminated(line.words)
            or line.words.endswith((".", ":", "："))
            or _POLITE_END.search(line.words)
        )
        if ends and len(line.words) >= length:
            return True
        seen += 1
        if seen == 2:
            return False
    return False


def _find_neighbour(lines: list[Line], index: int, step: int) -> Line | None:
    index += step
    while 0 <= index < len(lines):
        if lines[index].mark not in (Mark.BLANK, Mark.RULE):
            return lines[index]
        index += step
    return None


def _first(lines: list[Line]) -> int:
    return next((index for index, line in enumerate(lines) if line.mark is not Mark.BLANK), 0)


def _join_broken(text: str, lines: list[Line], language: Language) -> list[Line]:
    """Lines with those joined that one sentence runs over: inside a bracket, or after a comma or particle."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and _runs_on(before, line, language):
            joined[-1] = Line(before.mark, before.start, line.end, text[before.start : line.end])
        else:
            joined.append(line)
    return joined


def _runs_on(before: Line, line: Line, language: Language) -> bool:
    if line.mark is not Mark.PLAIN or before.mark not in (Mark.PLAIN, Mark.LISTED, Mark.NUMBERED):
        return False
    if before.words.count("\n") >= _MOST_JOINED:
        return False
    if _has_open_bracket(before.words) and len(before.words) < 400:
        return any(closer in line.words for closer in _CLOSERS)
    if is_terminated(before.words):
        return False
    if language is Language.EN:
        wrapped = len(before.words.rsplit("\n", 1)[-1]) >= 50 and not is_terminated_english(before.words)
        return wrapped or line.words[:1].islower() or bool(_GOES_ON.search(before.words))
    return len(before.words) >= 12 and bool(_GOES_ON.search(before.words))


def _has_open_bracket(words: str) -> bool:
    return any(
        words.count(opener) > words.count(closer) for opener, closer in zip(_OPENERS, _CLOSERS, strict=True)
    )

"""The blocks of an article: each line's role from its marks and its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.articles.boilerplate import (
    Section,
    find_menus,
    find_section,
    is_boilerplate_line,
    is_content_heading,
    names_hours,
    names_price,
)
from claims.articles.headings import SHORTEST_PROSE, is_heading_by_place, is_prose, prose_follows
from claims.articles.joining import join_broken
from claims.articles.lines import Line, Mark, is_terminated, split_cells, split_lines
from claims.articles.link_lists import find_link_lists, read_sentence
from claims.articles.metadata import find_metadata
from claims.articles.tables import find_tables, is_navigation_row
from claims.records.article import Block, BlockKind, Language
from claims.references import is_entry, is_reference
from claims.text.invisible import drop_invisible

_ADDRESS = re.compile(r"<?(?:https?://|www\.)[^\s<>]{4,2000}>?")
_SEPARATORS = (Mark.BLANK, Mark.RULE)
_LONGEST_OPENING = 40
# Prose of this length under a heading is more than a note on prices or hours.
_LONG_PROSE = 40


@dataclass(slots=True)
class _Place:
    """Where the reading stands: the words above, and which kind of section it is in."""

    theme: str = ""
    question: str = ""
    heading: str = ""
    section: Section = Section.ARTICLE

    @property
    def shown_theme(self) -> str:
        return self.question or self.theme


def parse_blocks(text: str, language: Language) -> tuple[Block, ...]:
    """The blocks of ``text`` in order, none empty and none overlapping."""
    lines = split_lines(text)
    metadata = find_metadata(text, lines)
    blocks = [
        Block(BlockKind.METADATA, lines[at].start, lines[at].end)
        for at in sorted(metadata)
        if lines[at].mark not in _SEPARATORS
    ]
    read = [_blank(line) if at in metadata else line for at, line in enumerate(lines)]
    blocks += _parse_lines(join_broken(text, read, language), language)
    return tuple(sorted(blocks, key=lambda block: block.start))


def _blank(line: Line) -> Line:
    return Line(Mark.BLANK, line.start, line.start, "")


def _parse_lines(lines: list[Line], language: Language) -> list[Block]:
    tables = find_tables(lines)
    menus, linked = find_menus(lines), find_link_lists(lines)
    place = _Place()
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        if line.mark in _SEPARATORS:
            continue
        if index in tables:
            columns, is_header = tables[index]
            blocks.append(_place_row(line, columns, is_header, place))
        elif index in menus or index in linked:
            kind = BlockKind.REFERENCE if index in linked else BlockKind.BOILERPLATE
            blocks.append(Block(kind, line.start, line.end, place.shown_theme, place.heading))
        else:
            kind = _find_kind(lines, index, place, language)
            blocks.append(_place_block(line, kind, place))
    return blocks


def _place_row(line: Line, columns: tuple[str, ...], is_header: bool, place: _Place) -> Block:
    kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
    if place.section is not Section.ARTICLE or names_hours(line.words):
        kind = BlockKind.BOILERPLATE
    cells = split_cells(drop_invisible(line.words))
    return Block(
        kind, line.start, line.end, place.shown_theme, place.heading, cells, () if is_header else columns
    )


def _place_block(line: Line, kind: BlockKind, place: _Place) -> Block:
    """The block of a line; headings and themes also move the place on."""
    words = drop_invisible(line.words)
    if line.mark is Mark.QUESTION and kind is BlockKind.THEME:
        place.question, place.section = words, Section.ARTICLE
        return Block(kind, line.start, line.end, place.theme, place.heading)
    if kind is BlockKind.THEME:
        place.theme, place.question, place.heading = words, "", ""
        place.section = Section.ARTICLE
        return Block(kind, line.start, line.end)
    if kind is BlockKind.HEADING:
        place.section = find_section(words)
        place.question, place.heading = "", words
        return Block(BlockKind.HEADING, line.start, line.end, place.theme, "")
    if kind not in (BlockKind.BOILERPLATE, BlockKind.REFERENCE):
        place.section = Section.ARTICLE
    return Block(kind, line.start, line.end, place.shown_theme, place.heading)


def _find_kind(lines: list[Line], index: int, place: _Place, language: Language) -> BlockKind:
    line = lines[index]
    if line.mark in (Mark.THEME, Mark.QUESTION):
        return BlockKind.THEME
    if line.mark is Mark.HEADING:
        return BlockKind.HEADING
    is_listed = line.mark in (Mark.LISTED, Mark.NUMBERED, Mark.NOTE)
    if is_reference(line.words, labelled=is_listed or place.section is Section.REFERENCES):
        return BlockKind.REFERENCE
    if place.section is Section.REFERENCES and (is_listed or is_entry(line.words)):
        return BlockKind.REFERENCE
    if place.section is Section.REFERENCES and _stands_in_list(lines, index):
        return BlockKind.REFERENCE
    if is_boilerplate_line(read_sentence(line)) or (
        line.mark is Mark.PIPED and is_navigation_row(line.words)
    ):
        return BlockKind.BOILERPLATE
    if line.mark is not Mark.NOTE and _opens_section(lines, index, place, language):
        return BlockKind.HEADING
    if place.section is Section.LISTING and is_prose(line, SHORTEST_PROSE):
        return BlockKind.PARAGRAPH
    if place.section is Section.REFERENCES and not is_prose(line, SHORTEST_PROSE):
        return BlockKind.REFERENCE
    if place.section is not Section.ARTICLE:
        return BlockKind.BOILERPLATE
    return BlockKind.LIST_ITEM if is_listed else BlockKind.PARAGRAPH


def _stands_in_list(lines: list[Line], index: int) -> bool:
    """Whether a line is an entry by its place: an address, or what stands right before another entry.

    Entries without numbers are counted, so that one which is left out moves all below it.
    """
    words = lines[index].words
    if _ADDRESS.fullmatch(words):
        return True
    if is_terminated(words) or lines[index].mark is not Mark.PLAIN or index + 1 == len(lines):
        return False
    below = lines[index + 1].words
    is_next = bool(_ADDRESS.fullmatch(below)) or is_reference(below, labelled=True) or is_entry(below)
    return is_next and lines[index - 1].mark is not Mark.BLANK


def _opens_section(lines: list[Line], index: int, place: _Place, language: Language) -> bool:
    """Whether a line without a heading's mark is a heading."""
    words = lines[index].words
    if len(words) < _LONGEST_OPENING and find_section(words) is not Section.ARTICLE:
        return True
    return is_heading_by_place(lines, index, language) and _leaves(lines, index, place.section)


def _leaves(lines: list[Line], index: int, section: Section) -> bool:
    """Whether a heading without a mark leads out of a section that is boilerplate."""
    about_content = is_content_heading(lines[index].words) and prose_follows(lines, index, SHORTEST_PROSE)
    if section is Section.DEALINGS:
        return about_content or prose_follows(lines, index, _LONG_PROSE) or _heads_other_table(lines, index)
    if section is Section.PERSON:
        return about_content
    return section is Section.ARTICLE or (
        section is Section.LISTING and prose_follows(lines, index, SHORTEST_PROSE)
    )


def _heads_other_table(lines: list[Line], index: int) -> bool:
    """Whether the table right under a line is about other things than prices and hours."""
    rows: list[str] = []
    for at in range(index + 1, len(lines)):
        line = lines[at]
        if line.mark in (Mark.PIPED, Mark.TABBED):
            rows.append(line.words)
        elif line.mark not in (Mark.BLANK, Mark.RULE) or rows:
            break
    return bool(rows) and not any(names_price(row) or names_hours(row) for row in rows)

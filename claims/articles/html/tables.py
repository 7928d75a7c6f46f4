"""A table of a page as rows of cells, spans filled in; a table that only lays out the page is none."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from claims.articles.html.inline import HEADINGS, flat_words, squeeze

_LAYOUT = ("table", *HEADINGS)
_LONGEST_CELL = 400
_SHORTEST_COLUMN, _MOST_BREAKS = 100, 4
_MOST_SPANNED, _MOST_COLUMNS = 200, 60


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, all equally long, of which the first ``headers`` name the columns.

    ``headers`` is ``None`` where the mark-up does not say.
    """

    rows: tuple[tuple[str, ...], ...]
    headers: int | None


def is_layout(table: etree._Element) -> bool:
    """Whether a table only places things: headings, tables, long text, one column or more than are read."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants(*_LAYOUT), None) is not None:
        return True
    if any(_is_page_column(cell) for cell in table.iter("td", "th")):
        return True
    widest = max((len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")), default=0)
    return not 2 <= widest <= _MOST_COLUMNS


def _is_page_column(cell: etree._Element) -> bool:
    """Whether a cell holds paragraphs, as a column of a page does."""
    letters = len(squeeze(cell))
    breaks = sum(1 for _ in cell.iter("br", "p", "div"))
    return letters > _LONGEST_CELL or (letters > _SHORTEST_COLUMN and breaks > _MOST_BREAKS)


def read_grid(table: etree._Element) -> Grid:
    """The cells of a table. A cell that spans rows stands in each; one that spans columns, in header rows."""
    rows: list[list[str]] = []
    marked: list[bool] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not cells:
            continue
        heads = _names_columns(row, cells) or (not rows and all(_is_bold(cell) for cell in cells))
        rows.append(_place_cells(cells, hanging, repeat=heads))
        marked.append(heads)
    width = max((len(row) for row in rows), default=0)
    filled = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return Grid(filled, _count_headers(table, marked))


def _names_columns(row: etree._Element, cells: list[etree._Element]) -> bool:
    return all(cell.tag == "th" for cell in cells) or next(row.iterancestors("thead"), None) is not None


def _is_bold(cell: etree._Element) -> bool:
    """Whether nothing of a cell's words stands outside of bold type."""
    bold = sum(len(squeeze(part)) for part in cell.iter("b", "strong"))
    return 0 < len(squeeze(cell)) <= bold


def _place_cells(cells: list[etree._Element], hanging: dict[int, tuple[int, str]], repeat: bool) -> list[str]:
    """A row, with the cells that hang down into it from above; ``hanging`` is moved on by one row."""
    placed: list[str] = []

    def take_hanging() -> None:
        while (column := len(placed)) in hanging:
            left, words = hanging.pop(column)
            placed.append(words)
            if left > 1:
                below[column] = (left - 1, words)

    below: dict[int, tuple[int, str]] = {}
    for cell in cells:
        take_hanging()
        words = flat_words(cell)
        for column in range(_read_span(cell, "colspan", _MOST_COLUMNS)):
            if (rows := _read_span(cell, "rowspan", _MOST_SPANNED)) > 1:
                below[len(placed)] = (rows - 1, words if repeat or column == 0 else "")
            placed.append(words if repeat or column == 0 else "")
    take_hanging()
    hanging.clear()
    hanging.update(below)
    return placed


def _read_span(cell: etree._Element, name: str, most: int) -> int:
    written = (cell.get(name) or "1").strip()
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 6 else 1


def _count_headers(table: etree._Element, marked: list[bool]) -> int | None:
    """How many rows at the top name columns; 0 where the row labels are marked, and only they are."""
    headers = next((number for number, is_header in enumerate(marked) if not is_header), len(marked))
    if headers == len(marked):
        return None
    if headers:
        return headers
    labelled = all(row[0].tag == "th" for row in table.iter("tr") if len(row))
    return 0 if labelled else None

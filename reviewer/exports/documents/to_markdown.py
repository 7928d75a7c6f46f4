"""A document as Markdown (CommonMark, with GitHub's tables); what stands in it is never read as mark-up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reviewer.exports.documents.model import (
    Block,
    Document,
    Grid,
    Heading,
    ItemList,
    Note,
    Paragraph,
    ParagraphKind,
    Run,
    Runs,
)
from reviewer.markup import Html

_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
# What opens a heading, a list, code, a rule or an underlined heading at the start of a line.
_LINE_START = re.compile(r"^[ \t]*([-+#=]|\d{1,9}(?=[.)]))?")
_HARD_BREAK = "\\\n"
_FRAMES = {
    "strong": (Html("<strong>"), Html("</strong>")),
    "em": (Html("<em>"), Html("</em>")),
    "sup": (Html("<sup>"), Html("</sup>")),
}


def to_markdown(document: Document) -> bytes:
    """The document in UTF-8, its blocks parted by an empty line."""
    face = [f"# {_write_line(document.title)}"]
    if document.stamp:
        face.insert(0, f"**{_write_line(document.stamp)}**")
    if document.subtitle:
        face.append(_write_line(document.subtitle))
    blocks = (written for block in document.blocks if (written := write_block(block)))
    return ("\n\n".join((*face, *blocks)) + "\n").encode("utf-8")


def write_block(block: Block) -> str:
    """One block, "" for a table of nothing."""
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {write_runs(block.runs, ' ')}"
        case Paragraph():
            told = write_runs(block.runs)
            return _quote(told) if block.kind is ParagraphKind.QUOTE else told
        case ItemList():
            return "\n".join(_write_items(block))
        case Grid():
            return "\n".join(_write_grid(block))
        case Note():
            return _quote("\n\n".join(write_block(inside) for inside in block.blocks))


def write_runs(parts: Runs, new_line: str = _HARD_BREAK) -> str:
    """The words with their look; a line feed becomes ``new_line``."""
    told = ""
    for part in parts:
        # Signs that stand beside signs would be read as one.
        told += _write_run(part, new_line, beside=told.endswith("*"))
    return _LINE_START.sub(_escape_start, told)


def _escape_start(start: re.Match[str]) -> str:
    sign = start.group(1) or ""
    # Of a number it is the stop behind it that makes a list.
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}" if sign else ""


def _write_run(run: Run, new_line: str, beside: bool) -> str:
    lines = (_SIGNS.sub(r"\\\1", line) for line in run.shown.split("\n"))
    told = new_line.join(
        _LINE_START.sub(_escape_start, line) if place else line for place, line in enumerate(lines)
    )
    if run.bold:
        told = _emphasise(told, "**", "strong", beside)
    if run.italic:
        told = _emphasise(told, "*", "em", beside or run.bold)
    if run.superscript:
        told = _wrap(told, "sup")
    return f"[{told}]({run.target.replace('(', '%28').replace(')', '%29')})" if run.target else told


def _emphasise(told: str, sign: str, tag: str, beside: bool) -> str:
    """Between the signs; between tags where Markdown would not read them, beside a bracket or a blank."""
    words = all(unicodedata.category(edge)[0] in "LN" for edge in told[:1] + told[-1:])
    return f"{sign}{told}{sign}" if told and words and not beside else _wrap(told, tag)


def _wrap(told: str, tag: str) -> str:
    opening, closing = _FRAMES[tag]
    return f"{opening}{told}{closing}"


def _write_items(block: ItemList) -> Iterator[str]:
    for number, item in enumerate(block.items, start=block.first):
        sign = f"{number}." if block.ordered else "-"
        told = write_runs(item.runs).replace("\n", "\n" + " " * (len(sign) + 1))
        yield f"{sign} {told}"


def _write_grid(grid: Grid) -> Iterator[str]:
    if not grid.columns:
        return
    if grid.caption:
        yield f"{_write_line(grid.caption)}\n"
    head = [write_runs(name, " ") for name in grid.head] or [""] * grid.columns
    yield _write_row(head)
    yield _write_row(["---"] * grid.columns)
    for row in grid.rows:
        yield _write_row([write_runs(cell.runs, " ") for cell in row])


def _write_row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _write_line(text: str) -> str:
    return write_runs((Run(text),), " ")


def _quote(told: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in told.split("\n"))

"""The report of a version as one workbook: its face, then a sheet for each table that the viewer may have."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from claims.errors import RoleRefused
from db.unit_of_work import UnitOfWork
from reviewer.exports.cells import protect_row
from reviewer.exports.column_names import name_columns
from reviewer.exports.documents.model import Block, Grid, Heading, Note, Paragraph, plain_text
from reviewer.exports.registry import TABLES
from reviewer.exports.review_document.building import build_cover
from reviewer.exports.review_document.material import load_material
from reviewer.exports.table import ExportRequest
from reviewer.exports.to_xlsx import Sheet, write_workbook
from reviewer.formulas import defuse_cell
from reviewer.i18n import translator


def make_workbook(work: UnitOfWork, request: ExportRequest, at: datetime) -> bytes:
    """The workbook; a table that is not for the viewer is left out. Raises ``NotFound``."""
    material = load_material(work, request, at)
    cover = build_cover(material)
    face = [(cover.title,), (cover.stamp,), (cover.subtitle,), *_list_lines(cover.blocks)]
    shown = [tuple(map(defuse_cell, line)) for line in face if any(line)]
    buffer = io.BytesIO()
    told = replace(request, locale=material.language.value)
    write_workbook(_list_sheets(work, told), buffer, shown)
    return buffer.getvalue()


def _list_sheets(work: UnitOfWork, request: ExportRequest) -> Iterator[Sheet]:
    translate = translator(request.locale)
    for table in TABLES.values():
        try:
            rows = table.load(work, request)
        except RoleRefused:
            continue
        protected = (protect_row(row, table.whole_places) for row in rows)
        head = name_columns(table.columns, request.columns)
        yield Sheet(translate(table.title), table.columns, protected, head)


def _list_lines(blocks: tuple[Block, ...]) -> Iterator[tuple[str, ...]]:
    """What stands in the blocks, a line each, the cells of a grid beside each other."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield (plain_text(block.runs),)
            case Note():
                yield from _list_lines(block.blocks)
            case Grid():
                yield tuple(map(plain_text, block.head))
                yield from (tuple(plain_text(cell.runs) for cell in row) for row in block.rows)
            case _:
                yield from ((plain_text(item.runs),) for item in block.items)

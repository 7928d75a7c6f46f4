"""The clinic's own rules on review dates, as a table that people edit and that is read again."""

from __future__ import annotations

import csv
import io

from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.formulas import escape_cell
from reviewer.review_rules import HOUSE_COLUMNS
from reviewer.workflow.review_rules import find_kept_review_rules


def export_review_rules(work: UnitOfWork, viewer: User) -> bytes:
    """The rules that were kept last, tab-separated under their columns, a header alone where nobody kept any.

    UTF-8 with BOM and CRLF; no cell starts a formula.
    """
    kept = find_kept_review_rules(work, viewer)
    buffer = io.StringIO()
    table = csv.writer(buffer, dialect="excel-tab")
    table.writerow(HOUSE_COLUMNS)
    for rule in kept.rules if kept else ():
        cells = (rule.months, rule.type, rule.level, rule.design, rule.words, rule.reason_ja)
        table.writerow(escape_cell(str(cell or "")) for cell in cells)
    return buffer.getvalue().encode("utf-8-sig")

"""The clinic's own rules on wording as a table that people edit and that is read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from claims.extraction.house_rules import HouseRule
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.formulas import escape_cell
from reviewer.wording_rules import COLUMNS
from reviewer.workflow.wording_rules import find_kept_rules


def export_wording_rules(work: UnitOfWork, viewer: User) -> bytes:
    """The table of the rules that were kept last, a header alone where nobody kept any."""
    kept = find_kept_rules(work, viewer)
    return write_wording_rules(kept.rules if kept else ())


def write_wording_rules(rules: Iterable[HouseRule]) -> bytes:
    """The rules tab-separated under ``COLUMNS``, as UTF-8 with BOM and CRLF; no cell starts a formula."""
    buffer = io.StringIO()
    table = csv.writer(buffer, dialect="excel-tab")
    table.writerow(COLUMNS)
    for rule in rules:
        table.writerow(map(escape_cell, (rule.phrase, rule.language.value, rule.reason, rule.alternative)))
    return buffer.getvalue().encode("utf-8-sig")

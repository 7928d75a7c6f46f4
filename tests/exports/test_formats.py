"""What holds for every table in every file format, those that are added later too."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from db.unit_of_work import UnitOfWork
from reviewer.exports.cells import LONGEST_CELL
from reviewer.exports.exporting import write_table
from reviewer.exports.registry import DEFAULT_FORMAT, FORMATS, TABLES
from reviewer.exports.table import ExportRequest, Row
from reviewer.formulas import defuse_cell
from reviewer.workflow.flagging import raise_flag
from reviewer.workflow.grading import judge_citation
from reviewer.workflow.overriding import override_level
from tests.conftest import OpenWork
from tests.exports.reading_back import READERS
from tests.exports.test_cells import texts, units
from tests.factories import (
    make_article,
    make_audit_entry,
    make_evidence,
    make_extraction,
    make_moment,
    make_pmid,
    make_reference,
)
from tests.structure.enum_maps import ROOT
from tests.workflow.clinic import EDITOR, TWO_REVIEWERS, A, open_clinic

COLUMNS = ("claim_text", "comment")
SECRET = "秘密の所見"
FORMULA = "=HYPERLINK(0)"
each_format = pytest.mark.parametrize("ending", FORMATS)
each_table = pytest.mark.parametrize("table", TABLES)


def take_out(work: UnitOfWork, version_id: int, table: str, ending: str) -> list[Row]:
    exported = write_table(work, table, ExportRequest(version_id, EDITOR, UTC), ending)
    return READERS[ending](exported)


def write(ending: str, rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    buffer = io.BytesIO()
    FORMATS[ending].write(rows, columns, buffer, columns)
    return buffer.getvalue()


@each_format
def test_a_format_has_its_reader_its_name_in_the_documents_and_the_default_is_one(ending: str) -> None:
    assert ending in READERS, f"tests/exports/reading_back.py cannot read .{ending}"
    for document in ("README.md", "README.ja.md", "docs/how-to.md", "docs/how-to.ja.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        assert FORMATS[ending].name in text, f"{document} does not name {FORMATS[ending].name}"
    assert DEFAULT_FORMAT in FORMATS


@each_format
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, texts)), min_size=1, max_size=3))
def test_every_cell_comes_back_as_it_was_given(ending: str, rows: list[Row]) -> None:
    assert READERS[ending](write(ending, rows, COLUMNS)) == rows


@each_format
def test_columns_stand_in_the_order_of_their_table(ending: str) -> None:
    row = {"b": "1", "a": "2"}
    for columns in (("a", "b"), ("b", "a")):
        (back,) = READERS[ending](write(ending, [row], columns))
        assert tuple(back) == columns


@each_table
@each_format
def test_no_cell_that_leaves_starts_a_formula_or_is_too_long(
    table: str, ending: str, open_work: OpenWork
) -> None:
    with open_work() as work:
        title = FORMULA + "a" * LONGEST_CELL
        version = work.articles.add_version(make_article(title=title), make_moment())
        for claim in work.claims.add_extraction(version.id, make_extraction()):
            work.searches.record_evidence(claim.id, make_evidence(1))
        work.references.add(version.id, [make_reference()])
        work.commit(make_audit_entry(subject=f"version:{version.id}", values=(("@", title),)))
        rows = take_out(work, version.id, table, ending)
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if units(cell) > LONGEST_CELL or defuse_cell(cell) != cell] == []
    assert any(" … [cut: " in cell and FORMULA in cell for cell in cells), "the long title is in no cell"


@each_table
@each_format
def test_no_table_tells_what_is_blind(table: str, ending: str, open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    clinic.assign(TWO_REVIEWERS)
    claim_id, pmid = clinic.claim_ids[0], make_pmid()
    with clinic.open_work() as work:
        judgement, basis = CitationJudgement.SUPPORTING, Basis.FULL_TEXT
        judge_citation(work, claim_id, pmid, judgement, basis, A, clinic.now(), SECRET)
    with clinic.open_work() as work:
        override_level(work, claim_id, pmid, 1, SECRET, A, clinic.now())
    with clinic.open_work() as work:
        raise_flag(work, claim_id, SECRET, A, clinic.now(), SECRET)
    clinic.grade(A, SupportGrade.SUPPORTED, SECRET)
    with clinic.open_work() as work:
        work.references.add(clinic.version_id, [make_reference()])
        work.commit(make_audit_entry())
        rows = take_out(work, clinic.version_id, table, ending)
    assert rows
    assert not any(SECRET in cell for row in rows for cell in row.values())


@each_table
def test_a_place_of_the_whole_is_named_for_a_column_that_there_is(table: str) -> None:
    assert set(TABLES[table].whole_places) <= set(TABLES[table].columns)

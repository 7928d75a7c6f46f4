"""What LibreOffice makes of our files: the same words, read by an office that we did not write."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from claims.records.article import Language
from reviewer.exports.cells import protect_row
from reviewer.exports.documents.model import Cell, Document, Grid, Heading, ItemList, Paragraph, runs
from reviewer.exports.documents.to_docx import to_docx
from reviewer.exports.table import Row
from reviewer.exports.to_csv import to_csv
from reviewer.exports.to_xlsx import to_xlsx
from tests.exports.test_to_xlsx import TRAPS

OFFICE = shutil.which("soffice")
# Comma, quotation mark, UTF-8, from the first line, every cell quoted, as it is shown, all sheets.
_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
_FROM_CSV = "--infilter=CSV:44,34,76,1"
# A number is one in any CSV, quoted or not, and so is a date: only the workbook tells a text from both.
_READ_AS_NUMBERS = {"1/2", "3-4", "2026-01-05", "1e5", "00123", "TRUE", "12:30", "1,5"}
needs_office = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice: apt install libreoffice")
# Debian has the spreadsheet in a package of its own.
HAS_SHEETS = OFFICE is not None and (Path(OFFICE).resolve().parent / "libsclo.so").is_file()
needs_sheets = pytest.mark.skipif(not HAS_SHEETS, reason="no LibreOffice Calc: apt install libreoffice")


def convert(folder: Path, form: str, name: str, *further: str) -> None:
    profile, out = f"-env:UserInstallation=file://{folder}/profile", str(folder / "out")
    command = [str(OFFICE), profile, *further, "--headless", "--convert-to", form, "--outdir", out, name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)


@needs_sheets
@pytest.mark.parametrize(
    ("name", "write", "texts", "further"),
    [
        ("book.xlsx", to_xlsx, TRAPS, ()),
        ("table.csv", to_csv, [trap for trap in TRAPS if trap not in _READ_AS_NUMBERS], (_FROM_CSV,)),
    ],
)
def test_libreoffice_holds_the_cells_that_were_written(
    tmp_path: Path,
    name: str,
    write: Callable[[Sequence[Row], Sequence[str]], bytes],
    texts: Sequence[str],
    further: tuple[str, ...],
) -> None:
    rows = [protect_row({"claim_text": text}, {}) for text in texts]
    (tmp_path / name).write_bytes(write(rows, ["claim_text"]))
    convert(tmp_path, _AS_CSV, name, *further)
    (written,) = (tmp_path / "out").glob("*.csv")
    with written.open(encoding="utf-8", newline="") as lines:
        back = [line[0] for line in csv.reader(lines)][1:]
    assert back == [row["claim_text"] for row in rows]


@needs_office
def test_a_word_file_is_read_with_its_structure(tmp_path: Path) -> None:
    document = Document(
        "根拠の確認",
        Language.JA,
        (
            Heading(1, runs("𠮷野家の﨑さん")),
            Paragraph(runs("<b>p < 0.05</b> 🧬")),
            ItemList((Paragraph(runs("甲")), Paragraph(runs("乙"))), ordered=True),
            Grid((runs("見出し"),), ((Cell(runs("升目")),),)),
        ),
        stamp="下書き",
    )
    (tmp_path / "report.docx").write_bytes(to_docx(document))
    convert(tmp_path, "txt:Text (encoded):UTF8", "report.docx")
    lines = (tmp_path / "out" / "report.txt").read_text(encoding="utf-8-sig").splitlines()
    told = [line.strip() for line in lines if line.strip()]
    assert told == [
        "下書き",
        "根拠の確認",
        "𠮷野家の﨑さん",
        "<b>p < 0.05</b> 🧬",
        "1. 甲",
        "2. 乙",
        "見出し",
        "升目",
    ]

"""The PDF can be read, searched and heard; where it cannot be made, somebody is told what to do."""

from __future__ import annotations

import io
import logging
import os
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from claims.errors import SettingsError
from claims.records.article import Language
from reviewer.error_messages import describe_error
from reviewer.exports.documents.model import Cell, Document, Grid, Heading, Paragraph, runs
from reviewer.exports.documents.to_pdf import is_pdf_written_here, to_pdf, try_printing
from tests.exports.reading_back import read_words_of_pdf
from tests.structure.enum_maps import ROOT

DOCUMENT = Document(
    "根拠の確認報告書",
    Language.JA,
    (
        Heading(1, runs("𠮷野家の﨑さん")),
        Paragraph(runs("p < 0.05 の <b>")),
        Grid((runs("見出し"),), tuple((Cell(runs(f"行{n}")),) for n in range(80))),
    ),
    stamp="未評価",
    made_at=datetime(2026, 1, 5, 12, 0, tzinfo=UTC),
)
_LATIN = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"),
)
# A machine that has the fonts of one folder.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@cache
def written() -> bytes:
    return to_pdf(DOCUMENT)


def test_rare_kanji_and_signs_are_found_in_the_text() -> None:
    told = read_words_of_pdf(written())
    for words in ("根拠の確認報告書", "𠮷野家の﨑さん", "p < 0.05 の <b>", "行79"):
        assert words in told


def test_an_emoji_is_found_in_the_text_or_named_where_no_font_has_it() -> None:
    document = Document("t", Language.JA, (Paragraph(runs("遺伝子🧬の図")),))
    told = read_words_of_pdf(to_pdf(document))
    assert "遺伝子🧬の図" in told or "遺伝子[U+1F9EC]の図" in told


def test_every_page_bears_the_stamp_and_its_number_and_the_head_of_a_table_is_repeated() -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(written())).pages]
    assert len(pages) > 1
    for number, told in enumerate(pages, start=1):
        assert "未評価" in told
        assert f"{number} / {len(pages)}" in told
        assert "見出し" in told


def test_the_file_names_its_title_and_language_and_is_tagged() -> None:
    reader = PdfReader(io.BytesIO(written()))
    assert reader.metadata is not None
    assert reader.metadata.title == "根拠の確認報告書"
    assert str(reader.root_object["/Lang"]) == "ja"
    assert "/StructTreeRoot" in reader.root_object


def test_the_same_document_is_the_same_file() -> None:
    assert to_pdf(DOCUMENT) == written()


@pytest.fixture
def latin_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose only font has neither Japanese nor emoji."""
    latin = next((font for font in _LATIN if font.exists()), None)
    if latin is None:
        pytest.skip("no font without Japanese is here")
    shutil.copy(latin, tmp_path)
    (tmp_path / "fonts.conf").write_text(_FONTS.format(fonts=tmp_path, cache=tmp_path), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))


@pytest.mark.usefixtures("latin_machine")
def test_a_letter_without_a_font_is_named_and_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    document = Document("t", Language.EN, (Paragraph(runs("gene 🧬 chart")),))
    with caplog.at_level(logging.WARNING, "konkyo.exports"):
        told = read_words_of_pdf(to_pdf(document))
    assert "gene [U+1F9EC] chart" in told
    assert "no font has U+1F9EC" in caplog.text


@pytest.mark.usefixtures("latin_machine")
def test_japanese_without_a_font_is_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        to_pdf(DOCUMENT)
    assert refused.value.code == "pdf_fonts_missing"
    assert "fonts-noto-cjk" in describe_error(refused.value)


@pytest.mark.usefixtures("latin_machine")
def test_a_look_at_the_fonts_prints_nothing_and_finds_that_japanese_has_none() -> None:
    with pytest.raises(SettingsError) as refused:
        try_printing()
    assert refused.value.code == "pdf_fonts_missing"


def test_a_machine_without_any_font_ends_the_printing_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts.conf").write_text(_FONTS.format(fonts=tmp_path, cache=tmp_path), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(SettingsError) as refused:
        to_pdf(DOCUMENT)
    assert refused.value.code in ("pdf_not_printed", "pdf_fonts_missing")


@pytest.mark.parametrize(
    ("package", "told"),
    [
        ("", "requirements-pdf.lock"),
        ("raise OSError(\"cannot load library 'libpango-1.0-0': not found\")", "Pango"),
    ],
)
def test_what_is_not_installed_is_told_with_the_way_around_it(
    package: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module of the same name stands before the package in the process that prints."""
    missing = "raise ModuleNotFoundError(\"No module named 'weasyprint'\", name='weasyprint')"
    (tmp_path / "weasyprint.py").write_text(package or missing, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), str(ROOT))))
    with pytest.raises(SettingsError) as refused:
        to_pdf(DOCUMENT)
    assert told in describe_error(refused.value)
    assert "HTML" in describe_error(refused.value)


def test_whether_pdf_is_offered_is_whether_the_package_is_there() -> None:
    assert is_pdf_written_here()

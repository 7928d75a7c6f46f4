"""A Word manuscript with footnotes, endnotes and numbered marks: in, looked up, out, and in again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from claims.articles.reading import parse_document
from claims.extraction import extract_claims
from reviewer.cli import konkyo
from tests.databases import make_database
from tests.entrez_server import EntrezServer
from tests.exports.test_libreoffice import convert, needs_office
from tests.references.manuscripts import (
    CITED,
    MISSING,
    NO_PAPER,
    OF_ANOTHER,
    OTHER,
    PAPERS,
    PMIDS,
    RETRACTED_ONE,
    find_paper,
)
from tests.references.word_manuscripts import WORD_FILES

REWRITTEN = {"en": ("restores", "preserves"), "ja": ("回復させ", "改善し")}
LANGUAGES = pytest.mark.parametrize("language", WORD_FILES)
PAPERS_OF = {at: pmid for at, pmid in enumerate(PMIDS, 1) if at not in (OF_ANOTHER, MISSING)}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NCBI_EMAIL", "sample@example.org")
    # The rate has tests of its own.
    monkeypatch.setattr("claims.pubmed.source.KEYLESS_PER_SECOND", 100)
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)
    make_database(tmp_path / "home" / "konkyo.db")


def call(*arguments: str | Path | int) -> Result:
    done = CliRunner().invoke(konkyo, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done


def run(language: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "manuscript.docx"
    file.write_bytes(WORD_FILES[language])
    with EntrezServer(PAPERS, find=find_paper) as server:
        monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
        call("run", file, "--source", "pubmed", "--out", folder / "report.csv")


def read_table(name: str, version: int, folder: Path) -> list[dict[str, str]]:
    out = folder / f"{name}-{version}.csv"
    call("report", version, "--table", name, "--out", out)
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))


def check_tables(version: int, folder: Path) -> None:
    """Ten claims with the papers that they cite, ten references of which the three are told."""
    claims = read_table("claims", version, folder)
    assert [row["pmids"].split(";") for row in claims] == [
        [PAPERS_OF[number] for number in numbers if number in PAPERS_OF] or [""] for numbers in CITED
    ]
    assert [row["read_as"] for row in claims if "[" in row["read_as"]] == []
    references = dict(enumerate(read_table("references", version, folder), start=1))
    assert [references[number]["claims"].split("; ") for number in references] == [
        [str(at) for at, numbers in enumerate(CITED, 1) if number in numbers] for number in range(1, 11)
    ]
    assert references[RETRACTED_ONE]["retraction"] == "retracted"
    assert (references[OF_ANOTHER]["identity"], references[OF_ANOTHER]["pmid"]) == ("other_paper", OTHER)
    assert references[MISSING]["identity"] == "no_record"
    assert references[NO_PAPER]["identity"] == "not_in_pubmed"


def list_said(content: bytes) -> list[str]:
    return [claim.text for claim in extract_claims(parse_document(content, "a.docx").article).claims]


def rewrite_first(content: bytes, old: str, new: str) -> bytes:
    """The file with one word of its first sentence written otherwise."""
    word = docx.Document(io.BytesIO(content))
    (words,) = [run for one in word.paragraphs for run in one.runs if old in run.text][:1]
    words.text = words.text.replace(old, new)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


@LANGUAGES
def test_notes_and_numbers_of_word_are_attached_and_come_back_from_the_margin(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(language, tmp_path, monkeypatch)
    check_tables(1, tmp_path)
    article, margin = tmp_path / "article.docx", tmp_path / "margin.docx"
    call("article", 1, "--format", "docx", "--out", article)
    written = parse_document(article.read_bytes(), "a.docx").article.text
    before = parse_document(WORD_FILES[language], "a.docx").article.text
    assert [line for line in before.splitlines() if line.startswith("[^note-") and line not in written] == []
    call("manuscript", 1, "--out", margin)
    assert list_said(margin.read_bytes()) == list_said(WORD_FILES[language])
    margin.write_bytes(rewrite_first(margin.read_bytes(), *REWRITTEN[language]))
    call("ingest", margin, "--revises", 1)
    check_tables(2, tmp_path)


@needs_office
@LANGUAGES
def test_libreoffice_opens_the_article_and_the_margin_with_all_sentences_and_notes(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(language, tmp_path, monkeypatch)
    call("article", 1, "--format", "docx", "--out", tmp_path / "article.docx")
    call("manuscript", 1, "--out", tmp_path / "margin.docx")
    said = list_said(WORD_FILES[language])
    for name in ("article.docx", "margin.docx"):
        convert(tmp_path, "docx", name)
        back = list_said((tmp_path / "out" / name).read_bytes())
        assert [sentence for sentence in said if sentence not in back] == []

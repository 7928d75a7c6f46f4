"""``konkyo library`` and ``konkyo recheck``: what they print, where, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.library import Library
from reviewer.cli import konkyo
from tests.databases import make_database
from tests.evidence.library_files import deletion, version, write_document

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "article_ja.md"
LIBRARY = sorted((ROOT / "samples" / "library").glob("*.xml"))
FIRST = 9_000_900_001


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home and working folder."""
    for name in ("KONKYO_DATABASE_URL", "KONKYO_ENTREZ_URL", "NCBI_EMAIL", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    make_database(tmp_path / "home" / "konkyo.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(konkyo, [str(argument) for argument in arguments])


def test_an_import_tells_its_sum_on_the_last_line_and_its_rate_on_standard_error(tmp_path: Path) -> None:
    files = [
        write_document(tmp_path / "a.xml", version(FIRST, day=20200101), version(FIRST + 1)),
        write_document(tmp_path / "b.xml.gz", version(FIRST, day=20210101), deletion(FIRST + 1)),
    ]
    done = call("library", "import", *files)
    assert done.exit_code == 0
    assert done.stdout == "read 3, added 2, revised 1, deleted 1, refused 0\n"
    assert "2 files, 3 records" in done.stderr
    assert "a second" in done.stderr


def test_what_is_refused_is_named_with_its_reason_and_the_rest_is_kept(tmp_path: Path, home: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"<PubmedArticleSet>\n" + version(FIRST + 2).encode() + b"\n<a></b>")
    mixed = write_document(tmp_path / "mixed.xml", version(FIRST), "<PubmedArticle/>")
    done = call("library", "import", broken, tmp_path, tmp_path / "nowhere.xml", mixed)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "read 2, added 2, revised 0, deleted 0, refused 4"
    refused = [line for line in done.stderr.splitlines() if line.startswith("refused: ")]
    named = [Path(line.split(": ")[1]) for line in refused]
    assert named == [broken, tmp_path, tmp_path / "nowhere.xml", mixed]
    assert any("from line 3 on" in line for line in refused)
    assert Library(home / "library").count() == 2


def test_a_retraction_that_an_update_brings_is_found_by_looking_again(tmp_path: Path, home: Path) -> None:
    call("library", "import", *LIBRARY)
    assert call("run", SAMPLE, "--out", tmp_path / "report.csv").exit_code == 0
    unchanged = call("recheck", "1")
    assert unchanged.exit_code == 0
    assert unchanged.stdout.splitlines()[-1].endswith("changed 0, quotations lost 0")

    record = next(iter(Library(home / "library").search("minoxidil", 1).pmids))
    text = next(path.read_text(encoding="utf-8") for path in LIBRARY if record in path.read_text("utf-8"))
    article = next(part for part in text.split("<PubmedArticle>") if f">{record}</PMID>" in part)
    article = article.partition("</PubmedArticle>")[0]
    notice = (
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>SAMPLE</RefSource>'
        "<PMID>9000999999</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>"
    )
    retracted = f"<PubmedArticle>{article.replace('</MedlineCitation>', notice)}</PubmedArticle>"
    update = call("library", "import", write_document(tmp_path / "update.xml", retracted))
    assert update.stdout == "read 1, added 0, revised 1, deleted 0, refused 0\n"

    done = call("recheck", "--source", "library")
    told = [line for line in done.stdout.splitlines() if f"PMID {record}" in line]
    assert told
    assert all(line.endswith("none_known -> retracted (notice 9000999999)") for line in told)
    call("report", "1", "--out", tmp_path / "again.csv")
    assert "retracted" in (tmp_path / "again.csv").read_text("utf-8-sig")


def test_what_could_not_be_checked_is_named_and_the_exit_code_says_so(tmp_path: Path, home: Path) -> None:
    call("library", "import", *LIBRARY)
    assert call("run", SAMPLE, "--out", tmp_path / "report.csv").exit_code == 0
    record = next(iter(Library(home / "library").search("minoxidil", 1).pmids))
    deletion = f"<DeleteCitation><PMID>{record}</PMID></DeleteCitation>"
    call("library", "import", write_document(tmp_path / "update.xml", deletion))
    done = call("recheck", "--source", "library")
    assert done.exit_code == 1
    assert f"not checked: PMID {record}: library has no such record" in done.stderr
    assert "not told by library 1," in done.stdout


def test_looking_again_at_a_version_that_is_not_there_is_one_line() -> None:
    call("library", "import", *LIBRARY)
    done = call("recheck", "99")
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1

"""The command line as a user meets it: a fresh home, real files, real processes where it matters."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from reviewer.cli import konkyo
from tests.databases import make_database

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "article_ja.md"
LIBRARY = sorted((ROOT / "samples" / "library").glob("*.xml"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home and working folder, in which nothing is set but KONKYO_HOME."""
    for name in ("KONKYO_DATABASE_URL", "KONKYO_ENTREZ_URL", "NCBI_EMAIL", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    make_database(tmp_path / "home" / "konkyo.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def no_home(home: Path) -> Path:
    """A home that nothing has made yet."""
    shutil.rmtree(home)
    return home


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(konkyo, [str(argument) for argument in arguments])


def read_report(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_extract_prints_one_claim_a_line_and_nothing_else(no_home: Path) -> None:
    done = call("extract", SAMPLE, "--format", "jsonl")
    claims = lines(done.stdout)
    assert done.exit_code == 0
    assert len(claims) >= 20
    told = {"text", "start", "end", "type", "certainty", "section", "read_as", "references"} | {
        "wording_risks"
    }
    assert all(set(claim) == told for claim in claims)
    assert not no_home.exists(), "extract needs no database"


def test_extract_tells_dropped_units_only_when_asked() -> None:
    everything = lines(call("extract", SAMPLE, "--all").stdout)
    dropped = [unit for unit in everything if "dropped" in unit]
    assert dropped
    assert len(everything) - len(dropped) == len(lines(call("extract", SAMPLE).stdout))


def test_extract_tells_the_references_of_a_claim(tmp_path: Path) -> None:
    file = tmp_path / "hip.md"
    file.write_text(
        "# Hips\n\nWalking reduces hip pain.[1]\n\n"
        "## References\n\n1. Sample A, et al. 2019. PMID: 900000044\n"
    )
    (claim,) = lines(call("extract", file).stdout)
    text = "Sample A, et al. 2019. PMID: 900000044"
    assert claim["references"] == [
        {"label": "1", "text": text, "year": "2019", "pmid": "900000044", "doi": ""}
    ]


def test_extract_tells_the_clinics_reason_beside_those_of_the_laws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, file = tmp_path / "rules.tsv", tmp_path / "drip.md"
    rules.write_text("phrase\tlanguage\treason\nきらめき点滴\tja\t院内の理由\n", encoding="utf-8")
    monkeypatch.setenv("KONKYO_WORDING_RULES", str(rules))
    file.write_text("きらめき点滴は必ず髪を増やします。\n", encoding="utf-8")
    (claim,) = lines(call("extract", file).stdout)
    house, absolute = cast(list[dict[str, object]], claim["wording_risks"])
    assert (house["rule"], house["words"]) == ("house", "きらめき点滴")
    assert house["grounds"] == [{"law": "", "reason": "院内の理由", "alternative": ""}]
    assert absolute["rule"] == "absolute"
    assert all(ground["law"] for ground in cast(list[dict[str, str]], absolute["grounds"]))


def test_a_fault_in_the_clinics_rules_is_one_line_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules.tsv"
    rules.write_text("phrase\tlanguage\treason\nきらめき点滴\tja\t\n", encoding="utf-8")
    monkeypatch.setenv("KONKYO_WORDING_RULES", str(rules))
    for command in (("extract", SAMPLE), ("ingest", SAMPLE)):
        done = call(*command)
        assert done.exit_code == 1
        assert done.stderr.strip().splitlines() == [done.stderr.strip()]
        assert f"{rules} line 2" in done.stderr
    assert f"WRONG   wording rules: {rules} line 2" in call("doctor").stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc-jp", "utf-16"])
def test_an_article_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "テーマ:サンプル\nミノキシジルは毛包の成長期を延長します。副作用として皮膚炎が報告されています。\n"
    file = tmp_path / "article.txt"
    file.write_bytes(text.encode(encoding))
    texts = [claim["text"] for claim in lines(call("extract", file).stdout)]
    assert "ミノキシジルは毛包の成長期を延長します。" in texts


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        bytes(range(128, 256)) * 40,
        "こんにちは。\n".encode(),
    ],
    ids=["empty", "blank", "binary", "noise", "claimless"],
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path: Path, home: Path, content: bytes) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    done = call("ingest", file)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert call("search", "1", "--source", "library").exit_code == 1, "no version was stored"


def test_an_article_of_fifty_megabytes_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes("毛包は成長する。\n".encode() * 2_200_000)
    done = call("extract", file)
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_missing_file_is_one_line_on_standard_error() -> None:
    done = call("extract", "nowhere.txt")
    assert done.exit_code == 1
    assert "nowhere.txt" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["faq_ja.html", "blog_en.html", "handmade_ja.html"])
def test_a_page_gives_its_claims(name: str) -> None:
    done = call("extract", ROOT / "tests" / "articles" / "pages" / name)
    assert done.exit_code == 0
    assert lines(done.stdout)


def test_an_address_in_a_private_network_is_refused_in_one_line() -> None:
    done = call("ingest", "http://127.0.0.1:9/article")
    assert done.exit_code == 1
    assert "127.0.0.1" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_reading_text_imports_no_reader_of_other_formats() -> None:
    check = (
        "import sys; from reviewer.cli.extract import extract;"
        "extract(['samples/article_ja.md'], standalone_mode=False);"
        "sys.exit(bool({'trafilatura', 'docx', 'pypdf', 'requests'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", check], capture_output=True, check=True, cwd=ROOT)


def test_pubmed_without_an_address_says_which_line_to_add(tmp_path: Path) -> None:
    done = call("run", SAMPLE, "--source", "pubmed", "--out", tmp_path / "report.csv")
    assert done.exit_code == 1
    assert "NCBI_EMAIL=" in done.stderr


def test_a_search_that_ncbi_does_not_answer_is_reported_as_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("ミノキシジルは毛包の成長期を延長します。\n", encoding="utf-8")
    monkeypatch.setenv("NCBI_EMAIL", "sample@example.org")
    monkeypatch.setenv("KONKYO_ENTREZ_URL", "http://127.0.0.1:9/entrez/eutils/")
    done = call("run", file, "--source", "pubmed", "--out", tmp_path / "report.csv")
    assert done.exit_code == 1
    assert "1 claim: the search failed: PubMed cannot be reached" in done.stderr
    assert "every search failed: run `konkyo search` later" in done.stderr
    assert done.stdout.strip() == str(tmp_path / "report.csv"), "the report is written all the same"
    assert "1 of 1 claim\n" in done.stderr
    assert "1 claims" not in done.stderr
    assert [row["search_status"] for row in read_report(tmp_path / "report.csv")] == ["failed"]


def test_the_sample_runs_from_file_to_report_without_a_network(tmp_path: Path) -> None:
    imported = call("library", "import", *LIBRARY)
    assert imported.exit_code == 0
    out = tmp_path / "report.csv"
    first = call("run", SAMPLE, "--out", out)
    assert first.exit_code == 0, first.stderr
    assert "library" in first.stderr, "it says which source it chose"
    rows = read_report(out)
    cited = [row for row in rows if row["pmids"]]
    assert len(rows) >= 20
    assert len(cited) >= 0.7 * len(rows)
    assert all(int(pmid) > 9_000_000_000 for row in cited for pmid in row["pmids"].split(";"))
    assert {row["pmids_status"] for row in cited} == {"suggested"}
    assert {row["support_grade"] for row in rows} == {""}

    again = call("run", SAMPLE, "--out", out)
    assert "already known" in again.stderr
    assert [row["version"] for row in read_report(out)] == ["1"] * len(rows)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("claims", {"claim_no", "support_grade", "agreement"}),
        ("citations", {"claim_no", "pmid", "judgements"}),
        ("searches", {"claim_no", "query", "hits"}),
        ("audit", {"at", "actor", "action", "subject"}),
    ],
)
def test_the_report_has_further_tables(tmp_path: Path, table: str, columns: set[str]) -> None:
    file = tmp_path / "article.txt"
    file.write_text("ミノキシジルは毛包の成長期を延長します。\n", encoding="utf-8")
    call("library", "import", *LIBRARY)
    call("run", file, "--source", "library", "--out", tmp_path / "report.csv")
    done = call("report", "1", "--table", table, "--out", tmp_path / "table.csv")
    assert done.exit_code == 0, done.stderr
    rows = read_report(tmp_path / "table.csv")
    assert rows
    assert columns <= set(rows[0])


@pytest.mark.parametrize("asked", [["--format", "html"], ["--out", "report.html"]])
def test_the_whole_report_is_written_as_the_format_or_else_the_ending_says(
    tmp_path: Path, asked: list[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("ミノキシジルは毛包の成長期を延長します。\n", encoding="utf-8")
    call("ingest", file)
    out = tmp_path / (asked[-1] if asked[0] == "--out" else "report.txt")
    done = call("report", "1", *(asked if asked[0] == "--format" else []), "--out", out)
    assert done.stdout.strip() == str(out)
    assert "まだ誰も評価していません" in out.read_text(encoding="utf-8")
    english = call("report", "1", "--format", "html", "--language", "en", "--out", out)
    assert english.exit_code == 0
    assert '<html lang="en">' in out.read_text(encoding="utf-8")


def test_a_table_alone_is_refused_in_a_format_that_holds_the_whole_report(tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    refused = call("report", "1", "--table", "searches", "--out", out)
    assert refused.exit_code == 2
    assert "docx holds the whole report" in refused.stderr
    assert not out.exists()


def test_each_table_that_leaves_is_in_the_trail(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("ミノキシジルは毛包の成長期を延長します。\n", encoding="utf-8")
    call("ingest", file)
    assert call("searches", "1", "--out", tmp_path / "searches.csv").exit_code == 0
    for table in ("claims", "citations", "audit"):
        assert call("report", "1", "--table", table, "--out", tmp_path / "table.csv").exit_code == 0
    rows = read_report(tmp_path / "table.csv")
    left = [
        row["values"].partition("; sha256: ")[0] for row in rows if row["action"] == "article:report:exported"
    ]
    assert left == [f"table: {table}; format: csv" for table in ("searches", "claims", "citations")]


def test_importing_the_same_files_twice_adds_nothing() -> None:
    first = call("library", "import", *LIBRARY).stdout.splitlines()[-1]
    second = call("library", "import", *LIBRARY).stdout.splitlines()[-1]
    count = first.split(",")[0]
    assert first == f"{count}, added {count.removeprefix('read ')}, revised 0, deleted 0, refused 0"
    assert second == f"{count}, added 0, revised 0, deleted 0, refused 0"


def test_a_refused_file_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "blocked.xml"
    page.write_text("<!DOCTYPE html><html><body>Access denied</body></html>", encoding="utf-8")
    done = call("library", "import", page, LIBRARY[0])
    assert done.exit_code == 1
    assert "blocked.xml" in done.stderr
    assert done.stdout.splitlines()[-1].endswith("refused 1")
    assert ", added 0," not in done.stdout.splitlines()[-1]


def test_library_search_ranks_for_japanese_and_english_claims(tmp_path: Path) -> None:
    call("library", "import", *LIBRARY)
    queries = tmp_path / "queries.jsonl"
    rows = [
        {"query_id": "a", "text": "ミノキシジルは発毛を促進する", "language": "ja"},
        {"query_id": "b", "text": "Minoxidil promotes hair growth"},
        {"query_id": "c", "text": "zzzzqx"},
    ]
    queries.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = call("library", "search", "--queries", queries, "--top", "5", "--format", "jsonl")
    found = lines(done.stdout)
    assert done.exit_code == 0
    assert {hit["query_id"] for hit in found} <= {"a", "b"}
    for query_id in ("a", "b"):
        scores = [float(str(hit["score"])) for hit in found if hit["query_id"] == query_id]
        assert 1 <= len(scores) <= 5
        assert scores == sorted(scores, reverse=True)


def test_query_shows_concepts_and_queries_as_json() -> None:
    plan = json.loads(call("query", "ミノキシジルは発毛を促進する").stdout)
    assert any(
        "minoxidil" in english.lower() for concept in plan["concepts"] for english in concept["english"]
    )
    assert plan["ladder"]


@pytest.mark.timed
def test_help_answers_in_under_a_second() -> None:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", "from reviewer.cli import konkyo; konkyo()", "--help"],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert time.perf_counter() - started < 3
    assert "extract" in done.stdout.decode()


def test_doctor_tells_what_is_absent_from_what_is_there() -> None:
    done = call("doctor")
    assert done.exit_code == 0
    absent = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("absent")]
    assert absent == ["library:", "mail:", "NCBI_EMAIL:", "NCBI_API_KEY:"]


def test_doctor_names_every_setting_of_the_network_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
    for name in names:
        monkeypatch.setenv(name, str(tmp_path / f"{name}.pem"))
    (tmp_path / "SSL_CERT_FILE.pem").write_text("no certificate", encoding="utf-8")
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example.org:1")
    done = call("doctor")
    assert done.exit_code == 1
    wrong = [line.split()[2] for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert wrong == [*names, "HTTPS_PROXY:"]


def test_doctor_counts_the_records_of_the_library() -> None:
    assert "library: none yet" in call("doctor").stdout
    call("library", "import", LIBRARY[0])
    records = LIBRARY[0].read_text(encoding="utf-8").count("<PubmedArticle>")
    assert f"library: {records} records" in call("doctor").stdout


def test_the_demo_outside_the_projects_folder_says_so_and_makes_nothing(no_home: Path) -> None:
    refused = call("demo", "--no-serve")
    assert refused.exit_code == 1
    assert "run the demo in the project's folder" in refused.stderr
    assert not no_home.exists()

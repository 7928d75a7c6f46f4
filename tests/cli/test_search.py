"""``konkyo search`` and ``konkyo searches`` against the loopback NCBI: what is due, by hand, and the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from claims.records.retrieval import Rung
from claims.search.ladder import FILTERS
from db.engine import open_engine
from db.models import SearchRow
from db.unit_of_work import UnitOfWork
from reviewer.cli import konkyo
from tests.cli.homes import copy_home
from tests.entrez_server import EntrezServer, Reply, SeenRequest, sample_article

ARTICLE = "ミノキシジルは毛包の成長期を延長します。フィナステリドは脱毛症を改善します。\n"
KEY = "k3y-of-nobody"
DOI = "10.1000/sample.1"
ARTICLES = [
    sample_article(str(9_000_000_001 + n), f"SAMPLE {n}", "Minoxidil and finasteride increased hair growth.")
    for n in range(8)
]


def find(term: str) -> list[str]:
    if "[pmid]" in term or "[doi]" in term:
        return ["9000000008"] if "9000000008" in term or DOI in term else []
    return [str(9_000_000_001 + n) for n in range(6)] if "no difference" not in term else []


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer(ARTICLES, find=find) as running:
        yield running


@pytest.fixture(autouse=True)
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: EntrezServer) -> None:
    """Version 1 is stored in a fresh home whose PubMed is the server."""
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)
    monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
    monkeypatch.setenv("NCBI_EMAIL", "sample@example.org")
    monkeypatch.setenv("NCBI_API_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    copy_home(tmp_path / "home", tmp_path / "article.txt")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, arguments)


def read_log(tmp_path: Path) -> list[dict[str, str]]:
    done = call("searches", "1", "--out", str(tmp_path / "log.csv"))
    assert done.exit_code == 0, done.output
    text = (tmp_path / "log.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_second_search_asks_nothing_and_again_asks_all_anew(server: EntrezServer) -> None:
    assert call("search", "1").exit_code == 0
    first = len(server.seen)
    assert first >= 4
    assert "0 of 2 claims" in call("search", "1").stderr
    assert len(server.seen) == first
    assert "2 of 2 claims" in call("search", "1", "--again").stderr
    assert len(server.seen) == 2 * first


def test_after_a_failure_only_what_is_not_known_is_asked(server: EntrezServer, tmp_path: Path) -> None:
    server.script += [Reply(b"", 404)]
    partly = call("search", "1")
    assert partly.exit_code == 0, "one of two claims was searched"
    assert "1 claim: the search failed: PubMed answered with HTTP" in partly.stderr
    first = len(server.seen)
    assert "1 of 2 claims" in call("search", "1").stderr
    assert len(server.seen) - first <= 2
    assert {row["status"] for row in read_log(tmp_path)} == {"found", "nothing_found", "failed"}


def test_when_every_search_fails_the_exit_code_says_so(server: EntrezServer, tmp_path: Path) -> None:
    server.script += [Reply(b"", 404)] * 2
    lost = call("search", "1")
    assert lost.exit_code == 1
    assert "2 claims: the search failed: PubMed answered with HTTP" in lost.stderr
    assert {row["status"] for row in read_log(tmp_path)} == {"failed"}
    assert call("search", "1").exit_code == 0
    assert call("search", "1").exit_code == 0, "nothing was due"


def test_a_search_ends_with_how_many_claims_ended_how(server: EntrezServer) -> None:
    done = call("search", "1")
    assert "searched, only related records: 1" in done.stderr
    assert "found: 1" in done.stderr
    assert "records on topic: 6" in done.stderr
    assert "found" not in call("search", "1").stderr, "nothing was due"


@pytest.mark.parametrize("more", [(), ("--again",)])
def test_what_another_process_is_searching_is_left_to_it_and_told(
    server: EntrezServer, tmp_path: Path, more: tuple[str, ...]
) -> None:
    lease(tmp_path, "another process", 60.0, 1)
    done = call("search", "1", *more)
    assert done.exit_code == 0
    assert "1 of 2 claims" in done.stderr
    assert "left to another process that is searching them: 1 claim\n" in done.stderr
    assert {row["claim_no"] for row in read_log(tmp_path)} == {"2"}


def test_a_search_that_was_taken_over_says_so_and_ends_with_1(server: EntrezServer, tmp_path: Path) -> None:
    answer = server.answer

    def stand_still(request: SeenRequest) -> Reply:
        lease(tmp_path, "another process", 60.0, 1, 2)
        return answer(request)

    server.answer = stand_still  # type: ignore[method-assign]
    done = call("search", "1")
    assert done.exit_code == 1
    assert "Another search took this one over" in done.stderr
    assert read_log(tmp_path) == []


def lease(tmp_path: Path, owner: str, seconds: float, *claim_ids: int) -> None:
    """Let ``owner`` search these claims, whoever else is."""
    engine = open_engine(f"sqlite:///{tmp_path / 'home' / 'konkyo.db'}")
    with engine.begin() as connection:
        connection.execute(update(SearchRow).values(taken_until=0.0))
    with UnitOfWork(engine) as work:
        work.searches.begin(claim_ids, "sample-lexicon-1", owner, seconds)
        work.commit_passing()
    engine.dispose()


@pytest.mark.parametrize("number", ["0", "-1", str(2**31), str(2**63), "9" * 40])
@pytest.mark.parametrize(
    "command",
    [
        ("search",),
        ("claims",),
        ("compare",),
        ("recheck",),
        ("report", "--out", "o.csv"),
        ("searches", "--out", "o.csv"),
        ("original", "--out", "o"),
        ("ingest", "article.txt", "--revises"),
    ],
)
def test_a_version_that_is_not_there_is_said_so_whatever_its_number(
    command: tuple[str, ...], number: str
) -> None:
    name, *options = command
    given = (*options, number) if options[-1:] == ["--revises"] else (*options, "--", number)
    done = call(name, *given)
    assert done.exit_code == 1, done.output
    assert done.stderr.startswith("Error: "), done.stderr


def test_one_claim_is_searched_alone(server: EntrezServer) -> None:
    assert "1 of 1 claim\n" in call("search", "1", "--claim", "2").stderr
    done = call("search", "1", "--claim", "99")
    assert done.exit_code == 1
    assert "no claim 99" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "query"),
    [
        ("--pmid", "9000000008", "9000000008[pmid]"),
        ("--doi", f"https://doi.org/{DOI}", f'"{DOI}"[doi]'),
        ("--query", "9000000008[pmid]", "9000000008[pmid]"),
    ],
)
def test_a_record_is_brought_by_its_number_or_by_a_query(
    tmp_path: Path, option: str, value: str, query: str
) -> None:
    done = call("search", "1", "--claim", "1", option, value)
    assert done.exit_code == 0, done.output
    assert done.stdout.split("\t")[0] == "9000000008"
    (row,) = read_log(tmp_path)
    assert (row["rung"], row["query"], row["hits"], row["claim_no"]) == ("by_hand", query, "1", "1")
    assert row["worded_by"] == row["searched_by"] != ""


def test_a_rung_on_demand_filters_what_was_found(tmp_path: Path) -> None:
    call("search", "1")
    main = read_log(tmp_path)[0]
    assert call("search", "1", "--claim", "1", "--rung", "randomised").exit_code == 0
    rows = [row for row in read_log(tmp_path) if row["claim_no"] == "1"]
    assert rows[-1]["query"] == f"({main['query']}) AND {FILTERS[Rung.RANDOMISED]}"
    assert rows[-1]["worded_by"] == "konkyo"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--pmid", "9000000008"], 2, "--claim N"),
        (["--claim", "1", "--pmid", "1", "--doi", "10.1000/1"], 2, "one of"),
        (["--claim", "1", "--pmid", "PMC12"], 1, "PMC12"),
        (["--claim", "1", "--doi", "sample"], 1, "sample"),
        (["--claim", "1", "--query", "(hair"], 1, "parenthesis"),
        (["--claim", "1", "--query", "hair AND"], 1, "AND, OR or NOT at character 6"),
        (["--claim", "1", "--query", ""], 1, "the query is empty"),
        (["--claim", "1", "--query", "\u200b\u3000"], 1, "the query is empty"),
        (["--claim", "1", "--pmid", ""], 1, "is no PMID"),
        (["--claim", "1", "--doi", ""], 1, "is no DOI"),
        (["--query", ""], 2, "--claim N"),
        (["--claim", "1", "--pmid", "", "--doi", "10.1000/1"], 2, "one of"),
    ],
)
def test_what_cannot_be_searched_is_told_and_not_sent(
    server: EntrezServer, arguments: list[str], code: int, told: str
) -> None:
    done = call("search", "1", *arguments)
    assert done.exit_code == code
    assert told in done.stderr
    assert server.seen == []


def test_a_failure_by_hand_is_told_and_logged(server: EntrezServer, tmp_path: Path) -> None:
    server.script += [Reply(b"", 404)]
    done = call("search", "1", "--claim", "1", "--query", "hair[tiab]")
    assert done.exit_code == 1
    assert "found" not in done.stderr, "a failure is no absence"
    (row,) = read_log(tmp_path)
    assert (row["status"], row["hits"], row["failure"]) == ("failed", "", "source_unusable")


def test_the_log_says_what_prisma_s_asks(tmp_path: Path) -> None:
    call("search", "1")
    rows = read_log(tmp_path)
    assert {row["claim_no"] for row in rows} == {"1", "2"}
    for row in rows:
        assert row["source"] == "PubMed"
        assert row["interface"] == "NCBI E-utilities, ESearch"
        assert row["searched_at"]
        assert row["query"]
        assert row["hits"].isdecimal() or row["status"] == "not_searched"
        assert row["lexicon_version"]
        assert row["ranker_version"]


def test_the_key_stays_out_of_the_database(tmp_path: Path) -> None:
    call("search", "1")
    for file in (tmp_path / "home").iterdir():
        assert KEY.encode() not in file.read_bytes()

"""``konkyo retractions import``: from a file, from an address, and what is no table."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.articles.web import fetching
from claims.records.citation import RetractionStatus
from reviewer.cli import konkyo
from tests.cli.test_article import PAGE, bring_in
from tests.evidence.test_retraction_watch import write_table
from tests.workflow.clinic import A, Clinic


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    return bring_in(tmp_path, "article.html", PAGE, monkeypatch)


def import_from(*file: Path) -> Result:
    return CliRunner().invoke(konkyo, ["retractions", "import", *map(str, file)])


def test_a_file_is_told_by_its_rows_and_shown_beside_pubmeds_word(clinic: Clinic, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    # Letters that are no UTF-8, in a column that nothing rests on.
    file.write_bytes(
        b"\xef\xbb\xbf"
        + write_table({"Author": "X"}, {"Record ID": "no"}, {"Record ID": "9"})
        .encode()
        .replace(b",X,", b",\xe9,")
    )
    done = import_from(file)
    assert (done.exit_code, done.stderr.splitlines()) == (1, ["line 4–5: left out: no Record ID: 'no'"])
    assert done.stdout.startswith("2 rows: 2 new, 0 changed; papers here: 1;")
    assert clinic.see(A).findings[0].retraction.status is RetractionStatus.RETRACTED
    assert import_from(file).stdout.startswith("2 rows: 0 new, 0 changed;")


def test_what_is_no_table_is_refused_and_nothing_is_kept(clinic: Clinic, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("<html>not today</html>", encoding="utf-8")
    done = import_from(file)
    assert done.exit_code == 1
    assert "this is not Retraction Watch's table" in done.stderr
    with clinic.open_work() as work:
        assert work.watched.count() == 0


def test_without_a_file_and_an_address_it_says_what_to_set(clinic: Clinic) -> None:
    done = import_from()
    assert done.exit_code == 1
    assert "KONKYO_RETRACTION_WATCH_URL" in done.stderr


@pytest.fixture
def address() -> Iterator[str]:
    """Where the table is served on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(write_table({}).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/table.csv"
    server.shutdown()
    server.server_close()


def test_it_is_fetched_from_the_address_that_is_set(
    clinic: Clinic, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_RETRACTION_WATCH_URL", address)
    refused = import_from()
    # This machine itself is no public address.
    assert (refused.exit_code, "1 rows" in refused.stdout) == (1, False)
    monkeypatch.setattr(
        "reviewer.cli.retractions.fetch_page",
        lambda url, limits: fetching.fetch_page(url, lambda _: True, limits),
    )
    assert import_from().stdout.startswith("1 rows: 1 new")

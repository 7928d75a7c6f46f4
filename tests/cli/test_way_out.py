"""PubMed and pages behind certificates and proxies of a company: what hinders is named, no password told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.articles.web.fetching import fetch_document
from claims.errors import ArticleError
from reviewer.cli import konkyo
from reviewer.error_messages import describe_error
from tests.cli.homes import copy_home
from tests.connect_proxy import serve_proxy
from tests.entrez_server import EntrezServer, sample_article
from tests.own_ca import OwnCa, make_ca

PASSWORD = "sample-pass"
ARTICLES = [sample_article("9000000001", "SAMPLE", "Minoxidil increased hair growth.")]
VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
PROXIES = [f"{kind}_proxy" for kind in ("http", "https", "all", "no")]


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> OwnCa:
    return make_ca(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def server(ca: OwnCa) -> Iterator[EntrezServer]:
    with EntrezServer(ARTICLES, certificate=ca.server) as running:
        yield running


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: EntrezServer) -> None:
    """Version 1 is stored in a fresh home whose PubMed is the server, without proxy or certificates."""
    for name in (*VARIABLES, *PROXIES, *map(str.upper, PROXIES), "KONKYO_DATABASE_URL", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
    monkeypatch.setenv("NCBI_EMAIL", "sample@example.org")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text("ミノキシジルは毛包の成長期を延長します。\n", encoding="utf-8")
    copy_home(tmp_path / "home", tmp_path / "article.txt")


def search() -> Result:
    return CliRunner().invoke(konkyo, ["search", "1", "--source", "pubmed"])


def assert_told(done: Result, *words: str) -> None:
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert PASSWORD not in done.output
    assert [word for word in words if word not in done.stderr] == []


def closed_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def test_a_certificate_that_is_not_trusted_is_named_with_its_remedy() -> None:
    told = search()
    assert_told(told, "certificate", "REQUESTS_CA_BUNDLE")
    assert "check the network" not in told.stderr


@pytest.mark.parametrize("variable", VARIABLES)
def test_the_companys_own_authority_is_trusted_by_each_variable(
    variable: str, monkeypatch: pytest.MonkeyPatch, ca: OwnCa, server: EntrezServer
) -> None:
    monkeypatch.setenv(variable, str(ca.bundle))
    assert search().exit_code == 0
    assert server.seen


@pytest.mark.parametrize("variable", VARIABLES)
def test_certificates_that_are_not_there_or_are_none_are_told(
    variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "missing.pem"))
    assert_told(search(), variable, "missing.pem")
    (tmp_path / "none.pem").write_text("no certificate", encoding="utf-8")
    monkeypatch.setenv(variable, str(tmp_path / "none.pem"))
    assert_told(search(), variable, "none.pem")


def test_a_proxy_that_reads_along_is_passed_with_its_authority(
    monkeypatch: pytest.MonkeyPatch, ca: OwnCa
) -> None:
    seen: list[str] = []
    with serve_proxy(200, seen) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://sato:{PASSWORD}@{proxy}")
        assert_told(search(), "certificate", "REQUESTS_CA_BUNDLE")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca.bundle))
        assert search().exit_code == 0
    assert seen


@pytest.mark.parametrize(
    ("status", "secure", "told"),
    [
        (407, True, "asks for a password"),
        (407, False, "asks for a password"),
        (403, True, "does not let PubMed through"),
    ],
)
def test_a_proxy_that_refuses_is_named_with_what_it_wants(
    monkeypatch: pytest.MonkeyPatch, status: int, secure: bool, told: str
) -> None:
    if not secure:
        monkeypatch.setenv("KONKYO_ENTREZ_URL", "http://192.0.2.1/entrez/eutils/")
    with serve_proxy(status) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"http://sato:{PASSWORD}@{proxy}")
        done = search()
    assert_told(done, told, f"http://{proxy}")


def test_a_proxy_that_cannot_be_reached_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = f"127.0.0.1:{closed_port()}"
    monkeypatch.setenv("HTTPS_PROXY", f"http://sato:{PASSWORD}@{proxy}")
    assert_told(search(), f"http://{proxy}", "cannot be reached", "HTTPS_PROXY")


@pytest.mark.parametrize(
    ("variable", "address", "told"),
    [
        ("HTTPS_PROXY", f"http://sato:{PASSWORD}@proxy:many", "HTTPS_PROXY is no address"),
        ("HTTPS_PROXY", f"http://sato:{PASSWORD}@", "HTTPS_PROXY is no address"),
        ("https_proxy", f"http://sato:{PASSWORD}@[::1", "HTTPS_PROXY is no address"),
        ("ALL_PROXY", f"socks5://sato:{PASSWORD}@127.0.0.1:1080", "ALL_PROXY"),
        ("HTTPS_PROXY", f"ftp://sato:{PASSWORD}@127.0.0.1:21", "ftp"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, address: str, told: str
) -> None:
    monkeypatch.setenv(variable, address)
    assert_told(search(), told)


def fail_to_fetch(url: str) -> str:
    with pytest.raises(ArticleError) as refused:
        fetch_document(url, may_connect=lambda address: True)
    return describe_error(refused.value)


def test_a_page_whose_certificate_is_not_trusted_says_so(
    server: EntrezServer, monkeypatch: pytest.MonkeyPatch, ca: OwnCa
) -> None:
    told = fail_to_fetch(server.base_url)
    assert "certificate" in told
    assert "REQUESTS_CA_BUNDLE" in told
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca.bundle))
    assert "HTTP 404" in fail_to_fetch(server.base_url)


def test_a_page_out_of_reach_says_that_the_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://sato:{PASSWORD}@127.0.0.1:3128")
    told = fail_to_fetch(f"https://127.0.0.1:{closed_port()}/")
    assert "proxy http://127.0.0.1:3128 is not used" in told
    assert PASSWORD not in told


def test_a_page_is_refused_in_one_line_when_the_certificates_are_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    done = CliRunner().invoke(konkyo, ["ingest", "https://127.0.0.1:9/article"])
    assert_told(done, "REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")

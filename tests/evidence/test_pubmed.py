"""The PubMed client against a loopback NCBI: answers, failures under every status, etiquette, secrets."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from claims.errors import QueryError, SourceBusy, SourceError
from claims.pubmed.entrez import Limits
from claims.pubmed.source import PubMed
from claims.records.citation import Citation, Pmid
from claims.search.ports import EvidenceSource
from tests.entrez_server import EntrezServer, Reply, sample_article
from tests.evidence.shared_data import shared_folder
from tests.evidence.still_clock import StillClock, UncountedBudget

FIRST, SECOND = Pmid("9000000001"), Pmid("9000000002")
KEY, EMAIL = "k3y-of-nobody", "nobody@example.org"
ARTICLES = (
    sample_article(FIRST, "SAMPLE: lactate and macrophages", "Lactate polarises macrophages."),
    sample_article(SECOND, "SAMPLE: platelets", "Platelets release growth factors."),
)
BACKEND_FAILED = Reply(b"<eSearchResult><ERROR>Search Backend failed: try again</ERROR></eSearchResult>")


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer(ARTICLES) as running:
        yield running


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def budget() -> UncountedBudget:
    return UncountedBudget()


@pytest.fixture
def pubmed(server: EntrezServer, clock: StillClock, budget: UncountedBudget) -> PubMed:
    return open_pubmed(server.base_url, clock, budget)


def open_pubmed(
    base_url: str, clock: StillClock, budget: UncountedBudget, limits: Limits | None = None
) -> PubMed:
    return PubMed(
        base_url, tool="konkyo", email=EMAIL, api_key=KEY, budget=budget, clock=clock, limits=limits
    )


def failure_of(pubmed: PubMed, query: str = "lactate") -> SourceError:
    with pytest.raises(SourceError) as caught:
        pubmed.search(query, 20)
    return caught.value


# --- what an answer is ----------------------------------------------------------------------------


def test_a_search_brings_pmids_with_count_and_translation(pubmed: EvidenceSource) -> None:
    answer = pubmed.search("lactate[tiab]", 20)
    assert answer.pmids == (FIRST,)
    assert answer.count == 1
    assert answer.translation == "lactate[tiab]"


def test_a_search_that_finds_nothing_says_so_and_is_no_error(pubmed: PubMed) -> None:
    answer = pubmed.search("zebrafish", 20)
    assert (answer.pmids, answer.count) == ((), 0)
    assert answer.warnings == ("OutputMessage: No items found.",)


def test_the_limit_cuts_the_list_and_not_the_count(pubmed: PubMed) -> None:
    answer = pubmed.search("sample", 1)
    assert (len(answer.pmids), answer.count) == (1, 2)


def test_every_request_names_the_tool_and_the_mail_address(pubmed: PubMed, server: EntrezServer) -> None:
    pubmed.search("lactate", 5)
    pubmed.fetch([FIRST])
    for request in server.seen:
        assert request.form["tool"] == "konkyo"
        assert request.form["email"] == EMAIL
        assert request.form["api_key"] == KEY


def test_a_long_query_arrives_whole(pubmed: PubMed, server: EntrezServer) -> None:
    query = " OR ".join(f'"lactate {number}"[tiab]' for number in range(2_000))
    pubmed.search(query, 5)
    assert server.seen[0].form["term"] == query


def test_records_come_by_pmid_and_an_unknown_one_is_absent(pubmed: PubMed) -> None:
    found = pubmed.fetch([SECOND, Pmid("9000000009"), FIRST])
    assert list(found) == [SECOND, FIRST]
    record = found[FIRST]
    assert isinstance(record, Citation)
    assert record.abstract_text == "Lactate polarises macrophages."


def test_of_several_records_that_became_others_each_comes_under_its_own_and_a_deleted_one_is_absent(
    clock: StillClock, budget: UncountedBudget
) -> None:
    third, fourth, deleted = Pmid("9000000003"), Pmid("9000000004"), Pmid("9000000005")
    with EntrezServer(ARTICLES, became={third: SECOND, fourth: FIRST}) as server:
        found = open_pubmed(server.base_url, clock, budget).fetch([third, fourth, deleted])
    assert {pmid: part.pmid for pmid, part in found.items()} == {third: SECOND, fourth: FIRST}


def test_records_are_fetched_two_hundred_in_a_request(pubmed: PubMed, server: EntrezServer) -> None:
    pubmed.fetch([Pmid(str(9_000_000_001 + number)) for number in range(401)] + [FIRST])
    assert [len(request.form["id"].split(",")) for request in server.seen] == [200, 200, 1]


def test_nothing_wanted_asks_nothing(pubmed: PubMed, server: EntrezServer) -> None:
    assert pubmed.fetch([]) == {}
    assert server.seen == []


def test_an_answer_too_large_is_fetched_in_halves(
    server: EntrezServer, clock: StillClock, budget: UncountedBudget
) -> None:
    one_record = len(ARTICLES[0]) + 400
    pubmed = open_pubmed(server.base_url, clock, budget, Limits(body_bytes=one_record))
    assert set(pubmed.fetch([FIRST, SECOND])) == {FIRST, SECOND}


def test_a_blank_query_is_refused_before_it_is_sent(pubmed: PubMed, server: EntrezServer) -> None:
    with pytest.raises(QueryError) as caught:
        pubmed.search("  ", 20)
    assert caught.value.code == "query_empty"
    assert server.seen == []


# --- what passes is asked again, at most three times ----------------------------------------------

PASSING = {
    "rate limit as 429": (Reply(b'{"error":"API rate limit exceeded"}', 429), "source_rate_limited"),
    "rate limit under 200": (Reply(b'{"error":"API rate limit exceeded"}'), "source_rate_limited"),
    "unavailable": (Reply(b"busy", 503), "source_unavailable"),
    "backend failed under 200": (BACKEND_FAILED, "source_backend_failed"),
    "html": (Reply(b"<!DOCTYPE html><html><body>maintenance</body></html>"), "source_nonsense"),
    "empty": (Reply(b""), "source_nonsense"),
    "truncated": (Reply(b"<eSearchResult><Count>3</Count>", missing_bytes=40), "source_truncated"),
    "cut xml": (Reply(b"<eSearchResult><Count>3</Count>"), "source_nonsense"),
    "another program's answer": (Reply(b"<eSummaryResult/>"), "source_nonsense"),
    "count without list": (
        Reply(b"<eSearchResult><Count>3</Count><RetMax>3</RetMax><IdList/></eSearchResult>"),
        "source_ids_missing",
    ),
    "count without list, and none asked": (
        Reply(b"<eSearchResult><Count>12</Count><RetMax>0</RetMax><IdList/></eSearchResult>"),
        "source_ids_missing",
    ),
    "no count": (Reply(b"<eSearchResult><IdList/></eSearchResult>"), "source_nonsense"),
    "ids that are none": (
        Reply(b"<eSearchResult><Count>1</Count><IdList><Id>x1</Id></IdList></eSearchResult>"),
        "source_nonsense",
    ),
}


@pytest.mark.parametrize(("reply", "code"), PASSING.values(), ids=PASSING)
def test_a_passing_failure_is_overcome_by_asking_again(
    reply: Reply, code: str, pubmed: PubMed, server: EntrezServer, clock: StillClock
) -> None:
    server.script += [reply]
    assert pubmed.search("lactate", 20).pmids == (FIRST,)
    assert len(server.seen) == 2
    assert len(clock.slept) == 1


@pytest.mark.parametrize(("reply", "code"), PASSING.values(), ids=PASSING)
def test_a_lasting_failure_is_told_by_its_code_after_three_retries(
    reply: Reply, code: str, pubmed: PubMed, server: EntrezServer, clock: StillClock
) -> None:
    server.script += [reply] * 9
    assert failure_of(pubmed).code == code
    assert len(server.seen) == 4
    assert clock.slept == sorted(clock.slept)


@pytest.mark.parametrize(("reply", "code"), PASSING.values(), ids=PASSING)
def test_a_fetch_fails_with_a_code_too_and_not_with_no_records(
    reply: Reply, code: str, pubmed: PubMed, server: EntrezServer
) -> None:
    server.script += [reply] * 4
    with pytest.raises(SourceError):
        pubmed.fetch([FIRST])


def test_a_slow_answer_is_a_timeout(server: EntrezServer, clock: StillClock, budget: UncountedBudget) -> None:
    server.script += [Reply(b"late", delay_seconds=0.3)] * 4
    pubmed = open_pubmed(server.base_url, clock, budget, Limits(read_seconds=0.05))
    assert failure_of(pubmed).code == "source_timeout"
    assert len(server.seen) == 4


def test_a_closed_door_is_told_at_once(clock: StillClock, budget: UncountedBudget) -> None:
    with EntrezServer() as gone:
        base_url = gone.base_url
    assert failure_of(open_pubmed(base_url, clock, budget)).code == "source_unreachable"
    assert clock.slept == []


def test_a_pause_that_ncbi_asks_for_is_kept_by_all(
    pubmed: PubMed, server: EntrezServer, clock: StillClock, budget: UncountedBudget
) -> None:
    server.script += [Reply(b"{}", 429, headers=(("Retry-After", "7"),))]
    pubmed.search("lactate", 20)
    assert clock.slept == [7.0]
    assert budget.pauses == [7.0]


def later(seconds: float, **form: bool) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), **form)


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_until_a_moment_is_kept_too(
    status: int, pubmed: PubMed, server: EntrezServer, clock: StillClock
) -> None:
    server.script += [Reply(b"{}", status, headers=(("Retry-After", later(20, usegmt=True)),))]
    pubmed.search("lactate", 20)
    assert 18 <= clock.slept[0] <= 20


@pytest.mark.parametrize("text", ["soon", "-5", "1.5", "Thu, 32 Foo 2026 25:00:00 GMT", "9" * 400])
def test_a_pause_that_cannot_be_read_is_ours(
    text: str, pubmed: PubMed, server: EntrezServer, clock: StillClock
) -> None:
    server.script += [Reply(b"{}", 429, headers=(("Retry-After", text),))]
    pubmed.search("lactate", 20)
    assert clock.slept[0] < 2


def test_a_pause_until_a_moment_that_is_over_is_ours(
    pubmed: PubMed, server: EntrezServer, clock: StillClock
) -> None:
    server.script += [Reply(b"{}", 429, headers=(("Retry-After", later(-60)),))]
    pubmed.search("lactate", 20)
    assert clock.slept[0] < 2


def test_a_moment_further_off_than_anybody_waits_is_told_instead(
    pubmed: PubMed, server: EntrezServer
) -> None:
    server.script += [Reply(b"{}", 503, headers=(("Retry-After", later(3_600, usegmt=True)),))]
    assert failure_of(pubmed).code == "source_unavailable"
    assert len(server.seen) == 1


def test_a_pause_longer_than_anybody_waits_is_told_instead(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [Reply(b"{}", 429, headers=(("Retry-After", "3600"),))]
    error = failure_of(pubmed)
    assert isinstance(error, SourceBusy)
    assert error.values["retry_after_seconds"] == 3600.0
    assert len(server.seen) == 1


def test_a_block_page_pauses_all_who_share_the_budget(
    pubmed: PubMed, server: EntrezServer, budget: UncountedBudget
) -> None:
    server.script += [Reply(b"<html>blocked</html>", 403)]
    assert failure_of(pubmed).code == "source_blocked"
    assert budget.pauses[0] >= 10


# --- what cannot help is not repeated -------------------------------------------------------------

LASTING = {
    "retstart beyond reach": (
        Reply(
            b'{"esearchresult":{"ERROR":"Search Backend failed: Exception:\n'
            b"'retstart' cannot be larger than 9998.\"}}"
        ),
        "source_refused_query",
    ),
    "expired history": (
        Reply(b'{"esearchresult":{"ERROR":"Unable to obtain query #1"}}'),
        "source_refused_query",
    ),
    "bad request": (Reply(b"what?", 400), "source_refused_query"),
    "key refused": (Reply(b'{"error":"API key invalid","api-key":"k"}', 400), "source_key_refused"),
    "moved": (Reply(b"", 301, headers=(("Location", "http://127.0.0.1:9/"),)), "source_unusable"),
    "not there": (Reply(b"<html/>", 404), "source_unusable"),
}


@pytest.mark.parametrize(("reply", "code"), LASTING.values(), ids=LASTING)
def test_what_cannot_help_is_not_asked_again(
    reply: Reply, code: str, pubmed: PubMed, server: EntrezServer
) -> None:
    server.script += [reply]
    assert failure_of(pubmed).code == code
    assert len(server.seen) == 1


def test_an_endless_answer_is_cut_off(
    server: EntrezServer, clock: StillClock, budget: UncountedBudget
) -> None:
    server.script += [Reply(b" " * 2_000_000)]
    pubmed = open_pubmed(server.base_url, clock, budget, Limits(body_bytes=1_000_000))
    assert failure_of(pubmed).code == "source_too_large"
    assert len(server.seen) == 1


# --- secrets --------------------------------------------------------------------------------------


def test_key_and_mail_address_are_in_no_address_error_or_log(
    pubmed: PubMed, server: EntrezServer, caplog: pytest.LogCaptureFixture
) -> None:
    told = f"<eSearchResult><ERROR>no such thing for {EMAIL} with {KEY}</ERROR></eSearchResult>"
    server.script += [Reply(b"", 503), Reply(told.encode())]
    with caplog.at_level(logging.DEBUG), pytest.raises(SourceError) as caught:
        pubmed.search("lactate", 20)
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(vars(pubmed))
    shown += "".join(request.path for request in server.seen)
    assert "source_refused_query" in shown
    assert KEY not in shown
    assert EMAIL not in shown


# --- what NCBI really sent ------------------------------------------------------------------------

EXPLAINED = {
    "errors/esearch_zero_quotedphrasenotfound.xml": 0,
    "responses/esearch1.xml": 63,
    "responses/esearch2.xml": 42249,
    "responses/esearch3.xml": 2651,
    "responses/esearch5.xml": 5,
    "responses/esearch6.xml": 1018,
    "responses/esearch7.xml": 330,
    "responses/esearch8.xml": 0,
}


def sent_by_ncbi() -> list[Path]:
    folder = shared_folder("pubmed_xml")
    return sorted((*folder.glob("errors/*"), *folder.glob("responses/*")))


def test_whatever_ncbi_sent_is_an_explained_answer_or_a_typed_error(
    pubmed: PubMed, server: EntrezServer
) -> None:
    for path in sent_by_ncbi():
        name = f"{path.parent.name}/{path.name}"
        server.script[:] = [Reply(path.read_bytes())] * 4
        if name not in EXPLAINED:
            assert failure_of(pubmed).code.startswith("source_"), name
            continue
        answer = pubmed.search("lactate", 20)
        assert answer.count == EXPLAINED[name], name
        assert bool(answer.pmids) == (answer.count > 0), name
        assert answer.count > 0 or any("NotFound" in warning for warning in answer.warnings), name


def test_whatever_else_ncbi_sent_is_no_fetched_record(pubmed: PubMed, server: EntrezServer) -> None:
    for path in sent_by_ncbi():
        server.script[:] = [Reply(path.read_bytes())] * 4
        if path.name.startswith("efetch_retract"):
            assert pubmed.fetch([Pmid("42371203"), Pmid("42507066")]), path.name
            continue
        with pytest.raises(SourceError):
            pubmed.fetch([FIRST])


# --- who listens ----------------------------------------------------------------------------------


def test_each_request_is_told_by_how_it_ended_and_by_nothing_of_what_was_asked(
    clock: StillClock, budget: UncountedBudget
) -> None:
    heard: list[tuple[str, str]] = []

    class Listener:
        def hear(self, program: str, outcome: str) -> None:
            heard.append((program, outcome))

    with EntrezServer(ARTICLES, script=[BACKEND_FAILED, Reply(b"", 429)]) as server:
        pubmed = PubMed(
            server.base_url,
            tool="konkyo",
            email=EMAIL,
            api_key=KEY,
            budget=budget,
            clock=clock,
            watch=Listener(),
        )
        pubmed.search("lactate", 5)
        pubmed.fetch([FIRST])
    assert heard == [
        ("esearch", "source_backend_failed"),
        ("esearch", "source_rate_limited"),
        ("esearch", "answered"),
        ("efetch", "answered"),
    ]

"""What goes wrong on the way from NCBI: a typed error or an explained result, the rest of the batch kept."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
import requests

from claims.errors import SourceError
from claims.lexicon.lexicon import load_lexicon
from claims.pipeline import find_evidence, search_query
from claims.pubmed.source import PubMed
from claims.records.article import Language
from claims.records.citation import Citation, Pmid
from claims.records.retrieval import Query, Rung, SearchStatus, UnreadableRecord
from claims.search.caching import CachedSource
from tests.entrez_server import EntrezServer, Reply, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_claim, make_moment

FIRST, SECOND, THIRD = (Pmid(str(9_000_000_001 + n)) for n in range(3))
ARTICLES = [sample_article(pmid, f"SAMPLE {pmid}: minoxidil", "Minoxidil.") for pmid in (FIRST, SECOND)]
ANSWER = (
    f"<eSearchResult><Count>2</Count><RetMax>2</RetMax><IdList><Id>{FIRST}</Id><Id>{SECOND}</Id></IdList>"
    "</eSearchResult>"
).encode()


def listing(count: int, *pmids: Pmid) -> Reply:
    """ESearch's answer that counts so many records and lists these."""
    ids = "".join(f"<Id>{pmid}</Id>" for pmid in pmids)
    return Reply(f"<eSearchResult><Count>{count}</Count><IdList>{ids}</IdList></eSearchResult>".encode())


ZIPPED = (("Content-Encoding", "gzip"),)
LARGE = 40 * 1024 * 1024


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer(ARTICLES) as running:
        yield running


@pytest.fixture
def pubmed(server: EntrezServer) -> PubMed:
    return PubMed(
        server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget(), clock=StillClock()
    )


def test_a_zipped_answer_is_read(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [Reply(gzip.compress(ANSWER), headers=ZIPPED)]
    assert pubmed.search("minoxidil", 20).pmids == (FIRST, SECOND)


@pytest.mark.parametrize("kept", [1, 12, 40, 70])
def test_a_zipped_answer_that_is_cut_short_is_asked_for_again(
    pubmed: PubMed, server: EntrezServer, kept: int
) -> None:
    server.script += [Reply(gzip.compress(ANSWER)[:kept], headers=ZIPPED)]
    assert pubmed.search("minoxidil", 20).pmids == (FIRST, SECOND)
    assert len(server.seen) == 2


def test_a_zipped_answer_that_is_always_cut_short_is_told(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [Reply(gzip.compress(ANSWER)[:40], headers=ZIPPED)] * 4
    with pytest.raises(SourceError) as caught:
        pubmed.search("minoxidil", 20)
    assert caught.value.code in {"source_truncated", "source_nonsense"}


def test_an_answer_of_forty_megabytes_is_refused_and_fetched_in_halves(
    pubmed: PubMed, server: EntrezServer
) -> None:
    server.script += [Reply(b" " * LARGE)]
    assert set(pubmed.fetch([FIRST, SECOND])) == {FIRST, SECOND}
    assert [request.form["id"] for request in server.seen] == [f"{FIRST},{SECOND}", FIRST, SECOND]


def test_a_small_answer_that_unfolds_to_forty_megabytes_is_refused(
    pubmed: PubMed, server: EntrezServer
) -> None:
    server.script += [Reply(gzip.compress(b" " * LARGE), headers=ZIPPED)]
    with pytest.raises(SourceError, match="source_too_large"):
        pubmed.search("minoxidil", 20)


def test_numbers_and_records_that_come_twice_count_once(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [
        *[listing(3, FIRST, SECOND, FIRST)] * 2,
        Reply(f"<PubmedArticleSet>{ARTICLES[0]}{ARTICLES[0]}</PubmedArticleSet>".encode()),
    ]
    answer = pubmed.search("minoxidil", 20)
    assert (answer.pmids, answer.count) == ((FIRST, SECOND), 3)
    assert answer.warnings == ("IdsMissing: 1 of 3",)
    assert list(pubmed.fetch([FIRST, FIRST])) == [FIRST]


def test_a_list_shorter_than_its_count_is_asked_for_once_more(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [listing(540, FIRST)]
    answer = pubmed.search("minoxidil", 20)
    assert (answer.pmids, answer.warnings) == ((FIRST, SECOND), ())
    assert len(server.seen) == 2


def test_a_list_that_stays_short_is_told_and_not_remembered(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [listing(540, FIRST)] * 2
    answer = pubmed.search("minoxidil", 20)
    assert (answer.pmids, answer.count, answer.warnings) == ((FIRST,), 540, ("IdsMissing: 19 of 20",))
    assert not answer.is_whole


def test_a_list_as_long_as_was_asked_for_owes_nothing(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [listing(540, FIRST, SECOND)]
    assert pubmed.search("minoxidil", 2).warnings == ()
    assert pubmed.search("minoxidil", 0).pmids == ()


# --- one record of a batch is broken: that one alone is lost, with its name ------------------------

HEAD = '<?xml version="1.0" encoding="UTF-8"?><PubmedArticleSet>'
BROKEN = {
    "a control character": b"&#11;",
    "a raw control character": b"\x0b",
    "a null": b"\x00",
    "bytes that are no UTF-8": b"\xff\xfe",
    "a tag that is not closed": b"<b>",
    "a tag that was not opened": b"</b>",
    "an unknown entity": b"&unheardof;",
    "a bare ampersand": b" & ",
    "half a surrogate pair": b"&#xD800;",
}


@pytest.mark.parametrize("wrong", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_record_that_cannot_be_read_is_named_and_the_others_are_kept(
    pubmed: PubMed, server: EntrezServer, wrong: bytes, place: int
) -> None:
    pmids = [FIRST, SECOND, THIRD]
    records = [sample_article(pmid, f"SAMPLE {pmid}", "Abstract.").encode() for pmid in pmids]
    records[place] = records[place].replace(b"Abstract.", b"Abs" + wrong + b"tract.")
    server.script += [Reply(HEAD.encode() + b"\n".join(records) + b"</PubmedArticleSet>\n")]
    found = pubmed.fetch(pmids)
    assert set(found) == {FIRST, SECOND, THIRD}
    assert [pmid for pmid, part in found.items() if isinstance(part, UnreadableRecord)] == [pmids[place]]
    kept = [part.abstract_text for part in found.values() if isinstance(part, Citation)]
    assert kept == ["Abstract."] * 2
    assert len(server.seen) == 1


def test_a_record_without_its_own_end_takes_no_other_with_it(pubmed: PubMed, server: EntrezServer) -> None:
    records = [sample_article(pmid, f"SAMPLE {pmid}") for pmid in (FIRST, SECOND)]
    whole = HEAD + records[0].removesuffix("</PubmedArticle>") + records[1] + "</PubmedArticleSet>"
    server.script += [Reply(whole.encode())]
    found = pubmed.fetch([FIRST, SECOND])
    assert isinstance(found[FIRST], UnreadableRecord)
    assert isinstance(found[SECOND], Citation)


def test_the_number_of_a_paper_that_a_broken_record_names_is_not_taken_for_its_own(
    pubmed: PubMed, server: EntrezServer
) -> None:
    names = f"<CommentsCorrectionsList><CommentsCorrections><PMID>{SECOND}</PMID></CommentsCorrections>"
    broken = sample_article(FIRST, "SAMPLE", inside=f"{names}</CommentsCorrectionsList>")
    broken = broken.replace(f'<PMID Version="1">{FIRST}', "<PMID>&#1;")
    server.script += [Reply(f"{HEAD}{broken}{ARTICLES[1]}</PubmedArticleSet>".encode())]
    found = pubmed.fetch([FIRST, SECOND])
    assert set(found) == {SECOND}
    assert isinstance(found[SECOND], Citation)


def test_an_answer_that_breaks_off_is_asked_for_again_whole(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [Reply(f"{HEAD}{ARTICLES[0]}<PubmedArticle>".encode())]
    assert all(isinstance(part, Citation) for part in pubmed.fetch([FIRST, SECOND]).values())
    assert len(server.seen) == 2


def test_one_record_too_large_leaves_the_others(pubmed: PubMed, server: EntrezServer) -> None:
    server.script += [Reply(b" " * LARGE), Reply(b" " * LARGE)]
    found = pubmed.fetch([FIRST, SECOND])
    assert found[FIRST] == UnreadableRecord(FIRST, "source_too_large")
    assert isinstance(found[SECOND], Citation)


def test_a_failure_told_inside_a_set_of_records_is_no_empty_set(pubmed: PubMed, server: EntrezServer) -> None:
    told = Reply(b"<PubmedArticleSet><ERROR>Search Backend failed: no address</ERROR></PubmedArticleSet>")
    server.script += [told] * 4
    with pytest.raises(SourceError, match="source_backend_failed"):
        pubmed.fetch([FIRST])


def test_one_record_that_cannot_be_read_leaves_the_others(pubmed: PubMed, server: EntrezServer) -> None:
    broken = "<PubmedArticle><MedlineCitation>wrong format</MedlineCitation></PubmedArticle>"
    server.script += [Reply(f"<PubmedArticleSet>{broken}{ARTICLES[1]}</PubmedArticleSet>".encode())]
    assert set(pubmed.fetch([FIRST, SECOND])) == {SECOND}


def test_a_deleted_number_is_absent_and_one_that_became_another_is_found(server: EntrezServer) -> None:
    server.became = {THIRD: SECOND}
    pubmed = PubMed(server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget())
    found = pubmed.fetch([FIRST, THIRD])
    assert {asked: record.pmid for asked, record in found.items()} == {FIRST: FIRST, THIRD: SECOND}
    assert pubmed.fetch([Pmid("9000000009")]) == {}


def test_a_claim_tells_which_of_its_records_did_not_come(server: EntrezServer, pubmed: PubMed) -> None:
    server.find = lambda term: [FIRST, THIRD]
    source = CachedSource(pubmed, make_moment)
    claim = make_claim("Minoxidil promotes hair growth.")
    query = Query(Rung.BY_HAND, "minoxidil[tiab]")
    evidence = search_query(claim, query, Language.EN, source, load_lexicon())
    assert [finding.pmid for finding in evidence.findings] == [FIRST]
    assert evidence.runs[0].status is SearchStatus.FOUND
    assert evidence.runs[0].warnings == (f"RecordMissing: {THIRD}",)


def test_a_record_is_as_retracted_as_it_was_when_it_was_fetched(server: EntrezServer, pubmed: PubMed) -> None:
    claim = make_claim("Minoxidil promotes hair growth.")
    source = CachedSource(pubmed, make_moment)
    (evidence,) = find_evidence([claim], Language.EN, source, load_lexicon())
    assert evidence.findings
    assert {finding.retraction.checked_at for finding in evidence.findings} == {make_moment()}


# --- the server itself behaves like NCBI ----------------------------------------------------------


def ask(server: EntrezServer, program: str, **parameters: str) -> bytes:
    return requests.post(f"{server.base_url}{program}.fcgi", data=parameters, timeout=10).content


def test_the_history_server_keeps_an_answer_and_knows_no_other(server: EntrezServer) -> None:
    found = ask(server, "esearch", term="minoxidil", usehistory="y")
    assert b"<QueryKey>1</QueryKey><WebEnv>MCID_sample</WebEnv>" in found
    assert FIRST.encode() in ask(server, "efetch", WebEnv="MCID_sample", query_key="1")
    assert b"Unable to obtain query #2" in ask(server, "efetch", WebEnv="MCID_sample", query_key="2")
    assert b"cannot be larger than 9998" in ask(server, "esearch", term="x", retstart="9999")


def test_a_429_repeats_the_key_and_our_error_does_not(server: EntrezServer) -> None:
    server.per_second = 0
    pubmed = PubMed(
        server.base_url,
        tool="konkyo",
        email="n@example.org",
        api_key="k3y-of-nobody",
        budget=UncountedBudget(),
        clock=StillClock(),
    )
    with pytest.raises(SourceError) as caught:
        pubmed.search("minoxidil", 20)
    assert caught.value.code == "source_rate_limited"
    assert "k3y" not in str(caught.value)
    assert len(server.seen) == server.refused == 4

"""Hits whose records did not come are no absence: the search is due again and the claim stays open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

import pytest

from claims.errors import RuleRefused
from claims.lexicon.lexicon import load_lexicon
from claims.pubmed.source import PubMed
from claims.records.article import Language
from claims.records.assessment import SupportGrade
from claims.records.claim import Extraction
from claims.records.flag import FlagReason
from claims.records.retrieval import Query, Rung, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from db.answer_cache import StoredAnswers
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.components.searches import render_searches, tell_lost
from reviewer.exports.exporting import write_table
from reviewer.exports.table import ExportRequest
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags
from reviewer.rules.grades import check_grade
from reviewer.workflow.due_searches import list_due
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.searching import Searcher, search_by_hand, search_claims
from tests.conftest import OpenWork
from tests.entrez_server import EntrezServer, Reply, SeenRequest, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_article, make_audit_entry, make_claim, make_moment
from tests.workflow.clinic import A

PMIDS = [str(9_000_000_001 + n) for n in range(6)]
ARTICLES = [sample_article(pmid, f"SAMPLE {pmid}: minoxidil", "Minoxidil and hair growth.") for pmid in PMIDS]
NOTHING_SENT = Reply(b"<PubmedArticleSet></PubmedArticleSet>")
NO_IDS = Reply(b"<eSearchResult><Count>12</Count><RetMax>0</RetMax><IdList></IdList></eSearchResult>")
NOT_FOUND = Reply(b"<eSearchResult><Count>0</Count><IdList></IdList></eSearchResult>")


class Review:
    """One claim on minoxidil, searched in a PubMed of six records that can be told how to fail."""

    def __init__(self, server: EntrezServer, url: str) -> None:
        self.server = server
        engine = open_engine(url)
        upgrade_schema(engine)
        self.open_work: OpenWork = lambda: UnitOfWork(engine)
        pubmed = PubMed(
            server.base_url, tool="t", email="n@example.org", budget=UncountedBudget(), clock=StillClock()
        )
        self.searcher = Searcher(pubmed, load_lexicon(), make_moment, StoredAnswers(engine, "pubmed"))
        with self.open_work() as work:
            words = "Minoxidil promotes hair growth."
            self.version: ArticleVersion = work.articles.add_version(
                make_article(words, language=Language.EN), make_moment()
            )
            work.claims.add_extraction(self.version.id, Extraction((make_claim(words),), ()))
            work.commit(make_audit_entry())

    @property
    def claim(self) -> ReviewClaim:
        with self.open_work() as work:
            return work.claims.list_claims(self.version.id)[0]

    def search(self) -> bool:
        """Search what is due; whether anything was."""
        with self.open_work() as work:
            due = list_due(work, self.version, (self.claim,), "pubmed", self.searcher.lexicon)
        list(search_claims(self.open_work, self.version, due, self.searcher, A))
        return bool(due)

    def search_by_hand(self, query: str = "minoxidil[tiab]") -> None:
        asked = Query(Rung.BY_HAND, query)
        search_by_hand(self.open_work, self.version, self.claim, asked, self.searcher, A)

    def break_down(self, **replies: Reply) -> None:
        """Answer each of these programs with its reply from now on."""
        sound = EntrezServer.answer

        def answer(request: SeenRequest) -> Reply:
            return replies.get(request.program) or sound(self.server, request)

        self.server.answer = answer  # type: ignore[method-assign]

    def lose(self, *pmids: str) -> None:
        """Send these records no more, though they are found."""
        kept = [article for article in ARTICLES if not any(f">{pmid}<" in article for pmid in pmids)]
        self.break_down(efetch=Reply(f"<PubmedArticleSet>{''.join(kept)}</PubmedArticleSet>".encode()))

    def see(self) -> Dossier:
        with self.open_work() as work:
            return load_dossiers(work, (self.claim,), None)[0]

    def refusal_of_unsupported(self, comment: str = "") -> str:
        try:
            check_grade(self.see(), SupportGrade.UNSUPPORTED, comment)
        except RuleRefused as refusal:
            return refusal.code
        return ""


@pytest.fixture
def review(tmp_path: object) -> Iterator[Review]:
    with EntrezServer(ARTICLES) as server:
        yield Review(server, f"sqlite:///{tmp_path}/konkyo.db")


@pytest.mark.parametrize(
    ("replies", "code"),
    [({"efetch": NOTHING_SENT}, "source_records_missing"), ({"esearch": NO_IDS}, "source_ids_missing")],
    ids=["no record", "no number"],
)
def test_hits_of_which_nothing_came_are_a_failed_search_and_due_again(
    review: Review, replies: dict[str, Reply], code: str
) -> None:
    review.break_down(**replies)
    review.search()
    dossier = review.see()
    assert dossier.search_status is SearchStatus.FAILED
    assert dossier.runs[0].failure == code
    assert [flag.reason for flag in raise_flags(dossier)] == [FlagReason.SEARCH_FAILED]
    assert review.refusal_of_unsupported("なし") in {"unsupported_needs_search", "unsupported_needs_records"}
    assert "6 found" not in render_searches(dossier, "en")

    review.break_down()
    assert review.search()
    assert review.see().search_status is SearchStatus.FOUND
    assert len(review.see().findings) == 6
    assert review.refusal_of_unsupported() == ""
    assert not review.search()


def test_what_came_stands_and_what_did_not_is_named_and_due_again(review: Review) -> None:
    review.lose(*PMIDS[:2])
    review.search()
    dossier = review.see()
    assert (dossier.search_status, len(dossier.findings)) == (SearchStatus.FOUND, 4)
    assert tell_lost(dossier, str) == "Found and not brought: 2. Search again"
    with review.open_work() as work:
        request = ExportRequest(review.version.id, A, UTC)
        report = write_table(work, "claims", request).decode()
        log = write_table(work, "searches", request).decode()
    assert all(f"RecordMissing: {pmid}" in table for pmid in PMIDS[:2] for table in (report, log))
    assert review.refusal_of_unsupported() == "unsupported_needs_records"

    review.break_down()
    assert review.search()
    assert len(review.see().findings) == 6
    assert tell_lost(review.see(), str) == ""
    assert review.refusal_of_unsupported() == ""


def test_a_record_that_never_comes_blocks_nobody_who_says_why(review: Review) -> None:
    review.lose(PMIDS[0])
    review.search()
    assert review.refusal_of_unsupported("届かない") == "unsupported_needs_records"
    review.search()
    assert review.refusal_of_unsupported() == "unsupported_needs_reason"
    assert review.refusal_of_unsupported("届かない文献は題名から無関係と判断") == ""


def test_a_record_that_nlm_deleted_is_lost_no_more_once_it_is_listed_no_more(review: Review) -> None:
    review.lose(PMIDS[0])
    review.search()
    review.server.find = lambda term: PMIDS[1:] if "minoxidil" in term.lower() else []
    assert review.search()
    assert tell_lost(review.see(), str) == ""
    assert not review.search()


def test_a_query_by_hand_that_finds_nothing_makes_up_for_no_failed_search(review: Review) -> None:
    review.break_down(efetch=NOTHING_SENT)
    review.search()
    review.break_down(esearch=NOT_FOUND)
    review.search_by_hand("zebrafish[tiab]")
    dossier = review.see()
    assert dossier.search_status is SearchStatus.FAILED
    assert FlagReason.NO_EVIDENCE_FOUND not in {flag.reason for flag in raise_flags(dossier)}
    assert review.refusal_of_unsupported("なし")


def test_what_was_lost_by_hand_stays_lost_until_it_came(review: Review) -> None:
    review.search()
    extra = sample_article("9000000050", "SAMPLE: lost")
    review.server.find = lambda term: [*PMIDS[:1], "9000000050"] if "[ti]" in term else PMIDS
    review.search_by_hand("minoxidil[ti]")
    assert review.refusal_of_unsupported() == "unsupported_needs_records"
    review.break_down(efetch=Reply(f"<PubmedArticleSet>{extra}</PubmedArticleSet>".encode()))
    review.search_by_hand("minoxidil[ti]")
    assert review.refusal_of_unsupported() == ""


def test_a_claim_beside_found_records_is_due_where_a_search_of_its_got_no_answer(review: Review) -> None:
    def answer(request: SeenRequest) -> Reply:
        is_counter = "no difference" in request.form.get("term", "")
        return Reply(b"", 503) if is_counter else EntrezServer.answer(review.server, request)

    review.server.answer = answer  # type: ignore[method-assign]
    review.search()
    assert review.see().search_status is SearchStatus.FOUND
    assert review.refusal_of_unsupported() == "unsupported_needs_search"
    review.break_down()
    assert review.search()
    assert review.refusal_of_unsupported() == ""

"""What an article cites: kept with its version, looked up, and first among the citations of its claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from claims.articles import parse_article
from claims.errors import RoleRefused, RuleRefused
from claims.extraction import extract_claims
from claims.lexicon.lexicon import load_lexicon
from claims.pubmed.source import PubMed
from claims.records.assessment import Basis, CitationJudgement, ClaimStatus
from claims.records.audit import AuditAction
from claims.records.citation import Pmid, RetractionStatus
from claims.records.flag import FlagReason
from claims.records.people import Role
from claims.records.reference import AuthorReference, Detail, Identity
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review import ArticleVersion
from reviewer.accounts.offline import OPERATOR
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.checking_references import check_references, list_unchecked
from reviewer.workflow.due_searches import list_due
from reviewer.workflow.grading import judge_citation
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.loading import load_version
from reviewer.workflow.rechecking import recheck_standing
from reviewer.workflow.references import load_references
from reviewer.workflow.searching import Searcher, search_claims
from tests.conftest import OpenWork
from tests.entrez_server import EntrezServer, Reply
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_audit_entry, make_moment, make_user
from tests.references.manuscripts import (
    CITED,
    ENGLISH,
    JAPANESE,
    MISSING,
    NO_PAPER,
    OF_ANOTHER,
    PAPERS,
    PMIDS,
    RETRACTED_ONE,
    find_paper,
)
from tests.workflow.test_rechecking import Shelf

A = make_user("a", Role.REVIEWER)
NOT_ATTACHED = {OF_ANOTHER, MISSING, NO_PAPER}
ORAL = ENGLISH.replace("Calcium lowers", "Oral calcium lowers", 1)
FAILING = [Reply(b"<html></html>", 503) for _ in range(40)]


@pytest.fixture
def server() -> Iterator[EntrezServer]:
    with EntrezServer(PAPERS, find=find_paper) as running:
        yield running


@pytest.fixture
def searcher(server: EntrezServer) -> Searcher:
    pubmed = PubMed(
        server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget(), clock=StillClock()
    )
    return Searcher(pubmed, load_lexicon(), make_moment)


def bring(open_work: OpenWork, text: str) -> ArticleVersion:
    with open_work() as work:
        return ingest_article(work, parse_article(text), OPERATOR, make_moment()).version


def check(open_work: OpenWork, version: ArticleVersion, searcher: Searcher) -> list[AuthorReference]:
    return list(check_references(open_work, version, searcher, OPERATOR))


def look(open_work: OpenWork, version: ArticleVersion) -> tuple[Dossier, ...]:
    with open_work() as work:
        return load_version(work, version.id, A)[1]


def know(open_work: OpenWork, version: ArticleVersion) -> dict[int, Identity]:
    with open_work() as work:
        return {int(one.label): one.look_up.identity for one in load_references(work, version)}


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE])
def test_an_article_is_brought_in_with_what_each_of_its_sentences_cites(
    open_work: OpenWork, text: str
) -> None:
    version = bring(open_work, text)
    cited = [tuple(int(one.label) for one in dossier.references) for dossier in look(open_work, version)]
    assert cited == CITED
    assert set(know(open_work, version).values()) == {Identity.NOT_CHECKED}


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE])
def test_what_pubmed_has_as_it_is_cited_stands_first_under_the_claims_that_cite_it(
    open_work: OpenWork, searcher: Searcher, text: str
) -> None:
    version = bring(open_work, text)
    assert len(check(open_work, version, searcher)) == 10
    for dossier, numbers in zip(look(open_work, version), CITED, strict=True):
        papers = [PMIDS[number - 1] for number in numbers if number not in NOT_ATTACHED]
        assert [finding.pmid for finding in dossier.findings] == papers
        assert {finding.rung for finding in dossier.findings} <= {Rung.CITED}
        assert dossier.cited == set(papers)
        assert dossier.search_status is SearchStatus.NOT_SEARCHED


def test_each_reference_says_what_it_is(open_work: OpenWork, searcher: Searcher) -> None:
    version = bring(open_work, ENGLISH)
    check(open_work, version, searcher)
    known = know(open_work, version)
    assert known[OF_ANOTHER] is Identity.OTHER_PAPER
    assert known[MISSING] is Identity.NO_RECORD
    assert known[NO_PAPER] is Identity.NOT_IN_PUBMED
    assert [number for number, identity in known.items() if identity is Identity.DIFFERS] == [7]
    with open_work() as work:
        seventh = load_references(work, version)[6]
        told = work.citations.load_standings([Pmid(PMIDS[RETRACTED_ONE - 1])])
    assert seventh.look_up.differs == (Detail.YEAR,)
    assert told[Pmid(PMIDS[RETRACTED_ONE - 1])].status is RetractionStatus.RETRACTED


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE])
def test_what_is_no_paper_of_pubmed_is_a_document_of_the_claims_that_cite_it(
    open_work: OpenWork, searcher: Searcher, text: str
) -> None:
    version = bring(open_work, text)
    check(open_work, version, searcher)
    *others, needs = look(open_work, version)
    assert [dossier.documents for dossier in others] == [()] * 9
    (document,) = needs.documents
    expected = ("日本人の食事摂取基準（2020年版）", "見本省")
    if text is ENGLISH:
        expected = ("Dietary reference guideline 2020. Sample Press; 2020", "Sample Ministry")
    assert (document.details.title, document.details.body) == expected
    assert (document.details.published, document.details.address) == ("2020", "https://example.org/drv")
    # It is entered once, and again where another claim cites it in the next version.
    assert list(check_references(open_work, version, searcher, OPERATOR, again=True))
    assert look(open_work, version)[9].documents == (document,)
    revised = bring(open_work, text.replace("[9]", "[9,10]", 2 if text is JAPANESE else 1))
    check(open_work, revised, searcher)
    told = [len(dossier.documents) for dossier in look(open_work, revised)]
    assert sum(told) >= 2
    assert told[9] == 1


def test_a_search_leaves_what_the_author_cites_in_its_place_and_tells_what_it_found_itself(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    check(open_work, version, searcher)
    server.find = lambda term: [PMIDS[7], PMIDS[0]] if "zinc" in term.lower() else []
    with open_work() as work:
        claims = work.claims.list_claims(version.id)[:2]
    searched = list(search_claims(open_work, version, claims, searcher, OPERATOR))
    zinc, iron = look(open_work, version)[:2]
    assert len(searched) == 2
    assert zinc.findings[0].pmid == PMIDS[0]
    assert zinc.findings[0].on_topic
    assert zinc.search_status is SearchStatus.FOUND
    # Nothing was found for the second: what its author cites is no finding of the search.
    assert [finding.pmid for finding in iron.findings] == [PMIDS[1]]
    assert iron.search_status is SearchStatus.NOTHING_FOUND


def test_a_failed_look_up_is_told_as_failed_and_tried_again(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    server.script = list(FAILING)
    check(open_work, version, searcher)
    failed = know(open_work, version)
    assert {identity for number, identity in failed.items() if number != NO_PAPER} == {Identity.LOOKUP_FAILED}
    with open_work() as work:
        assert load_references(work, version)[0].look_up.failure == "source_unavailable"
        assert [int(one.label) for one in list_unchecked(work, version)] == list(range(1, 10))
    server.script = []
    assert len(check(open_work, version, searcher)) == 9
    assert Identity.LOOKUP_FAILED not in know(open_work, version).values()


def test_what_is_known_is_not_asked_again(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    check(open_work, version, searcher)
    asked = len(server.seen)
    assert check(open_work, version, searcher) == []
    second = bring(open_work, ORAL)
    assert second.number == 2
    assert know(open_work, second) == know(open_work, version)
    assert check(open_work, second, searcher) == []
    assert len(server.seen) == asked


def test_a_reworded_claim_keeps_what_it_cites_and_one_that_cites_no_more_loses_it(
    open_work: OpenWork, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    check(open_work, version, searcher)
    second = bring(
        open_work,
        ENGLISH.replace("Calcium lowers blood", "Calcium sharply lowers blood", 1).replace(
            "in women.[2]", "in young women."
        ),
    )
    dossiers = look(open_work, second)
    assert [finding.pmid for finding in dossiers[8].findings] == [PMIDS[8]]
    assert dossiers[8].claim.claim.text.startswith("Calcium sharply")
    assert dossiers[1].claim.claim.text == "Iron reduces fatigue in young women."
    assert dossiers[1].findings == ()
    assert dossiers[1].references == ()


def test_a_list_that_is_numbered_anew_moves_its_papers_with_it(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    check(open_work, version, searcher)
    first, second = (line for line in ENGLISH.splitlines() if line.startswith(("1. ", "5. ")))
    renumbered = ENGLISH.replace(first, f"1. {second[3:]}").replace(second, f"5. {first[3:]}", 1)
    revised = bring(open_work, renumbered)
    asked = len(server.seen)
    # The zinc claim, whose words are as they were, cites copper now: it is read for it, and nobody is asked.
    check(open_work, revised, searcher)
    zinc = look(open_work, revised)[0]
    assert [finding.pmid for finding in zinc.findings] == [PMIDS[4]]
    assert len(server.seen) == asked


def test_what_somebody_judged_stays_though_it_is_cited_no_more(
    open_work: OpenWork, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    check(open_work, version, searcher)
    claim = look(open_work, version)[1].claim
    with open_work() as work:
        declare_interests(work, version.id, "none", "MD", A, make_moment())
    with open_work() as work:
        judge_citation(
            work, claim.id, Pmid(PMIDS[1]), CitationJudgement.SUPPORTING, Basis.ABSTRACT, A, make_moment()
        )
    first = next(line for line in ENGLISH.splitlines() if line.startswith("1. "))
    second = next(line for line in ENGLISH.splitlines() if line.startswith("2. "))
    swapped = ENGLISH.replace(first, "1. @").replace(second, f"2. {first[3:]}").replace("@", second[3:])
    revised = bring(open_work, swapped)
    check(open_work, revised, searcher)
    (iron,) = (one for one in look(open_work, revised) if one.claim.id == claim.id)
    assert [finding.pmid for finding in iron.findings] == [PMIDS[0], PMIDS[1]]
    assert iron.cited == {PMIDS[0]}


def test_no_evidence_is_flagged_only_once_the_authors_own_was_read(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    check(open_work, version, searcher)
    server.find = lambda term: []
    with open_work() as work:
        claims = work.claims.list_claims(version.id)[:1]
        declare_interests(work, version.id, "none", "MD", A, make_moment())
    list(search_claims(open_work, version, claims, searcher, OPERATOR))
    zinc = look(open_work, version)[0]
    assert zinc.search_status is SearchStatus.NOTHING_FOUND
    assert raise_flags(zinc) == ()
    settled = replace(zinc, claim=replace(zinc.claim, status=ClaimStatus.GRADED))
    told = [flag.reason for flag in raise_flags(settled)]
    assert told == [FlagReason.NO_EVIDENCE_FOUND], "nobody reads any more what is added then"
    with open_work() as work:
        judged = CitationJudgement.NOT_RELEVANT
        judge_citation(work, zinc.claim.id, Pmid(PMIDS[0]), judged, Basis.ABSTRACT, A, make_moment())
    flags = raise_flags(look(open_work, version)[0])
    assert [flag.reason for flag in flags] == [FlagReason.NO_EVIDENCE_FOUND]


def test_a_paper_that_no_claim_cites_is_looked_at_again_too(open_work: OpenWork, searcher: Searcher) -> None:
    version = bring(open_work, ENGLISH.replace("thyroid\nof smokers [8, 9]", "thyroid\nof smokers"))
    check(open_work, version, searcher)
    pmid = Pmid(PMIDS[7])
    with open_work() as work:
        stood = work.citations.load([pmid])[pmid]
        shelf = Shelf((replace(stood, title=f"RETRACTED: {stood.title}"),))
        recheck_standing(work, shelf, version.id, OPERATOR, make_moment(60))
    with open_work() as work:
        told = work.citations.load_standings([pmid])[pmid]
    assert told.status is RetractionStatus.RETRACTED


def test_marks_do_not_reach_read_as_and_no_entry_of_the_list_is_a_claim(open_work: OpenWork) -> None:
    for text in (ENGLISH, JAPANESE):
        dossiers = look(open_work, bring(open_work, text))
        assert len(dossiers) == 10
        assert [claim for claim in (one.claim.claim for one in dossiers) if "[" in claim.read_as] == []


def test_an_article_from_before_references_were_kept_is_read_when_it_is_looked_up(
    open_work: OpenWork, searcher: Searcher
) -> None:
    article = parse_article(ENGLISH)
    with open_work() as work:
        stored = work.articles.add_version(article, make_moment())
        work.claims.add_extraction(stored.id, extract_claims(article))
        work.commit(make_audit_entry())
    with open_work() as work:
        assert len(load_references(work, stored)) == 10
    assert len(check(open_work, stored, searcher)) == 10
    with open_work() as work:
        read = [one.action for one in work.audit.list_entries(f"version:{stored.id}")]
    assert set(read) == {AuditAction.REFERENCES_READ, AuditAction.REFERENCES_CHECKED}
    assert look(open_work, stored)[0].cited == {PMIDS[0]}


def test_of_a_closed_version_nothing_is_looked_up_and_who_may_not_search_asks_nothing(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    with pytest.raises(RoleRefused):
        list(check_references(open_work, version, searcher, make_user("admin", Role.ADMIN)))
    bring(open_work, ORAL)
    with pytest.raises(RuleRefused):
        check(open_work, version, searcher)
    with open_work() as work:
        assert list_unchecked(work, version) == ()
    assert server.seen == []


def test_of_many_references_those_that_were_told_stay_when_the_work_is_stopped(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    entries = [
        f"{n}. Sample A. Title {n} of samples. J Sample. 2020;1:2-3. PMID: {9_000_001_000 + n}"
        for n in range(1, 401)
    ]
    version = bring(
        open_work, "# Hips\n\nWalking reduces hip pain [1-3].\n\n## References\n\n" + "\n".join(entries)
    )
    checking = check_references(open_work, version, searcher, OPERATOR)
    next(checking)
    checking.close()
    assert list(know(open_work, version).values()).count(Identity.NO_RECORD) == 20
    with open_work() as work:
        assert len(list_unchecked(work, version)) == 380
        assert (
            len(list_due(work, version, work.claims.list_claims(version.id), "pubmed", searcher.lexicon)) == 1
        )
    assert [request.program for request in server.seen].count("efetch") == 1

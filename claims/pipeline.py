"""Claims from their words to their evidence: plan, searches, records, order, sentences, first reading."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace

from claims.appraisal.editions import are_editions, is_newer
from claims.appraisal.retraction import read_retraction
from claims.errors import QueryError
from claims.lexicon.lexicon import Lexicon
from claims.ranking.question import Question, ask_claim
from claims.ranking.scoring import RANKER_VERSION, bears_on, rank_citations
from claims.records.article import Language
from claims.records.citation import Citation
from claims.records.claim import Claim
from claims.records.finding import ClaimEvidence, Finding
from claims.records.retrieval import FetchedRecord, Query, Rung, SearchPlan
from claims.search.batching import fetch_together, search_together
from claims.search.caching import CachedSource
from claims.search.ladder import ClaimSearch
from claims.search.query import build_plan
from claims.search.record_query import is_record_query
from claims.stance.abstract import read_abstract
from claims.stance.reading import read_citation
from claims.stance.relevance import ON_TOPIC_FROM, find_relevance


def find_evidence(
    claims: Iterable[Claim],
    language: Language,
    source: CachedSource,
    lexicon: Lexicon,
    limit: int = 20,
) -> Generator[ClaimEvidence, None, None]:
    """The evidence for each claim in order: a main search, a wider one if that brings little, one against it.

    A slow source is asked for many claims at once. A search that got no answer is a failed run beside the
    others. A claim with nothing to search for has a plan without concepts and no runs: it was not searched,
    which is not the same as nothing found.
    """
    opened: deque[_Inquiry] = deque()

    def open_climbs() -> Iterator[ClaimSearch]:
        for claim in claims:
            opened.append(_open_inquiry(claim, language, source, lexicon, limit))
            yield opened[-1].climb

    for _ in search_together(open_climbs(), source):
        yield _read_evidence(opened.popleft())


def search_query(
    claim: Claim,
    query: Query,
    language: Language,
    source: CachedSource,
    lexicon: Lexicon,
    limit: int = 20,
) -> ClaimEvidence:
    """What one query brings for a claim: a rung asked for alone, or a query that a person worded."""
    inquiry = _open_inquiry(claim, language, source, lexicon, limit)
    inquiry = replace(inquiry, names_record=is_record_query(query))
    inquiry.climb.search(query)
    fetch_together([inquiry.climb], source)
    return _read_evidence(inquiry)


def read_cited(
    claim: Claim,
    records: Iterable[FetchedRecord],
    language: Language,
    lexicon: Lexicon,
    rung: Rung = Rung.CITED,
) -> tuple[Finding, ...]:
    """The records that somebody named for a claim, in their order, read as what a search brings is.

    They are on topic, since a person named them; no source is asked. ``rung`` is what brought them.
    """
    plan, question = _plan_search(claim, language, lexicon), ask_claim(claim, language, lexicon)
    by_pmid = {record.citation.pmid: record for record in records}
    cited = [record.citation for record in by_pmid.values()]
    scores = {one.pmid: score for one, score in rank_citations(question, plan, cited)}
    findings: list[Finding] = []
    for rank, one in enumerate(cited, start=1):
        relevance = find_relevance(question, plan, read_abstract(one), one)
        shown = _Ranked(one, scores[one.pmid], relevance, on_topic=True)
        findings.append(_read_finding(rank, by_pmid[one.pmid], rung, shown, question, claim))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """A claim on its way: what is asked of its records, and its searches.

    ``names_record``: a person named the record by its number, which makes it one on topic.
    """

    claim: Claim
    question: Question
    climb: ClaimSearch
    names_record: bool = False


def _open_inquiry(
    claim: Claim, language: Language, source: CachedSource, lexicon: Lexicon, limit: int
) -> _Inquiry:
    plan, question = _plan_search(claim, language, lexicon), ask_claim(claim, language, lexicon)
    return _Inquiry(claim, question, ClaimSearch(source, plan, question.terms, RANKER_VERSION, limit))


def _plan_search(claim: Claim, language: Language, lexicon: Lexicon) -> SearchPlan:
    try:
        return build_plan(claim.text, claim.theme, claim.heading, language, lexicon, claim.read_as)
    except QueryError as error:
        return _plan_nothing(error, lexicon)


def _plan_nothing(error: QueryError, lexicon: Lexicon) -> SearchPlan:
    unmapped = error.values.get("unmapped", ())
    assert isinstance(unmapped, tuple)
    return SearchPlan((), (), unmapped, lexicon.version)


def _read_evidence(inquiry: _Inquiry) -> ClaimEvidence:
    """The best records on topic, read, and after them as many at most that are related only.

    What was found by words alone and says too little of the claim is neither.
    """
    climb, question = inquiry.climb, inquiry.question
    found = {
        record.citation.pmid: (record, rung)
        for pmid, rung in climb.rungs.items()
        if (record := climb.source.known_record(pmid)) is not None
        and (pmid not in climb.by_words_alone or bears_on(question, climb.plan, record.citation))
    }
    ranked = rank_citations(question, climb.plan, [record.citation for record, _ in found.values()])
    chosen = _choose_shown(inquiry, ranked)
    findings = tuple(
        _read_finding(rank, *found[shown.citation.pmid], shown, question, inquiry.claim)
        for rank, shown in enumerate(chosen, start=1)
    )
    return ClaimEvidence(climb.plan, tuple(climb.runs), findings, tuple(shown.citation for shown in chosen))


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A record that was found, as it is ranked and as it bears on the claim's topic."""

    citation: Citation
    score: float
    relevance: float | None
    on_topic: bool


def _choose_shown(inquiry: _Inquiry, ranked: Iterable[tuple[Citation, float]]) -> list[_Ranked]:
    """The best on topic, then the best that are related only; each as many as the search asks for.

    Of a work with several editions the newest stands on topic, at the place of the best of them; the others
    are related to it.
    """
    climb = inquiry.climb
    on_topic: list[_Ranked] = []
    related: list[_Ranked] = []
    for citation, score in ranked:
        if len(on_topic) == climb.limit:
            break
        relevance = find_relevance(inquiry.question, climb.plan, read_abstract(citation), citation)
        is_on_topic = inquiry.names_record or relevance is None or relevance >= ON_TOPIC_FROM
        shown = _Ranked(citation, score, relevance, is_on_topic)
        if not is_on_topic:
            related.append(shown)
        elif inquiry.names_record or (place := _find_edition(citation, on_topic)) is None:
            on_topic.append(shown)
        else:
            better = on_topic[place]
            newer, older = (shown, better) if is_newer(citation, better.citation) else (better, shown)
            on_topic[place] = newer
            related.append(replace(older, on_topic=False))
    return [*on_topic, *related[: climb.limit]]


def _find_edition(citation: Citation, shown: Iterable[_Ranked]) -> int | None:
    return next((at for at, other in enumerate(shown) if are_editions(citation, other.citation)), None)


def _read_finding(
    rank: int, record: FetchedRecord, rung: Rung, shown: _Ranked, question: Question, claim: Claim
) -> Finding:
    reading = read_citation(question, record.citation, claim)
    return Finding(
        pmid=record.citation.pmid,
        rank=rank,
        score=round(shown.score, 4),
        rung=rung,
        rationales=reading.rationales,
        study=reading.study,
        level=reading.level,
        stance=reading.stance,
        retraction=read_retraction(record.citation, record.fetched_at),
        relevance=None if shown.relevance is None else round(shown.relevance, 2),
        on_topic=shown.on_topic,
    )

"""One claim from its words to its evidence: plan, searches, records, order, sentences, first reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from claims.errors import QueryError, SourceError
from claims.evidence.ports import EvidenceSource, RankingSource
from claims.evidence.query import build_plan
from claims.evidence.retraction import read_retraction
from claims.lexicon.lexicon import Lexicon
from claims.ranking.question import Question, ask_claim
from claims.ranking.reading import read_citation
from claims.ranking.scoring import RANKER_VERSION, bears_on, rank_citations
from claims.records.article import Language
from claims.records.citation import Citation, Pmid
from claims.records.claim import Claim
from claims.records.finding import ClaimEvidence, Finding
from claims.records.retrieval import Query, Rung, SearchPlan, SearchRun, SearchStatus, SourceAnswer

# A main search with fewer records than this is followed by a wider one.
ENOUGH_FOUND = 5


def search_claim(
    claim: Claim,
    language: Language,
    source: EvidenceSource,
    lexicon: Lexicon,
    now: Callable[[], datetime],
    limit: int = 20,
) -> ClaimEvidence:
    """The evidence for one claim: a main search, a wider one if that brings little, and one against it.

    A search that got no answer is a failed run beside the others. A claim with nothing to search for has
    a plan without concepts and no runs: it was not searched, which is not the same as nothing found.
    """
    try:
        plan = build_plan(claim.text, claim.theme, claim.heading, language, lexicon, claim.read_as)
    except QueryError as error:
        return ClaimEvidence(_plan_nothing(error, lexicon), (), (), ())
    question = ask_claim(claim, language, lexicon)
    searching = _Searching(source, plan, question, now, limit)
    searching.climb_ladder()
    ranked = rank_citations(question, plan, searching.fetch_found())[:limit]
    findings = tuple(
        _read_finding(rank, citation, score, searching.rungs[citation.pmid], claim, question, now())
        for rank, (citation, score) in enumerate(ranked, start=1)
    )
    return ClaimEvidence(plan, tuple(searching.runs), findings, tuple(citation for citation, _ in ranked))


@dataclass
class _Searching:
    """The searches of one claim as they happen. ``rungs`` says which of them brought a record first."""

    source: EvidenceSource
    plan: SearchPlan
    question: Question
    now: Callable[[], datetime]
    limit: int
    runs: list[SearchRun] = field(default_factory=list)
    rungs: dict[Pmid, Rung] = field(default_factory=dict)
    by_words_alone: set[Pmid] = field(default_factory=set)

    def climb_ladder(self) -> None:
        """The main search, at most one wider one, words alone where the source can, the counter-search."""
        steps = {query.rung: query for query in self.plan.ladder}
        main, *wider = [query for query in self.plan.ladder if query.rung is not Rung.COUNTER]
        self._search(main)
        if len(self.rungs) < ENOUGH_FOUND and wider:
            # What brought nothing at all is widened at once.
            self._search(wider[0] if self.rungs else wider[-1])
        if len(self.rungs) < ENOUGH_FOUND and isinstance(self.source, RankingSource):
            self._rank(self.source)
        if counter := steps.get(Rung.COUNTER):
            self._search(counter)

    def fetch_found(self) -> list[Citation]:
        """The records of everything found, asked for at once; words alone must make up most of the claim."""
        if not self.rungs:
            return []
        try:
            records = self.source.fetch(tuple(self.rungs))
        except SourceError as error:
            self.runs = [_fail(run, error) if run.count else run for run in self.runs]
            return []
        return [
            record
            for pmid, record in records.items()
            if pmid not in self.by_words_alone or bears_on(self.question, self.plan, record)
        ]

    def _search(self, query: Query) -> None:
        self._record(query, lambda: self.source.search(query.text, self.limit))

    def _rank(self, source: RankingSource) -> None:
        query = Query(Rung.BROAD, " ".join(term.phrase for term in self.question.terms))
        before = set(self.rungs)
        self._record(query, lambda: self._rank_words(source))
        self.by_words_alone = set(self.rungs) - before

    def _rank_words(self, source: RankingSource) -> SourceAnswer:
        pmids = tuple(pmid for pmid, _ in source.rank(self.question.terms, self.limit))
        return SourceAnswer(pmids, len(pmids))

    def _record(self, query: Query, ask: Callable[[], SourceAnswer]) -> None:
        run = SearchRun(
            rung=query.rung,
            query=query.text,
            source=self.source.name,
            status=SearchStatus.RUNNING,
            searched_at=self.now(),
            lexicon_version=self.plan.lexicon_version,
            ranker_version=RANKER_VERSION,
        )
        try:
            answer = ask()
        except (SourceError, QueryError) as error:
            self.runs.append(_fail(run, error))
            return
        for pmid in answer.pmids:
            self.rungs.setdefault(pmid, query.rung)
        self.runs.append(
            replace(
                run,
                status=SearchStatus.FOUND if answer.count else SearchStatus.NOTHING_FOUND,
                count=answer.count,
                translation=answer.translation,
                warnings=answer.warnings,
            )
        )


def _fail(run: SearchRun, error: SourceError | QueryError) -> SearchRun:
    return replace(run, status=SearchStatus.FAILED, failure=error.code)


def _plan_nothing(error: QueryError, lexicon: Lexicon) -> SearchPlan:
    unmapped = error.values.get("unmapped", ())
    assert isinstance(unmapped, tuple)
    return SearchPlan((), (), unmapped, lexicon.version)


def _read_finding(
    rank: int,
    citation: Citation,
    score: float,
    rung: Rung,
    claim: Claim,
    question: Question,
    checked_at: datetime,
) -> Finding:
    reading = read_citation(question, citation, claim)
    return Finding(
        pmid=citation.pmid,
        rank=rank,
        score=round(score, 4),
        rung=rung,
        rationales=reading.rationales,
        study=reading.study,
        level=reading.level,
        stance=reading.stance,
        retraction=read_retraction(citation, checked_at),
    )

"""The searches of one claim: up its ladder of queries, beside it, or by hand; each logged as it was sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from claims.errors import QueryError, SourceError
from claims.lexicon.weighting import WeightedTerm
from claims.records.citation import Pmid
from claims.records.retrieval import Loss, Query, Rung, SearchPlan, SearchRun, SearchStatus, SourceAnswer
from claims.search.caching import CachedSource
from claims.search.ports import RankingSource

# A main search with fewer records than this is followed by a wider one.
ENOUGH_FOUND = 5
# ESearch reaches no record of a query beyond this one (E-utilities Help, NBK25499).
REACH = 9_999

FILTERS = {
    Rung.SYSTEMATIC: "systematic[sb]",
    # The words too: a record that is not indexed yet has no publication type.
    Rung.RANDOMISED: '("randomized controlled trial"[pt] OR randomized[tiab] OR randomised[tiab])',
}


def narrow_query(query: Query, rung: Rung) -> Query:
    """The same query among systematic reviews, or randomised trials, alone.

    >>> narrow_query(Query(Rung.STRICT, "a[ti] OR b[ti]"), Rung.SYSTEMATIC).text
    '(a[ti] OR b[ti]) AND systematic[sb]'
    """
    return Query(rung, f"({query.text}) AND {FILTERS[rung]}")


@dataclass
class ClaimSearch:
    """The searches of one claim as they happen. ``rungs`` says which of them brought a record first.

    ``_listed`` are the PMIDs that a search listed, by its place among the runs.
    """

    source: CachedSource
    plan: SearchPlan
    terms: tuple[WeightedTerm, ...]
    ranker_version: str
    limit: int
    runs: list[SearchRun] = field(default_factory=list)
    rungs: dict[Pmid, Rung] = field(default_factory=dict)
    by_words_alone: set[Pmid] = field(default_factory=set)
    _listed: dict[int, tuple[Pmid, ...]] = field(default_factory=dict)

    def run_ladder(self) -> None:
        """The main search, at most one wider one, words alone where the source can, the counter-search.

        A plan without queries is not searched. What has more records than can be reached is narrowed. A
        source that stopped answering is left alone.
        """
        queries = {query.rung: query for query in self.plan.ladder}
        counter = queries.pop(Rung.COUNTER, None)
        if not queries:
            return
        main, *wider = queries.values()
        latest = self.search(main)
        if len(self.rungs) < ENOUGH_FOUND and wider and self._answers:
            # What brought nothing at all is widened at once.
            latest = self.search(wider[0] if self.rungs else wider[-1])
        if latest.count > REACH:
            self.search(self._next_narrower(latest))
        if len(self.rungs) < ENOUGH_FOUND and isinstance(self.source.source, RankingSource):
            self._rank(self.source.source)
        if counter and self._answers:
            self._search_against(counter)

    def search(self, query: Query) -> SearchRun:
        """The run of one query as it was logged; what it found counts for the claim."""
        run = self._begin(query)
        try:
            answer = self.source.search(query.text, self.limit)
        except (SourceError, QueryError) as error:
            self.runs.append(_fail(run, error))
        else:
            self._log(run, answer)
        return self.runs[-1]

    def narrow(self) -> None:
        """Search once more what the main search asked, among systematic reviews alone."""
        self.search(narrow_query(self.plan.ladder[0], Rung.SYSTEMATIC))

    @property
    def has_more(self) -> bool:
        """Whether the main search has more records than it brought, and was not narrowed yet."""
        narrowed = any(run.rung in FILTERS for run in self.runs)
        return bool(self.runs) and self.runs[0].count > self.limit and not narrowed

    def explain_records(self) -> None:
        """Let each search tell of its records that did not come, or came under a new number.

        A search of which no record came has failed. What listed a record that does not come is asked anew by
        the next search: a record that NLM deleted is listed no longer.
        """
        for at, pmids in self._listed.items():
            run = self.runs[at]
            notes = tuple(note for pmid in pmids if (note := self._explain_record(pmid)))
            self.runs[at] = run = replace(run, warnings=(*run.warnings, *notes))
            if run.losses:
                self.source.drop_answer(run.query, self.limit)
            if pmids and not any(self.source.known_record(pmid) for pmid in pmids):
                self.runs[at] = _fail(run, SourceError("source_records_missing", count=len(pmids)))

    def fail(self, error: SourceError) -> None:
        """Mark every search some of whose records could not be brought as failed."""
        lacking = set(self.source.find_unknown(self.rungs))
        for at, pmids in self._listed.items():
            if not lacking.isdisjoint(pmids):
                self.runs[at] = _fail(self.runs[at], error)

    @property
    def _answers(self) -> bool:
        """Whether the source still answers; a query that it refused says nothing of the next."""
        failure = self.runs[-1].failure
        return not failure or failure.startswith("query_") or failure == "source_refused_query"

    def _explain_record(self, pmid: Pmid) -> str:
        """The warning for a record that did not come as it was asked for; "" for one that did."""
        record = self.source.known_record(pmid)
        if record is not None:
            became = record.citation.pmid
            return f"RecordBecame: {pmid} is {became}" if became != pmid else ""
        unreadable = self.source.find_unreadable(pmid)
        if unreadable is not None:
            return f"{Loss.RECORD_UNREADABLE.value}: {pmid} ({unreadable.reason})"
        return f"{Loss.RECORD_MISSING.value}: {pmid}"

    def _next_narrower(self, run: SearchRun) -> Query:
        """The rung below that was not searched yet; below the narrowest, a filter."""
        ladder = [query for query in self.plan.ladder if query.rung is not Rung.COUNTER]
        place = [query.rung for query in ladder].index(run.rung)
        searched = {run.rung for run in self.runs}
        below = [query for query in ladder[:place] if query.rung not in searched]
        return below[-1] if below else narrow_query(ladder[place], Rung.SYSTEMATIC)

    def _search_against(self, counter: Query) -> None:
        """The counter-search, unless it would cost a request for records that are all at hand."""
        holder = next((run for run in self.runs if self._holds_counter(run)), None)
        if self.source.is_remote and holder is not None:
            run = replace(self._begin(counter), status=SearchStatus.NOT_SEARCHED)
            self.runs.append(replace(run, warnings=(f"HeldBy: {holder.rung.value}",)))
        else:
            self.search(counter)

    def _holds_counter(self, run: SearchRun) -> bool:
        """Whether this search was answered and brought all that the counter-search could find.

        That is the relaxed query and words against the claim; where the broad one finds nothing, neither
        does that.
        """
        most = {Rung.RELAXED: self.limit, Rung.BROAD: 0}
        return run.status.is_answered and not run.losses and run.count <= most.get(run.rung, -1)

    def _rank(self, source: RankingSource) -> None:
        run = self._begin(Query(Rung.WORDS, " ".join(term.phrase for term in self.terms)))
        before = set(self.rungs)
        try:
            pmids = tuple(pmid for pmid, _ in source.rank(self.terms, self.limit))
        except SourceError as error:
            self.runs.append(_fail(run, error))
        else:
            self._log(run, SourceAnswer(pmids, len(pmids)))
        self.by_words_alone = set(self.rungs) - before

    def _begin(self, query: Query) -> SearchRun:
        return SearchRun(
            rung=query.rung,
            query=query.text,
            source=self.source.profile.name,
            status=SearchStatus.RUNNING,
            searched_at=self.source.now(),
            lexicon_version=self.plan.lexicon_version,
            ranker_version=self.ranker_version,
        )

    def _log(self, run: SearchRun, answer: SourceAnswer) -> None:
        self._listed[len(self.runs)] = answer.pmids
        for pmid in answer.pmids:
            self.rungs.setdefault(pmid, run.rung)
        self.runs.append(
            replace(
                run,
                status=SearchStatus.FOUND if answer.count else SearchStatus.NOTHING_FOUND,
                searched_at=answer.asked_at or run.searched_at,
                count=answer.count,
                translation=answer.translation,
                warnings=answer.warnings,
            )
        )


def _fail(run: SearchRun, error: SourceError | QueryError) -> SearchRun:
    # Which source it was stands in the run itself.
    values = tuple((name, str(value)) for name, value in error.values.items() if name != "source")
    return replace(run, status=SearchStatus.FAILED, failure=error.code, failure_values=values)

"""What a search brought for a claim: citations as the machine ranked and read them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from claims.records.citation import Citation, Pmid, RetractionCheck
from claims.records.rationale import Rationale, SuggestedStance
from claims.records.retrieval import Rung, SearchPlan, SearchRun, SearchStatus
from claims.records.study import EvidenceLevel, StudyProfile

# Searches that run when a person asks for them.
_ASKED_FOR = frozenset({Rung.BY_HAND, Rung.SYSTEMATIC, Rung.RANDOMISED})
_ABSENT = frozenset({SearchStatus.NOTHING_FOUND, SearchStatus.RELATED_ONLY})


@dataclass(frozen=True, slots=True)
class Finding:
    """One citation found for one claim. ``rank`` counts from 1; ``score`` is higher for better.

    ``rung`` is the search that brought it first; ``rationales`` are in the abstract's order, empty where
    no sentence bears on the claim. ``relevance``, 0 to 1, is how likely the record is on the claim's topic;
    one that is not ``on_topic`` is related only: it may be looked at, and the claim was not found by it. So
    is another edition of a record on topic, which has the same to say.
    Findings from before relevance was measured have none and count as they did then, as do those that a
    person sought for a claim of which nothing can be read.
    """

    pmid: Pmid
    rank: int
    score: float
    rung: Rung
    rationales: tuple[Rationale, ...]
    study: StudyProfile
    level: EvidenceLevel
    stance: SuggestedStance
    retraction: RetractionCheck
    relevance: float | None = None
    on_topic: bool = True

    @property
    def was_asked_for(self) -> bool:
        """Whether a person asked for the search that brought it."""
        return self.rung in _ASKED_FOR


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """All that one search of one claim gave: the plan, each run, the findings best first, their records.

    Findings on topic come before those that are related only.
    """

    plan: SearchPlan
    runs: tuple[SearchRun, ...]
    findings: tuple[Finding, ...]
    citations: tuple[Citation, ...]

    @property
    def status(self) -> SearchStatus:
        """How the search ended as a whole.

        ``found`` with any finding on topic, be it beside a failed query. Without one: ``failed`` when any
        query failed or did not bring all that it found, since what it would have brought is not known;
        ``not_searchable`` when none was sent because the claim is none for PubMed; ``not_searched`` when none
        was sent for another reason; and only when every query was answered in full ``related_only`` or
        ``nothing_found``.
        """
        statuses = {run.status for run in self.runs}
        if any(finding.on_topic for finding in self.findings):
            return SearchStatus.FOUND
        if SearchStatus.FAILED in statuses or any(run.losses for run in self.runs):
            return SearchStatus.FAILED
        if SearchStatus.RUNNING in statuses:
            return SearchStatus.RUNNING
        if statuses <= {SearchStatus.NOT_SEARCHED}:
            known = self.plan.not_searchable is None
            return SearchStatus.NOT_SEARCHED if known else SearchStatus.NOT_SEARCHABLE
        return _tell_found(self.findings)

    def tell_status_beside(
        self, standing: Sequence[Finding], before: SearchStatus = SearchStatus.NOT_SEARCHED
    ) -> SearchStatus:
        """How the claim stands after this search, with what stands for it besides.

        ``before`` is how it stood before a search beside the ladder; a whole search makes up for that. It has
        been found something for while anything on topic stands; finding nothing makes up for no search that
        failed, and says nothing of a claim that is none for PubMed.
        """
        if self.status not in _ABSENT:
            return self.status
        if before in (SearchStatus.FAILED, SearchStatus.NOT_SEARCHABLE):
            return before
        return _tell_found((*self.findings, *standing))

    def add_to(self, standing: Sequence[Finding]) -> tuple[Finding, ...]:
        """What stands after a search beside the ladder: the ``standing`` findings, then those that are new.

        A standing one that is on topic here, because a person named it, is so from now on.
        """
        brought = {finding.pmid: finding for finding in self.findings}
        kept = [
            replace(one, rung=new.rung, on_topic=True)
            if (new := brought.pop(one.pmid, None)) and new.on_topic and not one.on_topic
            else one
            for one in standing
        ]
        return tuple(replace(f, rank=rank) for rank, f in enumerate((*kept, *brought.values()), start=1))

    def keep_named(self, former: Sequence[Finding]) -> ClaimEvidence:
        """The same evidence, in which what a person named among the ``former`` findings stays named by hand.

        A search that brings such a record again measures it; the person's word on its topic stands.
        """
        named = {one.pmid for one in former if one.rung is Rung.BY_HAND and one.on_topic}
        findings = tuple(
            replace(one, rung=Rung.BY_HAND, on_topic=True) if one.pmid in named else one
            for one in self.findings
        )
        ordered = sorted(findings, key=lambda one: (not one.on_topic, one.rank))
        return replace(self, findings=tuple(replace(f, rank=n) for n, f in enumerate(ordered, start=1)))

    def keep_former(self, former: Sequence[Finding], concerned: Collection[Pmid]) -> tuple[Finding, ...]:
        """The ``former`` findings that stay, ranked after the new ones.

        One stays when a person judged it or the author cites it, which makes it one of those ``concerned``,
        when a person brought it by hand or asked for its search, and each does when
        a query failed: a search without all its answers takes nothing away.
        """
        renewed = {finding.pmid for finding in self.findings}
        incomplete = not self.runs or any(
            run.status is SearchStatus.FAILED or run.losses for run in self.runs
        )
        staying = (
            finding
            for finding in former
            if finding.pmid not in renewed
            and (incomplete or finding.pmid in concerned or finding.was_asked_for)
        )
        first = max((finding.rank for finding in self.findings), default=0) + 1
        return tuple(replace(finding, rank=rank) for rank, finding in enumerate(staying, start=first))


def put_cited_first(
    findings: Sequence[Finding], cited: Sequence[Pmid], judged: Collection[Pmid] = ()
) -> tuple[Finding, ...]:
    """The findings ranked anew: first those that the author cites for the claim, in the author's order.

    They are on topic, since the author named them. One that nothing but the author brought goes when it is
    cited no longer, unless somebody ``judged`` it.
    """
    own = {finding.pmid: replace(finding, on_topic=True) for finding in findings if finding.pmid in cited}
    others = (
        finding
        for finding in findings
        if finding.pmid not in own and (finding.rung is not Rung.CITED or finding.pmid in judged)
    )
    ordered = (*(own[pmid] for pmid in dict.fromkeys(cited) if pmid in own), *others)
    return tuple(replace(finding, rank=rank) for rank, finding in enumerate(ordered, start=1))


def _tell_found(findings: Sequence[Finding]) -> SearchStatus:
    """What a search found of which every query was answered in full; what the author cites nobody found."""
    findings = [finding for finding in findings if finding.rung is not Rung.CITED]
    if any(finding.on_topic for finding in findings):
        return SearchStatus.FOUND
    return SearchStatus.RELATED_ONLY if findings else SearchStatus.NOTHING_FOUND

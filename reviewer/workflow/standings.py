"""Whether papers still stand: the latest look at each, with what Retraction Watch tells beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from claims.appraisal.retraction_watch import weigh_watched
from claims.records.citation import Citation, Pmid, RetractionCheck
from claims.records.finding import Finding
from claims.records.watch import WatchRecord
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Standings:
    """The latest look at each paper, where there was one, and the rows of Retraction Watch about it."""

    looks: Mapping[Pmid, RetractionCheck]
    watched: Mapping[Pmid, tuple[WatchRecord, ...]]

    def tell(self, pmid: Pmid, known: RetractionCheck) -> RetractionCheck:
        """How the paper stands by both; ``known`` is the look that is known where none is among these."""
        return weigh_watched(self.looks.get(pmid, known), self.watched.get(pmid, ()))

    def tell_looks(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings as the latest looks at their papers have them."""
        return tuple(replace(one, retraction=self.looks.get(one.pmid, one.retraction)) for one in findings)

    def tell_later_looks(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings as later looks at their papers than their own have them."""
        return tuple(replace(one, retraction=self._find_later(one)) for one in findings)

    def _find_later(self, finding: Finding) -> RetractionCheck:
        own, look = finding.retraction, self.looks.get(finding.pmid)
        if look is None or not own.checked_at or not look.checked_at:
            return own
        return look if look.checked_at > own.checked_at else own

    def tell_watched(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings with what Retraction Watch tells beside."""
        return tuple(
            replace(one, retraction=weigh_watched(one.retraction, self.watched.get(one.pmid, ())))
            for one in findings
        )


def load_standings(work: UnitOfWork, citations: Mapping[Pmid, Citation]) -> Standings:
    """How these papers stand, in two queries; none where there is no paper."""
    if not citations:
        return Standings({}, {})
    return Standings(work.citations.load_standings(citations), work.watched.load(tuple(citations.values())))

"""Which citations of a claim are on the screen, in which order, and which of them is being read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import cast

import streamlit as st

from claims.records.citation import Pmid
from claims.records.finding import Finding
from claims.records.retrieval import Rung
from claims.records.study import Species, StudyDesign
from reviewer.dashboard.session import get_focus, shows_everything
from reviewer.rules.dossier import Dossier, find_judged

# As many as are worth reading, before somebody asks for more.
MOST_SHOWN = 8
# Evidence against the claim is never folded away whole.
MOST_AGAINST = 2


class Origin(IntEnum):
    """The groups of citations on the screen, in their order."""

    CITED = 0
    FOR_CLAIM = 1
    COUNTER_SEARCH = 2
    RELATED = 3


@dataclass(frozen=True, slots=True)
class CitationFilter:
    """What somebody wants to see of a claim's citations; the empty filter lets all through.

    A citation without a year is older than any ``since``.
    """

    designs: frozenset[StudyDesign] = frozenset()
    species: frozenset[Species] = frozenset()
    since: int | None = None
    unjudged: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == CitationFilter()

    def lets_through(self, dossier: Dossier, finding: Finding, judged: frozenset[Pmid]) -> bool:
        """Whether the finding is to be seen; ``judged`` are those that the viewer judged."""
        study, year = finding.study, dossier.citations[finding.pmid].published_year
        return (
            (not self.designs or study.design in self.designs)
            and (not self.species or study.species in self.species)
            and (self.since is None or (year or 0) >= self.since)
            and not (self.unjudged and finding.pmid in judged)
        )


@dataclass(frozen=True, slots=True)
class ShownCitations:
    """The citations on the screen in their order, those that the viewer has not judged, and the one that is
    read, ``None`` where there is none."""

    findings: tuple[Finding, ...]
    unread: tuple[Pmid, ...]
    read: Finding | None

    @property
    def pmids(self) -> tuple[Pmid, ...]:
        """Their numbers in the order of the screen."""
        return tuple(finding.pmid for finding in self.findings)

    @property
    def focus(self) -> Pmid:
        """The number of the one that is read, "" where there is none."""
        return self.read.pmid if self.read is not None else Pmid("")


def list_shown(dossier: Dossier, everything: bool, focus: Pmid | None = None) -> tuple[Finding, ...]:
    """The findings in the order of the screen: by origin, the best first.

    They are what the author cites, the best on topic, the best of the counter-evidence search, whatever
    anybody judged and what is in ``focus``, so that a step that is taken back takes no citation from under
    the keys. With ``everything`` they are all, those related only too.
    """
    concerned = {*dossier.cited, *(judged.pmid for judged in dossier.judgements), *dossier.to_judge, focus}
    against = [finding for finding in dossier.found if finding.rung is Rung.COUNTER]
    best = {finding.pmid for finding in (*dossier.found[:MOST_SHOWN], *against[:MOST_AGAINST])}
    shown = (f for f in dossier.findings if everything or f.pmid in best or f.pmid in concerned)
    return tuple(sorted(shown, key=lambda finding: (find_origin(dossier, finding), finding.rank)))


def list_on_screen(dossier: Dossier, viewer: str) -> tuple[Finding, ...]:
    """The findings as this session sees them: as many as asked for, and what its filter lets through."""
    claim_id = dossier.claim.id
    shown = list_shown(dossier, shows_everything(claim_id), get_focus(claim_id))
    asked, judged = get_filter(claim_id), find_judged(dossier.judgements, viewer)
    return tuple(finding for finding in shown if asked.lets_through(dossier, finding, judged))


def find_origin(dossier: Dossier, finding: Finding) -> Origin:
    """The group that the finding stands in: it says nothing of its stance, and no judgement moves it."""
    if finding.pmid in dossier.cited:
        return Origin.CITED
    if not finding.on_topic:
        return Origin.RELATED
    return Origin.COUNTER_SEARCH if finding.rung is Rung.COUNTER else Origin.FOR_CLAIM


def list_unread(findings: tuple[Finding, ...], dossier: Dossier, viewer: str) -> tuple[Pmid, ...]:
    """Those of the findings that the viewer has not judged, in their order."""
    judged = find_judged(dossier.judgements, viewer)
    return tuple(finding.pmid for finding in findings if finding.pmid not in judged)


def view_citations(dossier: Dossier, viewer: str) -> ShownCitations:
    """The citations as this session sees them; the one chosen is read, else the first."""
    findings, chosen = list_on_screen(dossier, viewer), get_focus(dossier.claim.id)
    read = next((finding for finding in findings if finding.pmid == chosen), next(iter(findings), None))
    return ShownCitations(findings, list_unread(findings, dossier, viewer), read)


def find_next_unread(pmids: tuple[Pmid, ...], unread: tuple[Pmid, ...], judged: Pmid) -> Pmid:
    """Where reading goes on after ``judged``: the next that is unread, from the top again after the last.

    It stays where nothing is left. The browser moves its own pointer by the same rule.

    >>> find_next_unread(("1", "2", "3"), ("1", "3"), "2"), find_next_unread(("1", "2"), ("1",), "2")
    ('3', '1')
    """
    at = pmids.index(judged) + 1 if judged in pmids else 0
    left = set(unread) - {judged}
    return next((pmid for pmid in (*pmids[at:], *pmids[:at]) if pmid in left), judged)


def get_filter(claim_id: int) -> CitationFilter:
    """What this session asks to see of the claim's citations."""
    return cast("CitationFilter", st.session_state.get(f"citation_filter_{claim_id}", CitationFilter()))


def set_filter(claim_id: int, asked: CitationFilter) -> None:
    """Show of the claim's citations what is asked for, from now on."""
    st.session_state[f"citation_filter_{claim_id}"] = asked

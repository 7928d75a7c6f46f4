"""Tracing: where a paper, a claim's sentence or a document is used, with state, grade and date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.errors import RuleRefused
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.citation import Pmid, parse_pmid
from claims.records.decision import VersionState
from claims.records.people import User
from claims.records.review import VersionSummary
from db.repositories.uses import Place
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.visibility import redact_for
from reviewer.workflow.closing import load_closed
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.states import load_states

_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s?[:：]\s?)?(10\.[0-9]{4,9}/\S+)\Z", re.IGNORECASE
)
_PUBMED = re.compile(
    r"(?:PMID\s?[:：]?\s?|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/)?([0-9]{1,10})/?\Z", re.IGNORECASE
)
_CLAIM = re.compile(r"claim:([0-9]{1,9})\Z", re.IGNORECASE)
_STOPS = "。．."


class UsedAs(StrEnum):
    """What it is to the claim that uses it."""

    ATTACHED = "attached"
    SUGGESTED = "suggested"
    DOCUMENT = "document"
    CLAIM = "claim"


class Searched(StrEnum):
    """What was asked for."""

    PAPER = "paper"
    SENTENCE = "sentence"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words were taken for: papers by number, claims that say so, or those with a document."""

    kind: Searched
    claim_ids: tuple[int, ...]
    pmids: tuple[Pmid, ...] = ()
    document_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Use:
    """One claim of one version that uses what was asked for, as the viewer may see it.

    ``grade`` is ``None`` while none stands, or none that the viewer may know; ``dated`` is when it was
    decided, else when the version was brought in. ``is_published`` tells the version that readers have,
    ``needs_review`` that the claim lost its ground there.
    """

    version: VersionSummary
    state: VersionState
    is_published: bool
    dossier: Dossier
    used_as: UsedAs
    pmid: Pmid | None = None
    needs_review: bool = False

    @property
    def status(self) -> ClaimStatus:
        """Where the claim's review stands in this version."""
        return self.dossier.claim.status

    @property
    def grade(self) -> SupportGrade | None:
        """The grade that stands."""
        return self.dossier.verdict.grade if self.dossier.verdict else None

    @property
    def dated(self) -> datetime:
        """When the grade was decided; of a claim without one, when its version was brought in."""
        return self.dossier.verdict.decided_at if self.dossier.verdict else self.version.ingested_at


@dataclass(frozen=True, slots=True)
class Trace:
    """What was asked for and where it is used: newest versions first, claims in their order."""

    asked: Asked
    uses: tuple[Use, ...]


def trace(work: UnitOfWork, words: str, viewer: User, with_older: bool = False) -> Trace:
    """Where a PMID, a DOI, a claim (its number ``claim:7`` or its sentence) or a document is used.

    A document is named by ``document:7``, its address or its title. Told are the newest version of each
    article and the one that its readers have, ``with_older`` all of them. For who grades or edits.
    Raises ``RuleRefused`` without words.
    """
    require_permission(viewer, Permission.TRACE_EVIDENCE)
    if not words.strip():
        raise RuleRefused("nothing_to_trace")
    asked = read_asked(work, words)
    places = work.uses.list_places(asked.claim_ids)
    versions = work.articles.summarise({place.version_id for place in places})
    states = load_states(work, sorted(versions))
    published = frozenset(work.uses.list_published(versions))
    marks = work.review_marks.load(published)
    marked = {(mark.version_id, mark.claim_id) for of_version in marks.values() for mark in of_version}
    kept = [
        place
        for place in places
        if with_older or place.version_id in published or not versions[place.version_id].is_older
    ]
    uses = (
        Use(
            versions[place.version_id],
            states[place.version_id],
            place.version_id in published,
            dossier,
            *role,
            (place.version_id, place.claim_id) in marked,
        )
        for place, dossier in _load_dossiers(work, kept, viewer)
        for role in _find_roles(asked, dossier)
    )
    return Trace(asked, tuple(uses))


def read_asked(work: UnitOfWork, words: str) -> Asked:
    """What the words name: a paper by number or DOI, else claims that say so, else a document."""
    said = unicodedata.normalize("NFKC", words).strip()
    if found := _PUBMED.match(said):
        try:
            pmids: tuple[Pmid, ...] = (parse_pmid(found[1]),)
        except ValueError:
            pmids = ()
        return Asked(Searched.PAPER, work.uses.find_by_papers(pmids), pmids)
    if found := _DOI.match(said):
        pmids = work.uses.find_pmids(found[1].rstrip("/"))
        return Asked(Searched.PAPER, work.uses.find_by_papers(pmids), pmids)
    if found := _CLAIM.match(said):
        claim = work.claims.get_claim(int(found[1]))
        same = work.uses.find_by_words(_list_wordings(claim.claim.text))
        return Asked(Searched.SENTENCE, tuple(sorted({claim.id, *same})))
    if claim_ids := work.uses.find_by_words({*_list_wordings(words), *_list_wordings(said)}):
        return Asked(Searched.SENTENCE, claim_ids)
    documents = work.uses.find_documents(words.strip())
    return Asked(Searched.DOCUMENT, tuple(sorted(set(documents.values()))), (), frozenset(documents))


def _list_wordings(words: str) -> set[str]:
    """The sentence with and without its full stop: a claim has it where the article does."""
    bare = words.strip().rstrip(_STOPS)
    return {words.strip(), bare, *(bare + stop for stop in _STOPS)}


def _load_dossiers(
    work: UnitOfWork, places: Sequence[Place], viewer: User
) -> Iterator[tuple[Place, Dossier]]:
    """The dossier of each place as the viewer may see it: of a closed version as it was decided on."""
    found: dict[Place, Dossier] = {}
    still_open: list[Place] = []
    by_version: dict[int, list[Place]] = {}
    for place in places:
        by_version.setdefault(place.version_id, []).append(place)
    for version_id, of_version in by_version.items():
        closed = load_closed(work, version_id)
        if closed is None:
            still_open += of_version
            continue
        found |= {Place(one.claim.id, version_id): redact_for(one, viewer) for one in closed}
    for version_id in {place.version_id for place in still_open}:
        wanted = {place.claim_id for place in still_open if place.version_id == version_id}
        claims = tuple(claim for claim in work.claims.list_claims(version_id) if claim.id in wanted)
        for dossier in load_dossiers(work, claims, viewer):
            found[Place(dossier.claim.id, version_id)] = dossier
    return ((place, found[place]) for place in places if place in found)


def _find_roles(asked: Asked, dossier: Dossier) -> Iterator[tuple[UsedAs, Pmid | None]]:
    """What was asked for is to the claim, as far as the viewer may know; nothing where it is not there."""
    if asked.kind is Searched.SENTENCE:
        yield UsedAs.CLAIM, None
    elif asked.kind is Searched.DOCUMENT:
        if any(document.id in asked.document_ids for document in dossier.documents):
            yield UsedAs.DOCUMENT, None
    else:
        attached = {finding.pmid for finding in dossier.attached}
        for finding in dossier.findings:
            if finding.pmid in asked.pmids:
                yield (UsedAs.ATTACHED if finding.pmid in attached else UsedAs.SUGGESTED), finding.pmid

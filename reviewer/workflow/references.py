"""The references of an article's author: kept with its version, and which of them each claim cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from claims.records.assessment import ClaimStatus
from claims.records.citation import Citation, Pmid, RetractionCheck
from claims.records.people import User
from claims.records.reference import AuthorReference, CitedReferences, LookUp, NamedPaper
from claims.records.review import ArticleVersion, ReviewClaim
from claims.references import (
    TornMark,
    list_doubled_labels,
    list_lost_marks,
    list_torn_marks,
    locate_references,
)
from db.unit_of_work import UnitOfWork
from reviewer.rules.visibility import hide_bringers
from reviewer.workflow.loading import list_shown_claims
from reviewer.workflow.standings import load_standings


def keep_references(work: UnitOfWork, version: ArticleVersion) -> tuple[AuthorReference, ...]:
    """The references that the version has, kept with it: those of its text, and what was brought in beside.

    What the version before says word for word was looked up already; what was brought in there comes along
    with its claim, or with those that came of it.
    """
    former = work.articles.find_former(version)
    before = work.references.load([former.id])[former.id] if former else ()
    known = {one.said: one.look_up for one in before}
    heirs: dict[int, list[int]] = {}
    for line in work.lineage.list_lines(version.id):
        if line.former_id is not None and line.claim_id is not None:
            heirs.setdefault(line.former_id, []).append(line.claim_id)
    added = (
        replace(one, claim_id=claim_id)
        for one in before
        if one.added_by
        for claim_id in heirs.get(one.claim_id or 0, [None])
    )
    kept = work.references.add(version.id, [*_read_text(version, known), *added])
    if kept:
        cited = CitedReferences(kept)
        for claim in work.claims.list_claims(version.id):
            work.searches.put_cited(claim.id, _list_papers(cited.find(claim.claim, claim.id)))
    return kept


def load_references(work: UnitOfWork, version: ArticleVersion) -> tuple[AuthorReference, ...]:
    """The version's references in their order; of one that was stored before such were kept as read now."""
    return work.references.load([version.id])[version.id] or _read_text(version, {})


def list_papers(references: Iterable[AuthorReference], claim: ReviewClaim) -> tuple[Pmid, ...]:
    """The papers that the claim cites and PubMed has, in the author's order, each once."""
    return _list_papers(CitedReferences(references).find(claim.claim, claim.id))


def _list_papers(cited: Iterable[AuthorReference]) -> tuple[Pmid, ...]:
    return tuple(dict.fromkeys(one.look_up.paper for one in cited if one.look_up.paper))


def load_papers(work: UnitOfWork, claim: ReviewClaim) -> tuple[Pmid, ...]:
    """``list_papers`` of the version that the claim names."""
    return list_papers(work.references.load_cited([claim])[claim.id], claim)


def _read_text(version: ArticleVersion, known: Mapping[NamedPaper, LookUp]) -> tuple[AuthorReference, ...]:
    """What the text of a version cites; ``known`` are look-ups of what was said before."""
    return tuple(
        AuthorReference(
            version.id,
            position,
            one.said,
            one.reference.label,
            one.reference.listed,
            one.marks,
            known.get(one.said, LookUp()),
        )
        for position, one in enumerate(locate_references(version.article), start=1)
    )


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """What a version cites: its references, the claims that stand in it, and what is known of the papers.

    ``records`` are all that look-ups led to, those of another paper too; ``standings`` the latest look at
    each. ``lost`` are the numbers and names in the text's marks that no reference bears, ``torn`` the marks
    whose links lead to another paper, ``doubled`` the numbers that several entries bear.
    """

    version: ArticleVersion
    references: tuple[AuthorReference, ...]
    claims: tuple[ReviewClaim, ...]
    records: Mapping[Pmid, Citation]
    standings: Mapping[Pmid, RetractionCheck]
    lost: tuple[str, ...]
    torn: tuple[TornMark, ...]
    doubled: tuple[str, ...] = ()
    _citing: Mapping[int, tuple[ReviewClaim, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cited, citing = CitedReferences(self.references), defaultdict[int, list[ReviewClaim]](list)
        for claim in self.claims:
            for one in cited.find(claim.claim, claim.id):
                citing[one.position].append(claim)
        by_position = {position: tuple(claims) for position, claims in citing.items()}
        object.__setattr__(self, "_citing", by_position)

    def list_citing(self, reference: AuthorReference) -> tuple[ReviewClaim, ...]:
        """The claims that cite it, in the article's order."""
        return self._citing.get(reference.position, ())

    @property
    def uncited(self) -> tuple[ReviewClaim, ...]:
        """The claims that cite nothing, in the article's order."""
        citing = {claim.id for claims in self._citing.values() for claim in claims}
        return tuple(claim for claim in self.claims if claim.id not in citing)


def load_cited_article(work: UnitOfWork, version_id: int, viewer: User | None) -> CitedArticle:
    """What the version cites, as it is known now and ``viewer`` may see it. Raises ``NotFound``."""
    version = work.articles.get_version(version_id)
    references = load_references(work, version)
    pmids = {one.look_up.pmid for one in references if one.look_up.pmid}
    claims = list_shown_claims(work, version_id)
    citations = work.citations.load(pmids)
    standings = load_standings(work, citations)
    return CitedArticle(
        version,
        hide_bringers(references, claims, viewer),
        tuple(claim for claim in claims if claim.status is not ClaimStatus.DISMISSED),
        citations,
        {pmid: standings.tell(pmid, look) for pmid, look in standings.looks.items()},
        list_lost_marks(version.article),
        list_torn_marks(version.article),
        list_doubled_labels(version.article),
    )

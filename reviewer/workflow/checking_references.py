"""Looking up what an author cites, and putting each paper first under the claims that cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import replace
from datetime import datetime

from claims.appraisal.retraction import read_retraction
from claims.matching import MatchedReference, match_references
from claims.pipeline import read_cited
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.document import Document
from claims.records.people import User
from claims.records.reference import AuthorReference, CitedReferences, Identity, LookUp
from claims.records.retrieval import FetchedRecord
from claims.records.review import ArticleVersion, ReviewClaim
from claims.references.documents import read_document
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.holding import hold_open_claim, hold_open_version, is_open_version
from reviewer.workflow.permitting import require_still
from reviewer.workflow.references import keep_references, list_papers, load_references
from reviewer.workflow.searching import Searcher, permit_search

# Of so many what was told is stored in one step.
_AT_A_TIME = 20


def list_unchecked(work: UnitOfWork, version: ArticleVersion) -> tuple[AuthorReference, ...]:
    """The references that nobody looked up, or in vain, and those that a claim which cites them lacks.

    None in a version that is closed.
    """
    references = load_references(work, version)
    if not references or not is_open_version(work, version.id):
        return ()
    claims = _list_standing(work, version.id)
    found = work.searches.load_pmids([claim.id for claim in claims])
    lacking = {
        paper for claim in claims for paper in set(list_papers(references, claim)) - set(found[claim.id])
    }
    lacking_documents = {
        one.position
        for _, one in _list_lacking(work, claims, references, [one.position for one in references])
    }
    return tuple(
        one
        for one in references
        if one.look_up.identity.is_open or one.look_up.paper in lacking or one.position in lacking_documents
    )


def check_references(
    open_work: Callable[[], UnitOfWork],
    version: ArticleVersion,
    searcher: Searcher,
    actor: User,
    again: bool = False,
) -> Generator[AuthorReference, None, None]:
    """The version's references that are due, or with ``again`` all, each yielded once what it is is stored.

    A paper that PubMed has as the reference names it stands from then on first among the citations of the
    claims that cite it; nothing else becomes a citation. What PubMed was not asked for is a document of
    theirs. A look-up that failed is stored as failed, and due again. Stopping in the middle keeps what was
    told so far. Raises ``RuleRefused`` for a version that is closed, ``RoleRefused`` as ``search_claims``
    does.
    """
    require_permission(actor, Permission.SEARCH)
    with open_work() as work:
        hold_open_version(work, version.id)
        due = load_references(work, version) if again else list_unchecked(work, version)
        if due and not work.references.load([version.id])[version.id]:
            keep_references(work, version)
            work.commit(_entry(version, AuditAction.REFERENCES_READ, due, searcher.now(), actor))
    source = searcher.remember(again, permit_search(open_work, actor))
    for first in range(0, len(due), _AT_A_TIME):
        some = due[first : first + _AT_A_TIME]
        asked = [one for one in some if again or one.look_up.identity.is_open]
        told = zip(asked, match_references([one.said for one in asked], source), strict=True)
        matched = [(one, match) for one, match in told]
        with open_work() as work:
            require_still(work, actor, Permission.SEARCH)
            hold_open_version(work, version.id)
            looked_up = _keep_look_ups(work, matched, searcher)
            now = tuple(looked_up.get(one.position, one) for one in some)
            _put_under_claims(work, version, now, searcher)
            entered = _enter_documents(work, version, now, searcher.now(), actor)
            entry = _entry(version, AuditAction.REFERENCES_CHECKED, now, searcher.now(), actor, searcher)
            work.commit(entry, *entered)
        yield from now


def _keep_look_ups(
    work: UnitOfWork, matched: Sequence[tuple[AuthorReference, MatchedReference]], searcher: Searcher
) -> dict[int, AuthorReference]:
    """The references as they are known now, by position, stored with their records."""
    at = searcher.now()
    records = [match.record for _, match in matched if match.record]
    work.citations.save(record.citation for record in records)
    work.citations.save_standings(
        {one.citation.pmid: read_retraction(one.citation, one.fetched_at) for one in records}
    )
    known = {
        one.position: replace(one, look_up=_tell(match, searcher.source.profile.name, at))
        for one, match in matched
    }
    work.references.record_look_ups(known.values())
    return known


def _tell(match: MatchedReference, source: str, at: datetime) -> LookUp:
    check, failure = match.check, match.failure
    values = tuple((name, str(value)) for name, value in failure.values.items()) if failure else ()
    return LookUp(
        check.identity,
        check.pmid,
        check.differs,
        failure.code if failure else "",
        values,
        source,
        match.record.fetched_at if match.record else at,
    )


def _put_under_claims(
    work: UnitOfWork, version: ArticleVersion, some: Sequence[AuthorReference], searcher: Searcher
) -> None:
    """Let the papers of these references stand under the claims that cite them, before what was found."""
    papers = {one.look_up.paper for one in some if one.look_up.paper}
    references = work.references.load([version.id])[version.id]
    looked_at = {one.look_up.paper: one.look_up.looked_at for one in references}
    for claim in sorted(_list_standing(work, version.id), key=lambda claim: claim.id):
        cited = list_papers(references, claim)
        if not papers.intersection(cited):
            continue
        claim = replace(hold_open_claim(work, claim.id), number=claim.number)
        stored = work.citations.load(set(cited) - set(work.searches.load_pmids([claim.id])[claim.id]))
        records = [
            FetchedRecord(stored[pmid], looked_at[pmid] or searcher.now()) for pmid in cited if pmid in stored
        ]
        read = read_cited(claim.claim, records, version.article.language, searcher.lexicon)
        work.searches.put_cited(claim.id, cited, read)


def _enter_documents(
    work: UnitOfWork, version: ArticleVersion, some: Sequence[AuthorReference], at: datetime, actor: User
) -> list[AuditEntry]:
    """Let what PubMed was not asked for stand as documents of the claims that cite it."""
    references = work.references.load([version.id])[version.id]
    claims = _list_standing(work, version.id)
    entries: list[AuditEntry] = []
    for claim, one in _list_lacking(work, claims, references, [one.position for one in some]):
        hold_open_claim(work, claim.id)
        document = Document(0, claim.id, read_document(one.said), actor.name, at)
        work.documents.add(document)
        values = (("title", document.details.title), ("reference", one.said.words))
        entries.append(AuditEntry(at, actor.name, AuditAction.DOCUMENT_ENTERED, f"claim:{claim.id}", values))
    return entries


def _list_lacking(
    work: UnitOfWork,
    claims: Sequence[ReviewClaim],
    references: Sequence[AuthorReference],
    positions: Collection[int],
) -> list[tuple[ReviewClaim, AuthorReference]]:
    """Each claim with each reference at these places that is no paper of PubMed and no document of it yet."""
    elsewhere = [
        one
        for one in references
        if one.look_up.identity is Identity.NOT_IN_PUBMED and one.position in positions
    ]
    if not elsewhere:
        return []
    cited, known = CitedReferences(elsewhere), work.documents.load([claim.id for claim in claims])
    return [
        (claim, one)
        for claim in sorted(claims, key=lambda claim: claim.id)
        for one in cited.find(claim.claim, claim.id)
        if read_document(one.said) not in {document.details for document in known[claim.id]}
    ]


def _list_standing(work: UnitOfWork, version_id: int) -> list[ReviewClaim]:
    claims = work.claims.list_claims(version_id)
    return [claim for claim in claims if claim.status is not ClaimStatus.DISMISSED]


def _entry(
    version: ArticleVersion,
    action: AuditAction,
    references: Sequence[AuthorReference],
    at: datetime,
    actor: User,
    searcher: Searcher | None = None,
) -> AuditEntry:
    """That so many references were read, or looked up with which outcomes."""
    counts = Counter(one.look_up.identity.value for one in references) if searcher else {}
    values = (
        *((("source", searcher.source.profile.name),) if searcher else ()),
        ("references", str(len(references))),
        *((identity, str(count)) for identity, count in counts.items()),
    )
    return AuditEntry(at, actor.name, action, f"version:{version.id}", values)

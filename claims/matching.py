"""The references of an author and the records of PubMed that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claims.errors import KonkyoError, QueryError, RecordError, SourceError
from claims.records.citation import Pmid, parse_pmid
from claims.records.reference import Detail, Identity, NamedPaper
from claims.records.retrieval import FetchedRecord
from claims.references.identity import IdentityCheck, check_identity, choose_record
from claims.search.caching import CachedSource
from claims.search.record_query import word_doi_query, word_pmcid_queries
from claims.search.reference_query import word_reference_queries

# A title's words bring few records; the paper is among the first of them or it is not there.
_MOST_CANDIDATES = 20
# Of so many the records come in one request; whoever stops keeps those before.
_AT_A_TIME = 20
_FAILED = IdentityCheck(Identity.LOOKUP_FAILED)


@dataclass(frozen=True, slots=True)
class MatchedReference:
    """A reference, what the look-up told of it, the record where there is one, and why a look-up failed."""

    reference: NamedPaper
    check: IdentityCheck
    record: FetchedRecord | None = None
    failure: KonkyoError | None = None


def match_references(references: Iterable[NamedPaper], source: CachedSource) -> Iterator[MatchedReference]:
    """Each reference with its record, in order; the records of a few come together.

    A PMID is fetched, a DOI or PMCID searched for, else what the reference says: its title, or journal, year,
    volume and page. Where an identifier has no record or is another paper's, the next is asked, and that it
    is wrong is told of the paper that the rest names. A reference whose look-up failed says why, and the
    others go on.
    """
    wanted = tuple(references)
    for first in range(0, len(wanted), _AT_A_TIME):
        some = wanted[first : first + _AT_A_TIME]
        told = _look_up(some, source)
        while astray := [at for at, one in enumerate(told) if _is_astray(one)]:
            rest = [_drop_identifier(told[at].reference) for at in astray]
            for at, found in zip(astray, _look_up(rest, source), strict=True):
                told[at] = _weigh(told[at], found)
        for one, match in zip(some, told, strict=True):
            yield replace(match, reference=one)


def _look_up(references: Iterable[NamedPaper], source: CachedSource) -> list[MatchedReference]:
    wanted = tuple(references)
    asked = [_ask(one, source) for one in wanted]
    _fetch(asked, source)
    return [_judge(one, answer, source) for one, answer in zip(wanted, asked, strict=True)]


def _is_astray(match: MatchedReference) -> bool:
    """Whether an identifier led to no record or to another paper, and others or words may lead further."""
    said, identity = match.reference, match.check.identity
    if identity is Identity.NO_RECORD:
        return bool(said.pmid)
    return identity is Identity.OTHER_PAPER and bool(said.pmid or said.doi or said.pmcid)


def _drop_identifier(said: NamedPaper) -> NamedPaper:
    """The reference without the identifier by which it was looked up."""
    if said.pmid:
        return replace(said, pmid="")
    return replace(said, doi="") if said.doi else replace(said, pmcid="")


def _weigh(first: MatchedReference, found: MatchedReference) -> MatchedReference:
    """What both look-ups tell: the paper that the rest names, and that an identifier is not its own."""
    identity = found.check.identity
    if identity is Identity.LOOKUP_FAILED:
        return found
    if identity is Identity.OTHER_PAPER and first.check.identity is Identity.NO_RECORD:
        return found
    if not identity.is_paper:
        # The first is told, but what is left of the reference is all that may still be asked for.
        return replace(first, reference=found.reference)
    is_of_none = first.check.identity is Identity.NO_RECORD
    wrong = Detail.PMID_WITHOUT_RECORD if is_of_none else Detail.IDENTIFIER
    differs = tuple(dict.fromkeys([*found.check.differs, wrong]))
    return replace(found, check=IdentityCheck(Identity.DIFFERS, found.check.pmid, differs))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What may be the record: ``named`` by an identifier, or candidates of a search by title."""

    pmids: tuple[Pmid, ...] = ()
    named: bool = False
    failure: KonkyoError | None = None
    is_asked: bool = True


def _ask(reference: NamedPaper, source: CachedSource) -> _Answer:
    if reference.pmid:
        return _Answer(_read_pmid(reference.pmid), named=True)
    queries = [query.text for query in word_pmcid_queries(reference.pmcid)] if reference.pmcid else []
    try:
        if reference.doi:
            queries.insert(0, word_doi_query(reference.doi).text)
        if found := _search(queries, 2, source):
            return _Answer(found[:1], named=True)
        by_words = [query.text for query in word_reference_queries(reference.words)]
        if not by_words and not queries:
            return _Answer(is_asked=False)
        return _Answer(_search(by_words, _MOST_CANDIDATES, source))
    except (SourceError, QueryError) as error:
        return _Answer(failure=error)


def _read_pmid(text: str) -> tuple[Pmid, ...]:
    """The PMID; ``()`` for what is none, of which there is no record."""
    try:
        return (parse_pmid(text),)
    except ValueError:
        return ()


def _search(queries: Iterable[str], limit: int, source: CachedSource) -> tuple[Pmid, ...]:
    """What the first query brings that brings anything.

    A query that the source cannot answer is left to the next; raises its ``QueryError`` where none was
    answered.
    """
    refused: QueryError | None = None
    is_answered = False
    for query in queries:
        try:
            pmids = source.search(query, limit).pmids
        except QueryError as error:
            refused = error
            continue
        is_answered = True
        if pmids:
            return tuple(pmids)
    if refused and not is_answered:
        raise refused
    return ()


def _fetch(asked: list[_Answer], source: CachedSource) -> None:
    """Have the records at hand, all in one go; where that fails, each reference for itself."""
    try:
        source.fetch(pmid for answer in asked for pmid in answer.pmids)
    except SourceError:
        for at, answer in enumerate(asked):
            try:
                source.fetch(answer.pmids)
            except SourceError as error:
                asked[at] = replace(answer, failure=error)


def _judge(reference: NamedPaper, answer: _Answer, source: CachedSource) -> MatchedReference:
    unreadable = next(filter(None, map(source.find_unreadable, answer.pmids)), None)
    if unreadable is not None:
        broken = RecordError("record_unreadable", pmid=unreadable.pmid, reason=unreadable.reason)
        return MatchedReference(reference, _FAILED, failure=broken)
    if answer.failure:
        return MatchedReference(reference, _FAILED, failure=answer.failure)
    if not answer.is_asked:
        return MatchedReference(reference, IdentityCheck(Identity.NOT_IN_PUBMED))
    known = (source.known_record(pmid) for pmid in answer.pmids)
    records = {record.citation.pmid: record for record in known if record is not None}
    if answer.named and records:
        (record,) = records.values()
        check = check_identity(reference.words, record.citation, reference.doi, reference.pmcid)
        return MatchedReference(reference, check, record)
    found = (record.citation for record in records.values())
    check = choose_record(reference.words, found, reference.doi, reference.pmcid)
    return MatchedReference(reference, check, records[check.pmid] if check.pmid else None)

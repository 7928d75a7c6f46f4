"""The references of an author and the records of PubMed that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claims.errors import KonkyoError, QueryError, RecordError, SourceError
from claims.records.citation import Pmid, parse_pmid
from claims.records.reference import Identity, NamedPaper
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

    A PMID is fetched, a DOI or PMCID searched for, and where a reference has neither, its title. A reference
    whose look-up failed says why, and the others go on.
    """
    wanted = tuple(references)
    for first in range(0, len(wanted), _AT_A_TIME):
        some = wanted[first : first + _AT_A_TIME]
        asked = [_ask(one, source) for one in some]
        _fetch(asked, source)
        for one, answer in zip(some, asked, strict=True):
            yield _judge(one, answer, source)


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
        by_title = [query.text for query in word_reference_queries(reference.words)]
        if not by_title and not queries:
            return _Answer(is_asked=False)
        return _Answer(_search(by_title, _MOST_CANDIDATES, source))
    except (SourceError, QueryError) as error:
        return _Answer(failure=error)


def _read_pmid(text: str) -> tuple[Pmid, ...]:
    """The PMID; ``()`` for what is none, of which there is no record."""
    try:
        return (parse_pmid(text),)
    except ValueError:
        return ()


def _search(queries: Iterable[str], limit: int, source: CachedSource) -> tuple[Pmid, ...]:
    """What the first query brings that brings anything."""
    for query in queries:
        if pmids := source.search(query, limit).pmids:
            return tuple(pmids)
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
    check = choose_record(reference.words, (record.citation for record in records.values()))
    return MatchedReference(reference, check, records[check.pmid] if check.pmid else None)

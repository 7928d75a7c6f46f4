"""The query that finds one record, by its PMID or DOI, as a person gives it."""

from __future__ import annotations

import re

from claims.errors import QueryError
from claims.records.citation import parse_pmid
from claims.records.retrieval import Query, Rung

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"]+")


def word_pmid_query(pmid: str) -> Query:
    """The query for the record with this PMID. Raises ``QueryError`` for what is no PMID.

    >>> word_pmid_query(" 9000000001 ").text
    '9000000001[pmid]'
    """
    try:
        return Query(Rung.BY_HAND, f"{parse_pmid(pmid.strip())}[pmid]")
    except ValueError as error:
        raise QueryError("pmid_unreadable", pmid=pmid) from error


def word_doi_query(doi: str) -> Query:
    """The query for the record with this DOI, alone or in an address. Raises ``QueryError`` without one.

    >>> word_doi_query("https://doi.org/10.1000/sample.1").text
    '"10.1000/sample.1"[doi]'
    """
    found = _DOI.search(doi)
    if found is None:
        raise QueryError("doi_unreadable", doi=doi)
    return Query(Rung.BY_HAND, f'"{found.group()}"[doi]')


def word_record_query(number: str) -> Query:
    """The query for the record with this PMID or DOI. Raises ``QueryError`` for what is neither."""
    return word_doi_query(number) if _DOI.search(number) else word_pmid_query(number)

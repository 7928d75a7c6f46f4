"""The query that finds one record, by its PMID or DOI, as a person gives it."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from claims.errors import QueryError
from claims.records.citation import parse_pmid
from claims.records.retrieval import Query, Rung
from claims.text.invisible import drop_invisible

# A DOI is cut before quotes, backslashes, backticks, carets and bars: only what is around one has them.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,5}/[!#-\[\]_a-z{}~]+", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_MARKUP = re.compile(r"</?[A-Za-z!].*|\[[A-Za-z:]+\].*")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# What publishers write after the DOI in the addresses of their pages.
_PAGE = re.compile(r"[?#].*|&\w+=.*|/(?:full|fulltext|abstract|e?pdf|html)/?\Z|\.pdf\Z", re.IGNORECASE)
_ENDINGS = ".,;:!?'/*_&~=#$%+@"
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_AROUND = " \t\r\n.,;:!?'\"()[]{}<>、。「」『』【】〔〕“”‘’"
_PMID = re.compile(
    r"(?:pmid\W{0,3}|ncbi\.nlm\.nih\.gov/(?:pubmed/)?(?:\?term=)?|/med/)([0-9]+)(?![0-9])", re.IGNORECASE
)
_TAGGED_PMID = re.compile(r"([0-9]+)\s*\[(?:pmid|uid)\]\Z", re.IGNORECASE)
_NAMES_RECORD = re.compile(r'[0-9]+\[pmid\]|"[^"]+"\[doi\]')
_PMC = re.compile(r"\bPMC\s*[0-9]+", re.IGNORECASE)


def word_pmid_query(pmid: str) -> Query:
    """The query for the record with this PMID, alone, after its label or in an address of PubMed.

    Raises ``QueryError``: ``pmc_is_no_pmid`` for a number of PubMed Central, ``pmid_unreadable`` otherwise.

    >>> word_pmid_query(" 9000000001 ").text, word_pmid_query("PMID：９０００００００01.").text
    ('9000000001[pmid]', '9000000001[pmid]')
    """
    text = _plain(pmid)
    found = _PMID.search(text) or _TAGGED_PMID.match(text.strip())
    if found is None and (central := _PMC.search(text)):
        raise QueryError("pmc_is_no_pmid", number=central.group())
    try:
        return Query(Rung.BY_HAND, f"{parse_pmid(found.group(1) if found else text.strip(_AROUND))}[pmid]")
    except ValueError as error:
        raise QueryError("pmid_unreadable", pmid=pmid) from error


def word_doi_query(doi: str) -> Query:
    """The query for the record with this DOI, alone or in an address. Raises ``QueryError`` without one.

    What a sentence, markup or a field tag puts after the DOI is no part of it; brackets that it opens and
    closes are.

    >>> word_doi_query("https://doi.org/10.1000/sample.1").text
    '"10.1000/sample.1"[doi]'
    >>> word_doi_query("(doi:10.1000/S0000(20)00001-5).").text
    '"10.1000/S0000(20)00001-5"[doi]'
    """
    found = _find_doi(doi)
    if found is None:
        raise QueryError("doi_unreadable", doi=doi)
    return Query(Rung.BY_HAND, f'"{found}"[doi]')


def word_pmcid_queries(pmcid: str) -> tuple[Query, ...]:
    """The queries that may find the record of a paper in PubMed Central, to be asked until one brings it.

    PubMed's own pages name no field for this number (ADR 0046): it is looked for among the identifiers of the
    article first, then in the field that others ask. Whoever asks compares the record's own number.

    >>> [query.text for query in word_pmcid_queries("PMC9000001")]
    ['"PMC9000001"[aid]', '"PMC9000001"[pmcid]']
    """
    return tuple(Query(Rung.BY_HAND, f'"{pmcid}"[{field}]') for field in ("aid", "pmcid"))


def word_record_query(number: str) -> Query:
    """The query for the record with this PMID or DOI. Raises ``QueryError`` for what is neither."""
    return word_doi_query(number) if _find_doi(number) else word_pmid_query(number)


def is_record_query(query: Query) -> bool:
    """Whether a person asked for one record by its PMID or DOI.

    >>> is_record_query(word_pmid_query("9000000001")), is_record_query(Query(Rung.BY_HAND, "hair[ti]"))
    (True, False)
    """
    return query.rung is Rung.BY_HAND and _NAMES_RECORD.fullmatch(query.text) is not None


def _plain(text: str) -> str:
    """The text as typed on a keyboard without an input method."""
    return unicodedata.normalize("NFKC", drop_invisible(text))


def _find_doi(text: str) -> str | None:
    plain = _plain(html.unescape(text))
    if _ENCODED.search(plain):
        plain = unquote(plain)
    plain = _ESCAPED.sub("", plain)
    found = _DOI.search(plain)
    if found is None:
        return None
    doi = _MARKUP.sub("", found.group())
    if _ADDRESS.search(plain, 0, found.start()):
        doi = _PAGE.sub("", doi)
    doi = _cut_at_lone_bracket(doi).rstrip(_ENDINGS)
    return doi if "/" in doi else None


def _cut_at_lone_bracket(doi: str) -> str:
    """The DOI up to the first bracket that has no partner in it."""
    opened: list[int] = []
    for place, sign in enumerate(doi):
        if sign in _BRACKETS.values():
            opened.append(place)
        elif sign in _BRACKETS:
            if not opened or doi[opened[-1]] != _BRACKETS[sign]:
                return doi[: opened[0] if opened else place]
            opened.pop()
    return doi[: opened[0]] if opened else doi

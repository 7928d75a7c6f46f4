"""PubMed XML files of synthetic records, for tests of the library."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from claims.library import Library
from claims.records.citation import Author, Citation, MeshHeading
from claims.search.caching import CachedSource
from tests.factories import make_moment


def write_document(path: Path, *records: str) -> Path:
    """A PubMed XML file of these elements, packed where its name ends in ``.gz``."""
    text = f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>".encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def write_records(path: Path, citations: Iterable[Citation]) -> Path:
    """A PubMed XML file of what is searchable of these citations."""
    return write_document(path, *map(write_article, citations))


def open_source(folder: Path, records: Iterable[Citation]) -> CachedSource:
    """A library in the folder that holds these records, as searches ask it."""
    library = Library(folder / "library")
    library.import_files([write_records(folder / "records.xml", records)])
    return CachedSource(library, make_moment)


def version(pmid: int, title: str = "SAMPLE", day: int = 0) -> str:
    """A record as of a day (YYYYMMDD, 0 for none)."""
    year, month, date = day // 10000, day // 100 % 100, day % 100
    revised = _date("DateRevised", year, month, date) if day else ""
    return (
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{pmid}</PMID>{revised}<Article>"
        f"<ArticleTitle>{escape(title)}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )


def deletion(*pmids: int) -> str:
    """What an update file says of records that NLM took back."""
    return f"<DeleteCitation>{''.join(f'<PMID>{pmid}</PMID>' for pmid in pmids)}</DeleteCitation>"


def write_article(citation: Citation) -> str:
    """A citation's searchable fields as NLM would send them."""
    medline = [
        _element("PMID", citation.pmid),
        _wrap("Article", *_list_article(citation)),
        _wrap(
            "ChemicalList",
            *(_wrap("Chemical", _element("NameOfSubstance", one.name)) for one in citation.chemicals),
        ),
        _wrap("MeshHeadingList", *map(_write_heading, citation.mesh)),
        *(
            _wrap("OtherAbstract", *(_element("AbstractText", part.text) for part in other.sections))
            for other in citation.other_abstracts
        ),
        _wrap("KeywordList", *(_element("Keyword", word) for word in citation.keywords)),
    ]
    return _wrap("PubmedArticle", _wrap("MedlineCitation", *medline))


def _list_article(citation: Citation) -> Iterator[str]:
    dates = zip(("Year", "Month", "Day"), citation.published.split(), strict=False)
    issue = _wrap("JournalIssue", _wrap("PubDate", *(_element(tag, part) for tag, part in dates)))
    names = _element("Title", citation.journal), _element("ISOAbbreviation", citation.journal_abbreviation)
    yield _wrap("Journal", _element("ISSN", citation.issn), issue, *names)
    yield _element("ArticleTitle", citation.title)
    yield f'<ELocationID EIdType="doi">{escape(citation.doi)}</ELocationID>'
    parts = citation.abstract
    yield _wrap(
        "Abstract",
        *(f"<AbstractText Label={quoteattr(s.label)}>{escape(s.text)}</AbstractText>" for s in parts),
    )
    yield _wrap("AuthorList", *map(_write_author, citation.authors))
    yield from (_element("Language", one) for one in citation.languages)
    types = citation.publication_types
    yield _wrap("PublicationTypeList", *(_element("PublicationType", one.name) for one in types))
    if online := citation.electronic_date:
        yield _date("ArticleDate", online.year, online.month, online.day)


def _write_author(author: Author) -> str:
    return _wrap(
        "Author",
        _element("LastName", author.last_name),
        _element("ForeName", author.fore_name),
        _element("Initials", author.initials),
    )


def _write_heading(heading: MeshHeading) -> str:
    star = "Y" if heading.major else "N"
    name = escape(heading.descriptor.name)
    return _wrap(
        "MeshHeading",
        f'<DescriptorName MajorTopicYN="{star}">{name}</DescriptorName>',
        *(_element("QualifierName", one.name) for one in heading.qualifiers),
    )


def _date(tag: str, year: int, month: int, day: int) -> str:
    return _wrap(tag, f"<Year>{year}</Year><Month>{month:02}</Month><Day>{day:02}</Day>")


def _element(tag: str, text: str) -> str:
    return _wrap(tag, escape(text))


def _wrap(tag: str, *inside: str) -> str:
    return f"<{tag}>{''.join(inside)}</{tag}>"

"""One ``PubmedBookArticle`` element (a book of the NCBI Bookshelf or a chapter of one) as a citation."""

from __future__ import annotations

from lxml import etree

from claims.evidence.markup import read_text
from claims.evidence.medline_fields import (
    find_location_doi,
    first_children,
    first_id,
    other_ids,
    read_article_ids,
    read_authors,
    read_date,
    read_grants,
    read_keywords,
    read_pages,
    read_published,
    read_sections,
    read_terms,
    read_texts,
)
from claims.records.citation import Author, Citation, parse_pmid


def parse_book(article: etree._Element) -> Citation:
    """The citation of a ``PubmedBookArticle``. Raises ``ValueError`` where it has no usable PMID.

    A record of a whole book takes the book's title. The book's authors are the editors of a chapter
    that names its own.
    """
    document = article.find("BookDocument")
    if document is None:
        raise ValueError("no BookDocument")
    parts = first_children(document)
    shelf = parts.get("Book")
    book = first_children(shelf)
    authors, editors = _read_people(document, shelf)
    published, published_year = read_published(book.get("PubDate"))
    if published_year is None:
        published, published_year = read_published(parts.get("ContributionDate"))
    ids = read_article_ids(document) + read_article_ids(article.find("PubmedBookData"))
    ids += [("isbn", isbn) for isbn in read_texts(shelf, "Isbn")]
    title = read_text(book.get("BookTitle"))
    return Citation(
        pmid=parse_pmid(read_text(parts.get("PMID"))),
        title=read_text(parts.get("ArticleTitle")) or title,
        vernacular_title=read_text(parts.get("VernacularTitle")),
        abstract=read_sections(parts.get("Abstract")),
        authors=authors,
        editors=editors,
        volume=read_text(book.get("Volume")),
        pages=read_pages(parts.get("Pagination")),
        published=published,
        published_year=published_year,
        doi=find_location_doi(document) or first_id(ids, "doi") or find_location_doi(shelf),
        pmc=first_id(ids, "pmc"),
        other_ids=other_ids(ids),
        languages=read_texts(document, "Language"),
        publication_types=read_terms(document, "PublicationType"),
        keywords=read_keywords(document),
        grants=read_grants(parts.get("GrantList")),
        publisher=read_text(first_children(book.get("Publisher")).get("PublisherName")),
        book=title,
        revised_on=read_date(parts.get("DateRevised")),
    )


def _read_people(
    document: etree._Element, shelf: etree._Element | None
) -> tuple[tuple[Author, ...], tuple[Author, ...]]:
    """The authors and the editors: the chapter's lists first, then the book's."""
    authors: list[Author] = []
    editors: list[Author] = []
    for holder in (document, shelf):
        had_authors = bool(authors)
        for people in holder.iterchildren("AuthorList") if holder is not None else ():
            of_editors = people.get("Type") == "editors" or had_authors
            (editors if of_editors else authors).extend(read_authors(people))
    return tuple(authors), tuple(editors)

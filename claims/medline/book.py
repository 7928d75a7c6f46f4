"""One ``PubmedBookArticle`` element (a book of the NCBI Bookshelf or a chapter of one) as a citation."""

from __future__ import annotations

from typing import Any

from lxml import etree

from claims.medline.dates import find_year, read_date, read_printed
from claims.medline.fields import (
    ABSTRACT,
    Ids,
    Table,
    first_id,
    other_ids,
    read_article_ids,
    read_grants,
    read_location,
    read_pages,
    read_table,
    read_term,
    read_word,
    read_words,
)
from claims.medline.markup import read_markup
from claims.medline.people import read_people
from claims.records.citation import Author, Citation, parse_pmid


def parse_book(article: etree._Element) -> Citation:
    """The citation of a ``PubmedBookArticle``. Raises ``ValueError`` where it has no usable PMID.

    A record of a whole book takes the book's title. The book's authors are the editors of a chapter
    that names its own.
    """
    document = article.find("BookDocument")
    if document is None:
        raise ValueError("no BookDocument")
    found: dict[str, Any] = {}
    read_table(article, _BOOK_ARTICLE, found)
    authors, editors = _read_people(document)
    contributed = found.pop("contributed", "")
    if not find_year(found.get("published", "")) and find_year(contributed):
        found["published"] = contributed
    ids = found.pop("ids", ()) + found.pop("book_ids", ())
    return Citation(
        pmid=parse_pmid(found.pop("pmid", "")),
        title=found.pop("title", "") or found.get("book", ""),
        authors=authors,
        editors=editors,
        published_year=find_year(found.get("published", "")),
        doi=first_id(ids, "doi"),
        pmc=first_id(ids, "pmc"),
        other_ids=other_ids(ids),
        **found,
    )


def _read_people(document: etree._Element) -> tuple[tuple[Author, ...], tuple[Author, ...]]:
    """The authors and the editors: the chapter's lists first, then the book's."""
    authors: list[Author] = []
    editors: list[Author] = []
    for holder in (document, document.find("Book")):
        had_authors = bool(authors)
        for people in holder.iterchildren("AuthorList") if holder is not None else ():
            of_editors = people.get("Type") == "editors" or had_authors
            (editors if of_editors else authors).extend(read_people(people))
    return tuple(authors), tuple(editors)


def _read_isbn(element: etree._Element) -> Ids:
    return (("isbn", read_markup(element)),)


_BOOK: Table = {
    "Publisher": {"PublisherName": ("publisher", read_markup)},
    "BookTitle": ("book", read_markup),
    "PubDate": ("published", read_printed),
    "Volume": ("volume", read_markup),
    "Isbn": ("book_ids", _read_isbn),
    "ELocationID": ("book_ids", read_location),
}
_BOOK_ARTICLE: Table = {
    "BookDocument": {
        "PMID": ("pmid", read_markup),
        "ArticleIdList": ("ids", read_article_ids),
        "Book": _BOOK,
        "ArticleTitle": ("title", read_markup),
        "VernacularTitle": ("vernacular_title", read_markup),
        "Pagination": ("pages", read_pages),
        "ELocationID": ("ids", read_location),
        "Language": ("languages", read_word),
        "PublicationType": ("publication_types", read_term),
        "Abstract": ABSTRACT,
        "KeywordList": ("keywords", read_words),
        "ContributionDate": ("contributed", read_printed),
        "DateRevised": ("revised_on", read_date),
        "GrantList": ("grants", read_grants),
    },
    "PubmedBookData": {"ArticleIdList": ("ids", read_article_ids)},
}

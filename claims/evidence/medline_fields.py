"""The fields that PubMed's articles and books share: texts, terms, people, dates, identifiers.

Element names are those of NLM's PubMed DTD. Every reader takes ``None`` for an element that is not there.
"""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from claims.evidence.markup import read_text
from claims.records.citation import AbstractSection, Author, Grant, Pmid, Term, parse_pmid

Children = dict[str, etree._Element]

_YEAR = re.compile(r"(?<![0-9])(1[5-9]|20)[0-9]{2}(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OWN_FIELD_IDS = frozenset({"pubmed", "doi", "pmc", "pmcid"})


def first_children(element: etree._Element | None) -> Children:
    """The first child for each tag; empty for ``None``."""
    found: Children = {}
    if element is not None:
        for child in element:
            if isinstance(child.tag, str):
                found.setdefault(child.tag, child)
    return found


def read_texts(parent: etree._Element | None, tag: str) -> tuple[str, ...]:
    """The texts of all children ``tag`` that have one, in order."""
    if parent is None:
        return ()
    return tuple(text for text in (read_text(child) for child in parent.iterchildren(tag)) if text)


def read_terms(parent: etree._Element | None, tag: str) -> tuple[Term, ...]:
    """The controlled terms ``tag`` under ``parent``, in order, each with its UI where it has one."""
    if parent is None:
        return ()
    return tuple(read_term(child) for child in parent.iterchildren(tag))


def read_term(element: etree._Element) -> Term:
    """The term of one element with its UI where it has one."""
    return Term(read_text(element), element.get("UI", ""))


def read_sections(abstract: etree._Element | None) -> tuple[AbstractSection, ...]:
    """The parts of an abstract that have text. NLM's placeholder label ``UNLABELLED`` is none."""
    if abstract is None:
        return ()
    sections = []
    for part in abstract.iterchildren("AbstractText"):
        text = read_text(part)
        label = part.get("Label", "").strip()
        if text:
            sections.append(
                AbstractSection(text, "" if label == "UNLABELLED" else label, part.get("NlmCategory", ""))
            )
    return tuple(sections)


def read_authors(author_list: etree._Element | None) -> tuple[Author, ...]:
    """The authors in order; an entry without any name is left out."""
    if author_list is None:
        return ()
    authors = (_read_author(author) for author in author_list.iterchildren("Author"))
    return tuple(author for author in authors if author.last_name or author.collective or author.fore_name)


def _read_author(element: etree._Element) -> Author:
    names: dict[str, str] = {}
    affiliations: list[str] = []
    orcid = ""
    for child in element:
        if child.tag == "AffiliationInfo":
            affiliations += read_texts(child, "Affiliation")
        elif child.tag == "Affiliation":
            affiliations.append(read_text(child))
        elif child.tag == "Identifier":
            if child.get("Source") == "ORCID":
                orcid = orcid or _plain_orcid(read_text(child))
        elif isinstance(child.tag, str):
            names.setdefault(child.tag, read_text(child))
    return Author(
        last_name=names.get("LastName", ""),
        fore_name=names.get("ForeName", ""),
        initials=names.get("Initials", ""),
        suffix=names.get("Suffix", ""),
        collective=names.get("CollectiveName", ""),
        affiliations=tuple(affiliations),
        orcid=orcid,
    )


def _plain_orcid(text: str) -> str:
    """An ORCID without its address and with its hyphens, however the record writes it."""
    bare = text.rpartition("/")[2].replace("-", "").replace(" ", "")
    return "-".join(bare[at : at + 4] for at in range(0, 16, 4)) if len(bare) == 16 else text


def read_pages(pagination: etree._Element | None) -> str:
    """The pages as MEDLINE abbreviates them (``113-25``), else from first to last page."""
    parts = first_children(pagination)
    start, end = read_text(parts.get("StartPage")), read_text(parts.get("EndPage"))
    return read_text(parts.get("MedlinePgn")) or "-".join(part for part in (start, end) if part)


def read_published(element: etree._Element | None) -> tuple[str, int | None]:
    """A ``PubDate`` as printed, and its year: of a range (``1998 Dec-1999 Jan``) the first."""
    parts = first_children(element)
    printed = read_text(parts.get("MedlineDate")) or " ".join(
        text for tag in ("Year", "Season", "Month", "Day") if (text := read_text(parts.get(tag)))
    )
    return printed, find_year(printed)


def find_year(printed: str) -> int | None:
    """The first year from 1500 on in a date as printed, or ``None``.

    >>> find_year("1998 Dec-1999 Jan"), find_year("Spring")
    (1998, None)
    """
    year = _YEAR.search(printed)
    return int(year.group()) if year else None


def read_date(element: etree._Element | None) -> date | None:
    """A full date; ``None`` where a part is missing or the day does not exist."""
    parts = first_children(element)
    year, month, day = (read_text(parts.get(tag)) for tag in ("Year", "Month", "Day"))
    if month[:3].lower() in _MONTHS:
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def find_location_doi(element: etree._Element | None) -> str:
    """The DOI among the valid ``ELocationID`` children, or ""."""
    if element is None:
        return ""
    for place in element.iterchildren("ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN", "Y") == "Y":
            return read_text(place)
    return ""


def read_article_ids(parent: etree._Element | None) -> list[tuple[str, str]]:
    """The pairs of type and identifier in ``parent``'s own ``ArticleIdList`` (not in its references)."""
    id_list = parent.find("ArticleIdList") if parent is not None else None
    if id_list is None:
        return []
    return [(one.get("IdType", ""), read_text(one)) for one in id_list.iterchildren("ArticleId")]


def first_id(ids: list[tuple[str, str]], kind: str) -> str:
    """The first identifier of this kind, or ""."""
    return next((value for of, value in ids if of == kind and value), "")


def other_ids(ids: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The identifiers that have no field of their own, each once, in order."""
    return tuple(dict.fromkeys((kind, value) for kind, value in ids if value and kind not in _OWN_FIELD_IDS))


def read_keywords(parent: etree._Element) -> tuple[str, ...]:
    """The author's and indexer's keywords of all lists, in order."""
    return tuple(
        word for words in parent.iterchildren("KeywordList") for word in read_texts(words, "Keyword")
    )


def read_grants(grant_list: etree._Element | None) -> tuple[Grant, ...]:
    """The grants in order."""
    if grant_list is None:
        return ()
    parts = (first_children(grant) for grant in grant_list.iterchildren("Grant"))
    return tuple(
        Grant(read_text(one.get("GrantID")), read_text(one.get("Agency")), read_text(one.get("Country")))
        for one in parts
    )


def find_pmid(text: str) -> Pmid | None:
    """The PMID in ``text``, or ``None`` where it is none."""
    try:
        return parse_pmid(text)
    except ValueError:
        return None

"""One ``PubmedArticle`` element as a citation. Element names are those of NLM's PubMed DTD."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from claims.evidence.markup import read_text
from claims.records.citation import (
    AbstractSection,
    Author,
    Citation,
    Correction,
    Grant,
    MeshHeading,
    OtherAbstract,
    Pmid,
    Term,
    parse_pmid,
)

Children = dict[str, etree._Element]

_YEAR = re.compile(r"(?<![0-9])(1[5-9]|20)[0-9]{2}(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OWN_FIELD_IDS = frozenset({"pubmed", "doi", "pmc", "pmcid"})


def parse_article(article: etree._Element) -> Citation:
    """The citation of a ``PubmedArticle``. Raises ``ValueError`` where it has no usable PMID.

    The reference list is left out (also as RefType ``Cites``): it is what the paper cites, not the record.
    """
    medline = article.find("MedlineCitation")
    if medline is None:
        raise ValueError("no MedlineCitation")
    head = first_children(medline)
    body = first_children(head.get("Article"))
    journal = first_children(body.get("Journal"))
    issue = first_children(journal.get("JournalIssue"))
    journal_names = first_children(head.get("MedlineJournalInfo"))
    ids = _read_ids(article, medline, body.get("DataBankList"))
    electronic_date = _read_electronic_date(body)
    published, published_year = read_published(issue.get("PubDate"))
    if published_year is None and electronic_date is not None:
        published_year = electronic_date.year
    return Citation(
        pmid=parse_pmid(read_text(head.get("PMID"))),
        title=read_text(body.get("ArticleTitle")),
        vernacular_title=read_text(body.get("VernacularTitle"))
        or read_text(journal_names.get("VernacularTitle")),
        abstract=read_sections(body.get("Abstract")),
        other_abstracts=_read_other_abstracts(medline),
        authors=read_authors(body.get("AuthorList")),
        journal=read_text(journal.get("Title")),
        journal_abbreviation=read_text(journal.get("ISOAbbreviation"))
        or read_text(journal_names.get("MedlineTA")),
        issn=read_text(journal.get("ISSN")) or read_text(journal_names.get("ISSNLinking")),
        volume=read_text(issue.get("Volume")),
        issue=read_text(issue.get("Issue")),
        pages=read_pages(body.get("Pagination")),
        published=published,
        published_year=published_year,
        electronic_date=electronic_date,
        doi=find_location_doi(head.get("Article")) or first_id(ids, "doi"),
        pmc=first_id(ids, "pmc"),
        other_ids=other_ids(ids),
        languages=read_texts(body.get("Article"), "Language") or read_texts(head.get("Article"), "Language"),
        publication_types=read_terms(body.get("PublicationTypeList"), "PublicationType"),
        mesh=_read_mesh(head),
        chemicals=_read_chemicals(head.get("ChemicalList")),
        keywords=read_keywords(medline),
        grants=read_grants(body.get("GrantList")),
        conflict_statement=read_text(head.get("CoiStatement")),
        corrections=_read_corrections(head.get("CommentsCorrectionsList")),
        indexing_method=_read_indexing_method(medline),
        status=medline.get("Status", ""),
        revised_on=read_date(head.get("DateRevised")),
    )


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
    return tuple(_read_term(child) for child in parent.iterchildren(tag))


def _read_term(element: etree._Element) -> Term:
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


def _read_other_abstracts(medline: etree._Element) -> tuple[OtherAbstract, ...]:
    return tuple(
        OtherAbstract(other.get("Type", ""), other.get("Language", ""), sections)
        for other in medline.iterchildren("OtherAbstract")
        if (sections := read_sections(other))
    )


def read_authors(author_list: etree._Element | None) -> tuple[Author, ...]:
    """The authors in order; an entry without any name is left out."""
    if author_list is None:
        return ()
    authors = (_read_author(author) for author in author_list.iterchildren("Author"))
    return tuple(author for author in authors if author.last_name or author.collective or author.fore_name)


def _read_author(element: etree._Element) -> Author:
    names = first_children(element)
    affiliations = tuple(
        text
        for holder in (*element.iterchildren("AffiliationInfo"), element)
        for text in read_texts(holder, "Affiliation")
    )
    orcid = next((i for i in element.iterchildren("Identifier") if i.get("Source") == "ORCID"), None)
    return Author(
        last_name=read_text(names.get("LastName")),
        fore_name=read_text(names.get("ForeName")),
        initials=read_text(names.get("Initials")),
        suffix=read_text(names.get("Suffix")),
        collective=read_text(names.get("CollectiveName")),
        affiliations=affiliations,
        orcid=_plain_orcid(read_text(orcid)),
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
    year = _YEAR.search(printed)
    return printed, int(year.group()) if year else None


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


def _read_electronic_date(body: Children) -> date | None:
    element = body.get("ArticleDate")
    return read_date(element) if element is not None else None


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


def _read_ids(
    article: etree._Element, medline: etree._Element, databanks: etree._Element | None
) -> list[tuple[str, str]]:
    ids = read_article_ids(article.find("PubmedData"))
    ids += [(other.get("Source", ""), read_text(other)) for other in medline.iterchildren("OtherID")]
    for bank in databanks.iterchildren("DataBank") if databanks is not None else ():
        name = read_text(bank.find("DataBankName"))
        ids += [(name, number) for number in read_texts(bank.find("AccessionNumberList"), "AccessionNumber")]
    return ids


def _read_mesh(head: Children) -> tuple[MeshHeading, ...]:
    """The MeSH headings in order, then the supplementary concepts (UI ``C…``)."""
    listed = head.get("MeshHeadingList")
    headings = (
        [_read_heading(one) for one in listed.iterchildren("MeshHeading")] if listed is not None else []
    )
    supplements = read_terms(head.get("SupplMeshList"), "SupplMeshName")
    return (*(one for one in headings if one.descriptor.name), *(MeshHeading(one) for one in supplements))


def _read_heading(element: etree._Element) -> MeshHeading:
    descriptor = element.find("DescriptorName")
    qualifiers = list(element.iterchildren("QualifierName"))
    starred = any(one.get("MajorTopicYN") == "Y" for one in (descriptor, *qualifiers) if one is not None)
    return MeshHeading(
        descriptor=_read_term(descriptor) if descriptor is not None else Term(""),
        qualifiers=tuple(_read_term(one) for one in qualifiers),
        major=starred,
    )


def _read_chemicals(chemical_list: etree._Element | None) -> tuple[Term, ...]:
    if chemical_list is None:
        return ()
    names = (chemical.find("NameOfSubstance") for chemical in chemical_list.iterchildren("Chemical"))
    return tuple(_read_term(name) for name in names if name is not None)


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


def _read_corrections(corrections: etree._Element | None) -> tuple[Correction, ...]:
    if corrections is None:
        return ()
    links = (one for one in corrections.iterchildren("CommentsCorrections") if one.get("RefType") != "Cites")
    return tuple(_read_correction(link) for link in links)


def _read_correction(element: etree._Element) -> Correction:
    parts = first_children(element)
    return Correction(
        kind=element.get("RefType", ""),
        source=read_text(parts.get("RefSource")),
        pmid=find_pmid(read_text(parts.get("PMID"))),
        note=read_text(parts.get("Note")),
    )


def find_pmid(text: str) -> Pmid | None:
    """The PMID in ``text``, or ``None`` where it is none."""
    try:
        return parse_pmid(text)
    except ValueError:
        return None


def _read_indexing_method(medline: etree._Element) -> str:
    method = medline.get("IndexingMethod", "")
    return "" if method == "Manual" else method

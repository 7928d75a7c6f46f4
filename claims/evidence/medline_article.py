"""One ``PubmedArticle`` element as a citation. Element names are those of NLM's PubMed DTD."""

from __future__ import annotations

from datetime import date

from lxml import etree

from claims.evidence.markup import read_text
from claims.evidence.medline_fields import (
    Children,
    find_location_doi,
    find_pmid,
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
    read_term,
    read_terms,
    read_texts,
)
from claims.records.citation import Citation, Correction, MeshHeading, OtherAbstract, Term, parse_pmid


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
        languages=read_texts(head.get("Article"), "Language"),
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


def _read_other_abstracts(medline: etree._Element) -> tuple[OtherAbstract, ...]:
    return tuple(
        OtherAbstract(other.get("Type", ""), other.get("Language", ""), sections)
        for other in medline.iterchildren("OtherAbstract")
        if (sections := read_sections(other))
    )


def _read_electronic_date(body: Children) -> date | None:
    element = body.get("ArticleDate")
    return read_date(element) if element is not None else None


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
        descriptor=read_term(descriptor) if descriptor is not None else Term(""),
        qualifiers=tuple(read_term(one) for one in qualifiers),
        major=starred,
    )


def _read_chemicals(chemical_list: etree._Element | None) -> tuple[Term, ...]:
    if chemical_list is None:
        return ()
    names = (chemical.find("NameOfSubstance") for chemical in chemical_list.iterchildren("Chemical"))
    return tuple(read_term(name) for name in names if name is not None)


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


def _read_indexing_method(medline: etree._Element) -> str:
    method = medline.get("IndexingMethod", "")
    return "" if method == "Manual" else method

"""One ``PubmedArticle`` element as a citation. Element names are those of NLM's PubMed DTD."""

from __future__ import annotations

from typing import Any

from lxml import etree

from claims.medline.dates import find_year, read_date, read_printed
from claims.medline.fields import (
    ABSTRACT,
    Ids,
    Table,
    find_pmid,
    first_children,
    first_id,
    other_ids,
    read_article_ids,
    read_grants,
    read_location,
    read_pages,
    read_table,
    read_terms,
    read_word,
    read_words,
)
from claims.medline.markup import read_markup
from claims.medline.people import read_people
from claims.records.citation import (
    Citation,
    Correction,
    MeshHeading,
    OtherAbstract,
    Substance,
    Term,
    parse_pmid,
)


def parse_pubmed_article(article: etree._Element) -> Citation:
    """The citation of a ``PubmedArticle``. Raises ``ValueError`` where it has no usable PMID.

    The reference list is left out (also as RefType ``Cites``): it is what the paper cites, not the record.
    """
    found: dict[str, Any] = {}
    read_table(article, _ARTICLE, found)
    medline = article.find("MedlineCitation")
    if medline is None:
        raise ValueError("no MedlineCitation")
    ids = found.pop("ids", ())
    supplements = found.pop("supplements", ())
    if supplements:
        found["mesh"] = (*found.get("mesh", ()), *map(MeshHeading, supplements))
    method = medline.get("IndexingMethod", "")
    electronic_date = found.get("electronic_date")
    return Citation(
        pmid=parse_pmid(found.pop("pmid", "")),
        title=found.pop("title", ""),
        published_year=find_year(found.get("published", ""))
        or (electronic_date.year if electronic_date else None),
        doi=first_id(ids, "doi"),
        pmc=first_id(ids, "pmc"),
        other_ids=other_ids(ids),
        indexing_method="" if method == "Manual" else method,
        status=medline.get("Status", ""),
        **found,
    )


def _read_other_abstract(other: etree._Element) -> tuple[OtherAbstract, ...]:
    found: dict[str, Any] = {}
    read_table(other, ABSTRACT, found)
    sections = found.get("abstract")
    kind, language = other.get("Type", ""), other.get("Language", "")
    return (OtherAbstract(kind, language, sections, found.get("copyright", "")),) if sections else ()


def _read_other_id(other: etree._Element) -> Ids:
    return ((other.get("Source", ""), read_markup(other)),)


def _read_databanks(databanks: etree._Element) -> Ids:
    ids: list[tuple[str, str]] = []
    for bank in databanks:
        name = read_markup(bank.find("DataBankName"))
        numbers = bank.find("AccessionNumberList")
        ids += [(name, number) for number in (read_words(numbers) if numbers is not None else ())]
    return tuple(ids)


def _read_headings(headings: etree._Element) -> tuple[MeshHeading, ...]:
    listed = [_read_heading(one) for one in headings]
    return tuple([one for one in listed if one.descriptor.name])


def _read_heading(element: etree._Element) -> MeshHeading:
    descriptor = Term("")
    qualifiers = []
    starred = False
    for child in element:
        starred = starred or child.get("MajorTopicYN") == "Y"
        term = Term(read_markup(child), child.get("UI", ""))
        if child.tag == "DescriptorName":
            descriptor = term
        else:
            qualifiers.append(term)
    return MeshHeading(descriptor, tuple(qualifiers), starred)


def _read_chemicals(chemicals: etree._Element) -> tuple[Substance, ...]:
    substances = []
    for chemical in chemicals:
        parts = first_children(chemical)
        name = parts.get("NameOfSubstance")
        if name is not None:
            number = read_markup(parts.get("RegistryNumber"))
            substances.append(Substance(read_markup(name), name.get("UI", ""), number))
    return tuple(substances)


def _read_corrections(corrections: etree._Element) -> tuple[Correction, ...]:
    return tuple([_read_correction(link) for link in corrections if link.get("RefType") != "Cites"])


def _read_correction(element: etree._Element) -> Correction:
    parts = first_children(element)
    return Correction(
        kind=element.get("RefType", ""),
        source=read_markup(parts.get("RefSource")),
        pmid=find_pmid(read_markup(parts.get("PMID"))),
        note=read_markup(parts.get("Note")),
    )


_JOURNAL: Table = {
    "ISSN": ("issn", read_markup),
    "JournalIssue": {
        "Volume": ("volume", read_markup),
        "Issue": ("issue", read_markup),
        "PubDate": ("published", read_printed),
    },
    "Title": ("journal", read_markup),
    "ISOAbbreviation": ("journal_abbreviation", read_markup),
}
_BODY: Table = {
    "Journal": _JOURNAL,
    "ArticleTitle": ("title", read_markup),
    "Pagination": ("pages", read_pages),
    "ELocationID": ("ids", read_location),
    "Abstract": ABSTRACT,
    "AuthorList": ("authors", read_people),
    "Language": ("languages", read_word),
    "DataBankList": ("ids", _read_databanks),
    "GrantList": ("grants", read_grants),
    "PublicationTypeList": ("publication_types", read_terms),
    "VernacularTitle": ("vernacular_title", read_markup),
    "ArticleDate": ("electronic_date", read_date),
}
# What MedlineJournalInfo says of the journal counts where the article's own Journal does not say it.
_ARTICLE: Table = {
    "MedlineCitation": {
        "PMID": ("pmid", read_markup),
        "DateCompleted": ("completed_on", read_date),
        "DateRevised": ("revised_on", read_date),
        "Article": _BODY,
        "MedlineJournalInfo": {
            "MedlineTA": ("journal_abbreviation", read_markup),
            "ISSNLinking": ("issn", read_markup),
            "VernacularTitle": ("vernacular_title", read_markup),
        },
        "ChemicalList": ("chemicals", _read_chemicals),
        "SupplMeshList": ("supplements", read_terms),
        "CommentsCorrectionsList": ("corrections", _read_corrections),
        "GeneSymbolList": ("gene_symbols", read_words),
        "MeshHeadingList": ("mesh", _read_headings),
        "PersonalNameSubjectList": ("subjects", read_people),
        "OtherID": ("ids", _read_other_id),
        "OtherAbstract": ("other_abstracts", _read_other_abstract),
        "KeywordList": ("keywords", read_words),
        "CoiStatement": ("conflict_statement", read_markup),
        "InvestigatorList": ("investigators", read_people),
        "GeneralNote": ("notes", read_word),
    },
    "PubmedData": {"ArticleIdList": ("ids", read_article_ids)},
}

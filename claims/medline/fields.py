"""The fields that PubMed's articles and books share, and the table that says which element fills which.

Element names are those of NLM's PubMed DTD.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from lxml import etree

from claims.medline.markup import read_markup
from claims.records.citation import AbstractSection, Grant, Pmid, Term, parse_pmid

# Element -> the field it fills and its reader, or the table of its own children.
Reader: TypeAlias = Callable[[etree._Element], Any]
Table: TypeAlias = dict[str, "tuple[str, Reader] | Table"]
Ids: TypeAlias = tuple[tuple[str, str], ...]

_OWN_FIELD_IDS = frozenset({"pubmed", "doi", "pmc", "pmcid"})


def read_table(element: etree._Element, table: Table, found: dict[str, Any]) -> None:
    """Fill ``found`` from the element's children: of texts the first that is none, of tuples all in order."""
    for child in element:
        entry = table.get(child.tag)
        if entry is None:
            continue
        if isinstance(entry, dict):
            read_table(child, entry, found)
            continue
        name, read = entry
        known = found.get(name)
        if not known:
            found[name] = read(child)
        elif isinstance(known, tuple):
            found[name] = known + read(child)


def first_children(element: etree._Element) -> dict[str, etree._Element]:
    """The first child for each tag."""
    return {child.tag: child for child in element.iterchildren(reversed=True)}


def read_word(element: etree._Element) -> tuple[str, ...]:
    """The text as a tuple of one, empty where there is none."""
    text = read_markup(element)
    return (text,) if text else ()


def read_words(element: etree._Element) -> tuple[str, ...]:
    """The texts of all children that have one, in order."""
    return tuple([text for child in element if (text := read_markup(child))])


def read_term(element: etree._Element) -> tuple[Term, ...]:
    """The term as a tuple of one, with its UI where it has one."""
    return (Term(read_markup(element), element.get("UI", "")),)


def read_terms(element: etree._Element) -> tuple[Term, ...]:
    """The controlled terms in order, each with its UI where it has one."""
    return tuple([Term(read_markup(child), child.get("UI", "")) for child in element])


def read_section(part: etree._Element) -> tuple[AbstractSection, ...]:
    """One part of an abstract, none where it has no text. NLM's placeholder label ``UNLABELLED`` is none."""
    text = read_markup(part)
    if not text:
        return ()
    label = part.get("Label", "").strip()
    return (AbstractSection(text, "" if label == "UNLABELLED" else label, part.get("NlmCategory", "")),)


def read_pages(pagination: etree._Element) -> str:
    """The pages as MEDLINE abbreviates them (``113-25``), else from first to last page."""
    parts = first_children(pagination)
    if printed := read_markup(parts.get("MedlinePgn")):
        return printed
    return "-".join([page for tag in ("StartPage", "EndPage") if (page := read_markup(parts.get(tag)))])


def read_location(place: etree._Element) -> Ids:
    """Type and identifier of an ``ELocationID``; none where NLM marks it as invalid."""
    return ((place.get("EIdType", ""), read_markup(place)),) if place.get("ValidYN", "Y") == "Y" else ()


def read_article_ids(id_list: etree._Element) -> Ids:
    """The pairs of type and identifier of an ``ArticleIdList``."""
    return tuple([(one.get("IdType", ""), read_markup(one)) for one in id_list])


def read_grants(grant_list: etree._Element) -> tuple[Grant, ...]:
    """The grants in order."""
    parts = [first_children(grant) for grant in grant_list]
    return tuple(
        [
            Grant(
                number=read_markup(one.get("GrantID")),
                agency=read_markup(one.get("Agency")),
                country=read_markup(one.get("Country")),
                acronym=read_markup(one.get("Acronym")),
            )
            for one in parts
        ]
    )


def first_id(ids: Iterable[tuple[str, str]], kind: str) -> str:
    """The first identifier of this kind, or ""."""
    for of, value in ids:
        if of == kind and value:
            return value
    return ""


def other_ids(ids: Iterable[tuple[str, str]]) -> Ids:
    """The identifiers that have no field of their own, each once, in order."""
    return tuple({pair: None for pair in ids if pair[1] and pair[0] not in _OWN_FIELD_IDS})


def find_pmid(text: str) -> Pmid | None:
    """The PMID in ``text``, or ``None`` where it is none."""
    try:
        return parse_pmid(text)
    except ValueError:
        return None


ABSTRACT: Table = {
    "AbstractText": ("abstract", read_section),
    "CopyrightInformation": ("copyright", read_markup),
}

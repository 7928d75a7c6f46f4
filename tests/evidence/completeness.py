"""Which texts of a PubMed XML record a reader of it must keep, and which of them it lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from claims.medline.markup import local_name

# What a citation deliberately does not keep, and why. A path is an element's name or the end of its path.
LEFT_OUT = {
    "ReferenceList": "what the paper cites: other records, not this one",
    "CommentsCorrections[Cites]": "the same list in older records",
    "History": "days of processing at publisher and NLM; the days of publication are kept",
    "DateCreated": "a day of processing that NLM no longer sends",
    "ContributionDate": "a day of processing; kept where a book has no date of publication",
    "PublicationStatus": "how far NLM's processing got; the citation's status tells it",
    "EndPage": "the printed pages (113-25) say it; kept where they are not there",
    "CitationSubset": "the printed indexes that listed a record",
    "NumberOfReferences": "a count of the references, no longer sent",
    "ObjectList": "links of NLM's other databases",
    "SpaceFlightMission": "no longer sent",
    "MedlineJournalInfo": "the journal's catalogue entry; it stands in where the article names none",
    "AffiliationInfo/Identifier": "the organisation's number; its name and address are kept",
    "ELocationID[N]": "an identifier that NLM marks as invalid",
    "annotation": "the source code of a formula that is kept as text",
    "annotation-xml": "the same",
    "Sections": "the headings of a chapter whose text is not sent",
    "LocationLabel": "the number of a section",
    "PublisherLocation": "the publisher's town; its name is kept",
    "BeginningDate": "the first day of a book that goes on being written",
    "EndingDate": "the last day of such a book",
    "CollectionTitle": "the series of a book",
    "Medium": "how a book is read",
    "Edition": "the counting of a book's editions",
    "ReportNumber": "the publisher's number of a report",
    "ItemList": "supplements that are not sent",
}  # fmt: skip
INLINE = frozenset({"i", "b", "u", "sup", "sub", "DispFormula", "math"})
DATES = frozenset({"Year", "Month", "Day"})


def names(element: etree._Element) -> set[str]:
    """The ways in which ``LEFT_OUT`` may name an element."""
    tag = local_name(element)
    parent = element.getparent()
    above = parent.tag if parent is not None else ""
    marks = (element.get("RefType"), element.get("ValidYN"))
    return {tag, f"{above}/{tag}", *(f"{tag}[{mark}]" for mark in marks)}


def texts(element: etree._Element) -> Iterator[tuple[str, str, bool]]:
    """Path and text of each element that holds words of its own, and whether a formula is among them."""
    if names(element) & set(LEFT_OUT):
        return
    children = [child for child in element if local_name(child)]
    if not all(local_name(child) in INLINE for child in children):
        for child in children:
            yield from texts(child)
        return
    parent = element.getparent()
    path = f"{parent.tag if parent is not None else ''}/{element.tag}"
    in_formula = any(local_name(one) == "math" for one in element.iter("{*}*"))
    yield path, "".join(visible(element)), in_formula


def visible(element: etree._Element) -> Iterator[str]:
    """The pieces of an element's text without a formula's annotations."""
    if not local_name(element) or local_name(element) in LEFT_OUT:
        return
    yield element.text or ""
    for child in element:
        yield from visible(child)
        yield child.tail or ""


def list_strings(json: object) -> Iterator[str]:
    """Every scalar inside dicts and lists, as text."""
    if isinstance(json, dict):
        for part in json.values():
            yield from list_strings(part)
    elif isinstance(json, list):
        for part in json:
            yield from list_strings(part)
    elif json is not None:
        yield str(json)


def letters(text: str) -> str:
    """Letters and digits alone: a formula's marks, an ORCID's hyphens and white space may differ."""
    return "".join(sign for sign in text.lower() if sign.isalnum())


def is_kept(wanted: str, kept: list[str], in_formula: bool) -> bool:
    """Whether a text is in one of the kept ones; a formula may put its parts into another order."""
    if in_formula:
        return any(not Counter(wanted) - Counter(known) for known in kept)
    return any(wanted in known for known in kept)


def find_lost(element: etree._Element, kept_texts: Iterable[str]) -> Iterator[str]:
    """Path and text of what an element says and none of the kept texts says."""
    kept = [letters(text) for text in kept_texts]
    for path, text, in_formula in texts(element):
        wanted = letters(text)
        if path.rpartition("/")[2] in DATES:
            wanted = wanted.lstrip("0")
        if path.endswith("/Identifier"):
            wanted = wanted.removeprefix("httporcidorg").removeprefix("httpsorcidorg")
        if not is_kept(wanted, kept, in_formula):
            yield f"{path}: {text.strip()[:80]}"

"""The people of a PubMed record: authors, editors, investigators, and those a paper is about."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from claims.medline.markup import read_markup
from claims.records.citation import Author


def read_people(people: etree._Element) -> tuple[Author, ...]:
    """The people and groups of a list in order, none without a name, no author that NLM calls invalid."""
    listed = [person for person in people if person.tag != "Author" or person.get("ValidYN", "Y") == "Y"]
    return tuple([author for person in listed for author in _read_person(person)])


def _read_person(element: etree._Element) -> list[Author]:
    """The person, then the group: an element may name both, or neither."""
    names: dict[str, str] = {}
    affiliations: list[str] = []
    for child in element:
        tag = child.tag
        if tag == "AffiliationInfo":
            affiliations += [read_markup(one) for one in child if one.tag == "Affiliation"]
        elif tag == "Affiliation":
            affiliations.append(read_markup(child))
        elif tag != "Identifier" or child.get("Source") == "ORCID":
            names.setdefault(tag, read_markup(child))
    person = Author(
        names.get("LastName", ""),
        names.get("ForeName", ""),
        names.get("Initials", ""),
        names.get("Suffix", ""),
        affiliations=tuple([name for name in affiliations if name]),
        orcid=_plain_orcid(names["Identifier"]) if "Identifier" in names else "",
    )
    people = [person] if person.last_name or person.fore_name or person.initials else []
    if collective := names.get("CollectiveName", ""):
        group = Author(collective=collective)
        people.append(
            group if people else replace(group, affiliations=person.affiliations, orcid=person.orcid)
        )
    return people


def _plain_orcid(text: str) -> str:
    """An ORCID without its address and with its hyphens, however the record writes it."""
    bare = text.rpartition("/")[2].replace("-", "").replace(" ", "")
    return "-".join([bare[at : at + 4] for at in range(0, 16, 4)]) if len(bare) == 16 else text

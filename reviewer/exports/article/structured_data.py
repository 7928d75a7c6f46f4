"""The article as search engines read it: schema.org's ``MedicalWebPage`` in JSON-LD."""

from __future__ import annotations

from claims.records.citation import Author
from claims.records.document import DocumentDetails
from reviewer.exports.article.citing import CitedArticle
from reviewer.exports.article.evidence import Occasion
from reviewer.exports.bibliography.entry import Entry
from reviewer.markup import Html
from reviewer.moments import write_date

_NOTHING = Html("")
Thing = dict[str, object]


def write_structured_data(article: CitedArticle, occasion: Occasion) -> Html:
    """The script element, "" for a text that is not approved: nobody reviewed it yet.

    A person stands in it as in the text: by name where they agreed to it, else not at all.
    """
    described = describe_page(article, occasion)
    if not described:
        return _NOTHING
    return Html.tell_json(described, "application/ld+json")


def describe_page(article: CitedArticle, occasion: Occasion) -> Thing:
    """The page as a thing of schema.org; empty for a text that is not approved."""
    publication = article.publication
    if publication.approved_at is None:
        return {}
    version = publication.version.article
    return _leave_out_empty(
        {
            "@context": "https://schema.org",
            "@type": "MedicalWebPage",
            "name": version.title,
            "inLanguage": version.language.value,
            "lastReviewed": write_date(publication.approved_at, occasion.zone),
            "reviewedBy": [
                _leave_out_empty(
                    {"@type": "Person", "name": person.full_name, "description": person.qualification}
                )
                for person in publication.reviewers
                if person.full_name
            ],
            "citation": [
                *(_describe_entry(entry) for entry in article.entries),
                *(_describe_document(document) for document in article.documents),
            ],
        }
    )


def _describe_entry(entry: Entry) -> Thing:
    citation = entry.citation
    return _leave_out_empty(
        {
            "@type": "MedicalScholarlyArticle",
            "name": entry.title,
            "author": [_describe_author(author) for author in citation.authors],
            "datePublished": "-".join(f"{part:02}" for part in entry.date_parts),
            "isPartOf": _leave_out_empty(
                {"@type": "Periodical", "name": citation.journal, "issn": citation.issn}
            )
            if citation.journal
            else {},
            "identifier": [
                {"@type": "PropertyValue", "propertyID": kind, "value": value}
                for kind, value in (("PMID", citation.pmid), ("DOI", citation.doi))
                if value
            ],
            "url": entry.address,
            "creativeWorkStatus": "Retracted" if entry.is_taken_back else "",
        }
    )


def _describe_document(document: DocumentDetails) -> Thing:
    return _leave_out_empty(
        {
            "@type": "CreativeWork",
            "name": document.title,
            "publisher": {"@type": "Organization", "name": document.body} if document.body else {},
            "datePublished": document.published,
            "url": document.address,
        }
    )


def _describe_author(author: Author) -> Thing:
    if author.collective:
        return {"@type": "Organization", "name": author.collective}
    names = {"familyName": author.last_name, "givenName": author.fore_name or author.initials}
    return _leave_out_empty({"@type": "Person", **names})


def _leave_out_empty(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value}

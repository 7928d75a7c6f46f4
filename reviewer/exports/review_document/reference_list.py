"""The references of the report in Vancouver style, each an anchor that the claims link to."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records.article import Language
from claims.records.citation import Citation, RetractionCheck, RetractionStatus, is_sample
from reviewer.exports.bibliography.coins import write_context_object
from reviewer.exports.bibliography.entry import Entry
from reviewer.exports.documents.model import Block, Heading, ItemList, Paragraph, Run, runs
from reviewer.exports.review_document.material import Material
from reviewer.exports.vancouver import format_reference

_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_LANGUAGES = {"eng": Language.EN, "jpn": Language.JA}


def write_references(material: Material) -> Iterator[Block]:
    """The records that are shown, numbered as the claims name them."""
    translate, numbered = material.translate, material.number_references()
    yield Heading(1, runs(translate("References")))
    if not numbered:
        yield Paragraph(runs(translate("None.")))
        return
    yield ItemList(
        tuple(_write_reference(number, citation) for number, citation in numbered.values()), ordered=True
    )
    if not all(map(is_sample, numbered)):
        told = translate(
            "Records: U.S. National Library of Medicine. Abstracts may be the property of their publishers."
        )
        yield Paragraph(runs(told))


def language_of(citation: Citation) -> Language | None:
    """The language in which the record is told, ``None`` where the house does not know it."""
    return _LANGUAGES.get(citation.languages[0]) if citation.languages else None


def _write_reference(number: int, citation: Citation) -> Paragraph:
    """One reference; its PMID leads to PubMed where it stands there."""
    told, pmid = format_reference(citation), f"PMID: {citation.pmid}"
    address = "" if is_sample(citation.pmid) else f"{_PUBMED}{citation.pmid}/"
    before, _, after = told.rpartition(pmid)
    parts = (Run(before, language=Language.EN), Run(pmid, link=address), Run(after))
    entry = Entry(citation, RetractionCheck(RetractionStatus.UNCHECKED))
    shown = tuple(part for part in parts if part.text)
    return Paragraph(shown, anchor=f"ref-{number}", context_object=write_context_object(entry))

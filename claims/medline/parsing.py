"""PubMed XML (EFetch answers, NLM's baseline and update files) as citations. Pure: no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from claims.medline.article import parse_pubmed_article
from claims.medline.book import parse_book
from claims.medline.markup import read_markup
from claims.medline.stream import DELETION_TAGS, read_elements
from claims.records.citation import Citation, Pmid, parse_pmid


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that cannot be read, while the others of its document can.

    ``reason_code`` is ``no_citation``, ``bad_pmid``, ``record_too_deep`` or ``record_unreadable``, whose
    ``detail`` is what the XML reader said; ``pmid_text`` what stood in the PMID's place; ``position`` counts
    the document's records from 1.
    """

    reason_code: str
    pmid_text: str
    position: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """A PMID that NLM took back (``DeleteCitation`` of an update file)."""

    pmid: Pmid


ParsedRecord = Citation | RefusedRecord | Deletion


def parse_records(stream: BinaryIO | bytes) -> Iterator[ParsedRecord]:
    """The records of a PubMed XML document in their order, read lazily; gzip is recognised by its bytes.

    Raises ``RecordError`` with the codes of ``read_elements`` when the document cannot be read as a whole.
    Records before a break were yielded.

    >>> [record.title for record in parse_records(
    ...     b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>9000000001</PMID><Article>"
    ...     b"<ArticleTitle>SAMPLE</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    ...     b"</PubmedArticleSet>") if isinstance(record, Citation)]
    ['SAMPLE']
    """
    position = 1
    for element in read_elements(stream):
        records = parse_element(element, position)
        position += len(records)
        yield from records


def parse_element(element: etree._Element, position: int) -> list[ParsedRecord]:
    """The record of one of ``read_elements``, or its deletions; ``position`` is the first one's."""
    if element.tag not in DELETION_TAGS:
        return [parse_record(element, position)]
    listed = enumerate(element.iterchildren("PMID"), position)
    return [_parse_deletion(read_markup(pmid), place) for place, pmid in listed]


def parse_record(element: etree._Element, position: int = 1) -> Citation | RefusedRecord:
    """The citation of one ``PubmedArticle`` or ``PubmedBookArticle``, or why it has none."""
    is_article = element.tag == "PubmedArticle"
    holder = element.find("MedlineCitation" if is_article else "BookDocument")
    if holder is None:
        return RefusedRecord("no_citation", "", position)
    try:
        return parse_pubmed_article(element) if is_article else parse_book(element)
    except ValueError:
        return RefusedRecord("bad_pmid", read_markup(holder.find("PMID")), position)
    except RecursionError:
        return RefusedRecord("record_too_deep", (holder.findtext("PMID") or "").strip(), position)


def _parse_deletion(text: str, position: int) -> Deletion | RefusedRecord:
    try:
        return Deletion(parse_pmid(text))
    except ValueError:
        return RefusedRecord("bad_pmid", text, position)

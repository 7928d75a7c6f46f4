"""PubMed XML (EFetch answers, NLM's baseline and update files) as citations. Pure: no network, no database.

A document is read as a stream, record by record, in memory that does not grow with it. DTDs are never
loaded, no entity is expanded, and libxml2's own limits on depth and text length stay on.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, Literal, cast

from lxml import etree

from claims.errors import RecordError
from claims.evidence.markup import local_name, read_text
from claims.evidence.medline_article import parse_article
from claims.evidence.medline_book import parse_book
from claims.records.citation import Citation, Pmid, parse_pmid

_CHUNK_BYTES = 1 << 16
_RECORD_TAGS = ("PubmedArticle", "PubmedBookArticle")
_DELETION_TAGS = ("DeleteCitation", "DeleteDocument")
_ROOT_TAGS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet", *_RECORD_TAGS, *_DELETION_TAGS})


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that cannot be read, while the others of its document can.

    ``reason_code`` is ``no_citation`` or ``bad_pmid``; ``pmid_text`` what stood in the PMID's place;
    ``position`` counts the document's records from 1.
    """

    reason_code: str
    pmid_text: str
    position: int


@dataclass(frozen=True, slots=True)
class Deletion:
    """A PMID that NLM took back (``DeleteCitation`` of an update file)."""

    pmid: Pmid


ParsedRecord = Citation | RefusedRecord | Deletion


def parse_records(stream: BinaryIO | bytes) -> Iterator[ParsedRecord]:
    """The records of a PubMed XML document in their order, read lazily; gzip is recognised by its bytes.

    Raises ``RecordError`` (``xml_malformed``, ``xml_not_pubmed``, ``xml_entities``, ``xml_empty``,
    ``gzip_broken``) when the document as a whole cannot be read. Records before a break were yielded.

    >>> [record.title for record in parse_records(
    ...     b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>9000000001</PMID><Article>"
    ...     b"<ArticleTitle>SAMPLE</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    ...     b"</PubmedArticleSet>") if isinstance(record, Citation)]
    ['SAMPLE']
    """
    position = 0
    for element in _read_elements(_read_chunks(stream)):
        if element.tag in _DELETION_TAGS:
            for listed in element.iterchildren("PMID"):
                position += 1
                yield _parse_deletion(read_text(listed), position)
        else:
            position += 1
            yield parse_record(element, position)
        _release(element)


def parse_record(element: etree._Element, position: int = 1) -> Citation | RefusedRecord:
    """The citation of one ``PubmedArticle`` or ``PubmedBookArticle``, or why it has none."""
    is_article = element.tag == "PubmedArticle"
    holder = element.find("MedlineCitation" if is_article else "BookDocument")
    if holder is None:
        return RefusedRecord("no_citation", "", position)
    try:
        return parse_article(element) if is_article else parse_book(element)
    except ValueError:
        return RefusedRecord("bad_pmid", read_text(holder.find("PMID")), position)


def _parse_deletion(text: str, position: int) -> Deletion | RefusedRecord:
    try:
        return Deletion(parse_pmid(text))
    except ValueError:
        return RefusedRecord("bad_pmid", text, position)


def _release(element: etree._Element) -> None:
    """Let go of a record and of what stands before it, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _read_elements(chunks: Iterator[bytes]) -> Iterator[etree._Element]:
    parser = _open_parser("end", (*_RECORD_TAGS, *_DELETION_TAGS))
    try:
        for chunk in _checked(chunks):
            parser.feed(chunk)
            for _, element in parser.read_events():
                yield cast(etree._Element, element)
        parser.close()
        for _, element in parser.read_events():
            yield cast(etree._Element, element)
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from error


def _open_parser(event: Literal["start", "end"], tags: tuple[str, ...] | None = None) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=(event,),
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _malformed(error: etree.XMLSyntaxError) -> RecordError:
    line, column = error.position
    return RecordError("xml_malformed", line=line, column=column, reason=error.msg)


def _checked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, once those up to the root element have shown PubMed XML without entities."""
    scout = _open_parser("start")
    seen: list[bytes] = []
    for chunk in chunks:
        seen.append(chunk)
        scout.feed(chunk)
        root = next((element for _, element in scout.read_events()), None)
        if root is not None:
            _check_root(cast(etree._Element, root))
            yield from seen
            yield from chunks
            return
    if not b"".join(seen).strip():
        raise RecordError("xml_empty")
    yield from seen


def _check_root(root: etree._Element) -> None:
    if local_name(root) not in _ROOT_TAGS:
        raise RecordError("xml_not_pubmed", root=local_name(root))
    internal: Any = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise RecordError("xml_entities")


def _read_chunks(stream: BinaryIO | bytes) -> Iterator[bytes]:
    source = BytesIO(stream) if isinstance(stream, bytes) else stream
    first = source.read(_CHUNK_BYTES)
    if not first.startswith(b"\x1f\x8b"):
        while first:
            yield first
            first = source.read(_CHUNK_BYTES)
        return
    try:
        with gzip.GzipFile(fileobj=cast(BinaryIO, _Rejoined(first, source))) as unpacked:
            while chunk := unpacked.read(_CHUNK_BYTES):
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise RecordError("gzip_broken", reason=str(error)) from error


class _Rejoined:
    """A stream that gives its first bytes again, for sources that cannot seek (a socket, a pipe)."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = first
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        if self._first:
            cut = len(self._first) if size < 0 else size
            piece, self._first = self._first[:cut], self._first[cut:]
            return piece if size >= 0 else piece + self._rest.read()
        return self._rest.read(size)

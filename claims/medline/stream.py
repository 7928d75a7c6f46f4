"""A PubMed XML document as a stream of record elements, in memory that does not grow with it.

DTDs are never loaded, no entity is expanded, and libxml2's own limit on depth stays on. Texts may be of any
length, since a record may be; what lies between two records' ends may not.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO, Literal, cast

from lxml import etree

from claims.errors import RecordError
from claims.medline.markup import fold_space, local_name

RECORD_TAGS = ("PubmedArticle", "PubmedBookArticle")
DELETION_TAGS = ("DeleteCitation", "DeleteDocument")
LARGEST_RECORD_BYTES = 64_000_000
_ROOT_TAGS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet", *RECORD_TAGS, *DELETION_TAGS})
_CHUNK_BYTES = 1 << 16
_SCOUTED_BYTES = 1 << 10
_GZIP = 16 + zlib.MAX_WBITS


def read_elements(stream: BinaryIO | bytes) -> Iterator[etree._Element]:
    """The elements of records and deletions in their order; each is gone once the next is asked for.

    Gzip is recognised by its bytes. Raises ``RecordError`` (``xml_malformed``, ``xml_not_pubmed``,
    ``xml_entities``, ``xml_empty``, ``xml_record_too_large``, ``gzip_broken``) when it cannot go on.
    """
    parser = _open_parser("end", (*RECORD_TAGS, *DELETION_TAGS))
    unfinished = 0
    try:
        for chunk in _checked(read_chunks(stream)):
            unfinished += len(chunk)
            if unfinished > LARGEST_RECORD_BYTES:
                raise RecordError("xml_record_too_large")
            parser.feed(chunk)
            for element in _take(parser):
                unfinished = 0
                yield element
        parser.close()
    except etree.XMLSyntaxError as error:
        yield from _take(parser)
        line, column = error.position
        raise RecordError("xml_malformed", line=line, column=column, reason=fold_space(error.msg)) from error


def _take(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, found in parser.read_events():
        element = cast(etree._Element, found)
        _check_place(element)
        yield element
        _release(element)


def _check_place(element: etree._Element) -> None:
    """Refuse a record inside of another: the outer one lacks its end."""
    outer = next(element.iterancestors(*RECORD_TAGS), None)
    if outer is not None:
        reason = f"{local_name(element)} in {local_name(outer)}"
        raise RecordError("xml_malformed", line=element.sourceline, column=0, reason=reason)


def _release(element: etree._Element) -> None:
    """Let go of a record and of what stands before it, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _open_parser(event: Literal["start", "end"], tags: tuple[str, ...] | None = None) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=(event,),
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


def _checked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, once those up to the root element have shown PubMed XML without entities."""
    scout = _open_parser("start")
    seen: list[bytes] = []
    for chunk in chunks:
        seen.append(chunk)
        if _find_root(scout, chunk):
            yield from seen
            yield from chunks
            return
        if len(seen) * _CHUNK_BYTES > LARGEST_RECORD_BYTES:
            raise RecordError("xml_record_too_large")
    if not b"".join(seen).strip():
        raise RecordError("xml_empty")
    yield from seen


def _find_root(scout: etree.XMLPullParser, chunk: bytes) -> bool:
    """Whether the root element begins in this chunk, and is checked then, or none can follow any more."""
    broken = False
    for start in range(0, len(chunk), _SCOUTED_BYTES):
        try:
            scout.feed(chunk[start : start + _SCOUTED_BYTES])
        except etree.XMLSyntaxError:
            broken = True
        root = next((found for _, found in scout.read_events()), None)
        if root is not None:
            _check_root(cast(etree._Element, root))
        if broken or root is not None:
            return True
    return False


def _check_root(root: etree._Element) -> None:
    if local_name(root) not in _ROOT_TAGS:
        raise RecordError("xml_not_pubmed", root=local_name(root))
    internal: Any = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise RecordError("xml_entities")


def read_chunks(stream: BinaryIO | bytes) -> Iterator[bytes]:
    """The document's bytes, unpacked where it is gzip. Raises ``RecordError`` (``gzip_broken``)."""
    source = BytesIO(stream) if isinstance(stream, bytes) else stream
    chunks = iter(lambda: source.read(_CHUNK_BYTES), b"")
    first = next(chunks, b"")
    return (_unpack if first.startswith(b"\x1f\x8b") else iter)(chain((first,), chunks))


def _unpack(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What the gzip members hold, up to the last byte before a break."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            while chunk:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                yield unpacker.decompress(chunk)
                chunk = unpacker.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise RecordError("gzip_broken", reason=str(error)) from error
    if not unpacker.eof:
        raise RecordError("gzip_broken", reason="it ends too early")

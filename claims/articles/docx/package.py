"""The package that a Word file is, opened only when it is safe to open."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, PartFactory, XmlPart
from docx.opc.rel import Relationships
from docx.oxml.parser import parse_xml
from lxml import etree

from claims.articles.broken import BROKEN
from claims.articles.docx.proposals import withdraw_proposals
from claims.errors import ArticleError

# Above these a package is a bomb or no article: XML becomes up to twenty times as large in memory.
_MOST_XML_BYTES = 8 * 1024 * 1024
_MOST_BYTES = 80 * 1024 * 1024
# Names of parts that are parsed, and so counted and searched; .NET calls the properties .psmdcp.
_PARSED = (".xml", ".rels", ".psmdcp")
_MOST_PARTS = 3_000
# A document, not a template or one with macros; and not in the strict form, whose names are all others.
_MAIN_TYPE, _STRICT = b"wordprocessingml.document.main+xml", b"purl.oclc.org/ooxml"
_PLACEHOLDER = re.compile(
    r"(?:Microsoft )?Word Document|Word 文書|無題のドキュメント|"
    r"(?:Untitled|Document|New Document|文書|無題|名称未設定)[\s\d]*",
    re.IGNORECASE,
)
# Word writes no document types; who adds one defines entities.
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O|E\x00N)|\x00<\x00!\x00(?:D\x00O|E\x00N)")


def open_package(raw: bytes) -> WordDocument:
    """The Word document in ``raw``, without the changes that we proposed and nobody decided on.

    Raises ``ArticleError``: ``article_encrypted``, ``article_corrupt``, ``article_other_office`` for
    templates and the like, ``article_too_large`` for what unpacks to more than an article can be,
    ``article_entities`` for XML that defines entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _check(package)
        document = Document(io.BytesIO(raw))
        withdraw_proposals(document.element.body)
        return document
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, OpcError, EOFError, *BROKEN) as error:
        raise ArticleError("article_corrupt", format=".docx", reason=type(error).__name__) from error


def read_title(document: WordDocument) -> str:
    """The title in the document's properties; "" where it has none, or one that a program filled in."""
    package = document.part.package
    # A missing part would be made up, with a title of its own.
    if not any(relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for relation in package.rels.values()):
        return ""
    title = (document.core_properties.title or "").strip()
    return "" if _PLACEHOLDER.fullmatch(title) else title


def find_part(document: WordDocument, kind: str) -> etree._Element | None:
    """The first of ``list_parts``; ``None`` where there is none. Raises ``ArticleError`` like it."""
    return next(list_parts(document, kind), None)


def find_relationships(document: WordDocument, kind: str) -> Relationships:
    """What the part of ``find_part`` is related to; nothing where there is none."""
    related = (relation for relation in document.part.rels.values() if relation.reltype == kind)
    part = next((relation.target_part for relation in related if not relation.is_external), None)
    return part.rels if part is not None else Relationships("/")


def list_parts(document: WordDocument, kind: str) -> Iterator[etree._Element]:
    """The parts that the document has for ``kind`` (a relationship's type), each once.

    Raises ``ArticleError``: ``article_corrupt``.
    """
    related = [relation for relation in document.part.rels.values() if relation.reltype == kind]
    parts = dict.fromkeys(relation.target_part for relation in related if not relation.is_external)
    return map(_read_part, parts)


def _read_part(part: Part) -> etree._Element:
    if isinstance(part, XmlPart):
        element: etree._Element = part.element
        return element
    # Only parts with this name were counted and searched for entities.
    if part.partname.ext != "xml":
        raise ArticleError("article_corrupt", format=".docx", reason=part.partname)
    try:
        return parse_xml(part.blob)
    except etree.XMLSyntaxError as error:
        raise ArticleError("article_corrupt", format=".docx", reason=type(error).__name__) from error


def _check_names(content_types: bytes) -> None:
    """Refuse names of parts that would be parsed and were neither counted nor searched."""
    for rule in etree.fromstring(content_types):
        name = rule.get("PartName") or f".{rule.get('Extension')}"
        if rule.get("ContentType") in PartFactory.part_type_for and not name.lower().endswith(_PARSED):
            raise ArticleError("article_corrupt", format=".docx", reason=name)


def _find_kind(content: bytes) -> str:
    """The suffix of the kind of Word file that a part tells of."""
    told = ((b"template.macroEnabled", ".dotm"), (b"macroEnabled", ".docm"), (b"template", ".dotx"))
    return next((suffix for word, suffix in told if word in content), "strict .docx")


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise ArticleError("article_encrypted")
    xml = [part for part in parts if part.filename.lower().endswith(_PARSED)]
    unpacked = sum(part.file_size for part in parts)
    if (
        len(parts) > _MOST_PARTS
        or unpacked > _MOST_BYTES
        or sum(part.file_size for part in xml) > _MOST_XML_BYTES
    ):
        raise ArticleError("article_too_large", bytes=unpacked, limit=_MOST_BYTES)
    for part in xml:
        content = package.read(part)
        if _DOCTYPE.search(content):
            raise ArticleError("article_entities", part=part.filename)
        if part.filename == "[Content_Types].xml":
            if _MAIN_TYPE not in content:
                raise ArticleError("article_other_office", format=_find_kind(content))
            _check_names(content)
        if part.filename == "_rels/.rels" and _STRICT in content:
            raise ArticleError("article_other_office", format=_find_kind(content))

"""The evidence packet of a version as a zip: report, article, references, tables, versions, the trail.

Whoever is given it needs neither Konkyo nor a network: ``SHA256SUMS`` tells whether a file is the one that
was put in, ``READ_ME.txt`` what each is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from claims.errors import NotFound
from claims.records.article import Language
from db.unit_of_work import UnitOfWork
from reviewer.exports.article.citing import cite_article
from reviewer.exports.article.evidence import Occasion
from reviewer.exports.article.registry import ARTICLE_FORMATS
from reviewer.exports.bibliography.gathering import gather_references
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from reviewer.exports.exporting import hand_out, write_table
from reviewer.exports.registry import TABLES
from reviewer.exports.report_formats import REPORT_FORMATS
from reviewer.exports.table import ExportRequest
from reviewer.i18n import mark, translator
from reviewer.labels import STATE_LABELS
from reviewer.moments import format_moment
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.audit_trail import find_trail_head
from reviewer.workflow.publication import Publication, load_publication, load_versions

MIME = "application/zip"
# The same contents are the same bytes, whenever they are packed.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"[^\w.-]+")
# The page prints as the PDF would.
_REPORTS = ("html", "docx", "xlsx")
_FOLDERS = {
    "report": mark("the whole report, to read and to print"),
    "article": mark("the article with its references, as its readers see it"),
    "references": mark("the references for Zotero and its like"),
    "tables": mark(
        "the tables of the review: claims, citations, searches, flow of records, versions, audit trail"
    ),
    "versions": mark("the text of each version, and the files that were brought in"),
}
_HEAD = mark("Evidence packet of “{title}”, version {number} ({state}), made at {moment} by {name}")
_HASH = mark("SHA-256 of the version's text: {digest}")
_TRAIL = mark(
    "The audit trail stood at {place}:{digest}; `konkyo audit verify` checks it, in the house itself."
)
_SUMS = mark("`sha256sum -c SHA256SUMS` tells whether a file is as it was put in.")


def export_packet(work: UnitOfWork, request: ExportRequest, at: datetime, again_months: int) -> bytes:
    """The packet; the trail tells of it by then.

    It holds the trail, and is for those who may read that. Raises ``RoleRefused`` and ``NotFound``; then
    nothing is told.
    """
    require_permission(request.viewer, Permission.READ_AUDIT_TRAIL)
    require_permission(request.viewer, Permission.READ_VERSIONS)
    files = dict(list_files(work, request, at, again_months))
    return hand_out(work, pack(files), "packet", "zip", request, at)


def list_files(
    work: UnitOfWork, request: ExportRequest, at: datetime, again_months: int
) -> Iterator[tuple[str, bytes]]:
    """Each file by its path, what explains them first, their digests last."""
    publication = load_publication(work, request.version_id)
    files = {
        **{f"report/report.{ending}": REPORT_FORMATS[ending].write(work, request, at) for ending in _REPORTS},
        **dict(_list_article(publication, request, again_months)),
        **dict(_list_references(work, request)),
        **{f"tables/{name}.csv": write_table(work, name, request) for name in TABLES},
        **dict(_list_versions(work, request)),
    }
    files = {"READ_ME.txt": _explain(work, publication, request, at), **files}
    yield from files.items()
    sums = "".join(f"{sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    yield "SHA256SUMS", sums.encode()


def pack(files: dict[str, bytes]) -> bytes:
    """The files in a zip, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            info = zipfile.ZipInfo(path, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return buffer.getvalue()


def _list_article(
    publication: Publication, request: ExportRequest, again_months: int
) -> Iterator[tuple[str, bytes]]:
    article, occasion = cite_article(publication, request.zone), Occasion(request.zone, again_months)
    for ending, form in ARTICLE_FORMATS.items():
        yield f"article/article.{ending}", form.write(article, occasion).content


def _list_references(work: UnitOfWork, request: ExportRequest) -> Iterator[tuple[str, bytes]]:
    """The references in each format; none where there is nothing to cite."""
    try:
        gathered = gather_references(work, request.version_id, request.zone)
    except NotFound:
        return
    for form in BIBLIOGRAPHIES.values():
        yield f"references/references.{form.ending}", form.write(gathered.entries).encode()


def _list_versions(work: UnitOfWork, request: ExportRequest) -> Iterator[tuple[str, bytes]]:
    for stored in load_versions(work, request.version_id):
        number = stored.version.number
        yield f"versions/{number}.txt", stored.version.article.text.encode()
        if stored.original is not None:
            name = name_file(stored.original.name)
            yield f"versions/{number}-{name}", stored.original.content


def name_file(name: str) -> str:
    """A name that any system takes, made of a file's name or of an address.

    >>> name_file("https://example.org/記事 1/?a=b"), name_file("../../x.docx"), name_file("//")
    ('記事_1_a_b', 'x.docx', 'original')
    """
    path = PurePosixPath(name.replace("\\", "/").partition("?")[0])
    query = name.partition("?")[2]
    told = _UNSAFE.sub("_", "_".join(part for part in (path.name, query) if part)).strip("._")
    return told[-100:] or "original"


def _explain(work: UnitOfWork, publication: Publication, request: ExportRequest, at: datetime) -> bytes:
    """What the packet is, in the article's language and, where that is another, in English."""
    own = publication.version.article.language
    languages = dict.fromkeys((own, Language.EN))
    return (
        "\n\n".join(
            "\n".join(_list_lines(work, publication, request, at, language.value)) for language in languages
        ).encode()
        + b"\n"
    )


def _list_lines(
    work: UnitOfWork, publication: Publication, request: ExportRequest, at: datetime, locale: str
) -> Iterator[str]:
    translate, version = translator(locale), publication.version
    yield translate(_HEAD).format(
        title=version.article.title,
        number=version.number,
        state=translate(STATE_LABELS[publication.state]),
        moment=format_moment(at, locale, request.zone),
        name=request.viewer.full_name,
    )
    yield translate(_HASH).format(digest=version.version_hash)
    head = find_trail_head(work)
    yield translate(_TRAIL).format(place=head.position, digest=head.digest)
    yield ""
    for folder, told in _FOLDERS.items():
        yield f"{folder}/  {translate(told)}"
    yield ""
    yield translate(_SUMS)

"""What NCBI answers, read or refused with a code. Pure: bytes in, records or ``SourceError`` out.

NCBI reports many failures under HTTP 200, in XML or JSON whatever was asked for, and ESearch's JSON may
hold raw line feeds. An answer is an empty one only when it says a count of 0 itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn, cast

from lxml import etree

from claims.errors import RecordError, SourceBusy, SourceError
from claims.medline.isolating import isolate_records
from claims.medline.markup import fold_space, read_markup
from claims.medline.parsing import ParsedRecord, RefusedRecord, parse_records
from claims.records.citation import Citation, Pmid, parse_pmid
from claims.records.retrieval import FetchedPart, SourceAnswer, UnreadableRecord

_REASON_CHARS = 200
_JSON_WARNINGS = {
    "phrasesnotfound": "PhraseNotFound",
    "fieldsnotfound": "FieldNotFound",
    "phrasesignored": "PhraseIgnored",
    "quotedphrasesnotfound": "QuotedPhraseNotFound",
    "outputmessages": "OutputMessage",
}


def parse_search_answer(body: bytes) -> SourceAnswer:
    """ESearch's answer, XML or JSON. ``warnings`` are ``Kind: words`` (``PhraseNotFound: abcxyz``).

    Raises ``SourceError`` for everything that is not an answer; see ``raise_reported`` for its codes.

    >>> parse_search_answer(b'{"esearchresult": {"count": "1", "idlist": ["9000000001"]}}').pmids
    ('9000000001',)
    """
    if _is_json(body):
        return _parse_json_answer(_load_json(body))
    root = _load_xml(body)
    if root.tag != "eSearchResult":
        raise _nonsense("not_an_esearch_answer")
    _raise_xml_error(root)
    warnings = tuple(
        f"{warning.tag}: {read_markup(warning)}"
        for listed in ("ErrorList", "WarningList")
        for warning in root.iterfind(f"{listed}/*")
        if read_markup(warning)
    )
    return _answer(
        [read_markup(one) for one in root.iterfind("IdList/Id")],
        read_markup(root.find("Count")),
        read_markup(root.find("QueryTranslation")),
        warnings,
    )


def parse_fetch_answer(body: bytes) -> dict[Pmid, FetchedPart]:
    """The records of an EFetch answer, with why one cannot be read. Deletions are left out.

    Raises ``SourceError`` when the answer is not PubMed XML, or says itself that it failed.
    """
    if _is_json(body):
        _raise_json_error(_load_json(body))
        raise _nonsense("not_an_efetch_answer")
    try:
        records = list(parse_records(body))
    except RecordError as error:
        if error.code == "xml_not_pubmed":
            _raise_xml_error(_load_xml(body))
        apart = _by_pmid(isolate_records(body)) if error.code == "xml_malformed" else {}
        if not apart:
            raise _nonsense(error.code) from error
        return apart
    if not records:
        _raise_xml_error(_load_xml(body))
    return _by_pmid(records)


def raise_reported(message: str) -> NoReturn:
    """Raise what NCBI's own error message means.

    Codes: ``source_rate_limited`` (as ``SourceBusy``), ``source_backend_failed``, ``source_key_refused``,
    ``source_refused_query`` (asking again cannot help; "retstart > 9998" starts like a failed backend).
    """
    reason = fold_space(message)[:_REASON_CHARS]
    lowered = reason.lower()
    if "rate limit" in lowered:
        raise SourceBusy("source_rate_limited")
    if "api key" in lowered:
        raise SourceError("source_key_refused")
    if "backend failed" in lowered and "cannot be larger than" not in lowered:
        raise SourceError("source_backend_failed", reason=reason)
    raise SourceError("source_refused_query", reason=reason)


def find_reported(body: bytes) -> str:
    """The message in an error body that came with an HTTP status of its own; "" where there is none."""
    if _is_json(body):
        return _find_json_error(_load_json(body))
    try:
        return next(_xml_errors(_load_xml(body)), "")
    except SourceError:
        return ""


def _by_pmid(records: Iterable[ParsedRecord]) -> dict[Pmid, FetchedPart]:
    """What was read, and what was not and tells its number; of a record sent twice the readable one."""
    listed = list(records)
    refused = {one.pmid: one for record in listed if (one := _find_unreadable(record)) is not None}
    return refused | {record.pmid: record for record in listed if isinstance(record, Citation)}


def _find_unreadable(record: ParsedRecord) -> UnreadableRecord | None:
    """The refused record where it tells which it is."""
    if not isinstance(record, RefusedRecord):
        return None
    try:
        return UnreadableRecord(parse_pmid(record.pmid_text), record.detail or record.reason_code)
    except ValueError:
        return None


def _nonsense(reason: str) -> SourceError:
    return SourceError("source_nonsense", reason=reason)


def _is_json(body: bytes) -> bool:
    return body.lstrip()[:1] in (b"{", b"[")


def _load_json(body: bytes) -> dict[str, Any]:
    try:
        loaded = json.loads(body, strict=False)
    except ValueError as error:
        raise _nonsense("broken_json") from error
    if not isinstance(loaded, dict):
        raise _nonsense("unexpected_json")
    return cast(dict[str, Any], loaded)


def _load_xml(body: bytes) -> etree._Element:
    head = body.lstrip()[:200].lower()
    if not head:
        raise _nonsense("empty")
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head:
        raise _nonsense("html")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise _nonsense("broken_xml") from error


def _xml_errors(root: etree._Element) -> Iterator[str]:
    return (text for element in root.iter("ERROR") if (text := read_markup(element)))


def _raise_xml_error(root: etree._Element) -> None:
    for message in _xml_errors(root):
        raise_reported(message)


def _find_json_error(loaded: dict[str, Any]) -> str:
    found = loaded.get("esearchresult")
    inner = found.get("ERROR") if isinstance(found, dict) else None
    return str(inner or loaded.get("error") or "")


def _raise_json_error(loaded: dict[str, Any]) -> None:
    message = _find_json_error(loaded)
    if message:
        raise_reported(message)


def _parse_json_answer(loaded: dict[str, Any]) -> SourceAnswer:
    _raise_json_error(loaded)
    found = loaded.get("esearchresult")
    if not isinstance(found, dict) or not isinstance(found.get("idlist"), list):
        raise _nonsense("not_an_esearch_answer")
    return _answer(
        [str(one) for one in found["idlist"]],
        str(found.get("count", "")),
        str(found.get("querytranslation", "")),
        tuple(_json_warnings(found)),
    )


def _json_warnings(found: dict[str, Any]) -> Iterator[str]:
    for listed in ("errorlist", "warninglist"):
        by_kind = found.get(listed)
        for kind, words in by_kind.items() if isinstance(by_kind, dict) else ():
            for word in words if isinstance(words, list) else ():
                yield f"{_JSON_WARNINGS.get(kind, kind)}: {word}"


def _answer(ids: list[str], count_text: str, translation: str, warnings: tuple[str, ...]) -> SourceAnswer:
    try:
        count = int(count_text)
        pmids = tuple(dict.fromkeys(parse_pmid(one) for one in ids))
    except ValueError as error:
        raise _nonsense("unreadable_numbers") from error
    if count < len(pmids):
        raise _nonsense("more_records_than_counted")
    return SourceAnswer(pmids, count, translation, warnings)

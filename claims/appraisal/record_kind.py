"""What a record is: a paper, a notice on one, a remark on one. Read from all its signs (ADR 0027)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from claims.appraisal import kind_cues as cues
from claims.appraisal.cues import TYPES
from claims.records.citation import Citation, RecordKind, RetractionStatus
from claims.records.study import StudyDesign

_STUDY_TYPES = cues.STUDY_TYPES.union(
    *(names for design, names in TYPES if design is not StudyDesign.NARRATIVE_REVIEW)
)


def read_kind(citation: Citation) -> RecordKind:
    """The kind of a record: NLM's links decide before its types, both before the title's words.

    A paper that was retracted or corrected stays a paper; how it stands is ``read_retraction``'s.

    >>> from claims.records.citation import Pmid
    >>> read_kind(Citation(Pmid("9000000001"), "Correction to: SAMPLE, a randomized trial.")).value
    'erratum'
    """
    types = list_types(citation)
    if notice := _read_notice(citation, types):
        return notice
    if cues.PREPRINT_TYPES & types or cues.PREPRINT_JOURNALS.match(citation.journal):
        return RecordKind.PREPRINT
    has_study_type = bool(_STUDY_TYPES & types)
    for kind, names in cues.KINDS_OF_TYPES:
        if names & types and not (has_study_type and kind is RecordKind.BIOGRAPHY):
            return kind
    if has_study_type and not cues.PROTOCOL_TITLE.search(citation.shown_title):
        return RecordKind.PAPER
    return _read_remark(citation)


def read_title_standing(citation: Citation) -> RetractionStatus | None:
    """What the title alone says of the paper's standing: retracted, withdrawn; ``None`` where nothing."""
    for title in _list_titles(citation):
        for status, pattern in cues.STANDINGS_OF_TITLES:
            if pattern.search(title) and _match_title(title, cues.STRONG_TITLES) is None:
                return status
    return None


def list_types(citation: Citation) -> set[str]:
    """The names of the publication types, lower case."""
    return {kind.name.lower() for kind in citation.publication_types}


def _read_notice(citation: Citation, types: set[str]) -> RecordKind | None:
    links = {link.kind.lower() for link in citation.corrections}
    for kind, ref_types in cues.KINDS_OF_LINKS:
        if ref_types & links and not (kind is RecordKind.ERRATUM and links & cues.REPUBLISHED_LINKS):
            return kind
    uis = {term.ui for term in citation.publication_types}
    if cues.RETRACTED_UI in uis or cues.RETRACTED_TYPES & types:
        return None
    if cues.NOTICE_UI in uis:
        return RecordKind.RETRACTION_NOTICE
    for kind, names in cues.NOTICE_TYPES:
        if names & types:
            return kind
    if links & cues.REPUBLISHED_LINKS:
        return None
    return _find_title(citation, cues.STRONG_TITLES)


def _read_remark(citation: Citation) -> RecordKind:
    """By what remains: the title's words, and a link to the paper that is spoken of."""
    if cues.PROTOCOL_TITLE.search(citation.shown_title):
        return RecordKind.PROTOCOL
    if remark := _find_title(citation, cues.STRONG_REMARKS):
        return remark
    if any(link.kind.lower() == "commenton" for link in citation.corrections):
        return RecordKind.COMMENT
    weak = None if citation.abstract else _find_title(citation, cues.WEAK_TITLES)
    return weak or RecordKind.PAPER


def _find_title(citation: Citation, table: cues.Titles) -> RecordKind | None:
    return next((kind for title in _list_titles(citation) if (kind := _match_title(title, table))), None)


def _match_title(title: str, table: cues.Titles) -> RecordKind | None:
    return next((kind for kind, pattern in table if pattern.search(title)), None)


def _list_titles(citation: Citation) -> list[str]:
    """The titles in the plain form of their characters; none in which no word can tell anything."""
    return [plain for title in (citation.title, citation.vernacular_title) if (plain := _find_telling(title))]


@lru_cache(maxsize=4096)
def _find_telling(title: str) -> str:
    """The title in that form, "" where no word in it can tell anything; asked often of each record."""
    plain = unicodedata.normalize("NFKC", title)
    return plain if cues.TELLING_WORDS.search(plain) else ""

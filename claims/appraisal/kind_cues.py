"""The words by which a record tells what it is: NLM's links and types, then its title.

Titles are read in the plain form of their characters (NFKC). A strong sign decides alone; a weak one, which
a paper's title may also begin with, only where the record has no abstract and no type of a study.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import starmap
from typing import TypeAlias

from claims.appraisal.cues import TABLES, load_terms
from claims.records.citation import RecordKind, RetractionStatus
from claims.text.tables import read_rows

Titles: TypeAlias = list[tuple[RecordKind, re.Pattern[str]]]

_START = r"\A[\W_]*"
_INSIDE = r"(?:[^\[\](){}【】〔〕<>]|\([^()]{0,40}\)){0,200}"
# As Web of Science ends a title: "(Retraction of vol 3, pg 5, 2010)".
_OF_VOLUME = rf"\s+(?:of|to|for|in)\s+vol(?:ume)?\b{_INSIDE}"
_WORK = r"(?:article(?:\s+in\s+press)?|paper|chapter|manuscript|publication|review|preprint)"
_QUOTE = "[\"“”'‘’«]"
# What stands before and behind a pattern of the table, by its place in the title.
_PLACES = {
    "start": (rf"{_START}(?:", ")"),
    "end": (r"[:\-–—\[(]\s*(?:", rf")(?:{_OF_VOLUME})?[\])]?\W*\Z"),
    "any": ("(?:", ")"),
}


def _by_kind(field: str) -> list[tuple[RecordKind, frozenset[str]]]:
    return [(RecordKind(says), terms) for says, terms in load_terms(field).items()]


def build_title(place: str, patterns: Iterable[str]) -> str:
    """One pattern of all these, at their place in a title, what is in braces filled in."""
    before, behind = _PLACES[place]
    joined = "|".join(patterns).replace("{work}", _WORK).replace("{quote}", _QUOTE)
    return f"{before}{joined.replace('{volume}', _OF_VOLUME)}{behind}"


def _read_titles(strength: str) -> Titles:
    """The kinds of this strength in the order of the table, each with one pattern for all its rows."""
    kinds: dict[RecordKind, dict[str, list[str]]] = {}
    for row in read_rows(TABLES / "titles.tsv", ("strength", "kind", "place", "pattern", "example")):
        if row["strength"] == strength:
            places = kinds.setdefault(RecordKind(row["kind"]), {})
            places.setdefault(row["place"], []).append(row["pattern"])
    return [
        (kind, re.compile("|".join(starmap(build_title, places.items())), re.IGNORECASE))
        for kind, places in kinds.items()
    ]


# NLM's RefTypes of links and its publication types: of each the first that a record has decides.
KINDS_OF_LINKS = _by_kind("notice_link")
REPUBLISHED_LINKS = load_terms("other_link")["republished"]
NEWER_LINKS, OLDER_LINKS = (load_terms("edition_link")[says] for says in ("newer", "older"))
NOTICE_TYPES = _by_kind("notice_type")
RETRACTION_NOTICE_TYPES = load_terms("notice_type")[RecordKind.RETRACTION_NOTICE]
KINDS_OF_TYPES = _by_kind("kind_type")
RETRACTED_TYPES, PREPRINT_TYPES, STUDY_TYPES = (
    load_terms("other_type")[says] for says in ("retracted", "preprint", "study")
)
RETRACTED_UI, NOTICE_UI = "D016441", "D016440"
PREPRINT_JOURNALS = re.compile(
    r"(?:med|bio|chem|ar|psyar|socar|agri)r?xiv\b|res(?:earch)? sq(?:uare)?\b|ssrn\b|preprints?\b|authorea\b",
    re.IGNORECASE,
)
# A title without any of these tells nothing: most are known by this alone.
TELLING_WORDS = re.compile(
    r"r[eé]tract|withdr|remov|concern|correc|errat|corrig|addend|clarif|rectif|berichtig|publication|comment"
    r"|repl[yi]|response|rebuttal|letter|editor|publisher|\bre\s*:|撤回|下げ|訂正|正誤",
    re.IGNORECASE,
)
_OPENS, _SHUTS = r"[\[(【〔<{]", r"[\])】〕>}]"
_CLOSES = r"(?:\s*(?:[:|*\])】」』〕>}]|[—―]|–(?=\s*[^\W\d_a-z])|--|\.\s)|\s[-‐−–]\s|[-‐−]\s(?!and\b|or\b))"
_BY = r"\s+(?:by|at\s+the\s+request\s+of)\s+(?:the\s+)?(?:authors?|editors?|publishers?|journal)\b"


def _tells(states: str, capitals: str, japanese: str, more: str) -> re.Pattern[str]:
    """A title that says of its own paper that it is in one of ``states``: before it, after it, in brackets.

    Without a sign that parts them from the title, only ``capitals`` do, where the title has small letters.
    ``more`` may follow a state inside brackets without making it a word on something else.
    """
    state = rf"(?:{states})\b"
    sentence = rf"(?:th(?:is|e)\s+)?{_WORK}\s+(?:has\s+been|was|is)\s+{state}"
    short = rf"(?:{_WORK}\s+{state}|{state}(?:\s+{_WORK}\b)?)"
    alone = rf"{state}(?=\s*(?:{_SHUTS}|[.,;:])|{_BY}|\s+see\b{more})"
    return re.compile(
        rf"{_START}(?:(?i:{sentence}{_INSIDE}|{short}(?:{_BY}{_INSIDE})?){_CLOSES}"
        rf"|(?:{capitals})(?:\s+ARTICLE\b|\W{{1,4}}[^\W_a-z].*[a-z])|(?:{japanese}){_CLOSES})"
        rf"|{_OPENS}\s*(?:(?i:{sentence}|{state}\s+{_WORK}\b|{_WORK}\s+{state}|{alone})|{japanese})"
        rf"{_INSIDE}{_SHUTS}\W*\Z"
        rf"|(?:[.:—―]\s*|\s[-‐−–]\s*)(?i:{sentence}|{short})[^\w?]*\Z"
        rf"|(?:[\-–,]\s*|[a-z)\]]\s+)(?:{capitals})\W*\Z"
    )


# How a title says that its own paper no longer stands.
STANDINGS_OF_TITLES = (
    (
        RetractionStatus.RETRACTED,
        _tells(
            "retracted",
            "RETRACTED",
            "(?:(?:本|この)?論文は?)?撤回(?:された論文|されました|論文|済み?)?",
            r"|\s+(?:in|on|by|due|because|after)\b|\s+\d",
        ),
    ),
    (
        RetractionStatus.WITHDRAWN,
        _tells(
            r"(?:temporarily\s+)?(?:withdrawn|removed)|temporary\s+removal",
            r"WITHDRAWN|REMOVED|TEMPORARY\s+REMOVAL",
            "(?:(?:本|この)?論文は?)?取り?下げ(?:られた論文|られました|論文|済み?)?",
            "",
        ),
    ),
)

# Read in this order.
STRONG_TITLES = _read_titles("strong")
STRONG_REMARKS = _read_titles("remark")
WEAK_TITLES = _read_titles("weak")
((_, PROTOCOL_TITLE),) = _read_titles("protocol")

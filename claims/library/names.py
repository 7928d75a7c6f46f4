"""A term as a name: heading, publication type, substance, journal, author, language, identifier."""

from __future__ import annotations

import re

from tantivy import Query

from claims.errors import QueryError
from claims.library.schema import build_schema, fold_journal, fold_name, fold_person, is_too_long
from claims.search.syntax import SearchTerm

# ISO 639-2 codes as MEDLINE writes them, for the names that PubMed's [la] also takes.
_LANGUAGES = {
    "afrikaans": "afr", "arabic": "ara", "bosnian": "bos", "bulgarian": "bul", "catalan": "cat",
    "chinese": "chi", "croatian": "hrv", "czech": "cze", "danish": "dan", "dutch": "dut", "english": "eng",
    "estonian": "est", "finnish": "fin", "french": "fre", "german": "ger", "greek": "gre", "hebrew": "heb",
    "hindi": "hin", "hungarian": "hun", "icelandic": "ice", "indonesian": "ind", "italian": "ita",
    "japanese": "jpn", "korean": "kor", "latvian": "lav", "lithuanian": "lit", "macedonian": "mac",
    "malay": "may", "multiple languages": "mul", "norwegian": "nor", "persian": "per", "polish": "pol",
    "portuguese": "por", "romanian": "rum", "russian": "rus", "serbian": "srp", "slovak": "slo",
    "slovenian": "slv", "spanish": "spa", "swedish": "swe", "thai": "tha", "turkish": "tur",
    "ukrainian": "ukr", "undetermined": "und", "vietnamese": "vie",
}  # fmt: skip
_CODE_CHARS = 3
# A last word of so many letters is initials: "Sample A" also finds "Sample AB".
_MOST_INITIALS = 2
# The index refuses a pattern in which any other sign is escaped, as ・ and ® are not to be.
_REGEX_SIGNS = re.compile(r"[!-/:-@\[-^`{-~]")


def match_name(term: SearchTerm, field: str) -> Query:
    """The records with this name, or with one that begins so."""
    fold = fold_journal if field == "ta" else fold_name
    return _match(field, fold(term.text), term.wildcard)


def match_author(term: SearchTerm) -> Query:
    """An author by last name, last name and initials, or full name in either order.

    A last name alone finds every author of that name; initials also find longer ones, as in PubMed.
    """
    name = fold_person(term.text)
    if is_too_long(name):
        return Query.empty_query()
    if term.wildcard:
        return _match("au", name, beginning=True)
    ends_in_initials = " " in name and len(name.rpartition(" ")[2]) <= _MOST_INITIALS
    ending = ".*" if ends_in_initials else "( .*)?"
    return Query.regex_query(build_schema(), "au", _escape(name) + ending)


def match_language(term: SearchTerm) -> Query:
    """The records in a language, given by its name or MEDLINE's code.

    Under its own tag a language that is neither raises ``QueryError`` (``query_language``).
    """
    name = fold_name(term.text)
    if term.field == "la" and name not in _LANGUAGES and (term.wildcard or len(name) != _CODE_CHARS):
        raise QueryError("query_language", text=term.text)
    return _match("la", _LANGUAGES.get(name, name), beginning=False)


def _match(field: str, name: str, beginning: bool) -> Query:
    if beginning and is_too_long(name):
        return Query.empty_query()
    if beginning:
        return Query.regex_query(build_schema(), field, f"{_escape(name)}.*")
    return Query.term_query(build_schema(), field, name)


def _escape(name: str) -> str:
    return _REGEX_SIGNS.sub(lambda sign: f"\\{sign.group()}", name)

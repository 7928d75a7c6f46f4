"""Whether a quotation stands in the record that it names, word for word and sign for sign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from claims.records.assessment import Basis
from claims.records.citation import Citation, Pmid


class Verification(StrEnum):
    """What became of a quotation; permanent.

    ``ABSTRACT_ONLY``: it is said to come from the full text, and only the abstract is stored.
    ``TITLE_ONLY``: the record has no abstract, so that only its title could be compared.
    """

    VERBATIM = "verbatim"
    IN_ANOTHER_RECORD = "in_another_record"
    NOT_FOUND = "not_found"
    LOOKUP_FAILED = "lookup_failed"
    ABSTRACT_ONLY = "abstract_only"
    TITLE_ONLY = "title_only"


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome, and the record that holds the quotation (``None`` where none does)."""

    outcome: Verification
    pmid: Pmid | None = None


def verify_quotation(
    quotation: str,
    record: Citation | None,
    others: Iterable[Citation] = (),
    basis: Basis = Basis.ABSTRACT,
) -> Verified:
    """Whether the quotation stands in the title or abstract of its record, or of one of ``others``.

    ``record`` is ``None`` where it could not be looked up; ``basis`` is what the quotation was read in.
    Compatibility forms (full width, ligatures) and white space may differ; no sign ever does: ``p < 0.05`` is
    not ``p > 0.05``, and a quotation never begins or ends within a word, a number or its sign.

    >>> from claims.records.citation import AbstractSection
    >>> paper = Citation(Pmid("9000000001"), "SAMPLE", abstract=(AbstractSection("It grew (p < 0.05)."),))
    >>> verify_quotation("It  grew (p ＜ 0.05).", paper).outcome
    <Verification.VERBATIM: 'verbatim'>
    >>> verify_quotation("It grew (p > 0.05).", paper).outcome
    <Verification.NOT_FOUND: 'not_found'>
    """
    sought = fold_quotation(quotation)
    if record is not None and _holds(record, sought):
        return Verified(Verification.VERBATIM, record.pmid)
    for other in others:
        if (record is None or other.pmid != record.pmid) and _holds(other, sought):
            return Verified(Verification.IN_ANOTHER_RECORD, other.pmid)
    if record is None:
        return Verified(Verification.LOOKUP_FAILED)
    if not record.abstract_text.strip():
        return Verified(Verification.TITLE_ONLY)
    if basis is Basis.FULL_TEXT:
        return Verified(Verification.ABSTRACT_ONLY)
    return Verified(Verification.NOT_FOUND)


def fold_quotation(text: str) -> str:
    """The text in one form: NFKC, but no power becomes a digit; every run of white space one space.

    >>> fold_quotation("１０² cells\\n(ﬁne)")
    '10² cells (fine)'
    """
    if text.isascii():
        return " ".join(text.split())
    folded = "".join(
        letter if _is_raised(letter) else unicodedata.normalize("NFKC", letter)
        for letter in unicodedata.normalize("NFC", text)
    )
    return " ".join(unicodedata.normalize("NFC", folded).split())


def _is_raised(letter: str) -> bool:
    return unicodedata.decomposition(letter).startswith("<super>")


# What may not be cut: a word with its hyphens and signs, a number with its decimals, sign and unit.
_CUTS_BEFORE = (
    re.compile(r"[\w+−<>-]\Z"),  # before a letter or digit
    re.compile(r"(?:[.,]|[<>≤≥±+−-]\s?)\Z"),  # before a digit
)
_CUTS_AFTER = (re.compile(r"[\w+−-]"), re.compile(r"[.,]\d|\s?%"))
_JOINING = ".,%+−-"


def _holds(record: Citation, sought: str) -> bool:
    if not sought:
        return False
    return any(_finds(_fold_stored(stored), sought) for stored in _list_texts(record))


def _list_texts(record: Citation) -> tuple[str, ...]:
    sections = tuple(section.text for section in record.abstract)
    return (record.title, record.vernacular_title, record.abstract_text, *sections)


@lru_cache(maxsize=256)
def _fold_stored(text: str) -> str:
    return fold_quotation(text)


def _finds(stored: str, sought: str) -> bool:
    at = stored.find(sought)
    while at >= 0:
        if _is_whole(stored, at, at + len(sought)):
            return True
        at = stored.find(sought, at + 1)
    return False


def _is_whole(stored: str, start: int, end: int) -> bool:
    """Whether neither edge of the span cuts a word or a number."""
    first, last, before, after = stored[start], stored[end - 1], stored[:start], stored[end:]
    if (first in _JOINING and before[-1:].isalnum()) or (last in _JOINING and after[:1].isalnum()):
        return False
    cut_before = first.isalnum() and _CUTS_BEFORE[0].search(before[-2:])
    cut_before = cut_before or (first.isdigit() and _CUTS_BEFORE[1].search(before[-2:]))
    cut_after = last.isalnum() and _CUTS_AFTER[0].match(after)
    cut_after = cut_after or (last.isdigit() and _CUTS_AFTER[1].match(after))
    return not (cut_before or cut_after)

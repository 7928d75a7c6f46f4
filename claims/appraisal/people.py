"""Whether a claim says what happens in people, so that animals and cells alone do not carry it."""

from __future__ import annotations

from claims.appraisal.cues import TABLES
from claims.records.claim import Claim, ClaimType
from claims.text.patterns import load_patterns


def tells_of_people(claim: Claim) -> bool:
    """Whether the claim's type is a clinical one, or it tells a mechanism of people by its own words.

    A mechanism that the claim itself places in animals or in the laboratory is told for what it is.

    >>> from claims.extraction.statement import read_statement
    >>> from claims.records.article import Language
    >>> tells_of_people(read_statement("ATPは頭皮の毛包幹細胞を活性化する。", Language.JA))
    True
    """
    if claim.type is not ClaimType.MECHANISM:
        return claim.type.is_clinical
    words = load_patterns(TABLES / "people_words.tsv")
    return bool(words["people"].search(claim.text)) and not words["laboratory"].search(claim.text)

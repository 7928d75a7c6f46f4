"""A claim: one checkable assertion, anchored to a span of the article."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ClaimType(StrEnum):
    """What kind of question the claim raises; it decides the column of the evidence table."""

    EFFICACY = "efficacy"
    MECHANISM = "mechanism"
    COMPARISON = "comparison"
    SAFETY = "safety"
    EPIDEMIOLOGY = "epidemiology"
    GUIDELINE = "guideline"
    REGULATORY = "regulatory"
    DEFINITION = "definition"
    TESTIMONIAL = "testimonial"

    @property
    def is_clinical(self) -> bool:
        """Whether a claim of it always says what something does to people (``claims.appraisal.people``)."""
        return self in (ClaimType.EFFICACY, ClaimType.SAFETY, ClaimType.COMPARISON)


class Certainty(StrEnum):
    """How the sentence puts it."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    NEGATED = "negated"


class DropReason(StrEnum):
    """Why a unit of the article is no claim. A dropped unit is kept and can be restored."""

    HEADING = "heading"
    THEME_QUESTION = "theme_question"
    QUESTION = "question"
    GREETING = "greeting"
    OPINION = "opinion"
    OFFER = "offer"
    CREDENTIAL = "credential"
    METAPHOR = "metaphor"
    CALL_TO_ACTION = "call_to_action"
    BOILERPLATE = "boilerplate"
    METADATA = "metadata"
    REFERENCE = "reference"
    TABLE_HEADER = "table_header"
    LABEL = "label"
    OTHER_LANGUAGE = "other_language"
    NOTHING_CHECKABLE = "nothing_checkable"


class WordingRule(StrEnum):
    """A wording that advertising rules may touch; always to be checked by a person, never a verdict."""

    ABSOLUTE = "absolute"
    GUARANTEE = "guarantee"
    SUPERLATIVE = "superlative"
    COMPARISON = "comparison"
    EXAGGERATION = "exaggeration"
    TESTIMONIAL = "testimonial"
    BEFORE_AFTER = "before_after"
    PRICE_EMPHASIS = "price_emphasis"
    CELEBRITY = "celebrity"
    ENDORSEMENT = "endorsement"
    UNAPPROVED = "unapproved"
    PRECLINICAL = "preclinical"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class WordingRisk:
    """Words in a claim that a rule points at, with their span in the canonical text.

    ``reason`` and ``alternative`` are the clinic's own, as they stood when a rule of the house pointed at the
    words; "" where another rule does, whose bases are listed elsewhere.
    """

    rule: WordingRule
    words: str
    start: int
    end: int
    reason: str = ""
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the claim: ``value`` as written in plain digits, ``unit`` "" where there is none.

    ``limit`` is ``>=``, ``>``, ``<=``, ``<`` or ``~`` (about) where the number is not meant exactly.
    """

    value: str
    unit: str
    words: str
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion with what completes it.

    ``text`` is the article's own wording (list marks left out, a table row's cells joined by `` | ``);
    ``start`` and ``end`` are its span, code points in the canonical text, half-open; ``read_as`` is the
    stand-alone wording, without the marks of references, else equal to ``text`` where nothing had to be
    completed; ``context`` names what was completed from where ("" where nothing was).
    """

    text: str
    start: int
    end: int
    type: ClaimType
    certainty: Certainty
    section: str
    read_as: str
    theme: str = ""
    heading: str = ""
    context: str = ""
    hedge: str = ""
    quantities: tuple[Quantity, ...] = ()
    wording_risks: tuple[WordingRisk, ...] = ()


@dataclass(frozen=True, slots=True)
class DroppedUnit:
    """A unit that was not taken as a claim, with its reason."""

    text: str
    start: int
    end: int
    section: str
    reason: DropReason
    theme: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything an article's units became: no unit is in neither list. Both are in the article's order."""

    claims: tuple[Claim, ...]
    dropped: tuple[DroppedUnit, ...] = field(default=())

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each unit of the article stands, claim or not, in its order."""
        claims = [(claim.start, claim.end) for claim in self.claims]
        return sorted([*claims, *((unit.start, unit.end) for unit in self.dropped)])

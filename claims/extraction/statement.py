"""A sentence that somebody gives as a claim, outside any article."""

from __future__ import annotations

from claims.extraction.cues import load_cues
from claims.extraction.kinds import find_certainty, find_type
from claims.extraction.quantities import list_quantities
from claims.extraction.units import Unit
from claims.records.article import Block, BlockKind, Language
from claims.records.claim import Claim


def read_statement(text: str, language: Language) -> Claim:
    """The text as one claim, typed and read for certainty as in an article; nothing is dropped.

    >>> read_statement("Biotin does not promote hair growth.", Language.EN).certainty
    <Certainty.NEGATED: 'negated'>
    """
    cues = load_cues(language)
    unit = Unit(text, 0, len(text), Block(BlockKind.PARAGRAPH, 0, len(text)))
    certainty, hedge = find_certainty(text, cues)
    return Claim(
        text=text,
        start=0,
        end=len(text),
        type=find_type(unit, cues),
        certainty=certainty,
        section="",
        read_as=text,
        hedge=hedge,
        quantities=list_quantities(text),
    )

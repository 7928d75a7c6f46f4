"""A claim of any unit, because a person says that it is one."""

from __future__ import annotations

from claims.extraction.context import complete_wording
from claims.extraction.cues import load_cues
from claims.extraction.kinds import find_certainty, find_type
from claims.extraction.quantities import list_quantities
from claims.extraction.units import Unit
from claims.extraction.wording import find_wording_risks
from claims.records.article import Article
from claims.records.claim import Claim


def make_claim(unit: Unit, article: Article) -> Claim:
    """The unit as a claim: type, certainty and stand-alone wording as the extractor reads them."""
    cues = load_cues(article.language)
    certainty, hedge = find_certainty(unit.text, cues)
    read_as, context = complete_wording(unit, article.language)
    return Claim(
        text=unit.text,
        start=unit.start,
        end=unit.end,
        type=find_type(unit, cues),
        certainty=certainty,
        section=unit.block.section,
        read_as=read_as,
        theme=unit.block.theme,
        heading=unit.block.heading,
        context=context,
        hedge=hedge,
        quantities=list_quantities(unit.text),
        wording_risks=find_wording_risks(article.text, unit.start, unit.end),
    )

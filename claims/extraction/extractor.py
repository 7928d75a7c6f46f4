"""An article becomes claims and dropped units: nothing is in neither."""

from __future__ import annotations

from claims.extraction.context import complete_wording
from claims.extraction.cues import Cues, load_cues
from claims.extraction.kinds import find_certainty, find_type
from claims.extraction.quantities import list_quantities
from claims.extraction.units import Unit, list_units
from claims.extraction.wording import find_wording_risks
from claims.extraction.worthiness import find_drop_reason
from claims.records.article import Article
from claims.records.claim import Claim, DroppedUnit, DropReason, Extraction


def extract_claims(article: Article) -> Extraction:
    """The claims of the article and the units that are none, both in its order.

    An article that asserts nothing gives no claims; that is for the caller to refuse.
    """
    cues = load_cues(article.language)
    claims: list[Claim] = []
    dropped: list[DroppedUnit] = []
    for unit in list_units(article):
        reason = find_drop_reason(unit, cues)
        if reason is None:
            claims.append(_make_claim(unit, article, cues))
        else:
            dropped.append(_drop(unit, reason))
    return Extraction(tuple(claims), tuple(dropped))


def _make_claim(unit: Unit, article: Article, cues: Cues) -> Claim:
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


def _drop(unit: Unit, reason: DropReason) -> DroppedUnit:
    block = unit.block
    return DroppedUnit(unit.text, unit.start, unit.end, block.section, reason, block.theme, block.heading)

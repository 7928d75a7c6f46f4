"""An article becomes claims and dropped units: nothing is in neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.certainty import find_certainty
from claims.extraction.context import complete_wording
from claims.extraction.cues import load_cues
from claims.extraction.house_rules import NO_HOUSE_RULES, HouseRules
from claims.extraction.quantities import list_quantities
from claims.extraction.signs import list_signs
from claims.extraction.units import Unit, list_units
from claims.extraction.weights import SignWeights, load_sign_weights
from claims.extraction.wording import WordingReader, read_wordings
from claims.extraction.worthiness import find_drop_reason, find_fixed_reason
from claims.records.article import Article, BlockKind
from claims.records.claim import Claim, ClaimType, DroppedUnit, DropReason, Extraction
from claims.references import drop_frame, strip_markers, strip_rounded

# A section that looks like boilerplate but holds this many claims is part of the article after all.
ENOUGH_CLAIMS = 3


def extract_claims(article: Article, house: HouseRules = NO_HOUSE_RULES) -> Extraction:
    """The claims of the article and the units that are none, both in its order.

    Wordings are pointed at by the laws and by the rules of the ``house``.

    An article that asserts nothing gives no claims; that is for the caller to refuse.
    """
    return extract_with(article, load_sign_weights(article.language), house)


def extract_with(article: Article, weights: SignWeights, house: HouseRules = NO_HOUSE_RULES) -> Extraction:
    """What ``extract_claims`` gives, decided by these weights."""
    claims: list[Claim] = []
    dropped: list[DroppedUnit] = []
    wordings = read_wordings(article, house)
    for unit, verdict in judge_units(article, weights):
        if isinstance(verdict, DropReason):
            dropped.append(_drop(unit, verdict))
        else:
            claims.append(_make_claim(unit, article, verdict, wordings))
    return Extraction(tuple(claims), tuple(dropped))


def make_claim(unit: Unit, article: Article, wordings: WordingReader) -> Claim:
    """Any unit as a claim, because a person says that it is one, read as ``extract_claims`` reads its own."""
    kind = load_sign_weights(article.language).find_type(list_signs(unit, load_cues(article.language)))
    return _make_claim(unit, article, kind, wordings)


def judge_units(article: Article, weights: SignWeights) -> list[tuple[Unit, ClaimType | DropReason]]:
    """Each unit with the type of its claim or the reason why it is none.

    What a section of boilerplate says is judged with its place against it; where it holds claims enough
    all the same, it was misread and is judged again as prose.
    """
    units = list(list_units(article))
    verdicts = [_judge(unit, article, weights) for unit in units]
    misread = _find_misread(units, verdicts)
    if misread:
        units = [unit.as_prose() if unit.block.section in misread else unit for unit in units]
        verdicts = [_judge(unit, article, weights) for unit in units]
    return list(zip(units, verdicts, strict=True))


def _judge(unit: Unit, article: Article, weights: SignWeights) -> ClaimType | DropReason:
    if (reason := find_fixed_reason(unit, article.language)) is not None:
        return reason
    signs = list_signs(unit, load_cues(article.language))
    return find_drop_reason(signs, weights) or weights.find_type(signs)


def _find_misread(units: Sequence[Unit], verdicts: Sequence[ClaimType | DropReason]) -> set[str]:
    found = Counter(
        unit.block.section
        for unit, verdict in zip(units, verdicts, strict=True)
        if unit.block.kind is BlockKind.BOILERPLATE and isinstance(verdict, ClaimType)
    )
    return {section for section, claims in found.items() if claims >= ENOUGH_CLAIMS}


def _make_claim(unit: Unit, article: Article, kind: ClaimType, wordings: WordingReader) -> Claim:
    said, told = unit.said, drop_frame(unit.text)
    certainty, hedge = find_certainty(said, kind, article.language)
    spoken = unit if told == unit.text else replace(unit, text=told)
    read_as, context = complete_wording(spoken, article.language, article.title)
    return Claim(
        text=unit.text,
        start=unit.start,
        end=unit.end,
        type=kind,
        certainty=certainty,
        section=unit.block.section,
        read_as=said if read_as == unit.text else strip_rounded(strip_markers(read_as), unit.rounded),
        theme=unit.block.theme,
        heading=unit.block.heading,
        context=context,
        hedge=hedge,
        quantities=list_quantities(said),
        wording_risks=wordings.find(unit.start, unit.end),
    )


def _drop(unit: Unit, reason: DropReason) -> DroppedUnit:
    block = unit.block
    return DroppedUnit(unit.text, unit.start, unit.end, block.section, reason, block.theme, block.heading)

"""The signs of a unit: everything that speaks for or against its being a claim, or for a type."""

from __future__ import annotations

import re
from functools import cache

from claims.extraction.cues import Cues, load_cues
from claims.extraction.units import Unit
from claims.records.article import BlockKind, Language

# What a heading, a lead-in or a theme says about the units under it.
_SPEAKS_BELOW = frozenset(
    "for_whom about_us effects_of harms_of causes_of care deal price visit side_effect harm compare guideline "
    "regulated voice defines share works cell_level question credential excluded amount".split()
)
# What a theme, the question of an FAQ, says nothing with.
_HOUSE = frozenset(("deal", "price", "visit", "about_us", "credential"))
# These say something in a heading only.
_ONLY_ABOVE = frozenset(("about_us", "effects_of", "harms_of", "causes_of", "care"))
_CONTENT = frozenset(
    ("body", "disease", "substance", "treat", "technical", "named", "guideline", "regulated", "share")
)
_SAYING = frozenset(
    (
        "rises",
        "causes",
        "states",
        "works",
        "reported",
        "amount",
        "dose",
        "evidence",
        "side_effect",
        "harm",
        "guideline",
        "regulated",
        "share",
        "defines",
        "untreated",
        "compare",
        "reaction",
        "excluded",
    )
)
_ADVICE = frozenset(("ask", "lets", "command", "advise", "necessary", "valuation", "should", "worth"))
_TOLD_BY = frozenset(("age_sex", "signed"))
_TELLERS = frozenset(("first_person", "someone"))
_CHANGED = frozenset(("felt", "lapse", "rises", "relieves", "experienced"))
_SHORT = {Language.JA: 14, Language.EN: 30}
_LONG = {Language.JA: 55, Language.EN: 130}
_CLOSING = re.compile(
    r"まとめ|総括|結論|おわりに|終わりに|さいごに|最後に|summary|conclusion|bottom line|takeaway",
    re.IGNORECASE,
)
_OPENING = re.compile(r"はじめに|introduction", re.IGNORECASE)
_ENDED = re.compile(r"[。．.！!？?♪☆♡」』）)\]\"”’']\s*$")
_COMPARES = re.compile(r"比較|違い|\bvs\b|versus|compar", re.IGNORECASE)
ALWAYS = "always"


def list_signs(unit: Unit, cues: Cues) -> frozenset[str]:
    """The signs of a unit's words, of its place and of what it stands under (``above:``)."""
    found = cues.find(unit.text) - _ONLY_ABOVE
    signs = {ALWAYS, *found}
    signs.update(_read_place(unit, cues))
    for words in (unit.block.heading, unit.lead, " ".join(unit.block.columns)):
        signs.update(f"above:{cue}" for cue in _cues_above(words, cues))
    signs.update(f"above:{cue}" for cue in _cues_above(unit.block.theme, cues) - _HOUSE)
    content, saying = len(found & _CONTENT), len(found & _SAYING)
    signs.add(f"content:{min(content, 3)}")
    signs.add(f"saying:{min(saying, 3)}")
    if not content and not saying:
        signs.add("bare")
    if unit.before:
        around = cues.find(unit.before)
        says = bool(around & _CONTENT), bool(around & _SAYING)
        signs.update({(True, True): ["before:dense"], (False, False): ["before:bare"]}.get(says, []))
    if "quoted" in found and found & _TOLD_BY:
        signs.add("testimony")
    if found & _TELLERS and found & _CHANGED:
        signs.add("own_story")
    if "why" in found and found & _ADVICE:
        signs.add("reasoned_advice")
    return frozenset(signs)


def _read_place(unit: Unit, cues: Cues) -> set[str]:
    block, length = unit.block, len(unit.text)
    places = {f"in:{block.kind.value}"}
    if block.kind is BlockKind.TABLE_ROW and _COMPARES.search(" ".join((block.heading, *block.columns))):
        places.add("in:comparison_table")
    if block.kind is BlockKind.TABLE_ROW and len(block.columns) > 2:
        places.add("in:wide_table")
    if length < _SHORT[cues.language]:
        places.add("short")
    if length > _LONG[cues.language]:
        places.add("long")
    if not _ENDED.search(unit.text):
        places.add("unended")
    if unit.label:
        places.add("labelled")
    if not unit.before:
        places.add("first_in_section")
    if _CLOSING.search(block.heading):
        places.add("in:closing")
    if _OPENING.search(block.heading) or unit.opening:
        places.add("in:opening")
    return places


def _cues_above(words: str, cues: Cues) -> frozenset[str]:
    return _load_above(cues.language).find(words) if words else frozenset()


@cache
def _load_above(language: Language) -> Cues:
    return load_cues(language).only(_SPEAKS_BELOW)

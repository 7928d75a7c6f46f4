"""The signs of a unit: everything that speaks for or against its being a claim, or for a type.

A sign is a cue in its words, a cue above it (``above:``), its place, or several of these together.
``signs.tsv`` says of each what it is expected to mean, and which groups it counts in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from claims.extraction.cues import TABLES, Cues, load_cues
from claims.extraction.units import Unit
from claims.records.article import Block, BlockKind, Language
from claims.records.claim import ClaimType
from claims.text.tables import read_rows

_SHORT = {Language.JA: 11, Language.EN: 30}
_LONG = {Language.JA: 55, Language.EN: 130}
_CLOSING = re.compile(
    r"まとめ|総括|結論|おわりに|終わりに|さいごに|最後に|summary|conclusion|bottom line|takeaway",
    re.IGNORECASE,
)
_OPENING = re.compile(r"はじめに|introduction", re.IGNORECASE)
_ENDED = re.compile(r"[。．.！!？?♪☆♡」』）)\]\"”’']\s*$")
_COMPARES = re.compile(r"比較|違い|\bvs\b|versus|compar", re.IGNORECASE)
_PREDICATES = tuple(kind.value for kind in ClaimType if kind is not ClaimType.TESTIMONIAL)
ALWAYS = "always"
_MOST_COUNTED = 3
_WIDE = 3


def list_signs(unit: Unit, cues: Cues) -> frozenset[str]:
    """The signs of a unit's words, of its place and of what it stands under (``above:``)."""
    unit = unit.without_price()
    found = cues.find(unit.said) - load_group("heading_only")
    if unit.block.kind is not BlockKind.LIST_ITEM:
        found -= load_group("points")
    if "share" in found:
        # Of how many it comes back is counted; that it may come back is an effect that ends.
        found -= {"recurs"}
    signs = {ALWAYS, *found, *_read_place(unit, cues.language), *_read_above(unit, cues.language)}
    signs.update(_weigh_words(found))
    if "addressed" in found and signs & load_group("asks_whom"):
        signs.add("checklist")
    if unit.before:
        before = cues.find(unit.before)
        signs.update(_read_before(before))
        if "complaint" in found & before:
            signs.add("complaints")
    return frozenset(signs)


@cache
def load_group(name: str) -> frozenset[str]:
    """The signs that ``signs.tsv`` puts into a group."""
    rows = read_rows(TABLES / "signs.tsv")
    return frozenset(row["sign"] for row in rows if name in row["groups"].split("|"))


def _weigh_words(found: frozenset[str]) -> Iterator[str]:
    """How much medicine and how much assertion the words hold, and what some of them say together."""
    content, saying = len(found & load_group("content")), len(found & load_group("saying"))
    yield f"content:{min(content, _MOST_COUNTED)}"
    yield f"saying:{min(saying, _MOST_COUNTED)}"
    if not content and not saying:
        yield "bare"
    if "image" in found and found & load_group("figure"):
        yield "figurative"
    if "quoted" in found and found & load_group("attribution"):
        yield "testimony"
    if found & load_group("teller") and found & load_group("change"):
        yield "own_story"
    if "why" in found and found & load_group("advice"):
        yield "reasoned_advice"
    if leading := _find_predicate(found):
        yield f"predicate:{leading}"
    if not found & load_group("means"):
        yield "no_means"
        if found & load_group("harm"):
            yield "harm_alone"


def _find_predicate(found: frozenset[str]) -> str:
    """The type that the predicates among the cues speak of, where all speak of one."""
    told = [kind for kind in _PREDICATES if found & load_group(f"tells_{kind}")]
    return told[0] if len(told) == 1 else ""


def _read_before(found: frozenset[str]) -> Iterator[str]:
    """A sentence among sentences that assert something is likelier to assert something itself."""
    says = bool(found & load_group("content")), bool(found & load_group("saying"))
    if all(says):
        yield "before:dense"
    elif not any(says):
        yield "before:bare"


def _read_above(unit: Unit, language: Language) -> Iterator[str]:
    """What heading, lead-in and columns announce; a theme that sells or invites announces nothing."""
    block, above = unit.block, _load_above(language)
    for words in filter(None, (block.heading, unit.lead, " ".join(block.columns))):
        yield from (f"above:{cue}" for cue in above.find(words))
    if block.theme:
        yield from (f"above:{cue}" for cue in above.find(block.theme) - load_group("house"))


@cache
def _load_above(language: Language) -> Cues:
    return load_cues(language).only(load_group("above"))


def _read_place(unit: Unit, language: Language) -> Iterator[str]:
    block, length = unit.block, len(unit.text)
    yield f"in:{block.kind.value}"
    if block.kind is BlockKind.TABLE_ROW:
        yield from _read_table(block)
    if length < _SHORT[language]:
        yield "short"
    if length > _LONG[language]:
        yield "long"
    if not _ENDED.search(unit.text):
        yield "unended"
    if unit.label:
        yield "labelled"
    if not unit.before:
        yield "first_in_section"
    if _CLOSING.search(block.heading):
        yield "in:closing"
    if _OPENING.search(block.heading) or unit.opening:
        yield "in:opening"


def _read_table(block: Block) -> Iterator[str]:
    if _COMPARES.search(" ".join((block.heading, *block.columns))):
        yield "in:comparison_table"
    if len(block.columns) >= _WIDE:
        yield "in:wide_table"

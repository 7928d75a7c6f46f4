"""The stand-alone wording of a claim: what これ, "it" and a missing subject stand for."""

from __future__ import annotations

import re

from claims.extraction.units import Unit
from claims.records.article import BlockKind, Language

_POINTER = re.compile(
    r"(?<!\w)(?:(?:この|その|こうした|そうした|このような|そのような|これらの|それらの)"
    r"(?!もの|他|後|ため|うち|結果|まま|場合|よう)[^、。「」()（）はがをにで]{1,12}|"
    r"これら|それら|これ|それ|こちら|(?:同|本)(?:剤|薬|療法|治療|成分|症|疾患|品|製品|施術))(?=[はがをにでもとのへ、よ])"
)
_POINTER_EN = re.compile(
    r"^(?:(?:this|these|that|those|such) (?:treatment|drug|condition|therapy|procedure|mineral|supplement|"
    r"disease|effect|process|change|injury|method|laser|device|exercise)s?|it|this|that|they|these|those)\b"
    r"(?!\s+(?:of|who)\b)",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^(?:[^、。]{0,12}、)?(?P<topic>[^、。「」]{2,40}?)(?:とは|では|には|は|が)[、]?")
_TOPIC_EN = re.compile(
    r"^(?P<topic>(?:[A-Za-z][\w'’/-]*\s){0,5}[A-Za-z][\w'’/-]*?)\s+(?:is|are|can|may|has|have|was|were|works?|helps?)\b"
)
_HAS_TOPIC = re.compile(r"(?:は|が|も|とは|では|には)(?:[、「]|[^ずじいかも])")
_QUESTION_TAIL = re.compile(
    r"(?:は|って|に|を)?[^はがをに、]{0,12}(?:ですか|ますか|でしょうか|とは|の?か)?[？?。]*$"
)


def complete_wording(unit: Unit, language: Language) -> tuple[str, str]:
    """The stand-alone wording and what was completed from where (``""`` where the text stands alone)."""
    if unit.block.kind is BlockKind.TABLE_ROW:
        return _read_row(unit)
    pointer = (_POINTER if language is Language.JA else _POINTER_EN).search(unit.text)
    if pointer is None or pointer.start() > 12:
        return _add_subject(unit, language)
    subject, source = _find_subject(unit, language)
    if not subject or subject in unit.text:
        return unit.text, "unresolved" if not subject else ""
    read_as = f"{unit.text[: pointer.end()]}({subject}){unit.text[pointer.end() :]}"
    return read_as, f"{pointer.group()} = {subject} ({source})"


def _read_row(unit: Unit) -> tuple[str, str]:
    """``row label: column = cell; …`` under the section's words."""
    cells, columns = unit.block.cells, unit.block.columns
    place = unit.block.heading or unit.block.theme
    if len(columns) == len(cells) and len(cells) > 1:
        told = "; ".join(
            f"{column}: {cell}" for column, cell in zip(columns[1:], cells[1:], strict=True) if cell
        )
        head = f"{columns[0]} {cells[0]}".strip() if columns[0] not in cells[0] else cells[0]
        wording = f"{head} — {told}"
    else:
        wording = f"{cells[0]}: {'; '.join(cell for cell in cells[1:] if cell)}"
    return (f"{place}: {wording}", f"columns; {place} (heading)") if place else (wording, "columns")


def _add_subject(unit: Unit, language: Language) -> tuple[str, str]:
    """The text with its list label, or its section's subject where it names none itself."""
    if unit.label and not unit.first:
        return f"{unit.label}: {unit.text}", f"{unit.label} (label)"
    if unit.label or language is Language.EN or _HAS_TOPIC.search(unit.text):
        return unit.text, ""
    subject, source = _find_subject(unit, language)
    if not subject or subject in unit.text:
        return unit.text, ""
    return f"{subject}: {unit.text}", f"{subject} ({source})"


def _find_subject(unit: Unit, language: Language) -> tuple[str, str]:
    """What the unit speaks of: label, the sentence before, heading, theme, in this order."""
    if unit.label and not unit.first:
        return unit.label, "label"
    topic = (_TOPIC if language is Language.JA else _TOPIC_EN).match(unit.before)
    pointer = _POINTER if language is Language.JA else _POINTER_EN
    if topic and not pointer.match(topic["topic"]):
        return topic["topic"].strip(), "sentence before"
    if unit.block.heading:
        return unit.block.heading, "heading"
    theme = _QUESTION_TAIL.sub("", unit.block.theme) or unit.block.theme
    return theme, "theme" if theme else ""

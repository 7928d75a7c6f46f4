"""The stand-alone wording of a claim: what これ, "it" and a missing subject stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.extraction.topics import (
    find_referent,
    find_subject,
    find_topic,
    is_name,
    leans,
    read_name,
    read_owner,
    read_subject,
    stands_alone,
)
from claims.extraction.units import Unit
from claims.records.article import BlockKind, Language

_POINTER = re.compile(
    r"(?<!\w)(?:(?:この|その|こうした|そうした|このような|そのような|これらの|それらの)"
    r"(?!もの|他|後|ため|為|間|うち|結果|まま|場合|よう|ほか|反面|一方|際|時|とき|上|点)[^、。「」()（）はがをにで]{1,12}|"
    r"これら|それら|これ|それ|こちら|前者|後者|両者|(?:同|本)(?:剤|薬|療法|治療|成分|症|疾患|品|製品|施術))"
    r"(?=[はがをにでもとのへ、よ。]|って)"
)
_POINTER_EN = re.compile(
    r"(?:^|(?<=^Since )|(?<=^Because )|(?<=^But )|(?<=^And )|(?<=^When )|(?<=^If )|"
    r"(?<=^As a result, )|(?<=^However, )|(?<=^Also, )|(?<=^In addition, )|(?<=^In fact, ))"
    r"(?:(?:this|these|that|those|such|the) (?:treatment|drug|condition|therapy|procedure|mineral|supplement|"
    r"disease|effect|process|change|injury|method|laser|device|exercise|compound|herb|vitamin|hormone|cell|"
    r"improvement|medicine)s?|it|this|that|they|these|those)\b(?!\s+(?:of|who)\b)",
    re.IGNORECASE,
)
_SAYS_THERE = re.compile(
    r"it(?:['’]s| is) (?:(?:important|essential|best|worth|clear|possible|not clear|true|a)\b|"
    r"\w+ (?:that|to|how|why|when|you|we)\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
# Without a noun before its verb: "Reduces pain", "Good for colds".
_OPENS_WITH_VERB = re.compile(
    r"(?:(?:also|often|usually|just|not|only|may|can|might|could|will)\s)*"
    r"(?:[a-z]+(?:[^aiosu]s|ies|izes|ises|uces|oses|eases|ves|zes)\s(?=[a-z])|aids?\s|helps?\s|"
    r"good for|great for|best for)",
    re.IGNORECASE,
)
# A sentence that only says why is about what the sentence before it said.
_GIVES_REASON = re.compile(r"(?:ため|から)(?:です|である|だ)[。]?$")
UNRESOLVED = "unresolved"
_MOST_PARTS = 2


def complete_wording(unit: Unit, language: Language, title: str = "") -> tuple[str, str]:
    """The stand-alone wording and what was completed from where (``""`` where the text stands alone).

    ``unresolved`` is said where a pointer has nothing to point at.
    """
    if unit.block.kind is BlockKind.TABLE_ROW:
        return _read_row(unit, language, title)
    pointer = _find_pointer(unit.text, language)
    subjects = _find_subjects(unit, language, title, pointed=pointer is not None)
    if pointer is not None:
        referent = _ARTICLE.sub("", find_referent(pointer.group(), unit.before, language))
        if stands_alone(referent, language) and is_name(referent, language):
            subjects = [(referent, "sentence before")]
        if not subjects:
            return unit.text, UNRESOLVED
        inner, source = subjects[-1]
        if inner in unit.text:
            return _add_subjects(unit.text, subjects[:-1])
        read_as = f"{unit.text[: pointer.end()]}({inner}){unit.text[pointer.end() :]}"
        outer, more = _add_subjects(read_as, subjects[:-1])
        return outer, "; ".join(filter(None, (f"{pointer.group()} = {inner} ({source})", more)))
    if _stands_by_itself(unit, language) or _names_section(unit, language, title):
        return unit.text, ""
    return _add_subjects(unit.text, subjects)


def _find_pointer(text: str, language: Language) -> re.Match[str] | None:
    if language is Language.EN:
        return None if _SAYS_THERE.match(text) else _POINTER_EN.search(text)
    pointer = _POINTER.search(text)
    return pointer if pointer is not None and pointer.start() <= _LATEST_POINTER else None


_LATEST_POINTER = 14


def _stands_by_itself(unit: Unit, language: Language) -> bool:
    """Whether the sentence names its own subject and answers no question of an FAQ."""
    if language is Language.EN:
        said = unit.text.removeprefix(unit.label).lstrip(": *") if unit.first else unit.text
        is_sentence = unit.block.kind is not BlockKind.LIST_ITEM or said.endswith((".", "!"))
        return is_sentence and not (_OPENS_WITH_VERB.match(said) or leans(said))
    if unit.answers or unit.block.kind is BlockKind.LIST_ITEM or _GIVES_REASON.search(unit.text):
        return False
    return bool(find_subject(unit.text, language))


def _names_section(unit: Unit, language: Language, title: str) -> bool:
    """Whether a sentence of prose names what its section, or else the document, is about."""
    if unit.block.kind is BlockKind.LIST_ITEM or unit.answers:
        return False
    about = read_subject(unit.block.heading, language) or read_subject(title, language)
    return stands_alone(about, language) and about.lower() in unit.text.lower()


def _add_subjects(text: str, subjects: list[tuple[str, str]]) -> tuple[str, str]:
    """The text behind the subjects that it does not name itself, the widest first."""
    missing = [(words, source) for words, source in subjects if words.lower() not in text.lower()]
    if not missing:
        return text, ""
    head = ": ".join(words for words, _ in missing)
    return f"{head}: {text}", "; ".join(f"{words} ({source})" for words, source in missing)


def _find_subjects(unit: Unit, language: Language, title: str, *, pointed: bool) -> list[tuple[str, str]]:
    """What the unit speaks of, the widest first: as many places as it takes until one stands alone."""
    found: list[tuple[str, str]] = []
    for words, source in _list_places(unit, language, title):
        if source != "label" or language is Language.EN:
            words = read_name(words, language)
        if not words:
            continue
        if not any(words in known or known in words for known, _ in found):
            found.append((words, source))
        if stands_alone(words, language) or len(found) == _MOST_PARTS:
            break
    if found and not any(stands_alone(words, language) for words, _ in found):
        return [] if pointed else found[::-1]
    return found[::-1]


def _list_places(unit: Unit, language: Language, title: str) -> Iterator[tuple[str, str]]:
    """Where a subject may stand, the nearest first."""
    if unit.block.kind is BlockKind.LIST_ITEM:
        yield ("" if unit.first else unit.label), "label"
        yield find_topic(unit.lead, language), "lead-in"
        yield read_owner(unit.block.heading, language), "heading"
        if unit.label and unit.first and stands_alone(unit.label, language):
            return
    elif unit.answers:
        yield read_subject(unit.block.theme, language), "question"
    elif unit.label and not unit.first:
        yield unit.label, "label"
    yield unit.topic, "sentence before"
    yield read_subject(unit.block.heading, language), "heading"
    yield read_subject(unit.block.theme, language), "theme"
    yield read_subject(title, language), "title"


def _read_row(unit: Unit, language: Language, title: str) -> tuple[str, str]:
    """``row label — column: cell; …`` under what the table is about."""
    cells, columns = unit.block.cells, unit.block.columns
    if len(columns) == len(cells) and len(cells) > 1:
        told = "; ".join(
            f"{column}: {cell}" for column, cell in zip(columns[1:], cells[1:], strict=True) if cell
        )
        head = f"{columns[0]} {cells[0]}".strip() if columns[0] not in cells[0] else cells[0]
        wording = f"{head} — {told}"
    else:
        wording = f"{cells[0]}: {'; '.join(cell for cell in cells[1:] if cell)}"
    places = [(unit.block.heading, "heading"), *_find_subjects(unit, language, title, pointed=False)]
    about = list(dict.fromkeys((words, source) for words, source in places[::-1] if words))
    read_as, context = _add_subjects(wording, about)
    return read_as, "; ".join(filter(None, ("columns", context)))

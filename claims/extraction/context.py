"""The stand-alone wording of a claim: what これ, "it" and a missing subject stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from claims.extraction.cues import load_cues
from claims.extraction.pointers import find_pointer, find_referent, fits
from claims.extraction.signs import load_group
from claims.extraction.topics import (
    find_subject,
    find_topic,
    is_name,
    leans,
    names_other,
    read_name,
    read_owner,
    read_subject,
    stands_alone,
    tells_outcome,
)
from claims.extraction.units import Unit
from claims.records.article import BlockKind, Language

# What a sentence is at its end about, where its subject is no treatment: the process is simple with a drug.
_NAMED_LAST = re.compile(
    r"\b(?:with|for|of|on|using|taking)\s(?:the\s)?(?P<means>[\w’'-]+(?:\s[\w’'-]+){0,2}?)(?:\s(?:users|patients|people))?[.!]?$",
    re.IGNORECASE,
)
_NEEDS_MEANS = re.compile(
    r"[^,.]{0,40}\b(?:side effects?|adverse (?:effects|events|reactions))\b", re.IGNORECASE
)
_MANY_EN = re.compile(r"(?:they|their|these|those|both|such \w+s|the \w+s)\b", re.IGNORECASE)
_PLURAL_EN = re.compile(r"\w(?<!s)(?<!u)(?<!i)s$|\band\b", re.IGNORECASE)
_SINGULAR_EN = re.compile(r"(?:diabetes|herpes|rabies|measles|mumps|series|species)$", re.IGNORECASE)
# What is pointed at here is as often what the sentence before says as what it is about.
_POINTS_AT_SAYING = re.compile(r"(?:this|that)$", re.IGNORECASE)
_BY_WHAT_WAS_SAID = re.compile(r"(?:これ|それ)(?=によって|により|で[^はも]|から)")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
# Without a noun before its verb: "Reduces pain", "Good for colds".
_OPENS_WITH_VERB = re.compile(
    r"(?:(?:also|often|usually|just|not|only|may|can|might|could|will)\s)*"
    r"(?:[a-z]+(?:[^aiosu]s|ies|izes|ises|uces|oses|eases|ves|zes)\s(?=[a-z])"
    r"(?!(?:is|are|was|were|has|have|can|may|might|could|will)\b)|aids?\s|helps?\s|"
    r"good for|great for|best for)",
    re.IGNORECASE,
)
# A sentence of prose has its noun; only an advertisement leaves it out.
_HELPS = re.compile(
    r"(?:also\s|may\s|can\s)*(?:helps?|aids?|reduces|improves|boosts|supports|promotes)\s", re.IGNORECASE
)
_OF_BOTH = re.compile(r"どちらも|両方とも|双方")
_SETS_AGAINST = re.compile(
    r"従来、|(?:(?:従来|一般|通常|他|ほか)の|一般的な)[^、。と]{2,20}(?:の場合|では|は)|(?:どの|すべての|全ての|いずれの)[^、。]{1,12}(?:も|に|は)"
)
# A sentence that only says why is about what the sentence before it said.
_GIVES_REASON = re.compile(r"(?:ため|から)(?:です|である|だ)[。]?$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_NO_KANA = re.compile(r"[^\u3041-\u3093]+")
# What a list follows without being announced is only the paragraph before it.
_ANNOUNCES = re.compile(
    r"[:：、]$|は$|以下|次の|下記|following|includ|such as|(?:can|may|might|could|will|to|for|with|by)$",
    re.IGNORECASE,
)
# The points are rivals: what the section is about is one of them at most.
_OFFERS_CHOICE = re.compile(r"選択肢|(?:options|alternatives|choices)\b", re.IGNORECASE)
_SPEAKS_TO_READER = re.compile(r"(?:if )?(?:you|we)\b", re.IGNORECASE)
UNRESOLVED = "unresolved"
_MOST_PARTS = 2


def complete_wording(unit: Unit, language: Language, title: str = "") -> tuple[str, str]:
    """The stand-alone wording and what was completed from where (``""`` where the text stands alone).

    ``unresolved`` is said where a pointer has nothing to point at, or nothing near is safe as a subject.
    """
    if unit.block.kind is BlockKind.TABLE_ROW:
        return _read_row(unit, language, title)
    pointer = find_pointer(unit.text, language)
    if pointer is not None:
        return _resolve(unit, pointer, language, title)
    if _stands_by_itself(unit, language) or _names_section(unit, language, title):
        return unit.text, ""
    subjects = _find_subjects(unit, language, title)
    return _add_subjects(unit.text, subjects) if subjects else (unit.text, UNRESOLVED)


def _resolve(unit: Unit, pointer: re.Match[str], language: Language, title: str) -> tuple[str, str]:
    """The text with what its pointer stands for; where that is not sure, behind what it speaks of at most."""
    words, (start, end) = pointer["pointer"], pointer.span("pointer")
    rest = unit.text[:start] + unit.text[end:]
    referent = find_referent(words, unit.before, language)
    places = _find_subjects(unit, language, title)
    if language is Language.EN:
        referent = _widen_referent(referent, read_subject(unit.block.heading, language))
    said = (
        _POINTS_AT_SAYING.fullmatch(words)
        or _BY_WHAT_WAS_SAID.match(unit.text, start)
        or _GIVES_REASON.search(unit.text)
    )
    if said:
        subjects = []
    elif stands_alone(referent, language) and is_name(referent, language) and referent not in rest:
        subjects = [(referent, "sentence before")]
    else:
        subjects = places if places and fits(words, places[-1][0], language) else []
    if not subjects or not _agrees(words, subjects[-1][0], language):
        read_as, context = _add_subjects(unit.text, _find_subjects(replace(unit, topic=""), language, title))
        return read_as, "; ".join(filter(None, (UNRESOLVED, context)))
    inner, source = subjects[-1]
    if inner in unit.text:
        return _add_subjects(unit.text, subjects[:-1])
    outer, more = _add_subjects(f"{unit.text[:end]}({inner}){unit.text[end:]}", subjects[:-1])
    return outer, "; ".join(filter(None, (f"{words} = {inner} ({source})", more)))


def _widen_referent(referent: str, heading: str) -> str:
    """The heading's name where it ends in the English referent; "" for a part of what the heading names.

    >>> _widen_referent("The varnish", "Fluoride varnish"), _widen_referent("The band", "Tongue tie")
    ('Fluoride varnish', '')
    """
    bare = _ARTICLE.sub("", referent)
    one, whole = bare.lower().removesuffix("s"), heading.lower().removesuffix("s")
    if one and whole.endswith(one) and not whole.removesuffix(one)[-1:].isalnum():
        return heading
    return "" if heading and referent.lower().startswith("the ") else bare


def _agrees(pointer: str, referent: str, language: Language) -> bool:
    """Whether "they" has several to stand for and "it" one; of Japanese the referent says it."""
    if language is Language.JA:
        return True
    several = _PLURAL_EN.search(referent) is not None and not _SINGULAR_EN.search(referent)
    return several == (_MANY_EN.match(pointer) is not None)


def _stands_by_itself(unit: Unit, language: Language) -> bool:
    """Whether the sentence names its own subject and answers no question of an FAQ."""
    if language is Language.EN:
        said = unit.text.removeprefix(unit.label).lstrip(": *") if unit.first else unit.text
        is_sentence = (
            unit.block.kind is not BlockKind.LIST_ITEM or said.endswith((".", "!")) or _is_clause(said)
        )
        opens = _OPENS_WITH_VERB if unit.block.kind is BlockKind.LIST_ITEM else _HELPS
        return is_sentence and not (opens.match(said) or leans(said))
    if _SETS_AGAINST.match(unit.text.removeprefix("また、")) or _OF_BOTH.search(unit.text):
        return True
    if (
        unit.answers
        or (unit.block.kind is BlockKind.LIST_ITEM and unit.first)
        or _GIVES_REASON.search(unit.text)
    ):
        return False
    if tells_outcome(unit.text, read_subject(unit.block.heading, language)):
        return False
    _, found, clause = unit.text.partition("には、")
    recommended = find_subject(clause, language) if found else ""
    return bool(find_subject(unit.text, language) or (recommended and _NO_KANA.fullmatch(recommended)))


def _is_clause(text: str) -> bool:
    """Whether an English point of a list has a name for its subject, though no full stop ends it."""
    subject = find_topic(text, Language.EN)
    return bool(subject) and is_name(subject, Language.EN)


def _names_section(unit: Unit, language: Language, title: str) -> bool:
    """Whether a sentence of prose names what its section, or else the document, is about."""
    if unit.block.kind is BlockKind.LIST_ITEM or unit.answers:
        return False
    abouts = (read_subject(unit.block.heading, language), read_subject(title, language))
    return any(stands_alone(about, language) and _is_named(about, unit.text) for about in abouts)


def _add_subjects(text: str, subjects: list[tuple[str, str]]) -> tuple[str, str]:
    """The text behind the subjects that it does not name itself, the widest first."""
    missing = [(words, source) for words, source in subjects if not _is_named(words, text)]
    if not missing:
        return text, ""
    head = ": ".join(words for words, _ in missing)
    return f"{head}: {text}", "; ".join(f"{words} ({source})" for words, source in missing)


def _overlap(one: str, other: str) -> bool:
    one, other = (_BRACKETS.sub("", words).lower() for words in (one, other))
    return one in other or other in one


def _is_named(words: str, text: str) -> bool:
    name = (_BRACKETS.sub("", words) or words).lower()
    return (name[:-1] if _PLURAL_EN.search(name) else name) in text.lower()


def _find_subjects(unit: Unit, language: Language, title: str) -> list[tuple[str, str]]:
    """What the unit speaks of, the widest first: as many places as it takes until one stands alone."""
    found: list[tuple[str, str]] = []
    for words, source in _list_places(unit, language, title):
        if source != "label" or language is Language.EN:
            words = read_name(words, language)
        if not words:
            continue
        if not any(_overlap(words, known) for known, _ in found):
            found.append((words, source))
        if len(found) == _MOST_PARTS or (source != "sentence before" and stands_alone(words, language)):
            break
    return found[::-1] if any(stands_alone(words, language) for words, _ in found) else []


def _list_places(unit: Unit, language: Language, title: str) -> Iterator[tuple[str, str]]:
    """Where a subject may stand, the nearest first."""
    if unit.block.kind is BlockKind.LIST_ITEM:
        yield ("" if unit.first else unit.label), "label"
        if _OFFERS_CHOICE.search(unit.lead):
            return
        if _ANNOUNCES.search(unit.lead):
            yield find_topic(unit.lead, language), "lead-in"
        yield read_owner(unit.block.heading, language), "heading"
        if unit.label and unit.first and stands_alone(unit.label, language):
            return
    elif unit.answers:
        yield read_subject(unit.block.theme, language), "question"
    elif unit.label and not unit.first:
        yield unit.label, "label"
    if means := _find_means(unit, language):
        yield means, "sentence before"
        return
    heading = "" if unit.answers and not _ASKED.search(unit.block.heading) else unit.block.heading
    about = read_subject(unit.under or heading, language)
    topic = read_name(read_owner(unit.topic, language) or unit.topic, language)
    if unit.block.kind is BlockKind.LIST_ITEM and not unit.first:
        topic = read_name(find_topic(unit.before, language), language)
    elif _SPEAKS_TO_READER.match(unit.text):
        topic = ""
    if not about or _overlap(about, topic) or unit.topic == find_topic(unit.before, language):
        yield topic, "sentence before"
        if topic and not about:
            return
    elif topic and language is Language.EN and unit.block.kind is BlockKind.PARAGRAPH:
        return
    yield about, "heading"
    parent = read_subject(unit.inside, language)
    if not names_other(heading, title, language) and (not parent or _overlap(parent, title)):
        yield read_subject(unit.block.theme, language), "theme"
        yield read_subject(title, language), "title"


def _find_means(unit: Unit, language: Language) -> str:
    """The treatment named last before side effects are told, by a sentence whose subject is none."""
    if language is Language.JA or unit.block.kind is BlockKind.LIST_ITEM or not _NEEDS_MEANS.match(unit.text):
        return ""
    found = _NAMED_LAST.search(unit.before)
    cues, kinds = load_cues(language), load_group("means")
    if found is None or not is_name(found["means"], language) or not cues.find(found["means"]) & kinds:
        return ""
    return "" if cues.find(find_topic(unit.before, language)) & kinds else found["means"]


# The heading over a list of questions speaks for them; any other stands over what came before them.
_ASKED = re.compile(r"質問|Q&A|Q＆A|FAQ|question", re.IGNORECASE)


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
    heading = unit.block.heading
    if stands_alone(heading, language) and not is_name(heading, language):
        heading = ""
    wider = [place for place in _find_subjects(unit, language, title) if place[0] not in heading]
    places = [(heading, "heading"), *wider]
    about = list(dict.fromkeys((words, source) for words, source in places[::-1] if words))
    read_as, context = _add_subjects(wording, about)
    return read_as, "; ".join(filter(None, ("columns", context)))

"""What a claim tells without naming it: how common it is, how long it lasts, at what age, of whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from claims.lexicon.folding import unify_spelling
from claims.records.retrieval import Concept, PicoSlot

# The words that imply it, how records say it, and its descriptor.
_Kind: TypeAlias = tuple[re.Pattern[str], tuple[str, ...], str]
_FREQUENCY_WORDS = ("prevalence", "incidence", "epidemiology")
_FREQUENCY = re.compile(
    r"\d[人組](?:中|に|のうち)(?:\d|一)[人組]|患者数|\d万人|有病率|罹患率"
    r"|(?:に|で)(?:特に|とくに|最も|もっとも)?多(?:く(?:み|見|発|起)|い|発)|(?:男性|女性|子ども|高齢者|成人)(?:は|で|では)(?:約|およそ)?\d割"
    r"|(?:の|うち)(?:約|およそ)?\d{1,3}(?:%|割)(?:は|が)|(?:人|方|患者|女性|男性|成人|大人|日本人|高齢者|子ども|子供|カップル|夫婦)の(?:うち|約|およそ|実に|なんと|、){0,2}"
    r"(?:\d{1,3}(?:\.\d)?(?:%|割)|(?:約|過)?半数|大半|[一二三四五六七八九]割)"
    r"|\d(?:%|割)(?:以上|程度|近く|弱|強|前後)?(?:の(?:人|方|患者|女性|男性|成人|子供|高齢者|日本人|妊婦)"
    r"|が(?:発症|罹患|かか|経験|悩))"
    r"|\b(?:\d{1,3}|one|two|three|four|six|nine|a)(?: [a-z]{3,9})? (?:in|out of)(?: every)? "
    r"(?:\d{1,3}|two|three|four|five|six|seven|eight|ten|twenty|a hundred)"
    r"\b(?!-)(?! (?:minute|hour|day|week|month|year)s?\b)"
    r"|\d(?:%| ?per ?cent) of (?:all |the |new |older )?(?:people|adults|women|men|children|population"
    r"|patients|mothers|girls|boys)|\baffects? (?:\w{1,20} ){0,2}\d",
    re.I,
)
_COURSE_WORDS = ("duration", "natural history", "time course", "clinical course", "spontaneous")
# How long it lasts, or that it passes by itself.
_COURSE = re.compile(
    r"まで(?:に|には)[^、。]{0,6}(?:治|消え|良くな|よくな|軽快|落ち着)|"
    r"自然に(?:治|消|良くな|よくな|軽快|おさま|収ま)|放って(?:おいて|いて)も|自然(?:治癒|消失|軽快)"
    r"|(?<!\d)\d{1,4}(?:日|週間?|[かヶカケ]月|年)(?:間|ほど|程度|くらい|ぐらい|前後|以内|目)?(?:で|続|すると|もすれば|かけて)[^、。]{0,10}?"
    r"(?:治|消|続|おさま|収ま|良くな|よくな|軽快|落ち着)"
    r"|\b(?:clears?(?: up)?|cleared up|goes? away|gone away|settles?|resolves?|gets? better|heals?|passes"
    r"|disappears?|thaws?|fades?|eases?|stops?|recovers?|mends?|shrinks?|vanish(?:es)?|improves?)"
    r"\s(?:by (?:itself|themselves)|on (?:its|their) own|without treatment|spontaneously"
    r"|within|in|after|by)\b"
    r"|\b(?:lasts?|lasting|worn off|wears? off|gone|over)\s"
    r"(?:for\s|by\s|within\s|in\s|about\s|around\s|up to\s|after\s|between\s|a\s|the\s){0,3}"
    r"(?:\d|one|two|three|four|five|six|seven|ten|few|several|week|month|day)",
    re.I,
)
_ONSET_WORDS = ("age of onset", "onset", "early onset")
# When in life it begins.
_ONSET = re.compile(
    r"歳(?:まで|頃|ごろ|前後|以降|以前|未満|以下|代)[^、。]{0,4}(?:発症|始ま|現れ|出[るや始])"
    r"|\b(?:begins?|starts?|sets? in|strikes?|appears?|comes? on|shows? up)\s(?:\w{1,12}\s){0,2}"
    r"(?:before|after|by|around|between|at)\s(?:\w{1,12}\s){0,2}(?:age|ages|teens|twenties|thirties|forties|fifties|childhood)\b",
    re.I,
)
_AGE_WORDS = ("age", "aging", "age factors")
# From which age on, or with it.
_AGE = re.compile(
    r"\d0代(?:から|以降|を過ぎ|に入ると|になると)|歳(?:を過ぎ|を超え|以降|から(?:は|徐々|次第|急)|頃から|ごろから|代から)|(?:年齢|加齢)(?:とともに|と共に|につれ)"
    r"|\b(?:after|from|past|beyond|before|by)\s(?:the age of|age)\b"
    r"|\b(?:after|from|past|by|in)\s(?:their|your) (?:\w{1,5} )?(?:twenties|thirties|forties|fifties)\b"
    r"|\bwith (?:advancing |increasing |your )?age\b"
    r"|\bas (?:you|we|people|women|men) (?:get older|age|grow older)\b",
    re.I,
)
# Alone that, whatever is given.
_WITH_AGE: _Kind = (
    re.compile(
        r"(?:年齢|加齢)(?:とともに|と共に|につれ|が上が)|歳(?:を過ぎ|を超え)"
        r"|\bwith (?:advancing |increasing |your )?age\b"
        r"|\bafter (?:the age of |age )\d",
        re.I,
    ),
    _AGE_WORDS,
    "Age Factors",
)
_STOPPING_WORDS = ("discontinuation", "withdrawal", "cessation")
# What comes of stopping it.
_STOPPED: _Kind = (
    re.compile(
        r"(?:急に|突然|自己判断で|途中で|勝手に)?"
        r"(?:やめ(?:ると|た(?:後|あと|とき|ら))|中止(?:する|した|後)|中断(?:する|した|後))"
        r"|(?:\A|\b(?:after|when|on|from|of|by) )(?:abruptly |suddenly )?(?:stopping|coming off)\b"
        r"(?!\s(?:the\s|its\s|any\s)?(?:conver|grow|produc|releas|action|format|spread|progres|bleed|break|loss))"
        r"|\b(?:once|when|after|if) (?:you|they|people|patients|it|the \w{1,20})"
        r" (?:is |are )?(?:stop|stopped|come off)\b",
        re.I,
    ),
    _STOPPING_WORDS,
    "",
)
# Whom it is told of, by their age.
_WHO: tuple[_Kind, ...] = (
    (
        re.compile(
            r"(?:6[05]|7[05]|8[05])歳(?:以上|を過ぎ|を超え|代)"
            r"|\b(?:after|over|past|above|beyond)\s(?:age\s|the\sage\sof\s)?(?:6[05]|7[05]|8[05])\b(?![-%\s]*(?:%|per|min|sec"
            r"|hour|day|week|month|mg|ml|kg|km|degree|people|patients|trials|studies|beats|mm))",
            re.I,
        ),
        ("older adults", "elderly", "aged"),
        "Aged",
    ),
    (
        re.compile(
            r"(?<!\d)(?:[12]歳(?:未満|になるまで)|0歳)|\bunder\s(?:the\sage\sof\s)?(?:one|two|1|2)\b(?!\s(?:hour|day|week|minute))",
            re.I,
        ),
        ("infants", "infant"),
        "Infant",
    ),
)
_HOW_COMMON: _Kind = (_FREQUENCY, _FREQUENCY_WORDS, "Prevalence")
_OF_A_DISEASE: tuple[_Kind, ...] = ((_COURSE, _COURSE_WORDS, ""), (_ONSET, _ONSET_WORDS, "Age of Onset"))
_AT_WHAT_AGE: _Kind = (_AGE, _AGE_WORDS, "Age Factors")


def add_implied(concepts: Sequence[Concept], text: str) -> list[Concept]:
    """The concepts, and what the text implies of them: of whom it speaks, by their age.

    The rest is asked for where it gives nothing that could have the effect.

    How long it lasts and when it begins are told of a disease; how common it is and at what age, of anything.

    >>> from claims.records.retrieval import Concept, PicoSlot
    >>> cold = Concept("cold", ("common cold",), "Common Cold", PicoSlot.CONDITION)
    >>> [concept.english[0] for concept in add_implied([cold], "A cold clears up on its own.")]
    ['common cold', 'duration']
    """
    known = list(concepts)
    if not any(concept.slot is PicoSlot.POPULATION for concept in known):
        who = next(filter(None, (_find(kind, known, text, PicoSlot.POPULATION) for kind in _WHO)), None)
        known += [who] if known and who else []
    if any(concept.slot is PicoSlot.INTERVENTION for concept in known):
        stopped = None if _names_stopping(known) else _find(_STOPPED, known, text)
        return [*known, *filter(None, (stopped or _find(_WITH_AGE, known, text),))]
    sick = any(concept.slot is PicoSlot.CONDITION and not concept.inherited for concept in known)
    common = _find(_HOW_COMMON, known, text)
    when = (
        _find(kind, known, text) for kind in ((*_OF_A_DISEASE, _AT_WHAT_AGE) if sick else (_AT_WHAT_AGE,))
    )
    return [*known, *filter(None, (common, next(filter(None, when), None)))]


def tells_of_disease(concepts: Sequence[Concept], text: str) -> bool:
    """Whether the text says of a disease how common it is, when it begins, or at what age."""
    sick = any(concept.slot is PicoSlot.CONDITION and not concept.inherited for concept in concepts)
    kinds = (_FREQUENCY, _ONSET, _AGE)
    return sick and any(pattern.search(unify_spelling(text)) for pattern in kinds)


def _names_stopping(concepts: Sequence[Concept]) -> bool:
    """Whether a concept says so itself: withdrawal, smoking cessation."""
    return any(word in " ".join(concept.english) for concept in concepts for word in _STOPPING_WORDS)


def _find(
    kind: _Kind, known: Sequence[Concept], text: str, slot: PicoSlot = PicoSlot.OUTCOME
) -> Concept | None:
    """What the text implies of this kind, unless it is named."""
    pattern, words, mesh = kind
    found = pattern.search(unify_spelling(text))
    named = any(concept.english[0] in words or (mesh and mesh == concept.mesh) for concept in known)
    if found is None or named:
        return None
    return Concept(found.group().strip(), words, mesh, slot)

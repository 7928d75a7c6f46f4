"""What a sentence or a heading speaks of, as far as its words say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from claims.records.article import Language
from claims.text.patterns import join_patterns

_TABLE = Path(__file__).parent / "tables" / "topics.tsv"
_LINK_WORDS = (
    r"(?:(?:しかし|しかも|ただし|ただ|また|さらに|一方|なお|そして|だが|とはいえ|もっとも|たしかに|確かに|実は|実際|つまり|"
    r"特に|とくに|ところが|そのため|加えて|一般に|通常|現在|最近|近年|まず|次に|例えば|たとえば|その反面|このように)[、,]?)*"
)
_NOUN = (
    r"[^、。「」！？!?|：:]{0,30}?[^\u3041-\u3093、。「」！？!?|：:](?:[（(][^）)]{1,24}[）)])?|"
    r"[\u3041-\u3093]{2,5}"
)
# Between two letters of hiragana は is as likely a part of a word (ふくらはぎ) as the particle.
_TOPIC = re.compile(
    rf"{_LINK_WORDS}(?P<topic>{_NOUN})(?:(?:と|って(?:いうの)?)?(?:は(?![\u3041-\u3093])|(?<![\u3041-\u3093])は)|って)"
    r"(?!じめ|っきり)[、]?"
)
# What the sentence has for a subject, whether it is what it speaks of or not.
_SUBJECT = re.compile(rf"{_LINK_WORDS}(?P<topic>{_NOUN})(?:が|も)[、]?")
_OPENING = re.compile(rf"{_LINK_WORDS}(?P<topic>{_NOUN})(?:を|が|に|も|による|により)")
_DEMONSTRATIVE = re.compile(r"^(?:この|その|これらの|それらの|こうした|そうした|このような|そのような)")
_NAME = re.compile(r"[^\u3041-\u3093\s、。「」『』（）()！？!?・：:…]{2,24}")
# These make what stands before them a place, a time or a group.
_PLACE = re.compile(
    r"(?:[0-9０-９]代|方|人|者|国内|日本|わが国|海外|場合|とき|時|ところ|うち|後|前|中|今|今回|ため|以上|以下|以内)$"
)
_VERBS_EN = (
    "is|are|can|may|might|could|has|have|was|were|will|won['’]t|does|do|did|doesn['’]t|don['’]t|isn['’]t|aren['’]t|works?|"
    "helps?|improves?|reduces?|causes?|makes?|binds?|lowers?|contains?|increases?|prevents?|relieves?|eases?|blocks?|"
    "stimulates?|boosts?|affects?|lasts?|needs?|acts?|provides?|supports?|protects?|replaces?|remains?|becomes?|comes?|"
    "goes|starts?|stops?|leads?|offers?|drills?|uses?|takes?|gives?|shortens?|slows?|raises?|triggers?|targets?"
)
_TOPIC_EN = re.compile(
    r"(?:(?:and|but|however|also|in fact|for example|on its own|because|since|when|while|if)\b,?\s+)?"
    r"(?P<topic>(?:[A-Za-z][\w'’/+-]*,?\s(?:and\s|or\s|of\s|from\s)?){0,5}?"
    r"[A-Za-z][\w'’/+-]*(?: \([^)]{1,20}\))?),?\s+"
    rf"(?:also |often |usually |just |simply )?(?:{_VERBS_EN})\b",
    re.IGNORECASE,
)
# A noun with a clause or a group before it is the subject of something smaller than the sentence.
_CLAUSE = re.compile(
    r"(?:[てで]|ため|ので|から|けど)[^\u3041-\u3093]{1,8}$|^約?[0-9０-９一二三四五六七八九十〜～~]+割"
)
_SEGMENTS = re.compile(r"[、。，,:：〜～~!！?？|｜/／「」『』【】\[\]—–\s]+|(?<=[^\x00-\x7f])-")
_SEGMENTS_EN = re.compile(r"[:?!|—–]+|\s[-–—]\s|(?<=\w)[,.](?=\s)")
_TAIL = re.compile(
    r"(?:って何|とは何|とは|って|の(?:こと|話)|(?:は|が|を|に|で|も|と|へ)?"
    r"(?:[^はがをにでもとへ、]{0,14}(?:ですか|ますか|でしょうか|のか|か|ました)|なぜ.*|どう.*|何.*|受け.*)?)$"
)
_VERBAL = re.compile(r"(?:[るうくぐすつぬぶむい]|った|した|ます|です|ない)$")
_ARTICLES = re.compile(
    r"^(?:what (?:is|are|causes?)|how (?:does|do|common is|to)|is|are|does|do|can|why|the|a|an)\s+",
    re.IGNORECASE,
)


def find_topic(text: str, language: Language) -> str:
    """What the sentence itself says it is about; "" where it names nothing that stands alone.

    >>> find_topic("しかし、エクソソームは細胞が放出する小胞です。", Language.JA)
    'エクソソーム'
    >>> find_topic("効果は半年ほど続きます。", Language.JA)
    ''
    """
    found = _TOPIC.match(text) if language is Language.JA else _TOPIC_EN.match(text)
    return _find_noun(found, language)


def find_subject(text: str, language: Language) -> str:
    """The topic of the sentence, or in Japanese the subject of its first verb, if it stands alone."""
    topic = find_topic(text, language)
    return topic or (_find_noun(_SUBJECT.match(text), language) if language is Language.JA else "")


def find_referent(pointer: str, before: str, language: Language) -> str:
    """What この炎症 or これら points at in the sentence before: its noun's longer name, or what opens it.

    >>> find_referent("この炎症下", "頭皮では微小炎症が続きます。", Language.JA)
    '微小炎症'
    >>> find_referent("これら", "PRPやエクソソームを注入します。", Language.JA)
    'PRPやエクソソーム'
    """
    if language is Language.EN:
        return find_topic(before, language)
    noun = _DEMONSTRATIVE.sub("", pointer)
    for length in range(len(noun), 1, -1):
        named: list[str] = [run for run in _NAME.findall(before) if noun[:length] in run]
        if named:
            return max(named, key=len)
    return find_topic(before, language) or _find_noun(_OPENING.match(before), language)


def _find_noun(found: re.Match[str] | None, language: Language) -> str:
    noun = str(found["topic"]).strip() if found else ""
    if language is Language.JA and (_PLACE.search(noun) or _CLAUSE.search(noun)):
        return ""
    return noun if stands_alone(noun, language) else ""


def stands_alone(words: str, language: Language) -> bool:
    """Whether the words name something without what came before them: neither これ nor 効果 does."""
    if not words:
        return False
    leaning, pointer = _load_leaning(language)
    return not leaning.fullmatch(words) and not pointer.match(words)


@cache
def _load_leaning(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    patterns = join_patterns(_TABLE, ignore_case=language is Language.EN)
    return patterns[f"leaning_{language.value}"], patterns[f"pointer_{language.value}"]


def read_subject(heading: str, language: Language) -> str:
    """The first part of a heading, question or title that names a subject; "" where none does.

    >>> read_subject("PRP療法:血小板に託された号令", Language.JA), read_subject("主な原因", Language.JA)
    ('PRP療法', '')
    """
    for segment in _SEGMENTS.split(heading) if language is Language.JA else _SEGMENTS_EN.split(heading):
        words = _trim(segment, language)
        if len(words) > 1 and stands_alone(words, language) and not _is_clause(words, language):
            return words
    return ""


def _is_clause(words: str, language: Language) -> bool:
    return language is Language.JA and bool(_VERBAL.search(words) or _PLACE.search(words))


def read_owner(heading: str, language: Language) -> str:
    """Whose effects, risks or causes a heading announces; "" where it names none.

    >>> read_owner("手術の合併症", Language.JA)
    '手術'
    """
    owner, _, thing = heading.rpartition("の")
    if language is Language.EN or not owner or stands_alone(thing, language):
        return ""
    return read_subject(owner, language)


def _trim(segment: str, language: Language) -> str:
    if language is Language.EN:
        return _ARTICLES.sub("", segment.strip(" *#\"'“”")).strip()
    if (subject := find_subject(segment + "。", language)) and len(subject) < len(segment):
        return subject
    return _TAIL.sub("", segment.strip(" *#　")).rstrip("やとのはがをも ")

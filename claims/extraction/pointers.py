"""What これ, この成分 and "this ingredient" point at: words that mean what stands before them."""

from __future__ import annotations

import re

from claims.extraction.cues import load_cues
from claims.extraction.signs import load_group
from claims.extraction.topics import find_opening, find_topic
from claims.records.article import Language

# A noun that says of what kind a thing is, and could stand for any of them.
_MEANS = (
    r"(?:治療|療)?法|治療薬?|施術|手術|方法|手法|検査|注射薬?|お?薬剤?|剤|製剤|成分|素材|製品|商品|品|クリーム|軟膏|液体|飲み物|飲料|"
    r"食品|食材|機器|機械|装置|器具|レーザー|物質|酵素|ホルモン|細菌|菌|ウイルス|植物|ハーブ|ワクチン|サプリ(?:メント)?|"
    r"生薬|漢方|目薬|点眼|点滴|栄養素?|ビタミン|ミネラル|アミノ酸|化合物|抗体|オイル|エキス|お茶|果物|野菜"
)
_STATES = r"病気|疾患|疾病|病態|症状|症|状態"
_KIND = re.compile(rf"{_MEANS}|{_STATES}")
# What sort of the kind it is: 有効成分, 外用薬, 保湿成分.
_SORT = (
    r"(?:有効|薬用|美容|美白|保湿|抗炎症|抗酸化|機能性?|主要?|天然|植物(?:性|由来)?|外用|内服|経口|点眼|点鼻|吸入|"
    r"注射|配合|食事|運動|手術|薬物)?"
)
_SORTED = re.compile(rf"{_SORT}(?P<kind>{_MEANS}|{_STATES})")
_IS_MEANS = re.compile(_MEANS)
_IS_STATE = re.compile(_STATES)
_DEMONSTRATIVE = re.compile(
    r"^(?:この|その|これらの|それらの|こうした|そうした|このような|そのような|こちらの)"
)
_NEAR = r"(?:同|本|当該?|上記の?|前述の|上述の)"
_POINTER = re.compile(
    r"(?<!\w)(?P<pointer>(?:この|その|こうした|そうした|このような|そのような|これらの|それらの)"
    r"(?!もの|他|後|ため|為|間|うち|結果|まま|場合|よう|ほか|反面|一方|際|時|とき|上|点)"
    rf"(?:{_SORT}(?:{_MEANS}|{_STATES})(?=の)|"
    r"[^\u3041-\u3093、。「」()（）]{1,12}(?:の[^\u3041-\u3093、。「」()（）]{1,8})?|お[一-鿿]{1,3}|[\u3041-\u3093]{2,4}?)|"
    rf"こちらの{_SORT}(?:{_MEANS})|"
    rf"これら|それら|これ|それ|こちら|前者|後者|両者|{_NEAR}{_SORT}(?:{_MEANS}|{_STATES}))"
    r"(?=[はがをにでもとのへ、よ。]|って)"
)
_NEARLY = re.compile(rf"{_NEAR}(?P<noun>.+)")
_LATEST_POINTER = 14

_ADVERB_EN = r"(?:(?:also|often|usually|then|only|\w+ly)\s)?"
# Singular, the plural by one s more; "the" points by the first of them alone.
_BY_THE_EN = (
    r"(?:active |key )?ingredient|medication|vaccine|"
    r"treatment|drug|procedure|mineral|supplement|method|laser|device|exercise|compound|herb|vitamin|"
    r"hormone|medicine"
)
_MEANS_EN = (
    rf"{_BY_THE_EN}|natural ingredient|plant compound|substance|nutrient|antibiotic|antibody|cream|gel|"
    r"ointment|serum|"
    r"lotion|oil|extract|enzyme|amino acid|antioxidant|probiotic|operation|technique|machine|diet|test"
)
_STATES_EN = r"condition|disease|disorder|syndrome|process|infection"
_ODD_EN = r"therapies|surgeries|injuries|illnesses|cells"
# "Research shows that" goes before what it shows.
_SHOWN_EN = (
    r"(?:(?:research|studies|trials|evidence|experts|reviews|(?:one|a) (?:study|trial|review))"
    r" (?:has |have |also )?(?:shows?|shown|suggests?|suggested|finds?|found|indicates?|reports?|says?)"
    r"(?: that)? )?"
)
_POINTER_EN = re.compile(
    r"(?:^|(?<=^Since )|(?<=^Because )|(?<=^But )|(?<=^And )|(?<=^When )|(?<=^If )|"
    r"(?<=^As a result, )|(?<=^However, )|(?<=^Also, )|(?<=^In addition, )|(?<=^In fact, ))"
    rf"{_SHOWN_EN}(?P<pointer>"
    rf"(?:(?:this|that|such an?) (?:{_MEANS_EN}|{_STATES_EN}|therapy|surgery|injury|illness)|"
    rf"the (?:{_BY_THE_EN}|condition|disease|process|therapy|injury))"
    rf"(?=\s{_ADVERB_EN}(?:\w+s|\w+ed|can|may|might|could|will|would)\b)|"
    rf"(?:(?:these|those|such) (?:(?:{_MEANS_EN}|{_STATES_EN})s|{_ODD_EN})|"
    rf"the (?:(?:{_BY_THE_EN}|condition|disease)s|{_ODD_EN}))"
    rf"(?=\s{_ADVERB_EN}(?!\w+s\b|and\b|or\b|of\b)\w)|"
    rf"(?:this|that)(?=['’]s\b|\s{_ADVERB_EN}(?:\w+s|can|may|might|could|will|would)\b)|"
    rf"(?:these|those)(?=\s{_ADVERB_EN}(?!\w+s\b|and\b|or\b|of\b|with\b)\w)|it|they)\b(?!\s+(?:of|who)\b)",
    re.IGNORECASE,
)
# Whose use, effect or safety a study speaks of, after a subject of its own: research supports their use.
_SAYS_WHAT_IS_KNOWN = re.compile(
    r"(?:(?:some|many|several|most|recent|current|clinical|the|more|early|good|strong|limited|new) ){0,3}"
    r"(?:research|evidence|stud(?:y|ies)|trials?|data|reviews?|experts?|guidelines?|findings?|"
    r"doctors|researchers)\b",
    re.IGNORECASE,
)
_POSSESSIVE_EN = re.compile(
    r"\b(?P<pointer>its|their)(?=\s(?:\w+\s)?"
    r"(?:use|effects?|effectiveness|efficacy|safety|role|benefits?|value|ability|impact)\b)",
    re.IGNORECASE,
)
_SAYS_THERE = re.compile(
    r"it(?:['’]s| is) (?:(?:important|essential|best|worth|clear|possible|not clear|true)\b|an? \w+ idea\b|"
    r"(?:always |often |also |usually )?\w+ (?:that|to|how|why|when|you|we)\b)|"
    r"it (?:will |can |may )?(?:\w+ly )?takes?\b",
    re.IGNORECASE,
)
_NOUN_EN = re.compile(r"^(?:this|that|such an?|the|these|those|such) ", re.IGNORECASE)
_IS_MEANS_EN = re.compile(rf"(?:{_MEANS_EN}|surger[yi]e?s?|therap(?:y|ies))s?", re.IGNORECASE)
_IS_STATE_EN = re.compile(rf"(?:{_STATES_EN}|illness(?:es)?|injur(?:y|ies))s?", re.IGNORECASE)

_NAME = re.compile(r"[^\u3041-\u3093\s、。「」『』（）()！？!?・：:…]{2,24}")
_PLURAL = re.compile(r"これら|それら|両者")
_SEVERAL = re.compile(r"[や、・と&]|および|及び")
# A name of many: GLP-1受容体作動薬, 抗酸化物質.
_CLASS = re.compile(r"(?:薬|剤|類|族|系|群|物質|酵素|脂肪酸|アミノ酸|菌|ホルモン|オイル|ミネラル)$")
# この炎症下 is still この炎症.
_LONGEST_ENDING = 1
_DISEASE = "disease"
_DISEASE_NAME = re.compile(
    r"(?:症|炎|病|癌|がん|ガン|腫|疹|症候群|不全|障害|疾患|disease|syndrome|disorder|cancer|itis|osis)$",
    re.IGNORECASE,
)


def find_pointer(text: str, language: Language) -> re.Match[str] | None:
    """The words, as the group ``pointer``, that mean what stands before; ``None`` where none do."""
    if language is Language.EN:
        if _SAYS_THERE.match(text):
            return None
        return _POINTER_EN.search(text) or (_SAYS_WHAT_IS_KNOWN.match(text) and _POSSESSIVE_EN.search(text))
    pointer = _POINTER.search(text)
    return pointer if pointer is not None and pointer.start() <= _LATEST_POINTER else None


def find_referent(pointer: str, before: str, language: Language) -> str:
    """What この炎症 or これら points at in the sentence before: its noun's longer name, or what opens it.

    >>> find_referent("この炎症下", "頭皮では微小炎症が続きます。", Language.JA)
    '微小炎症'
    >>> find_referent("これら", "PRPやエクソソームを注入します。", Language.JA)
    'PRPやエクソソーム'
    """
    if language is Language.EN:
        topic = find_topic(before, language)
        return topic if _is_of_kind(pointer, topic, language) else ""
    noun = _read_noun(pointer)
    if noun != pointer:
        for length in range(len(noun), max(len(noun) - _LONGEST_ENDING, 1) - 1, -1):
            named = dict.fromkeys(run for run in _NAME.findall(before) if noun[:length] in run)
            if named:
                return "、".join(named) if len(named) == 1 or _PLURAL.match(pointer) else ""
        if not _SORTED.fullmatch(noun):
            return ""
    topic = find_topic(before, language)
    if _PLURAL.match(pointer):
        topic = topic or find_opening(before)
        return topic if _SEVERAL.search(topic) else ""
    return topic if _is_of_kind(pointer, topic, language) else ""


def fits(pointer: str, referent: str, language: Language) -> bool:
    """Whether what stands farther off can be what the pointer says it is.

    その合併症 is no disease, これら no single thing, and no disease is an ingredient.

    >>> fits("この合併症", "静脈瘤", Language.JA), fits("この方法", "圧迫療法", Language.JA)
    (False, True)
    >>> fits("本成分", "アトピー性皮膚炎", Language.JA), fits("This ingredient", "acne", Language.EN)
    (False, False)
    """
    if not _is_of_kind(pointer, referent, language):
        return False
    if language is Language.EN:
        return True
    noun = _read_noun(pointer)
    if _PLURAL.match(pointer) and not (_SEVERAL.search(referent) or _CLASS.search(referent)):
        return False
    return noun == pointer or noun in referent or _SORTED.fullmatch(noun) is not None


def _read_noun(pointer: str) -> str:
    """The pointer's noun; the pointer itself where it has none (これ)."""
    near = _NEARLY.fullmatch(pointer)
    return near["noun"] if near else _DEMONSTRATIVE.sub("", pointer)


def _is_of_kind(pointer: str, referent: str, language: Language) -> bool:
    """Whether no disease is taken for a treatment or a substance, nor one of these for a disease."""
    if language is Language.EN:
        noun = _NOUN_EN.sub("", pointer)
        means, state = _IS_MEANS_EN.fullmatch(noun), _IS_STATE_EN.fullmatch(noun)
    else:
        sort = _SORTED.fullmatch(_read_noun(pointer))
        means = sort and _IS_MEANS.fullmatch(sort["kind"])
        state = sort and _IS_STATE.fullmatch(sort["kind"])
    if not (means or state):
        return True
    cues = load_cues(language).find(referent)
    is_means = bool(cues & load_group("means")) and not _DISEASE_NAME.search(referent)
    is_disease = _DISEASE in cues and not is_means
    return not is_disease if means else not is_means

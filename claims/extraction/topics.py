"""What a sentence or a heading speaks of, as far as its words say."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from claims.records.article import Language
from claims.text.patterns import join_patterns

_TABLE = Path(__file__).parent / "tables" / "topics.tsv"
_LINK_WORDS = (
    r"(?:(?:【[^】]{1,20}】|そもそも|しかし|しかも|ただし|ただ|また|さらに|一方|なお|そして|だが|とはいえ|もっとも|たしかに|確かに|実は|実際|つまり|"
    r"特に|とくに|ところが|そのため|その為|そのほか|その他|ほかに|したがって|加えて|一般に|通常|現在|最近|近年|まず|次に|例えば|たとえば|その反面|このように)[、,]?)*"
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
_SUBJECT = re.compile(rf"{_LINK_WORDS}(?P<topic>{_NOUN})(?:が(?!ん)|も)[、]?")
_OPENING = re.compile(rf"{_LINK_WORDS}(?P<topic>{_NOUN})(?:を|が(?!ん)|に|も|による|により)")
_NAMES = re.compile(r"[ァ-ヶー一-鿿A-Za-z]{2,}")
_NAMES_EN = re.compile(r"\b(?:[A-Z]\w*[a-z][A-Z]\w*|[A-Z]{2,}\d*)\b")
_BRACKETS = "（）()【】「」"
_JOINED = re.compile(r"[・／/]|(?<=[^\u3041-\u3093])[とや]|,? (?:and|or|&) |, ")
# These make what stands before them a place, a time or a group.
_PLACE = re.compile(
    r"(?:[0-9０-９]代|方|人|者|国内|日本|わが国|海外|場合|とき|時|ところ|うち|後|前|中|今|今回|ため|以上|以下|以内)$"
)
_VERBS_EN = (
    "is|are|can|may|might|could|has|have|was|were|will|won['’]t|does|do|did|doesn['’]t|don['’]t|isn['’]t|aren['’]t|works?|"
    "helps?|improves?|reduces?|causes?|makes?|binds?|lowers?|contains?|increases?|prevents?|relieves?|eases?|blocks?|"
    "stimulates?|boosts?|affects?|lasts?|needs?|acts?|provides?|supports?|protects?|replaces?|remains?|becomes?|comes?|"
    "goes|starts?|stops?|leads?|offers?|drills?|uses?|takes?|gives?|shortens?|slows?|raises?|triggers?|targets?|"
    "enters?|leaves?|passes|pass|fits?|stays?|keeps?|allows?|lets?|requires?|delivers?|builds?|fights?|"
    "releases?|absorbs?|restores?|treats?|controls?|covers?|shows?|tends?|removes?|includes?|penetrates?|deliver|"
    "dissolves?|reaches|reach|seals?|activates?|destroys?|breaks?|brings?|avoids?"
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
_SEGMENTS_EN = re.compile(
    r"[:?!|—–]+|\s(?:and|&|or)\s(?=(?:how|why|what|when|who)\b)|\s[-–—]\s|(?<=\w)[,.](?=\s)"
)
# What stands before a heading's colon, question mark or dash; what a comma adds to the one subject before it.
_HEAD_EN = re.compile(r"[^:?!|—–]*")
_SAYS_MORE_EN = re.compile(
    r"(?:an?|the|your|our|my|its?|type|stage|part|step|and|or|but|with|without|in|for|by|from|not|\d+)\b|"
    r"\w+(?:ed|ly|ing)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:って何|とは何|とは|って|(?:と|っ[てて])は?[^、]{0,4}(?:どんな|どういう|どのような|いったい)[^、]{0,10}|"
    r"(?:について|に関して|に関する(?:こと|情報|説明)|に対する(?:こと|情報))(?:の[^の、]{1,6})?|の(?:こと|話)|"
    r"(?:は|が|を|に|で|も|と|へ)?"
    r"(?:[^はがをにでもとへ、]{0,14}(?:ですか|ますか|でしょうか|のか|か|ました)|なぜ.*|どう.*|何.*|受け.*)?)$"
)
_VERBAL = re.compile(r"(?:[るうくぐすつぬぶむい]|った|した|ます|です|ない)$")
_FRONTED_EN = re.compile(
    r"(?:for|in|with|by|at|on|as|after|before|during|over|under|from|when|while|if|once|although|unlike)\s[^,.]{2,90},\s",
    re.IGNORECASE,
)
# What the subject is set against is not the subject: unlike synthetic hormones, which can carry risks, ...
_UNLIKE_EN = re.compile(
    r"^(?:(?:and|but|however|also),?\s)?"
    r"(?:unlike|compared (?:to|with)|in contrast to|while|whereas|although)\s[^,.]{2,90},\s"
    r"(?:(?:which|who|that)\s[^,.]{2,60},\s)?",
    re.IGNORECASE,
)
_FIRST_WORDS = re.compile(r"(?P<topic>(?:[A-Za-z]+ ){1,2}[A-Za-z]+)(?= [a-z]+s\b)")
# In a clause that says which people are meant: 既往がある方には.
_OF_PEOPLE = re.compile(r"(?:が|の)(?:ある|あり|ない|多い|強い|弱い|低い|高い|薄い)(?:方|人|場合|患者)")
_BESIDE = re.compile(r"が(?:あって|ある[と場人方]|なくて|出て)")
_TAIL_EN = re.compile(
    r"\s(?:explained|basics|101|guide|faqs?|overview|"
    r"(?:and (?:its|their) |(?:and )?(?:health|skin|main|key|proven) )?"
    r"(?:benefits|effects|side effects|uses|risks|results|safety|effectiveness|dosage)"
    r"(?:(?:,| and| &) (?:benefits|(?:side )?effects|uses|risks|results|safety|dosage)){0,2})$",
    re.IGNORECASE,
)
_ASKED_EN = re.compile(
    r"(?:how|why|what|does|do|can|is|are|will)(?: does| do| can)? (.{2,40}?)(?: really| actually)?"
    r"(?: works?| helps?| is| are| do| safe| effective| worth it| any good| dangerous| hurts?| happens?)"
    r"(?: for .*)?",
    re.IGNORECASE,
)
# Whom a heading is about beside its subject: sleep apnoea in women.
_OF_WHOM_EN = re.compile(
    r"(?<=\w) (?:in|for|among) (?:older |young |pregnant |healthy )?"
    r"(?:women|men|adults|children|kids|teenagers|people|athletes|seniors|pregnancy|babies|toddlers)$",
    re.IGNORECASE,
)
_ARTICLES = re.compile(
    r"^(?:(?:what (?:exactly )?(?:is|are|causes?)|how (?:does|do|common is|to)|"
    r"is|are|does|do|can|why|about)\s+)?(?:(?:the|an?)\s+)?(?=\S)",
    re.IGNORECASE,
)


# What a heading or a sentence before may hold, and no name does: half a clause, a question, an offer.
_NO_NAME = re.compile(
    r"[をは]|が(?!ん)|^(?:また|さらに|なお|ただ|そして|特に)$|にも|にな|であ|で行|として|について|から$|により|した$|いた$|できる|する|される|こんな|あなた|ご[一-鿿]{2}|"
    r"[0-9０-９]{4}年|[当翌前]日$|おすすめ|お悩み|イチ推し|選び|流れ|写真|^(?:普通|通常|一般|主|可能性|日常生活|方法|治療方法|主成分)"
    r"(?:の.*)?$|[てでいりしきちみびこ]$|ない|つの|ポイント|に[一-鿿]$|\.[a-z]{2,5}(?:\.[a-z]{2,5})?$|"
    r"[一-鿿ァ-ヶー](?:に(?!きび|んにく|きょう)|で|な(?=[一-鿿ァ-ヶ]))|などで|ている|[＜＞<>]|^[a-z]+$|"
    r"(?<!めま)[\u3041-\u3093]い[一-鿿ァ-ヶ]|ブログ|クリニック|医院|病院|公式|サイト|コラム|日記|手帖|^目次|(?:歯科|外科|内科|皮膚科|社|メーカー|センター)$|だけ$|^(?:筋肉|皮膚|肌|骨|血管|血液|神経|髪|体温|細胞)$|^うちの|^[一-鿿][\u3041-\u3093]$|^(?:HOME|ホーム|トップ(?:ページ)?)$|"
    r"(?:[・×][^・×]+){2}|とともに|^(?:第?[0-9０-９]+\S{0,2}目)$|[0-9０-９](?:週間|日間?|[かヶ]月|時間|年|分)(?:後|前|目)?$"
)
_NO_NAME_EN = re.compile(
    r",|[.!?]$|^(?:the|our|your|my|a|an|in|on|with|for|to|from|by|of)\b|\b(?:is|are|was|were|be|has|have|how|what|why|when|where|"
    r"who|which|that|this|these|those|here|there|whether|although|though|unlike|beyond|because|if|can|do|does|did|should|"
    r"will|you|your|we|our|us|it|they|them|many|most|some|both|choose|expect|matters?|works?|helps?|tips?|best|top|"
    r"differences?|improved|enhanced|targeted|accelerated|additionally|also|properties|benefits?|effects?|quality|timing|generally|"
    r"everything|treatments|candidates?|safe|support|traditional|participants|patients|people|results?|research|studies|conclusion|overview|faqs?|vs|versus|101)\b|"
    r"\.[a-z]{2,5}$|ing in$|^(?:i|let['’]s)\b|ly$|^[a-z]+ed$|\b(?:women|men|adults|children|kids)$|"
    r"\b(?:in|out of) (?:two|three|four|five|ten|[0-9]+)\b|^\w+ing (?:an?|the|your|with|in|on)\b|"
    r"^(?:and|or|but)\b|\bblog\b|^(?:all|any|each|every|other|another)\b|"
    r"^(?:class|stage|grade|step|phase|week|day|table|part) [\dIVX]+$|"
    r"^(?:embrac|prevent|treat|understand|explor|discover|choos|gett|us|tak|find|manag|liv|maximi[sz]|unlock|introduc|boost|improv|reduc)ing\b|"
    r"^(?:reduces?|improves?|boosts?|promotes?|prevents?|relieves?|enhances?|increases?|supports?|lowers?|protects?|"
    r"strengthens?|regulates?|aids|fights?|controls?|eases?|keeps?|builds?|maintains?|slows?|stimulates?|may|helps|"
    r"sometimes|often|usually|typically|about|only)\b|\b(?:guide|handbook|checklist|introduction|review|story|news|analysis)\b|"
    r"\b(?:cent(?:re|er)|clinic|hub|answers|notes|journal|desk|club|corner|magazine|weekly|today|a to z)$|"
    r"^(?:one|two|three|four|five|half|several|\d[\d.,]*) ",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[（(][^（）()、,]*+[、,][^（）()]*+[）)]")
# A page that sets two things against each other is about neither alone.
_COMPARES = re.compile(r"違い|比較|どっち|どちら|(?:\bvs\b|\bversus\b|\bcompar(?:ed?|ison)\b)", re.IGNORECASE)
_OWNED = re.compile(
    r"の(?:[^の]{0,6}(?:効果|特徴|種類|症状|原因|方法|料金|流れ|副作用|合併症|メリット|デメリット|働き|役割|仕組み|成分|選び方|使い方|"
    r"飲み方|対策|予防|注意点|リスク|関係|ご?質問))(?:[と・、やに].*)?$"
)
_KANA_NAME = re.compile(r"(?!しかし|また|その|おすすめ)[\u3041-\u3093ー]{3,8}")
_LAST_NAME = re.compile(r"[ァ-ヶー][ァ-ヶー一-鿿A-Za-z0-9]{2,23}$")
_LONGEST_NAME, _MOST_WORDS = 24, 5
_MOST_HEADINGS = 256


def is_name(words: str, language: Language) -> bool:
    """Whether the words can stand before a claim as what it is about: a name, no clause and no question.

    >>> is_name("静脈瘤", Language.JA), is_name("電流を流し", Language.JA), is_name("Why us", Language.EN)
    (True, False, False)
    """
    if language is Language.EN:
        return not _NO_NAME_EN.search(words) and len(words.split()) <= _MOST_WORDS
    paired = all(words.count(a) == words.count(b) for a, b in ("（）", "()", "「」"))
    is_clause = _NO_NAME.search(words) and not _KANA_NAME.fullmatch(words)
    return paired and len(words) <= _LONGEST_NAME and not is_clause


def read_name(words: str, language: Language) -> str:
    """The words where they are a name, else the name that a Japanese clause ends with; "" where neither is.

    >>> read_name("利用者が多いニンニク注射", Language.JA), read_name("電流を流し", Language.JA)
    ('ニンニク注射', '')
    """
    if not words or is_name(words, language):
        return words
    found = _LAST_NAME.search(words) if language is Language.JA else None
    return found.group() if found and is_name(found.group(), language) else ""


def find_topic(text: str, language: Language) -> str:
    """What the sentence itself says it is about; "" where it names nothing that stands alone.

    >>> find_topic("しかし、エクソソームは細胞が放出する小胞です。", Language.JA)
    'エクソソーム'
    >>> find_topic("効果は半年ほど続きます。", Language.JA)
    ''
    """
    found = _TOPIC.match(text) if language is Language.JA else _TOPIC_EN.match(_UNLIKE_EN.sub("", text, 1))
    return _find_noun(found, language)


def find_subject(text: str, language: Language) -> str:
    """The topic of the sentence, or in Japanese the subject of its first verb, if it stands alone."""
    topic = find_topic(text, language)
    if topic or language is Language.EN:
        return topic
    found = _SUBJECT.match(text)
    return "" if found and _OF_PEOPLE.match(text, found.end("topic")) else _find_noun(found, language)


def find_opening(text: str) -> str:
    """What a Japanese sentence that has no topic opens with, as what is done or given; "" for no name.

    >>> find_opening("PRPやエクソソームを注入します。")
    'PRPやエクソソーム'
    """
    return _find_noun(_OPENING.match(text), Language.JA)


def tells_outcome(text: str, heading: str) -> bool:
    """Whether a Japanese sentence without a topic tells how people fare, under a heading that is a treatment.

    >>> tells_outcome("まれに気胸が起こることがあります。", "ハイドロリリース注射")
    True
    >>> tells_outcome("気胸は肺に穴があく病気です。", "ハイドロリリース注射")
    False
    """
    patterns = _load_fares()
    return bool(
        patterns["treatment_ja"].fullmatch(heading)
        and not find_topic(text, Language.JA)
        and patterns["fares_ja"].search(text)
    )


def _find_noun(found: re.Match[str] | None, language: Language) -> str:
    noun = str(found["topic"]).strip() if found else ""
    if language is Language.JA and (_PLACE.search(noun) or _CLAUSE.search(noun)):
        return ""
    return noun if stands_alone(noun, language) else ""


def stands_alone(words: str, language: Language) -> bool:
    """Whether the words name something without what came before them: neither これ nor 効果 does."""
    if not words:
        return False
    words = words.strip(_BRACKETS)
    leaning, pointer = _load_leaning(language)
    parts = filter(None, _JOINED.split(words))
    return (
        not all(map(leaning.fullmatch, parts)) and not leaning.fullmatch(words) and not pointer.match(words)
    )


def leans(text: str) -> bool:
    """Whether an English sentence has a subject that needs a name beside it: side effects, results.

    >>> leans("Side effects are rare."), leans("Biotin was studied in mice.")
    (True, False)
    """
    befalls = _load_fares()["befalls_en"]
    if befalls.match(text) or befalls.match(text := _FRONTED_EN.sub("", text)):
        return True
    found = _TOPIC_EN.match(text) or _FIRST_WORDS.match(text)
    if found is not None and found["topic"].lower() == "there":
        return False
    return found is not None and not stands_alone(found["topic"].strip(), Language.EN)


@cache
def _load_fares() -> dict[str, re.Pattern[str]]:
    """How people fare under what the page is about, what is done with "it", what a treatment is called."""
    return join_patterns(_TABLE, ignore_case=True)


@cache
def _load_leaning(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    patterns = join_patterns(_TABLE, ignore_case=language is Language.EN)
    return patterns[f"leaning_{language.value}"], patterns[f"pointer_{language.value}"]


# A heading stands over many sentences, and the title over all.
@lru_cache(maxsize=_MOST_HEADINGS)
def read_subject(heading: str, language: Language) -> str:
    """The first part of a heading, question or title that names a subject; "" where none does.

    >>> read_subject("PRP療法:血小板に託された号令", Language.JA), read_subject("主な原因", Language.JA)
    ('PRP療法', '')
    """
    if _COMPARES.search(heading) or (language is Language.EN and _lists_several(heading)):
        return ""
    heading = _LISTED.sub("", heading)
    for segment in _SEGMENTS.split(heading) if language is Language.JA else _SEGMENTS_EN.split(heading):
        words = _trim(segment, language)
        if (
            len(words) > 1
            and stands_alone(words, language)
            and not _is_clause(words, language)
            and is_name(words, language)
        ):
            return words
    return ""


def _lists_several(heading: str) -> bool:
    """Whether an English heading parts several subjects by commas: none of them stands over all below it.

    >>> _lists_several("Sore knees, tired skin: what helps"), _lists_several("Diabetes, type 2: a guide")
    (True, False)
    """
    parts = [_trim(part, Language.EN) for part in _HEAD_EN.findall(heading)[0].split(", ")]
    return (
        all(
            len(part) > 1
            and stands_alone(part, Language.EN)
            and is_name(part, Language.EN)
            and not _SAYS_MORE_EN.match(part)
            for part in parts
        )
        and len(parts) > 1
    )


def _is_clause(words: str, language: Language) -> bool:
    return language is Language.JA and bool(_VERBAL.search(words) or _PLACE.search(words))


def names_other(heading: str, title: str, language: Language) -> bool:
    """Whether a heading names what the title does not: the title's subject is not safe under it.

    >>> names_other("超音波による引締め", "シミ治療", Language.JA)
    True
    >>> names_other("主な副作用", "シミ治療", Language.JA)
    False
    """
    if not stands_alone(heading, language):
        return False
    if language is Language.EN and (_COMPARES.search(heading) or _lists_several(heading)):
        return True
    names = _NAMES_EN if language is Language.EN else _NAMES
    found: list[str] = names.findall(heading)
    return any(name not in title and stands_alone(name, language) for name in found)


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
        words = segment.strip(" *#\"'“”")
        asked = _ASKED_EN.fullmatch(words)
        words = _TAIL_EN.sub("", _ARTICLES.sub("", asked.group(1) if asked else words)).strip()
        words = _OF_WHOM_EN.sub("", words)
        aspect, of, owner = words.partition(" of ")
        return _ARTICLES.sub("", owner) if of and not stands_alone(aspect, language) else words
    if (subject := find_subject(segment + "。", language)) and len(subject) < len(segment):
        # 虫歯があってもできますか asks about something else.
        if _BESIDE.match(segment.partition(subject)[2]):
            return ""
        return subject.removesuffix("と") if f"{subject}は" in segment else subject
    return _OWNED.sub("", _TAIL.sub("", segment.strip(" *#　"))).rstrip("やとのはがをも ")

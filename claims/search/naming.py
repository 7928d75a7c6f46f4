"""What a claim names only to say what something else is, and what it gives without naming it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from claims.lexicon.folding import unify_spelling
from claims.records.article import Language
from claims.records.retrieval import Concept, PicoSlot
from claims.search.requiring import is_vague

_WHEN_JA = re.compile(r"(?:を|が|で)?(?:し|する|した|出|出る|出た)(?:とき|時|際|たび|拍子)[のに]、?")
# Between two terms: the first says what the second is (血圧の薬であるアムロジピン, the gout drug ...).
_CALLED_JA = re.compile(
    r"(?:(?:の|に(?:含まれる|多い|豊富な))[^、。をがは]{0,10}?)?"
    r"(?:薬|治療薬|剤|成分|色素|一種|ホルモン|酵素|栄養素|製剤|サプリ(?:メント)?|注射)?"
    r"(?:である|の一種である|の一種|として知られる|、)?[「『]?\Z"
)
_SAYS_WHAT_JA = re.compile(r"薬|剤|成分|色素|一種|ホルモン|酵素|栄養素|サプリ|注射|である|として知られる")
_CALLED_EN = re.compile(
    r"\s(?:drug|pill|tablet|medicine|medication|compound|ingredient|supplement|hormone|injection|jab|shot|"
    r"blocker|antioxidant|extract|agent)(?:s?\s(?:called|known as))?\s\Z"
)
# A class, or a form, before its name or behind it: 目薬ルミガン, 漢方薬の牛車腎気丸, quinolone antibiotics,
# the blood thinner warfarin.
_CLASS_JA = re.compile(r"(?:薬|剤|ホルモン|酵素|ワクチン|サプリ(?:メント)?|漢方|注射|点眼|軟膏)\Z")
_OF_CLASS_JA = re.compile(r"(?:の|である|、)?[「『（(]?")
_NAME_JA = re.compile(r"[ァ-ヺー]{3}[0-9A-Z]{0,3}\Z|[湯丸散]\Z|[A-Za-z-]{4}\Z")
_CLASS_EN = re.compile(
    r"\b(?:agents?|inhibitors?|antagonists?|agonists?|blockers?|drugs|medications?|antibiotics?|antidepressants?"
    r"|antihistamines?|antivirals?|antifungals?|antipsychotics?|antiepileptics?|anticonvulsants?|antacids?"
    r"|anticoagulants?|diuretics?|laxatives?|painkillers?|analgesics?|statins?|steroids?|corticosteroids?"
    r"|opioids?|blood thinners?|sedatives?|hypnotics?|stimulants?|bronchodilators?|vaccines?"
    r"|eye drops|ophthalmic solutions)\Z",
    re.I,
)
# In what something is taken: probiotic yoghurts, seaweed snacks.
_TAKEN_IN = frozenset({"snacks", "yogurt", "candy", "beverages", "bread", "smoothies", "cookies"})
# The second says what the first is (theanine, an amino acid in tea).
_DESCRIBED_EN = re.compile(
    r",\s(?:an?|the)\s(?:[\w-]{2,20}\s){1,4}(?:in|of|from|for|against)\s(?:the\s)?\Z", re.I
)
# The first is an example of the second, or the other way round.
_EXAMPLE_JA = re.compile(r"[」』）)]?(?:など|等|といった|のような|をはじめとする|に代表される)(?:の|、)?\Z")
_EXAMPLE_EN = re.compile(r",?\s(?:such as|like|including|for example|e\.g\.,?|especially)\s(?:the\s)?\Z")

_GIVEN_EN = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|drink(?:ing)?|swallow(?:ed|ing)?|us(?:e|es|ing|ed)|wash(?:ed|ing)?|"
    r"inject(?:ed|ing)?|appl(?:y|ied|ying)|stop(?:ping|ped)?|rub(?:bing)?|giv(?:e|en|ing)|start(?:ing)?|"
    r"miss(?:ing|ed)?|skip(?:ping|ped)?|combin(?:e|ing)|ha(?:ve|ving|d)|gets?|getting)"
    r"\s(?:it|them|this|these|one|a dose|doses?)\b"
    r"|\b(?:the|this|these|your|each|every|a)\s(?:\w{1,12}\s)?(?:tablet|capsule|dose|drug|medicine|medication|"
    r"cream|gel|ointment|injection|jab|shot|vaccine|booster|patch|spray|drop|course|pill|implant|device|belt|"
    r"machine|supplement|herb|mineral|vitamin|procedure|operation)(?:e?s)?\b"
    r"|\A(?:taken|used|applied|injected|swallowed|stopping|skipping|missing)\b",
    re.I,
)
# What "it" does is done by what the page is about; "it is important to" speaks of nothing.
_SUBJECT_EN = re.compile(
    r"\A(?:it|they|these)\s(?!takes\b|is (?:\w+ly )?\w+ (?:to|that)\b)"
    r"(?:can|may|might|could|will|also|often|do(?:es)? not|should)?\s?[a-z]+",
    re.I,
)
_GIVEN_JA = re.compile(
    r"服用|内服|投与|接種|塗布|点滴|使用(?:中|後|前|を|し|す)|休薬|飲[みむんめ]|のん[でだ]|打[っつちた]"
    r"|塗[っるりた]|貼[っるりた]|吸入|やめ(?:る|た|て|ると)|中止|中断"
)
# The word for any vaccine names none: "the jab".
_UNTOLD = frozenset({"vaccination", "immunization", "vaccines"})
# So do a form and a kind of substance behind "the": the patch, the mineral.
_UNTOLD_KINDS = frozenset(
    {"transdermal patch", "tablets", "injections", "eye drops", "ointments", "minerals", "vitamins", "herbs"}
    | {"dietary supplements", "vaccination", "immunization", "vaccines", "medical devices"}
)
_THE = re.compile(r"\b(?:the|this|these|each|your)\Z", re.I)
# Whoever is under a treatment is so by what the page is about, whatever else the sentence speaks of.
_DURING = re.compile(
    r"服用中|内服中|使用中|投与中|治療中|飲んでいる(?:間|人|方|とき|時|場合)|打っている(?:間|人|方)"
    r"|(?:服用|内服|投与|使用|接種|注射|吸入|塗布)(?:した)?(?:後|あと)|(?:飲ん[でだ]|打った|塗った|使った)(?:後|あと)"
    r"|\b(?:while|when|if|after|before|by people)\s(?:you\sare\s|you're\s)?taking\s(?:it|them)\b",
    re.I,
)
# What is told of a treatment as such, and after it: side effects include, after the procedure, downtime.
_OF_TREATMENT = re.compile(
    r"副作用|副反応|有害事象|合併症(?:として|は|に|が)|リスク(?:として|に|には)|ダウンタイム|施術|照射[後中]|術[後中]"
    r"|(?:本|この|当|同)(?:治療|施術|手術|製品|注射|療法)|治療(?:後|直後|を(?:中断|中止|やめ)|効果|回数|期間)|(?:注入|注射|手術|処置)(?:後|部位|直後)"
    r"|\b(?:side[- ]effects?|downtime|treatment area|injection sites?)\b"
    r"|\b(?:risks|complications|results|effects|benefits)\s(?:\w{1,12}\s)?(?:include|are|last|fade|wear|appear|show|can)\b"
    r"|\b(?:after|before|during|following|between|post)[ -](?:(?:the|your|each|a|this)\s)?(?:\w{1,12}\s)?"
    r"(?:treatment|procedure|session|surgery|operation|injection|appointment)s?\b"
    r"|\b(?:the|this)\s(?:treatment|procedure|technique|method|therapy|operation|surgery)\b",
    re.I,
)
# Who comes for the treatment of the page.
_ADDRESSED = re.compile(
    r"(?:の|ている|た|る)(?:方|お子さ[まん])(?:は|には|では|も)|\A(?:if|when) you (?:have|are|take|smoke)\b",
    re.I,
)
# What is taken beside the thing itself.
_WITH_EN = re.compile(
    r"\b(?:with|alongside|without|than|well as|instead of)\s(?:(?:an?|the|your)\s)?\Z", re.I
)
_WITH_JA = re.compile(r"(?:で|とともに|と(?:一緒に|同時に)?)(?:飲|のん|服用|内服)")
# What may stand between a treatment and its verb; は makes it a topic beside another object.
_OBJECT = re.compile(r"[」』）)]?[をの]?")


def set_aside(
    concepts: Sequence[Concept], text: str, language: Language
) -> tuple[list[Concept], frozenset[str]]:
    """The concepts, and the wordings of those that only say what another is.

    A record need not name them: お茶 in お茶のうまみ成分テアニン. They are no alternatives of what they stand
    beside. An example is one of what it is an example of: ほてり in ほてりなどの更年期症状.
    """
    aside, examples = _find_asides([c for c in concepts if not c.inherited], text, language)
    pairs = zip((None, *concepts), concepts, strict=False)
    parted = [
        replace(
            concept,
            alternative=concept.source in examples
            or (concept.alternative and _is_aside(before, aside) == (concept.source in aside)),
        )
        for before, concept in pairs
    ]
    return parted, frozenset(aside)


def _is_aside(concept: Concept | None, aside: set[str]) -> bool:
    return concept is not None and concept.source in aside


def _find_asides(concepts: Sequence[Concept], text: str, language: Language) -> tuple[set[str], set[str]]:
    """What is set aside, and the second of each pair of which one is an example of the other."""
    read = unify_spelling(text)
    aside: set[str] = set()
    examples: set[str] = set()
    end = 0
    former: Concept | None = None
    before: Concept | None = None
    for concept in concepts:
        start = read.find(concept.source, end)
        if start < 0:
            continue
        if before is not None and not is_vague(concept):
            between = read[end:start]
            if _is_example(before, concept, between, language):
                examples.add(concept.source)
            elif (of_class := _find_class(before, concept, between, language)) is not None:
                aside.add(of_class.source)
                aside |= _find_purpose(former, of_class, read, language)
            elif _is_circumstance(before, between, language):
                aside.add(before.source)
            else:
                aside |= _find_aside(before, concept, between, language)
        former, before, end = before, concept, start + len(concept.source)
    return aside | _list_joined(concepts, aside, language), examples


def _is_circumstance(before: Concept, between: str, language: Language) -> bool:
    """Whether one is only when the other shows: 咳 in 咳をしたときの尿もれ."""
    return (
        language is Language.JA
        and before.slot is PicoSlot.CONDITION
        and _WHEN_JA.fullmatch(between) is not None
    )


def _is_example(before: Concept, concept: Concept, between: str, language: Language) -> bool:
    """Whether one is an example of the other: a record on either bears on the claim."""
    told = (_EXAMPLE_EN if language is Language.EN else _EXAMPLE_JA).fullmatch(between)
    return told is not None and before.slot is concept.slot and not is_vague(before)


def _find_class(before: Concept, concept: Concept, between: str, language: Language) -> Concept | None:
    """Which of two that stand side by side is but the class of the other, or what it is taken in."""
    if {before.slot, concept.slot} != {PicoSlot.INTERVENTION}:
        return None
    if language is Language.JA:
        told = _OF_CLASS_JA.fullmatch(between) and _CLASS_JA.search(before.source)
        return before if told and _NAME_JA.search(concept.source) else None
    if between == " " and concept.english[0].lower() in _TAKEN_IN:
        return concept
    classes = [c for c in (before, concept) if any(map(_CLASS_EN.search, c.english))]
    return classes[0] if between == " " and len(classes) == 1 else None


def _find_purpose(former: Concept | None, of_class: Concept, text: str, language: Language) -> set[str]:
    """What the class is for, named before it: 緑内障 in 緑内障の目薬ルミガン."""
    if former is None or former.slot is not PicoSlot.CONDITION or language is not Language.JA:
        return set()
    return {former.source} if f"{former.source}の{of_class.source}" in text else set()


def _find_aside(before: Concept, concept: Concept, between: str, language: Language) -> set[str]:
    if language is Language.EN:
        if _DESCRIBED_EN.fullmatch(between) and before.slot is PicoSlot.INTERVENTION:
            return {concept.source}
        named = concept.slot is PicoSlot.INTERVENTION and _CALLED_EN.fullmatch(between)
        return {before.source} if named else set()
    called = _CALLED_JA.fullmatch(between) and _SAYS_WHAT_JA.search(between)
    return {before.source} if called and concept.slot is PicoSlot.INTERVENTION else set()


def _list_joined(concepts: Sequence[Concept], aside: set[str], language: Language) -> set[str]:
    """What stands in one list with an aside: ほてり of ほてりやイライラといった更年期の症状."""
    joined = set(aside)
    order = list(concepts) if language is Language.EN else list(reversed(concepts))
    for first, second in itertools.pairwise(order):
        later = second if language is Language.EN else first
        if later.alternative and first.source in joined:
            joined.add(second.source)
    return joined


def gives_unnamed(concepts: Sequence[Concept], text: str, language: Language) -> bool:
    """Whether the text speaks of taking, giving or stopping something that it does not name.

    What it goes with or is compared with is no name for it: coffee in "Wash it down with coffee", お茶 in
    お茶で飲んでも.
    """
    read = unify_spelling(text)
    given = [c for c in concepts if c.slot is PicoSlot.INTERVENTION and not is_untold(c, read)]
    places = [(at, at + len(c.source)) for c in given if (at := read.find(c.source)) >= 0]
    goes_with = _is_with_en if language is Language.EN else _is_with_ja
    named = any(not goes_with(read, start, end) for start, end in places)
    if any(not _is_named_before(read, found.start(), places) for found in _DURING.finditer(read)):
        return True
    told = any(not is_vague(concept) for concept in given)
    if not told and (_OF_TREATMENT.search(read) or _ADDRESSED.search(read)):
        return True
    if language is Language.EN:
        return bool(_SUBJECT_EN.match(read)) or (not named and _GIVEN_EN.search(read) is not None)
    return not named and any(_is_without_object(read, found.start()) for found in _GIVEN_JA.finditer(read))


def is_untold(concept: Concept, text: str) -> bool:
    """Whether it is the word for any vaccine, or a form or kind that "the" speaks of."""
    words = {concept.english[0].lower(), concept.mesh.lower()}
    before, _, _ = text[: text.find(concept.source) + len(concept.source)].rpartition(" ")
    behind = _THE.search(before)
    return not words.isdisjoint(_UNTOLD) or (behind is not None and not words.isdisjoint(_UNTOLD_KINDS))


def _is_with_en(text: str, start: int, end: int) -> bool:
    return _WITH_EN.search(text[:start]) is not None


def _is_with_ja(text: str, start: int, end: int) -> bool:
    return _WITH_JA.match(text, end) is not None


def _is_named_before(text: str, at: int, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a treatment is the object of the verb there: ワルファリン服用中, インスリンを使用中."""
    return not _is_without_object(text, at) or any(
        start < at and _OBJECT.fullmatch(text[end:at]) for start, end in places
    )


def _is_without_object(text: str, at: int) -> bool:
    """Whether the verb there has no object in its clause."""
    clause = re.split(r"[、。]", text[:at])[-1]
    return "を" not in clause

"""Which concepts of a claim a record must name to bear on it; the others widen a query, or rank."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from claims.lexicon.folding import unify_spelling
from claims.lexicon.tables import TermRole, load_words
from claims.records.retrieval import Concept, PicoSlot

MOST_REQUIRED = 3
# A vague or bodily concept is asked for only where fewer than this many others are.
_ENOUGH = 2
_ORDER = (
    PicoSlot.INTERVENTION,
    PicoSlot.COMPARATOR,
    PicoSlot.CONDITION,
    PicoSlot.POPULATION,
    PicoSlot.OUTCOME,
)
_BETWEEN_JA = re.compile(
    r"[」』）)\s]{0,3}(?:や|・|、|，|または|もしくは|あるいは|か|および|及び|並びに|ならびに|と|とか|など(?:の|、)?|"
    r"だけで(?:は)?なく、?|をはじめとする|といった)[「『（(\s]{0,3}(?:その他の|他の|[^、。をはがにでと]{1,6}の)?\Z"
)
_BETWEEN_EN = re.compile(
    r"[\s)]{0,3}(?:,|/|,?\s{0,3}\b(?:and|or|and/or|nor|as well as|such as|including)\b)"
    r"\s{0,3}(?:the|an?|other|also|even|sometimes)?[\s(]{0,3}\Z"
    r"|,\s[a-z-]{3,20},?\s(?:and|or)\s(?:even\s)?\Z"
)
# What stands beside each other is compared: AとBに差はない, A and B work equally well.
_WEIGHED = re.compile(
    r"差(?:が|は)?(?:な[いかく]|ありません|(?:みら|見ら|認めら)れ(?:な|ませ))|変わ(?:ら(?:ない|ず|ません)|りません|りはな)|違い(?:は|が)(?:ほとんど)?(?:な[いく]|ありません|見られ)|大差|同(?:等|程度|じくらい)"
    r"|\b(?:equally|no (?:real |significant )?difference between|compar(?:e|es|ed|ing)|side by side)\b",
    re.I,
)
_COMPARABLE = frozenset({"surgery", "diet"})
_GIVEN = (PicoSlot.INTERVENTION, PicoSlot.COMPARATOR)
_COMMAS = (",", "、", "，")
# What a trial is controlled with: every trial names it.
_CONTROLS = frozenset(
    {"placebo", "placebos", "sham", "sham treatment", "control group", "placebo-controlled"}
)
# Said of a disease that nobody treats, whatever else is told.
_UNTREATED = frozenset({"untreated", "no treatment"})
# The form in which something is given, and the class under which it is sold: asked for where there is room.
_FORMS = frozenset(
    {"eye drops", "ophthalmic solutions", "subcutaneous injection", "intramuscular injection"}
    | {"foods with function claims", "functional food", "functional foods"}
)
# What is given together is asked for together.
_TOGETHER = re.compile(
    r"併用|一緒に|いっしょに|組み合わせ|同時に|とともに|飲み合わせ|相互作用"
    r"|combin|alternat|together|along with|in addition to|plus"
    r"|\b(?:mix(?:es|ed|ing)?|interacts?|on top of|alongside|at the same time)\b",
    re.I,
)
# A treatment is said to do harm.
_HARMS = re.compile(
    r"副作用|起こす|起こし|起こる|起こり|招[くき]|引き起こ|出ることがあ|なることがあ|おそれ|恐れ|リスクを(?:高め|上げ)"
    r"|リスクが(?:高|上)|(?:出|起き|なり)やす|注意が必要|が(?:多い|増え)|を(?:増や|傷|悪く)|悪化|危険"
    r"|\b(?:side[- ]effects?|adverse|unwanted effect|risk of"
    r"|caus(?:e|es|ed|ing)|trigger(?:s|ed|ing)?|brings? on"
    r"|leads? to|set off|sets off|give you|gives you|leave you|leaves you|makes? (?:you|people|some)|at risk"
    r"|more likely|(?:rais|increas|doubl|tripl)es?"
    r"|(?:gives?|puts?|leaves?) \w{1,20} (?:more|at)|more harm|dangers?|dangerous)\b",
    re.I,
)
# What befalls any part of the body: where it is said which, that is needed as well.
_ANYWHERE = frozenset(
    {"sprain", "sprains", "strain", "fractures", "fracture", "dislocation", "tendinopathy", "tendinitis"}
    | {"arthritis", "osteoarthritis", "injuries", "wounds", "burns", "scar", "wrinkles", "skin laxity"}
    | {"cancer", "tumor", "infection", "inflammation", "thrombosis", "stenosis", "ulcer", "spasm"}
    | {"fat", "subcutaneous fat", "adipose tissue", "hyperhidrosis", "muscle hypertrophy", "hypertrophy"}
)
_MOST_BETWEEN = 24
_RELATED_JA = re.compile(r"[」』）)]?(?:の|との(?:間の)?)(?:関連|関係|相関|つながり)")
_RELATED_EN = re.compile(
    r"\b(?:links?|relationship|association|connection|correlation|interaction)s?\sbetween\s[^.;]{1,40}\Z",
    re.I,
)
# What a sentence opens with as the setting of what it says.
_SETTING_JA = re.compile(
    r"(?:で(?:は|も)|における|において|の(?:際|とき|時|場合)|(?:の)?(?:前|中|後)(?:に|の|は))"
)
_SETTING_EN = re.compile(r"\A(?:during|before|after|in|at) (?:an? |the )?\Z", re.I)
_VERB_ENDS = "うくぐすつぬぶむる"
# What stands in brackets says no more than what it stands behind: faecal transplant (FMT), 胃薬(PPI).
_IN_BRACKETS = re.compile(r"\s?[(（]")


def may_carry(concept: Concept, roles: Mapping[str, TermRole]) -> bool:
    """Whether a query may rest on this concept: no vague word, no part of the body, no group of people.

    ``roles`` are those of the claim's terms by their wording.
    """
    if is_vague(concept):
        return False
    return roles.get(concept.source) is not TermRole.SITE and concept.slot is not PicoSlot.POPULATION


def is_vague(concept: Concept) -> bool:
    """Whether it is one of the words that half of all records name: growth, pathway, treatment.

    Surgery and diet are none where something is compared with them.
    """
    word = concept.english[0].lower()
    compared = concept.slot is PicoSlot.COMPARATOR and word in _COMPARABLE
    return not compared and word in _words("vague")


def join_alternatives(concepts: Sequence[Concept], text: str) -> list[Concept]:
    """The concepts, those marked that the text names beside the one before in the same slot (A や B).

    >>> from claims.records.retrieval import Concept, PicoSlot
    >>> pair = [Concept(word, (word,), "", PicoSlot.CONDITION) for word in ("asthma", "eczema")]
    >>> [concept.alternative for concept in join_alternatives(pair, "in asthma or eczema")]
    [False, True]

    So are several that something is compared with (than A or B), by whatever slots they come.
    """
    read = unify_spelling(text)
    joined: list[Concept] = []
    end = 0
    for concept in concepts:
        start = read.find(concept.source, end)
        before = joined[-1] if joined else None
        between = read[end:start]
        if (
            before is not None
            and start >= 0
            and (_names_again(before, concept, between) or _belongs_to(before, concept, between))
        ):
            concept = replace(concept, slot=before.slot, alternative=not concept.inherited)
        elif before is not None and _is_set_against(joined, concept, read, end, start):
            head = max(at for at, other in enumerate(joined) if not other.alternative)
            joined[head:] = [replace(other, slot=PicoSlot.COMPARATOR) for other in joined[head:]]
            concept = replace(concept, slot=PicoSlot.COMPARATOR, alternative=True)
        elif before is not None and before.slot is concept.slot:
            beside = start >= 0 and _stands_beside(read, end, start) and not _is_when(before, between)
            beside = beside and not _is_related(read, end, start + len(concept.source))
            if beside and concept.slot in _GIVEN and _WEIGHED.search(read):
                joined[-1] = replace(before, slot=PicoSlot.COMPARATOR) if is_vague(before) else before
                concept = replace(concept, slot=PicoSlot.COMPARATOR)
            else:
                alike = is_vague(before) == is_vague(concept)
                concept = replace(concept, alternative=beside and alike and not concept.inherited)
        joined.append(concept)
        end = start + len(concept.source) if start >= 0 else end
    return joined


def _is_set_against(joined: Sequence[Concept], concept: Concept, text: str, end: int, start: int) -> bool:
    """Whether it is one of several that something is compared with: than A or B, AやBより.

    Of these the lexicon's terms tell one alone, that which stands at the word of comparison. A comma lists
    only behind what is compared (in "compared with A, B" it is B that is), and ", and" where a list is open.
    """
    before = joined[-1]
    if start < 0 or concept.inherited or {before.slot, concept.slot} != set(_GIVEN):
        return False
    if is_vague(before) or is_vague(concept) or not _stands_beside(text, end, start):
        return False
    between = text[end:start].strip()
    if between in _COMMAS:
        return any(other.slot is PicoSlot.INTERVENTION for other in joined[:-1])
    return before.alternative or not between.startswith(_COMMAS)


def _names_again(before: Concept, concept: Concept, between: str) -> bool:
    """Whether what stands in brackets is another name: a treatment's, or a short form that nobody knows."""
    short = not concept.mesh and concept.source.isupper() and len(concept.english) == 1
    treatment = before.slot in _GIVEN and concept.slot in _GIVEN
    return bool(_IN_BRACKETS.fullmatch(between)) and (short or treatment)


def _belongs_to(before: Concept, concept: Concept, between: str) -> bool:
    """Whether a term behind の is an event of what stands before it: 狭心症の発作, an angina attack."""
    named = before.english[0].split()[0] == concept.english[0].split()[0]
    return between == "の" and before.slot is concept.slot and named


def _is_when(before: Concept, between: str) -> bool:
    """Whether と behind a verb says when, and lists nothing: 歯を失うと認知症のリスクが上がる."""
    return between.startswith("と") and before.source[-1] in _VERB_ENDS


def _is_related(text: str, start: int, end: int) -> bool:
    """Whether it is how two things go together that is spoken of: 糖尿病と歯周病の関連, a link between."""
    return bool(_RELATED_JA.match(text, end) or _RELATED_EN.search(text[:start]))


def _stands_beside(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    if len(between) > _MOST_BETWEEN or _TOGETHER.search(text):
        return False
    return bool(_BETWEEN_JA.match(between) or _BETWEEN_EN.match(between.lower()))


def require_concepts(
    concepts: Sequence[Concept],
    roles: Mapping[str, TermRole],
    aside: Collection[str] = (),
    text: str = "",
) -> list[Concept]:
    """The concepts, marked by whether a record must name them: those of the first groups at most.

    Interventions and what they are compared with go first, then the condition, then pregnancy and other
    states of people, then what is measured. What heading or theme supplied is required for claims about
    patients alone: what happens in a cell needs no disease. Complaints, parts of the body, plain groups of
    people and vague words fill up only where nothing better is told: the knee stands in for what is treated
    there, and so does a condition ``aside`` (片頭痛の注射薬). What else stands aside is never required, nor
    what a trial is controlled with (placebo), unless nothing else is given.
    """
    treated = any(c.slot in _GIVEN and not _is_control(c) for c in concepts)
    is_named = any(may_carry(c, roles) and not _is_untreated(c) for c in concepts)
    harms = treated and _HARMS.search(text) is not None
    kept = [
        concept
        for concept in concepts
        if not (treated and _is_control(concept)) and not (is_named and _is_untreated(concept))
        if concept.source not in aside or _names_disease(concept)
    ]
    ranked = sorted(
        group_alternatives(kept), key=lambda group: min(_rank(concept, concepts, roles) for concept in group)
    )
    sorts = _sort_groups(ranked, concepts, roles, aside)
    late = [group for group in sorts.solid if group[0].inherited and group[0].slot is PicoSlot.CONDITION]
    firm = _make_room([group for group in sorts.solid if group not in late], unify_spelling(text))
    if late and not harms and len(firm) >= MOST_REQUIRED and firm[-1][0].slot is PicoSlot.OUTCOME:
        # The disease of the page says more than the last of three that the sentence names.
        firm = [*firm[: MOST_REQUIRED - 1], late[0]]
    complaints = _list_complaints(sorts, harms)
    # Two that are compared leave one place: the disease of the page says more than a complaint.
    last = [*late, *complaints] if len(firm) >= _ENOUGH and not harms else [*complaints, *late]
    told = [*firm, *_fill_up(sorts), *last]
    chosen = [*told, *(_list_people(sorts, told) if harms else [])][:MOST_REQUIRED]
    required = {id(concept) for group in chosen for concept in group}
    return [replace(concept, required=id(concept) in required) for concept in concepts]


@dataclass
class _Sorts:
    """Groups by what they are worth: ``beside`` are conditions that only say what a treatment is for."""

    solid: list[list[Concept]] = field(default_factory=list)
    complaints: list[list[Concept]] = field(default_factory=list)
    beside: list[list[Concept]] = field(default_factory=list)
    spare: list[list[Concept]] = field(default_factory=list)


def _sort_groups(
    ranked: Iterable[list[Concept]],
    concepts: Sequence[Concept],
    roles: Mapping[str, TermRole],
    aside: Collection[str],
) -> _Sorts:
    sorts = _Sorts()
    biology = _is_biology(concepts, roles)
    for group in ranked:
        inherited = group[0].inherited
        if not any(may_carry(concept, roles) or is_state(concept) for concept in group):
            sorts.spare += [] if inherited else [group]
        elif all(concept.source in aside for concept in group):
            sorts.beside.append(group)
        elif all(map(is_complaint, group)):
            sorts.complaints.append(group)
        elif not (inherited and biology):
            sorts.solid.append(group)
    return sorts


def _make_room(groups: list[list[Concept]], text: str) -> list[list[Concept]]:
    """The groups, so that three treatments do not take the place of the disease that the claim names.

    Of the three the one that only says where the others are set side by side (白内障手術では、) gives way.
    """
    if sum(group[0].slot in _GIVEN for group in groups) < MOST_REQUIRED:
        return groups
    groups = sorted(groups, key=lambda group: group[0].slot in _GIVEN and _is_setting(group[0], text))
    given = [group for group in groups if group[0].slot in _GIVEN]
    others = [group for group in groups if group[0].slot not in _GIVEN]
    if not others or not _names_disease(others[0][0]):
        return groups
    compared = next((group for group in given[1:] if group[0].slot is PicoSlot.COMPARATOR), given[1])
    return [given[0], compared, *others]


def _is_setting(concept: Concept, text: str) -> bool:
    """Whether the text names it first, as that in which something happens: 白内障手術では, during surgery."""
    _, found, behind = text.partition(concept.source)
    before = text[: text.find(concept.source)] if found else ""
    fronted = not before.strip(" 、") and _SETTING_JA.match(behind)
    return bool(fronted or _SETTING_EN.search(before))


def _fill_up(sorts: _Sorts) -> list[list[Concept]]:
    """What stands in: the part of the body that is treated where no disease is told, else up to two."""
    left = _ENOUGH - len(sorts.solid)
    people = sum(group[0].slot is PicoSlot.POPULATION for group in sorts.solid)
    if people and left + people > 0 >= left:
        # Who is treated says nothing of what is: the hips of a swaddled baby.
        return [g for g in sorts.spare if g[0].slot is PicoSlot.OUTCOME and not any(map(is_vague, g))][:1]
    if left <= 0 and any(
        concept.english[0].lower() in _ANYWHERE for group in sorts.solid for concept in group
    ):
        return [g for g in sorts.spare if g[0].slot is PicoSlot.OUTCOME and not any(map(is_vague, g))][:1]
    if left <= 0 and all(group[0].slot in _GIVEN for group in sorts.solid):
        return [group for group in sorts.spare if not any(map(is_vague, group))]
    if left == 0 and not any(group[0].slot in _GIVEN for group in sorts.solid):
        # An operation on the disease that is told is what is given.
        return [group for group in sorts.spare if group[0].english[0].lower() in _COMPARABLE][:1]
    filling = [*sorts.beside[: max(left, 0)], *sorts.spare]
    return filling[: max(left - len(sorts.complaints), 0)] or sorts.beside[: max(left, 0)]


def _list_complaints(sorts: _Sorts, harms: bool) -> list[list[Concept]]:
    """The complaints, unless two others with a disease among them say what the claim is about.

    What a treatment does by way of harm (a headache, bleeding) is what such a claim is about.
    """
    told = any(_names_disease(concept) for group in sorts.solid for concept in group)
    return [] if told and not harms and len(sorts.solid) >= _ENOUGH else sorts.complaints


def _list_people(sorts: _Sorts, told: Sequence[list[Concept]]) -> list[list[Concept]]:
    """Whom a harm befalls, where there is room: children, smokers, older adults."""
    people = [group for group in sorts.spare if group[0].slot is PicoSlot.POPULATION and group[0].mesh]
    return [group for group in people if group not in told]


def _names_disease(concept: Concept) -> bool:
    return concept.slot is PicoSlot.CONDITION and not (concept.inherited or is_complaint(concept))


def is_complaint(concept: Concept) -> bool:
    """Whether it is a complaint of many diseases: pain, itching, tiredness."""
    return concept.english[0].lower() in _words("complaints")


def _is_control(concept: Concept) -> bool:
    return concept.english[0].lower() in _CONTROLS


def _is_untreated(concept: Concept) -> bool:
    return concept.english[0].lower() in _UNTREATED


def group_alternatives(concepts: Sequence[Concept]) -> Iterator[list[Concept]]:
    """The concepts in their order, each with its alternatives; a descriptor is asked for once."""
    group: list[Concept] = []
    asked: set[str] = set()
    needed = {concept.mesh for concept in concepts if concept.required}
    for concept in concepts:
        if not concept.required and concept.mesh and concept.mesh in needed:
            continue
        if group and not concept.alternative:
            yield group
            group = []
        if concept.mesh not in asked or concept.alternative:
            group.append(concept)
        asked |= {concept.mesh} - {""}
    if group:
        yield group


def _rank(concept: Concept, concepts: Sequence[Concept], roles: Mapping[str, TermRole]) -> tuple[int, int]:
    """What is asked for first: by slot, and in the order of the words."""
    place = _ORDER.index(concept.slot)
    form = concept.english[0].lower() in _FORMS and not _is_sole_comparator(concept, concepts)
    site = roles.get(concept.source) is TermRole.SITE
    late = is_vague(concept) * _ENOUGH or is_complaint(concept) or site or form
    return place + len(_ORDER) * late, next(i for i, other in enumerate(concepts) if other is concept)


def _is_sole_comparator(concept: Concept, concepts: Sequence[Concept]) -> bool:
    """Whether nothing else is compared with: an operation or eye drops."""
    return [c for c in concepts if c.slot is PicoSlot.COMPARATOR] == [concept]


def is_state(concept: Concept) -> bool:
    """Whether a group of people is a medical matter of its own: pregnancy, newborns."""
    return concept.slot is PicoSlot.POPULATION and bool(concept.mesh) and not is_vague(concept)


def _is_biology(concepts: Sequence[Concept], roles: Mapping[str, TermRole]) -> bool:
    """Whether it speaks of what happens in cells: two mechanisms or more of its own, and no disease."""
    own = [c for c in concepts if not c.inherited and may_carry(c, roles)]
    if any(map(_names_disease, own)):
        return False
    return sum(roles.get(concept.source) is TermRole.MECHANISM for concept in own) >= _ENOUGH


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(word.lower() for word in load_words(table))

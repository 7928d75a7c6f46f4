"""From the terms of a claim to concepts in slots: what is asked about whom, and what it is measured by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.lexicon.folding import unify_spelling
from claims.lexicon.lexicon import Lexicon
from claims.lexicon.tables import TermRole
from claims.lexicon.terms import FoundTerm
from claims.records.article import Language
from claims.records.retrieval import Concept, PicoSlot
from claims.search.implied import add_implied, tells_of_disease
from claims.search.naming import gives_unnamed, is_untold, set_aside
from claims.search.requiring import (
    group_alternatives,
    is_complaint,
    is_state,
    is_vague,
    join_alternatives,
    may_carry,
    require_concepts,
)

_SLOTS = {
    TermRole.INTERVENTION: PicoSlot.INTERVENTION,
    TermRole.CONDITION: PicoSlot.CONDITION,
    TermRole.OUTCOME: PicoSlot.OUTCOME,
    TermRole.MECHANISM: PicoSlot.OUTCOME,
    TermRole.SITE: PicoSlot.OUTCOME,
    TermRole.POPULATION: PicoSlot.POPULATION,
    TermRole.COMPARATOR: PicoSlot.COMPARATOR,
}
_MOST_INHERITED = 2
# The last word of an intervention's English that says how it is given, and no more.
_WAYS_TO_GIVE = (
    "injection", "injections", "therapy", "treatment", "supplementation", "supplements", "supplement",
    "administration", "infusion", "intake", "ingestion", "consumption", "application",
)  # fmt: skip
_MOST_WIDENED = 2
_OPERATION = re.compile(
    r"ectomy|plasty|otomy|surg|replacement|transplant|implant|extraction|graft|bypass|fertili[sz]ation"
    r"|insemination|cesarean|chemotherapy|radiotherapy|dialysis"
)
_COMPARED_JA = re.compile(
    r"[^、。,は]{0,4}(?:(?<!に)より|[にと]比べ|[にと]比較|[にと]比し|と同(?:等|じくらい|程度|様)|に対する(?:優|非劣)|に対し(?:て)?(?:の)?(?:優|非劣|有意)"
    r"|に劣|に勝る|に匹敵|に引けを取|に及ば|と遜色|と並ぶ|を(?:上|下)回|をしの[ぐい]|を凌[ぐい]|ではなく|の代わり|と違[いっ]|と変わら"
    r"|以上に|ほど[^、。はがを]{0,6}(?:は|が)?[^、。はがを]{0,8}(?:ない|ませ|なく))"
)
# What nothing but a comparison says: より says from what as well.
_SURELY_COMPARED_JA = re.compile(
    r"[^、。,は]{0,2}(?:[にと]比べ|[にと]比較|[にと]比し|に対する(?:優|非劣)|に劣)"
)
_SURELY_COMPARED_EN = re.compile(
    r"(?:compared (?:with|to)|versus|vs\.?|relative to|as opposed to|in comparison (?:with|to))"
    r"\s+(?:the\s+|an?\s+)?"
)
_COMPARED_EN = re.compile(
    r"(?:compared (?:with|to)|than|versus|vs\.?|relative to|in comparison (?:with|to)"
    r"|head[ -]to[ -]head (?:with|against)|comparable with"
    r"|(?:superior|inferior|non-?inferior|equivalent|equal|preferable|preferred|similar|comparable) to"
    r"|as (?!(?:soon|long|far|such)\b)\w+ as|\A(?:when )?(?:set )?against|just like"
    r"|differs? from|different from|instead of|rather than|in place of|unlike|as opposed to"
    r"|in contrast (?:to|with)|beats?|outperform(?:s|ed)?|surpass(?:es|ed)?|rivals?|rivalled|matche[sd]|over)"
    r"\s+(?:(?:those|people|patients|anyone|women|men|children|babies|mothers|users)\s+)?"
    r"(?:(?:who|that|which)\s+)?(?:(?:just|only|simply|never|are|were|do|did|stay|stayed)\s+){0,2}"
    r"(?:(?:after|with|by|on|in|from|using|taking|having|given|doing|wearing|eating|drinking|getting|transferring"
    r"|take|took|use|used|avoid|had|have|get|got)\s+)?(?:the\s+|an?\s+|their\s+|your\s+|both\s+|either\s+)?"
)
_CLOSES_EN = re.compile(
    r"\s+(?:does|do|did|is|are|was|were|can|could|would|will|for|in|at|against)\b|\s*[.;)]|\s*\Z"
)
# What is not taken or done beside the treatment of the page, or decides on its success.
_KEPT_AWAY = re.compile(
    r"避け|控え|併用|一緒に|成功|\bavoid|\bchances?\b|\bsuccess|\bnot (?:drink|smoke|take|use|have)\b", re.I
)
# What happens in many diseases, and is none of its own: it is told of the disease of the page.
_PROCESSES = frozenset(
    {"inflammation", "infection", "tissue adhesions", "snapping", "suppuration", "nerve compression"}
)
# The disease of the page, by a word for any.
_THIS_DISEASE = re.compile(
    r"(?:この|こうした|同)(?:シミ|しみ|病気|疾患|症状|状態|障害|がん|痛み|タイプ|感染症)"
    r"|\b(?:this|the) (?:condition|disease|disorder|problem|syndrome|infection|cancer|injury|pain|illness)\b",
    re.I,
)
_TREATMENT = re.compile(r"治療|療法|\b(?:treatments?|treating|therapy|therapies)\b", re.I)
_DEFINES = re.compile(r"とは[?？」]?\Z|\bwhat (?:is|are)\b", re.I)
# What the sentence speaks of: marked as topic or means, or as subject of something done to an object.
_TOPIC_JA = re.compile(
    r"[」』）)\s]*(?:など|等)?(?:は|により|による|によって|を介して|が(?=[^。、]{1,30}を))"
)


def find_concepts(
    claim_text: str, read_as: str, above: Sequence[str], language: Language, lexicon: Lexicon
) -> tuple[list[Concept], tuple[str, ...]]:
    """The concepts of a claim in the order of its words, and the words that nothing maps.

    What only ``read_as`` names counts as inherited. Where neither names a condition, it comes from the
    nearest text ``above`` (heading, then theme) that has one; a claim of empty nouns alone (効果は1年続く)
    takes what it speaks of from there as well. Empty when that is not told either. Those without which a
    record cannot bear on the claim are marked as required.
    """
    concepts, unmapped = _gather(claim_text, read_as, above, language, lexicon)
    return [_widen(concept, lexicon) for concept in concepts], unmapped


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim as it is being read: its words, what stands above it, and what its terms usually are."""

    text: str
    language: Language
    above: Sequence[str]
    lexicon: Lexicon
    roles: Mapping[str, TermRole]

    def inherit(self, slot: PicoSlot, nearest: bool = False) -> list[Concept]:
        """What the nearest text above that has any names for the slot; with ``nearest`` the first alone."""
        return _inherit(slot, self.above[:1] if nearest else self.above, self.language, self.lexicon)

    def inherit_treatment(self) -> list[Concept]:
        """What the page treats with, unless a text that stands nearer names a disease alone."""
        for text in self.above:
            given = _inherit(PicoSlot.INTERVENTION, [text], self.language, self.lexicon)
            if given or _inherit(PicoSlot.CONDITION, [text], self.language, self.lexicon):
                return given
        return []

    def inherit_disease(self) -> list[Concept]:
        """The disease that the nearest text above is about, where that names no treatment."""
        for text in self.above:
            found = _inherit(PicoSlot.CONDITION, [text], self.language, self.lexicon)
            given = _inherit(PicoSlot.INTERVENTION, [text], self.language, self.lexicon)
            if found or given:
                return [] if given else found[:1]
        return []

    def count_own(self, concepts: Iterable[Concept]) -> int:
        """How many things the sentence names itself; what it gives as alternatives is one (赤みや腫れ)."""
        own = [concept for concept in concepts if not concept.inherited and may_carry(concept, self.roles)]
        return len(list(group_alternatives(join_alternatives(own, self.text))))


def _gather(
    claim_text: str, read_as: str, above: Sequence[str], language: Language, lexicon: Lexicon
) -> tuple[list[Concept], tuple[str, ...]]:
    beside = "\n".join(above)
    found, unmapped = lexicon.find_terms(claim_text, language, beside)
    roles = {term.source: term.role for term in found}
    concepts = _place_terms(found, claim_text, language)
    if read_as and read_as != claim_text:
        completed, more = lexicon.find_terms(read_as, language, beside)
        roles |= {term.source: term.role for term in completed if term.source not in roles}
        added = _place_terms(completed, read_as, language, inherited=True)
        once = [c for c in added if c is added[0] or not _is_bracketed(c.source, read_as)]
        concepts += _without_known(concepts, once)
        unmapped = tuple(dict.fromkeys((*unmapped, *more)))
    claim = _Claim(claim_text, language, above, lexicon, roles)
    if not any(may_carry(concept, roles) for concept in concepts):
        sites = [c for c in concepts if not is_vague(c)]
        subject = _inherit_subject(claim, sites) if found else []
        # Whom it is told of stays: it is not used by pregnant women.
        own = [concept for concept in concepts if is_state(concept)] if subject else []
        return require_concepts([*subject, *_without_known(subject, own)], {}), unmapped
    unnamed = gives_unnamed(concepts, claim_text, language)
    named = _place_subject(concepts, claim)
    above_given = _complete(named, claim, unnamed, claim.count_own(concepts))
    known = [*concepts, *above_given]
    concepts = [*named, *add_implied(known, claim_text)[len(known) :]]
    if unnamed and any(concept.slot is PicoSlot.INTERVENTION for concept in above_given):
        concepts = [concept for concept in concepts if not is_untold(concept, claim_text)]
    concepts += above_given
    if language is Language.JA and _is_defined_above(claim_text, above):
        concepts += _without_known(concepts, _inherit_defined(above[0], language, lexicon))
    joined = join_alternatives(_tell_apart(_without_parts(concepts)), claim_text)
    parted, aside = set_aside(joined, claim_text, language)
    return require_concepts(parted, roles, aside, claim_text), unmapped


def _widen(concept: Concept, lexicon: Lexicon) -> Concept:
    """An intervention that says how it is given, with what is given beside it: PRP beside PRP injection.

    Records name the substance and seldom the phrase; only an intervention of the lexicon is taken out.
    """
    base, _, given = concept.english[0].rpartition(" ")
    if concept.slot is not PicoSlot.INTERVENTION or given not in _WAYS_TO_GIVE:
        return concept
    known, _ = lexicon.find_terms(base, Language.EN)
    if (
        len(known) != 1
        or known[0].source.lower() != base.lower()
        or known[0].role is not TermRole.INTERVENTION
    ):
        return concept
    english = (concept.english[0], *known[0].english[:_MOST_WIDENED], *concept.english[1:])
    return replace(concept, english=tuple(dict.fromkeys(english)))


def _place_terms(
    found: Sequence[FoundTerm], text: str, language: Language, inherited: bool = False
) -> list[Concept]:
    placed = [
        Concept(term.source, term.english, term.mesh, slot, inherited)
        for term in found
        if (slot := _find_slot(term, text, language)) is not None
    ]
    # Surgery that something is compared with is compared itself.
    compared = any(concept.slot is PicoSlot.COMPARATOR for concept in placed)
    given = [c for c in placed if c.slot is PicoSlot.INTERVENTION]
    if not compared or not all(map(is_vague, given)):
        return placed
    return [replace(c, slot=PicoSlot.COMPARATOR) if c in given else c for c in placed]


def _find_slot(term: FoundTerm, text: str, language: Language) -> PicoSlot | None:
    slot = _SLOTS.get(term.role)
    # A substance of the body that something is set against is given as well: insulin.
    if slot is not PicoSlot.INTERVENTION and term.role is not TermRole.MECHANISM:
        return slot
    surely = slot is not PicoSlot.INTERVENTION
    source, read = term.source.lower(), unify_spelling(text).lower()
    if language is Language.JA:
        words = _SURELY_COMPARED_JA if surely else _COMPARED_JA
        compared = any(words.match(read, end) for end in _list_ends(source, read))
    else:
        words = _SURELY_COMPARED_EN if surely else _COMPARED_EN
        compared = any(_is_compared(read, found, source) for found in words.finditer(read))
    return PicoSlot.COMPARATOR if compared else slot


def _is_compared(text: str, found: re.Match[str], source: str) -> bool:
    """Whether the words of comparison speak of ``source``: "as well as" does where a verb closes it."""
    end = found.end() + len(source)
    told = text.startswith(source, found.end())
    return told and (not found.group().startswith("as well as") or bool(_CLOSES_EN.match(text, end)))


def _list_ends(word: str, text: str) -> Iterator[int]:
    """Where each occurrence of a word in a text ends."""
    at = text.find(word)
    while at >= 0:
        yield at + len(word)
        at = text.find(word, at + 1)


def _place_subject(concepts: list[Concept], claim: _Claim) -> list[Concept]:
    """Without an intervention, what the sentence speaks of (乳酸は…) is the exposure it asks about.

    One condition alone stays the condition, and what is measured (有病率は…) is never the exposure. English
    speaks of what it names first. Where heading or theme name an intervention, it is no other than what the
    sentence marks as its topic.
    """
    roles = claim.roles
    own = [concept for concept in concepts if not concept.inherited and may_carry(concept, roles)]
    given = any(may_carry(c, roles) and c.slot is PicoSlot.INTERVENTION for c in concepts)
    if given or claim.count_own(concepts) < 2:
        return concepts
    conditions = [concept for concept in own if concept.slot is PicoSlot.CONDITION]
    fitting = [c for c in own if c.slot is PicoSlot.OUTCOME and roles.get(c.source) is not TermRole.OUTCOME]
    fitting += conditions if len(conditions) > 1 else []
    read = unify_spelling(claim.text)
    topics = [c for c in fitting if any(_TOPIC_JA.match(read, end) for end in _list_ends(c.source, read))]
    if claim.language is Language.EN:
        topics = [concept for concept in own[:1] if concept in fitting]
    subject = max(topics, key=lambda concept: len(concept.source), default=None)
    if subject is None and not conditions and not claim.inherit(PicoSlot.INTERVENTION):
        subject = next(iter(fitting or own))
    return [replace(c, slot=PicoSlot.INTERVENTION) if c is subject else c for c in concepts]


def _without_parts(concepts: list[Concept]) -> list[Concept]:
    """An inherited word that is a part of another (移植 beside 凍結胚移植) says nothing more."""
    sources = [concept.source for concept in concepts]
    return [
        c
        for c in concepts
        if not (c.inherited and any(c.source in source and c.source != source for source in sources))
    ]


def _tell_apart(concepts: list[Concept]) -> list[Concept]:
    """What is compared, each by its own words where both have one descriptor (two lasers, two brands)."""
    slots = (PicoSlot.INTERVENTION, PicoSlot.COMPARATOR)
    shared = [
        {concept.mesh for concept in concepts if concept.slot is slot and concept.mesh} for slot in slots
    ]
    both = shared[0] & shared[1]
    return [replace(c, mesh="") if c.slot in slots and c.mesh in both else c for c in concepts]


def _without_known(known: Iterable[Concept], more: Iterable[Concept]) -> list[Concept]:
    names = {concept.english[0].lower() for concept in known}
    return [concept for concept in more if concept.english[0].lower() not in names]


def _complete(concepts: Sequence[Concept], claim: _Claim, unnamed: bool, own: int) -> list[Concept]:
    """What the claim leaves to heading and theme: what is given, and the condition that it is given for.

    A complaint (sleepiness) is what is measured in the disease that the page is about, and a sentence that
    names one thing (赤みは数日で落ち着く) tells it of the treatment of the page, unless it says how common a
    disease is. Where the claim gives something without naming it (服用すると), what the heading names is
    meant, and no condition is needed. An operation in the heading stands for the condition that nobody names
    (rehabilitation after a new knee), and so does what is measured beside a lone intervention (blood
    pressure), and what that one is to be kept away from (alcohol).
    """
    told = [c for c in concepts if not (is_complaint(c) or c.english[0].lower() in _PROCESSES)]
    filled = {concept.slot for concept in told}
    alone = own == 1 and PicoSlot.INTERVENTION not in filled and not tells_of_disease(concepts, claim.text)
    given: list[Concept] = []
    if unnamed or (PicoSlot.INTERVENTION not in filled and (alone or PicoSlot.CONDITION not in filled)):
        lone = not unnamed and PicoSlot.CONDITION in filled
        subject = claim.inherit_treatment() if lone else claim.inherit(PicoSlot.INTERVENTION)
        given = _without_known(concepts, [concept for concept in subject if not is_vague(concept)])
    if _THIS_DISEASE.search(claim.text):
        return [*given, *_without_known(concepts, claim.inherit(PicoSlot.CONDITION))]
    treated = any(claim.roles.get(concept.source) is TermRole.INTERVENTION for concept in told)
    if PicoSlot.CONDITION in filled and not (treated or given):
        return _without_known(concepts, claim.inherit_disease())
    if PicoSlot.CONDITION in filled or (unnamed and given):
        return given
    condition = _without_known(concepts, claim.inherit(PicoSlot.CONDITION))
    if condition or given:
        return [*given, *condition]
    kept_away = own == 1 and _KEPT_AWAY.search(claim.text) is not None
    subject = claim.inherit(PicoSlot.INTERVENTION, nearest=True)
    operation = [c for c in subject if kept_away or _OPERATION.search(f"{c.english[0]} {c.mesh}".lower())]
    if not operation and filled == {PicoSlot.INTERVENTION}:
        measured = claim.inherit(PicoSlot.OUTCOME, nearest=True)
        operation = [concept for concept in measured if not is_vague(concept)]
    return _without_known(concepts, operation)


def _is_defined_above(text: str, above: Sequence[str]) -> bool:
    """Whether the heading asks what something is and the sentence, which has no topic, says it."""
    return bool(above) and _DEFINES.search(above[0]) is not None and "は" not in text


def _inherit_defined(heading: str, language: Language, lexicon: Lexicon) -> list[Concept]:
    """What a heading asks for, as what the sentence speaks of."""
    found, _ = lexicon.find_terms(heading, language)
    concepts = _place_terms(found, heading, language, inherited=True)[:1]
    return [replace(concept, slot=PicoSlot.INTERVENTION) for concept in concepts if not is_vague(concept)]


def _inherit_subject(claim: _Claim, own: Sequence[Concept]) -> list[Concept]:
    """The intervention told above with its condition; that alone where a heading names its treatment.

    What names a part of the body or a group of people is told of the disease above as well.
    """
    condition = claim.inherit(PicoSlot.CONDITION)
    subject = claim.inherit(PicoSlot.INTERVENTION)
    told = bool(subject or own) or any(map(_TREATMENT.search, claim.above))
    return [*subject, *condition] if told else []


def _inherit(slot: PicoSlot, above: Iterable[str], language: Language, lexicon: Lexicon) -> list[Concept]:
    """The concepts of the nearest text above that has any for the slot."""
    for text in above:
        found, _ = lexicon.find_terms(text, language)
        placed, aside = set_aside(
            join_alternatives(_place_terms(found, text, language), text), text, language
        )
        kept = [
            replace(concept, inherited=True, alternative=False)
            for concept in placed
            if not (
                concept.source in aside or (concept is not placed[0] and _is_bracketed(concept.source, text))
            )
        ]
        fitting = [concept for concept in kept if concept.slot is slot]
        if fitting:
            return fitting[:_MOST_INHERITED]
    return []


def _is_bracketed(source: str, text: str) -> bool:
    """Whether it stands in brackets, as another name of what is before: コンサータ(ADHD治療薬)."""
    before = unify_spelling(text).partition(source)[0]
    return before.rfind("(") > max(before.rfind(")"), 0)

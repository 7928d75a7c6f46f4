"""The search plan of a claim: its concepts in slots, and the ladder of queries built from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.errors import QueryError
from claims.evidence.syntax import parse_query
from claims.lexicon.folding import unify_spelling
from claims.lexicon.lexicon import Lexicon
from claims.lexicon.tables import Role
from claims.lexicon.terms import FoundBy, FoundTerm
from claims.records.article import Language
from claims.records.retrieval import Concept, Query, Rung, SearchPlan, Slot

_SLOTS = {
    Role.INTERVENTION: Slot.INTERVENTION,
    Role.CONDITION: Slot.CONDITION,
    Role.OUTCOME: Slot.OUTCOME,
    Role.MECHANISM: Slot.OUTCOME,
    Role.POPULATION: Slot.POPULATION,
    Role.COMPARATOR: Slot.COMPARATOR,
}
_MAIN_SLOTS = (Slot.INTERVENTION, Slot.CONDITION, Slot.OUTCOME)
_MOST_CONCEPTS = 6
_MOST_INHERITED = 2
_STRICT_SYNONYMS = 2
_RELAXED_SYNONYMS = 5
# An English claim with fewer known concepts than this is completed with its own longer words.
_ENOUGH_CONCEPTS = 3
_COMPARED_JA = r"(?:より|と比べ|に比べ|と比較|に比較|と同等|に対する優|に劣)"
_COMPARED_EN = r"(?:compared (?:with|to)|than|versus|vs\.?|relative to)\s+(?:the\s+)?"
_TOPIC_JA = r"[」』）)\s]*(?:など|等)?(?:は|が|により|による|によって|を介して)"
_AGAINST = (
    '("no difference"[tiab] OR "no significant difference"[tiab] OR "no effect"[tiab] OR '
    '"no benefit"[tiab] OR "not effective"[tiab] OR ineffective[tiab] OR "lack of efficacy"[tiab] OR '
    '"did not improve"[tiab] OR "not associated"[tiab] OR "adverse effects"[sh] OR "adverse events"[tiab] OR '
    '"side effects"[tiab])'
)


def build_plan(
    claim_text: str, theme: str, heading: str, language: Language, lexicon: Lexicon, read_as: str = ""
) -> SearchPlan:
    """The concepts of a claim and its queries: strict, relaxed, broad, and one against the claim.

    What only ``read_as`` names counts as inherited; the condition comes from heading or theme when neither
    wording names one. Equal rungs are given once. Raises ``QueryError("no_concept")`` with the words that
    nothing maps when the claim itself names nothing to search for.
    """
    found, unmapped = lexicon.find_terms(claim_text, language)
    concepts = _place_terms(found, claim_text, language)
    if read_as and read_as != claim_text:
        completed, more_unmapped = lexicon.find_terms(read_as, language)
        concepts += _without_known(concepts, _place_terms(completed, read_as, language, inherited=True))
        unmapped = tuple(dict.fromkeys((*unmapped, *more_unmapped)))
    if not concepts:
        raise QueryError("no_concept", unmapped=unmapped)
    for slot in _missing_slots(concepts):
        concepts += _inherit(slot, (heading, theme), language, lexicon)
    return SearchPlan(tuple(concepts), build_ladder(concepts), unmapped, lexicon.version)


def build_ladder(concepts: Sequence[Concept]) -> tuple[Query, ...]:
    """The queries for these concepts from narrow to wide, each valid PubMed syntax, then the counter-search.

    Slots are ANDed, the concepts of one slot ORed.
    """
    slots = _group_slots(concepts)
    main = [group for slot in _MAIN_SLOTS if (group := slots.get(slot))] or list(slots.values())
    # What the sentence itself names is kept before what was inherited.
    own = [group for group in main if not all(concept.inherited for concept in group)]
    core = [*own, *(group for group in main if group not in own)][:2]
    texts = {
        Rung.STRICT: _join_slots(_split_single(list(slots.values())), _STRICT_SYNONYMS),
        Rung.RELAXED: _join_slots(core, _RELAXED_SYNONYMS),
        Rung.BROAD: _widen([*core, *(group for group in main if group not in core)]),
        Rung.COUNTER: f"{_join_slots(core, _RELAXED_SYNONYMS)} AND {_AGAINST}",
    }
    ladder: dict[str, Rung] = {}
    for rung, text in texts.items():
        parse_query(text)
        ladder.setdefault(text, rung)
    return tuple(Query(rung, text) for text, rung in ladder.items())


def _place_terms(
    found: Iterable[FoundTerm], text: str, language: Language, inherited: bool = False
) -> list[Concept]:
    concepts = [
        Concept(term.source, term.english, term.mesh, slot, inherited)
        for term in found
        if (slot := _find_slot(term, text, language)) is not None
    ]
    if language is Language.EN and len(concepts) < _ENOUGH_CONCEPTS:
        words = [term for term in found if term.found_by is FoundBy.WORD]
        longest = sorted(words, key=lambda term: -len(term.source))[: _ENOUGH_CONCEPTS - len(concepts)]
        concepts += [Concept(t.source, t.english, "", Slot.OUTCOME, inherited) for t in words if t in longest]
    return concepts if inherited else _place_subject(concepts, text, language)


def _place_subject(concepts: list[Concept], text: str, language: Language) -> list[Concept]:
    """Without an intervention, what the sentence speaks of (歯周病は…) is the exposure it asks about."""
    if len(concepts) < 2 or any(concept.slot is Slot.INTERVENTION for concept in concepts):
        return concepts
    read = unify_spelling(text)
    subject = concepts[0]
    if language is Language.JA:
        topics = [c for c in concepts if re.search(re.escape(c.source) + _TOPIC_JA, read)]
        subject = topics[0] if topics else subject
    if subject.slot is Slot.POPULATION:
        return concepts
    return [replace(c, slot=Slot.INTERVENTION) if c is subject else c for c in concepts]


def _find_slot(term: FoundTerm, text: str, language: Language) -> Slot | None:
    slot = _SLOTS.get(term.role)
    if slot is not Slot.INTERVENTION:
        return slot
    source = re.escape(term.source)
    compared = rf"{source}[^、。,]{{0,4}}{_COMPARED_JA}" if language is Language.JA else _COMPARED_EN + source
    return Slot.COMPARATOR if re.search(compared, unify_spelling(text), re.IGNORECASE) else slot


def _without_known(known: list[Concept], more: list[Concept]) -> list[Concept]:
    names = {concept.english[0].lower() for concept in known}
    return [concept for concept in more if concept.english[0].lower() not in names]


def _missing_slots(concepts: Sequence[Concept]) -> list[Slot]:
    """The slots to look for above the sentence: the condition, and for a bare outcome what brought it."""
    filled = {concept.slot for concept in concepts}
    missing = [] if Slot.CONDITION in filled else [Slot.CONDITION]
    if not filled & {Slot.INTERVENTION, Slot.CONDITION} and len(concepts) == 1:
        missing.insert(0, Slot.INTERVENTION)
    return missing


def _inherit(slot: Slot, above: Iterable[str], language: Language, lexicon: Lexicon) -> list[Concept]:
    """The concepts of the nearest text above that has any for the slot."""
    for text in above:
        found, _ = lexicon.find_terms(text, language)
        fitting = [c for c in _place_terms(found, text, language, inherited=True) if c.slot is slot]
        if fitting:
            return fitting[:_MOST_INHERITED]
    return []


def _group_slots(concepts: Iterable[Concept]) -> dict[Slot, list[Concept]]:
    slots: dict[Slot, list[Concept]] = {}
    for slot in Slot:
        group = [concept for concept in concepts if concept.slot is slot]
        if group:
            slots[slot] = group[:_MOST_CONCEPTS]
    return slots


def _split_single(groups: list[list[Concept]]) -> list[list[Concept]]:
    """With one slot alone, each of its first concepts becomes a condition of its own."""
    if len(groups) > 1:
        return groups
    return [[concept] for concept in groups[0][:_ENOUGH_CONCEPTS]]


def _join_slots(groups: Iterable[Sequence[Concept]], synonyms: int) -> str:
    return " AND ".join(_join_alternatives(_write_concepts(group, synonyms)) for group in groups)


def _write_concepts(group: Iterable[Concept], synonyms: int) -> list[str]:
    written: list[str] = []
    for concept in group:
        if concept.mesh:
            written.append(f'"{_clean(concept.mesh)}"[Mesh]')
        written += [f'"{_clean(english)}"[tiab]' for english in concept.english[:synonyms]]
    return list(dict.fromkeys(written))


def _widen(main: Sequence[Sequence[Concept]]) -> str:
    """The first slot, and any of the others; untagged words also go through PubMed's own term mapping."""
    first = _join_alternatives(_write_untagged(main[0]))
    others = [word for group in main[1:] for word in _write_untagged(group)]
    return f"{first} AND {_join_alternatives(others)}" if others else first


def _write_untagged(group: Iterable[Concept]) -> list[str]:
    words: list[str] = []
    for concept in group:
        for english in concept.english[:_STRICT_SYNONYMS]:
            plain = " ".join(re.sub(r"[^\w\s.+-]", " ", english).split())
            words.append(f"({plain})" if " " in plain else plain)
        if concept.mesh:
            words.append(f'"{_clean(concept.mesh)}"[Mesh]')
    return list(dict.fromkeys(words))


def _join_alternatives(written: Sequence[str]) -> str:
    return written[0] if len(written) == 1 else f"({' OR '.join(written)})"


def _clean(words: str) -> str:
    return " ".join(words.replace('"', " ").replace("*", " ").split())

"""The search plan of a claim: its concepts in slots, and the ladder of queries built from them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from claims.errors import QueryError
from claims.lexicon.lexicon import Lexicon
from claims.records.article import Language
from claims.records.retrieval import Concept, PicoSlot, Query, Rung, SearchPlan
from claims.references import strip_citations
from claims.search.answerable import find_unsearchable
from claims.search.concepts import find_concepts
from claims.search.ports import QueryLanguage
from claims.search.requiring import MOST_REQUIRED, group_alternatives, is_vague
from claims.search.syntax import SHORTEST_STEM, parse_query

# The language of every query that is built here.
WORDED_IN = QueryLanguage.PUBMED
_SLOT_ORDER = (
    PicoSlot.INTERVENTION, PicoSlot.COMPARATOR, PicoSlot.CONDITION, PicoSlot.OUTCOME, PicoSlot.POPULATION,
)  # fmt: skip
_MOST_CONCEPTS = 6
_MOST_PAIRED = 4
_MOST_WIDENING = 3
_STRICT_SYNONYMS = 2
_RELAXED_SYNONYMS = 5
_ABBREVIATION = re.compile(r"[A-Z]{1,2}\Z")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")
_WORD = re.compile(r"[a-z]+\Z")
_PLURAL = re.compile(r"(?:(?<=ss|ch|sh)es|(?<=x)es|ies|y|s)\Z")
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

    Marks of references are no words of the claim. What only ``read_as`` names counts as inherited; the
    condition comes from heading or theme when neither wording names one. Equal rungs are given once. A claim
    that PubMed cannot answer has no queries and says why. Raises ``QueryError("no_concept")`` with the words
    that nothing maps when the claim itself names nothing to search for.
    """
    claim_text, read_as, theme, heading = map(strip_citations, (claim_text, read_as, theme, heading))
    concepts, unmapped = find_concepts(claim_text, read_as, (heading, theme), language, lexicon)
    if (reason := find_unsearchable(claim_text, concepts, lexicon)) is not None:
        return SearchPlan(tuple(concepts), (), unmapped, lexicon.version, reason)
    if not any(concept.required for concept in concepts):
        raise QueryError("no_concept", unmapped=unmapped)
    widening = unmapped if language is Language.EN else ()
    return SearchPlan(tuple(concepts), build_ladder(concepts, widening), unmapped, lexicon.version)


def build_ladder(concepts: Sequence[Concept], widening: Sequence[str] = ()) -> tuple[Query, ...]:
    """The queries for these concepts from narrow to wide, each valid PubMed syntax, then the counter-search.

    Each required concept is a condition of its own, its alternatives ORed with it. The relaxed query keeps
    the first and asks for any one of the rest; the broad one for any two of them. Where one condition is all
    that is known, the words of ``widening`` are ORed to it in the broad query; they are never required.
    """
    groups = list(group_alternatives(concepts))
    strict = sorted((g for g in groups if any(c.required for c in g)), key=_place_group)[:MOST_REQUIRED]
    left = [group for group in groups if group not in strict and not group[0].inherited]
    rest = [group for group in left if not any(map(is_vague, group))]
    # What the sentence itself names is kept before what was inherited.
    first, *others = sorted(strict, key=lambda group: all(concept.inherited for concept in group))
    core = [first, *([_merge(others[0], rest)] if others else [])]
    texts = {
        Rung.STRICT: _join_slots(strict, _STRICT_SYNONYMS),
        Rung.RELAXED: _join_slots(core, _RELAXED_SYNONYMS),
        Rung.BROAD: _join_pairs([*strict, *([_merge([], rest)] if rest else [])][:_MOST_PAIRED], widening),
        Rung.COUNTER: f"{_join_slots(core, _RELAXED_SYNONYMS)} AND {_AGAINST}",
    }
    ladder: dict[str, Rung] = {}
    for rung, text in texts.items():
        parse_query(text)
        ladder.setdefault(text, rung)
    return tuple(Query(rung, text) for text, rung in ladder.items())


def _place_group(group: Sequence[Concept]) -> int:
    return min(_SLOT_ORDER.index(concept.slot) for concept in group)


def _merge(group: Sequence[Concept], others: Iterable[Sequence[Concept]]) -> list[Concept]:
    return [*group, *(concept for other in others for concept in other)][:_MOST_CONCEPTS]


def _join_slots(groups: Iterable[Sequence[Concept]], synonyms: int) -> str:
    return " AND ".join(_join_alternatives(_write_concepts(group, synonyms)) for group in groups)


def _write_concepts(group: Iterable[Concept], synonyms: int) -> list[str]:
    written: list[str] = []
    for concept in group:
        if concept.mesh:
            written.append(f'"{_clean(concept.mesh)}"[Mesh]')
        written += list_phrases(concept.english)[:synonyms]
    return list(dict.fromkeys(written))


def list_phrases(english: Sequence[str]) -> list[str]:
    """English in title or abstract, singular and plural alike, each once; the best first.

    What an open phrase finds anyway is left out (laser therapy beside laser). Abbreviations of two letters
    are left out where the words themselves stand beside them; a name that has no other English is taken as
    it is.

    >>> list_phrases(("stem cells", "stem cell", "SC"))
    ['"stem cell*"[tiab]']
    >>> list_phrases(("allergy", "allergies")), list_phrases(("minoxidil",))
    (['"allerg*"[tiab]'], ['"minoxidil"[tiab]'])
    >>> list_phrases(("laser therapy", "laser", "lasers"))
    ['"laser*"[tiab]']
    """
    told = [words for words in english if not _ABBREVIATION.match(words)] or list(english)
    clean = [_clean(words) for words in told]
    spelled = [words if len(told) == 1 and not words.endswith("s") else _truncate(words) for words in clean]
    wider = [words[:-1] for words in spelled if words.endswith("*")]
    needed = [w for w in spelled if not any(w.startswith(open_) and w != f"{open_}*" for open_ in wider)]
    return list(dict.fromkeys(f'"{words}"[tiab]' for words in needed))


def _truncate(words: str) -> str:
    """The words with their last one open for its plural; short words and symbols stay as they are."""
    *before, last = words.split()
    stem = _PLURAL.sub("", last)
    shortest = SHORTEST_STEM if before else SHORTEST_STEM + 1
    if not _WORD.match(last) or len(stem) < shortest or last.endswith(("ss", "us", "is")):
        return words
    return " ".join((*before, f"{stem}*"))


def _join_pairs(groups: Sequence[Sequence[Concept]], widening: Sequence[str]) -> str:
    """Any two of the groups; untagged words also go through PubMed's own term mapping."""
    written = [_join_alternatives(_write_untagged(group)) for group in groups]
    if len(written) == 1 and widening:
        return _join_alternatives(
            [*written, *(f'"{_clean(word)}"[tiab]' for word in widening[:_MOST_WIDENING])]
        )
    if len(written) < 3:
        return " AND ".join(written)
    return " OR ".join(f"({one} AND {other})" for one, other in itertools.combinations(written, 2))


def _write_untagged(group: Iterable[Concept]) -> list[str]:
    words: list[str] = []
    for concept in group:
        for english in concept.english[:_STRICT_SYNONYMS]:
            plain = _OPERATOR.sub(lambda operator: operator.group().lower(), _clean_plain(english))
            words.append(f"({plain})" if " " in plain else plain)
        if concept.mesh:
            words.append(f'"{_clean(concept.mesh)}"[Mesh]')
    return list(dict.fromkeys(words))


def _join_alternatives(written: Sequence[str]) -> str:
    return written[0] if len(written) == 1 else f"({' OR '.join(written)})"


def _clean_plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s.+-]", " ", words).split())


def _clean(words: str) -> str:
    return " ".join(words.replace('"', " ").replace("*", " ").split())

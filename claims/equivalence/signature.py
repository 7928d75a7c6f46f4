"""A claim taken apart for comparison: its terms, measures and traits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from claims.equivalence.contrasts import Contrast, find_contrasts
from claims.equivalence.meanings import Kind, Meant, find_meanings
from claims.equivalence.measures import Measure, read_measures
from claims.lexicon.english_words import is_everyday
from claims.lexicon.folding import unify_spelling
from claims.lexicon.lexicon import Lexicon
from claims.lexicon.tables import TermRole, load_words
from claims.lexicon.terms import FoundBy, FoundTerm
from claims.records.article import Language
from claims.text.denials import ends_in_denial, is_negated
from claims.text.english import stem_words

_TRAITS = frozenset(Kind) - {Kind.WORD, Kind.FILLER, Kind.IMPLIED}
# These count only where no longer term of the lexicon has the words: 薄 in 薄毛 lessens nothing.
_STANDING = frozenset((Kind.EFFECT, Kind.POPULATION))
_TELLS_PEOPLE = (TermRole.POPULATION, TermRole.CONDITION)
_TELLS_EFFECT = (TermRole.OUTCOME, TermRole.GENERIC)
_PARTICLES = "のやがをにとで・による"
_KANJI = re.compile(r"[一-龥々ァ-ヺ]")
# What happens unless something is done is told, not denied.
_CONDITIONAL_JA = re.compile(
    r"なければ(?!な|いけ)|ないと(?=[、悪進増高])|なくても|ないまま|ないで(?!くだ|下さ)|ずに"
)
_NEGATION_JA = re.compile(
    r"(?<!少)(?<!かもしれ)(?<!危)(?<!大き)(?<!小さ)(?<!だけで)(?<!なら)(?:な[いく](?!て[はも])|ません|なかっ|(?<=[わらなばたさかま])(?<!親知ら)ず(?!つ|ら|か))"
)
_COMPARED_JA = re.compile(
    r"(?P<object>[^、。はがもを]{1,20})(?:(?<!に)より(?![長多早良よ])|に比べ|と比べ|と比較)"
)
_COMPARED_EN = re.compile(r"\b(?:than|versus|vs|compared (?:with|to)|instead of) (?P<object>[^,.;]{1,60})")
_WORD_EN = re.compile(r"[a-z][a-z'-]*")
_DENIED_EN = re.compile(r"\b(?:not|no|never|n't|without|neither|nor|fail(?:s|ed)?)\b|n't\b")
# What a lexicon's role weighs where the other claim lacks the term.
_WEIGHTS = {
    TermRole.INTERVENTION: 1.5,
    TermRole.CONDITION: 1.3,
    TermRole.OUTCOME: 1.2,
    TermRole.MECHANISM: 1.0,
    TermRole.COMPARATOR: 1.0,
    TermRole.POPULATION: 1.0,
    TermRole.SITE: 0.8,
    TermRole.STUDY: 0.4,
    TermRole.GENERIC: 0.6,
}
_POS_WEIGHTS = {"名詞": 0.9, "動詞": 0.6, "形容詞": 0.6, "形状詞": 0.6, "副詞": 0.3}
_UNKNOWN_WEIGHT = 0.8
_EVERYDAY_WEIGHT = 0.4
# Grown-ups are whom a claim is about that names nobody.
_GROWN, _GROWN_WEIGHT = frozenset(("~adult",)), 0.2


@dataclass(frozen=True, slots=True)
class Part:
    """A word or term of a claim: what it may be told by (bags of English stems or the word itself).

    ``role`` is the lexicon's, ``None`` for a word that it has not; ``told`` says that the sentence tells it,
    not its context.
    """

    source: str
    bags: tuple[frozenset[str], ...]
    weight: float
    role: TermRole | None = None
    told: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """What is compared of a claim. ``traits`` are the meanings of each kind; ``text`` is folded."""

    text: str
    parts: tuple[Part, ...]
    measures: tuple[Measure, ...]
    traits: dict[Kind, frozenset[str]] = field(default_factory=dict)
    denied: bool = False
    told: str = ""
    implied: frozenset[str] = frozenset()
    has_negation: bool = False
    compared: tuple[Part, ...] = ()
    contrasts: frozenset[Contrast] = frozenset()

    def trait(self, kind: Kind) -> frozenset[str]:
        """The meanings of this kind that the claim has; empty where it tells nothing of the kind."""
        return self.traits.get(kind, frozenset())


def read_signature(text: str, context: str, language: Language, lexicon: Lexicon) -> Signature:
    """The signature of a claim with what its context adds."""
    own = _read(text, language, lexicon, context)
    if not context.strip():
        return own
    around = _read(context, language, lexicon, text)
    known = {bag for part in own.parts for bag in part.bags}
    more = tuple(replace(part, told=False) for part in around.parts if known.isdisjoint(part.bags))
    measures = tuple(dict.fromkeys((*own.measures, *around.measures)))
    kinds = {Kind.ROUTE, Kind.POPULATION, Kind.LABORATORY}
    traits = {
        kind: own.trait(kind) | (around.trait(kind) if kind in kinds else frozenset()) for kind in _TRAITS
    }
    return Signature(
        f"{own.text} {around.text}",
        own.parts + more,
        measures,
        traits,
        own.denied,
        own.text,
        own.implied | around.implied,
        contrasts=own.contrasts | around.contrasts,
    )


def _read(text: str, language: Language, lexicon: Lexicon, beside: str) -> Signature:
    unified = unify_spelling(text)
    measures, plain = read_measures(unified, language)
    meant = list(find_meanings(plain, language))
    implied = frozenset(f"~{m.meaning}" for m in meant if m.kind is Kind.IMPLIED)
    meant = [m for m in meant if m.kind is not Kind.IMPLIED]
    traits = {kind: frozenset(m.meaning for m in meant if m.kind is kind) for kind in _TRAITS - _STANDING}
    standing, parts = _list_parts(plain, meant, language, lexicon, beside)
    traits |= {kind: frozenset(m.meaning for m in standing if m.kind is kind) for kind in _STANDING}
    effects = {
        word[1:]
        for part in parts
        for word in part.bags[0]
        if word.startswith("=") and part.role in _TELLS_EFFECT
    }
    traits[Kind.EFFECT] = traits[Kind.EFFECT] | effects
    people = " ".join(part.source for part in parts if part.role in _TELLS_PEOPLE)
    named = {m.meaning for m in find_meanings(people, language) if m.kind is Kind.POPULATION}
    traits[Kind.POPULATION] = traits[Kind.POPULATION] | named
    parts = tuple(part for part in parts if part.weight)
    return Signature(
        plain,
        parts,
        measures,
        traits,
        _is_denied(text, plain, language),
        plain,
        implied,
        _has_negation(plain, language),
        _list_compared(plain, language, lexicon, beside),
        find_contrasts(plain, language),
    )


def _has_negation(plain: str, language: Language) -> bool:
    """Whether any word is negated, in whatever clause: people without anaemia, those who never smoked."""
    if language is Language.JA:
        return _NEGATION_JA.search(_CONDITIONAL_JA.sub("", plain)) is not None
    return _DENIED_EN.search(plain) is not None


def _list_compared(plain: str, language: Language, lexicon: Lexicon, beside: str) -> tuple[Part, ...]:
    """What the claim compares with: what stands before より, and after "than"."""
    found = (_COMPARED_JA if language is Language.JA else _COMPARED_EN).search(plain)
    if found is None:
        return ()
    words = found["object"]
    return _list_parts(words, list(find_meanings(words, language)), language, lexicon, beside)[1]


def _is_denied(text: str, plain: str, language: Language) -> bool:
    if language is Language.JA:
        text = _CONDITIONAL_JA.sub("", text)
        return is_negated(text, language) or ends_in_denial(text.rstrip())
    return is_negated(text, language) or bool(_DENIED_EN.search(plain))


def _list_parts(
    plain: str, meant: Iterable[Meant], language: Language, lexicon: Lexicon, beside: str
) -> tuple[list[Meant], tuple[Part, ...]]:
    """What of the table stands, and the parts: at each place the longest of both, then what nobody knows.

    Plain words of the lexicon (use, rise) give way to the table's.
    """
    found, _ = lexicon.find_terms(plain, language, beside)
    meant = list(meant)
    worded = {(one.start, one.end) for one in meant if one.kind is Kind.WORD}
    said_so = [one for one in meant if one.kind is not Kind.ROUTE or (one.start, one.end) not in worded]
    said_so.sort(key=lambda one: one.kind is Kind.WORD)
    words = sum(one.kind is Kind.WORD for one in meant)
    places: list[tuple[bool, int, int, Meant | None, Part | None]] = [
        (False, one.start, one.end, one, _part_of(one, plain)) for one in said_so[: len(said_so) - words]
    ]
    for term in found:
        if term.found_by is not FoundBy.WORD:
            part, plainly = _build_part(term, language), term.role is TermRole.GENERIC
            for start in _find_all(term.source, plain):
                places.append((plainly, start, start + len(term.source), None, part))
    places += [
        (False, one.start, one.end, one, _part_of(one, plain)) for one in said_so[len(said_so) - words :]
    ]
    taken = [False] * len(plain)
    kept: list[tuple[int, Part]] = []
    standing: list[Meant] = []
    for _, start, end, said, chosen in sorted(
        places, key=lambda place: (place[0], place[1] - place[2], place[1])
    ):
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            if said is not None:
                standing.append(said)
            if chosen is not None:
                kept.append((start, chosen))
    rest = (
        _list_unknown_ja(plain, taken, lexicon) if language is Language.JA else _list_unknown_en(plain, taken)
    )
    kept += rest
    unique = {part.bags: part for _, part in sorted(kept, key=lambda pair: pair[0], reverse=True)}
    return standing, tuple(unique.values())[::-1]


def _part_of(one: Meant, plain: str) -> Part | None:
    source = plain[one.start : one.end]
    if one.kind is Kind.WORD:
        return Part(source, (frozenset((f"~{one.meaning}",)),), _EVERYDAY_WEIGHT + 0.2)
    if one.kind is Kind.POPULATION:
        return Part(
            source,
            (frozenset((f"~{one.meaning}",)),),
            _WEIGHTS[TermRole.POPULATION] if one.meaning != "adult" else _GROWN_WEIGHT,
            TermRole.POPULATION,
        )
    return None


def _build_part(term: FoundTerm, language: Language) -> Part | None:
    bags = [canonical_bag(english) for english in (*term.english, term.mesh) if english]
    if not bags[0]:
        return None
    bags += _list_whole(term.source.lower(), language)
    kept = tuple(dict.fromkeys(bag for bag in bags if bag))
    if all(word.startswith("=") for word in kept[0]):
        return Part(term.source, kept[:1], 0.0, TermRole.GENERIC)
    weight = _GROWN_WEIGHT if kept[0] == _GROWN else _WEIGHTS[term.role]
    return Part(term.source, kept, weight, term.role)


def _list_whole(words: str, language: Language) -> list[frozenset[str]]:
    """What the table has for the whole of these words, or for all of them one by one."""
    meant = [one for one in find_meanings(words, language) if one.kind in (Kind.WORD, Kind.FILLER)]
    named = [one for one in meant if one.kind is Kind.WORD]
    whole = [frozenset((f"~{one.meaning}",)) for one in named if one.end - one.start == len(words)]
    if language is Language.JA and not whole and named:
        covered = {at for one in meant for at in range(one.start, one.end)}
        if all(sign in _PARTICLES or at in covered for at, sign in enumerate(words)):
            return [frozenset(f"~{one.meaning}" for one in _list_longest(named))]
    return whole


def _list_longest(meant: Iterable[Meant]) -> list[Meant]:
    """Those that do not lie in a longer one."""
    some = list(meant)
    return [
        one
        for one in some
        if not any(
            other.start <= one.start <= one.end <= other.end
            and (other.start, other.end) != (one.start, one.end)
            for other in some
        )
    ]


@lru_cache(maxsize=65536)
def canonical_bag(english: str) -> frozenset[str]:
    """The English of a term as a bag: meanings of the table, stems of the rest; effects marked by ``=``.

    >>> sorted(canonical_bag("knee pain relief"))
    ['=down', '~knee', '~pain']
    """
    lowered = english.lower()
    taken = [False] * len(lowered)
    bag: set[str] = set()
    meant = [
        m
        for m in find_meanings(lowered, Language.EN)
        if m.kind in (Kind.WORD, Kind.EFFECT, Kind.FILLER, Kind.POPULATION)
    ]
    for one in sorted(meant, key=lambda m: (m.start - m.end, m.start)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = [True] * (one.end - one.start)
            if one.kind is Kind.EFFECT:
                bag.add(f"={one.meaning}")
            elif one.kind is not Kind.FILLER:
                bag.add(f"~{one.meaning}")
    left = "".join(" " if covered else sign for sign, covered in zip(lowered, taken, strict=True))
    bag.update(stem for stem in stem_words(left) if stem not in _STOPS)
    return frozenset(bag)


_STOPS = frozenset(
    (
        "of",
        "the",
        "in",
        "to",
        "a",
        "an",
        "and",
        "for",
        "by",
        "as",
        "topic",
        "agent",
        "s",
        "with",
        "or",
        "disord",
        "diseas",
    )
)


def _find_all(word: str, text: str) -> Iterator[int]:
    at = text.find(word.lower())
    while at >= 0:
        yield at
        at = text.find(word.lower(), at + 1)


def _list_unknown_ja(plain: str, taken: list[bool], lexicon: Lexicon) -> list[tuple[int, Part]]:
    parts: list[tuple[int, Part]] = []
    for token in lexicon.list_unread(plain):
        kanji = [token.start + match.start() for match in _KANJI.finditer(token.surface)]
        told = all(taken[at] for at in kanji) if kanji else any(taken[token.start : token.end])
        if told or not _KANJI.search(token.surface + token.normalized):
            continue
        weight = _POS_WEIGHTS.get(token.pos[0], 0.5)
        parts.append((token.start, Part(token.surface, (frozenset((f"^{token.normalized}",)),), weight)))
    return parts


def _list_unknown_en(plain: str, taken: list[bool]) -> list[tuple[int, Part]]:
    parts: list[tuple[int, Part]] = []
    for match in _WORD_EN.finditer(plain):
        word = match.group()
        if any(taken[match.start() : match.end()]) or word in _stopwords() or len(word) < 3:
            continue
        stems = frozenset(stem_words(word)) - _STOPS
        if stems:
            weight = _EVERYDAY_WEIGHT if is_everyday(word) else _UNKNOWN_WEIGHT
            parts.append((match.start(), Part(word, (stems,), weight)))
    return parts


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    return load_words("stopwords_en")

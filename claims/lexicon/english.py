"""Terms in English text: the tables' English sides, and otherwise its content words as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from claims.lexicon.folding import spell_variants, unify_spelling
from claims.lexicon.tables import LexiconRow, TermRole, load_endings, load_words
from claims.lexicon.terms import FoundBy, FoundTerm, drop_repeats
from claims.text.english import stem_words

_WORD = re.compile(r"[A-Za-z0-9Α-ω]+(?:[-/'.][A-Za-z0-9Α-ω]+)*\+?")
# Numbers, and numbers with a unit or a count: 12, 1.5-fold, 24h, 12-week, 2nd, 500mg, day-5, over-70s.
_NUMBER = re.compile(
    r"(?:(?:day|week|month|year|age|aged|over|under|mid|stage|grade|phase|top|pre|post)-)?"
    r"[\d.,/-]+(?:-?(?:st|nd|rd|th|x|[mkμ]?g|m?l|h|hr|hrs|s)|-[a-z]{3,}(?:-[a-z]+)*)?\Z"
)
_MOST_WORDS = 6
# A neighbour of so few letters is no beginning of a word.
_SHORT_NEIGHBOUR = 3
# Of a word that is known by its ending, at least so many letters stand before it.
_SHORTEST_BEFORE = 4
_MOST_REMEMBERED = 65_536
_DETERMINERS = frozenset({"a", "an", "the", "your", "their", "his", "her", "my", "our", "its", "some"})
# What may stand between a thing and where it is: osteoarthritis of the knee, pain in my heel.
_JOINS = frozenset({"of", "in"})
_WITHIN = (["inside", "of"], ["lining", "of"], ["back", "of"])
_ARTICLE = (["the"], ["your"])
_MOST_TURNED = 3
# What is done to a part of the body, and what it has by that: damages the kidneys, thins the skin, lose hair.
_DONE = {
    word: noun
    for noun, words in (
        (
            "damage",
            "damage damages damaging damaged harm harms harming harmed hurt hurts hurting injure injures",
        ),
        (
            "damage",
            "injuring injured wreck wrecks wrecking wrecked ruin ruins ruining ruined destroy destroys",
        ),
        ("damage", "destroying destroyed"),
        ("inflammation", "inflame inflames inflaming inflamed"),
        ("irritation", "irritate irritates irritating irritated"),
        ("staining", "stain stains staining stained discolour discolours discolor discolors"),
        ("thinning", "thin thins thinning thinned"),
        ("scarring", "scar scars scarred"),
        ("infection", "infect infects infecting infected"),
        ("fracture", "fracture fractures fractured break breaks breaking broke broken"),
        ("rupture", "rupture ruptures ruptured snap snaps snapped tear tears torn"),
        ("loss", "lose loses losing lost"),
        ("replacement", "replace replaces replacing replaced"),
        ("removal", "remove removes removing removed"),
        ("burn", "burn burns burned burnt burning"),
    )
    for word in words.split()
}
# What a part of the body does or is, and the word that goes before it: the gums bleed, their eyes are dry.
_DOES = {
    word: adjective
    for adjective, words in (
        ("bleeding", "bleed bleeds"),
        ("aching", "ache aches"),
        ("itchy", "itch itches"),
        ("watery", "water waters"),
        ("swollen", "swell swells"),
        ("shaky", "shake shakes"),
        ("peeling", "peel peels"),
        ("tingling", "tingle tingles"),
        ("twitching", "twitch twitches"),
        ("cracked", "crack cracks"),
        ("failing", "fail fails"),
        ("infected", "infected"),
        ("inflamed", "inflamed"),
    )
    for word in words.split()
}
# What is done to it, and how it is then: weakens the heart, numbs the fingers, dries out the mouth.
_MADE = {
    word: adjective
    for adjective, words in (
        ("weak", "weaken weakens weakening weakened"),
        ("numb", "numb numbs numbing numbed"),
        ("dry", "dry dries drying"),
        ("blocked", "block blocks blocking clog clogs clogging"),
        ("upset", "upset upsets upsetting"),
        ("stiff", "stiffen stiffens stiffening stiffened"),
        ("swollen", "swell swells swelling"),
        ("narrowed", "narrow narrows narrowing"),
        ("red", "redden reddens reddening"),
    )
    for word in words.split()
}
# What makes a part of the body so: makes teeth sensitive, leaves the eyes dry.
_CAUSES = frozenset(
    {"make", "makes", "making", "leave", "leaves", "leaving", "turn", "turns", "turning", "keep", "keeps"}
)
_PARTICLES = frozenset({"out", "up", "down", "away"})
_IS = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "get",
        "gets",
        "getting",
        "feel",
        "feels",
        "become",
        "becomes",
        "stay",
        "stays",
    }
)
_HOW = frozenset({"very", "too", "so", "always", "often", "really", "still"})
# What one has too little of: short of B12, low in iron.
_SHORT = frozenset({"short", "low", "deficient", "lacking"})
_SHORT_OF = frozenset({"of", "in", "on"})
# What something is for an organ that it damages: hard on the kidneys, toxic to the liver.
_HARMFUL = frozenset(
    {"toxic", "hard", "tough", "harsh", "harmful", "bad", "dangerous", "damaging", "damage", "harm"}
)
_HARMED_BY = frozenset({"to", "on", "for"})
_ALLERGIC = frozenset({"allergic", "allergy", "allergies", "reaction"})
_ALLERGY = ["allergy"]
_DAMAGE = ["damage"]
_DEFICIENCY = ["deficiency"]
# Abbreviations that are words when written small: STING, PAD, SLIT.
_ALSO_WORDS = frozenset(
    ["art", "mace", "nerd", "pad", "pet", "pots", "rock", "slit", "sting", "tens", "trail"]
)
_NO_PLURALS = frozenset({"aids", "ards", "mers", "sars", "ecgs", "anti-inflammatories"})
_BRITISH = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        ("[ao]e", "e"),
        ("our", "or"),
        (r"(?<=[a-z]{3})is(?=e|ing|ation)", "iz"),
        (r"(?<=[a-z])ys(?=e)", "yz"),
        (r"(?<=[a-z])([bt])re\b", r"\1er"),
        ("flush", "flash"),
        ("ll(?=ed|ing)", "l"),
        ("ageing", "aging"),
        ("aluminium", "aluminum"),
    )
)
_ANY_BRITISH = re.compile("|".join(pattern.pattern for pattern, _ in _BRITISH))
# Where the names of substances differ: aciclovir, cefalexin, sulphate, indometacin, ciclosporin.
_NAME_LIKE = re.compile(r"[a-z]{7,}")
_NAME_SPELLINGS = (("ph", "f"), ("th", "t"), ("y", "i"))


class EnglishReader:
    """Reads English text with the rows' English sides; the longest known phrase at each word wins."""

    def __init__(
        self, rows: Iterable[LexiconRow], silent: frozenset[str], names: Mapping[str, TermRole]
    ) -> None:
        self._silent = silent
        self._known = tuple(rows)
        self._names = names

    @cached_property
    def _unread(self) -> frozenset[str]:
        return self._silent | load_words("stopwords_en")

    @cached_property
    def _senses(self) -> dict[str, list[LexiconRow]]:
        senses: dict[str, list[LexiconRow]] = {}
        for row in self._known:
            if row.contexts and row.term.isascii():
                senses.setdefault(fold_english(row.term), []).append(row)
        return senses

    @cached_property
    def _rows(self) -> dict[str, LexiconRow]:
        """The rows by their English, built when the first text is read."""
        rows: dict[str, LexiconRow] = {}
        for row in self._known:
            own = () if row.contexts else (row.term, *row.variants)
            _add(rows, row, (*row.english[:1], *(words for words in own if words.isascii())))
        # What is the best English of one row is no synonym of another.
        for row in self._known:
            _add(rows, row, (*row.english[1:], row.mesh))
        for spelling, row in tuple(rows.items()):
            # Of a phrase the plural is found as it is; most of them are never written in the singular.
            single = " " not in spelling and spelling not in _NO_PLURALS
            for form in singular_forms(spelling) if single else ():
                if form not in rows and not is_everyday(form):
                    rows[form] = row
        for name, role in self._names.items():
            rows.setdefault(fold_english(name), LexiconRow(name, (), (name,), "", role))
        return rows

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], LexiconRow]:
        """The rows by the stems of their phrases, built when the first text is read; the first row wins."""
        return {
            key: row
            for row in reversed(self._known)
            if not row.contexts
            for spelling in (row.term, *row.variants)
            if " " in spelling and spelling.isascii()
            if len(key := _stem_phrase(tuple(_WORD.findall(spelling)))) > 1
        }

    def read(self, text: str, beside: str = "") -> tuple[tuple[FoundTerm, ...], tuple[str, ...]]:
        """The terms in order, a word that no row has for itself; and those words, everyday ones left out."""
        shown = unify_spelling(text)
        around = (shown.lower(), unify_spelling(beside).lower())
        found = drop_repeats(self._find(_WORD.findall(shown), around))
        words = [term.source for term in found if term.found_by is FoundBy.WORD]
        named = (word for word in words if not (is_everyday(word) or any(self._read_parts(word, around))))
        return found, tuple(named)

    def _find(self, words: list[str], around: Sequence[str]) -> Iterator[FoundTerm]:
        position = 0
        while position < len(words):
            length, row = self._match(words, position, around)
            if words[position].lower() in _DETERMINERS and position + 1 < len(words):
                # "a cold" is no part of a cold shower: what reaches further without the article wins.
                reach, _ = self._match(words, position + 1, around)
                if reach >= length > 0:
                    length, row = 0, None
            elif length > 1:
                # What begins within and is longer wins: blood pressure tablets, after taking.
                starts = range(position + 1, position + length)
                within = max(self._match_as_written(words, start, around)[0] for start in starts)
                if within > length:
                    length, row = 0, None
            if row is not None:
                if row.english:
                    yield _build_term(" ".join(words[position : position + length]), row)
                position += length
            else:
                position += 1
                yield from self._read_word(words[position - 1], around)

    def _match(self, words: list[str], position: int, around: Sequence[str]) -> tuple[int, LexiconRow | None]:
        """The longest phrase that begins at a word, and how many words it has; 0 where none does."""
        turned, row = self._match_turned(words, position, around)
        # What a row has as it stands goes before what it has the other way round.
        length, found = self._match_as_written(words, position, around)
        return (length, found) if length >= turned else (turned, row)

    def _match_as_written(
        self, words: list[str], position: int, around: Sequence[str]
    ) -> tuple[int, LexiconRow | None]:
        for length in range(min(_MOST_WORDS, len(words) - position), 0, -1):
            part = words[position : position + length]
            if found := self._find_row(" ".join(part), around) or self._find_inflected(part):
                return length, found
        return 0, None

    def _match_turned(
        self, words: list[str], position: int, around: Sequence[str]
    ) -> tuple[int, LexiconRow | None]:
        """What a row has the other way round: arthritis of the knee, harms the kidneys, hard on the liver."""
        first = words[position].lower()
        if first in _MADE and position + 1 < len(words):
            return self._match_made(words, position, around)
        if first in _CAUSES and position + 2 < len(words):
            return self._match_caused(words, position, around)
        for at in range(position, min(position + _MOST_TURNED, len(words))):
            joint = words[at].lower()
            if at > position and (adjective := _DOES.get(joint)) is not None:
                part = [adjective, *words[position:at]]
                if row := self._find_row(" ".join(part), around) or self._find_inflected(part):
                    return at + 1 - position, row
            if at + 1 == len(words):
                break
            if at > position and joint in _IS:
                return self._match_state(words, position, at, around)
            harmed = at == position and first in _DONE
            allergic = at == position + 1 and joint == "to" and first in _ALLERGIC
            harmful = at == position + 1 and joint in _HARMED_BY and first in _HARMFUL
            lacking = at == position + 1 and joint in _SHORT_OF and first in _SHORT
            if not (harmed or harmful or lacking or allergic or (at > position and joint in _JOINS)):
                continue
            start = at + 1 + (words[at + 1].lower() in _DETERMINERS)
            if [word.lower() for word in words[start : start + 2]] in _WITHIN:
                start += 2 + (words[start + 2 : start + 3] in _ARTICLE)
            if joint == "in" and not lacking and self._is_given(words[start : start + 1], around):
                continue
            head = words[position:at] or [_DONE[first]]
            head = _ALLERGY if allergic else _DAMAGE if harmful else _DEFICIENCY if lacking else head
            # What is known as a whole (vitamin B6) is not cut for it.
            whole = start + next(
                (
                    length
                    for length in range(min(_MOST_TURNED, len(words) - start), 1, -1)
                    if self._find_row(" ".join(words[start : start + length]), around)
                ),
                1,
            )
            for end in range(min(start + _MOST_TURNED, len(words)), whole - 1, -1):
                part = [*words[start:end], *head]
                # Harm to a baby's bond is none to the baby.
                if words[end - 1].endswith("'s"):
                    continue
                if row := self._find_row(" ".join(part), around) or self._find_inflected(part):
                    return end - position, row
        return 0, None

    def _match_made(
        self, words: list[str], position: int, around: Sequence[str]
    ) -> tuple[int, LexiconRow | None]:
        """What a row has after an adjective, told by its verb: weakens the heart, dries out the mouth."""
        start = position + 1
        while start + 1 < len(words) and words[start].lower() in _PARTICLES | _DETERMINERS:
            start += 1
        for end in range(min(start + _MOST_TURNED, len(words)), start, -1):
            part = [_MADE[words[position].lower()], *words[start:end]]
            if row := self._find_row(" ".join(part), around) or self._find_inflected(part):
                return end - position, row
        return 0, None

    def _match_caused(
        self, words: list[str], position: int, around: Sequence[str]
    ) -> tuple[int, LexiconRow | None]:
        """What a row has before its noun, told by what causes it: leaves the eyes dry."""
        start = position + 1 + (words[position + 1].lower() in _DETERMINERS)
        noun = self._find_row(words[start], around)
        if noun is not None and noun.role is TermRole.POPULATION:
            return 0, None
        for end in range(start + 1, min(start + _MOST_TURNED, len(words))):
            part = [words[end], *words[start:end]]
            if row := self._find_row(" ".join(part), around):
                return end + 1 - position, row
        return 0, None

    def _is_given(self, word: list[str], around: Sequence[str]) -> bool:
        """Whether it is a substance, in which nothing has its place: a tooth in milk."""
        row = self._find_row(word[0], around) if word else None
        return row is not None and row.role is TermRole.INTERVENTION

    def _match_state(
        self, words: list[str], position: int, at: int, around: Sequence[str]
    ) -> tuple[int, LexiconRow | None]:
        """What a row has before its noun: the gums are swollen, blood pressure is high."""
        end = at + 1 + (words[at + 1].lower() in _HOW)
        if end >= len(words):
            return 0, None
        part = [words[end], *words[position:at]]
        row = self._find_row(" ".join(part), around) or self._find_inflected(part)
        return (end + 1 - position, row) if row else (0, None)

    def _read_word(self, word: str, around: Sequence[str]) -> Iterator[FoundTerm]:
        """A word that no row has: the known parts of a compound (antibiotic-associated), and itself."""
        yield from self._read_parts(word, around)
        if self._is_content(word):
            yield _build_word(word)

    def _read_parts(self, word: str, around: Sequence[str]) -> Iterator[FoundTerm]:
        bare = re.sub(r"'s?\Z", "", word)
        parts = [bare] if bare != word else []
        if bare.isascii() and not any(letter.isdigit() for letter in bare):
            parts += bare.split("-")
        for part in parts:
            row = self._find_row(part, around) if len(part) > 2 else None
            if row is not None and row.role is not TermRole.GENERIC:
                yield _build_term(part, row)

    def _find_row(self, source: str, around: Sequence[str]) -> LexiconRow | None:
        if source.lower() in self._unread:
            return None
        spelling = fold_english(source)
        senses = self._senses.get(spelling, ())
        for text in around if senses else ():
            for sense in senses:
                if any(_stands_in(neighbour.lower(), text) for neighbour in sense.contexts):
                    return sense
        singulars = map(fold_english, singular_forms(source.lower()))
        candidates = (spelling, *singular_forms(spelling), *singulars)
        row = next((self._rows[c] for c in candidates if c in self._rows), None)
        return None if row is not None and _is_mere_word(source, row) else row

    def _find_inflected(self, words: list[str]) -> LexiconRow | None:
        """The row of a phrase in another form, with an article or possessive in it: weakens your bones."""
        if len(words) < 2 or words[0].lower() in _DETERMINERS or words[-1].lower() in _DETERMINERS:
            return None
        return self._phrases.get(_stem_phrase(tuple(words)))

    def _is_content(self, word: str) -> bool:
        head = word.lower().split("'")[0]
        return len(word) > 1 and head not in self._unread and not _NUMBER.match(word.lower())


def _is_mere_word(source: str, row: LexiconRow) -> bool:
    """Whether a word written small is no abbreviation of a row that has it in capitals only."""
    forms = {source, *singular_forms(source)}
    if _ALSO_WORDS.isdisjoint(forms):
        return False
    return not any(word in forms for word in (row.term, *row.variants, *row.english, row.mesh.lower()))


def _add(rows: dict[str, LexiconRow], row: LexiconRow, spellings: Iterable[str]) -> None:
    for spelling in spellings:
        plain = spelling.isascii() and spelling.replace(" ", "").isalnum()
        if words := spelling if plain else " ".join(_WORD.findall(spelling)):
            rows.setdefault(fold_english(words), row)


def _stands_in(neighbour: str, text: str) -> bool:
    """Whether a neighbour stands in a text: at the beginning of a word, a short one or a phrase as a whole.

    >>> _stands_in("epilep", "in epileptics"), _stands_in("car", "cardiology"), _stands_in("ear", "for years")
    (True, False, False)
    """
    whole = len(neighbour) <= _SHORT_NEIGHBOUR or " " in neighbour
    at = text.find(neighbour)
    while at >= 0:
        end = at + len(neighbour)
        if not text[max(0, at - 1) : at].isalnum() and not (whole and text[end : end + 1].isalnum()):
            return True
        at = text.find(neighbour, at + 1)
    return False


def is_everyday(word: str) -> bool:
    """Whether an English word, in any of its forms, names nothing of medicine.

    >>> is_everyday("Lasted"), is_everyday("ashitaba")
    (True, False)
    """
    parts = [part.partition("'")[0] for part in word.lower().split("-")]
    return all(
        not _everyday_words().isdisjoint((part, *plain_forms(part))) or part.isdigit() for part in parts
    )


@cache
def _everyday_words() -> frozenset[str]:
    return load_words("everyday_en") | load_words("stopwords_en")


def fold_english(words: str) -> str:
    """The key under which British and American spellings meet; no spelling of its own.

    >>> fold_english("Oestrogen") == fold_english("estrogen")
    True
    >>> fold_english("ciclosporin") == fold_english("cyclosporine")
    True
    >>> fold_english("Reye's syndrome") == fold_english("Reye syndrome")
    True
    """
    lowered = words.lower()
    if " " not in lowered:
        return _fold_word(lowered)
    return " ".join(map(_fold_word, lowered.replace("'s ", " ").split(" ")))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _fold_word(word: str) -> str:
    if _ANY_BRITISH.search(word):
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    return _NAME_LIKE.sub(_fold_name, word)


def _fold_name(word: re.Match[str]) -> str:
    """A long word with the letters as one in which international, British and American names differ."""
    folded = word.group()
    for spelling, other in _NAME_SPELLINGS:
        folded = folded.replace(spelling, other)
    return folded.removesuffix("e") if folded.endswith("ine") else folded


def singular_forms(word: str) -> tuple[str, ...]:
    """The forms a plural may have come from; none for a word that is no plural.

    >>> singular_forms("biopsies"), singular_forms("virus")
    (('biopsy', 'biopsie', 'biopsi'), ())
    """
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 4:
        return ()
    forms = [word[:-1]]
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("ies"):
        forms.insert(0, word[:-3] + "y")
    return tuple(forms)


def plain_forms(word: str) -> tuple[str, ...]:
    """The forms a lower-case word may be inflected from; forms that are no words do no harm.

    >>> plain_forms("lasts"), plain_forms("stopping"), plain_forms("skin")
    (('last',), ('stopp', 'stoppe', 'stop'), ())
    """
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            doubled = stem[-1] == stem[-2]
            return (stem, f"{stem}e", stem[:-1]) if doubled else (stem, f"{stem}e")
    return singular_forms(word)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _stem_phrase(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem_words(" ".join(word for word in words if word.lower() not in _DETERMINERS)))


def _build_term(source: str, row: LexiconRow) -> FoundTerm:
    """The row with the text's own wording first where it is a symbol, or English of the row however spelled.

    What only looks the row up is no wording of the literature: a single word (a brand) comes last, an
    everyday one and a phrase (spots, water tablets) not at all.
    """
    plain = source.lower() if source[1:].islower() else source
    symbol = plain != source.lower() and " " not in plain
    if symbol or any(_is_same_word(word, plain) for word in row.english):
        wording = next((word for word in row.english if word.lower() == plain.lower()), plain)
        english = (wording, *(word for word in row.english if word != wording))
    elif row.contexts or " " in plain or is_everyday(plain):
        english = row.english
    else:
        english = (*row.english, plain)
    return FoundTerm(source, english, row.mesh, row.role)


def _is_same_word(one: str, other: str) -> bool:
    """Whether both are one wording but for the plural and the spelling of their country."""
    first, second = fold_english(one), fold_english(other)
    return first == second or first in singular_forms(second) or second in singular_forms(first)


def _build_word(word: str) -> FoundTerm:
    """A word that no row has: a symbol, what its ending tells (a disease, a drug), or a mere word."""
    symbol = any(letter.isdigit() for letter in word) or word[1:] != word[1:].lower()
    if symbol and not (word.isalpha() and is_everyday(word)):
        return FoundTerm(word, spell_variants(word), "", TermRole.MECHANISM, FoundBy.PASSED_THROUGH)
    if (role := read_ending(word)) is not None:
        return FoundTerm(word, (word.lower(),), "", role, FoundBy.PASSED_THROUGH)
    return FoundTerm(word, (word.lower(),), "", TermRole.GENERIC, FoundBy.WORD)


def read_ending(word: str) -> TermRole | None:
    """What a word must be by its ending, where medicine alone has it; ``None`` for any other word.

    >>> read_ending("polymyalgia"), read_ending("tildrakizumab"), read_ending("analysis")
    (<TermRole.CONDITION: 'condition'>, <TermRole.INTERVENTION: 'intervention'>, None)
    """
    lowered = word.lower()
    if not lowered.isalpha() or is_everyday(lowered):
        return None
    forms = (lowered, *singular_forms(lowered))
    for ending, role in load_endings().items():
        # An exception (diploma) may be the whole word.
        shortest = len(ending) + (0 if role is TermRole.GENERIC else _SHORTEST_BEFORE)
        if any(form.endswith(ending) and len(form) >= shortest for form in forms):
            return None if role is TermRole.GENERIC else role
    return None

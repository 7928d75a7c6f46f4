"""English words: one key for British and American spellings, the forms of a word, what an ending tells."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claims.lexicon.tables import TermRole, load_endings, load_words

# Of a word that is known by its ending, at least so many letters stand before it.
_SHORTEST_BEFORE = 4
_MOST_REMEMBERED = 65_536
DETERMINERS = frozenset({"a", "an", "the", "your", "their", "his", "her", "my", "our", "its", "some"})
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
    return _NAME_LIKE.sub(_fold_name, spell_american(word))


def spell_american(word: str) -> str:
    """A lower-case word as American English has it, near enough for two spellings to meet.

    >>> spell_american("colour"), spell_american("regaine")
    ('color', 'regaine')
    """
    if _ANY_BRITISH.search(word):
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    return word


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

"""What a row has the other way round: arthritis of the knee, harms the kidneys, the gums bleed.

A row has the noun ("knee arthritis", "kidney damage", "bleeding gums"); a page says it as a sentence.
"""

from __future__ import annotations

from collections.abc import Callable

from claims.lexicon.english_words import DETERMINERS
from claims.lexicon.tables import LexiconRow, TermRole

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

# The row of these words as they stand or inflected; as they stand alone.
Find = Callable[[list[str]], LexiconRow | None]
Match = tuple[int, LexiconRow | None]
_NONE: Match = (0, None)


def match_turned(words: list[str], position: int, find: Find, find_whole: Find) -> Match:
    """How many words from ``position`` on say what a row has, and the row; 0 where none do."""
    first = words[position].lower()
    if first in _MADE and position + 1 < len(words):
        return _match_made(words, position, find)
    if first in _CAUSES and position + 2 < len(words):
        return _match_caused(words, position, find_whole)
    for at in range(position, min(position + _MOST_TURNED, len(words))):
        joint = words[at].lower()
        does = _DOES.get(joint) if at > position else None
        if does and (row := find([does, *words[position:at]])):
            return at + 1 - position, row
        if at + 1 == len(words):
            break
        if at > position and joint in _IS:
            return _match_state(words, position, at, find)
        head = _find_head(words, position, at)
        if head is None:
            continue
        start = at + 1 + (words[at + 1].lower() in DETERMINERS)
        if [word.lower() for word in words[start : start + 2]] in _WITHIN:
            start += 2 + (words[start + 2 : start + 3] in _ARTICLE)
        if joint == "in" and head is not _DEFICIENCY and _is_given(words[start : start + 1], find_whole):
            continue
        end, row = _find_part(words, start, head, find, find_whole)
        if row is not None:
            return end - position, row
    return _NONE


def _find_head(words: list[str], position: int, at: int) -> list[str] | None:
    """What goes behind the part of the body that follows the word ``at``; ``None``: nothing is turned."""
    first, joint = words[position].lower(), words[at].lower()
    if at == position and first in _DONE:
        return [_DONE[first]]
    if at == position + 1:
        if joint == "to" and first in _ALLERGIC:
            return _ALLERGY
        if joint in _HARMED_BY and first in _HARMFUL:
            return _DAMAGE
        if joint in _SHORT_OF and first in _SHORT:
            return _DEFICIENCY
    return words[position:at] if at > position and joint in _JOINS else None


def _find_part(words: list[str], start: int, head: list[str], find: Find, find_whole: Find) -> Match:
    """Where the longest part from ``start`` on ends that has a row before ``head``, and that row."""
    lengths = range(min(_MOST_TURNED, len(words) - start), 1, -1)
    # What is known as a whole (vitamin B6) is not cut for it.
    whole = next((length for length in lengths if find_whole(words[start : start + length])), 1)
    for end in range(min(start + _MOST_TURNED, len(words)), start + whole - 1, -1):
        # Harm to a baby's bond is none to the baby.
        if not words[end - 1].endswith("'s") and (row := find([*words[start:end], *head])):
            return end, row
    return _NONE


def _match_made(words: list[str], position: int, find: Find) -> Match:
    """After an adjective, told by its verb: weakens the heart, dries out the mouth."""
    start = position + 1
    while start + 1 < len(words) and words[start].lower() in _PARTICLES | DETERMINERS:
        start += 1
    for end in range(min(start + _MOST_TURNED, len(words)), start, -1):
        if row := find([_MADE[words[position].lower()], *words[start:end]]):
            return end - position, row
    return _NONE


def _match_caused(words: list[str], position: int, find_whole: Find) -> Match:
    """Before its noun, told by what causes it: leaves the eyes dry."""
    start = position + 1 + (words[position + 1].lower() in DETERMINERS)
    noun = find_whole([words[start]])
    if noun is not None and noun.role is TermRole.POPULATION:
        return _NONE
    for end in range(start + 1, min(start + _MOST_TURNED, len(words))):
        if row := find_whole([words[end], *words[start:end]]):
            return end + 1 - position, row
    return _NONE


def _match_state(words: list[str], position: int, at: int, find: Find) -> Match:
    """Before its noun: the gums are swollen, blood pressure is high."""
    end = at + 1 + (words[at + 1].lower() in _HOW)
    row = find([words[end], *words[position:at]]) if end < len(words) else None
    return (end + 1 - position, row) if row else _NONE


def _is_given(word: list[str], find_whole: Find) -> bool:
    """Whether it is a substance, in which nothing has its place: a tooth in milk."""
    row = find_whole(word) if word else None
    return row is not None and row.role is TermRole.INTERVENTION

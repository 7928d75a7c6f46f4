"""Authors whose names are words of the sentence, with the year behind: Smith et al. (2020)."""

from __future__ import annotations

import re
from collections.abc import Iterator

YEAR = r"(?:19|20)[0-9]{2}[a-z]?"
NAME = r"[A-Z][\w'’-]{1,30}"
# Names have rare kanji: of the compatibility block (﨑) and beyond the first plane (𠮷).
KANJI = "々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANJI_NAME = rf"[{KANJI}ァ-ヶー]{{1,8}}"
SURNAME = rf"(?:(?:van|von|de|der|den|la|le|du|da|dos)\s){{0,2}}{NAME}"
_BRACKET = re.compile(rf"\s?[(（]{YEAR}年?[)）]")
# Several authors, at the end of what stands before the bracket; pronouns are none.
_SEVERAL = re.compile(
    rf"(?:(?<![\w(（]){SURNAME}(?:,\s{SURNAME}){{0,4}}(?:,?\set\sal\.?|,?\s(?:and|&)\s"
    rf"(?:{SURNAME}|colleagues|co-?workers))|(?<![A-Za-z(（])(?:{NAME}|(?![彼我僕私]){KANJI_NAME})(?:氏?ら|ほか|他|氏)|"
    rf"(?<![(（]){KANJI_NAME}(?:(?:[・、]|と){KANJI_NAME}){{1,3}}(?:ら)?)\Z"
)
_ONE = re.compile(rf"(?<![\w(（]){SURNAME}\Z")
_VERB = r"(?:found|show(?:ed|n)|reported|demonstrated|observed|concluded|confirmed|noted)"
_SAYS = re.compile(rf"\s(?:\w{{1,12}}\s)?(?:{_VERB}|described|compared|suggested|proposed|proved)\b")
# What a sentence begins with before that which was found; more hedged words say how sure it is and stay.
_FOUND = re.compile(rf"\s(?:have\s|has\s|also\s){{0,2}}{_VERB}\sthat\s|,\s")
_FOUND_JA = re.compile(
    r"(?:は|によると|によれば|の(?:報告|研究|調査|検討|試験|論文)(?:では|によると|によれば))[、,]?\s?(?=\S)"
)
_OPENING = re.compile(r"(?:According\sto|In\sthe\s(?:study|trial|review)\s(?:by|of))\s")
_LONGEST = 160


def find_narrated(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where the names, the bracket of their year and what is behind it begin, in order.

    >>> list(find_narrated("Smith and Doe (2019) agree.", 0, 27))
    [(0, 13, 20)]
    """
    for bracket in _BRACKET.finditer(text, start, end):
        before = text[max(start, bracket.start() - _LONGEST) : bracket.start()]
        names = _SEVERAL.search(before)
        if names is None and _SAYS.match(text, bracket.end(), end):
            names = _ONE.search(before)
        if names is not None:
            yield bracket.start() - len(before) + names.start(), bracket.start(), bracket.end()


def drop_particle(text: str) -> str:
    """What was found, where the names before it were a mark and are gone; any other text as it is.

    >>> drop_particle("は鉄が疲労を減らすと述べた。"), drop_particle(" found that iron helps.")
    ('鉄が疲労を減らすと述べた。', 'Iron helps.')
    """
    said = text.lstrip()
    if found := _FOUND_JA.match(said):
        return said[found.end() :]
    if found := _FOUND.match(f" {said}"):
        return said[found.end() - 1].upper() + said[found.end() :]
    return text


def drop_frame(text: str) -> str:
    """What was found, where a sentence begins with who found it; any other text as it is.

    >>> drop_frame("田中ら（2019）によると、鉄は疲労を減らす。"), drop_frame("Doe et al. (2019) took iron.")
    ('鉄は疲労を減らす。', 'Doe et al. (2019) took iron.')
    """
    for name, _, behind in find_narrated(text, 0, len(text)):
        opening = _OPENING.match(text) if name else None
        if name and (opening is None or opening.end() != name):
            break
        pattern = (
            _FOUND if text[name : name + 1].isascii() and text[behind : behind + 1] in " ," else _FOUND_JA
        )
        found = pattern.match(text, behind)
        if found and (opening is None) == (found[0] != ", "):
            rest = text[found.end() :]
            return rest[:1].upper() + rest[1:]
        break
    return text

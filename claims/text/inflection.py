"""How a Japanese word of a table stands in a text: uninflected there, inflected here."""

from __future__ import annotations

import re

# The kana that a verb of five steps, or an adjective, may have where its dictionary form ends.
_STEPS = {
    "う": "わいうえおっ",
    "く": "かきくけこい",
    "ぐ": "がぎぐげごい",
    "す": "さしすせそ",
    "つ": "たちつてとっ",
    "ぬ": "なにぬねのん",
    "ぶ": "ばびぶべぼん",
    "む": "まみむめもん",
    "る": "らりるれろっ",
    "い": "いくかさけ",
}
_ONE_STEP = "いきぎしじちにひびみりえけげせぜてでねへべめれ"
_KANJI = re.compile(r"[\u3400-\u9fff々]")


def inflect(word: str) -> str:
    """A pattern of the word in its inflected forms; a noun is its own.

    >>> inflect("防ぐ"), inflect("抑える"), inflect("改善")
    ('防[がぎぐげごい]', '抑え', '改善')
    """
    stem, ending = word[:-1], word[-1]
    if ending not in _STEPS or not _KANJI.search(word):
        return re.escape(word)
    if ending == "る" and stem[-1:] in _ONE_STEP:
        return re.escape(stem)
    return f"{re.escape(stem)}[{_STEPS[ending]}]"

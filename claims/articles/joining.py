"""Lines that one sentence runs over become one line."""

from __future__ import annotations

import re
import unicodedata

from claims.articles.lines import Line, Mark, is_terminated, is_terminated_english
from claims.records.article import Language

# Nouns and headings that only look as if a particle stood at their end (こと, もの, 〜とは) do not go on.
_GOES_ON = re.compile(
    r"(?:[、，,・がをにへ「『（(]|(?<![こひあ])と|(?<!も)の|(?<!と)は|で|から|ため|より|れば|ており|(?<!つい)(?<!関し)(?<!あたっ)(?<!向け)(?<!指し)て|および|または|"
    r"\b(?:and|or|the|of|to|with|in|a|an|for|by|that|than|is|are))$"
)
# What no line of its own begins with.
_CONTINUES = re.compile(r"[、。，．）)」』】！？ー々っゃゅょぁぃぅぇぉッャュョァィゥェォを]")
_OPENERS, _CLOSERS = "「『（(【", "」』）)】"
_MOST_JOINED = 40
_LONGEST_BRACKET = 400
_SHORTEST_JAPANESE = 6
# Editors and mail programs break lines at a width: no line is wider than it, and several unfinished ones
# come this near to it. Widths are in full-width letters for Japanese, in letters for English.
_NARROWEST = {Language.JA: 16.0, Language.EN: 40.0}
_WIDEST = {Language.JA: 62.0, Language.EN: 100.0}
_SLACK = {Language.JA: 4.0, Language.EN: 16.0}
_FEWEST_WRAPPED = 3


def join_broken(text: str, lines: list[Line], language: Language) -> list[Line]:
    """``lines`` with those joined that one sentence runs over: in a bracket, wrapped, or unfinished."""
    wrap = _find_wrap(lines, language)
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and _runs_on(before, line, language, wrap):
            joined[-1] = Line(before.mark, before.start, line.end, text[before.start : line.end])
        else:
            joined.append(line)
    return joined


def _find_wrap(lines: list[Line], language: Language) -> float:
    """The least width at which an unfinished line was broken for its width; infinite where none was."""
    plain = [line for line in lines if line.mark is Mark.PLAIN and "://" not in line.words]
    widths = [_measure(line.words, language) for line in plain]
    widest = max(widths, default=0.0)
    if not _NARROWEST[language] <= widest <= _WIDEST[language]:
        return float("inf")
    wrap = widest - _SLACK[language]
    near = sum(
        width >= wrap and not _is_finished(line.words, language)
        for line, width in zip(plain, widths, strict=True)
    )
    return wrap if near >= _FEWEST_WRAPPED else float("inf")


def _runs_on(before: Line, line: Line, language: Language, wrap: float) -> bool:
    if line.mark is not Mark.PLAIN or before.mark not in (Mark.PLAIN, Mark.LISTED, Mark.NUMBERED):
        return False
    if before.words.count("\n") >= _MOST_JOINED:
        return False
    if _has_open_bracket(before.words) and len(before.words) < _LONGEST_BRACKET:
        return any(closer in line.words for closer in _CLOSERS)
    if _is_finished(before.words, language):
        return False
    if _measure(before.words.rsplit("\n", 1)[-1], language) >= wrap:
        return True
    if language is Language.EN:
        return line.words[:1].islower() or bool(_GOES_ON.search(before.words))
    goes_on = _GOES_ON.search(before.words) or _CONTINUES.match(line.words)
    return len(before.words) >= _SHORTEST_JAPANESE and bool(goes_on)


def _is_finished(words: str, language: Language) -> bool:
    return is_terminated(words) or (language is Language.EN and is_terminated_english(words))


def _measure(words: str, language: Language) -> float:
    if language is Language.EN:
        return len(words)
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in words)


def _has_open_bracket(words: str) -> bool:
    return any(
        words.count(opener) > words.count(closer) for opener, closer in zip(_OPENERS, _CLOSERS, strict=True)
    )

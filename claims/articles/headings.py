"""Headings without a mark: short lines that stand above prose, points or a table."""

from __future__ import annotations

import re

from claims.articles.language import is_foreign_sentence
from claims.articles.lines import Line, Mark, is_terminated, is_terminated_english
from claims.records.article import Language

_LONGEST_HEADING = {Language.JA: 60, Language.EN: 90}
_LONGEST_QUESTION = {Language.JA: 40, Language.EN: 70}
# A line that ends politely is a sentence, with or without its full stop.
_POLITE_END = re.compile(
    r"(?:です|ます|ました|ません|でした|でしょう|ください|ましょう|である|だった|だろう)(?:よ|ね|か)*\W*$"
)
# A line that begins with speech is somebody's words, whoever is named behind it.
_SPEECH = re.compile(r"[「『“\"][^」』”\"]{12,}[」』”\"].*", re.DOTALL)
# A question put to the reader in passing leads to nothing of its own.
_IN_PASSING = re.compile(
    r"(?:でしょう|ません|ではない|ご存[じ知]です|思います|思いません)か\W*$|^(?:では|じゃあ|でも)"
)
# In the middle of a phrase no heading ends; の, は, に and "to" do end some.
_UNFINISHED = re.compile(
    r"(?:[、，をや]|[^ろ]が|による|という|といった|,|\b(?:and|or|the|of|a|an|that|which))$"
)
# A note stands between the lines that it is behind and before, and is above neither.
_SEPARATORS = (Mark.BLANK, Mark.RULE, Mark.NOTE)
_ROWS = (Mark.PIPED, Mark.TABBED)
SHORTEST_PROSE = 15


def is_heading_by_place(lines: list[Line], index: int, language: Language) -> bool:
    """Whether a short line without an end mark, or a question, stands above prose, points or a table."""
    line = lines[index]
    if line.words.endswith(("?", "？")):
        return _is_question_heading(lines, index, language)
    if (
        len(line.words) > _LONGEST_HEADING[language]
        or _is_sentence(line.words)
        or _UNFINISHED.search(line.words)
    ):
        return False
    if language is Language.EN and is_terminated_english(line.words):
        return False
    if is_foreign_sentence(line.words, language):
        return False
    is_point = line.mark in (Mark.LISTED, Mark.NUMBERED)
    below = find_neighbour(lines, index, 1)
    if below is None or below.mark in _ROWS:
        return below is not None and not (is_point and _ends_list(lines, index))
    if is_point:
        return (
            below.mark is Mark.PLAIN
            and not _ends_list(lines, index)
            and prose_follows(lines, index, SHORTEST_PROSE)
        )
    return (
        below.mark is not Mark.PLAIN
        or prose_follows(lines, index, SHORTEST_PROSE)
        or index == find_first(lines)
    )


def prose_follows(lines: list[Line], index: int, length: int) -> bool:
    """Whether the next line, or the one after a second short line, is a sentence of ``length`` or more."""
    seen = 0
    for at in range(index + 1, len(lines)):
        line = lines[at]
        if line.mark in _SEPARATORS:
            continue
        if line.mark is not Mark.PLAIN:
            return seen > 0
        if is_prose(line, length):
            return True
        seen += 1
        if seen == 2:
            return False
    return False


def is_prose(line: Line, length: int) -> bool:
    """Whether a line is a sentence of ``length`` or more."""
    ends = is_terminated(line.words) or line.words.endswith((".", ":", "："))
    return len(line.words) >= length and bool(ends or _POLITE_END.search(line.words))


def find_neighbour(lines: list[Line], index: int, step: int) -> Line | None:
    """The next line with words, downwards (``step`` 1) or upwards (-1)."""
    index += step
    while 0 <= index < len(lines):
        if lines[index].mark not in _SEPARATORS:
            return lines[index]
        index += step
    return None


def find_first(lines: list[Line]) -> int:
    """Where the first line with words is."""
    return next((index for index, line in enumerate(lines) if line.mark is not Mark.BLANK), 0)


def _is_question_heading(lines: list[Line], index: int, language: Language) -> bool:
    """Whether a question stands by itself above the prose that answers it."""
    line = lines[index]
    alone = index == 0 or lines[index - 1].mark in _SEPARATORS
    if not alone or line.mark is not Mark.PLAIN or len(line.words) > _LONGEST_QUESTION[language]:
        return False
    return not _IN_PASSING.search(line.words) and prose_follows(lines, index, SHORTEST_PROSE)


def _is_sentence(words: str) -> bool:
    return is_terminated(words) or bool(_POLITE_END.search(words) or _SPEECH.fullmatch(words))


def _ends_list(lines: list[Line], index: int) -> bool:
    """Whether the line closes a list of lines like itself."""
    above = find_neighbour(lines, index, -1)
    return above is not None and above.mark is lines[index].mark and not is_terminated(above.words)

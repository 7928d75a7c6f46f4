"""The lines of an article and what their own marks say, before their neighbours are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from claims.references import is_reference
from claims.text.invisible import INVISIBLE


class Mark(Enum):
    """What a line's own marks say it is."""

    BLANK = auto()
    RULE = auto()
    THEME = auto()
    QUESTION = auto()
    HEADING = auto()
    LISTED = auto()
    NUMBERED = auto()
    NOTE = auto()
    PIPED = auto()
    TABBED = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line: the span of its words (marks and white space left out) and its mark."""

    mark: Mark
    start: int
    end: int
    words: str


_RULE = re.compile(r"([-=*_–—―─━・…~〜☆★◇◆]\s*){3,}$|(?:```|~~~)\w*$")
_TABLE_RULE = re.compile(r"(?=[|:\s+=]*+-)[|:\-\s+=]++$")
# Tags of HTML that stand round a line of plain text or Markdown.
_TAG = re.compile(r"</?(?!h[1-6])[a-zA-Z][a-zA-Z0-9]*+(?:\s[^<>]*+)?/?>")
_HEADING = re.compile(
    r"#{1,6}\s+|[■□◆◇▼▽▲★☆❖◎]+\s*|<h[1-6][^>]*>|(?:第\s*[0-9０-９一二三四五六七八九十]+\s*[章節部])\s*"
)
_SIGNS = "■□◆◇▼▽▲★☆❖◎"
# No heading ends with a full stop or is all speech, its speaker in brackets: behind a sign it is a point.
_STATEMENT = re.compile(
    r"[。．｡][」』）)】”\"'*_]*\Z|\A[「『“\"][^」』”\"]{8,}[」』”\"]\s*(?:[（(][^（()）]*[）)])?\Z"
)
_HEADING_END = re.compile(r"(?<!\s)\s*+(?:(?<!#)#++|</h[1-6]>|(?<![■□◆◇▼▽▲★☆❖◎])[■□◆◇▼▽▲★☆❖◎]++)\s*+$")
_WRAPPED_HEADING = re.compile(
    r"(?:[〜～~―─—–].+[〜～~―─—–]|【[^】]+】|《[^》]+》|≪[^≫]+≫|＜[^＞]+＞|〈[^〉]+〉|［[^］]+］|〔[^〕]+〕|"
    r"\*\*[^*]{1,60}\*\*|__[^_]{1,60}__)$"
)
_SUMMARY = re.compile(
    r"(?:まとめ|総括|結論|おわりに|さいごに|最後に|はじめに|Summary|Conclusion)\s*[:：]\s*\S"
)
_THEME = re.compile(r"(?:テーマ|題目|議題|Theme|Topic)\s*+\d*+\s*+[:：]\s*+", re.IGNORECASE)
_QUESTION = re.compile(
    r"[QＱ]\s*+[.．]?\s*+[0-9０-９]++(?:\s*+[.．:：、)）])?\s++(?=\S)|[QＱ]\s*+[0-9０-９]*+\s*+[.．:：、)）]\s*+|"
    r"[QＱ]\s++(?=\S)|[【〈［(（][QＱ]\s*+[.．]?\s*+[0-9０-９]*+[】〉］)）]\s*+|(?:質問|問)\s*+[0-9０-９]*+\s*+[.．:：]\s*+"
)
_ANSWER = re.compile(
    r"[AＡ]\s*+(?:[.．]\s*+)?[0-9０-９]*+\s*+[.．:：]\s*+|[AＡ][.．]\s*+|[AＡ][0-9０-９]*+[\s\u3000]+(?=[^\x00-\x7f])|"
    r"[【〈［(（][AＡ]\s*+[.．]?\s*+[0-9０-９]*+[】〉］)）]\s*+|(?:回答|答え|答)\s*+[:：]\s*+"
)
_LISTED = re.compile(r"[-*+–]\s+(?:\[[ xX]\]\s+)?|:\s+|[・･•●○◯◦‣▪▸►▶✓✔☑✅➤➡→◉]\s*|[-–](?=[^\x00-\x7f])")
_NUMBERED = re.compile(
    r"[(（]?[0-9０-９]{1,2}[.)．）、](?![0-9０-９])\s*|[①-⑳❶-❿]\s*|(?:STEP|Step|ステップ)\s*[0-9０-９]+\s*[:：.]?\s*|"
    r"[(（]?[アイウエオカキクケコ][.．)）]\s*"
)
# Far down a long bibliography; a sentence that a line begins with ends in such a figure as well.
_FAR_DOWN = re.compile(r"[0-9０-９]{3}[.)．）]\s*+(?![0-9０-９])")
# A footnote, as Markdown labels it.
_NOTE = re.compile(r"\[\^[\w-]{1,20}\][:：]\s*")
_MOST_MARKS = 3
# An end mark stands among the last so many letters of a line, or nowhere.
_END = 80
_QUOTE_MARK = re.compile(r"(?:>\s?)+")
# A reference may stand behind the end mark: [1], （※2）, ³.
_REFERENCE = (
    r"(?:\s*+(?:[\[［(（]\s*+[※*†]?\s*+[0-9０-９]{1,3}(?:\s*+[-–,、，]\s*+[0-9０-９]{1,3}+)*+\s*+[\]］)）]|"
    r"\[\^[\w-]{1,20}\]|[※*†]\s*+[0-9０-９]{1,2}|[⁰¹²³⁴-⁹]++))*+"
)
_TERMINAL = re.compile(rf"[。！？!?．｡][」』）)】”\"'*_]*{_REFERENCE}$")
_EN_TERMINAL = re.compile(rf"[.!?:;,][\"'”’)\]*_]*{_REFERENCE}$")


def split_lines(text: str) -> list[Line]:
    """Every line of ``text`` in order, blank ones too."""
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        lines.append(_read_line(text, start, start + len(raw)))
        start += len(raw) + 1
    return lines


def _read_line(text: str, start: int, end: int) -> Line:
    start, end = _strip(text, start, end)
    if quote := _QUOTE_MARK.match(text, start, end):
        start = quote.end()
    if start < end and text[start] == "<" and text[end - 1] == ">":
        start, end = _strip_tags(text, start, end)
    if start == end:
        return Line(Mark.BLANK, start, start, "")
    words = text[start:end]
    if _RULE.match(words):
        return Line(Mark.RULE, start, end, words)
    if words.count("|") + words.count("｜") >= 1 and not words.startswith("!["):
        return _read_piped(text, start, end)
    mark, begin, stop = _find_mark(text, start, end)
    if "\t" in words[begin - start :].strip():
        return Line(Mark.TABBED, start, end, words)
    start, end = _strip(text, begin, stop)
    return Line(mark if start < end else Mark.BLANK, start, end, text[start:end])


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and what nobody sees at either end; empty where nothing is left."""
    while start < end and (text[start].isspace() or INVISIBLE.match(text[start])):
        start += 1
    while start < end and (text[end - 1].isspace() or INVISIBLE.match(text[end - 1])):
        end -= 1
    return start, end


def _strip_tags(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the tags round it."""
    while first := _TAG.match(text, start, end):
        start, end = _strip(text, first.end(), end)
    while start < end and text[end - 1] == ">":
        opening = text.rfind("<", start, end)
        if opening < 0 or not _TAG.fullmatch(text, opening, end):
            break
        start, end = _strip(text, start, opening)
    return start, end


def _read_piped(text: str, start: int, end: int) -> Line:
    if _TABLE_RULE.match(text, start, end):
        return Line(Mark.RULE, start, end, text[start:end])
    if listed := _LISTED.match(text, start, end):
        start = listed.end()
    if not text[start:end].strip("|｜ \t\u3000"):
        return Line(Mark.RULE, start, end, text[start:end])
    start += text[start] in "|｜"
    end -= text[end - 1] in "|｜"
    start, end = _strip(text, start, end)
    return Line(Mark.PIPED, start, end, text[start:end])


def _find_mark(text: str, start: int, end: int, depth: int = 0) -> tuple[Mark, int, int]:
    """The mark and the span of the words behind it; a mark may stand behind another one."""
    words = text[start:end]
    if depth == _MOST_MARKS:
        return Mark.PLAIN, start, end
    if found := _NOTE.match(words):
        return Mark.NOTE, start + found.end(), end
    if (found := _HEADING.match(words)) and found.end() < len(words):
        close = _HEADING_END.search(words)
        stop = start + close.start() if close and close.start() > found.end() else end
        inner, begin, stop = _find_mark(text, start + found.end(), stop, depth + 1)
        if inner in (Mark.QUESTION, Mark.THEME):
            return inner, begin, stop
        is_point = words[0] in _SIGNS and _STATEMENT.search(text[begin:stop].strip())
        return (Mark.LISTED if is_point else Mark.HEADING), begin, stop
    if found := _THEME.match(words):
        return Mark.THEME, start + found.end(), end
    bare, offset = _without_emphasis(words)
    if found := _QUESTION.match(bare):
        return Mark.QUESTION, start + offset + found.end(), end
    if found := _ANSWER.match(bare):
        return Mark.PLAIN, start + offset + found.end(), end
    if _WRAPPED_HEADING.match(words) and not is_terminated(words):
        return Mark.HEADING, start, end
    if _SUMMARY.match(words) and not is_terminated(words):
        return Mark.HEADING, start, end
    if (found := _FAR_DOWN.match(words)) and is_reference(words):
        return Mark.NUMBERED, start + found.end(), end
    for pattern, mark in ((_LISTED, Mark.LISTED), (_NUMBERED, Mark.NUMBERED)):
        if (found := pattern.match(words)) and found.end() < len(words):
            rest, begin, stop = _find_mark(text, start + found.end(), end, depth + 1)
            keeps = rest in (Mark.QUESTION, Mark.THEME)
            return (rest, begin, stop) if keeps else (mark, start + found.end(), end)
    return Mark.PLAIN, start, end


def _without_emphasis(words: str) -> tuple[str, int]:
    stripped = words.lstrip("*_")
    return stripped, len(words) - len(stripped)


def is_terminated(words: str) -> bool:
    """Whether the words end like a sentence, closing brackets looked through."""
    return bool(_TERMINAL.search(words[-_END:]))


def is_terminated_english(words: str) -> bool:
    """Whether the words end with a mark that no heading ends with."""
    return bool(_EN_TERMINAL.search(words[-_END:]))


def split_cells(words: str) -> tuple[str, ...]:
    """The cells of a table row, trimmed.

    >>> split_cells("比較 | 従来 |  | 新法")
    ('比較', '従来', '', '新法')
    """
    parts = re.split(r"[|｜]", words) if re.search(r"[|｜]", words) else words.split("\t")
    return tuple(part.strip() for part in parts)

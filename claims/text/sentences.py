"""Sentences of a text as spans; nothing is copied or changed."""

from __future__ import annotations

import re
from collections import deque

from claims.records.article import Language
from claims.references import ends_rounded, match_markers, match_rounded

Span = tuple[int, int]

_OPENERS = "「『（(【〔［[《〈“"
_CLOSERS = "」』）)】〕］]》〉”"
_PAIRS = dict(zip(_OPENERS, _CLOSERS, strict=True))
_JA_ENDS = "。！？!?．｡"
_OPENING = re.compile(f"[{re.escape(_OPENERS)}]")
# Where a sentence may end or a bracket begin.
_STOP = re.compile(f"[{re.escape(_OPENERS + _JA_ENDS)}.]")
_KANA_OR_KANJI = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# A polite end with the numbers of references behind it, and a full stop of the Latin kind: 伴います 1, 2.
_NUMBERED_END = re.compile(r"(?:す|ん|た|る|い|だ)[ \u3000]?[0-9]{1,3}(?:[,、–-] ?[0-9]{1,3}){0,3}\Z")
# A quoted sentence is followed by these when it goes on ("…。」と話す", "…！」（60代女性）").
_GOES_ON = re.compile(r"[とのがをにはもでへ、や（(—–]")
_LONGEST_BRACKET = 400
_WORD_START = re.compile(r"\S")

# The end of a link whose words end with the sentence, with its address.
_LINK_END = r"\]\((?:https?:)?//[^\s()]{1,300}\)"
_CLOSES_LINK = re.compile(_LINK_END)
# What somebody said, on a line of its own: one unit however many sentences it has.
_QUOTATION = re.compile(r"^[ \t]*[\"“][^\"“”\n]{12,600}[\"”]", re.MULTILINE)
# Behind the full stop there may be marks of references, and no space before the next sentence.
_EN_END = re.compile(
    rf"(?<![.!?])[.!?]++(?:{_LINK_END})?"
    r"[\"'”’)\]]*+(?=\s|$|[\[［⁰¹²³⁴-⁹^※*†])|(?<=[a-z)])\.(?=[0-9]{1,3}(?:[,–-][0-9]{1,3})*+\s+[A-Z])|"
    r"(?<=[a-z]{2})[.!?](?=[A-Z][a-z]*+[\s,’'])|[。！？]"
)
_ABBREVIATIONS = re.compile(
    r"(?:e\.g|i\.e|etc|vs|cf|al|figs?|nos?|dr|mrs?|ms|prof|st|approx|ca|eq|ref|refs|vol|eds?|pp?|inc|ltd|jr|sr|dept|"
    r"resp|spp?|var|u\.s|u\.k|a\.m|p\.m|ph\.d|m\.d|et|viz)\Z"
)
# Some pages begin a sentence with a small letter, behind a word that is too long for an abbreviation.
_PLAIN_WORD = re.compile(r"(?<![A-Za-z])[a-z]{5,20}\Z")
_BEGINS_LOW = re.compile(r"\s+[a-z]{4}")
_LONGEST_ABBREVIATION = 12
# A quotation goes on to the name of its speaker.
_DASHES = ("—", "–", "-")
# After these a capital letter still begins a new sentence.
_MAY_END = frozenset(["etc", "a.m", "p.m", "u.s", "u.k", "inc", "ltd", "ph.d", "m.d"])


def split_sentences(text: str, start: int, end: int, language: Language) -> list[Span]:
    """The sentences of ``text[start:end]`` in order, as half-open spans without white space around them.

    Every character that is not white space lies in exactly one span. Brackets stay whole, and a line
    break alone ends nothing: what belongs together is for the caller to say.

    >>> text = "「痛い。」と言う。次は①です。"
    >>> [text[a:b] for a, b in split_sentences(text, 0, len(text), Language.JA)]
    ['「痛い。」と言う。', '次は①です。']
    """
    cuts = _cut_japanese(text, start, end) if language is Language.JA else _cut_english(text, start, end)
    spans: list[Span] = []
    begin = start
    for cut in [*cuts, end]:
        if span := strip_span(text, begin, cut):
            spans.append(span)
        begin = cut
    return spans


def strip_span(text: str, start: int, end: int) -> Span | None:
    """The span without white space at either end; ``None`` where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _cut_japanese(text: str, start: int, end: int) -> list[int]:
    match_marks = match_rounded if ends_rounded(text, start, end) else match_markers
    closing = _matching_brackets(text, start, end)
    cuts: list[int] = []
    sentence = at = start
    while at < end:
        if at in closing:
            close = closing[at]
            at = close + 1
            link = _CLOSES_LINK.match(text, close, end) if text[close - 1] in _JA_ENDS else None
            if link is not None:
                at = link.end()
            if link is not None or (
                text[close - 1] in _JA_ENDS and _ends_after_bracket(text, sentence, close, end)
            ):
                cuts.append(at)
                sentence = at
        elif _ends_japanese(text, at, end):
            at += 1
            while at < end and (text[at] in _JA_ENDS or (text[at] in _CLOSERS and text[at] not in ")）")):
                at += 1
            at = match_marks(text, at, end)
            cuts.append(at)
            sentence = at
        else:
            found = _STOP.search(text, at + 1, end)
            at = found.start() if found else end
    return cuts


def _matching_brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Outermost opening bracket → its closing one; an opening without a closing one is no bracket."""
    matched: dict[int, int] = {}
    at = start
    while found := _OPENING.search(text, at, end):
        at = found.start()
        close = _find_close(text, at, min(end, at + _LONGEST_BRACKET))
        if close is not None:
            matched[at] = close
            at = close
        at += 1
    return matched


def _find_close(text: str, opening: int, limit: int) -> int | None:
    """The bracket that closes ``opening``, brackets of the same kind nested; ``None`` if there is none."""
    opener, closer, depth = text[opening], _PAIRS[text[opening]], 0
    if text.find(closer, opening, limit) < 0:
        return None
    for at in range(opening, limit):
        if text[at] == opener:
            depth += 1
        elif text[at] == closer:
            depth -= 1
            if depth == 0:
                return at
    return None


def _ends_after_bracket(text: str, sentence: int, close: int, end: int) -> bool:
    """Whether a bracket that holds a full sentence is a sentence itself: begun by it and not gone on."""
    lead = text[sentence:close].lstrip()[:1]
    if lead not in _PAIRS or _find_close(text, text.index(lead, sentence), close + 1) != close:
        return False
    return close + 1 >= end or not _GOES_ON.match(text[close + 1])


def _ends_japanese(text: str, at: int, end: int) -> bool:
    mark = text[at]
    if mark in "。｡！？":
        return True
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < end else " "
    if mark == "．":
        return bool(_KANA_OR_KANJI.match(before)) and not after.isdigit()
    if mark in "!?":
        inside_latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        return not inside_latin and after not in "&="
    if mark == "." and after.isspace() and _NUMBERED_END.search(text, max(0, at - 16), at):
        return _KANA_OR_KANJI.match(_find_next(text, at + 1, end)) is not None
    if mark == "." and after.isspace() and before.isascii() and before.islower():
        return _find_next(text, at + 1, end).isupper() and not _is_abbreviation(text, at)
    return False


def _cut_english(text: str, start: int, end: int) -> list[int]:
    match_marks = match_rounded if ends_rounded(text, start, end) else match_markers
    quotations = [match.span() for match in _QUOTATION.finditer(text, start, end)]
    cuts = {opening for opening, _ in quotations if opening > start}
    sentence, ahead = start, deque(quotations)
    for mark in _EN_END.finditer(text, start, end):
        while ahead and ahead[0][1] <= mark.end():
            sentence = max(sentence, ahead.popleft()[0])
        if ahead and ahead[0][0] < mark.start():
            continue
        stop = match_marks(text, mark.end(), end)
        if mark.end() < end and stop == mark.end() and not text[stop].isspace() and text[stop] in "[［^※*†":
            continue
        follows = _find_next(text, stop, end)
        if mark.group().startswith(".") and not _ends_english(text, mark.start(), follows):
            continue
        if mark.group()[0] in "!?" and (follows.islower() or follows in _DASHES):
            continue
        if not _inside_bracket(text, sentence, mark.start(), end):
            cuts.add(stop)
            sentence = stop
    return sorted(cuts)


def _find_next(text: str, start: int, end: int) -> str:
    """The next character that is not white space; "" where there is none."""
    found = _WORD_START.search(text, start, end)
    return found.group() if found else ""


def _ends_english(text: str, at: int, follows: str) -> bool:
    if follows.islower():
        return (
            _BEGINS_LOW.match(text, at + 1) is not None
            and _PLAIN_WORD.search(text, max(0, at - 24), at) is not None
        )
    if follows in _DASHES and text[at + 1 : at + 2] in "\"”’'":
        return False
    if not _is_abbreviation(text, at):
        return True
    word = _word_before(text, at)
    return word in _MAY_END and (follows.isupper() or not follows)


def _is_abbreviation(text: str, at: int) -> bool:
    word = _word_before(text, at)
    initial = len(word) == 1 and word.isalpha() and text[at - 1].isupper()
    return bool(_ABBREVIATIONS.match(word)) or (initial and word != "i")


def _word_before(text: str, at: int) -> str:
    start, first = at, max(0, at - _LONGEST_ABBREVIATION)
    while (
        start > first and text[start - 1].isascii() and (text[start - 1].isalpha() or text[start - 1] == ".")
    ):
        start -= 1
    return text[start:at].lstrip(".").lower()


def _inside_bracket(text: str, start: int, at: int, end: int) -> bool:
    """Whether ``at`` lies in a round bracket that began in this sentence and closes further on in it."""
    opening = text.rfind("(", max(start, at - _LONGEST_BRACKET), at)
    if opening < 0 or text.find(")", opening, at) >= 0 or _find_next(text, start, opening) == "":
        return False
    close = text.find(")", at, min(end, at + _LONGEST_BRACKET))
    return close >= 0

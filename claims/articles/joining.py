"""Lines that one sentence runs over become one line."""

from __future__ import annotations

import re
import unicodedata

from claims.articles.lines import Line, Mark, is_terminated, is_terminated_english
from claims.records.article import Language
from claims.references import names_papers

# What neither a sentence nor a heading ends with: the next line goes on, even one paragraph further down.
_OPEN = re.compile(
    r"(?:[、，をへ「『（(]|(?<!ところ)が|(?<![こひあ])と|や|[一-鿿ァ-ヶー]の|による|という|といった|および|または)$"
)
# Nouns and headings that only look as if a particle stood at their end (こと, もの, 〜とは) do not go on.
_GOES_ON = re.compile(
    r"(?:・|(?<!はじめ)(?<!おわり)(?<!終わり)(?<!最後)(?<!さいご)(?<!まとめ)に|(?<!も)の|(?<!と)は|(?<!子ど)(?<!こ)も|など|で|から|ため|より|"
    r"れば|よう|ており|であり|もあり|なり|せず|らず|だけでなく|少なく|[ぁ-ん]しく|[^ぁ-ん]く|"
    r"(?<!つい)(?<!関し)(?<!あたっ)(?<!向け)(?<!指し)て|"
    r"\b(?:and|or|nor|but|the|of|to|with|in|on|at|from|as|into|a|an|for|by|that|which|who|than|is|are|was|were|be|"
    r"been|can|may|might|will|not|your|their|its|very|more|most))$"
)
# A verb or an adjective ends a heading, or stands before the noun that the next line begins with.
_ATTRIBUTIVE = re.compile(
    r"(?:[うくぐすつぬぶむる]|[^ぁ-ん]い|[しなかさた]い|[いっしきけせてれえべめね]た|[いん]だ|な)$"
)
# What no line of its own begins with.
_CONTINUES = re.compile(
    r"[、。，．）)」』】！？ー々っゃゅょぁぃぅぇぉッャュョァィゥェォを]|など(?!か)|ので|のため|こと[がをにでは]|ものの|による|により|によって|"
    r"における|において|として|とともに|に対[しす]|について|に関[しす]|する(?![とた])|した(?!が)|して[いおきくも]|され[てたるま]|"
    r"で(?!は|も|すか)|[がのに](?=[一-鿿ァ-ヶ])|なり(?:ます|ました)|あり(?:ます|ません)|です|でした|ます|ました|である|という|といった|まで[にの]|くらい|ほど[のに]"
)
# A line that says what it is about begins a sentence of its own.
_OWN_TOPIC = re.compile(
    r"[^、。]{0,19}?(?:[^ぁ-んー]|もの|こと|これ|それ|ここ|の)は|(?:しかし|また|なお|ただし|この|その|これ|それ|まず|次に|例えば|たとえば)"
)
_CLAUSE = re.compile(r"[、はがをに\n]")
_POLITE = re.compile(r"(?:です|ます|ません|でした|ました|ましょう|ください|である)[^\w]*$")
_SHORTEST_CLAUSE, _LONGEST_TAIL, _MOST_AHEAD = 6, 16, 8
# So many lines that end in the middle of a phrase: whoever wrote the page breaks its lines by hand.
_FEWEST_BROKEN = 3
_OPENERS, _CLOSERS = "「『（(【", "」』）)】"
# No grammar tells that the address of a page goes on.
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+")
_MOST_JOINED = 40
_LONGEST_BRACKET = 400
_FEWEST_WORDS = 3
# The number of an entry, a step or a note in its bracket.
_NUMBER = re.compile(r"[\[［(（【]([0-9０-９]{1,3})[\]］)）】]")
# Editors and mail programs break lines at a width: no line is wider than it, and several unfinished ones
# come this near to it. Widths are in full-width letters for Japanese, in letters for English.
_NARROWEST = {Language.JA: 16.0, Language.EN: 40.0}
_WIDEST = {Language.JA: 62.0, Language.EN: 100.0}
_SLACK = {Language.JA: 4.0, Language.EN: 16.0}
_FEWEST_WRAPPED = 3


def join_broken(text: str, lines: list[Line], language: Language) -> list[Line]:
    """``lines`` with those joined that one sentence runs over: in a bracket, wrapped, or unfinished."""
    reading = _Joining(lines, language)
    joined: list[Line] = []
    gap = 0
    for index, line in enumerate(lines):
        before = joined[-1 - gap] if len(joined) > gap else None
        if before is not None and reading.runs_on(before, index, gap):
            del joined[len(joined) - gap :]
            joined[-1] = Line(before.mark, before.start, line.end, text[before.start : line.end])
            gap = 0
        else:
            joined.append(line)
            gap = gap + 1 if line.mark is Mark.BLANK else 0
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


class _Joining:
    """Which lines of an article go on on the next one: by its width, by brackets and by grammar."""

    def __init__(self, lines: list[Line], language: Language) -> None:
        self._lines = lines
        self._language = language
        self._wrap = _find_wrap(lines, language)
        broken = sum(line.mark is Mark.PLAIN and _OPEN.search(line.words) is not None for line in lines)
        self._by_hand = broken >= _FEWEST_BROKEN

    def runs_on(self, before: Line, index: int, gap: int) -> bool:
        """Whether ``before``, ``gap`` blank lines above the line ``index``, goes on there."""
        line = self._lines[index]
        if line.mark is not Mark.PLAIN or before.mark not in (Mark.PLAIN, Mark.LISTED, Mark.NUMBERED):
            return False
        if before.words.count("\n") >= _MOST_JOINED or gap > 1 or _are_entries(before, line):
            return False
        if gap:
            return before.mark is Mark.PLAIN and self._goes_on_below(before, index)
        if _has_open_bracket(before.words) and len(before.words) < _LONGEST_BRACKET:
            return any(closer in line.words for closer in _CLOSERS)
        if _is_finished(before.words, self._language):
            return False
        if _measure(before.words.rsplit("\n", 1)[-1], self._language) >= self._wrap:
            return True
        if _ADDRESS.fullmatch(before.words):
            return False
        if self._language is Language.EN:
            return line.words[:1].islower() or ends_open(before.words)
        return bool(_CONTINUES.match(line.words)) or self._goes_on_in_japanese(before, index)

    def _goes_on_in_japanese(self, before: Line, index: int) -> bool:
        if _OPEN.search(before.words):
            return True
        if len(before.words) < _SHORTEST_CLAUSE:
            return False
        return bool(_GOES_ON.search(before.words)) or (
            before.mark is Mark.PLAIN and self._describes(before.words, index)
        )

    def _describes(self, words: str, index: int) -> bool:
        """Whether the clause that ``words`` end with stands before the noun of the next line."""
        ahead = self._lines[index].words
        if not _ATTRIBUTIVE.search(words) or _OWN_TOPIC.match(ahead) or not self._is_completed(index):
            return False
        last = words.rsplit("\n", 1)[-1]
        joined = self._by_hand or "、" in words or "は" in last or last != words
        return joined or (len(ahead) <= _LONGEST_TAIL and _CLAUSE.search(words) is not None)

    def _goes_on_below(self, before: Line, index: int) -> bool:
        """Whether a line goes on in the next paragraph, as in pages that give each line one."""
        if self._language is Language.EN:
            words = before.words.split()
            return (
                self._lines[index].words[:1].islower()
                and not _is_finished(before.words, Language.EN)
                and (len(words) >= _FEWEST_WORDS or ends_open(before.words))
            )
        ahead = self._lines[index].words
        taken_up = _CONTINUES.match(ahead) and _GOES_ON.search(before.words)
        if not (_OPEN.search(before.words) or before.words.endswith(("は", "の")) or taken_up):
            return False
        if before.words.endswith("とは") or len(before.words) < 2:
            return False
        return not _OWN_TOPIC.match(ahead) and self._is_completed(index)

    def _is_completed(self, index: int) -> bool:
        """Whether the lines from ``index`` on reach the end of a sentence, each of them unfinished before."""
        for line in self._lines[index : index + _MOST_AHEAD]:
            if line.mark is Mark.BLANK:
                continue
            if line.mark is not Mark.PLAIN:
                return False
            if is_terminated(line.words) or _POLITE.search(line.words):
                return True
            if not (ends_open(line.words) or _ATTRIBUTIVE.search(line.words)):
                return False
        return False


def ends_open(words: str) -> bool:
    """Whether a line ends where neither a sentence nor a heading does: with a particle, a comma, "of".

    >>> ends_open("目尻に打つことで、"), ends_open("しわを"), ends_open("しわの原因")
    (True, True, False)
    """
    return bool(_OPEN.search(words) or _GOES_ON.search(words))


def _are_entries(before: Line, line: Line) -> bool:
    """Whether two lines are papers' numbers alone, or bear numbers in brackets, one after the other."""
    if names_papers(line.words) and names_papers(before.words):
        return True
    first, second = _NUMBER.match(before.words), _NUMBER.match(line.words)
    return first is not None and second is not None and int(second[1]) == int(first[1]) + 1


def _is_finished(words: str, language: Language) -> bool:
    if language is Language.EN and words.endswith(","):
        return False
    return is_terminated(words) or (language is Language.EN and is_terminated_english(words))


def _measure(words: str, language: Language) -> float:
    if language is Language.EN:
        return len(words)
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in words)


def _has_open_bracket(words: str) -> bool:
    return any(
        words.count(opener) > words.count(closer) for opener, closer in zip(_OPENERS, _CLOSERS, strict=True)
    )

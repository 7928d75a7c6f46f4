"""Terms in Japanese text: the longest known spelling at each place, put together with its word parts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.lexicon.folding import fold_text, lower_letters, spell_variants, unify_spelling
from claims.lexicon.tables import Affix, LexiconRow, TermRole
from claims.lexicon.terms import FoundBy, FoundTerm, RowIndex, SoundReader, build_term, drop_repeats
from claims.text.japanese import SplitMode, Token, tokenize

_SYMBOL = re.compile(r"[A-Za-zΑ-ω0-9]+(?:[-/.][A-Za-zΑ-ω0-9]+)*")
_LATIN = re.compile(r"[A-Za-zΑ-ω0-9]")
_MEASURE = re.compile(r"\d+(?:[.,]\d+)*([A-Za-zμ]+)(?:/.*)?\Z")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_KATAKANA_RUN = re.compile(r"[ァ-ヺー]+")
_DOTTED = re.compile(r"[ァ-ヺー]+(?:・[ァ-ヺー]+)+")
# A single sign of hiragana that the tokenizer left, and what a medical word is likely to hold.
_SCRAP = re.compile(r"[ぁ-ん]\Z")
_MEDICAL = re.compile(
    r"[ァ-ヺー]{3}|[A-Za-z]{2}|[症炎病薬剤術療菌腫痛癌疹脳心肝腎肺胃腸骨筋血皮毛歯眼耳鼻喉胎産卵精毒酸素酵菌疾患瘍栓傷熱咳]"
)
# What may stand between what is given and what is done with it: its amount, a particle, an adverb.
_GIVEN_THERE = re.compile(
    r"(?:など)?(?:の?(?:投与|使用|服用|内服)?量)?[をのはも]?(?:[^、。をはがでて]{0,8}(?<!ず)(?<!ないよう)(?:に|ずつ|く))?"
)
_INFLECTED = ("動詞", "形容詞")
# Spellings this long are taken wherever they stand: the tokenizer may cut a medical compound elsewhere.
_SURE_LENGTH = 3
_MOST_PARTS = 3
_JOINTS = ("の", "が")
_TREATMENTS = ("治療", "治療法", "療法")
_MUCH_LEFT = 2
_UNCHANGED = "{}"
# Readings that are kept: a search asks for its wording, heading and theme again and again.
_MOST_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class _Place:
    """The text being read: as written, folded (same length), what stands beside it, where its words begin
    and end, its runs of katakana, the particles that may hold a compound apart, and where the last
    intervention ends that was read (-1 before the first)."""

    shown: str
    folded: str
    beside: str
    starts: dict[int, Token]
    ends: frozenset[int]
    runs: tuple[tuple[int, int], ...]
    joints: tuple[int, ...]
    given: int = -1


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of a text, its terms in order with their repeats, and the places that were read."""

    tokens: tuple[Token, ...]
    terms: tuple[FoundTerm, ...]
    covered: frozenset[int]


class JapaneseReader:
    """Reads Japanese text with an index of rows, word parts, images to leave out and stop words."""

    def __init__(
        self,
        index: RowIndex,
        parts: tuple[Affix, ...],
        metaphors: frozenset[str],
        silent: frozenset[str],
        sounds: SoundReader,
    ) -> None:
        self._index = index
        self._sounds = sounds
        self._before = tuple(part for part in parts if part.before)
        self._after = tuple(part for part in parts if not part.before)
        self._endings = frozenset(part.part for part in self._after if len(part.part) > 1)
        self._longest_ending = max(map(len, self._endings), default=0)
        self._metaphors = metaphors
        self._silent = silent
        self._read = lru_cache(maxsize=_MOST_REMEMBERED)(self._read_anew)
        self._split = lru_cache(maxsize=_MOST_REMEMBERED)(_split_anew)

    def read(self, text: str, beside: str = "") -> tuple[tuple[FoundTerm, ...], tuple[str, ...]]:
        """The terms in order and the content words left over, each once."""
        reading = self._read(text, beside)
        unmapped = dict.fromkeys(self._list_left_over(reading.tokens, reading.covered))
        return drop_repeats(reading.terms), tuple(unmapped)

    def list_unread(self, text: str) -> tuple[Token, ...]:
        """The nouns, verbs and adjectives that no term covers, in the text as ``unify_spelling`` gives it."""
        reading = self._read(text, "")
        return tuple(
            token for token in reading.tokens if _says_something(token) and _is_unread(token, reading.covered)
        )

    def _read_anew(self, text: str, beside: str) -> _Reading:
        shown, tokens, short = self._split(text)
        place = self._build_place(shown, fold_text(beside), tokens, short)
        terms: list[FoundTerm] = []
        covered: set[int] = set()
        position = 0
        while position < len(shown):
            end, term = self._read_at(place, position)
            if term is not None:
                terms.append(term)
                place = replace(place, given=end) if term.role is TermRole.INTERVENTION else place
            covered.update(range(position, end))
            position = max(end, position + 1)
        return _Reading(tokens, tuple(terms), frozenset(covered))

    def _build_place(
        self, shown: str, beside: str, tokens: Sequence[Token], short: Sequence[Token]
    ) -> _Place:
        """Words begin and end where the short units do, and before a word part inside one (胃 in 胃がん)."""
        starts = {token.start: token for token in (*short, *tokens)}
        ends = {token.end for token in short}
        for token in short:
            ends.add(token.end - self._measure_ending(token.surface))
        runs = tuple(run.span() for run in _KATAKANA_RUN.finditer(shown))
        joints = tuple(t.start for t in tokens if t.surface in _JOINTS and t.pos[0] == "助詞")
        return _Place(shown, lower_letters(shown), beside, starts, frozenset(ends), runs, joints)

    def _measure_ending(self, word: str) -> int:
        """The length of the longest word part that the word ends with and is more than; 0 for none."""
        lengths = range(min(self._longest_ending, len(word) - 1), 1, -1)
        return next((length for length in lengths if word[-length:] in self._endings), 0)

    def _read_at(self, place: _Place, start: int) -> tuple[int, FoundTerm | None]:
        """Where the reading that begins here ends (``start`` if nothing begins), and its term if any."""
        end, term = self._match_longest(place, start)
        for part in self._before if start in place.starts else ():
            inner = start + len(part.part)
            if place.folded.startswith(part.part, start):
                inner_end, inner_term = self._match_longest(place, inner)
                if inner_term is not None and inner_end > end:
                    end, term = inner_end, _compose(part, inner_term, place.shown[start:inner_end])
        if term is not None:
            return self._extend(place, start, end, term)
        if end > start:
            return end, None
        end, term = self._match_sound(place, start)
        if term is not None:
            return self._extend(place, start, end, term)
        return self._pass_through(place, start)

    def _match_longest(self, place: _Place, start: int) -> tuple[int, FoundTerm | None]:
        for end in range(min(len(place.folded), start + self._index.longest), start, -1):
            spelling = place.folded[start:end]
            if not (_stands_alone(place, start, end) or self._parts_katakana(place, start, end)):
                continue
            if row := self._find_row(place, spelling, start):
                return end, build_term(place.shown[start:end], row) if row.english else None
            if spelling in self._metaphors:
                return end, None
            if row := self._find_dotted(place, spelling, start) or self._find_joined(place, start, end):
                return end, build_term(place.shown[start:end], row)
        token = place.starts.get(start)
        if token is not None and token.pos[0] in _INFLECTED:
            for spelling in (token.lemma, token.normalized):
                if spelling in self._metaphors:
                    return token.end, None
                if row := self._find_row(place, spelling, start):
                    return token.end, build_term(token.surface, row) if row.english else None
        return start, None

    def _find_dotted(self, place: _Place, spelling: str, start: int) -> LexiconRow | None:
        """The row of a name that dots part: セント・ジョーンズ・ワート."""
        if not _DOTTED.fullmatch(spelling):
            return None
        row = self._find_row(place, spelling.replace("・", ""), start)
        return row if row is not None and row.english else None

    def _find_joined(self, place: _Place, start: int, end: int) -> LexiconRow | None:
        """The row of a compound that the text takes apart by の or が: 歯の根, 大腿骨頭が壊死."""
        joints = [at for at in place.joints if start < at < end - 1]
        if len(joints) != 1:
            return None
        spelling = place.folded[start : joints[0]] + place.folded[joints[0] + 1 : end]
        row = self._find_row(place, spelling, start)
        return row if row is not None and row.english else None

    def _find_row(self, place: _Place, spelling: str, start: int) -> LexiconRow | None:
        return self._index.find(spelling, place.folded, place.beside, start, _is_given(place, start))

    def _extend(self, place: _Place, start: int, end: int, term: FoundTerm) -> tuple[int, FoundTerm]:
        for _ in range(_MOST_PARTS):
            part = next((p for p in self._after if place.folded.startswith(p.part, end)), None)
            if part is None or not _ends_word(place, end + len(part.part)):
                break
            end += len(part.part)
            term = _compose(part, term, place.shown[start:end])
        return end, term

    def _parts_katakana(self, place: _Place, start: int, end: int) -> bool:
        """Whether the span is one of two known words that one run of katakana holds: アダパレン | ゲル."""
        run = next((found for found in place.runs if found[0] <= start and end <= found[1]), None)
        if run is None or run == (start, end) or (start != run[0] and end != run[1]):
            return False
        rest = place.folded[run[0] : start] or place.folded[end : run[1]]
        return min(len(rest), end - start) > 1 and (self._index.knows(rest) or rest in self._silent)

    def _match_sound(self, place: _Place, start: int) -> tuple[int, FoundTerm | None]:
        """A whole katakana run that sounds like an English name."""
        if start > 0 and _KATAKANA.match(place.shown[start - 1]):
            return start, None
        run = _KATAKANA_RUN.match(place.shown, start)
        if run is None or run.group() in self._silent:
            return start, None
        word = run.group()
        if (term := self._sounds.find(word)) is not None:
            return run.end(), term
        # A name before the form it is given in: アダパレンゲル.
        for at in range(_SURE_LENGTH, len(word) - 1):
            rest = fold_text(word[at:])
            known = self._index.knows(rest) or rest in self._silent
            if known and (term := self._sounds.find(word[:at])) is not None:
                return start + at, term
        return run.end(), None

    def _pass_through(self, place: _Place, start: int) -> tuple[int, FoundTerm | None]:
        """A Latin symbol that no table knows, as it is: gene names, cell types, compounds."""
        if start > 0 and _LATIN.match(place.shown[start - 1]):
            return start, None
        match = _SYMBOL.match(place.shown, start)
        if match is None:
            return start, None
        symbol = match.group()
        if not self._names_something(symbol):
            return match.end(), None
        return match.end(), FoundTerm(
            symbol, spell_variants(symbol), "", TermRole.MECHANISM, FoundBy.PASSED_THROUGH
        )

    def _names_something(self, symbol: str) -> bool:
        """Whether it is more than a number, a letter, a measure (20mg/kg) or a word of the stop list."""
        if len(symbol) < 2 or symbol[0] == "0" or not any(letter.isalpha() for letter in symbol):
            return False
        measure = _MEASURE.match(symbol)
        return lower_letters(measure[1] if measure else symbol) not in self._silent

    def _list_left_over(self, tokens: Sequence[Token], covered: frozenset[int]) -> list[str]:
        """What no term covers: compounds of nouns, the medical ones first, then verbs and adjectives."""
        left = [
            token
            for before, token in itertools.pairwise((None, *tokens))
            if token is not None and _is_unread(token, covered) and not _counts(before, token)
        ]
        compounds = list(self._join_runs(left))
        verbs = (token.lemma for token in left if _says_something(token) and token.pos[0] != "名詞")
        words = sorted(compounds, key=lambda word: not _MEDICAL.search(word))
        return [*words, *(verb for verb in verbs if verb not in self._silent)]

    def _join_runs(self, left: Sequence[Token]) -> Iterator[str]:
        """The compounds that nouns with their prefixes and suffixes make, stop words and scraps left out."""
        run: list[Token] = []
        for token in left:
            if _is_content(token):
                if run and run[-1].end != token.start:
                    yield from self._name_run(run)
                    run = []
                run.append(token)
            elif run:
                yield from self._name_run(run)
                run = []
        yield from self._name_run(run)

    def _name_run(self, run: list[Token]) -> Iterator[str]:
        while run and (run[0].pos[0] == "接尾辞" or _SCRAP.match(run[0].surface)):
            run = run[1:]
        while run and (run[-1].pos[0] == "接頭辞" or _SCRAP.match(run[-1].surface)):
            run = run[:-1]
        word = "".join(part.surface for part in run)
        silent = all(lower_letters(part.surface) in self._silent for part in run if part.pos[0] == "名詞")
        if not silent and lower_letters(word) not in self._silent:
            yield word


def _split_anew(text: str) -> tuple[str, tuple[Token, ...], tuple[Token, ...]]:
    """The text in one spelling, its words, and its short units: whatever stands beside it."""
    shown = unify_spelling(text)
    return shown, tuple(tokenize(shown)), tuple(tokenize(shown, SplitMode.A))


def _is_given(place: _Place, start: int) -> bool:
    """Whether an intervention stands before the place as what is treated there: ステロイドを急に減量."""
    between = place.folded[place.given : start] if place.given >= 0 else "、"
    return _GIVEN_THERE.fullmatch(between) is not None


def _compose(part: Affix, term: FoundTerm, source: str) -> FoundTerm:
    """The term with its part. An empty noun (刺激, 細胞) stays empty whatever is added to it.

    The treatment of a condition (薄毛治療) still asks about the condition: it keeps its words and heading.
    A part of the body before an empty noun with a heading (皮膚萎縮) makes an outcome of it.
    """
    patterns = part.patterns
    if part.part in _TREATMENTS and term.role is TermRole.CONDITION:
        return replace(term, source=source, found_by=FoundBy.COMPOSED)
    english = tuple(dict.fromkeys(p.format(word) for word in term.english[:3] for p in patterns))
    role = term.role if part.role is None or term.role is TermRole.GENERIC else part.role
    if part.role is TermRole.SITE:
        role = TermRole.OUTCOME if term.role is TermRole.GENERIC and term.mesh else term.role
    return replace(
        term,
        source=source,
        english=english,
        mesh=term.mesh if _UNCHANGED in patterns else "",
        role=role,
        found_by=term.found_by if patterns == (_UNCHANGED,) else FoundBy.COMPOSED,
    )


def _stands_alone(place: _Place, start: int, end: int) -> bool:
    """Whether the span is whole words, or long enough and not cut out of a katakana or Latin run."""
    if _cuts_latin(place.folded, start) or _cuts_latin(place.folded, end):
        return False
    if start in place.starts and end in place.ends:
        return True
    long_enough = end - start >= _SURE_LENGTH
    return long_enough and not (_cuts_katakana(place, start) or _cuts_katakana(place, end))


def _cuts_latin(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if before == "-" and at >= 2:
        before = text[at - 2]
    elif after == "-" and at + 1 < len(text):
        after = text[at + 1]
    return bool(_LATIN.match(before) and _LATIN.match(after))


def _cuts_katakana(place: _Place, at: int) -> bool:
    if at <= 0 or at >= len(place.folded) or at in place.starts:
        return False
    return bool(_KATAKANA.match(place.folded[at - 1]) and _KATAKANA.match(place.folded[at]))


def _ends_word(place: _Place, at: int) -> bool:
    return at in place.ends or at == len(place.folded)


def _is_content(token: Token) -> bool:
    if token.pos[0] == "名詞":
        return "数詞" not in token.pos and "助数詞" not in token.pos
    return token.pos[0] in ("接頭辞", "接尾辞")


def _counts(before: Token | None, token: Token) -> bool:
    """Whether a noun stands behind its number as a counter (64列)."""
    counted = before is not None and before.end == token.start and "数詞" in before.pos
    return counted and (len(token.surface) == 1 or any("助数詞" in level for level in token.pos))


def _is_unread(token: Token, covered: frozenset[int]) -> bool:
    """Whether no term has its beginning, or one leaves much of it (洗浄 of 胃洗浄)."""
    left = sum(at not in covered for at in range(token.start, token.end))
    return token.start not in covered or left >= _MUCH_LEFT


def _says_something(token: Token) -> bool:
    """Whether it is a noun (no number, no counter), a verb or an adjective that stands for itself."""
    if token.pos[0] == "名詞":
        return "数詞" not in token.pos and not any("助数詞" in level for level in token.pos)
    return token.pos[0] in ("動詞", "形容詞", "形状詞") and token.pos[1] == "一般"

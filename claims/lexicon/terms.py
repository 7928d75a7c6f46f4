"""What is found in a text, and the index that finds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from claims.lexicon.folding import fold_text
from claims.lexicon.katakana import SoundIndex, build_sound_index, romanize
from claims.lexicon.tables import GIVEN, LexiconRow, TermRole

# Gaps between a term and its neighbour.
_COVERED, _NOWHERE = -1, 1_000_000_000
_NAMING_ROLES = (TermRole.INTERVENTION, TermRole.MECHANISM)


class FoundBy(StrEnum):
    """How a term came to its English."""

    TABLE = "table"
    COMPOSED = "composed"
    PASSED_THROUGH = "passed_through"
    WORD = "word"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term of a text: ``source`` is its wording there, ``english`` best first, ``mesh`` may be ""."""

    source: str
    english: tuple[str, ...]
    mesh: str
    role: TermRole
    found_by: FoundBy = FoundBy.TABLE


class RowIndex:
    """Rows by every folded spelling; where several rows share one, the context of the text decides."""

    def __init__(self, rows: Iterable[LexiconRow]) -> None:
        self._rows: dict[str, list[LexiconRow]] = {}
        self.longest = 0
        for row in rows:
            for spelling in (row.term, *row.variants):
                key = fold_text(spelling)
                self._rows.setdefault(key, []).append(row)
                self.longest = max(self.longest, len(key))

    def find(
        self, spelling: str, text: str, beside: str = "", at: int = 0, is_given: bool = False
    ) -> LexiconRow | None:
        """The row of a spelling (all folded) that stands ``at`` a place of the text.

        It is the one whose context stands nearest in the text, else one whose context stands ``beside`` it,
        else the first without. What is given there (``is_given``: ステロイドを減量) is nearer than any word
        that does not hold the spelling itself (減量効果). A sense without English is a row too: it names
        nothing.
        """
        rows = self._rows.get(spelling, ())
        senses = [row for row in rows if row.contexts]
        gaps = {id(row): _measure(row.contexts, text, at, at + len(spelling)) for row in senses}
        nearest = min(senses, key=lambda row: gaps[id(row)], default=None)
        if is_given and (nearest is None or gaps[id(nearest)] > _COVERED):
            nearest = next((row for row in senses if GIVEN in row.contexts), nearest)
            if nearest is not None and GIVEN in nearest.contexts:
                return nearest
        if nearest is not None and gaps[id(nearest)] < _NOWHERE:
            return nearest
        for row in senses:
            if beside and any(fold_text(word) in beside for word in row.contexts):
                return row
        return next((row for row in rows if not row.contexts), None)

    def knows(self, spelling: str) -> bool:
        """Whether any row has the folded spelling."""
        return spelling in self._rows


def _measure(words: Iterable[str], text: str, start: int, end: int) -> int:
    """How many signs lie between the span and the nearest of the words; one that holds it is nearest."""
    gaps = []
    for word in map(fold_text, words):
        at = text.find(word)
        while at >= 0:
            covers = at <= start and end <= at + len(word)
            gaps.append(_COVERED if covers else max(start - at - len(word), at - end, 0))
            at = text.find(word, at + 1)
    return min(gaps, default=_NOWHERE)


def build_term(source: str, row: LexiconRow) -> FoundTerm:
    """The row as found in a text under ``source``."""
    return FoundTerm(source, row.english, row.mesh, row.role)


class SoundReader:
    """Reads katakana that no row spells, by its sound: names of the list, and the English of rows.

    Of the rows those are heard that name a substance or a living thing and are never written in katakana:
    what is (カルシウム) needs no guess, and what is no name (cancer) would be heard in キャンセル.
    The index is built when the first such word is met.
    """

    def __init__(self, rows: Iterable[LexiconRow], names: Mapping[str, TermRole]) -> None:
        self._all_rows = tuple(rows)
        self._names = names

    @cached_property
    def _rows(self) -> dict[str, LexiconRow]:
        heard = [row for row in self._all_rows if row.role in _NAMING_ROLES and not _is_spelled(row)]
        return {row.english[0].lower(): row for row in reversed(heard)}

    @cached_property
    def _index(self) -> SoundIndex:
        return build_sound_index((*self._rows, *self._names))

    def find(self, katakana: str) -> FoundTerm | None:
        """The term that sounds like the word, ``None`` where nothing is near enough."""
        match = self._index.find(katakana)
        if match is None:
            return None
        if row := self._rows.get(match.english):
            return FoundTerm(katakana, row.english, row.mesh, row.role, FoundBy.SOUND)
        return FoundTerm(katakana, (match.english,), "", self._names[match.english], FoundBy.SOUND)


def _is_spelled(row: LexiconRow) -> bool:
    return any(romanize(spelling) for spelling in (row.term, *row.variants))


def drop_repeats(terms: Iterable[FoundTerm]) -> tuple[FoundTerm, ...]:
    """The terms in order, each best English once."""
    seen: dict[str, FoundTerm] = {}
    for term in terms:
        seen.setdefault(term.english[0].lower(), term)
    return tuple(seen.values())

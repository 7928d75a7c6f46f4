"""Words of a Japanese text, with their exact places."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Dictionary, Tokenizer

# SudachiPy refuses more than 49,149 bytes in one call; a code point takes at most 4 of them.
_LONGEST_PIECE = 12_000
_PIECE_ENDS = "\n。！？!?、, "


@dataclass(frozen=True, slots=True)
class Token:
    """A word: ``text[start:end] == surface`` of the text it was read from.

    ``pos`` is SudachiDict's part of speech in its six levels (``*`` where one is empty); ``normalized``
    the dictionary's one spelling for variants; ``reading`` is in katakana; ``lemma`` the uninflected form.
    """

    surface: str
    start: int
    end: int
    pos: tuple[str, ...]
    normalized: str
    reading: str
    lemma: str


class SplitMode(StrEnum):
    """How long a word is: ``A`` the shortest unit, ``C`` named entities and compounds whole."""

    A = "A"
    B = "B"
    C = "C"


def tokenize(text: str, mode: SplitMode = SplitMode.C) -> list[Token]:
    """The words of ``text`` in order, covering it without gap or overlap, whatever its length.

    A lone surrogate is read as U+FFFD, so that its place is kept.

    >>> [token.surface for token in tokenize("毛包幹細胞が眠る")]
    ['毛包', '幹細胞', 'が', '眠る']
    """
    tokens: list[Token] = []
    tokenizer = _get_tokenizer(mode)
    for start, end in _pieces(text):
        readable = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text[start:end])
        for word in tokenizer.tokenize(readable):
            begin, stop = start + word.begin(), start + word.end()
            if begin < stop:
                tokens.append(
                    Token(
                        text[begin:stop],
                        begin,
                        stop,
                        tuple(word.part_of_speech()),
                        word.normalized_form(),
                        word.reading_form(),
                        word.dictionary_form(),
                    )
                )
    return tokens


class _Opened(threading.local):
    """Tokenizers of one thread: two threads must not enter the same one at once."""

    def __init__(self) -> None:
        self.tokenizers: dict[SplitMode, Tokenizer] = {}


_opened = _Opened()


def _get_tokenizer(mode: SplitMode) -> Tokenizer:
    if mode not in _opened.tokenizers:
        from sudachipy import SplitMode as SudachiMode

        modes = {SplitMode.A: SudachiMode.A, SplitMode.B: SudachiMode.B, SplitMode.C: SudachiMode.C}
        _opened.tokenizers[mode] = _open_dictionary().tokenizer(modes[mode])
    return _opened.tokenizers[mode]


@cache
def _open_dictionary() -> Dictionary:
    # Opening takes about 50 ms; every thread's tokenizers share it.
    from sudachipy import Dictionary

    return Dictionary(dict="core")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans short enough for one call, cut after a sentence or clause end where there is one."""
    start = 0
    while len(text) - start > _LONGEST_PIECE:
        window = text[start : start + _LONGEST_PIECE]
        cut = next((window.rfind(mark) for mark in _PIECE_ENDS if window.rfind(mark) > 0), len(window) - 1)
        yield start, start + cut + 1
        start += cut + 1
    if start < len(text):
        yield start, len(text)

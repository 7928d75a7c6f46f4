"""What the grammar of a Japanese sentence's last words says: a command, a wish, a noun without a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.text.japanese import Word

_INFLECTED = ("動詞", "形容詞", "形状詞", "助動詞")
_MARKS = ("補助記号", "記号", "空白")
_LOOKED_AT = 6


def find_endings(words: Sequence[Word]) -> Iterator[str]:
    """The cues ``ends:…`` of the last words.

    >>> from claims.text.japanese import list_words
    >>> list(find_endings(list_words("まずは始めましょう。")))
    ['ends:volition', 'ends:polite']
    """
    endings = [word for word in words[-_LOOKED_AT - 4 :] if word.pos not in _MARKS][-_LOOKED_AT:]
    if not endings:
        return
    last = endings[-1]
    said = [word for word in endings if word.kind != "終助詞"]
    predicate = said[-1] if said else last
    if predicate.form.startswith("命令形"):
        yield "ends:command"
    if predicate.form.startswith("意志推量形"):
        yield "ends:guess" if _is(predicate, "です", "だ") else "ends:volition"
    if any(_is(word, "たい", "欲しい") for word in endings[-3:]):
        yield "ends:wish"
    if last.kind == "終助詞":
        yield "ends:asking" if _is(last, "か") else "ends:talking"
    if predicate.pos in ("名詞", "代名詞") or predicate.kind == "名詞的":
        yield "ends:noun"
    if predicate.pos == "助詞" and predicate.kind != "終助詞":
        yield "ends:open"
    if _is(predicate, "です", "ます", "ず", "た") and any(_is(word, "です", "ます") for word in said):
        yield "ends:polite"
    elif predicate.pos in _INFLECTED:
        yield "ends:plain"


def _is(word: Word, *normalized: str) -> bool:
    return word.spellings[2] in normalized

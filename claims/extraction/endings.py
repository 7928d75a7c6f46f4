"""What the grammar of a Japanese sentence's last words says: a command, a wish, a noun without a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.text.japanese import Ending

_INFLECTED = ("動詞", "形容詞", "形状詞", "助動詞")


def find_endings(endings: Sequence[Ending]) -> Iterator[str]:
    """The cues ``ends:…`` of the last words, the very last one first.

    >>> from claims.text.japanese import read_words
    >>> list(find_endings(read_words("まずは始めましょう。")[1]))
    ['ends:volition', 'ends:polite']
    """
    if not endings:
        return
    *_, last = endings
    said = [word for word in endings if word.kind != "終助詞"]
    predicate = said[-1] if said else last
    if predicate.form.startswith("命令形"):
        yield "ends:command"
    if predicate.form.startswith("意志推量形"):
        yield "ends:guess" if predicate.normalized in ("です", "だ") else "ends:volition"
    if any(word.normalized in ("たい", "欲しい") for word in endings[-3:]):
        yield "ends:wish"
    if last.kind == "終助詞":
        yield "ends:asking" if last.normalized == "か" else "ends:talking"
    if predicate.pos in ("名詞", "代名詞") or predicate.kind == "名詞的":
        yield "ends:noun"
    if predicate.pos == "助詞" and predicate.kind != "終助詞":
        yield "ends:open"
    if predicate.normalized in ("です", "ます", "ず", "た") and any(
        word.normalized in ("です", "ます") for word in said
    ):
        yield "ends:polite"
    elif predicate.pos in _INFLECTED:
        yield "ends:plain"

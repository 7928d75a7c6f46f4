"""The sentences around a place in an article."""

from __future__ import annotations

from claims.records.article import Article, BlockKind
from claims.text.sentences import Span, split_sentences

# Blocks beside the one of the claim that are looked into for sentences.
_BLOCKS = 3
_NOT_READ = frozenset({BlockKind.METADATA, BlockKind.REFERENCE})


def find_excerpt(article: Article, start: int, end: int, around: int = 2) -> Span:
    """The span from ``around`` sentences before the words at ``start`` to as many after ``end``.

    It goes over headings, list items and table rows, each of which counts as it is cut; where nothing is
    read there, it is the words themselves.
    """
    blocks = [block for block in article.blocks if block.kind not in _NOT_READ]
    inside = [place for place, block in enumerate(blocks) if block.start < end and start < block.end]
    if not inside:
        return start, end
    near = blocks[max(0, inside[0] - _BLOCKS) : inside[-1] + _BLOCKS + 1]
    spans = [
        span
        for block in near
        for span in split_sentences(article.text, block.start, block.end, article.language)
    ]
    hit = [place for place, (first, last) in enumerate(spans) if first < end and start < last]
    if not hit:
        return start, end
    first, last = spans[max(0, hit[0] - around)], spans[min(len(spans) - 1, hit[-1] + around)]
    return min(first[0], start), max(last[1], end)

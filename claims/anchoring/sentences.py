"""Sentences of an article, told by how they begin."""

from __future__ import annotations

from claims.anchoring.cutting import CutArticle
from claims.errors import ArticleError
from claims.text.sentences import Span


def find_span(cut: CutArticle, first: str, last: str = "") -> Span:
    """From the sentence that begins with ``first`` to the next one that begins with ``last``.

    Without ``last`` it is the one sentence. Raises ``ArticleError``: ``sentence_not_found``, or
    ``sentence_ambiguous`` where several begin with ``first``.
    """
    begins = _find_beginnings(cut, first)
    if not begins:
        raise ArticleError("sentence_not_found", words=first)
    if len(begins) > 1:
        raise ArticleError("sentence_ambiguous", words=first, count=len(begins))
    ends = begins
    if last:
        ends = [place for place in _find_beginnings(cut, last) if place >= begins[0]]
        if not ends:
            raise ArticleError("sentence_not_found", words=last)
    return cut.units[begins[0]].unit.start, cut.units[ends[0]].unit.end


def _find_beginnings(cut: CutArticle, words: str) -> list[int]:
    sought = " ".join(words.split())
    return [
        place
        for place, unit in enumerate(cut.units)
        if sought and " ".join(unit.unit.text.split()).startswith(sought)
    ]

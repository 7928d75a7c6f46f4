"""A page becomes pieces and rules, turned so that its lines run from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.articles.pdf.canvas import Canvas, Link, Rule, Stroke
from claims.articles.pdf.fonts import is_wide
from claims.articles.pdf.pieces import drop_readings, join_strokes
from claims.articles.pdf.printed import Printed
from claims.errors import ArticleError

# The middle of a letter of East Asia stands so far above its base line, its head so far.
_MIDDLE, _HEAD = 0.38, 0.88
# What is set upright in a vertical line is hardly wider than a letter.
_WIDEST_UPRIGHT = 1.3
# Letters that follow each other within so many heights go on in one line.
_NEXT = 1.7
# A page is set one way if at most this share of its letters is set the other way.
_MOST_OTHER = 0.2
_FEWEST_DOWN = 8


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What a page prints, turned so that its lines run from left to right.

    ``across`` are the pieces that are set across the others, as in its margin.
    """

    pieces: list[Printed]
    across: list[Printed]
    rules: list[Rule]
    links: list[Link]


def read_page(canvas: Canvas) -> PrintedPage:
    """The pieces and the rules of a page; vertical lines are turned, the first one is on top then.

    Raises ``ArticleError``: ``article_vertical`` where vertical and horizontal lines are mixed on a page:
    their order cannot be told.
    """
    strokes = canvas.strokes
    if _is_vertical(strokes):
        strokes = list(_join_upright(strokes))
        turn, places = 3, [_stand(stroke) for stroke in strokes]
    else:
        turn = _find_turn(strokes)
        places = [_lay(stroke, turn) if stroke.turn == turn else None for stroke in strokes]
    rules = [_turn_rule(rule, turn) for rule in canvas.rules]
    walls = [rule for rule in rules if rule.is_upright]
    placed = [(*place, stroke) for place, stroke in zip(places, strokes, strict=True) if place is not None]
    rest = [stroke for place, stroke in zip(places, strokes, strict=True) if place is None]
    across = [
        piece
        for way in range(4)
        for piece in join_strokes([(*_lay(stroke, way), stroke) for stroke in rest if stroke.turn == way], ())
    ]
    links = [_turn_link(link, turn) for link in canvas.links if link.words]
    return PrintedPage(drop_readings(join_strokes(placed, walls)), across, rules, links)


def _find_turn(strokes: Sequence[Stroke]) -> int:
    turns: Counter[int] = Counter()
    for stroke in strokes:
        turns[stroke.turn] += len(stroke.words)
    return turns.most_common(1)[0][0] if turns else 0


def _turn_rule(rule: Rule, turn: int) -> Rule:
    a, b = _turn_point(rule.left, rule.low, turn), _turn_point(rule.right, rule.high, turn)
    return Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _turn_link(link: Link, turn: int) -> Link:
    a, b = _turn_point(link.left, link.low, turn), _turn_point(link.right, link.high, turn)
    corners = min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
    return Link(*corners, link.address, link.words)


def _turn_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """Where a point of the page is once the page is turned back by ``turn`` quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _is_vertical(strokes: Sequence[Stroke]) -> bool:
    """Whether the lines of a page run down, told by where each letter stands to the one before it."""
    down = across = 0
    for stroke in strokes:
        inner = len(stroke.words) - 1
        if stroke.is_vertical or stroke.turn == 3:
            down += inner
        else:
            across += inner
    for before, stroke in pairwise(strokes):
        if stroke.turn or before.turn or stroke.is_vertical:
            continue
        x, y = stroke.start[0] - before.start[0], before.start[1] - stroke.start[1]
        if abs(x) < 0.3 * stroke.size and 0.7 * stroke.size < y < _NEXT * stroke.size:
            down += is_wide(stroke.words[0])
        elif abs(y) < 0.3 * stroke.size and 0 < x < _NEXT * stroke.size:
            across += 1
    wide = any(is_wide(stroke.words[0]) for stroke in strokes if not stroke.turn)
    if down < _FEWEST_DOWN or not wide or down <= _MOST_OTHER * (down + across):
        return False
    if across > _MOST_OTHER * (down + across):
        raise ArticleError("article_vertical")
    return True


def _join_upright(strokes: Iterable[Stroke]) -> Iterator[Stroke]:
    """Strokes of a vertical page; figures that stand side by side in its line are one."""
    before: Stroke | None = None
    for stroke in strokes:
        if before is not None and _is_side_by_side(before, stroke):
            before = replace(before, words=before.words + stroke.words, stop=stroke.stop)
            continue
        if before is not None:
            yield before
        before = stroke
    if before is not None:
        yield before


def _is_side_by_side(before: Stroke, stroke: Stroke) -> bool:
    return (
        not (before.turn or stroke.turn or before.is_vertical or stroke.is_vertical)
        and abs(before.start[1] - stroke.start[1]) < 0.1 * stroke.size
        and abs(before.stop[0] - stroke.start[0]) < 0.2 * stroke.size
        and stroke.stop[0] - before.start[0] < _WIDEST_UPRIGHT * stroke.size
    )


def _lay(stroke: Stroke, turn: int) -> tuple[float, float, float]:
    """The left end, the right end and the line of a stroke on a page turned by ``turn`` quarters."""
    left, top = _turn_point(*stroke.start, turn)
    return left, _turn_point(*stroke.stop, turn)[0], top


def _stand(stroke: Stroke) -> tuple[float, float, float] | None:
    """The same in vertical lines; ``None`` for words that are set across them."""
    x, y = stroke.start
    if stroke.is_vertical:
        return -y, -stroke.stop[1], x - _MIDDLE * stroke.size
    if stroke.turn == 3:
        return _lay(stroke, 3)
    width = stroke.stop[0] - x
    if stroke.turn or width > _WIDEST_UPRIGHT * stroke.size:
        return None
    head = y + _HEAD * stroke.size
    return -head, stroke.size - head, x + width / 2 - _MIDDLE * stroke.size

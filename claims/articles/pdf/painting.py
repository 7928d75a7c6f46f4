"""What the content of a page paints: words at their places, and the rules between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pypdf import PageObject
from pypdf.errors import LimitReachedError
from pypdf.generic import ContentStream, DictionaryObject, NameObject

from claims.articles.pdf.canvas import IDENTITY, Canvas, Matrix, multiply
from claims.articles.pdf.fonts import Fonts, look_up
from claims.articles.pdf.links import read_links
from claims.articles.pdf.paths import Path
from claims.articles.pdf.pen import Pen, TextState

_MOST_FORMS = 300


def paint(page: PageObject, fonts: Fonts) -> Canvas:
    """What a page paints, forms included; furniture that the file itself marks as such is left out.

    Raises ``LimitReachedError`` for a page of too many forms.
    """
    canvas = Canvas(links=read_links(page))
    content = page.get_contents()
    if content is not None:
        found: Any = page.get_inherited("/Resources", DictionaryObject())
        resources = found.get_object()
        _Painter(fonts, canvas, page.pdf).run(content, resources, IDENTITY)
    return canvas


class _Painter:
    """Carries out the operators of content streams."""

    def __init__(self, fonts: Fonts, canvas: Canvas, pdf: Any) -> None:
        self._fonts, self._canvas, self._pdf = fonts, canvas, pdf
        self._forms = 0
        self._open: set[int] = set()
        # Whether each open marked-content sequence is furniture: a running head, a page number.
        self._marked: list[bool] = []
        self._state = TextState(IDENTITY)
        self._stack: list[TextState] = []
        self._line = self._pen = IDENTITY
        self._path = Path()
        self._resources: Any = None
        self._handlers: dict[bytes, Callable[[Sequence[Any]], None]] = {
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._transform,
            b"BT": self._begin_text,
            b"Tf": self._set_font,
            b"Tc": lambda given: self._set("letter_space", given),
            b"Tw": lambda given: self._set("word_space", given),
            b"TL": lambda given: self._set("leading", given),
            b"Ts": lambda given: self._set("rise", given),
            b"Tz": self._set_stretch,
            b"Tr": self._set_mode,
            b"Td": self._move,
            b"TD": self._move_and_lead,
            b"Tm": self._place,
            b"T*": lambda given: self._next_line(),
            b"Tj": self._show,
            b"TJ": self._show_spaced,
            b"'": self._show_next,
            b'"': self._show_set,
            b"Do": self._do,
            b"BDC": self._mark,
            b"BMC": self._mark,
            b"EMC": self._unmark,
            b"m": self._go,
            b"l": self._draw,
            b"h": lambda given: self._path.close(),
            b"re": self._box,
            b"n": lambda given: self._path.clear(),
            **dict.fromkeys((b"S", b"s"), lambda given: self._paint_path(is_drawn=True)),
            **dict.fromkeys((b"f", b"F", b"f*"), lambda given: self._paint_path(is_drawn=False)),
            **dict.fromkeys((b"B", b"B*", b"b", b"b*"), lambda given: self._paint_path(is_drawn=True)),
        }

    def run(self, content: ContentStream, resources: Any, matrix: Matrix) -> None:
        """Carry out a content stream by itself."""
        before = self._state, self._stack, self._resources, self._line, self._pen
        self._state, self._stack, self._resources = replace(self._state, matrix=matrix), [], resources
        content.forced_encoding = "bytes"
        for given, operator in content.operations:
            if (handler := self._handlers.get(operator)) is not None:
                handler(given)
        self._state, self._stack, self._resources, self._line, self._pen = before

    def _save(self, given: Sequence[Any]) -> None:
        self._stack.append(replace(self._state))

    def _restore(self, given: Sequence[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _transform(self, given: Sequence[Any]) -> None:
        if (matrix := _read_matrix(given)) is not None:
            self._state.matrix = multiply(matrix, self._state.matrix)

    def _begin_text(self, given: Sequence[Any]) -> None:
        self._line = self._pen = IDENTITY

    def _set_font(self, given: Sequence[Any]) -> None:
        if len(given) == 2:
            self._state.font = self._fonts.load(self._resources, given[0])
            self._state.size = _number(given[1], self._state.size)

    def _set(self, name: str, given: Sequence[Any]) -> None:
        setattr(self._state, name, _number(given[0] if given else None, 0.0))

    def _set_stretch(self, given: Sequence[Any]) -> None:
        self._state.stretch = _number(given[0] if given else None, 100.0) / 100

    def _set_mode(self, given: Sequence[Any]) -> None:
        self._state.is_outlined = bool(given) and given[0] == 2

    def _move(self, given: Sequence[Any]) -> None:
        if len(given) == 2:
            shift = (1.0, 0.0, 0.0, 1.0, _number(given[0], 0.0), _number(given[1], 0.0))
            self._line = self._pen = multiply(shift, self._line)

    def _move_and_lead(self, given: Sequence[Any]) -> None:
        if len(given) == 2:
            self._state.leading = -_number(given[1], -self._state.leading)
        self._move(given)

    def _place(self, given: Sequence[Any]) -> None:
        self._line = self._pen = _read_matrix(given) or IDENTITY

    def _next_line(self) -> None:
        self._move((0.0, -self._state.leading))

    def _show_next(self, given: Sequence[Any]) -> None:
        self._next_line()
        self._show(given)

    def _show_set(self, given: Sequence[Any]) -> None:
        if len(given) == 3:
            self._set("word_space", given[:1])
            self._set("letter_space", given[1:2])
            self._show_next(given[2:])

    def _show(self, given: Sequence[Any]) -> None:
        self._show_spaced([given[:1]])

    def _show_spaced(self, given: Sequence[Any]) -> None:
        """Paint strings; the numbers between them move the pen back by thousandths of the size."""
        state = self._state
        font = state.font
        if font is None or not given or not isinstance(given[0], list):
            return
        canvas = Canvas() if any(self._marked) else self._canvas
        pen = Pen(canvas, font, state, self._pen)
        for part in given[0]:
            if isinstance(part, bytes):
                pen.write(font.read(part), len(part))
            elif isinstance(part, str) and not isinstance(part, NameObject):
                pen.write(font.read(part.encode("latin-1", "replace")), len(part))
            else:
                pen.move(-_number(part, 0.0) / 1000 * state.size)
        self._pen = pen.close()

    def _do(self, given: Sequence[Any]) -> None:
        form = look_up(look_up(self._resources, "/XObject"), given[0] if given else None)
        if look_up(form, "/Subtype") != "/Form" or id(form) in self._open:
            return
        self._forms += 1
        if self._forms > _MOST_FORMS:
            raise LimitReachedError(f"More than {_MOST_FORMS} forms on a page.")
        matrix = _read_matrix(look_up(form, "/Matrix") or ()) or IDENTITY
        self._open.add(id(form))
        resources = look_up(form, "/Resources") or self._resources
        self.run(ContentStream(form, self._pdf, "bytes"), resources, multiply(matrix, self._state.matrix))
        self._open.discard(id(form))

    def _mark(self, given: Sequence[Any]) -> None:
        named = given[1] if len(given) > 1 and isinstance(given[1], DictionaryObject) else {}
        self._marked.append(bool(given) and given[0] == "/Artifact" and named.get("/Type") == "/Pagination")

    def _unmark(self, given: Sequence[Any]) -> None:
        if self._marked:
            self._marked.pop()

    def _go(self, given: Sequence[Any]) -> None:
        if len(given) == 2:
            self._path.begin((_number(given[0], 0.0), _number(given[1], 0.0)))

    def _draw(self, given: Sequence[Any]) -> None:
        if len(given) == 2:
            self._path.draw((_number(given[0], 0.0), _number(given[1], 0.0)))

    def _box(self, given: Sequence[Any]) -> None:
        if len(given) == 4:
            left, low, width, height = (_number(part, 0.0) for part in given)
            self._path.box(left, low, width, height)

    def _paint_path(self, is_drawn: bool) -> None:
        self._path.paint(self._canvas, self._state.matrix, is_drawn)


def _read_matrix(given: Sequence[Any]) -> Matrix | None:
    if len(given) != 6 or not all(isinstance(part, (int, float)) for part in given):
        return None
    a, b, c, d, e, f = (float(part) for part in given)
    return a, b, c, d, e, f


def _number(given: Any, otherwise: float) -> float:
    return float(given) if isinstance(given, (int, float)) else otherwise

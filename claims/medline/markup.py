"""The words of a marked-up element: inline tags, MathML and entities become plain text."""

from __future__ import annotations

import html
import re

from lxml import etree

_XML_SPACE = " \t\r\n"
_SPACES = re.compile(r"[ \t\r\n]+")
_NUMBER_AHEAD = re.compile(r"\s*+[-+−–]?\s*+[0-9]")
_SPACED_MATH = frozenset({"mtable", "mtr", "matrix", "matrixrow", "cn"})
_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})


def read_markup(element: etree._Element | None) -> str:
    """The element's text in reading order, XML white space folded to single spaces; "" for ``None``.

    Tags go, their words stay. A raised number after a digit is set off by ``^``, because 10<sup>6</sup>
    is not 106. Other Unicode spaces are kept, since an exact quotation needs them.

    >>> read_markup(etree.fromstring("<t>CO<sub>2</sub> at 10<sup>-6</sup>  <i>M</i></t>"))
    'CO2 at 10^-6 M'
    """
    if element is None:
        return ""
    if not len(element):
        text = element.text
        return fold_space(text) if text else ""
    pieces: list[str] = []
    _collect(element, pieces)
    return fold_space("".join(pieces))


def fold_space(text: str) -> str:
    """``text`` without white space at its ends and with single spaces inside.

    >>> fold_space(" a\\n  b ")
    'a b'
    """
    text = text.strip(_XML_SPACE)
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        return _SPACES.sub(" ", text)
    return text


def _collect(element: etree._Element, pieces: list[str]) -> None:
    if element.text:
        pieces.append(element.text)
    for child in element:
        name = local_name(child)
        if isinstance(child, etree._Entity):
            pieces.append(html.unescape(child.text or ""))
        elif name == "math":
            pieces.append(_read_math(child))
        elif name:
            start = len(pieces)
            _collect(child, pieces)
            before = pieces[start - 1][-1:] if start else ""
            if name == "sup" and before.isdecimal() and _NUMBER_AHEAD.match("".join(pieces[start:])):
                pieces.insert(start, "^")
        if child.tail:
            pieces.append(child.tail)


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; "" for a comment, an instruction or an entity."""
    return element.tag.rpartition("}")[2] if _is_tag(element.tag) else ""


def _is_tag(tag: object) -> bool:
    return isinstance(tag, str)


def _read_math(element: etree._Element) -> str:
    """A formula on one line: fractions with ``/``, exponents with ``^``, cells parted by a space."""
    name = local_name(element)
    if not name or name in _ANNOTATIONS:
        return ""
    words = [fold_space(element.text or "")]
    parts = []
    for child in element:
        part = _read_math(child)
        parts.append(part)
        words += [part, fold_space(child.tail or "")]
    plain = (" " if name in _SPACED_MATH else "").join(word for word in words if word)
    return _arrange_math(element, name, [part for part in parts if part], plain)


def _arrange_math(element: etree._Element, name: str, parts: list[str], plain: str) -> str:
    if name == "mfrac" and len(parts) == 2:
        return "/".join(part if part.isalnum() else f"({part})" for part in parts)
    if name in {"msup", "msubsup"} and len(parts) > 1:
        return "".join(parts[:-1]) + "^" + parts[-1]
    if name == "mroot" and len(parts) == 2:
        return f"{parts[1]}√({parts[0]})"
    if name == "msqrt":
        return f"√({plain})"
    if name == "mfenced":
        separator = element.get("separators", ",").strip()[:1]
        return element.get("open", "(") + separator.join(parts) + element.get("close", ")")
    return plain

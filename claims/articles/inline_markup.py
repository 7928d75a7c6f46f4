"""Inline mark-up of Markdown and of HTML in it: raised figures, breaks, readings, emphasis by tags."""

from __future__ import annotations

import re
import unicodedata

from claims.articles.sheet import raise_figures
from claims.references import write_link

_RAISED = re.compile(r"[ \t]?<sup\b[^<>]{0,200}>(?P<tagged>(?:[^<]|<(?!/?sup\b)){0,200}?)</sup\s*>", re.I)
# Pandoc's mark; figures and brackets alone, for ^ stands in formulas, too.
_CARETS = re.compile(
    r"(?<!\\)\^(?P<between>[\[［(（]?[0-9０-９][0-9０-９,、，;–~〜 -]{0,40}[)）\]］]?)(?<! )\^(?![0-9])"
)
_READING = re.compile(r"<(rt|rp|rtc)\b[^<>]{0,100}>[^<]{0,100}</\1\s*>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b[^<>]{0,300}?\bhref\s*=\s*[\"'](?P<address>[^\"'<>]{1,1000})[\"'][^<>]{0,300}>"
    r"(?P<words>(?:[^<]|<(?!/?a\b)){0,500}?)</a\s*>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|big|cite|del|em|font|i|ins|kbd|mark|q|rb|ruby|s|small|span|strong|sub|u|wbr)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b[^<>]{0,100}>", re.IGNORECASE)
_ONE_LINE = re.compile(r"\s*(?:#{1,6}\s|[|｜])")
# A figure that is a link to its entry: [1](#ref-1), [[1]](#fn1).
_WITHIN = re.compile(r"\\?\[(\\?\[?[0-9０-９,、，–~〜 -]{1,40}\\?\]?)\]\(#[^()\s]{0,100}\)")


def read_inline_markup(text: str) -> str:
    """The text as a reader of the page sees it: raised figures as such, tags gone, ``<br>`` a line's end.

    >>> read_inline_markup("味覚を保ちます<sup>1</sup>。10<sup>6</sup>個、 <b>2</b>^3,4^")
    '味覚を保ちます¹。10^6個、 2³,⁴'
    >>> read_inline_markup("<ruby>癌<rt>がん</rt></ruby>を防ぎます<sup>[2]</sup>")
    '癌を防ぎます[2]'
    """
    if "<" not in text and "^" not in text:
        return text
    text = _LINK.sub(lambda found: write_link(found["words"], found["address"]), text)
    text = _CARETS.sub(_raise, _RAISED.sub(_raise, text))
    text = _INLINE.sub("", _READING.sub("", text))
    if not _BREAK.search(text):
        return text
    return "\n".join(_BREAK.sub(" " if _ONE_LINE.match(line) else "\n", line) for line in text.split("\n"))


def _raise(found: re.Match[str]) -> str:
    words = _INLINE.sub("", _WITHIN.sub(r"\1", found[found.lastgroup or 0])).strip()
    words = unicodedata.normalize("NFKC", words)
    return raise_figures(found.string[: found.start()][-1:], words)

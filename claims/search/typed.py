"""A query as it was typed or pasted, and as PubMed knows its signs."""

from __future__ import annotations

import re
import unicodedata

from claims.text.invisible import INVISIBLE

# What an input method or a word processor writes in place of a keyboard's signs, one character for one.
_PLAIN_SIGNS = {
    '"': "“”„‟〝〞〟″‶«»❝❞❠",
    "'": "‘’‚‛′‵❛❜",
    "(": "⦅❨❪⁽₍",
    ")": "⦆❩❫⁾₎",
    "[": "〔【「『〖〘〚⟦❲",
    "]": "〕】」』〗〙〛⟧❳",
    "~": "〜∼∽⁓˜",
    "*": "∗✱⁎✲✻",
    "-": "‐‑‒–—―−",
    ":": "∶꞉",
    "/": "⁄∕",
    ",": "、",
    ".": "。",
    " ": "".join(chr(code) for code in range(0x3001) if chr(code).isspace()),
}
_TYPED = {ord(typed): plain for plain, signs in _PLAIN_SIGNS.items() for typed in signs}
# The full-width, half-width, small and vertical forms of ASCII and of the signs above.
_TYPED |= {
    code: _TYPED.get(ord(form), form)
    for code in range(0xFE10, 0xFFF0)
    if len(form := unicodedata.normalize("NFKC", chr(code))) == 1 and (form.isascii() or ord(form) in _TYPED)
}
_UNSEEN_NAMES = re.compile("VARIATION SELECTOR|FILLER|GRAPHEME JOINER")


def write_plainly(text: str) -> str:
    """The query as PubMed knows it: its signs in place of an input method's, and nothing that nobody sees.

    >>> write_plainly("minoxidil［ti］ ＡＮＤ　（“hair　loss” OR 2020：2026[dp]）")
    'minoxidil[ti] AND ("hair loss" OR 2020:2026[dp])'
    """
    return "".join(sign for _, sign in list_seen(text))


def list_seen(text: str) -> list[tuple[int, str]]:
    """Each character that a reader sees, as PubMed knows it, with its place in ``text`` from 0."""
    return [(place, sign) for place, sign in enumerate(text.translate(_TYPED)) if not _is_unseen(sign)]


def _is_unseen(sign: str) -> bool:
    if " " <= sign <= "~":
        return False
    return (
        INVISIBLE.match(sign) is not None
        or unicodedata.category(sign) in ("Cc", "Cf")
        or _UNSEEN_NAMES.search(unicodedata.name(sign, "")) is not None
    )

"""What is said of a file that is not final: its comments and open changes, and what to do about them."""

from __future__ import annotations

from claims.records.markup import Markup
from reviewer.i18n import Translate, mark

_COMMENTS = (mark("1 comment"), mark("{several} comments"))
_CHANGES = (mark("1 open change"), mark("{several} open changes"))
_BOTH = mark("{comments} and {changes}")
_DRAFT = mark(
    "This is a draft: {marks}. The text was read as if every change were accepted, and without the comments:"
    " settle them in Word, then bring the final file in."
)


def tell_draft(markup: Markup, translate: Translate = str) -> str:
    """The sentence on a draft in the reader's language; "" for a file that has nothing open."""
    if not markup.is_draft:
        return ""
    comments = _tell_number(markup.comments, _COMMENTS, translate)
    changes = _tell_number(markup.changes, _CHANGES, translate)
    both = translate(_BOTH).format(comments=comments, changes=changes)
    return translate(_DRAFT).format(marks=both if comments and changes else comments or changes)


def _tell_number(number: int, words: tuple[str, str], translate: Translate) -> str:
    """The number with its noun, in the singular for one; "" for none."""
    one, several = words
    return translate(one if number == 1 else several).format(several=number) if number else ""

"""What is said of a file that was not read whole, or is not final: two languages, comments, open changes."""

from __future__ import annotations

from claims.records.article import Document, Language
from claims.records.claim import DropReason, Extraction
from claims.records.markup import Markup
from reviewer.i18n import Translate, mark

_COMMENTS = (mark("1 comment"), mark("{several} comments"))
_CHANGES = (mark("1 open change"), mark("{several} open changes"))
_BOTH = mark("{comments} and {changes}")
_DRAFT = mark(
    "This is a draft: {marks}. The text was read as if every change were accepted, and without the comments,"
    " which are shown beside the claims: settle what is open in Word, then bring the final file in."
)
# A quoted sentence or two of the other language are no second language.
_FEWEST_FOREIGN = 3
_FOREIGN = {
    Language.JA: mark(
        "English sentences that were not read: {count}. The article is in Japanese;"
        " bring the English text in as an article of its own."
    ),
    Language.EN: mark(
        "Japanese sentences that were not read: {count}. The article is in English;"
        " bring the Japanese text in as an article of its own."
    ),
}


def tell_notices(document: Document, extraction: Extraction, translate: Translate = str) -> str:
    """The sentences on what was read, in the reader's language; "" where nothing is to be said."""
    draft = tell_draft(document.markup, translate)
    foreign = tell_foreign(extraction, document.article.language, translate)
    return " ".join(filter(None, (draft, foreign)))


def tell_foreign(extraction: Extraction, language: Language, translate: Translate = str) -> str:
    """The sentence on what stands in another language than the article; "" for a few such sentences."""
    count = sum(unit.reason is DropReason.OTHER_LANGUAGE for unit in extraction.dropped)
    return translate(_FOREIGN[language]).format(count=count) if count >= _FEWEST_FOREIGN else ""


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

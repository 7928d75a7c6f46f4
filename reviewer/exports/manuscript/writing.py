"""The Word file: the one that the article came as, else one made of its text; nothing of it is changed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.text.run import Run as WordRun

from claims.articles.docx.package import open_package
from claims.articles.formats import Format
from reviewer.exports.article.citing import CitedArticle
from reviewer.exports.article.from_blocks import build_text, says_its_title
from reviewer.exports.documents.model import Run
from reviewer.exports.documents.to_docx import to_docx
from reviewer.exports.manuscript.margin import MarginComment
from reviewer.exports.word_margin import drop_comments
from reviewer.exports.word_text import WordText
from reviewer.i18n import translator
from reviewer.workflow.publication import Publication
from reviewer.workflow.word_comments import HOUSE


def write_manuscript(
    publication: Publication, comments: Sequence[MarginComment], at: datetime
) -> tuple[bytes, tuple[MarginComment, ...]]:
    """The file, and the comments whose sentence does not stand there once and only once.

    Those are not put at another sentence: one comment on the first words lists them. ``at`` is when those are
    said that a rule says. Raises ``ArticleError`` like ``open_package``.
    """
    word = _open(publication)
    text = WordText(word)
    unplaced: list[MarginComment] = []
    for comment in comments:
        span = text.find(comment.claim.claim.text)
        if span is None:
            unplaced.append(comment)
        else:
            _add_comment(word, *text.cut_out(*span), comment, comment.at or at)
    if unplaced:
        told = translator(publication.version.article.language.value)(
            "Comments whose sentence could not be told in this file:"
        )
        lines = [told, *(f"「{one.claim.claim.text}」 {one.text} ({one.author})" for one in unplaced)]
        whole = MarginComment(unplaced[0].claim, HOUSE, "\n\n".join(lines))
        _add_comment(word, *text.cut_out(0, 1), whole, at)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue(), tuple(unplaced)


def _open(publication: Publication) -> WordFile:
    original = publication.original
    if original is not None and original.media_type == Format.DOCX:
        word = open_package(original.content)
        # What we wrote there before: it is written anew as it stands now, for whom it is open to.
        drop_comments(word, HOUSE)
        return word
    article = CitedArticle(publication, (), ())
    word = docx.Document(io.BytesIO(to_docx(build_text(article))))
    if not says_its_title(article):
        # The title is the file's, not the text's: it would be a heading when the file comes back.
        word.element.body.remove(word.paragraphs[0]._p)
    return word


def _add_comment(word: WordFile, first: Any, last: Any, comment: MarginComment, at: datetime) -> None:
    added = word.comments.add_comment(Run(comment.text).shown, Run(comment.author).shown, HOUSE)
    added._comment_elm.date = at.astimezone(UTC).replace(microsecond=0)
    WordRun(first, word.element.body).mark_comment_range(WordRun(last, word.element.body), added.comment_id)

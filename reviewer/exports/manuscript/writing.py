"""The Word file: the one that the article came as, else one made of its text, with what is suggested."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.text.run import Run as WordRun

from claims.articles.docx.package import open_package
from claims.articles.docx.proposals import HOUSE, sign_proposal
from claims.articles.formats import Format
from reviewer.exports.article.citing import CitedArticle
from reviewer.exports.article.from_blocks import build_text, says_its_title
from reviewer.exports.documents.model import Run
from reviewer.exports.documents.to_docx import to_docx
from reviewer.exports.word_margin import drop_comments
from reviewer.exports.word_text import WordText
from reviewer.i18n import translator
from reviewer.workflow.margin import MarginComment
from reviewer.workflow.publication import Publication


def write_manuscript(
    publication: Publication, comments: Sequence[MarginComment], at: datetime
) -> tuple[bytes, tuple[MarginComment, ...]]:
    """The file, and the comments whose sentence does not stand there once and only once.

    Those are not put at another sentence: one comment on the first words lists them. What a comment suggests
    is proposed in the text as a tracked change where its words can be cut out, each place once; elsewhere
    the comment says it. ``at`` is when those are said that a rule says. Raises ``ArticleError`` like
    ``open_package``.
    """
    word = _open(publication)
    text, article = WordText(word), publication.version.article
    locale = article.language.value
    unplaced: list[MarginComment] = []
    proposed: list[tuple[tuple[int, int], MarginComment]] = []
    for comment in comments:
        span = text.find(comment.claim.claim.text)
        if span is None:
            unplaced.append(comment)
            continue
        place = _find_place(text, article.text, comment)
        free = place is not None and all(place[1] <= start or end <= place[0] for (start, end), _ in proposed)
        if place is not None and free:
            proposed.append((place, comment))
        told = comment.tell(locale, in_text=free)
        _add_comment(word, *text.cut_out(*span), comment.author, told, comment.at or at)
    if unplaced:
        told = translator(locale)("Comments whose sentence could not be told in this file:")
        lines = [f"「{one.claim.claim.text}」 {one.tell(locale)} ({one.author})" for one in unplaced]
        _add_comment(word, *text.cut_out(0, 1), HOUSE, "\n\n".join([told, *lines]), at)
    # After the comments, whose ends stand round runs of the paragraph and not inside a change.
    for place, comment in proposed:
        author = sign_proposal(Run(comment.author).shown)
        text.propose(*place, Run(comment.suggestion).shown, author, comment.at or at)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue(), tuple(unplaced)


def _find_place(text: WordText, canonical: str, comment: MarginComment) -> tuple[int, int] | None:
    """Where that stands which is to be written otherwise, if it can be cut out."""
    claim, flag = comment.claim.claim, comment.flag
    if flag is None or not comment.suggestion:
        return None
    is_whole = (flag.start, flag.end) == (claim.start, claim.end)
    place = text.find(claim.text if is_whole else canonical[flag.start : flag.end], within=claim.text)
    return place if place is not None and text.is_plain(*place) else None


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


def _add_comment(word: WordFile, first: Any, last: Any, author: str, words: str, at: datetime) -> None:
    added = word.comments.add_comment(Run(words).shown, Run(author).shown, HOUSE)
    added._comment_elm.date = at.astimezone(UTC).replace(microsecond=0)
    WordRun(first, word.element.body).mark_comment_range(WordRun(last, word.element.body), added.comment_id)

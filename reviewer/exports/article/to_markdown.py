"""The article as Markdown: its text sign for sign, with the marks in it and the evidence under it."""

from __future__ import annotations

from claims.articles.metadata import read_front_matter
from reviewer.exports.article.citing import CitedArticle
from reviewer.exports.article.evidence import Occasion, list_evidence, write_stamp
from reviewer.exports.documents.to_markdown import write_block
from reviewer.i18n import translator
from reviewer.markup import Html

_MARK = Html("<sup>{}</sup>")


def write_markdown(article: CitedArticle, occasion: Occasion) -> bytes:
    """The file in UTF-8; of a text that is not approved the first line says so, below its front matter."""
    publication = article.publication
    version = publication.version.article
    front = read_front_matter(version.text).end
    stamp = write_stamp(publication.state, translator(version.language.value))
    face = f"**{stamp}**\n\n" if stamp else ""
    if front and face:
        face = f"\n\n{face.rstrip()}"
    marked = put_marks(article)
    told = "\n\n".join(write_block(block) for block in list_evidence(article, occasion))
    return f"{marked[:front]}{face}{marked[front:].rstrip()}\n\n{told}\n".encode()


def put_marks(article: CitedArticle) -> str:
    """The version's text with each mark where it stands, and nothing else changed."""
    text, parts, at = article.publication.version.article.text, [], 0
    for mark in sorted(article.marks, key=lambda mark: mark.position):
        parts += [text[at : mark.position], _MARK.format(mark.label)]
        at = mark.position
    return "".join((*parts, text[at:]))

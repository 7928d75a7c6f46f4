"""The marks put into the page that the article came as: what does not act in it stays byte for byte."""

from __future__ import annotations

from dataclasses import dataclass

from claims.articles.html.active import drop_active
from claims.articles.html.source import PageSource, decode_exactly
from claims.articles.letters import Letters
from claims.records.article import Language
from reviewer.exports.article.citing import CitedArticle, Mark
from reviewer.exports.article.evidence import Occasion, list_evidence, name_anchor, write_stamp
from reviewer.exports.article.structured_data import write_structured_data
from reviewer.exports.documents.to_html import write_block
from reviewer.i18n import translator
from reviewer.markup import Html


@dataclass(frozen=True, slots=True)
class Insertion:
    """What is put into a file at a place of it."""

    at: int
    words: Html


def insert_into_page(article: CitedArticle, raw: bytes, occasion: Occasion) -> tuple[bytes, tuple[Mark, ...]]:
    """The page with marks, evidence and structured data, and the marks whose place could not be told.

    Without what is put in, it is the page byte for byte but for its scripts: they would run at whoever is
    given the file. Raises ``ArticleError`` like ``decode_page``, ``BrokenEncoding`` and ``ActivePage``.
    """
    page, encoding = decode_exactly(raw)
    page = drop_active(page)
    insertions, unplaced = plan_insertions(article, page, occasion)
    parts, at = [], 0
    for one in insertions:
        parts += [page[at : one.at].encode(encoding), one.words.encode(encoding, "xmlcharrefreplace")]
        at = one.at
    return b"".join((*parts, page[at:].encode(encoding))), unplaced


def plan_insertions(
    article: CitedArticle, page: str, occasion: Occasion
) -> tuple[list[Insertion], tuple[Mark, ...]]:
    """What goes where, in the order of the page, and the marks that go nowhere."""
    publication = article.publication
    version = publication.version.article
    reading = PageSource(page)
    letters = Letters(reading.pieces)
    without = "。．" if version.language is Language.JA else ""
    found = [(mark, letters.find_end(mark.claim.claim.text, without)) for mark in article.marks]
    unplaced = tuple(mark for mark, place in found if place is None)
    placed = [(place, mark) for mark, place in found if place is not None]
    insertions = [Insertion(place, _write_mark(mark, reading.is_linked(place))) for place, mark in placed]
    ends = [
        end
        for dossier in publication.dossiers
        if (end := letters.find_end(dossier.claim.claim.text)) is not None
    ]
    blocks = list_evidence(article, occasion, unplaced)
    told = Html("\n").join(map(write_block, blocks))
    section = Html('\n<section id="konkyo" class="konkyo" lang="{}">\n{}\n</section>\n')
    under = section.format(version.language.value, told) + write_structured_data(article, occasion)
    insertions.append(Insertion(reading.find_end_of_article(max(ends, default=0)), under))
    if stamp := write_stamp(publication.state, translator(version.language.value)):
        face = Html('\n<p class="konkyo-stamp"><strong>{}</strong></p>\n').format(stamp)
        insertions.append(Insertion(reading.start_of_body, face))
    return sorted(insertions, key=lambda one: one.at), unplaced


def _write_mark(mark: Mark, is_linked: bool) -> Html:
    """The label, raised; it leads to its first reference, unless the words are a link already."""
    if is_linked:
        return Html('<sup class="konkyo-mark">{}</sup>').format(mark.label)
    anchor = name_anchor(mark.first)
    return Html('<sup class="konkyo-mark"><a href="#{}">{}</a></sup>').format(anchor, mark.label)

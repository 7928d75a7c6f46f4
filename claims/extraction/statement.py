"""A sentence that somebody gives as a claim, outside any article."""

from __future__ import annotations

from claims.extraction.extractor import make_claim
from claims.extraction.units import Unit
from claims.extraction.wording import read_wordings
from claims.records.article import Article, Block, BlockKind, Language
from claims.records.claim import Claim


def read_statement(text: str, language: Language) -> Claim:
    """The text as one claim, typed and read for certainty as in an article; nothing is dropped.

    >>> read_statement("Biotin does not promote hair growth.", Language.EN).certainty
    <Certainty.NEGATED: 'negated'>
    """
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    article = Article("", language, text, (block,))
    return make_claim(Unit(text, 0, len(text), block), article, read_wordings(article))

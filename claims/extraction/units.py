"""The units of an article: sentences, list points and table rows, each with its span and wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.records.article import Article, Block, BlockKind
from claims.text.sentences import split_sentences

# A section about the house may still tell of a treatment: its sentences are judged one by one.
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BOILERPLATE)
_ENDED = re.compile(r"[。．.！!♪][」』）)\"”’]*$")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![*\w])\*(?=\S)|(?<=\S)\*(?![*\w])")
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_BREAK = re.compile(r"[ \t\u3000]*\n\s*")
_JAPANESE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])")
_LABEL = re.compile(r"([^:：。、|]{1,40}?)\s*[:：]\s*(?=\S)(?!//)")
_LABEL_EN = re.compile(r"((?:[^\s:.;|]+\s?){1,7})\s*(?:[:：]|\s[–—-])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the article that is a claim or is dropped: never both, never neither.

    ``text`` is the source's wording on one line; ``label`` what stands before ":" at the head of its
    block; ``before`` the wording of the sentence before it in the same section, ``lead`` of the last one
    before the list that it is a point of ("" where there is none).
    """

    text: str
    start: int
    end: int
    block: Block
    label: str = ""
    before: str = ""
    first: bool = True
    lead: str = ""

    def as_prose(self) -> Unit:
        """A sentence or row of a boilerplate block as one of the article; any other unit as it is."""
        if self.block.kind is not BlockKind.BOILERPLATE or not (self.block.cells or _ENDED.search(self.text)):
            return self
        kind = BlockKind.TABLE_ROW if self.block.cells else BlockKind.PARAGRAPH
        return replace(self, block=replace(self.block, kind=kind))


def list_units(article: Article) -> Iterator[Unit]:
    """Every unit of the article in order; each has a word at least."""
    before, lead, section = "", "", ""
    for block in article.blocks:
        if block.section != section:
            before, lead, section = "", "", block.section
        if block.kind not in _PROSE or block.cells:
            yield _whole_unit(article, block)
            continue
        label = _find_label(article, block)
        spans = split_sentences(article.text, block.start, block.end, article.language)
        for number, (start, end) in enumerate(spans):
            wording = read_wording(article.text[start:end])
            if not any(c.isalnum() for c in wording):
                continue
            above = lead if block.kind is BlockKind.LIST_ITEM else ""
            yield Unit(wording, start, end, block, label, before, number == 0, above)
            before = wording
        if block.kind is BlockKind.PARAGRAPH:
            lead = before


def _whole_unit(article: Article, block: Block) -> Unit:
    if block.cells:
        wording = " | ".join(read_wording(cell) for cell in block.cells)
    else:
        wording = read_wording(article.text[block.start : block.end])
    return Unit(wording, block.start, block.end, block)


def _find_label(article: Article, block: Block) -> str:
    """What stands before ":" at the head of a block."""
    pattern = _LABEL if article.language.value == "ja" else _LABEL_EN
    found = pattern.match(_EMPHASIS.sub("", article.text[block.start : block.end]))
    return found.group(1).strip() if found else ""


def read_wording(source: str) -> str:
    """The words of a span on one line, without the marks of emphasis and the addresses of links.

    >>> read_wording("**膝**の痛みは「\\n慢性」です")
    '膝の痛みは「慢性」です'
    """
    if "\n" in source:
        source = _BREAK.sub("\n", source)
        source = _JAPANESE_BREAK.sub("", source).replace("\n", " ")
    if "](" in source:
        source = _LINK.sub(r"\1", source)
    return _EMPHASIS.sub("", source).strip()

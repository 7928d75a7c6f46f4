"""The units of an article: sentences, list points and table rows, each with its span and wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from claims.articles.boilerplate import names_price
from claims.extraction.topics import find_topic, stands_alone
from claims.records.article import Article, Block, BlockKind
from claims.references import Citing, show_links, strip_markers, strip_rounded
from claims.text.sentences import split_sentences

# A section about the house may still tell of a treatment: its sentences are judged one by one.
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BOILERPLATE)
# The first sentences open the article as long as no heading but its title has come.
_TITLES, _OPENING_SENTENCES = 1, 6
_QUESTION = re.compile(r"[?？]|(?:か|の|は)[。]?[\s*_]*$")
_ENDED = re.compile(r"[。．.！!♪][」』）)\"”’]*$")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![*\w])\*(?=\S)|(?<=\S)\*(?![*\w])")
_LETTER = re.compile(r"[^\W_]")
_MARKED = re.compile(r"[*_`]")
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\((?:[^()\s]|\([^()]*+\))*+\)")
_BREAK = re.compile(r"(?<![ \t\u3000])[ \t\u3000]*+\n\s*+")
_JAPANESE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])")
_LABEL = re.compile(r"([^:：。、|]{1,40}?)\s*[:：]\s*(?=\S)(?!//)")
_LABEL_EN = re.compile(r"((?:[^\s:：.;|]++\s?){1,7})\s*(?:[:：]|\s[–—-])\s+(?=\S)")


# A cell of fewer letters is a time, a number of visits, a mark.
_SAYING = 5


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the article that is a claim or is dropped: never both, never neither.

    ``text`` is the source's wording on one line; ``label`` what stands before ":" at the head of its
    block; ``before`` the wording of the sentence before it in the same section, ``lead`` of the last one
    before the list that it is a point of ("" where there is none), ``topic`` what the sentences before it
    in the section speak of as far as they say, and ``answers`` whether it stands right under a question;
    ``under`` is the heading that its own, which comes again and again (メリット), belongs to, and ``inside``
    the last one before it that names something ("" where there is none);
    ``opening`` says that it is among the first sentences of the article, ``rounded`` which numbers in round
    brackets point at the references of the article; ``said`` is the wording without all marks that do.
    """

    text: str
    start: int
    end: int
    block: Block
    label: str = ""
    before: str = ""
    first: bool = True
    lead: str = ""
    topic: str = ""
    answers: bool = False
    opening: bool = False
    under: str = ""
    inside: str = ""
    rounded: frozenset[str] = frozenset()
    said: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", strip_rounded(strip_markers(self.text), self.rounded))

    def as_prose(self) -> Unit:
        """A sentence or row of a boilerplate block as one of the article, without the heading that misled.

        Any other unit as it is.
        """
        if self.block.kind is not BlockKind.BOILERPLATE or not (self.block.cells or _ENDED.search(self.text)):
            return self
        kind = BlockKind.TABLE_ROW if self.block.cells else BlockKind.PARAGRAPH
        return replace(self, block=replace(self.block, kind=kind, heading=""))

    def without_price(self) -> Unit:
        """A table's row without its cells of prices, where it says something beside its name and them.

        Any other unit as it is: what a treatment does and harms stands beside what it costs.
        """
        if self.block.kind is not BlockKind.TABLE_ROW or not names_price(self.text):
            return self
        cells, columns = self.block.cells, self.block.columns or ("",) * len(self.block.cells)
        kept = [(c, head) for c, head in zip_longest(cells, columns, fillvalue="") if not names_price(c)]
        if sum(len(cell) >= _SAYING for cell, _ in kept[1:]) == 0:
            return self
        row, heads = tuple(cell for cell, _ in kept), tuple(head for _, head in kept)
        block = replace(self.block, cells=row, columns=heads if self.block.columns else ())
        return replace(self, text=" | ".join(map(read_wording, row)), block=block)


def list_units(article: Article) -> Iterator[Unit]:
    """Every unit of the article in order; each has a word at least."""
    reading = _Reading(article)
    for block in article.blocks:
        reading.enter(block)
        if block.kind not in _PROSE or block.cells:
            yield reading.whole(block)
        else:
            yield from reading.sentences(block)


@dataclass(slots=True)
class _Reading:
    """Where the reading of an article stands: the sentence, list and topic before."""

    article: Article
    before: str = ""
    lead: str = ""
    topic: str = ""
    section: str = ""
    asked: bool = False
    headings: int = 0
    said: int = 0
    named: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    rounded: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        headings = (block for block in self.article.blocks if block.kind is BlockKind.HEADING)
        self.rounded = Citing(self.article).rounded
        self.counts.update(self.article.text[block.start : block.end].strip() for block in headings)

    def enter(self, block: Block) -> None:
        """Forgets what stood before where a new section begins; a theme asks until a heading comes."""
        if block.kind in (BlockKind.THEME, BlockKind.HEADING):
            self.asked = block.kind is BlockKind.THEME
            self.headings += 1
            words = read_wording(self.article.text[block.start : block.end])
            if stands_alone(words, self.article.language):
                self.named = words
        if block.section != self.section:
            self.before = self.lead = self.topic = ""
            self.section = block.section

    def whole(self, block: Block) -> Unit:
        if block.cells:
            wording = " | ".join(read_wording(cell) for cell in block.cells)
        else:
            wording = read_wording(self.article.text[block.start : block.end])
        return Unit(wording, block.start, block.end, block, topic=self.topic, rounded=self.rounded)

    def sentences(self, block: Block) -> Iterator[Unit]:
        text, language = self.article.text, self.article.language
        label = _find_label(self.article, block)
        inside = self.named if block.heading.strip() not in ("", self.named) else ""
        lead = self.lead if block.kind is BlockKind.LIST_ITEM else ""
        for number, (start, end) in enumerate(split_sentences(text, block.start, block.end, language)):
            wording = read_wording(text[start:end])
            if not _LETTER.search(wording):
                continue
            yield Unit(
                wording,
                start,
                end,
                block,
                label=label,
                before=self.before,
                first=number == 0,
                lead=lead,
                topic=self.topic,
                opening=self.headings <= _TITLES and self.said < _OPENING_SENTENCES,
                inside=inside,
                under=inside if self.counts[block.heading] > 1 else "",
                answers=self.asked and _QUESTION.search(block.theme) is not None,
                rounded=self.rounded,
            )
            self.before = wording
            self.said += 1
            if block.kind is not BlockKind.LIST_ITEM:
                self.topic = find_topic(wording, language) or self.topic
        if block.kind is BlockKind.PARAGRAPH:
            self.lead = self.before


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
        source = _LINK.sub(r"\1", show_links(source))
    return _EMPHASIS.sub("", source).strip() if _MARKED.search(source) else source.strip()

"""The structure of a page, written in reading order: headings, paragraphs, points, questions, tables."""

from __future__ import annotations

import re

from lxml import etree

from claims.articles.html.chrome import names_cue
from claims.articles.html.inline import (
    BLOCKS,
    HEADINGS,
    UNREAD,
    flat_words,
    gather_words,
    leads_to_paper,
    read_text,
)
from claims.articles.html.tables import is_layout, read_grid
from claims.articles.sheet import Sheet, join_lines

_ASKS = re.compile(
    r"[?？]\s*$|(?:ますか|ですか|でしょうか|ませんか|のか)[。\s]*$|^\s*(?:Q|Ｑ)\s*[0-9０-９]*[.．:：、\s]"
)
_LONGEST_QUESTION = 150
_LONGEST_TERM = 40
_SUMMARY_LEVEL = _TERM_LEVEL = 4


class Renderer:
    """Writes elements to a sheet. Text gathers until a block begins or ends, then becomes a chunk."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._gathered: list[str] = []
        self._lists: list[int | None] = []
        self._starts_point = False
        self._starts_answer = False

    def render(self, element: etree._Element) -> None:
        """Write the whole of an element."""
        self._render(element)
        self._flush()

    def _render(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in UNREAD:
            return
        if tag in ("br", "sup") or leads_to_paper(element):
            gather_words(element, self._gathered)
        elif tag in HEADINGS:
            self._write_heading(element, int(tag[1]))
        elif tag == "table" and not is_layout(element):
            self._flush()
            grid = read_grid(element)
            self._sheet.table(grid.rows, grid.headers)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._write_list(element)
        elif tag == "dl":
            self._write_terms(element)
        elif tag == "pre":
            self._flush()
            self._sheet.paragraph("".join(str(text) for text in element.itertext()))
        elif tag in BLOCKS or tag == "button":
            self._write_block(element)
        else:
            self._render_inside(element)

    def _render_inside(self, element: etree._Element) -> None:
        self._gathered.append(read_text(element.text))
        for child in element:
            self._render(child)
            self._gathered.append(read_text(child.tail))

    def _write_block(self, element: etree._Element) -> None:
        self._flush()
        if _is_question(element):
            self._write_question(element)
        elif element.tag in ("summary", "button"):
            self._sheet.heading(_SUMMARY_LEVEL, flat_words(element))
        else:
            self._render_inside(element)
            self._flush()

    def _write_heading(self, element: etree._Element, level: int) -> None:
        self._flush()
        if _is_question(element):
            self._write_question(element)
        else:
            self._sheet.heading(level, flat_words(element).strip() or _read_images(element))

    def _write_question(self, element: etree._Element) -> None:
        self._sheet.question(flat_words(element))
        self._starts_answer = True

    def _write_list(self, element: etree._Element) -> None:
        self._flush()
        self._lists.append(1 if element.tag == "ol" else None)
        for child in element:
            if child.tag == "li":
                self._starts_point = True
                self._render_inside(child)
                self._flush()
                self._starts_point = False
                if (number := self._lists[-1]) is not None:
                    self._lists[-1] = number + 1
            else:
                self._render(child)
        self._flush()
        self._lists.pop()

    def _write_terms(self, element: etree._Element) -> None:
        """A list of terms: questions with answers, or terms with what is said of them."""
        self._flush()
        terms = [child for child in element.iterdescendants("dt", "dd") if _belongs(child, element)]
        asks = any(_asks(term) for term in terms if term.tag == "dt")
        waiting = ""
        for term in terms:
            if term.tag == "dt" and asks:
                self._write_question(term)
            elif term.tag == "dt":
                self._write_term(waiting)
                waiting = join_lines(flat_words(term))
            elif waiting and _is_plain(term) and len(waiting) <= _LONGEST_TERM:
                self._sheet.point(f"{waiting}: {join_lines(flat_words(term))}")
                waiting = ""
            else:
                self._write_term(waiting)
                waiting = ""
                self._render_inside(term)
                self._flush()
        self._write_term(waiting)

    def _write_term(self, words: str) -> None:
        if words:
            self._sheet.heading(_TERM_LEVEL, words)

    def _flush(self) -> None:
        words = "".join(self._gathered)
        self._gathered.clear()
        if not words.strip():
            return
        if self._starts_answer:
            if not self._sheet.answer(words):
                return
        elif self._starts_point and self._lists:
            self._sheet.point(words, len(self._lists) - 1, self._lists[-1])
        else:
            self._sheet.paragraph(words)
        self._starts_answer = self._starts_point = False


def _belongs(term: etree._Element, terms: etree._Element) -> bool:
    """Whether the nearest list of terms above ``term`` is ``terms``."""
    return next(term.iterancestors("dl"), None) is terms


def _is_plain(element: etree._Element) -> bool:
    """Whether an element is a single run of text."""
    return sum(1 for _ in element.iterdescendants(*BLOCKS)) <= 1 and element.find(".//br") is None


def _is_question(element: etree._Element) -> bool:
    """Whether the page marks an element as a question: by schema.org, as a summary that asks, or by name."""
    if element.get("itemprop") == "name":
        owner = next((near for near in element.iterancestors() if near.get("itemscope") is not None), None)
        return owner is not None and (owner.get("itemtype") or "").endswith("/Question")
    if element.tag in ("summary", "button"):
        return _asks(element)
    return names_cue("question", element) and _asks(element)


def _read_images(heading: etree._Element) -> str:
    """The words of a heading that is a picture."""
    return " ".join(image.get("alt", "") for image in heading.iter("img"))


def _asks(element: etree._Element) -> bool:
    words = join_lines(flat_words(element))
    return len(words) <= _LONGEST_QUESTION and bool(_ASKS.search(words))

"""How much text stands in each element of a page, and how much of it in links."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from claims.articles.html.inline import UNREAD

_SENTENCE_END = re.compile(r"[。！？]|[.!?](?:\s|$)")


@dataclass(slots=True)
class Measure:
    """Letters of an element (white space left out), those in links, the links, and the letters of prose.

    Prose is text that stands in no link and in a node that ends a sentence.
    """

    letters: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0


def measure_page(body: etree._Element) -> dict[etree._Element, Measure]:
    """The measure of every element of the page; what is no text counts nothing."""
    measures: dict[etree._Element, Measure] = {}
    open_links = unread = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        step = 1 if event == "start" else -1
        open_links += step * (element.tag == "a")
        unread += step * (element.tag in UNREAD)
        if event == "start":
            measures[element] = Measure(links=int(element.tag == "a"))
            _add_text(measures[element], element.text, open_links > 0, unread > 0)
        elif element is not body and (parent := element.getparent()) is not None:
            _add(measures[parent], measures[element])
            _add_text(measures[parent], element.tail, open_links > 0, unread > 0)
    return measures


def _add(whole: Measure, part: Measure) -> None:
    whole.letters += part.letters
    whole.linked += part.linked
    whole.links += part.links
    whole.prose += part.prose


def _add_text(measure: Measure, text: str | None, linked: bool, unread: bool) -> None:
    if not text or unread or text.isspace():
        return
    letters = len("".join(text.split()))
    measure.letters += letters
    if linked:
        measure.linked += letters
    elif _SENTENCE_END.search(text):
        measure.prose += letters

"""What stands around the article on a page: menus, sidebars, buttons, what is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from lxml import etree

from claims.articles.html.inline import HEADINGS, squeeze
from claims.articles.html.measure import Measure
from claims.text.patterns import load_patterns

TABLE = Path(__file__).parents[1] / "tables" / "chrome.tsv"
_NAMED = frozenset(
    re.findall(
        r"\w+", "div section aside header footer nav ul ol dl p table form details article address figure"
    )
)
_NEVER_ROLES = frozenset(
    ["navigation", "search", "menu", "menubar", "toolbar", "alert", "alertdialog", "tooltip"]
)
_OUTSIDE_ROLES = frozenset(["banner", "contentinfo", "complementary", "dialog"])
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = ("aria-controls", "data-target", "data-bs-target")
# A list of at least so many links, which make up this share of its letters, leads elsewhere.
_FEWEST_LINKS, _LINK_SHARE = 3, 0.8
# Less than this share of its text in a form is a form; more, and the form only wraps the page.
_FORM_SHARE = 0.5


class Chrome:
    """Tells which elements of a page are no part of its article."""

    def __init__(self, body: etree._Element, measures: Mapping[etree._Element, Measure]) -> None:
        self._body = body
        self._measures = measures
        self._opened = _find_opened(body)

    def find(self) -> Iterator[tuple[etree._Element, bool]]:
        """The outermost such elements, with whether that is sure.

        What is unsure (a sidebar, a related article) is named like one, and no more.
        """
        waiting = [self._body]
        while waiting:
            for child in list(waiting.pop()):
                if self._is_surely_none(child):
                    yield child, True
                elif self._is_named_outside(child):
                    yield child, False
                else:
                    waiting.append(child)

    def _is_surely_none(self, element: etree._Element) -> bool:
        tag, role = element.tag, (element.get("role") or "").lower()
        if tag in HEADINGS or tag in ("main", "tbody", "tr"):
            return False
        if tag == "nav" or role in _NEVER_ROLES or names_cue("never", element):
            return True
        return self._is_hidden(element) or _is_idle_button(element) or self._is_link_list(element)

    def _is_named_outside(self, element: etree._Element) -> bool:
        tag = element.tag
        if tag == "form":
            return self._measures[element].letters < _FORM_SHARE * self._measures[self._body].letters
        if tag == "header" and _stands_in(element, "article", "main", "section"):
            return False
        measure = self._measures[element]
        if tag == "aside" or (tag in _NAMED and names_cue("elsewhere", element)):
            return measure.links > 0 or not measure.prose
        if tag in ("header", "footer") or (tag in _NAMED and names_cue("outside", element)):
            return not _holds_title(element)
        return (element.get("role") or "").lower() in _OUTSIDE_ROLES

    def _is_hidden(self, element: etree._Element) -> bool:
        """Whether an element is not shown and no control of the page opens it."""
        if element.get("hidden") is None and not _HIDDEN_STYLE.search(element.get("style") or ""):
            return False
        if any(names_cue(cue, element) for cue in ("outside", "elsewhere", "never")):
            return True
        opened = element.get("id") in self._opened
        return not opened and not any(names_cue("disclosure", near) for near in _around(element))

    def _is_link_list(self, element: etree._Element) -> bool:
        if element.tag not in ("ul", "ol", "div", "p", "dl", "section", "table", "center", "td"):
            return False
        measure = self._measures[element]
        few = measure.links < _FEWEST_LINKS or measure.prose > 0
        return not few and measure.linked >= _LINK_SHARE * measure.letters


def names_cue(cue: str, element: etree._Element) -> bool:
    """Whether a class or the id of an element is named like ``cue`` in the table."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    pattern = load_patterns(TABLE)[cue]
    return any(pattern.fullmatch(name) for name in names)


def _stands_in(element: etree._Element, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _around(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    before = element.getprevious()
    if before is not None:
        yield before
    yield from islice(element.iterancestors(), 2)


def _is_idle_button(element: etree._Element) -> bool:
    """Whether a button only does something, other than open a part of the text."""
    if element.tag == "a":
        return names_cue("button", element) and not (element.get("href") or "#").startswith("#")
    if element.tag != "button" or _stands_in(element, *HEADINGS, "summary", "dt"):
        return False
    opens = element.get("aria-expanded") or element.get("aria-controls")
    return not (opens or names_cue("disclosure", element) or names_cue("question", element))


def _find_opened(body: etree._Element) -> frozenset[str]:
    """The ids of the parts that buttons, labels and tabs of the page open."""
    found: set[str] = set()
    for element in body.iter(etree.Element):
        for name in _CONTROLS:
            if target := element.get(name):
                found.update(target.replace("#", " ").split())
    return frozenset(found)


def _holds_title(element: etree._Element) -> bool:
    """Whether the page's first heading stands inside, and is more than a link to the home page."""
    title = next(element.iter("h1"), None)
    return title is not None and title.find(".//a") is None and bool(squeeze(title))

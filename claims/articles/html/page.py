"""A web page becomes canonical text: the article's structure, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from claims.articles.html.charset import decode_page
from claims.articles.html.chrome import Chrome
from claims.articles.html.inline import read_text
from claims.articles.html.main_text import read_main_text
from claims.articles.html.measure import Measure, measure_page
from claims.articles.html.rendering import Renderer
from claims.articles.sheet import Sheet, join_lines
from claims.errors import ArticleError

_MOST_TAGS = 100_000
_DEEPEST = 200
_INLINE = ("a", "abbr", "b", "big", "center", "code", "em", "font", "i", "small", "span", "strong", "tt", "u")
_SITE_NAME = re.compile(r"(?<!\s)(?:\s*+[|｜]\s*+|\s++[-–—:：»]\s++)")
# A page with a password field and fewer letters of prose than this asks for a login before it shows anything.
_LOGIN_PROSE = 300
# Of a doubtful part, trafilatura must hold at least this share to be main text.
_HELD_SHARE = 0.5
# What is taken from the page may not be more than this share of its prose: else the names mislead.
_MOST_TAKEN = 0.6


def read_page(raw: bytes, content_type: str = "") -> tuple[str, str]:
    """Canonical text and title of a web page. Furigana are left out, base texts kept (ADR 0008).

    Raises ``ArticleError``: those of ``decode_page``; ``article_nested`` where the mark-up is nested too
    deeply; ``article_login``, ``article_scripted`` where the page has no article for who is not signed in
    or runs no scripts; ``article_no_text``.
    """
    page = _parse(decode_page(raw, content_type))
    body = page if page.tag == "body" else page.find("body")
    if body is None:
        raise ArticleError("article_no_text")
    title = _find_title(page)
    has_login = any((field.get("type") or "").lower() == "password" for field in body.iter("input"))
    has_scripts = next(page.iter("script"), None) is not None
    measures = measure_page(body)
    if has_login and measures[body].prose < _LOGIN_PROSE:
        raise ArticleError("article_login", title=title)
    _take_away(page, body, measures)
    sheet = Sheet()
    Renderer(sheet).render(body)
    text = sheet.text
    if not any(letter.isalnum() for letter in text):
        raise ArticleError("article_scripted" if has_scripts else "article_no_text", title=title)
    return text, title


def _parse(markup: str) -> etree._Element:
    if markup.count("<") > _MOST_TAGS:
        raise ArticleError("article_too_large", tags=markup.count("<"), limit=_MOST_TAGS)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise ArticleError("article_no_text") from error
    if parser.error_log.filter_from_fatals():
        raise ArticleError("article_nested", limit=_DEEPEST)
    if _find_depth(page) > _DEEPEST:
        etree.strip_tags(page, *_INLINE)
        if _find_depth(page) > _DEEPEST:
            raise ArticleError("article_nested", limit=_DEEPEST)
    return page


def _find_depth(page: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _find_title(page: etree._Element) -> str:
    """The page's title without the site's name."""
    title = page.find(".//title")
    return _SITE_NAME.split(join_lines(read_text(title.text)))[0] if title is not None else ""


def _take_away(page: etree._Element, body: etree._Element, measures: dict[etree._Element, Measure]) -> None:
    """Take off the page what is no part of the article."""
    found = list(Chrome(body, measures).find())
    for element, sure in found:
        if sure and not _is_most(measures, element, body):
            _drop(element)
    doubtful = [element for element, sure in found if not sure and measures[element].letters]
    main_text = read_main_text(page) if any(measures[element].prose for element in doubtful) else ""
    for element in doubtful:
        if not _is_most(measures, element, body) and not _is_held(element, main_text):
            _drop(element)


def _is_most(measures: dict[etree._Element, Measure], element: etree._Element, body: etree._Element) -> bool:
    return measures[element].prose > _MOST_TAKEN * measures[body].prose


def _is_held(element: etree._Element, main_text: str) -> bool:
    """Whether the main text has at least half of an element's prose, node by node."""
    nodes = list(_prose_nodes(element))
    held = sum(len(node) for node in nodes if node in main_text)
    return bool(nodes) and held >= _HELD_SHARE * sum(map(len, nodes))


def _prose_nodes(element: etree._Element) -> Iterator[str]:
    for text in element.itertext():
        if len(squeezed := "".join(str(text).split())) >= 10:
            yield squeezed


def _drop(element: etree._Element) -> None:
    """Remove an element, but not the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = etree.Element("br")
    tail.tail = element.tail
    element.tail = None
    parent.replace(element, tail)

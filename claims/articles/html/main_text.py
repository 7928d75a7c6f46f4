"""What trafilatura holds to be the main text of a page, to settle where names alone leave a doubt."""

from __future__ import annotations

import logging

from lxml import etree

# Above this size a page is read without a second opinion, which would take seconds.
_LARGEST = 2_000_000


def read_main_text(page: etree._Element) -> str:
    """The main text without white space, "" where trafilatura finds none. ``page`` stays as it is."""
    markup = etree.tostring(page, encoding="unicode", method="html")
    if len(markup) > _LARGEST:
        return ""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    text = extract(markup, favor_precision=True, include_comments=False, include_formatting=False)
    return "".join((text or "").split())

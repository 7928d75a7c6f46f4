"""What acts in a page is not handed on, whatever way it is written; the rest stays sign for sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from claims.articles.html.active import ActivePage, drop_active

PLAIN = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>見本 &amp; 𠮷</title><!-- 注 --><style>p > a { color: red }</style>
<script type="application/ld+json">{"@type": "WebPage"}</script></head>
<body class=post data-on="x"><p title='a > "b"'>甲 once = 1 <b>乙</b><br/>
<img src="data:image/png;base64,AAAA" alt=丙><a href="https://example.org/?a=1&amp;b=2">丁</a></p></body></html>
"""
ACTIVE = [
    ("<p>甲<script>go('<p>')</script>乙</p>", "<p>甲乙</p>"),
    ("<SCRIPT src=a.js></SCRIPT>甲", "甲"),
    ("甲<script>go()", "甲"),
    ("<p onclick=\"go('>')\" class=a>甲</p>", "<p class=a>甲</p>"),
    ("<img src=x onerror=go()>", "<img src=x>"),
    ("<svg/onload=go()>甲</svg>", "<svg>甲</svg>"),
    ("<a href=javascript:go()>甲</a>", "<a>甲</a>"),
    ('<a href=" java\nscript&#58;go()">甲</a>', "<a>甲</a>"),
    ('<a href="&#x6A;avascript:go()" id=a>甲</a>', "<a id=a>甲</a>"),
    (
        '<iframe srcdoc="<p>a</p>" src="https://example.org/"></iframe>',
        '<iframe src="https://example.org/"></iframe>',
    ),
    ('<form action="data:text/html,a">甲</form>', "<form>甲</form>"),
    ('<meta http-equiv="refresh" content="0;url=javascript:go()">甲', "甲"),
    ("<object data=a.swf>甲</object>乙<embed src=a>", "乙"),
    ("<!--[if IE]><script>go()</script><![endif]-->甲", "甲"),
    (
        "<svg><animate attributeName=href values='javascript:go()'></svg>",
        "<svg><animate attributeName=href></svg>",
    ),
]


def test_a_page_without_anything_that_acts_stays_as_it_is() -> None:
    assert drop_active(PLAIN) == PLAIN


@pytest.mark.parametrize(("page", "kept"), ACTIVE)
def test_what_acts_is_cut_out(page: str, kept: str) -> None:
    assert drop_active(page) == kept


@pytest.mark.parametrize(
    "page",
    ["<p>甲 <scr<script>ipt>go()</script>", "<!--><img src=x onerror=go()>-->", "javascript:go() と書く"],
)
def test_what_cannot_be_told_is_refused_or_harmless(page: str) -> None:
    try:
        kept = drop_active(page)
    except ActivePage:
        return
    assert "script>" not in kept.replace("&", "")
    assert "onerror" not in kept


PIECES = st.sampled_from(
    [
        *"<>/\"'=! -",
        "script",
        "<script>",
        "</script>",
        "<p ",
        "onclick",
        "=go()",
        "<!--",
        "-->",
        "甲",
        "&#106;",
        "href=",
        "javascript:",
        "<a ",
        "<svg/",
        "\n",
        "<style>",
        "</style>",
        "<textarea>",
        "]]>",
        "<![CDATA[",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_nothing_acts_in_what_is_kept_of_any_page(page: str) -> None:
    try:
        kept = drop_active(page)
    except ActivePage:
        return
    if not kept.strip():
        return
    for element in html.document_fromstring(f"<div>{kept}</div>").iter():
        assert element.tag != "script"
        assert not element.get("onclick")
        assert not [value for value in element.attrib.values() if "javascript:" in str(value)]

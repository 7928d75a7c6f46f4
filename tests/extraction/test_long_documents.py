"""A whole document of one long run is read and extracted in its time, whatever the run is made of."""

from __future__ import annotations

import time

import pytest

from claims.articles import parse_document
from claims.errors import ArticleError
from claims.extraction import extract_claims

BYTES, MOST_LINES = 300_000, 10_000
MOST_SECONDS = 5.0
# What the machine does beside it can double a time; reading takes no less than its quickest.
MOST_TRIES = 3
_REFUSALS = ("article_empty", "article_no_text", "article_nested", "article_too_large")
# Name of the file, what is repeated, and what stands before and behind it.
RUNS = [
    *(("a.txt", sign, "", "") for sign in '-—=あア漢x1。.!"「」(〜²：\u3000'),
    *(
        ("a.txt", piece, "", "a")
        for piece in ("-", "!", ". ", "。", "1,", "a:", "a\t", "<", "(a", "“a. ", "//")
    ),
    *(("a.md", piece, "", "a") for piece in ("[", "|", "*", "*a", "_a ", "`a", "![a", "[a](b", "> ", "](")),
    *(
        ("a.md", line, "髪", "")
        for line in ("| 髪 | 効く |\n", "## 髪\n", "> 髪は伸びる。\n", "- 髪\n", "\n")
    ),
    ("a.txt", " ", "Q", "x"),
    ("a.txt", "髪は伸びる\n", "", ""),
    ("a.txt", "髪は伸びるが", "", ""),
    ("a.txt", "hair grows and ", "", ""),
    ("a.txt", "Hair (grows. ", "", ""),
    ("a.txt", "睡眠不足は肥満の原因です。", "", ""),
    ("a.txt", "Lack of sleep raises the risk of obesity. ", "", ""),
    *(("a.html", tag, "<p>", "髪") for tag in ("<div>", "<b>a", "<", "&", "&amp;", "<!--", "<ul><li>a")),
    ("a.html", "<tr><td>髪<td>伸びる", "<html><body><table>", ""),
]


def read(raw: bytes, name: str) -> str:
    """What comes of it: the code of a refusal, or that there are units."""
    try:
        extraction = extract_claims(parse_document(raw, name).article)
    except ArticleError as refusal:
        return refusal.code
    return "units" if extraction.claims or extraction.dropped else "nothing"


@pytest.mark.timed
@pytest.mark.parametrize(("name", "piece", "before", "behind"), RUNS)
def test_a_long_run_is_read_in_time(name: str, piece: str, before: str, behind: str) -> None:
    times = min(BYTES // len(piece.encode()), MOST_LINES if "\n" in piece else BYTES)
    text = before + piece * times + behind
    for _ in range(MOST_TRIES):
        started = time.thread_time()
        outcome = read(text.encode(), name)
        seconds = time.thread_time() - started
        if seconds < MOST_SECONDS:
            break
    assert seconds < MOST_SECONDS
    assert outcome in ("units", *_REFUSALS)

"""What a file says of itself beside its text: front matter, keywords for search engines, hidden notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from claims.articles.lines import Line

_FENCES = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",)}
# A YAML or TOML key with its value, a table of TOML, and what belongs to the key above.
_KEY = re.compile(r"[\"']?[\w.\- ]{1,40}[\"']?\s*+[:=](?:\s|$)|\[{1,2}[\w.\-]+\]{1,2}$")
_BELONGS = re.compile(r"\s|[-#\]}\"']|$")
_TITLE = re.compile(r"[\"']?(?:title|タイトル)[\"']?\s*+[:=：]\s*+(.+)", re.IGNORECASE)
_MOST_LINES = 200
# Lines by which writers tell their publishing system what no reader sees.
_NAMED = re.compile(
    r"\W{0,4}(?:(?:meta|seo|og|focus)[\s_:-]?(?:title|description|keywords?)|keywords?|slug|permalink|excerpt|tags?|"
    r"categor(?:y|ies)|featured[\s_]image|publish(?:ed)?[\s_]?date|"
    r"(?:メタ|SEO)?(?:キーワード|ディスクリプション|タイトル)|メタ説明文?|スラッグ|パーマリンク|カテゴリー?|タグ|アイキャッチ(?:画像)?|抜粋)"
    r"\**\s*[:：]\**(?:\s|(?<=：)|(?<=：\*\*))",
    re.IGNORECASE,
)
_OPENS, _CLOSES = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where the front matter ends in its text (0 where there is none), and the title in it ("")."""

    end: int = 0
    title: str = ""


def read_front_matter(text: str) -> FrontMatter:
    """The front matter that a text begins with, in YAML or TOML.

    >>> read_front_matter('---\\ntitle: "Iron"\\ntags: [a]\\n---\\nIron is a metal.').title
    'Iron'
    >>> read_front_matter("---\\nIron is a metal.\\n---\\n").end
    0
    """
    start = len(text) - len(text.lstrip("\ufeff \t\n"))
    first, _, rest = text[start:].partition("\n")
    closers = _FENCES.get(first.rstrip(), ())
    inner = list(takewhile(lambda line: line.rstrip() not in closers, rest.split("\n", _MOST_LINES)[:-1]))
    keys = [line for line in inner if _KEY.match(line)]
    if not keys or keys[0] != inner[0] or not all(_KEY.match(line) or _BELONGS.match(line) for line in inner):
        return FrontMatter()
    end = start + len(first) + 1 + sum(len(line) + 1 for line in inner)
    if text[end:].partition("\n")[0].rstrip() not in closers:
        return FrontMatter()
    titles = [found[1] for line in keys if (found := _TITLE.match(line))]
    return FrontMatter(end + len(closers[0]), titles[0].strip().strip("\"'").strip() if titles else "")


def find_metadata(text: str, lines: list[Line]) -> frozenset[int]:
    """The numbers of the lines of front matter, of hidden comments, and of keywords and their like."""
    front = read_front_matter(text).end
    hidden = _find_comments(text)
    return frozenset(
        number
        for number, line in enumerate(lines)
        if line.start < front
        or _NAMED.match(line.words)
        or any(start <= line.start and line.end <= end for start, end in hidden)
    )


def _find_comments(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = text.find(_OPENS)
    while start >= 0:
        end = text.find(_CLOSES, start)
        if end < 0:
            break
        found.append((start, end + len(_CLOSES)))
        start = text.find(_OPENS, end)
    return found

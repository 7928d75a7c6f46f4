"""Marks of several brackets, with words or with a dash left over, and lists whose entries bear no number."""

from __future__ import annotations

import pytest

from claims.articles.reading import parse_article
from claims.extraction import extract_claims
from claims.references import Citing, find_markers, read_references, strip_citations


@pytest.mark.parametrize(
    ("words", "labels", "read"),
    [
        ("It helps older adults [1]–[3].", ["1", "2", "3"], "It helps older adults."),
        ("It helps older adults [1] - [3].", ["1", "2", "3"], "It helps older adults."),
        ("高齢者の味覚を保ちます[3]〜[5]。", ["3", "4", "5"], "高齢者の味覚を保ちます。"),
        ("高齢者の味覚を保ちます［3］～［5］。", ["3", "4", "5"], "高齢者の味覚を保ちます。"),
        ("高齢者の味覚を保ちます[3～5]。", ["3", "4", "5"], "高齢者の味覚を保ちます。"),
        ("It helps older adults [see 2, 3].", ["2", "3"], "It helps older adults."),
        ("It helps older adults [see refs. 2, 3].", ["2", "3"], "It helps older adults."),
        ("It helps older adults [cf. 2].", ["2"], "It helps older adults."),
        ("It helps older adults [e.g., 2, 4].", ["2", "4"], "It helps older adults."),
        ("It helps older adults [3-].", ["3"], "It helps older adults."),
        ("味覚を保ちます［参考文献2］。", ["2"], "味覚を保ちます。"),
        ("It helps adults [1], [3]-[4].", ["1", "3", "4"], "It helps adults."),
        ("味覚を保ちます(佐藤 他 2018)。", ["佐藤 他 2018"], "味覚を保ちます。"),
        ("味覚を保ちます（佐藤　ら, 2018）。", ["佐藤　ら, 2018"], "味覚を保ちます。"),
        ("（佐藤・田中, 2018）は鉄が効くと述べた。", ["佐藤・田中, 2018"], "鉄が効くと述べた。"),
        ("（佐藤ら, 2018）によると、鉄が効く。", ["佐藤ら, 2018"], "鉄が効く。"),
        ("(Smith 2020) found that iron helps.", ["Smith 2020"], "Iron helps."),
    ],
)
def test_a_mark_is_read_whole_and_leaves_nothing(words: str, labels: list[str], read: str) -> None:
    assert [label for marker in find_markers(words) for label in marker.labels] == labels
    assert strip_citations(words) == read


@pytest.mark.parametrize("words", ["5 [mg] a day", "between [a]–[b]", "は甘い。", "It scores [very 2]."])
def test_what_is_no_mark_stays(words: str) -> None:
    assert list(find_markers(words)) == []
    assert strip_citations(words) == words


LINES = [
    ["Smith A. Zinc. J Sample. 2020;1:2-3.", "https://www.mhlw.go.jp/a.pdf", "厚生労働省 e-ヘルスネット"],
    ["https://example.org/a", "Smith A. Zinc. J Sample. 2020;1:2-3.", "https://example.org/b"],
    ["Smith A. Zinc. J Sample. 2020;1:2-3.", "www.example.org/page", "Roe B. Iron. J Sample. 2019;1:2-3."],
    ["見本太郎. 亜鉛. 見本誌 2020;1:2-3", "会社概要", "Roe B. Iron. J Sample. 2019;1:2-3."],
    ["見本太郎. 亜鉛. 見本誌 2020;1:2-3", "<https://example.org/b>", "添付文書 見本錠25mg"],
    ["Smith A. Zinc. J Sample. 2020;1:2-3.", "Privacy policy", "https://example.org/c"],
]


@pytest.mark.parametrize("heading", ["参考文献", "References"])
@pytest.mark.parametrize("lines", LINES, ids=str)
def test_every_line_of_a_list_keeps_its_place(lines: list[str], heading: str) -> None:
    prose = "亜鉛は味覚を保ちます[1]。鉄は疲労を減らします[2]。銅は貧血を防ぎます[3]。"
    article = parse_article("\n".join(["亜鉛と味覚", "", prose, "", heading, *lines]))
    entries = read_references(article)
    assert [article.text[one.start : one.end].strip("<>") for one in entries] == [
        line.strip("<>") for line in lines
    ]
    citing = Citing(article)
    claims = extract_claims(article).claims
    assert [[one.label for one in citing.find(one.start, one.end)] for one in claims] == [["1"], ["2"], ["3"]]

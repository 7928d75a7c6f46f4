"""Numbers in Japanese brackets and circles point at lists that are numbered so, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.references import Citing, find_markers, list_doubled_labels, strip_markers
from reviewer.cli import konkyo


@pytest.mark.parametrize("form", ["【{}】", "{}"])
def test_a_list_in_brackets_or_circles_has_its_marks(form: str) -> None:
    one, two = (form.format(sign) for sign in (("1", "2") if form == "【{}】" else ("①", "②")))
    article = parse_article(
        f"# ミネラル\n\n亜鉛は味覚を改善します{one}。鉄は疲労を軽減します{two}。\n\n## 参考文献\n\n"
        f"{one} 田中一郎. 亜鉛と味覚. 見本雑誌 2019; 5: 7-9.\n"
        f"{two} 佐藤花子. 鉄と疲労. 見本雑誌 2020; 1: 2-3.\n"
    )
    claims = extract_claims(article).claims
    assert [claim.read_as for claim in claims] == ["亜鉛は味覚を改善します。", "鉄は疲労を軽減します。"]
    found = [Citing(article).find(claim.start, claim.end) for claim in claims]
    assert [[(entry.number, entry.year) for entry in one] for one in found] == [[(1, "2019")], [(2, "2020")]]


@pytest.mark.parametrize(
    "sentence",
    [
        "亜鉛には①味覚を保つ、②傷を治す、という働きがあります。",
        "【1】亜鉛とは",
        "働きは①、②です。",
        "単位は【mg】です。",
    ],
)
def test_an_enumeration_is_no_mark(sentence: str) -> None:
    assert list(find_markers(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("亜鉛は味覚を保ちます[1]、[3]。", "亜鉛は味覚を保ちます。"),
        ("Zinc helps [1], [3].", "Zinc helps."),
        ("亜鉛は味覚[1]、銅は髪[3]を保ちます。", "亜鉛は味覚、銅は髪を保ちます。"),
    ],
)
def test_what_parts_two_marks_goes_with_them(sentence: str, read: str) -> None:
    assert strip_markers(sentence) == read


def list_years(text: str) -> list[str]:
    """The years of what each claim cites, in the order of the claims."""
    article = parse_article(text)
    citing = Citing(article)
    return [
        entry.year
        for claim in extract_claims(article).claims
        for entry in citing.find(claim.start, claim.end)
    ]


@pytest.mark.parametrize("form", ["{})", "[{}]"])
@pytest.mark.parametrize("count", [1, 2])
def test_a_list_of_a_line_or_two_needs_no_heading(form: str, count: int) -> None:
    said = ("亜鉛は味覚を改善します", "鉄は疲労を軽減します")[:count]
    prose = "".join(f"{words}{form.format(number)}。" for number, words in enumerate(said, start=1))
    entries = "\n".join(
        f"{form.format(number)} 田中一郎. 見本の研究. 見本雑誌 {2018 + number}; 5: 7-9."
        for number in range(1, count + 1)
    )
    assert list_years(f"# ミネラル\n\n{prose}\n\n{entries}\n") == ["2019", "2020"][:count]


def test_of_two_lists_a_mark_points_at_the_one_in_its_own_brackets() -> None:
    first = "[1] 田中一郎. 亜鉛. 見本雑誌 2019; 5: 7-9.\n[2] 見本次郎. 銅. 見本雑誌 2018; 5: 7-9."
    second = "1) 佐藤花子. 鉄. 見本雑誌 2020; 1: 2-3.\n2) 見本三郎. 銅. 見本雑誌 2017; 5: 7-9."
    prose = "亜鉛は味覚を改善します[1]。鉄は疲労を軽減します1)。"
    for above, below in ((first, second), (second, first)):
        text = f"# ミネラル\n\n{prose}\n\n## 参考文献\n\n{above}\n\n## 引用文献\n\n{below}\n"
        assert list_years(text) == ["2019", "2020"]


def test_entries_of_one_list_that_are_numbered_in_several_ways_are_all_pointed_at() -> None:
    prose = "Zinc improves taste in adults [1]. Iron reduces fatigue in women [2]."
    entries = "1. Roe A. Zinc. J Sample. 2019;5:7-9.\n2) Doe B. Iron. J Sample. 2020;1:2-3."
    assert list_years(f"# Zinc\n\n{prose}\n\n## References\n\n{entries}\n") == ["2019", "2020"]


TWICE = """# Zinc

Zinc restores taste in older adults [1]. Iron reduces fatigue in women 2). Copper prevents anaemia [2].

## References

[1] Smith A. Zinc and taste. J Sample. 2020;1:2-3.
[2] Roe B. Iron. J Sample. 2019;1:2-3.

1) Other C. Another scheme. J Sample. 2011;1:2-3.
2) Other D. Yet another. J Sample. 2012;1:2-3.
"""


def test_numbers_that_stand_twice_are_told_and_a_mark_points_at_its_own_brackets(tmp_path: Path) -> None:
    article = parse_article(TWICE)
    assert list_doubled_labels(article) == ("1", "2")
    citing = Citing(article)
    claims = extract_claims(article).claims
    pointed = [citing.find(one.start, one.end) for one in claims]
    assert [[one.form for one in found] for found in pointed] == [["["], [")"], ["["]]
    path = tmp_path / "twice.md"
    path.write_text(TWICE, encoding="utf-8")
    told = CliRunner().invoke(konkyo, ["references", str(path)])
    assert "Numbers that stand twice in the list: 1, 2." in told.stderr
    assert list_doubled_labels(parse_article(TWICE.partition("\n1) Other")[0])) == ()

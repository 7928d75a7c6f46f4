"""Inline mark-up of Markdown, and of HTML in it, reads as on the page."""

from __future__ import annotations

import pytest

from claims.articles.inline_markup import read_inline_markup
from claims.articles.reading import parse_article
from claims.extraction import extract_claims
from claims.references import Citing, strip_citations

ENGLISH = (
    "Zinc restores taste in older adults.{0} Iron reduces fatigue in women{1}. "
    "Vitamin D prevents hip fractures.{0}",
    [
        "Zinc restores taste in older adults.",
        "Iron reduces fatigue in women.",
        "Vitamin D prevents hip fractures.",
    ],
)
JAPANESE = (
    "亜鉛は高齢者の味覚を回復させます{0}。鉄は女性の疲労を軽減します{1}。ビタミンDは骨折を予防します{0}。",
    ["亜鉛は高齢者の味覚を回復させます。", "鉄は女性の疲労を軽減します。", "ビタミンDは骨折を予防します。"],
)
LIST = (
    "\n\n## References\n\n1. Roe A. Zinc. J Sample. 2020;1:2-3.\n2. Roe B. Iron. J Sample. 2019;1:2-3.\n"
    "3. Roe C. Hips. J Sample. 2018;1:2-3.\n"
)
FORMS = [
    ("<sup>1</sup>", "<sup>2,3</sup>"),
    ("^1^", "^2,3^"),
    ("^[1]^", "^[2,3]^"),
    ("<sup>[1]</sup>", "<sup>[2, 3]</sup>"),
    ('<sup id="a"><a href="#r1">1</a></sup>', '<sup><a href="#r2">2</a>,<a href="#r3">3</a></sup>'),
    ("<sup>[1](#r1)</sup>", "<sup>[2–3](#r2)</sup>"),
    ("<SUP> 1 </SUP>", "<SUP>2–3</SUP>"),
    (" <sup>1</sup>", " <sup>2, 3</sup>"),
    ("<sup>**[1]**</sup>".replace("**", ""), "<sup>2、3</sup>"),
    ("<sup>１</sup>", "<sup>２，３</sup>"),
]


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("language", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_raised_figures_are_marks_and_part_no_claim(
    language: tuple[str, list[str]], form: tuple[str, str]
) -> None:
    prose, said = language
    article = parse_article(f"# Zinc\n\n{prose.format(*form)}{LIST}")
    spans = [(claim.start, claim.end) for claim in extract_claims(article).claims]
    sentences = [article.text[start:end] for start, end in spans]
    assert [strip_citations(one) for one in sentences] == said
    citing = Citing(article)
    assert [[one.label for one in citing.find(*span)] for span in spans] == [["1"], ["2", "3"], ["1"]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10<sup>6</sup>個、10^6^個", "10^6個、10^6個"),
        ("H<sub>2</sub>O, 5 m<sup>2</sup>", "H2O, 5 m²"),
        ("From 10^6 to 10^7, x^2 + y^2 = 9.", "From 10^6 to 10^7, x^2 + y^2 = 9."),
        ("<ruby>癌<rp>(</rp><rt>がん</rt><rp>)</rp></ruby>を<b>防ぎ</b>ます", "癌を防ぎます"),
        ("One line<br/>and two", "One line\nand two"),
        ("| one<br>line |", "| one line |"),
        ('A <a class="x" href="https://doi.org/10.5555/a">trial</a>', "A [trial](https://doi.org/10.5555/a)"),
        ("x < 3 and y > 2; p<0.05", "x < 3 and y > 2; p<0.05"),
        ("the 5<sup>th</sup> year^[see Roe 2020]", "the 5th year^[see Roe 2020]"),
    ],
)
def test_mark_up_is_read_and_formulas_stay(written: str, read: str) -> None:
    assert read_inline_markup(written) == read == read_inline_markup(read)

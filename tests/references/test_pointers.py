"""What only points at a source stays in the words of a claim, and leaves what it is read as."""

from __future__ import annotations

import pytest

from claims.articles.reading import parse_document
from claims.extraction import extract_claims
from claims.references import Citing, strip_markers

LINK = "https://doi.org/10.5555/zinc.1"


@pytest.mark.parametrize(
    "pointer",
    [
        "([see this review]({}))",
        "(see [this review]({}))",
        "([link]({}))",
        "([PubMed]({}))",
        "(source: [the full text]({}))",
        "([read the original paper here]({}))",
        "— [source]({})",
    ],
)
def test_an_english_pointer_is_none_of_the_claim(pointer: str) -> None:
    text = f"# Zinc\n\nZinc preserves taste in adults {pointer.format(LINK)}.\n"
    check_read_as(text, "Zinc preserves taste in adults.")


@pytest.mark.parametrize(
    "pointer",
    [
        "（詳しくは[こちらの論文]({})）",
        "（[出典はこちら]({})）",
        "（[リンク]({})）",
        "（※[参考文献]({})をご参照ください）",
        "※出典は[こちら]({})",
        "（[論文]({})）",
        "【出典：[PubMed]({})】",
    ],
)
def test_a_japanese_pointer_is_none_of_the_claim(pointer: str) -> None:
    check_read_as(
        f"# 亜鉛\n\n亜鉛は高齢者の味覚を保ちます{pointer.format(LINK)}。\n", "亜鉛は高齢者の味覚を保ちます。"
    )


def check_read_as(text: str, read_as: str) -> None:
    """The one claim of a text stands there with its pointer, is read without it, and cites the paper."""
    article = parse_document(text.encode(), "a.md").article
    (claim,) = extract_claims(article).claims
    assert claim.read_as == read_as
    assert claim.text != read_as
    assert article.text[claim.start : claim.end].replace(f"]({LINK})", "").replace("[", "") == claim.text
    assert [entry.doi for entry in Citing(article).find(claim.start, claim.end)] == ["10.5555/zinc.1"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Zinc preserved taste (in this trial).",
        "Zinc preserved taste (two studies of the elderly).",
        "Zinc (see-through tablets) preserves taste.",
        "Zinc preserves taste (more in women).",
        "亜鉛は味覚を保ちます（動物試験の報告）。",
        "亜鉛の量（参考値）は10mgです。",
        "亜鉛は味覚を保ちます（高齢者の研究）。",
        "亜鉛は味覚を保ちます※効果には個人差があります。",
        "文献（英語）では味覚を保ちます。",
    ],
)
def test_what_a_bracket_says_of_the_claim_stays(sentence: str) -> None:
    assert strip_markers(sentence) == sentence

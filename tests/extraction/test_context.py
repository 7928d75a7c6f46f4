"""What a claim leaves out is named from what stands nearest, and where it stood is said."""

from __future__ import annotations

import pytest

from claims.articles import parse_article
from claims.extraction.context import UNRESOLVED, complete_wording
from claims.extraction.units import list_units


def read(text: str, sentence: str) -> tuple[str, str]:
    article = parse_article(text)
    unit = next(unit for unit in list_units(article) if sentence in unit.text)
    return complete_wording(unit, article.language, article.title)


CASES = [
    (
        "# 治療\nエクソソームは細胞が出す小胞です。これは炎症を抑えます。",
        "これは炎症",
        "これ(エクソソーム)は炎症を抑えます。",
        "これ = エクソソーム (sentence before)",
    ),
    (
        "# 頭皮\n頭皮では微小炎症が続きます。この炎症が毛包を傷めます。",
        "この炎症",
        "この炎症(微小炎症)が毛包を傷めます。",
        "この炎症 = 微小炎症 (sentence before)",
    ),
    (
        "# 舌下免疫療法\n約八割の患者で症状が軽くなります。",
        "約八割",
        "舌下免疫療法: 約八割の患者で症状が軽くなります。",
        "舌下免疫療法 (heading)",
    ),
    (
        "Q. インプラントは長持ちしますか？\nA. 10年以上使えます。",
        "10年以上",
        "インプラント: 10年以上使えます。",
        "インプラント (question)",
    ),
    (
        "# Sleep\nMagnesium is a mineral in many foods. It binds to GABA receptors.",
        "It binds",
        "It(Magnesium) binds to GABA receptors.",
        "It = Magnesium (sentence before)",
    ),
]


@pytest.mark.parametrize(("text", "sentence", "read_as", "context"), CASES)
def test_what_is_left_out_is_named(text: str, sentence: str, read_as: str, context: str) -> None:
    assert read(text, sentence) == (read_as, context)


def test_a_sentence_that_stands_alone_is_left_as_it_is() -> None:
    text = "# 頭皮\nミノキシジルは毛母細胞を刺激します。"
    assert read(text, "ミノキシジル") == ("ミノキシジルは毛母細胞を刺激します。", "")


def test_a_pointer_that_nothing_resolves_is_said() -> None:
    assert read("これは炎症を抑えます。", "これは")[1] == UNRESOLVED


def test_a_label_that_leans_on_its_heading_names_both() -> None:
    text = (
        "- PRP療法:血小板の力\n- 効果の目安: 痛みが減ります。効果は半年続きます。\n- 安全性: 腫れが出ます。"
    )
    read_as, _ = read(text, "効果は半年")
    assert read_as.startswith("PRP療法: ")

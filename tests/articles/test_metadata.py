"""Front matter, keywords and hidden comments are about the file; the article begins behind them."""

from __future__ import annotations

import pytest

from claims.articles import parse_article, parse_document
from claims.extraction.extractor import extract_claims
from claims.records.article import BlockKind
from claims.records.claim import DropReason

BODY = "# Iron\n\nIron deficiency causes anaemia."
# Name → what stands before the article.
HEADS = {
    "yaml": '---\ntitle: "Iron for blood"\nexcerpt: "Iron reduces fatigue."\n'
    "tags:\n  - iron\n- blood\ndate: 2024-03-02\n---\n\n",
    "toml": "+++\ntitle = 'Iron for blood'\n[params]\ndescription = 'Iron reduces fatigue.'\n+++\n",
    "yaml behind blank lines": "\n\n---\ntitle: Iron for blood\nsummary: >\n  Iron reduces fatigue.\n---\n",
    "hidden comments": "<!--\nPrompt: a bowl that improves health.\nIron reduces fatigue.\n-->\n",
    "keywords": "Keywords: iron tablets, iron near me\n**Meta description:** Iron reduces fatigue.\n\n",
}


@pytest.mark.parametrize("name", HEADS)
def test_what_is_about_the_file_is_no_claim_and_no_heading(name: str) -> None:
    article = parse_article(HEADS[name] + BODY)
    extraction = extract_claims(article)
    assert [claim.text for claim in extraction.claims] == ["Iron deficiency causes anaemia."]
    assert extraction.claims[0].read_as == extraction.claims[0].text
    assert {unit.reason for unit in extraction.dropped} == {DropReason.METADATA, DropReason.HEADING}
    assert [block.kind for block in article.blocks][-2:] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("name", "title"), [("yaml", "Iron for blood"), ("toml", "Iron for blood"), ("keywords", "Iron")]
)
def test_the_title_of_front_matter_is_the_articles(name: str, title: str) -> None:
    assert parse_document((HEADS[name] + BODY).encode(), "iron.md").article.title == title


@pytest.mark.parametrize(
    "text",
    [
        "---\nIron deficiency causes anaemia.\n---\nIt is common.",
        "---\ntitle: Iron\n\nIron deficiency causes anaemia. There is no end of this.",
        "Iron deficiency causes anaemia.\n\n---\nnote: iron\n---\n",
    ],
)
def test_a_rule_between_paragraphs_begins_no_front_matter(text: str) -> None:
    assert BlockKind.METADATA not in {block.kind for block in parse_article(text).blocks}

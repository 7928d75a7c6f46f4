"""Numbers in round brackets point at a numbered list; steps, counts, figures and notes of the page do not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.records.article import Article, BlockKind
from claims.references import Citing

ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("rounded_cases.tsv").open(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
)


def read(row: dict[str, str]) -> Article:
    """The prose of a row above a list of so many entries, numbered as it says."""
    entries = [
        f"{(row['list'] or '').replace('1', str(number)).replace('１', str(number))} "
        f"Sample A. Study {number} of minerals. J Sample. 2020;{number}:2-3."
        for number in range(1, int(row["entries"]) + 1)
    ]
    prose = row["prose"].replace("\\n", "\n")
    below = "\n".join(["", "", "## References", "", *entries]) if entries else ""
    return parse_article(f"# Minerals\n\n{prose}{below}\n")


def list_labels(article: Article) -> list[str]:
    citing = Citing(article)
    prose = [block for block in article.blocks if block.kind is not BlockKind.REFERENCE]
    return [entry.label for block in prose for _, entry in citing.follow(block.start, block.end)]


def find_wrong(half: str) -> list[tuple[str, list[str], list[str]]]:
    """The rows of a half whose marks are read otherwise than they say: prose, wanted and found labels."""
    read_rows = ((row, list_labels(read(row))) for row in ROWS if row["half"] == half)
    return [
        (row["prose"], row["points_at"].split(), found)
        for row, found in read_rows
        if found != row["points_at"].split()
    ]


@pytest.mark.parametrize("half", ["dev", "held"])
def test_a_number_in_round_brackets_points_at_the_list_only_where_it_is_a_mark(half: str) -> None:
    assert find_wrong(half) == []


def test_a_mark_in_round_brackets_stays_in_the_words_and_leaves_what_is_searched_by() -> None:
    told = {row["prose"]: extract_claims(read(row)).claims for row in ROWS}
    marked = told["亜鉛は味覚を改善します。（1）鉄は疲労を軽減します。（2）"]
    assert [claim.text for claim in marked] == [
        "亜鉛は味覚を改善します。（1）",
        "鉄は疲労を軽減します。（2）",
    ]
    assert [claim.read_as for claim in marked] == ["亜鉛は味覚を改善します。", "鉄は疲労を軽減します。"]
    without_list = told["Zinc improves taste (1). Iron reduces fatigue (2)."]
    assert [claim.read_as for claim in without_list] == [
        "Zinc improves taste (1).",
        "Iron reduces fatigue (2).",
    ]


@pytest.mark.parametrize("form", ["[{}]", "（{}）", "【{}】"])
def test_entries_of_one_width_below_japanese_prose_stay_apart(form: str) -> None:
    entries = "\n".join(
        f"{form.format(number)} Sample A. Study {number} of minerals. J Sample. 2020;{number}:2-3."
        for number in range(1, 6)
    )
    article = parse_article(f"# ミネラル\n\n亜鉛は味覚を改善します。\n\n## 参考文献\n\n{entries}\n")
    assert [entry.label for entry in Citing(article).listed] == ["1", "2", "3", "4", "5"]

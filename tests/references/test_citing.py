"""Which sentence points at which reference, in manuscripts as authors write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.references import Citing, list_references
from reviewer.cli import konkyo
from tests.databases import make_database
from tests.entrez_server import EntrezServer, Reply, sample_article
from tests.examples import at_most

JAPANESE = """# 亜鉛と味覚

亜鉛は味覚を保ちます[1]。亜鉛は傷の治りを早めます[2,3]。亜鉛は免疫を支えます[3–5]。
鉄は疲れを減らします（田中ら, 2019）。ビタミンDは骨折を減らします（PMID: 900000061）。
ビタミンCは風邪を防ぎません（https://doi.org/10.5555/vitc.1）。
葉酸は神経管の異常を防ぎます（https://pubmed.ncbi.nlm.nih.gov/900000077/）。銅は貧血を防ぎます※7。単位は[mg]です。

## 参考文献

[1] Sample A, Doe B. Zinc and taste. J Sample 2019; 4: 1-8. doi:10.5555/zinc.4
[2] 見本太郎, 例花子. 亜鉛と創傷. 見本学会誌 12: 3-9, 2018.
[3] Doe B, et al. Zinc in wounds. Wound Samples 2020;3(2):11-19. PMID: 900000031
[4] Roe C. Immunity and zinc. Immune Samples. 2021;5:100-7. PMCID: PMC9000001
[5] 厚生労働省. 日本人の食事摂取基準（2020年版）. https://www.mhlw.go.jp/example
[6] 田中一郎, 山田二郎. 鉄と疲労. 見本雑誌 2019; 5: 7-9.
[7] O'Neil C, "Rare" D. Copper, and more. J Sample 2018; 3: 4-9.
"""
ENGLISH = """# Zinc and taste

Zinc preserves taste [1]. Zinc speeds wound healing.[2,3] Iron eases fatigue (Smith 2020).
Vitamin D prevents fractures (Smith & Jones, 2018; Tanaka et al., 2019). Folate prevents defects [3-1].

## References

1. Sample A. Zinc and taste. J Sample. 2017;1:2-3.
2. Smith J. Iron and fatigue. J Sample. 2020;1:2-3.
3. Smith J, Jones K. Vitamin D and fractures. J Sample. 2018;2:3-4.
4. Tanaka T, Yamada J, et al. Vitamin D. J Sample. 2019;3:4-5.
"""


def cite(text: str) -> list[tuple[int | None, str, list[str]]]:
    """Number, identifiers and sentences of each reference."""
    article = parse_article(text)
    return [
        (
            cited.reference.number,
            cited.reference.pmid or cited.reference.doi or cited.reference.pmcid,
            [article.text[start:end] for start, end in cited.sentences],
        )
        for cited in list_references(article, extract_claims(article).spans)
    ]


def test_each_reference_of_a_japanese_manuscript_has_the_sentences_that_point_at_it() -> None:
    assert cite(JAPANESE) == [
        (1, "10.5555/zinc.4", ["亜鉛は味覚を保ちます[1]。"]),
        (2, "", ["亜鉛は傷の治りを早めます[2,3]。"]),
        (3, "900000031", ["亜鉛は傷の治りを早めます[2,3]。", "亜鉛は免疫を支えます[3–5]。"]),
        (4, "PMC9000001", ["亜鉛は免疫を支えます[3–5]。"]),
        (5, "", ["亜鉛は免疫を支えます[3–5]。"]),
        (6, "", ["鉄は疲れを減らします（田中ら, 2019）。"]),
        (7, "", ["銅は貧血を防ぎます※7。"]),
        (None, "900000061", ["ビタミンDは骨折を減らします（PMID: 900000061）。"]),
        (None, "10.5555/vitc.1", ["ビタミンCは風邪を防ぎません（https://doi.org/10.5555/vitc.1）。"]),
        (
            None,
            "900000077",
            ["葉酸は神経管の異常を防ぎます（https://pubmed.ncbi.nlm.nih.gov/900000077/）。"],
        ),
    ]


def test_authors_with_a_year_find_their_entry_and_a_range_that_runs_backwards_its_two_ends() -> None:
    vitamin_d = "Vitamin D prevents fractures (Smith & Jones, 2018; Tanaka et al., 2019)."
    folate = "Folate prevents defects [3-1]."
    assert cite(ENGLISH) == [
        (1, "", ["Zinc preserves taste [1].", folate]),
        (2, "", ["Zinc speeds wound healing.[2,3]", "Iron eases fatigue (Smith 2020)."]),
        (3, "", ["Zinc speeds wound healing.[2,3]", vitamin_d, folate]),
        (4, "", [vitamin_d]),
    ]


def test_entries_without_numbers_are_counted_where_the_text_points_at_numbers() -> None:
    bare = "\n".join(line.split(". ", 1)[1] if line[:1].isdigit() else line for line in ENGLISH.split("\n"))
    assert cite(bare) == cite(ENGLISH)


def test_each_of_two_articles_on_a_page_has_its_own_list() -> None:
    article = (
        "# {0}\n\n{0} reduces hip pain [1].\n\n## References\n\n[1] Sample A. {0}. J Sample 2018; 3: 4-9."
    )
    page = "\n\n".join(map(article.format, ("Walking", "Swimming")))
    assert [said for *_, said in cite(page)] == [
        ["Walking reduces hip pain [1]."],
        ["Swimming reduces hip pain [1]."],
    ]


def test_the_note_of_a_page_is_not_the_paper_of_the_same_number() -> None:
    text = (
        "# 股関節\n\n歩行は痛みを減らします[1]。水泳は筋力を保ちます※1。\n\n※1 当院の調べによります。\n\n"
        "## 参考文献\n\n[1] Sample A. Walking. J Sample 2018; 3: 4-9.\n"
    )
    assert [said for *_, said in cite(text)] == [["歩行は痛みを減らします[1]。"]]


def test_a_paper_of_the_list_that_a_sentence_names_by_its_identifier_is_one_reference() -> None:
    text = (
        "# Hips\n\nWalking reduces hip pain (PMID: 900000031). Swimming does (PMID: 900000032).\n"
        "Running does not (PMID: 900000032).\n\n## References\n\n"
        "1. Sample A. Walking. J Sample 2018; 3: 4-9. PMID: 900000031\n"
    )
    found = cite(text)
    assert [(number, len(said)) for number, _, said in found] == [(1, 1), (None, 2)]


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["[{}]", "{}.", "{})"]))
@settings(max_examples=at_most(30), deadline=None)
def test_of_many_references_each_number_finds_its_own(count: int, cited: int, form: str) -> None:
    entries = [
        f"{form.format(n)} Sample A. Title {n}. J Sample 2018; 3: {n}-{n + 5}." for n in range(1, count + 1)
    ]
    text = f"# Hips\n\nWalking reduces hip pain [{cited}].\n\n## References\n\n" + "\n".join(entries)
    article = parse_article(text)
    start = text.index("Walking")
    citing = Citing(article)
    found = citing.find(start, start + 30)
    assert [entry.number for entry in found] == ([cited] if cited <= count else [])
    assert citing.list_lost(start, start + 30) == (() if cited <= count else (str(cited),))


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(konkyo, [str(argument) for argument in arguments])


@pytest.mark.parametrize("text", [JAPANESE, ENGLISH])
def test_the_command_prints_a_line_a_reference_and_asks_nobody(text: str, tmp_path: Path) -> None:
    file = tmp_path / "article.md"
    file.write_text(text, encoding="utf-8")
    done = call("references", file, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [
        (row["number"], row["pmid"] or row["doi"] or row["pmcid"] or "", row["sentences"]) for row in rows
    ] == [(number, named, said) for number, named, said in cite(text)]
    assert {row["identity"] for row in rows} == {"not_checked"}
    assert done.stderr == ""


def test_marks_that_point_at_nothing_are_told(tmp_path: Path) -> None:
    file = tmp_path / "article.md"
    file.write_text(ENGLISH.replace("[3-1]", "[3,9]"), encoding="utf-8")
    assert "Marks that point at no reference: 9." in call("references", file).stderr


RETRACTED = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Sample</RefSource>'
    "</CommentsCorrections></CommentsCorrectionsList>"
)
PAPERS = [
    sample_article("9000000201", "Zinc and taste."),
    sample_article("9000000202", "Iron eases the fatigue of women.", inside=RETRACTED),
    sample_article("9000000203", "Swimming builds the strength of mice."),
]
MANUSCRIPT = """# Zinc and taste

Zinc preserves taste [1]. Iron eases fatigue [2]. Vitamin D prevents fractures [3].
Copper prevents anaemia [4].

## References

1. Sample A. Zinc and taste. J Sample. 2020;1:2-3. PMID: 9000000201
2. Smith J. Iron eases the fatigue of women. J Sample. 2020;1:2-3.
3. Jones K. Vitamin D prevents fractures. J Sample. 2020;2:3-4. PMID: 9000000203
4. Poe E. Copper prevents anaemia. J Sample. 2020;3:4-5. PMID: 9000000999
"""


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[EntrezServer], Result]:
    """What the command says of the manuscript when this server is PubMed."""
    file = tmp_path / "article.md"
    file.write_text(MANUSCRIPT, encoding="utf-8")
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NCBI_EMAIL", "sample@example.org")
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)
    make_database(tmp_path / "home" / "konkyo.db")

    def ask(server: EntrezServer) -> Result:
        monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
        return call("references", file, "--check", "--source", "pubmed")

    return ask


def test_on_request_the_retracted_the_mismatched_and_the_missing_paper_are_told(
    check: Callable[[EntrezServer], Result],
) -> None:
    with EntrezServer(PAPERS) as server:
        done = check(server)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [row["identity"] for row in rows] == ["same", "same", "other_paper", "no_record"]
    assert rows[1]["record"]["retraction"] == "retracted"
    assert rows[2]["record"]["title"] == "Swimming builds the strength of mice."
    assert [request.program for request in server.seen].count("efetch") == 1


def test_a_server_that_refuses_is_told_and_ends_the_command_with_1(
    check: Callable[[EntrezServer], Result],
) -> None:
    with EntrezServer(script=[Reply(b"<html>broken</html>", 400)] * 20) as server:
        done = check(server)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert {row["identity"] for row in rows} == {"lookup_failed"}
    assert all(row["failure"] for row in rows)

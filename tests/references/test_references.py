"""Marks, reference lists, and which sentence has which reference."""

from __future__ import annotations

import pytest

from claims.articles import parse_article
from claims.extraction.extractor import extract_claims
from claims.records.article import BlockKind
from claims.records.claim import DropReason
from claims.references import (
    Citing,
    find_markers,
    is_reference,
    name_paper,
    read_references,
    strip_markers,
)

# A sentence with its marks → the labels they name, and the sentence without them.
MARKED = [
    ("Vitamin K prevents fractures.[2,4-6]", ["2", "4", "5", "6"], "Vitamin K prevents fractures."),
    ("Vitamin K prevents fractures [3].", ["3"], "Vitamin K prevents fractures."),
    ("Vitamin K prevents fractures.12", ["12"], "Vitamin K prevents fractures."),
    (
        "It halves hip pain (Sample et al., 2019; Doe 2020a).",
        ["Sample et al., 2019", "Doe 2020a"],
        "It halves hip pain.",
    ),
    ("It eases hip pain[^knee].", ["knee"], "It eases hip pain."),
    ("It eases hip pain (PMID: 900000012).", ["PMID: 900000012"], "It eases hip pain."),
    ("It eases hip pain (doi:10.5555/hip.2020.7).", ["doi:10.5555/hip.2020.7"], "It eases hip pain."),
    ("鉄は疲れを減らします1)。", ["1"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします※2。", ["2"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします¹,²。", ["1", "2"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします［３］。", ["3"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします（文献4）。", ["4"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします（見本ら、2018）。", ["見本ら、2018"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします（山﨑ら, 2018）。", ["山﨑ら, 2018"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします（𠮷田・見本 2018）。", ["𠮷田・見本 2018"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします（見本と試験, 2018）。", ["見本と試験, 2018"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします1）2）。", ["1", "2"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします1),3)。", ["1", "3"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします1)〜3)。", ["1", "2", "3"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします注1)。", ["1"], "鉄は疲れを減らします。"),
    ("鉄は疲れを減らします ※3。", ["3"], "鉄は疲れを減らします。"),
    ("It eases hip pain 1).", ["1"], "It eases hip pain."),
    ("It eases hip pain [1; 2].", ["1", "2"], "It eases hip pain."),
    ("It eases hip pain [1, 2, and 4].", ["1", "2", "4"], "It eases hip pain."),
    ("It eases hip pain.¹⁻³", ["1", "2", "3"], "It eases hip pain."),
    ("It eases hip pain (Sample, Roe, & Doe, 2020).", ["Sample, Roe, & Doe, 2020"], "It eases hip pain."),
    ("It eases hip pain (see van der Doe 2020).", ["see van der Doe 2020"], "It eases hip pain."),
    ("It eases hip pain (PMCID: PMC1234567).", ["PMCID: PMC1234567"], "It eases hip pain."),
    (
        "It eases hip pain (PMID: 900000012; PMID: 900000013).",
        ["PMID: 900000012", "PMID: 900000013"],
        "It eases hip pain.",
    ),
    (
        "It eases hip pain (Doe 2019, PMID 900000012).",
        ["Doe 2019", "PMID 900000012"],
        "It eases hip pain.",
    ),
    ("It eases hip pain (doi:10.5555/a(12)34-5).", ["doi:10.5555/a(12)34-5"], "It eases hip pain."),
]
UNMARKED = [
    "細胞は10⁶個、面積は3cm²です。",
    "体重が5kg減り（2020年）、血圧も下がりました。",
    "※3歳未満には使えません。",
    "A dose of 2.5 mg lowers pain.",
    "It helps adults (aged 20).",
    "It binds Ca²⁺ in cells.",
    "痛みは減りました（表3）。",
    "濃度は10⁻⁶です。",
    "It worked (see the table 3).",
    "服用します ※1日3回。",
]


@pytest.mark.parametrize(("sentence", "labels", "bare"), MARKED)
def test_marks_name_references_and_are_no_part_of_what_is_said(
    sentence: str, labels: list[str], bare: str
) -> None:
    assert [label for marker in find_markers(sentence) for label in marker.labels] == labels
    assert strip_markers(sentence) == bare


@pytest.mark.parametrize("sentence", UNMARKED)
def test_figures_powers_and_remarks_are_no_marks(sentence: str) -> None:
    assert strip_markers(sentence) == sentence


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Zinc keeps taste.[1,2] Iron eases fatigue.", ["Zinc keeps taste.[1,2]", "Iron eases fatigue."]),
        ("Zinc keeps taste. [1] Iron eases fatigue.", ["Zinc keeps taste. [1]", "Iron eases fatigue."]),
        ("Zinc keeps taste.3 Iron eases fatigue.", ["Zinc keeps taste.3", "Iron eases fatigue."]),
        ("Zinc keeps taste.Iron eases fatigue.", ["Zinc keeps taste.", "Iron eases fatigue."]),
        ("Zinc keeps taste.¹ Iron eases fatigue.", ["Zinc keeps taste.¹", "Iron eases fatigue."]),
        ("Zinc keeps taste.[^a] Iron eases fatigue.", ["Zinc keeps taste.[^a]", "Iron eases fatigue."]),
        (
            "亜鉛は味覚を保ちます。[1]鉄は疲れを減らします。",
            ["亜鉛は味覚を保ちます。[1]", "鉄は疲れを減らします。"],
        ),
        (
            "亜鉛は味覚を保ちます。※1鉄は疲れを減らします。",
            ["亜鉛は味覚を保ちます。※1", "鉄は疲れを減らします。"],
        ),
        (
            "Take 2.5 mg of zinc, e.g.Zincate. It eases colds.",
            ["Take 2.5 mg of zinc, e.g.Zincate.", "It eases colds."],
        ),
    ],
)
def test_a_mark_neither_glues_nor_cuts_sentences(text: str, sentences: list[str]) -> None:
    extraction = extract_claims(parse_article(text))
    units = [(unit.start, unit.text) for unit in extraction.claims]
    units += [(unit.start, unit.text) for unit in extraction.dropped]
    assert [text for _, text in sorted(units)] == sentences


def test_a_claim_keeps_its_references_and_they_are_no_claims() -> None:
    article = parse_article(
        "股関節の話\n\n歩行は股関節の痛みを減らします1,3)。水泳は筋力を保ちます2)。\n\n参考文献\n"
        "1) 見本太郎ほか：股関節の痛みに対する歩行の効果. 見本学会誌 12: 3-9, 2018.\n"
        "2) Sample A, Doe B. Swimming improves strength. J Sample 2019; 4: 1-8. doi:10.5555/swim.4\n"
        "3. Doe B et al. Walking reduces hip pain: a review. PMID: 900000031. 2021.\n"
    )
    extraction = extract_claims(article)
    cited = [
        [entry.label for entry in Citing(article).find(claim.start, claim.end)] for claim in extraction.claims
    ]
    assert cited == [["1", "3"], ["2"]]
    assert [unit.reason for unit in extraction.dropped[2:]] == [DropReason.REFERENCE] * 3
    told = [(entry.label, entry.year, entry.pmid, entry.doi) for entry in read_references(article)]
    assert told == [
        ("1", "2018", "", ""),
        ("2", "2019", "", "10.5555/swim.4"),
        ("3", "2021", "900000031", ""),
    ]


def test_an_author_and_year_point_at_the_entry_that_holds_both() -> None:
    article = parse_article(
        "# Hips\n\nWalking reduces hip pain (Sample 2018).\n\n## References\n\n"
        'Doe, B. (2018). "Walking and hips." Journal of Samples.\n\n'
        'Sample, A. (2018). "Walking reduces pain." Journal of Samples.\n'
    )
    (claim,) = extract_claims(article).claims
    (entry,) = Citing(article).find(claim.start, claim.end)
    assert article.text[entry.start : entry.end].startswith("Sample, A.")


def test_a_footnote_of_markdown_is_the_reference_of_its_mark() -> None:
    article = parse_article(
        "# Hips\n\nWalking reduces hip pain.[^w]\n\n[^w]: Sample A, et al. Walking. J Sample 2018; 3: 4-9.\n"
    )
    (claim,) = extract_claims(article).claims
    assert [entry.label for entry in Citing(article).find(claim.start, claim.end)] == ["w"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Walking reduces hip pain (Sample et al., 2020). See https://clinic.example for a plan.",
        "Walking reduces hip pain (Sample et al., 2019; doi:10.5555/walk.1).",
        "A 2020 study by Sample et al. showed that walking reduces hip pain (https://doi.org/10.5555/walk.1).",
        "Sample et al. (2020) showed that walking reduces hip pain (doi:10.5555/walk.2).",
        "- Walking reduces hip pain (Sample et al., 2020).",
        "- In a 2019 trial, walking reduced hip pain (PMID: 900000031).",
        "見本らの報告では、歩行が股関節の痛みを改善した（見本ほか, 2019、doi:10.5555/walk.3）。",
        "2019年の報告（J Sample 46: 3-9）によれば、歩行は股関節の痛みを減らす。https://example.org/walk",
    ],
)
def test_a_sentence_that_cites_by_name_and_address_is_no_entry(sentence: str) -> None:
    article = parse_article(f"# Hips\n\n{sentence}\n")
    assert [block.kind for block in article.blocks if block.kind is BlockKind.REFERENCE] == []


def test_an_author_of_rare_kanji_or_behind_a_particle_points_at_the_entry() -> None:
    article = parse_article(
        "# 股関節\n\n歩行は痛みを減らします（𠮷田・見本 2018）。"
        "水泳は痛みを減らします（see van der Doe 2020）。\n\n"
        "## 参考文献\n\n1) 吉田一郎. 股関節. 見本雑誌 2018; 1: 2-3.\n"
        "2) 𠮷田四郎, 見本三郎. 歩行. 見本雑誌 2018; 3: 4-5.\n"
        "3) van der Doe B. Swimming. J Sample. 2020;1:2-3.\n"
    )
    claims = extract_claims(article).claims
    assert [[entry.label for entry in Citing(article).find(one.start, one.end)] for one in claims] == [
        ["2"],
        ["3"],
    ]


def test_a_list_of_two_numberings_loses_no_entry_however_little_it_says() -> None:
    article = parse_article(
        "# 亜鉛\n\n亜鉛は味覚を改善する[1]。銅は疲労を和らげる[2]。鉄は貧血を改善する[3]。\n\n## 参考文献\n\n"
        "1. Roe A. Zinc restores taste. J Sample. 2019;4:1-8. doi:10.5555/a1\n"
        "[2] 見本太郎. 銅の本. 見本出版.\n"
        "3) Doe B. Iron and blood. Sample Press; 2015.\n"
        "Muster C. A handbook. Sample Press; 2016.\n\n"
        "すべてのリンクは2025年に確認しました。\n"
    )
    entries = read_references(article)
    assert [(entry.label, entry.doi) for entry in entries] == [
        ("1", "10.5555/a1"),
        ("2", ""),
        ("3", ""),
        ("", ""),
    ]
    assert name_paper(entries[1], article.text).words == "見本太郎. 銅の本. 見本出版."
    cited = [
        [entry.label for entry in Citing(article).find(claim.start, claim.end)]
        for claim in extract_claims(article).claims
    ]
    assert cited == [["1"], ["2"], ["3"]]


@pytest.mark.parametrize(
    "line",
    [
        "In 2019, 12 of 30 patients improved.",
        "1. 2020年に12人で調べました。",
        "3) 2021年の調査では、痛みが3割減りました。",
        "The J-curve of 2018 showed a ratio of 3:1.",
    ],
)
def test_a_sentence_with_a_year_is_no_reference(line: str) -> None:
    assert not is_reference(line)

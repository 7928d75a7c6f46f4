"""References outside PubMed keep their titles whole, and those in Japanese are compared or told not to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.citation import Citation
from claims.records.reference import Detail, Identity, NamedPaper
from claims.references.documents import read_document
from claims.references.fields import find_title
from claims.references.identity import check_identity
from tests.factories import make_citation

RECORD = replace(
    make_citation(1),
    title="[Zinc and the sense of taste].",
    vernacular_title="亜鉛と味覚に関する見本の研究",
    volume="12",
    pages="345-50",
    published="2019 Mar",
)
UNTITLED = replace(RECORD, vernacular_title="")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("", "Clinical guideline for alopecia. Revised edition. 2017"),
        ("Roe A, Doe B.", "Zinc: a handbook. 2nd ed. Sample Press"),
        ("World Health Organization.", "Salt intake approx. doubled. Geneva"),
        ("", "男性型脱毛症診療ガイドライン. 2017年版. 見本学会"),
        ("見本学会.", "診療ガイドライン. 改訂第2版"),
        ("田中一郎, 佐藤花子.", "見本の本. 第2版"),
        ("厚生労働省。", "医療広告の見本。2018年"),
    ],
)
def test_a_title_is_cut_at_no_full_stop_of_its_own(body: str, title: str) -> None:
    told = read_document(NamedPaper(f"{body} {title}.".strip()))
    assert (told.body.rstrip("."), told.title) == (body.rstrip(".。"), title)


def test_an_abbreviation_ends_no_title_that_is_searched_for() -> None:
    assert find_title("Roe A. Zinc vs. copper for taste. J Sample. 2019;4:1.") == "Zinc vs. copper for taste"
    assert find_title("Roe A. Zinc restores taste. eLife. 2019;4:1.") == "Zinc restores taste"


@pytest.mark.parametrize(
    ("words", "record", "identity", "differs"),
    [
        ("田中一郎. 亜鉛と味覚に関する見本の研究. 見本誌", RECORD, Identity.SAME, ()),
        ("田中一郎. 育毛剤の長期使用. 見本誌", RECORD, Identity.OTHER_PAPER, (Detail.TITLE,)),
        ("田中一郎. 亜鉛と味覚に関する症例. 見本誌", RECORD, Identity.DIFFERS, (Detail.TITLE,)),
        ("田中一郎. 育毛剤の長期使用. 見本誌", UNTITLED, Identity.DIFFERS, (Detail.NOT_COMPARED,)),
        ("田中一郎. 見本の研究. 見本誌 12巻 345頁", UNTITLED, Identity.SAME, ()),
        ("田中一郎. 見本の研究. 見本誌 13巻 345頁", UNTITLED, Identity.DIFFERS, (Detail.NOT_COMPARED,)),
        ("田中一郎. 見本の研究. 見本誌 2019", UNTITLED, Identity.SAME, ()),
        ("田中一郎. 見本の研究. 見本誌 2011", UNTITLED, Identity.DIFFERS, (Detail.YEAR,)),
        ("PMID: 9000000001", UNTITLED, Identity.SAME, ()),
    ],
)
def test_a_japanese_reference_is_compared_by_what_it_names(
    words: str, record: Citation, identity: Identity, differs: tuple[Detail, ...]
) -> None:
    check = check_identity(words, record)
    assert (check.identity, check.differs) == (identity, differs)

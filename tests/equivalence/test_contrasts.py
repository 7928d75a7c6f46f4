"""Attributes of one class tell claims apart, and claims that name the same value are not told apart."""

from __future__ import annotations

import re

import pytest

from claims.equivalence.contrasts import COLUMNS, find_contrasts, part_contrasts
from claims.equivalence.meanings import TABLES
from claims.records.article import Language
from claims.text.tables import read_rows


def part(one: str, other: str) -> set[str]:
    language = Language.EN if one.isascii() else Language.JA
    return set(part_contrasts(find_contrasts(one, language), find_contrasts(other, language)))


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("色白の人の肝斑", "肌の色が濃い人の肝斑", "population"),
        ("帝王切開の後", "経腟分娩の後", "population"),
        ("早期の胃がん", "進行した胃がん", "population"),
        ("閉経前の女性", "閉経後の女性", "population"),
        ("重症の花粉症", "花粉症", "population"),
        ("単独で使う", "併用する", "scope"),
        ("食前に飲む", "食後に飲む", "scope"),
        ("低用量で足りる", "高用量で足りる", "dose"),
        ("短期の使用", "長期の使用", "duration"),
        ("かゆみを和らげる", "かゆみを予防する", "purpose"),
        ("収縮期の値", "拡張期の値", "outcome"),
        ("smokers", "never-smokers", "population"),
        ("autologous fat", "donor fat", "substance"),
        ("acute back pain", "chronic back pain", "population"),
        ("milk teeth", "permanent teeth", "scope"),
        ("wet amd", "dry amd", "population"),
        ("滲出型の加齢黄斑変性", "萎縮型の加齢黄斑変性", "population"),
        ("open-angle glaucoma", "narrow-angle glaucoma", "population"),
        ("開放隅角緑内障", "閉塞隅角緑内障", "population"),
        ("脳梗塞の再発", "脳出血の再発", "population"),
        ("small-cell lung cancer", "non-small-cell lung cancer", "population"),
        ("腹圧性尿失禁", "切迫性尿失禁", "population"),
    ],
)
def test_another_value_of_a_class_is_a_difference(one: str, other: str, differs: str) -> None:
    assert part(one, other) == part(other, one) == {differs}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("夜、寝る前に飲む", "就寝前に飲む"),
        ("産後の授乳中", "母乳で育てている"),
        ("術後の痛み", "手術の後の痛み"),
        ("不飽和脂肪酸", "不飽和脂肪酸を含む油"),
        ("long-lasting insomnia", "chronic insomnia"),
        ("electric toothbrush", "powered brush"),
        ("smoking", "smokers"),
        ("wet macular degeneration", "neovascular amd"),
        ("非小細胞肺がん", "非小細胞肺癌"),
    ],
)
def test_one_value_in_other_words_is_none(one: str, other: str) -> None:
    assert part(one, other) == set()


@pytest.mark.parametrize("language", Language)
def test_each_row_stands_once_and_each_value_is_of_one_kind(language: Language) -> None:
    rows = [tuple(row.values()) for row in read_rows(TABLES / f"contrasts_{language.value}.tsv", COLUMNS)]
    assert len(set(rows)) == len(rows)
    assert {row[2] for row in rows} == {"yes", "no"}
    kinds: dict[str, set[str]] = {}
    lone: dict[tuple[str, str], set[str]] = {}
    values: dict[str, set[str]] = {}
    for differs, name, counts, value, pattern in rows:
        kinds.setdefault(name, set()).add(differs)
        lone.setdefault((name, value), set()).add(counts)
        values.setdefault(name, set()).add(value)
        assert re.compile(pattern).fullmatch("") is None
    assert [name for name, told in kinds.items() if len(told) > 1] == []
    assert [value for value, told in lone.items() if len(told) > 1] == []
    without_a_contrast = {name for name, told in values.items() if len(told) == 1}
    assert without_a_contrast <= {name for (name, _), told in lone.items() if told == {"yes"}}

"""Pages whose labels stand beside them by text: found again in the canonical text, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from claims.records.claim import ClaimType
from claims.text.tables import read_rows
from training.labelled_pages import LABELS, list_pages, read_pages, read_table
from training.page_labels import write_labels

ROOT = Path(__file__).resolve().parents[2]

PAGE = "# Hips\n\nWalking **reduces** hip pain.\n\nBook today.\n\nWalking reduces hip pain.\n"
ROWS = [
    {"text": "Walking reduces hip pain.", "label": "claim", "type": "efficacy", "type_alt": ["mechanism"]},
    {"text": "Book today.", "label": "not_claim", "type": "none"},
    {"text": "Walking reduces hip pain.", "label": "optional", "type": "efficacy"},
    {"text": "This sentence is not there.", "label": "claim", "type": "safety"},
]


def test_labels_are_found_again_by_their_letters(tmp_path: Path) -> None:
    (tmp_path / "hips.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "hips.gold.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    (page,) = list_pages(tmp_path)
    assert [(row.text, row.optional) for row in page.gold] == [
        ("Walking **reduces** hip pain.", False),
        ("Walking reduces hip pain.", True),
    ]
    assert page.gold[0].types == (ClaimType.EFFICACY, ClaimType.MECHANISM)
    assert page.gold[1].start > page.gold[0].end


def write_page(folder: Path, page: str = PAGE) -> None:
    (folder / "hips.md").write_text(page, encoding="utf-8")
    (folder / "hips.gold.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")


def test_labels_by_place_and_digest_say_the_same_as_those_by_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(tmp_path)
    (by_text,) = read_pages(tmp_path)
    tables = tmp_path / "labels"
    tables.mkdir()
    (table,) = write_labels(tmp_path, tables)
    assert "pain" not in table.read_text(encoding="utf-8")
    (tmp_path / "hips.gold.jsonl").unlink()
    monkeypatch.setattr("training.labelled_pages.LABELS", tables)
    (by_digest,) = read_pages(tmp_path)
    assert by_digest == by_text
    assert (by_digest.rows, by_digest.lost) == (4, 1)


@pytest.mark.parametrize(
    "laid_out",
    [
        f"# A new head\n\n{PAGE}",
        f"# {'A long new head ' * 6}\n\n{PAGE}",
        PAGE.replace("**", "").replace("\n\n", "\n\n\n"),
    ],
)
def test_a_page_that_is_laid_out_in_another_way_loses_no_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laid_out: str
) -> None:
    write_page(tmp_path)
    tables = tmp_path / "labels"
    tables.mkdir()
    write_labels(tmp_path, tables)
    (tmp_path / "hips.gold.jsonl").unlink()
    monkeypatch.setattr("training.labelled_pages.LABELS", tables)
    (tmp_path / "hips.md").write_text(laid_out, encoding="utf-8")
    (page,) = read_pages(tmp_path)
    assert page.lost == 1
    words = [row.text.replace("**", "") for row in page.labelled.gold]
    assert words == ["Walking reduces hip pain."] * 2
    assert page.labelled.gold[0].start < page.labelled.gold[1].start


def test_every_table_of_labels_says_where_its_page_comes_from() -> None:
    told = {row["name"]: row["part"] for row in read_rows(LABELS / "pages.tsv")}
    tables = {path.stem for path in LABELS.glob("*.tsv")} - {"pages"}
    assert tables == set(told)
    assert set(told.values()) == {"fit", "held"}
    assert all(row.letters for name in tables for row in read_table(LABELS / f"{name}.tsv"))


def test_the_benchmark_scores_a_folder_of_pages_and_counts_what_it_does_not_find(tmp_path: Path) -> None:
    write_page(tmp_path)
    printed = subprocess.run(
        [sys.executable, "-m", "benchmarks.extraction", "--pages", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    assert "hips" in printed
    assert "1 of 4 labels not found" in printed
    assert "en not fitted: 1 pages" in printed

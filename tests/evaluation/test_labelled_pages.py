"""Pages whose labels stand beside them by text: found again in the canonical text, in order."""

from __future__ import annotations

import json
from pathlib import Path

from claims.records.claim import ClaimType
from training.labelled_pages import list_pages

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

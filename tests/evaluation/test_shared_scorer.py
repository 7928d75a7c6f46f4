"""Our scoring says the same as the scorer that lies beside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from claims.extraction import extract_claims
from tests.evaluation.shared_scorer import list_gold_rows, list_predicted_rows, write_rows
from tests.evidence.shared_data import shared_folder
from training.claim_scoring import score_claims
from training.labelled_articles import list_labelled


def test_our_figures_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    scorer = shared_folder("").parent / "tools" / "score_claims.py"
    if not scorer.exists():
        pytest.skip(f"put the shared scorer at {scorer} to run this test")
    corpus = list_labelled()
    for labelled in corpus:
        write_rows(tmp_path / f"{labelled.name}.gold.jsonl", list_gold_rows(labelled))
        claims = extract_claims(labelled.article).claims
        write_rows(tmp_path / f"{labelled.name}.jsonl", list_predicted_rows(claims))
    command = [sys.executable, str(scorer), "--json", str(tmp_path), str(tmp_path)]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for labelled in corpus:
        ours = score_claims(labelled.gold, extract_claims(labelled.article).claims)
        told = theirs[labelled.name]
        assert (ours.claims, ours.found, ours.full, ours.tight) == (
            told["claims"],
            told["hit"],
            told["full"],
            told["tight"],
        ), labelled.name
        assert ours.strict_f1 == pytest.approx(told["f1_strict"])


def test_every_unit_is_a_gold_row_or_none_of_it() -> None:
    labelled = list_labelled()[0]
    labels = {row["label"] for row in list_gold_rows(labelled)}
    assert labels >= {"claim", "not_claim"}
    assert all(row["text"] for row in list_predicted_rows(extract_claims(labelled.article).claims))

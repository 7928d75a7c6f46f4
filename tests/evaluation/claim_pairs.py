"""Labelled pairs of claims: same, near or different, and what differs.

``set`` says whether a pair was looked at while the tables and weights of ``claims/equivalence`` were made, or
set aside before that and only ever scored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claims.equivalence.comparison import Likeness, Verdict, compare_claims
from claims.equivalence.signature import Signature, read_signature
from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language

PAIRS = Path(__file__).with_name("claim_pairs.jsonl")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """An earlier claim and a new one, each with its context, and what they are to each other."""

    id: str
    set: str
    language: Language
    label: Likeness
    differs: tuple[str, ...]
    claims: tuple[str, str]
    contexts: tuple[str, str]


def read_pairs(file: Path = PAIRS) -> list[LabelledPair]:
    """The pairs in the order of the file."""
    return [_parse(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line]


def _parse(row: Mapping[str, str]) -> LabelledPair:
    return LabelledPair(
        row["id"],
        row.get("set", ""),
        Language(row["language"]),
        Likeness(row["label"]),
        tuple(row.get("differs", ())),
        (row["a"], row["b"]),
        (row.get("a_context", ""), row.get("b_context", "")),
    )


def read_both(pair: LabelledPair) -> tuple[Signature, Signature]:
    """The signatures of both claims."""
    lexicon = load_lexicon()
    one, other = (
        read_signature(claim, context, pair.language, lexicon)
        for claim, context in zip(pair.claims, pair.contexts, strict=True)
    )
    return one, other


def judge(pair: LabelledPair) -> Verdict:
    """What the program says of the pair."""
    return compare_claims(*read_both(pair))

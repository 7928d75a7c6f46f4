"""What each sign weighs: for a unit being a claim, and for each type; fitted, and readable beside this file.

``signs.tsv`` is written by people: a sign, its reason for dropping, and what it is expected to weigh.
``weights_ja.tsv`` and ``weights_en.tsv`` are what the labelled articles made of these expectations
(``python -m training.extraction``). A sign that was never fitted weighs what is expected of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

from claims.extraction.cues import TABLES
from claims.records.article import Language
from claims.records.claim import ClaimType, DropReason
from claims.text.tables import read_rows

KINDS = tuple(ClaimType)


@dataclass(frozen=True, slots=True)
class SignWeights:
    """The weights of one language's signs. A unit whose signs weigh about 0 or more in sum is a claim.

    The weights of ``types`` stand in the order of ``KINDS``.
    """

    claim: Mapping[str, float]
    types: Mapping[str, Sequence[float]]
    reasons: Mapping[str, DropReason]

    def weigh(self, signs: Iterable[str]) -> float:
        """What the signs weigh together, the same in whatever order they come (``fsum`` rounds once)."""
        return fsum(self.claim.get(sign, 0.0) for sign in signs)

    def find_reason(self, signs: Iterable[str]) -> DropReason:
        """The reason of the sign that weighs most against the unit."""
        heavy = [(self.claim.get(sign, 0.0), sign) for sign in signs if sign in self.reasons]
        weight, sign = min(heavy, default=(0.0, ""))
        return self.reasons[sign] if weight < 0 else DropReason.NOTHING_CHECKABLE

    def find_type(self, signs: Iterable[str]) -> ClaimType:
        """The type that the signs speak for most."""
        rows = [self.types[sign] for sign in sorted(signs) if sign in self.types]
        sums = [sum(column) for column in zip(*rows, strict=True)]
        return KINDS[sums.index(max(sums))] if sums else ClaimType.MECHANISM


@cache
def load_sign_weights(language: Language) -> SignWeights:
    """The fitted weights of a language over what was expected."""
    expected = load_expected()
    path = TABLES / f"weights_{language.value}.tsv"
    rows = {row["sign"]: row for row in read_rows(path)} if path.exists() else {}
    claim = {**expected.claim, **{sign: float(row["claim"]) for sign, row in rows.items()}}
    fitted = {sign: tuple(float(row.get(kind) or 0) for kind in KINDS) for sign, row in rows.items()}
    return SignWeights(claim, {**expected.types, **fitted}, expected.reasons)


@cache
def load_expected() -> SignWeights:
    """What people expect of the signs, before any fit."""
    rows = list(read_rows(TABLES / "signs.tsv"))
    return SignWeights(
        {row["sign"]: float(row["prior"]) for row in rows},
        {row["sign"]: _read_types(row["types"]) for row in rows},
        {row["sign"]: DropReason(row["reason"]) for row in rows if row["reason"]},
    )


def _read_types(cell: str) -> tuple[float, ...]:
    told = dict(pair.split(":") for pair in cell.split("|") if pair)
    return tuple(float(told.get(kind.value, 0)) for kind in KINDS)

"""What one query brought for many claims, put under each claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Record = TypeVar("_Record")


def group_by_claim(
    claim_ids: Iterable[int], found: Iterable[tuple[int, _Record]]
) -> dict[int, tuple[_Record, ...]]:
    """The records of each claim in the order they came; every claim asked for is there.

    >>> group_by_claim([1, 2], [(1, "a"), (1, "b")])
    {1: ('a', 'b'), 2: ()}
    """
    gathered: dict[int, list[_Record]] = {claim_id: [] for claim_id in claim_ids}
    for claim_id, record in found:
        gathered[claim_id].append(record)
    return {claim_id: tuple(records) for claim_id, records in gathered.items()}

"""A sentence that an editor approved for reuse, with the claim and the papers that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from claims.records.citation import Pmid


@dataclass(frozen=True, slots=True)
class StandardWording:
    """The sentence ``words`` under its ``number``, until it is withdrawn with a ``reason``.

    ``claim_id`` is the claim that was settled as supported, ``pmids`` are the papers that carried it.
    """

    number: int
    claim_id: int
    words: str
    pmids: tuple[Pmid, ...]
    approved_by: str
    approved_at: datetime
    reason: str = ""
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it may be used."""
        return self.withdrawn_at is None

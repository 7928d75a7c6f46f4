"""A rationale: sentences of one citation, exact and verified, and the machine's reading of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.records.citation import Pmid


class Stance(StrEnum):
    """How a citation bears on a claim: the machine's suggestion, which abstains rather than guess."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NOT_ENOUGH_INFO = "not_enough_info"


@dataclass(frozen=True, slots=True)
class Rationale:
    """A sentence of a stored abstract: ``abstract_text[start:end] == text`` of the record ``pmid``."""

    pmid: Pmid
    text: str
    start: int
    end: int

    def stands_in(self, abstract_text: str) -> bool:
        """Whether the span of this abstract is exactly the sentence, sign for sign; an empty one never is.

        >>> Rationale(Pmid("9000000001"), "p < 0.05", 0, 8).stands_in("p > 0.05")
        False
        """
        return bool(self.text) and abstract_text[self.start : self.end] == self.text


@dataclass(frozen=True, slots=True)
class SuggestedStance:
    """The machine's stance with its confidence (0–1) and the version of the rules that made it."""

    stance: Stance
    confidence: float
    made_by: str

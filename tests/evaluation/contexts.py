"""How many pointers and left-out subjects the stand-alone wordings name, on cases that people resolved."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.extraction.context import complete_wording
from claims.extraction.units import list_units
from claims.text.tables import read_rows
from training.labelled_articles import list_labelled

CASES = Path(__file__).parent / "contexts.tsv"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim and what its wording must name, one of those between ``|``.

    ``read_as`` is what the claim was read as, "" where no unit has its words.
    """

    article: str
    claim: str
    stands_for: str
    read_as: str

    @property
    def named(self) -> bool:
        return any(fold(name) in fold(self.read_as) for name in self.stands_for.split("|"))


def list_cases() -> Iterator[Case]:
    """Each case with the wording that its unit gets, whether it was taken as a claim or not."""
    corpus = {labelled.name: labelled.article for labelled in list_labelled()}
    wordings = {
        name: {
            fold(unit.text): complete_wording(unit, article.language, article.title)[0]
            for unit in list_units(article)
        }
        for name, article in corpus.items()
    }
    for row in read_rows(CASES):
        read_as = _find_wording(wordings.get(row["article"], {}), fold(row["claim"]))
        yield Case(row["article"], row["claim"], row["stands_for"], read_as)


def _find_wording(wordings: dict[str, str], claim: str) -> str:
    return next((read_as for text, read_as in wordings.items() if claim in text or text in claim), "")


def fold(text: str) -> str:
    """The text as the comparison sees it: compatible forms, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())

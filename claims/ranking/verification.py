"""Whether a rationale still is what the stored abstract says, character by character."""

from __future__ import annotations

from claims.records.citation import Citation
from claims.records.rationale import Rationale


def verify_rationale(rationale: Rationale, citation: Citation) -> bool:
    """Whether the rationale is of this record and its span holds exactly its text.

    Nothing is normalised: ``p < 0.05`` is not ``p > 0.05``, and a moved sentence is not verified.

    >>> from claims.records.citation import AbstractSection, Pmid
    >>> told = (AbstractSection("It grew (p < 0.05)."),)
    >>> paper = Citation(Pmid("9000000001"), "SAMPLE", abstract=told)
    >>> verify_rationale(Rationale(paper.pmid, "It grew (p < 0.05).", 0, 19), paper)
    True
    >>> verify_rationale(Rationale(paper.pmid, "It grew (p > 0.05).", 0, 19), paper)
    False
    """
    return (
        rationale.pmid == citation.pmid
        and 0 <= rationale.start < rationale.end
        and citation.abstract_text[rationale.start : rationale.end] == rationale.text
    )

"""The words for the permanent codes, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records.assessment import SupportGrade
from reviewer.i18n import mark, translator

GRADE_LABELS: Mapping[SupportGrade, str] = {
    SupportGrade.SUPPORTED: mark("Supported"),
    SupportGrade.PARTIALLY_SUPPORTED: mark("Partially supported"),
    SupportGrade.OVERSTATED: mark("Overstated"),
    SupportGrade.UNSUPPORTED: mark("Unsupported"),
    SupportGrade.CONTRADICTED: mark("Contradicted"),
    SupportGrade.CANNOT_JUDGE: mark("Cannot judge"),
    SupportGrade.NOT_CHECKABLE: mark("Not checkable"),
}


def grade_label(grade: SupportGrade, locale: str) -> str:
    """The grade's words in ``locale``."""
    return translator(locale)(GRADE_LABELS[grade])

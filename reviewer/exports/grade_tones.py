"""The colours of the support grades, alike in every file; the words stand beside them."""

from __future__ import annotations

from claims.records.assessment import SupportGrade
from reviewer.exports.documents.model import Tone

GRADE_TONES = {
    SupportGrade.SUPPORTED: Tone.GOOD,
    SupportGrade.PARTIALLY_SUPPORTED: Tone.FAIR,
    SupportGrade.OVERSTATED: Tone.CAUTION,
    SupportGrade.UNSUPPORTED: Tone.POOR,
    SupportGrade.CONTRADICTED: Tone.BAD,
    SupportGrade.CANNOT_JUDGE: Tone.NEUTRAL,
    SupportGrade.NOT_CHECKABLE: Tone.NEUTRAL,
}
_BY_CELL = {
    grade.value if grade.step is None else str(grade.step): tone for grade, tone in GRADE_TONES.items()
}


def find_tone(support_grade: str) -> Tone:
    """The colour of a grade as the column ``support_grade`` writes it; of no grade, none.

    >>> find_tone("0"), find_tone("")
    (<Tone.BAD: 'bad'>, <Tone.PLAIN: 'plain'>)
    """
    return _BY_CELL.get(support_grade, Tone.PLAIN)

"""The keys of the room: what each judges or grades, and the button whose place it takes."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records.assessment import CitationJudgement, SupportGrade

JUDGEMENT_KEYS: Mapping[str, CitationJudgement] = {
    "s": CitationJudgement.SUPPORTING,
    "p": CitationJudgement.PARTLY,
    "x": CitationJudgement.REFUTING,
    "n": CitationJudgement.NOT_RELEVANT,
}
GRADE_KEYS: Mapping[str, SupportGrade] = {
    "4": SupportGrade.SUPPORTED,
    "3": SupportGrade.PARTIALLY_SUPPORTED,
    "2": SupportGrade.OVERSTATED,
    "1": SupportGrade.UNSUPPORTED,
    "0": SupportGrade.CONTRADICTED,
    "9": SupportGrade.CANNOT_JUDGE,
    "8": SupportGrade.NOT_CHECKABLE,
}
KEYS_OF_CLAIM: Mapping[str, str] = {
    **{key: f"judge_{key}" for key in JUDGEMENT_KEYS},
    **{key: f"grade_{key}" for key in GRADE_KEYS},
    "r": "judge_rest",
    "t": "basis",
    "d": "citation_forth",
    "e": "citation_back",
    "y": "take_over",
    "b": "give_repeats",
    "u": "undo",
    "m": "to_comment",
    "f": "to_flag",
    "l": "to_search",
    "w": "to_edit",
    "a": "to_article",
    "g": "criteria",
    "h": "keys",
    "j": "way_j",
    "k": "way_k",
    "q": "to_queue",
}
# With the shift key held.
SHIFTED_KEYS_OF_CLAIM: Mapping[str, str] = {"j": "way_number"}
KEYS_OF_PAGE: Mapping[str, str] = {"j": "grade_next", "w": "by_hand", "h": "keys"}

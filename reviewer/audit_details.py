"""The details of the audit trail in words: what each is called, and its codes as the pages name them.

In the exports, and in the trail itself, they stay what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewer.i18n import Translate, mark
from reviewer.labels import (
    ANSWER_LABELS,
    BASIS_LABELS,
    CERTAINTY_OF_BODY_LABELS,
    FLAG_LABELS,
    GRADE_LABELS,
    JUDGEMENT_LABELS,
    LOST_GROUND_LABELS,
    RELATION_LABELS,
    ROLE_LABELS,
    RUNG_LABELS,
    STEP_LABELS,
    TYPE_LABELS,
)

SUBJECT_NAMES: Mapping[str, str] = {
    "claim": mark("Claim"),
    "version": mark("version"),
    "account": mark("account"),
    "article": mark("article"),
    "recheck": mark("recheck"),
    "citation": mark("citation"),
    "database": mark("database"),
}
DETAIL_NAMES: Mapping[str, str] = {
    "adjudicator": mark("adjudicator"),
    "after": mark("afterwards"),
    "answer": mark("answer"),
    "basis": mark("read"),
    "before": mark("before"),
    "body_certainty": mark("certainty (GRADE)"),
    "bytes": mark("bytes"),
    "cause": mark("cause"),
    "claims": mark("claims"),
    "comment": mark("comment"),
    "document": mark("document"),
    "dropped": mark("left out"),
    "due_on": mark("due"),
    "english": mark("in English"),
    "findings": mark("citations found"),
    "flag": mark("flag"),
    "former": mark("former claim"),
    "from": mark("from"),
    "grade": mark("grade"),
    "grade_of": mark("grade of"),
    "graders": mark("graded by"),
    "into": mark("into"),
    "judgement": mark("judgement"),
    "level": mark("level"),
    "name": mark("name"),
    "needed": mark("grades needed"),
    "number": mark("number"),
    "of": mark("of"),
    "on_topic": mark("on topic"),
    "opened": mark("what was sealed had been seen"),
    "passage": mark("passage"),
    "qualification": mark("qualification"),
    "query": mark("query"),
    "read_as": mark("read as"),
    "reason": mark("reason"),
    "reference": mark("reference"),
    "references": mark("references"),
    "relation": mark("compared with before"),
    "removed": mark("removed"),
    "reviewers": mark("reviewers"),
    "reworded": mark("reworded"),
    "role": mark("role"),
    "roles": mark("roles"),
    "rung": mark("search"),
    "same": mark("same paper"),
    "sealed": mark("suggestions hidden"),
    "settled": mark("settled"),
    "sign_ins": mark("sign-ins"),
    "source": mark("source"),
    "statement": mark("statement"),
    "step": mark("step"),
    "suggestion": mark("suggestion"),
    "taken_over_from": mark("taken over from"),
    "title": mark("title"),
    "to": mark("to"),
    "type": mark("type"),
    "unchanged": mark("unchanged"),
    "version": mark("version"),
    "words": mark("words"),
}
_YES_NO = {"True": mark("yes"), "False": mark("no")}
_CODES: Mapping[str, Mapping[Any, str]] = {
    "answer": ANSWER_LABELS,
    "basis": BASIS_LABELS,
    "body_certainty": CERTAINTY_OF_BODY_LABELS,
    "cause": LOST_GROUND_LABELS,
    "flag": FLAG_LABELS,
    "grade": GRADE_LABELS,
    "judgement": JUDGEMENT_LABELS,
    "opened": _YES_NO,
    "relation": RELATION_LABELS,
    "role": ROLE_LABELS,
    "roles": ROLE_LABELS,
    "rung": RUNG_LABELS,
    "sealed": _YES_NO,
    "settled": _YES_NO,
    "step": STEP_LABELS,
    "type": TYPE_LABELS,
}


def name_subject(subject: str, translate: Translate) -> tuple[str, str]:
    """What kind of record it is in words, "" where that has none, and the record's name in the trail.

    >>> name_subject("claim:7", str)
    ('Claim', 'claim:7')
    """
    return translate(SUBJECT_NAMES.get(subject.partition(":")[0], "")), subject


def describe_detail(name: str, value: str, translate: Translate) -> str:
    """The value as the pages name it; what is no code of ours stays as it is.

    >>> describe_detail("basis", "full_text", str), describe_detail("query", "hair[tiab]", str)
    ('full text read', 'hair[tiab]')
    """
    if name not in _CODES:
        return value
    return ", ".join(_name_code(_CODES[name], part, translate) for part in value.split(", "))


def _name_code(labels: Mapping[Any, str], value: str, translate: Translate) -> str:
    """One code, and for a flag what it is about beside it."""
    code, _, about = value.partition(":")
    words = next((words for known, words in labels.items() if str(known) == code), None)
    if words is None:
        return value
    named = about.rpartition(":")[2]
    return f"{translate(words)} ({named})" if named and not named.isdecimal() else translate(words)

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
    MAIL_CHOICES,
    PROVED_LABELS,
    RELATION_LABELS,
    ROLE_LABELS,
    RUNG_LABELS,
    SOURCE_LABELS,
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
    "living": mark("search for new papers"),
    "term": mark("term"),
    "review_rules": mark("rules on when evidence is looked at again"),
    "wording_rules": mark("rules on wording"),
}
DETAIL_NAMES: Mapping[str, str] = {
    "added": mark("added"),
    "adjudicator": mark("adjudicator"),
    "after": mark("afterwards"),
    "answer": mark("answer"),
    "attached": mark("attached to the claim"),
    "audit_head": mark("audit trail then"),
    "basis": mark("read"),
    "before": mark("before"),
    "body_certainty": mark("certainty (GRADE)"),
    "bytes": mark("bytes"),
    "cause": mark("cause"),
    "changed": mark("changed"),
    "checked": mark("checked"),
    "claims": mark("claims"),
    "comment": mark("comment"),
    "days": mark("days"),
    "document": mark("document"),
    "dropped": mark("left out"),
    "due_on": mark("due"),
    "english": mark("in English"),
    "failed": mark("failed"),
    "file": mark("file"),
    "findings": mark("citations found"),
    "flag": mark("flag"),
    "format": mark("format"),
    "former": mark("former claim"),
    "from": mark("from"),
    "grade": mark("grade"),
    "grade_of": mark("grade of"),
    "graders": mark("graded by"),
    "hash": mark("digest of the text"),
    "hours": mark("hours"),
    "identity": mark("identity elsewhere"),
    "into": mark("into"),
    "judgement": mark("judgement"),
    "known": mark("known before"),
    "konkyo": mark("version of Konkyo"),
    "level": mark("level"),
    "library": mark("local library"),
    "made_at": mark("made at"),
    "mail": mark("mail"),
    "mesh": mark("MeSH"),
    "name": mark("name"),
    "needed": mark("grades needed"),
    "not_told": mark("not told by the source"),
    "notice": mark("notice"),
    "number": mark("number"),
    "of": mark("of"),
    "on_topic": mark("on topic"),
    "opened": mark("what was sealed had been seen"),
    "papers": mark("papers"),
    "passage": mark("passage"),
    "pmid": mark("PMID"),
    "proposal": mark("proposal"),
    "proved_by": mark("identity proved by"),
    "qualification": mark("qualification"),
    "query": mark("query"),
    "rationales_lost": mark("rationales that no longer stand in the record"),
    "read_as": mark("read as"),
    "reason": mark("reason"),
    "record": mark("digest of title and abstract"),
    "reference": mark("reference"),
    "references": mark("references"),
    "relation": mark("compared with before"),
    "removed": mark("removed"),
    "reviewers": mark("reviewers"),
    "reworded": mark("reworded"),
    "role": mark("role"),
    "roles": mark("roles"),
    "rules": mark("rules"),
    "rung": mark("search"),
    "same": mark("same paper"),
    "schema": mark("schema"),
    "sealed": mark("suggestions hidden"),
    "secret": mark("secret"),
    "settled": mark("settled"),
    "sha256": mark("SHA-256"),
    "sign_ins": mark("sign-ins"),
    "sign_ins_ended": mark("sign-ins ended"),
    "signed_as": mark("signed as"),
    "signed_by": mark("signed by"),
    "source": mark("source"),
    "statement": mark("statement"),
    "step": mark("step"),
    "suggestion": mark("suggestion"),
    "table": mark("table"),
    "taken_over_from": mark("taken over from"),
    "text": mark("text"),
    "title": mark("title"),
    "to": mark("to"),
    "type": mark("type"),
    "unchanged": mark("unchanged"),
    "unchecked": mark("not checked"),
    "version": mark("version"),
    "words": mark("words"),
}
_YES_NO = {"True": mark("yes"), "False": mark("no")}
_CODES: Mapping[str, Mapping[Any, str]] = {
    "answer": ANSWER_LABELS,
    "attached": {"yes": mark("yes"), "no": mark("no")},
    "basis": BASIS_LABELS,
    "body_certainty": CERTAINTY_OF_BODY_LABELS,
    "cause": LOST_GROUND_LABELS,
    "flag": FLAG_LABELS,
    "grade": GRADE_LABELS,
    "judgement": JUDGEMENT_LABELS,
    "mail": MAIL_CHOICES,
    "opened": _YES_NO,
    "proved_by": PROVED_LABELS,
    "relation": RELATION_LABELS,
    "role": ROLE_LABELS,
    "roles": ROLE_LABELS,
    "rung": RUNG_LABELS,
    "sealed": _YES_NO,
    "settled": _YES_NO,
    "signed_as": ROLE_LABELS,
    "source": SOURCE_LABELS,
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

"""How long what people write may be: one table of all places, in characters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from claims.errors import RuleRefused

_NAME, _LINE, _TEXT, _DRAFT = 200, 2_000, 20_000, 200_000
_QUOTED = 30

# Named after where they are stored.
LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "account.full_name": _NAME,
        "account.qualification": _NAME,
        "account.email": 254,
        "mailing.address": 254,
        "ncbi_key.email": 254,
        "draft.text": _DRAFT,
        "assessment.comment": _TEXT,
        "own_view.comment": _TEXT,
        "adjudication.comment": _TEXT,
        "level_override.reason": _LINE,
        "judgement.passage": _TEXT,
        "document.title": _LINE,
        "document.body": _LINE,
        "document.published": _NAME,
        "document.address": _LINE,
        "document.quotation": _TEXT,
        "document.place": _LINE,
        "reopening.reason": _LINE,
        "guideline_grade.grade": _NAME,
        "guideline_grade.source": _LINE,
        "remark.words": _TEXT,
        "remark.suggestion": _TEXT,
        "flag_answer.words": _TEXT,
        "flag_resolution.comment": _TEXT,
        "declaration.qualification": _NAME,
        "declaration.statement": _TEXT,
        "claim.reason": _LINE,
        "claim.read_as": _LINE,
        "proposal.words": _LINE,
        "version_decision.comment": _TEXT,
        "keeping.reason": _LINE,
        "review_date.reason": _LINE,
        "new_record.comment": _TEXT,
        "lexicon_term.term": _NAME,
        "lexicon_term.english": _LINE,
        "search_run.query": _TEXT,
        "author_reference.said": _TEXT,
        "standard_wording.reason": _LINE,
    }
)


def require_length(place: str, text: str) -> None:
    """Return when the text is short enough for its place. Raises ``RuleRefused`` (``text_too_long``).

    >>> require_length("account.full_name", "Dr. Sato")
    >>> require_length("account.full_name", "x" * 201)
    Traceback (most recent call last):
    claims.errors.RuleRefused: text_too_long(begins='xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', length=201, most=200)
    """
    most = LENGTHS[place]
    if len(text) > most:
        raise RuleRefused("text_too_long", begins=text[:_QUOTED], length=len(text), most=most)

"""Which question of the evidence table a claim raises: its type decides, and for some its words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claims.records.claim import Claim, ClaimType
from claims.records.study import EvidenceQuestion

_BY_TYPE: Mapping[ClaimType, EvidenceQuestion | None] = {
    ClaimType.EFFICACY: EvidenceQuestion.TREATMENT,
    ClaimType.COMPARISON: EvidenceQuestion.TREATMENT,
    ClaimType.TESTIMONIAL: EvidenceQuestion.TREATMENT,
    ClaimType.SAFETY: EvidenceQuestion.HARM,
    ClaimType.EPIDEMIOLOGY: EvidenceQuestion.PREVALENCE,
    ClaimType.MECHANISM: None,
    ClaimType.GUIDELINE: None,
    ClaimType.REGULATORY: None,
    ClaimType.DEFINITION: None,
}
_DIAGNOSIS = re.compile(
    r"診断(?:に|が|の精度|精度|能|マーカー|できる|でき)|鑑別|感度|特異度|検出率|早期発見|"
    r"\b(?:diagnos(?:e|es|ed|tic accuracy|tic marker|ing)|diagnosis (?:of|is|can)|sensitivity (?:and|of)|"
    r"specificity|distinguish(?:es)?|biomarkers? (?:of|for))\b",
    re.IGNORECASE,
)
_PROGNOSIS = re.compile(
    r"予後|生存率|生存期間|再発率|再発(?:しやす|する)|自然経過|自然に(?:治|軽快|回復)|進行(?:し続け|性|する)|死亡率|"
    r"\b(?:prognos\w+|survival|recur\w*|natural (?:course|history)|mortality|progress(?:es|ive|ion))\b",
    re.IGNORECASE,
)
_EXPOSURE = re.compile(
    r"リスク|危険因子|発症しやす|なりやす|原因(?:に|と|の一つ)|"
    r"\b(?:risk (?:of|for|factors?)|causes?|associated with|more likely|susceptible)\b",
    re.IGNORECASE,
)
_CLINICAL = frozenset(
    {
        ClaimType.EFFICACY,
        ClaimType.COMPARISON,
        ClaimType.SAFETY,
        ClaimType.EPIDEMIOLOGY,
        ClaimType.MECHANISM,
    }
)


def find_evidence_question(claim: Claim) -> EvidenceQuestion | None:
    """The question whose column grades the evidence; ``None`` where the table has none.

    A claim on how a test tells a disease asks for diagnosis; one on how common something is asks for
    prevalence, unless its words ask what becomes of people (prognosis) or what an exposure does (harm).

    >>> from claims.extraction.statement import read_statement
    >>> from claims.records.article import Language
    >>> find_evidence_question(read_statement("フェリチンは鉄欠乏の診断に役立つ。", Language.JA))
    <EvidenceQuestion.DIAGNOSIS: 'diagnosis'>
    """
    if claim.type in _CLINICAL and _DIAGNOSIS.search(claim.read_as):
        return EvidenceQuestion.DIAGNOSIS
    if claim.type is ClaimType.EPIDEMIOLOGY:
        if _PROGNOSIS.search(claim.read_as):
            return EvidenceQuestion.PROGNOSIS
        if _EXPOSURE.search(claim.read_as):
            return EvidenceQuestion.HARM
    return _BY_TYPE[claim.type]

"""What a claim's type decides by itself: a new type is placed here, rule by rule, before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from claims.appraisal.clinical_question import find_evidence_question
from claims.extraction.certainty import find_certainty
from claims.records.article import Language
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.claim import Certainty, ClaimType
from claims.records.review import ReviewClaim
from claims.records.study import EvidenceQuestion
from reviewer.cli.claim import retype
from reviewer.rules.dossier import Dossier
from reviewer.rules.obstacles import may_be_kept
from reviewer.rules.second_person import needs_second_person
from tests.exports.test_report import a_dossier, graded
from tests.factories import make_assessment, make_claim
from tests.structure.enum_maps import ROOT


@dataclass(frozen=True)
class Placed:
    """The column that grades its evidence; the rules that hold for claims of a type."""

    question: EvidenceQuestion | None
    # Whether one on how a test tells a disease asks for diagnosis (claims/appraisal/clinical_question.py).
    asks_diagnosis: bool = False
    # Whether it always says what happens in people (ClaimType.is_clinical).
    is_clinical: bool = False
    # Whether the negative is a denial, and no assertion (claims/extraction/certainty.py).
    can_be_negated: bool = False
    # Whether one that is contradicted is rewritten or deleted, and by two people (reviewer/rules).
    is_guarded: bool = False


TYPES: Mapping[ClaimType, Placed] = {
    ClaimType.EFFICACY: Placed(EvidenceQuestion.TREATMENT, True, is_clinical=True, can_be_negated=True),
    ClaimType.MECHANISM: Placed(None, True, can_be_negated=True),
    ClaimType.COMPARISON: Placed(EvidenceQuestion.TREATMENT, True, is_clinical=True, can_be_negated=True),
    ClaimType.SAFETY: Placed(EvidenceQuestion.HARM, True, is_clinical=True, is_guarded=True),
    ClaimType.EPIDEMIOLOGY: Placed(EvidenceQuestion.PREVALENCE, True),
    ClaimType.GUIDELINE: Placed(None),
    ClaimType.REGULATORY: Placed(None),
    ClaimType.DEFINITION: Placed(None),
    ClaimType.TESTIMONIAL: Placed(EvidenceQuestion.TREATMENT),
}


def contradicted(kind: ClaimType) -> Dossier:
    claim = ReviewClaim(1, 1, 1, make_claim(type=kind), ClaimStatus.IN_REVIEW, 1)
    dossier = replace(a_dossier(1), claim=claim)
    return graded(dossier, make_assessment(grade=SupportGrade.CONTRADICTED, graded_by="a"))


def test_every_type_is_placed() -> None:
    assert set(TYPES) == set(ClaimType), "place it in tests/structure/test_claim_types.py, rule by rule"


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_stands_where_it_was_placed(kind: ClaimType) -> None:
    diagnosis = find_evidence_question(make_claim("この検査は病気の診断に役立つ。", type=kind))
    certainty, _ = find_certainty("It does not work.", kind, Language.EN)
    dossier = contradicted(kind)
    assert TYPES[kind] == Placed(
        find_evidence_question(make_claim("見本。", type=kind)),
        diagnosis is EvidenceQuestion.DIAGNOSIS,
        kind.is_clinical,
        certainty is Certainty.NEGATED,
        not may_be_kept(dossier),
    )
    assert needs_second_person(dossier, "a") is TYPES[kind].is_guarded


@pytest.mark.parametrize("kind", ClaimType)
def test_every_type_is_told_to_who_labels_and_to_who_retypes(kind: ClaimType) -> None:
    guide = (ROOT / "docs" / "labelling-claims.md").read_text(encoding="utf-8")
    assert f"\n| `{kind.value}` | " in guide, "docs/labelling-claims.md, under The types"
    assert kind.value in str(retype.help), "konkyo claim retype"

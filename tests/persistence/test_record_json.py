from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.records.article import Article
from claims.records.assessment import Assessment, JudgedCitation
from claims.records.audit import AuditEntry
from claims.records.citation import Citation, Correction, RetractionCheck, RetractionStatus
from claims.records.claim import Claim, DroppedUnit, Extraction
from claims.records.finding import ClaimEvidence, Finding
from claims.records.record_json import from_json, to_json
from claims.records.retrieval import SearchPlan, SearchRun
from tests.examples import at_most
from tests.factories import make_citation, make_moment
from tests.persistence.strategies import records

RECORDS: tuple[type[Any], ...] = (
    Article,
    Assessment,
    AuditEntry,
    Citation,
    Claim,
    ClaimEvidence,
    DroppedUnit,
    Extraction,
    Finding,
    JudgedCitation,
    SearchPlan,
    SearchRun,
)


@pytest.mark.parametrize("kind", RECORDS)
@settings(max_examples=at_most(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(choices=st.data())
def test_any_record_comes_back_equal_from_json_text(kind: type[Any], choices: st.DataObject) -> None:
    record = choices.draw(records(kind))
    assert from_json(kind, json.loads(json.dumps(to_json(record)))) == record


def test_enum_values_are_written_as_their_permanent_words() -> None:
    assert to_json(RetractionCheck(RetractionStatus.RETRACTED)) == {
        "status": "retracted",
        "checked_at": None,
        "notice": None,
        "watched": None,
    }


def test_a_field_that_was_not_known_when_it_was_written_gets_its_default() -> None:
    assert from_json(Correction, {"kind": "ErratumIn", "source": "SAMPLE"}) == Correction(
        "ErratumIn", "SAMPLE"
    )


def test_a_field_that_is_no_longer_known_is_refused_rather_than_lost() -> None:
    with pytest.raises(TypeError, match="colour"):
        from_json(Correction, {"kind": "ErratumIn", "source": "SAMPLE", "colour": "blue"})


def test_a_word_that_the_enum_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="vanished"):
        from_json(RetractionCheck, {"status": "vanished"})


def test_a_moment_is_written_in_utc_whatever_zone_it_came_in() -> None:
    in_tokyo = make_moment().astimezone(timezone(timedelta(hours=9)))
    assert to_json(in_tokyo) == "2026-01-05T12:00:00+00:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_json(datetime(2026, 1, 5, 12))


def test_what_no_record_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        to_json({"a", "b"})
    with pytest.raises(TypeError, match="bytes"):
        from_json(bytes, "a")


def test_a_citation_written_twice_is_the_same_text() -> None:
    assert json.dumps(to_json(make_citation())) == json.dumps(to_json(make_citation()))

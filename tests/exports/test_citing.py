"""What a version cites: what people attached, else what is suggested; nothing blind, nothing untold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from hashlib import sha256

import pytest

from claims.errors import NotFound, RoleRefused
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import Correction
from claims.records.people import User
from reviewer.exports.bibliography.exporting import export_references
from reviewer.exports.bibliography.gathering import Gathered, gather_references
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from reviewer.exports.table import ExportRequest
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import (
    make_article,
    make_audit_entry,
    make_citation,
    make_extraction,
    make_moment,
    make_pmid,
)
from tests.workflow.clinic import AUTHOR, TWO_REVIEWERS, A, B, Clinic, copy_clinic

FALLEN = replace(make_citation(1), corrections=(Correction("RetractionIn", "SAMPLE J"),))


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    return copy_clinic(LENT, open_work)


def gathered(clinic: Clinic) -> Gathered:
    with clinic.open_work() as work:
        return gather_references(work, clinic.version_id, UTC)


def cited(clinic: Clinic) -> list[tuple[str, tuple[int, ...]]]:
    return [(entry.citation.pmid, entry.claims) for entry in gathered(clinic).entries]


def test_while_nobody_attached_a_citation_the_suggested_ones_are_cited(clinic: Clinic) -> None:
    assert not gathered(clinic).attached
    assert cited(clinic) == [(make_pmid(1), (1, 2)), (make_pmid(2), (1, 2))]


def test_once_one_is_attached_the_attached_ones_alone_are_cited(clinic: Clinic) -> None:
    clinic.judge(A, number=2)
    clinic.judge(A, CitationJudgement.NOT_RELEVANT, number=1)
    clinic.grade(A, SupportGrade.SUPPORTED)
    assert gathered(clinic).attached
    assert cited(clinic) == [(make_pmid(2), (1,))]


def test_what_is_attached_under_a_claim_still_open_is_not_told(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    assert not gathered(clinic).attached
    clinic.judge(B)
    clinic.grade(B, SupportGrade.SUPPORTED)
    assert cited(clinic) == [(make_pmid(1), (1,))]


def test_a_paper_whose_record_tells_of_its_retraction_is_told_apart(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        work.citations.save([FALLEN])
        work.commit(make_audit_entry())
    told = {entry.citation.pmid: entry.is_taken_back for entry in gathered(clinic).entries}
    assert told == {make_pmid(1): True, make_pmid(2): False}


@pytest.mark.parametrize("form", BIBLIOGRAPHIES)
def test_the_trail_tells_who_took_the_references_in_which_format(clinic: Clinic, form: str) -> None:
    request = ExportRequest(clinic.version_id, AUTHOR, UTC)
    with clinic.open_work() as work:
        written, gathered = export_references(work, form, request, make_moment(30))
    assert written.decode() == BIBLIOGRAPHIES[form].write(gathered.entries)
    with clinic.open_work() as work:
        told = work.audit.list_entries(f"version:{clinic.version_id}")[0]
    assert (told.actor, told.action) == (AUTHOR.name, AuditAction.REPORT_EXPORTED)
    digest = sha256(written).hexdigest()
    assert told.values[:3] == (("table", "references"), ("format", form), ("sha256", digest))


def test_a_version_without_any_citation_is_refused_and_nothing_is_told(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        bare = work.articles.add_version(make_article("別の文。", title="別の記事"), make_moment())
        work.claims.add_extraction(bare.id, make_extraction())
        with pytest.raises(NotFound, match="nothing_to_cite"):
            export_references(work, "ris", ExportRequest(bare.id, AUTHOR, UTC), make_moment())
        assert work.audit.list_entries(f"version:{bare.id}") == ()


def test_references_are_for_who_may_read_versions(clinic: Clinic) -> None:
    nobody = User(9, "nobody", "Nobody", ())
    with clinic.open_work() as work, pytest.raises(RoleRefused):
        export_references(work, "ris", ExportRequest(clinic.version_id, nobody, UTC), make_moment())


def test_csl_json_of_a_version_is_one_array_of_its_references(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        request = ExportRequest(clinic.version_id, AUTHOR, UTC)
        written, _ = export_references(work, "csl-json", request, make_moment())
    assert [item["PMID"] for item in json.loads(written)] == [make_pmid(1), make_pmid(2)]

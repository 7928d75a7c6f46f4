"""A table that leaves the house is told of in the trail; one that is refused is not, nor is a mere look."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from claims.errors import NotFound, RoleRefused
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction, AuditEntry
from reviewer.exports.exporting import export_table, write_table
from reviewer.exports.registry import TABLES
from reviewer.exports.table import ExportRequest
from tests.conftest import OpenWork
from tests.exports.reading_back import read_csv
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment, make_reference
from tests.workflow.clinic import AUTHOR, EDITOR, A, Clinic, open_clinic

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    return open_clinic(open_work)


def trail_of(clinic: Clinic) -> list[AuditEntry]:
    with clinic.open_work() as work:
        return list(work.audit.list_entries(f"version:{clinic.version_id}"))


@pytest.mark.parametrize("table", TABLES)
def test_an_export_is_what_a_look_shows_and_its_trail_says_who_took_which_table(
    clinic: Clinic, table: str
) -> None:
    request = ExportRequest(clinic.version_id, EDITOR, UTC)
    before = trail_of(clinic)
    with clinic.open_work() as work:
        looked, head = write_table(work, table, request), work.audit.find_head()
    assert trail_of(clinic) == before
    with clinic.open_work() as work:
        assert export_table(work, table, request, make_moment(30)) == looked
    subject = f"version:{clinic.version_id}"
    taken = AuditEntry(
        make_moment(30),
        EDITOR.name,
        AuditAction.REPORT_EXPORTED,
        subject,
        (
            *(("table", table), ("format", "csv"), ("sha256", sha256(looked).hexdigest())),
            ("audit_head", f"{head.position}:{head.digest}"),
        ),
    )
    assert [entry for entry in trail_of(clinic) if entry not in before] == [taken]


def test_a_table_is_written_in_the_format_that_is_asked_for(clinic: Clinic) -> None:
    request = ExportRequest(clinic.version_id, EDITOR, UTC)
    with clinic.open_work() as work:
        assert export_table(work, "claims", request, make_moment(), "csv").startswith(b"\xef\xbb\xbf")
        with pytest.raises(KeyError, match="tablet"):
            export_table(work, "claims", request, make_moment(), "tablet")


def test_a_refused_export_is_told_nowhere(clinic: Clinic) -> None:
    before = trail_of(clinic)
    with clinic.open_work() as work, pytest.raises(RoleRefused):
        export_table(work, "audit", ExportRequest(clinic.version_id, AUTHOR, UTC), make_moment())
    assert trail_of(clinic) == before


@pytest.mark.parametrize("table", TABLES)
def test_of_a_version_that_is_not_there_there_is_no_table(clinic: Clinic, table: str) -> None:
    with clinic.open_work() as work, pytest.raises(NotFound, match="version_not_found"):
        write_table(work, table, ExportRequest(404, EDITOR, UTC))


def test_every_table_is_of_the_version_the_zone_and_the_language_asked_for(clinic: Clinic) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    with clinic.open_work() as work:
        other = work.articles.add_version(make_article(title="別の記事"), make_moment())
        work.claims.add_extraction(other.id, make_extraction())
        work.references.add(clinic.version_id, [make_reference()])
        work.commit(make_audit_entry())
        request = ExportRequest(clinic.version_id, EDITOR, TOKYO, "ja")
        told = {name: read_csv(write_table(work, name, request)) for name in TABLES}
    claims, citations, searches, audit = (told[t] for t in ("claims", "citations", "searches", "audit"))
    references, versions = told["references"], told["versions"]
    named = (*claims, *citations, *searches, *references, *versions)
    assert {row["article"] for row in named} == {"見本の記事"}
    assert (claims[0]["grade_label"], claims[0]["graders"]) == (
        "支持される",
        "a (見本のa専門医, interests: なし)",
    )
    moments = [claims[0]["graded_at"], citations[0]["retraction_checked_at"], searches[0]["searched_at"]]
    moments += [references[0]["looked_up_at"], versions[0]["ingested_at"]]
    assert {moment[-6:] for moment in (*moments, *(row["at"] for row in audit))} == {"+09:00"}

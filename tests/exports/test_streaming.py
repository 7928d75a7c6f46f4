"""A table of a long article is made some claims at once, and is the same as if it were made whole."""

from __future__ import annotations

import cProfile
import io
import pstats
from collections.abc import Iterator
from datetime import UTC
from itertools import chain
from pathlib import Path

import pytest

from claims.appraisal.record_kind import read_kind
from claims.errors import NotFound
from claims.records.citation import Citation, RecordKind
from reviewer.bootstrap import open_application
from reviewer.exports import reviewed
from reviewer.exports.exporting import export_table, export_table_into, write_table, write_table_into
from reviewer.exports.report import build_report
from reviewer.exports.reviewed import load_reviewed, stream_reviewed
from reviewer.exports.table import ExportRequest, Row
from reviewer.exports.to_csv import write_csv
from reviewer.settings import Settings
from reviewer.workflow.amending import dismiss_claim
from reviewer.workflow.loading import load_version
from tests.conftest import OpenWork
from tests.databases import make_database
from tests.factories import make_moment
from tests.large_house import fill_long_article
from tests.workflow.clinic import EDITOR, Clinic, open_clinic

CLAIMS = 7
# What Python calls for a claim that nobody searched: a count, so that no other load on a machine tells.
MOST_CALLS = {"csv": 340, "xlsx": 1_350}


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """Of these claims the third is dismissed: it keeps its number, and is in no table."""
    clinic = open_clinic(open_work, CLAIMS)
    with clinic.open_work() as work:
        dismiss_claim(work, clinic.see(EDITOR, 2).claim, "本筋でない", EDITOR, clinic.now())
    return clinic


@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 500])
def test_the_parts_are_the_whole(clinic: Clinic, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewed, "AT_ONCE", at_once)
    with clinic.open_work() as work:
        whole = build_report(load_reviewed(work, clinic.version_id, UTC))
        parts = [build_report(part) for part in stream_reviewed(work, clinic.version_id, UTC)]
        listed = work.claims.list_claims(clinic.version_id)
        iterated = tuple(chain.from_iterable(work.claims.iterate_claims(clinic.version_id, at_once)))
    assert iterated == listed
    assert [row["claim_no"] for row in whole] == ["1", "2", "4", "5", "6", "7"]
    assert [row for part in parts for row in part] == whole
    assert max(map(len, parts)) <= at_once


def test_a_row_is_written_before_the_next_is_made() -> None:
    out, written = io.BytesIO(), []

    def rows() -> Iterator[Row]:
        for _ in range(3):
            written.append(len(out.getvalue()))
            yield {"a": "x" * 20_000}

    write_csv(rows(), ["a"], out)
    assert written[0] < written[1] < written[2]


def test_a_file_that_was_streamed_is_the_one_whose_digest_is_in_the_trail(clinic: Clinic) -> None:
    request, out = ExportRequest(clinic.version_id, EDITOR, UTC), io.BytesIO()
    with clinic.open_work() as work:
        export_table_into(out, work, "claims", request, make_moment(30), "csv")
        told = work.audit.list_entries(f"version:{clinic.version_id}")[0]
    with clinic.open_work() as work:
        assert write_table(work, "claims", request) == out.getvalue()
        export_table(work, "claims", request, make_moment(30))
        assert dict(work.audit.list_entries(told.subject)[0].values)["sha256"] == dict(told.values)["sha256"]


def test_of_a_version_that_is_not_there_nothing_is_streamed(open_work: OpenWork) -> None:
    with open_work() as work, pytest.raises(NotFound):
        next(stream_reviewed(work, 404, UTC))


@pytest.mark.parametrize("form", MOST_CALLS)
def test_a_claim_of_a_long_article_takes_a_bounded_number_of_calls(form: str, tmp_path: Path) -> None:
    claims = 1_000
    address = make_database(tmp_path / "konkyo.db")
    fill_long_article(Settings(tmp_path, address), claims, searched=False)
    application = open_application(Settings(tmp_path, address))
    profile = cProfile.Profile()
    for counted in (False, True):
        with application.reading() as work:
            if counted:
                profile.enable()
            write_table_into(io.BytesIO(), work, "claims", ExportRequest(1, EDITOR, UTC), form)
            profile.disable()
    assert pstats.Stats(profile).total_calls / claims < MOST_CALLS[form]  # type: ignore[attr-defined]


def test_a_record_that_many_claims_have_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = make_database(tmp_path / "konkyo.db")
    fill_long_article(Settings(tmp_path, address), 1_000, searched=True)
    read: list[str] = []

    def note(citation: Citation) -> RecordKind:
        read.append(citation.pmid)
        return read_kind(citation)

    monkeypatch.setattr("claims.appraisal.standing.read_kind", note)
    with open_application(Settings(tmp_path, address)).reading() as work:
        _, dossiers = load_version(work, 1, None)
    found = [finding.pmid for dossier in dossiers for finding in dossier.findings]
    assert len(found) > len(set(found))
    assert sorted(read) == sorted(set(found))

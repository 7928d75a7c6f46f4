"""The further tables: one row for each claim and citation, one for each step; nothing blind in any."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from claims.errors import RoleRefused
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.people import User
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.exports.audit_table import AUDIT_COLUMNS
from reviewer.exports.citation_table import CITATION_COLUMNS, build_citation_table
from reviewer.exports.exporting import write_table
from reviewer.exports.reviewed import Reviewed
from reviewer.exports.table import ExportRequest
from reviewer.rules.dossier import Dossier
from reviewer.workflow.audit_trail import load_trail
from reviewer.workflow.overriding import override_level
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.exports.reading_back import read_csv
from tests.factories import make_article, make_claim, make_evidence, make_judgement, make_moment, make_pmid
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic, copy_clinic

SECRET = "秘密の所見"


@pytest.fixture
def blind(open_work: OpenWork) -> Clinic:
    """Of two reviewers one has judged and graded the first claim."""
    clinic = copy_clinic(LENT, open_work)
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED, SECRET)
    return clinic


def citations(clinic: Clinic) -> list[dict[str, str]]:
    with clinic.open_work() as work:
        return read_csv(write_table(work, "citations", ExportRequest(clinic.version_id, EDITOR, UTC)))


def trail(clinic: Clinic, who: User) -> list[dict[str, str]]:
    with clinic.open_work() as work:
        return read_csv(write_table(work, "audit", ExportRequest(clinic.version_id, who, UTC)))


def test_there_is_a_row_for_each_claim_and_citation_best_first(blind: Clinic) -> None:
    rows = citations(blind)
    assert tuple(rows[0]) == CITATION_COLUMNS
    assert [(row["claim_no"], row["pmid"], row["rank"]) for row in rows] == [
        ("1", make_pmid(1), "1"),
        ("1", make_pmid(2), "2"),
        ("2", make_pmid(1), "1"),
        ("2", make_pmid(2), "2"),
    ]


def test_while_a_claim_is_open_its_row_tells_no_judgement_and_no_sealed_stance(blind: Clinic) -> None:
    row = citations(blind)[0]
    assert (row["attached"], row["judgements"], row["suggested_stance"]) == ("no", "", "")


def test_a_settled_claims_rows_tell_who_judged_what_on_which_basis(blind: Clinic) -> None:
    with blind.open_work() as work:
        override_level(work, blind.claim_ids[0], make_pmid(1), None, "専門家の意見", B, blind.now())
    blind.judge(B, CitationJudgement.PARTLY)
    blind.judge(B, CitationJudgement.SUPPORTING)
    blind.grade(B, SupportGrade.SUPPORTED)
    row = citations(blind)[0]
    assert (row["attached"], row["judgements"]) == (
        "yes",
        "a: supporting (abstract); b: supporting (abstract)",
    )
    assert (row["evidence_level"], row["evidence_level_set"]) == ("2", "b: none (専門家の意見)")
    assert row["suggested_stance"] == "supports"


def test_of_a_related_record_no_reading_is_told_until_somebody_attaches_it() -> None:
    evidence = make_evidence(1, 2)
    on_topic, other = (replace(finding, relevance=0.07) for finding in evidence.findings)
    other = replace(other, on_topic=False)
    dossier = Dossier(
        claim=ReviewClaim(1, 1, 1, make_claim(), ClaimStatus.EXTRACTED, 1),
        search_status=SearchStatus.FOUND,
        runs=(),
        findings=(on_topic, other),
        citations={record.pmid: record for record in evidence.citations},
    )
    version = ArticleVersion(1, 1, 1, make_article(), make_moment())
    first, second = build_citation_table(Reviewed(version, [dossier]))
    assert (first["on_topic"], second["on_topic"], second["relevance"]) == ("yes", "no", "0.07")
    machine = ("design", "species", "sample_size", "suggested_stance", "suggested_by")
    assert all(first[column] for column in machine)
    assert not any(second[column] for column in machine)
    attached = replace(dossier, judgements=(make_judgement(2),))
    assert build_citation_table(Reviewed(version, [attached]))[1]["design"] == first["design"]


def test_the_trail_on_the_screen_does_not_tell_what_is_blind(blind: Clinic) -> None:
    with blind.open_work() as work:
        shown = load_trail(work, EDITOR, f"claim:{blind.claim_ids[0]}")
    assert [(entry.actor, entry.values) for entry in shown[:2]] == [("a", ()), ("a", ())]


def test_once_a_claim_is_settled_the_trail_tells_all(blind: Clinic) -> None:
    blind.judge(B)
    blind.grade(B, SupportGrade.SUPPORTED)
    rows = trail(blind, ADMIN)
    assert tuple(rows[0]) == AUDIT_COLUMNS
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert any(SECRET in row["values"] for row in rows)
    assert {row["subject"] for row in rows} == {
        f"version:{blind.version_id}",
        f"claim:{blind.claim_ids[0]}",
    }


@pytest.mark.parametrize("who", [A, JUDGE, AUTHOR])
def test_the_trail_is_for_editors_and_administrators(blind: Clinic, who: User) -> None:
    with pytest.raises(RoleRefused):
        trail(blind, who)

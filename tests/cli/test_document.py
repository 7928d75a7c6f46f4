"""``konkyo document add``: evidence without a PMID from the command line to the claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.records.document import DocumentDetails
from reviewer.cli import konkyo
from tests.cli.test_article import PAGE, bring_in
from tests.workflow.clinic import Clinic

TITLE = '見本の添付文書, 第3版 "改訂" 𠮷'


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    return bring_in(tmp_path, "article.html", PAGE, monkeypatch)


def add(*options: str, number: str = "1") -> Result:
    return CliRunner().invoke(konkyo, ["document", "add", "1", number, *options])


def test_a_document_stands_under_its_claim(clinic: Clinic) -> None:
    done = add(
        *("--title", TITLE, "--body", "見本製薬", "--published", "2026年1月", "--place", "5. 効能又は効果"),
        *("--address", "https://example.org/insert", "--quotation", "本剤は見本に用いる。"),
        *("--accessed-on", "2026-01-04"),
    )
    assert (done.exit_code, done.stdout.strip()) == (0, f"document 1: {TITLE}")
    with clinic.open_work() as work:
        (document,) = work.documents.load(clinic.claim_ids[:1])[clinic.claim_ids[0]]
        entries = work.audit.list_entries(f"claim:{clinic.claim_ids[0]}")
    assert document.details == DocumentDetails(
        TITLE,
        "見本製薬",
        "2026年1月",
        "https://example.org/insert",
        "本剤は見本に用いる。",
        "5. 効能又は効果",
        date(2026, 1, 4),
    )
    assert entries[0].action.value == "claim:document:entered"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--title", TITLE), "A document needs its title"),
        (("--title", TITLE, "--address", "javascript:alert(1)"), "javascript:alert(1)"),
        (("--title", TITLE, "--body", "b", "--accessed-on", "2999-01-01"), "2999"),
    ],
)
def test_what_is_no_document_is_refused(clinic: Clinic, options: tuple[str, ...], told: str) -> None:
    done = add(*options)
    assert done.exit_code == 1
    assert told in done.output
    with clinic.open_work() as work:
        assert not any(work.documents.load(clinic.claim_ids).values())


def test_a_claim_that_is_not_there_is_told(clinic: Clinic) -> None:
    assert add("--title", TITLE, "--body", "b", number="99").exit_code == 1

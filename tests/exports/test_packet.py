"""The evidence packet: one file that shows how a version was reviewed to somebody who has nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256

import pytest

from claims.errors import NotFound, RoleRefused
from claims.records.assessment import SupportGrade
from claims.records.decision import VersionState
from claims.records.people import User
from reviewer.exports.exporting import write_table
from reviewer.exports.packet import export_packet, name_file
from reviewer.exports.registry import TABLES
from reviewer.exports.table import ExportRequest
from tests.conftest import OpenWork
from tests.exports.published import TOKYO, House, Opinion, bring_in
from tests.exports.reading_back import read_csv
from tests.exports.test_article import MARKDOWN
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A

SECRET = "秘密の所見"


def pack(house: House, who: User = EDITOR) -> bytes:
    with house.open_work() as work:
        request = ExportRequest(house.version_id, who, TOKYO)
        return export_packet(work, request, house.clinic.now(), 12)


def unpack(packet: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packet)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def house(open_work: OpenWork) -> House:
    house = bring_in(open_work, MARKDOWN.encode(), "../記事 1.md", [Opinion()] * 4, approved=True)
    house.let_name()
    return house


def test_it_holds_article_references_tables_versions_and_what_explains_them(house: House) -> None:
    files = unpack(pack(house))
    assert next(iter(files)) == "READ_ME.txt"
    assert set(files) == {
        *("READ_ME.txt", "SHA256SUMS"),
        *(f"report/report.{ending}" for ending in ("html", "docx", "xlsx")),
        *(f"article/article.{ending}" for ending in ("html", "md", "docx")),
        *(f"references/references.{ending}" for ending in ("ris", "bib", "nbib", "json")),
        *(f"tables/{name}.csv" for name in TABLES),
        *("versions/1.txt", "versions/1-記事_1.md"),
    }
    assert files["versions/1-記事_1.md"] == MARKDOWN.encode()
    assert files["versions/1.txt"].decode() == house.cite().publication.version.article.text
    assert len(json.loads(files["references/references.json"])) == 1
    assert b'class="Z3988"' in files["report/report.html"], "reference managers read the printed report"
    assert "監修：a" in files["article/article.md"].decode()
    (version, *_) = read_csv(files["tables/versions.csv"])
    assert version["version_hash"] == sha256(files["versions/1.txt"]).hexdigest()
    assert version["original_sha256"] == sha256(MARKDOWN.encode()).hexdigest()


def test_each_file_is_known_by_its_digest_and_the_trail_has_that_of_the_packet(house: House) -> None:
    packet = pack(house)
    files = unpack(packet)
    sums = dict(line.split("  ", 1)[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: sha256(content).hexdigest() for name, content in files.items()}
    with house.open_work() as work:
        told = work.audit.list_entries(f"version:{house.version_id}")[0]
    assert told.values[:3] == (
        ("table", "packet"),
        ("format", "zip"),
        ("sha256", sha256(packet).hexdigest()),
    )
    position, digest = dict(told.values)["audit_head"].split(":")
    assert f"監査記録の位置：{position}:{digest}" in files["READ_ME.txt"].decode()
    assert f"The audit trail stood at {position}:{digest}" in files["READ_ME.txt"].decode()


def test_the_trail_in_it_is_the_trail_as_it_stands(house: House) -> None:
    with house.open_work() as work:
        stands = write_table(work, "audit", ExportRequest(house.version_id, EDITOR, TOKYO))
    assert unpack(pack(house))["tables/audit.csv"] == stands


def test_no_grade_that_is_still_blind_is_in_any_file(open_work: OpenWork) -> None:
    house = bring_in(open_work, MARKDOWN.encode(), "a.md", [])
    house.clinic.assign(TWO_REVIEWERS)
    house.clinic.grade(A, SupportGrade.NOT_CHECKABLE, SECRET)
    files = unpack(pack(house))
    assert not [name for name, content in files.items() if SECRET.encode() in content]
    assert not [name for name in files if name.startswith("references/")], "there is nothing to cite yet"
    assert "DRAFT" in files["article/article.md"].decode()


def test_it_is_for_those_who_may_read_the_trail(house: House) -> None:
    for who in (A, JUDGE, AUTHOR):
        with pytest.raises(RoleRefused):
            pack(house, who)
    assert unpack(pack(house, ADMIN))


def test_of_a_version_that_is_not_there_there_is_none(house: House) -> None:
    house.clinic.version_id = 404
    with pytest.raises(NotFound):
        pack(house)


def test_the_table_of_versions_has_each_decision_with_who_signed_it(house: House) -> None:
    house.decide(VersionState.PUBLISHED)
    with house.open_work() as work:
        rows = read_csv(write_table(work, "versions", ExportRequest(house.version_id, EDITOR, TOKYO)))
    assert [(row["version"], row["state"], row["decision"]) for row in rows] == [
        ("1", "published", decision) for decision in ("in_review", "approved", "published")
    ]
    assert [(row["signed_by"], row["signed_as"], row["proved_by"]) for row in rows] == [
        ("", "", ""),
        *[("Sample Editor", "editor", "password")] * 2,
    ]
    assert {row["decision_hash"] for row in rows} == {rows[0]["version_hash"]}


def test_a_table_of_versions_ends_with_the_version_asked_for(house: House) -> None:
    later = house.bring_next(MARKDOWN.replace("改善します", "改善することがあります"))
    with house.open_work() as work:
        tables = [
            read_csv(write_table(work, "versions", ExportRequest(number, EDITOR, TOKYO)))
            for number in (house.version_id, later)
        ]
    assert [{row["version"] for row in rows} for rows in tables] == [{"1"}, {"1", "2"}]


NAMES = {
    "記事 1.md": "記事_1.md",
    "a/../../b c.docx": "b_c.docx",
    "C:\\work\\x.html": "x.html",
    "https://example.org/": "example.org",
    "…": "original",
}


@pytest.mark.parametrize(("name", "told"), NAMES.items())
def test_a_file_is_named_so_that_any_system_takes_it(name: str, told: str) -> None:
    assert name_file(name) == told

"""What is added in one place and forgotten in another is told here, before somebody at work finds out."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from types import ModuleType

import click
import pytest

from claims.articles import formats, reading
from claims.articles.formats import Format
from claims.extraction.cues import TABLES
from claims.extraction.weights import load_expected, load_sign_weights
from claims.records.article import Language
from claims.records.claim import ClaimType
from claims.records.people import Role
from claims.search.ports import SourceProfile
from claims.search.query import WORDED_IN
from claims.sources import SOURCES
from claims.text.tables import read_rows
from reviewer import labels
from reviewer.accounts.sample_people import add_sample_people
from reviewer.bootstrap import open_application
from reviewer.cli.report import report
from reviewer.cli.search import SOURCE
from reviewer.dashboard import page_registry
from reviewer.exports.registry import TABLES as EXPORTED
from reviewer.exports.search_log import build_search_log
from reviewer.exports.table import Row
from reviewer.i18n import LOCALES, translator
from reviewer.rules.permissions import PERMISSIONS
from reviewer.settings import Settings
from tests.conftest import OpenWork
from tests.databases import make_database
from tests.factories import NOON, make_run
from tests.journeys.places import PLACES
from tests.structure.enum_maps import ROOT, EnumMap, list_enum_maps, list_enums, list_modules
from tests.structure.export_modules import describe_unregistered, list_export_modules, place_in_module
from tests.workflow.clinic import open_clinic

MAPS = list_enum_maps()
# Members that a table leaves out although it is asked for members: who asks never has one of these.
NEVER_ASKED: dict[str, set[str]] = {
    "reviewer.workflow.search_jobs._HANDLERS": {"LIVING_SEARCH", "RECHECK", "TELL_NOTICES"},
    "claims.search.ladder.FILTERS": {"BROAD", "BY_HAND", "CITED", "COUNTER", "RELAXED", "STRICT", "WORDS"},
    "claims.extraction.worthiness._BLOCK_REASONS": {"BOILERPLATE", "LIST_ITEM", "PARAGRAPH", "TABLE_ROW"},
    "claims.records.assessment._STEPS": {"CANNOT_JUDGE", "NOT_CHECKABLE"},
    "db.repositories.lineage._HAND_STEPS": {"MOVED", "NEW", "REMOVED", "REWORDED", "UNCHANGED"},
    "reviewer.dashboard.components.article._SIGNS": {"DISMISSED", "EXTRACTED", "IN_REVIEW"},
    "reviewer.dashboard.actions.grading._SAVED": {"DECLARES", "READS"},
    "reviewer.exports.review_document.people._MEANINGS": {
        "CHANGES_REQUESTED",
        "DRAFT",
        "IN_REVIEW",
        "WITHDRAWN",
    },
    "reviewer.labels.DECISION_LABELS": {"DRAFT"},
    "reviewer.workflow.merging_splitting._ACTIONS": {"MOVED", "NEW", "REMOVED", "REWORDED", "UNCHANGED"},
    "reviewer.workflow.states._ACTIONS": {"DRAFT"},
}
# Enums that no screen shows by a word of their own, or that have their words elsewhere.
WITHOUT_WORDS = {
    "BlockKind",
    "EvidenceQuestion",
    "HandStep",
    "JobKind",
    "JobState",
    "Language",
    "Loss",
    "MailState",
    "MarkupKind",
    "Nature",
    "PicoSlot",
    "QueueOrder",
}


@pytest.mark.parametrize("table", MAPS, ids=lambda table: table.place)
def test_a_table_that_is_asked_for_any_member_has_them_all(table: EnumMap) -> None:
    if table.is_asked_for_all:
        left_out = NEVER_ASKED.get(table.place, set())
        assert table.missing == left_out, f"{table.place} has no entry for {table.missing - left_out}"


def test_every_table_of_words_is_among_those_looked_at() -> None:
    seen = {table.place for table in MAPS}
    words = {name for name in vars(labels) if re.fullmatch("[A-Z][A-Z_]+", name)}
    # By the name that is stored with a search, held below.
    words -= {"SOURCE_LABELS"}
    assert {f"reviewer.labels.{name}" for name in words} <= seen
    assert "reviewer.audit_labels.ACTION_LABELS" in seen


def test_every_kind_of_record_has_its_words() -> None:
    kinds = {kind for kind in list_enums() if kind.__module__.startswith("claims.records.")}
    worded = {
        table.members for table in MAPS if table.place.startswith(("reviewer.labels", "reviewer.audit"))
    }
    missing = {kind.__name__ for kind in kinds - worded}
    assert missing == WITHOUT_WORDS, "an enum of records needs a table in reviewer/labels.py"


@pytest.mark.parametrize("language", list(Language))
def test_every_claim_type_is_weighed(language: Language) -> None:
    path = TABLES / f"weights_{language.value}.tsv"
    columns = set(next(read_rows(path))) - {"sign", "claim"}
    assert columns == {kind.value for kind in ClaimType}, f"fit {path.name}: training/extraction.py"
    for weights in (load_sign_weights(language), load_expected()):
        spoken_for = {
            kind
            for row in weights.types.values()
            for kind, weight in zip(ClaimType, row, strict=True)
            if weight > 0
        }
        assert spoken_for == set(ClaimType), "a sign in signs.tsv must speak for each type"


def test_every_sign_names_claim_types_that_there_are() -> None:
    named = {
        pair.split(":")[0] for row in read_rows(TABLES / "signs.tsv") for pair in row["types"].split("|")
    }
    assert named - {""} <= {kind.value for kind in ClaimType}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_room_a_sample_person_and_a_journey(role: Role, open_work: OpenWork) -> None:
    opened = [
        room
        for room, (_, permission) in {**page_registry.ROOMS, **page_registry.VERSION_ROOMS}.items()
        if role in PERMISSIONS[permission]
    ]
    assert opened, f"reviewer/rules/permissions.py opens no room of dashboard/page_registry.py to {role}"
    with open_work() as work:
        people = [user.name for user in add_sample_people(work, NOON) if user.has_any(role)]
    assert people, f"nobody in reviewer/accounts/sample_people.py is {role}"
    assert {place.person for place in PLACES} & set(people), (
        f"tests/journeys/places.py visits nothing as {role}"
    )


def read_assigned(file: Path, *names: str) -> list[ast.expr]:
    """What the file assigns to these names, as it is written there."""
    return [
        node.value
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in names
    ]


def test_every_room_is_visited() -> None:
    named = {*page_registry.ROOMS, *page_registry.VERSION_ROOMS, page_registry.OWN_ROOM}
    visited = {part.removeprefix("room=") for place in PLACES for part in place.query.split("&")}
    assert named <= visited, f"tests/journeys/places.py does not visit {named - visited}"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_room_has_its_pictures_and_its_line_in_the_how_to(locale: str) -> None:
    rooms = {**page_registry.ROOMS, **page_registry.VERSION_ROOMS}
    (taken,) = read_assigned(ROOT / "docs" / "write_screenshots.py", "PAGES")
    pictured = {
        part.removeprefix("room="): name
        for places in ast.literal_eval(taken).values()
        for name, place in places.items()
        for part in place.split("&")
    }
    assert set(rooms) <= set(pictured), f"docs/write_screenshots.py: {set(rooms) - set(pictured)}"
    how_to = (ROOT / "docs" / ("how-to.ja.md" if locale == "ja" else "how-to.md")).read_text(encoding="utf-8")
    for room, (label, _) in rooms.items():
        assert (ROOT / "docs" / "screenshots" / f"{pictured[room]}-{locale}.png").exists(), (
            "python -m docs.write_screenshots"
        )
        assert f"**{translator(locale)(label)}**" in how_to, f"{room} is in no how-to"


def test_every_room_is_drawn() -> None:
    named = {*page_registry.ROOMS, *page_registry.VERSION_ROOMS}
    tables = read_assigned(ROOT / "reviewer" / "dashboard" / "main.py", "_DRAW", "_DRAW_OF_VERSION")
    drawn = {
        ast.literal_eval(key)
        for table in tables
        for key in (table.keys if isinstance(table, ast.Dict) else ())
        if key is not None
    }
    assert drawn == named, f"_DRAW, _DRAW_OF_VERSION in dashboard/main.py do not draw {named - drawn}"


@pytest.mark.parametrize("form", list(Format))
def test_every_format_is_recognised_and_read(form: Format) -> None:
    assert f"Format.{form.name}" in inspect.getsource(formats.recognise_format)
    if not form.value.startswith("text/") or form is Format.HTML:
        assert f"Format.{form.name}" in inspect.getsource(reading), f"no reader for {form.name} in reading.py"


@pytest.mark.parametrize("module", list_export_modules(), ids=lambda module: module.__name__)
def test_every_table_and_every_format_is_registered(module: ModuleType) -> None:
    assert describe_unregistered(module) == []


def test_a_table_that_is_built_and_not_registered_is_told() -> None:
    def build_tallies() -> list[Row]:
        return []

    def to_text(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
        return b""

    (table,) = describe_unregistered(place_in_module(build_tallies))
    (form,) = describe_unregistered(place_in_module(to_text))
    assert table.startswith("build_tallies makes rows: give its module a Table and put it among TABLES in")
    assert form.startswith("to_text writes rows: give its module a FileFormat and put it among FORMATS in")


def test_the_command_offers_every_table() -> None:
    (asked,) = (option for option in report.params if option.name == "table")
    assert isinstance(asked.type, click.Choice)
    assert list(asked.type.choices) == list(EXPORTED)


def test_every_source_is_registered_and_can_be_chosen() -> None:
    known = {
        value.name
        for module in list_modules()
        for value in vars(module).values()
        if isinstance(value, SourceProfile)
    }
    assert known == set(SOURCES), "a source is a line in claims/sources.py"
    assert list(SOURCE.choices) == list(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_opened_and_asked_in_its_language(source: str, tmp_path: Path) -> None:
    settings = Settings(tmp_path, make_database(tmp_path / "konkyo.db"), ncbi_email="nobody@example.org")
    application = open_application(settings)
    application.library.import_files([ROOT / "samples" / "library" / "hair.xml"])
    opened = application.searcher(source).source
    assert opened.profile == SOURCES[source], f"reviewer/bootstrap.py opens {source}"
    assert opened.profile.query_language is WORDED_IN, f"claims/search/query.py words nothing for {source}"


def test_every_source_has_its_words_on_the_screen() -> None:
    assert set(labels.SOURCE_LABELS) == set(SOURCES), "a source needs a line in reviewer/labels.py"


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_has_its_name_in_the_search_log(source: str, open_work: OpenWork) -> None:
    clinic = open_clinic(open_work)
    with clinic.open_work() as work:
        version = work.articles.get_version(clinic.version_id)
        claims = work.claims.list_claims(clinic.version_id)[:1]
    (row,) = build_search_log(version, claims, {claims[0].id: [replace(make_run(), source=source)]}, UTC)
    assert row["interface"], f"{source} says of itself how it is asked (SourceProfile)"

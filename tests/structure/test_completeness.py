"""What is added in one place and forgotten in another is told here, before somebody at work finds out."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

import reviewer.cli
from claims.articles import formats, reading
from claims.articles.formats import Format
from claims.extraction.cues import TABLES
from claims.extraction.weights import load_expected, load_sign_weights
from claims.records.article import Language
from claims.records.claim import ClaimType
from claims.records.people import Role
from claims.text.tables import read_rows
from reviewer import labels
from reviewer.accounts.sample_people import add_sample_people
from reviewer.cli.search import SOURCES
from reviewer.dashboard import page_registry
from reviewer.exports import exporting
from reviewer.exports.search_log import build_search_log
from reviewer.rules.permissions import PERMISSIONS
from tests.conftest import OpenWork
from tests.factories import NOON, make_run
from tests.journeys.places import PLACES
from tests.structure.enum_maps import ROOT, EnumMap, list_enum_maps, list_enums
from tests.workflow.clinic import open_clinic

MAPS = list_enum_maps()
# Members that a table leaves out although it is asked for members: who asks never has one of these.
NEVER_ASKED: dict[str, set[str]] = {
    "claims.search.ladder.FILTERS": {"BROAD", "BY_HAND", "COUNTER", "RELAXED", "STRICT"},
    "claims.extraction.worthiness._BLOCK_REASONS": {"BOILERPLATE", "LIST_ITEM", "PARAGRAPH", "TABLE_ROW"},
    "claims.records.assessment._STEPS": {"CANNOT_JUDGE", "NOT_CHECKABLE"},
    "db.repositories.lineage._HAND_STEPS": {"MOVED", "NEW", "REMOVED", "REWORDED", "UNCHANGED"},
    "reviewer.dashboard.components.article._SIGNS": {"DISMISSED", "EXTRACTED", "IN_REVIEW"},
    "reviewer.dashboard.actions.grading._SAVED": {"DECLARES", "READS"},
    "reviewer.labels.DECISION_LABELS": {"DRAFT"},
    "reviewer.workflow.merging_splitting._ACTIONS": {"MOVED", "NEW", "REMOVED", "REWORDED", "UNCHANGED"},
    "reviewer.workflow.states._ACTIONS": {"DRAFT"},
}
# Enums that no screen shows by a word of their own, or that have their words elsewhere.
WITHOUT_WORDS = {"BlockKind", "EvidenceQuestion", "HandStep", "Language", "Loss", "PicoSlot"}


@pytest.mark.parametrize("table", MAPS, ids=lambda table: table.place)
def test_a_table_that_is_asked_for_any_member_has_them_all(table: EnumMap) -> None:
    if table.is_asked_for_all:
        left_out = NEVER_ASKED.get(table.place, set())
        assert table.missing == left_out, f"{table.place} has no entry for {table.missing - left_out}"


def test_every_table_of_words_is_among_those_looked_at() -> None:
    seen = {table.place for table in MAPS}
    words = {f"reviewer.labels.{name}" for name in vars(labels) if name.isupper()}
    assert words <= seen
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
    assert opened, f"no room in reviewer/dashboard/page_registry.py is open to {role}"
    with open_work() as work:
        people = [user.name for user in add_sample_people(work, NOON) if user.has_any(role)]
    assert people, f"nobody in reviewer/accounts/sample_people.py is {role}"
    assert {place.person for place in PLACES} & set(people), (
        f"tests/journeys/places.py visits nothing as {role}"
    )


def test_every_room_is_visited() -> None:
    named = {*page_registry.ROOMS, *page_registry.VERSION_ROOMS, page_registry.OWN_ROOM}
    visited = {part.removeprefix("room=") for place in PLACES for part in place.query.split("&")}
    assert named <= visited, f"tests/journeys/places.py does not visit {named - visited}"


def test_every_room_is_drawn() -> None:
    named = {*page_registry.ROOMS, *page_registry.VERSION_ROOMS}
    main = (ROOT / "reviewer" / "dashboard" / "main.py").read_text(encoding="utf-8")
    drawn = {
        ast.literal_eval(key)
        for node in ast.walk(ast.parse(main))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"_DRAW", "_DRAW_OF_VERSION"}
        for key in (node.value.keys if isinstance(node.value, ast.Dict) else ())
        if key is not None
    }
    assert drawn == named, f"_DRAW in reviewer/dashboard/main.py does not draw {named - drawn}"


@pytest.mark.parametrize("form", list(Format))
def test_every_format_is_recognised_and_read(form: Format) -> None:
    assert f"Format.{form.name}" in inspect.getsource(formats.recognise_format)
    if not form.value.startswith("text/") or form is Format.HTML:
        assert f"Format.{form.name}" in inspect.getsource(reading), f"no reader for {form.name} in reading.py"


def test_every_export_has_its_command() -> None:
    exports = {
        name for name, _ in inspect.getmembers(exporting, inspect.isfunction) if name.startswith("export_")
    }
    folder = Path(reviewer.cli.__file__).parent
    commands = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert {name for name in exports if f"{name}(" not in commands} == set()


@pytest.mark.parametrize("source", SOURCES.choices)
def test_every_source_that_can_be_asked_has_its_name_in_the_search_log(
    source: str, open_work: OpenWork
) -> None:
    clinic = open_clinic(open_work)
    with clinic.open_work() as work:
        version = work.articles.get_version(clinic.version_id)
        claims = work.claims.list_claims(clinic.version_id)[:1]
    (row,) = build_search_log(version, claims, {claims[0].id: [replace(make_run(), source=source)]}, UTC)
    assert row["interface"], f"reviewer/exports/search_log.py does not know {source}"

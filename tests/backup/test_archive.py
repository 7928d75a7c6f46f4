"""A backup is told from other files, and nothing of it is taken that is not as it was written."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import BackupError
from db.backup import StoredDatabase, StoredTable
from reviewer.backup.archive import MARK, Archive, ArchiveWriter, open_archive
from reviewer.backup.manifest import FORMAT, MANIFEST, Held, Manifest, Part, write_manifest
from tests.factories import NOON

PARTS = {
    "database.sqlite3": bytes(range(256)) * 20,
    "session_secret": b"s" * 40,
    "library/meta.json": b'{"segments": []}',
}
DATABASE = StoredDatabase("sqlite", "0017", (StoredTable("article", 2, ("id", "title")),), (("a.id", 3),))


def describe(parts: tuple[Part, ...]) -> Manifest:
    return Manifest(FORMAT, "0.1.0", NOON, DATABASE, Held.INCLUDED, "f" * 64, Held.INCLUDED, 1, parts)


@cache
def write_backup() -> bytes:
    file = io.BytesIO()
    with ArchiveWriter(file) as writer:
        for name, content in PARTS.items():
            writer.add(name, [content[:7], content[7:]], packed=not name.startswith("library"))
        writer.finish(describe(writer.parts))
    return file.getvalue()


def look(content: bytes) -> dict[str, bytes]:
    """What the file of this content brings, read as a restore does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.name"
        path.write_bytes(content)
        with open_archive(path) as archive:
            archive.verify()
            return {part.name: b"".join(archive.read(part.name)) for part in archive.manifest.parts}


def refuse(content: bytes) -> str:
    with pytest.raises(BackupError) as refused:
        look(content)
    return refused.value.code


def test_what_was_written_is_read() -> None:
    assert look(write_backup()) == PARTS


def test_it_is_a_zip_that_any_tool_lists() -> None:
    with zipfile.ZipFile(io.BytesIO(write_backup())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MARK, *PARTS, MANIFEST]


@given(st.data())
def test_a_byte_that_changed_anywhere_is_noticed_or_changes_nothing(data: st.DataObject) -> None:
    content = bytearray(write_backup())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    try:
        found = look(bytes(content))
    except BackupError:
        return
    assert found == PARTS


@pytest.mark.parametrize("name", PARTS)
def test_a_byte_that_changed_in_a_part_is_noticed_in_it(name: str) -> None:
    content = bytearray(write_backup())
    with zipfile.ZipFile(io.BytesIO(write_backup())) as archive:
        entry = archive.getinfo(name)
    begin = entry.header_offset + 30 + len(name) + 20
    for at in (begin, begin + entry.compress_size // 2, begin + entry.compress_size - 1):
        # All bits of it: the last byte of what is packed has some that mean nothing.
        content[at] ^= 255
        with pytest.raises(BackupError) as refused:
            look(bytes(content))
        assert (refused.value.code, refused.value.values["part"]) == ("backup_damaged", name)
        content[at] ^= 255
    assert look(bytes(content)) == PARTS


@given(st.integers(0, len(write_backup()) - 1))
def test_a_file_that_was_cut_short_is_refused(size: int) -> None:
    assert refuse(write_backup()[:size]) in {"backup_damaged", "backup_foreign"}


def test_a_cut_short_file_is_called_that_as_soon_as_it_can_be_told() -> None:
    assert refuse(write_backup()[:60]) == "backup_damaged"


@given(st.binary(max_size=200))
def test_anything_else_is_no_backup(content: bytes) -> None:
    assert refuse(content) == "backup_foreign"


def test_a_zip_of_something_else_is_no_backup() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "{}")
    assert refuse(file.getvalue()) == "backup_foreign"


def rewrite(change: Callable[[Manifest], Manifest], extra: tuple[str, ...] = ()) -> bytes:
    """The backup with another manifest, and with entries that it does not name."""
    file = io.BytesIO()
    with ArchiveWriter(file) as writer:
        for name, content in PARTS.items():
            writer.add(name, [content])
        manifest = change(describe(writer.parts))
        for name in extra:
            writer.add(name, [b"x"])
        writer.finish(manifest)
    return file.getvalue()


PATHS = ("library/../escape", "library/..", "library//etc/passwd", "library/a/b", "library/", "library/a\n")


@pytest.mark.parametrize("name", PATHS)
def test_a_name_that_leads_out_of_the_library_is_refused(name: str) -> None:
    part = Part(name, 1, hashlib.sha256(b"x").hexdigest())
    assert refuse(rewrite(lambda m: replace(m, parts=(*m.parts, part)), (name,))) == "backup_damaged"


@pytest.mark.parametrize("extra", ["x", "../x", "session_secret"])
def test_what_the_manifest_does_not_name_is_refused(extra: str) -> None:
    with pytest.warns(UserWarning, match="Duplicate") if extra in PARTS else nothing():
        assert refuse(rewrite(lambda manifest: manifest, (extra,))) == "backup_damaged"


def nothing() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(), "w")


CHANGES: dict[str, Callable[[Manifest], Manifest]] = {
    "a part fewer": lambda m: replace(m, parts=m.parts[1:]),
    "another size": lambda m: replace(m, parts=(replace(m.parts[0], size=1), *m.parts[1:])),
    "another digest": lambda m: replace(m, parts=(replace(m.parts[0], sha256="0" * 64), *m.parts[1:])),
    "no digest": lambda m: replace(m, parts=(replace(m.parts[0], sha256=""), *m.parts[1:])),
    "a part twice": lambda m: replace(m, parts=(*m.parts, m.parts[0])),
    "no secret": lambda m: replace(m, secret=Held.LEFT_OUT),
    "no library": lambda m: replace(m, library=Held.NONE),
    "rows that are no number": lambda m: replace(m, library_records="1"),  # type: ignore[arg-type]
    "fewer than no records": lambda m: replace(m, library_records=-1),
    "a format of old": lambda m: replace(m, format=0),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_manifest_that_does_not_fit_is_refused(change: str) -> None:
    assert refuse(rewrite(CHANGES[change])) == "backup_damaged"


def test_a_later_format_is_named_as_such() -> None:
    assert refuse(rewrite(lambda manifest: replace(manifest, format=FORMAT + 1))) == "backup_newer"


@pytest.mark.parametrize("content", [b"[]", b"{}", b"null", b"\xff", b'{"format": 1}', b"[" * 100_000])
def test_a_manifest_that_is_none_is_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.backup.archive.write_manifest", lambda manifest: content)
    assert refuse(rewrite(lambda manifest: manifest)) == "backup_damaged"


def test_the_manifest_is_readable_and_holds_no_secret() -> None:
    written = json.loads(write_manifest(describe(())))
    assert written["database"]["tables"] == [{"name": "article", "rows": 2, "columns": ["id", "title"]}]
    assert "s" * 40 not in json.dumps(written)


def test_the_last_piece_of_a_part_comes_after_it_was_found_whole() -> None:
    archive = Archive(zipfile.ZipFile(io.BytesIO(rewrite(CHANGES["another digest"]))))
    with pytest.raises(BackupError):
        next(archive.read("database.sqlite3"))

"""A file that was made for a download is fetched by whoever it was made for, and is the one that was made."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from reviewer.dashboard.handed_out import let_fetch, may_fetch

LONG = 2 * 1024 * 1024


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> MemoryMediaFileStorage:
    storage = MemoryMediaFileStorage("/media")
    runtime = SimpleNamespace(media_file_mgr=MediaFileManager(storage))
    monkeypatch.setattr("reviewer.dashboard.handed_out.get_instance", lambda: runtime)
    return storage


def keep(storage: MemoryMediaFileStorage, content: bytes) -> str:
    return storage.load_and_get_id(content, "text/csv", MediaFileKind.DOWNLOADABLE, "report.csv")


def test_of_two_long_files_that_streamlit_takes_for_one_nobody_gets_the_others(
    storage: MemoryMediaFileStorage,
) -> None:
    before = bytes(LONG)
    after = before[:100_000] + b"graded anew" + before[100_011:]
    let_fetch(before, "first")
    let_fetch(after, "second")
    assert (name := keep(storage, before)) == keep(storage, after)
    assert (may_fetch(f"{name}.csv", "first"), may_fetch(f"{name}.csv", "second")) == (True, False)


def test_a_file_that_is_not_there_is_nobodys_to_refuse(storage: MemoryMediaFileStorage) -> None:
    assert may_fetch("unknown.csv", "first")

"""A library whose files are damaged says so, however its index breaks down over them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from claims.errors import SourceError
from claims.library import Library
from claims.library.damage import catching_panics
from claims.records.citation import Pmid
from tests.entrez_server import sample_article
from tests.evidence.library_files import write_document

FIRST = 9_000_000_001
# The checksums at the end of a file stay: with them wrong the index refuses the file before it reads it.
FOOTER_BYTES = 150
ASKS: dict[str, Callable[[Library], object]] = {
    "both": lambda library: library.search("hair[tiab] AND trial[tiab]", 20),
    "phrase": lambda library: library.search('"hair density"[tiab]', 20),
    "any": lambda library: library.search("hair OR men OR women OR loss", 20),
    "count": lambda library: library.count(),
    "record": lambda library: library.fetch([Pmid(str(FIRST))]),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of some records, whole."""
    folder = tmp_path_factory.mktemp("sound")
    effects = ("increases hair density in men", "reduces hair loss after six months", "helps women")
    subjects = ("Minoxidil", "Finasteride", "Platelet-rich plasma", "Zinc", "Caffeine", "Biotin")
    lines = [f"{subject} {effect}" for subject in subjects for effect in effects]
    records = [
        sample_article(str(FIRST + n), f"SAMPLE: {line}", f"{line}: hair, a trial of 40 persons.")
        for n, line in enumerate(lines)
    ]
    Library(folder / "library").import_files([write_document(folder / "a.xml", *records)])
    return folder / "library"


def damage(folder: Path, random: Random) -> None:
    """A few bytes of one of its files are others."""
    end = random.choice(["idx", "term", "pos", "fieldnorm", "fast", "store"])
    (file,) = folder.glob(f"*.{end}")
    content = bytearray(file.read_bytes())
    for _ in range(random.choice([1, 2, 4, 8])):
        content[random.randrange(max(1, len(content) - FOOTER_BYTES))] = random.randrange(256)
    file.write_bytes(bytes(content))


def test_damage_anywhere_is_told_as_such(sound: Path, tmp_path: Path) -> None:
    refused: list[str] = []
    for seed in range(60):
        folder = tmp_path / str(seed)
        shutil.copytree(sound, folder)
        damage(folder, Random(seed))
        for ask in ASKS.values():
            try:
                ask(Library(folder))
            except SourceError as error:
                refused.append(error.code)
    assert set(refused) == {"library_unreadable"}


@pytest.mark.parametrize("end", ["idx", "term", "store", "pos", "fast"])
def test_nothing_is_imported_into_what_cannot_be_read(sound: Path, tmp_path: Path, end: str) -> None:
    folder = tmp_path / "library"
    shutil.copytree(sound, folder)
    (file,) = folder.glob(f"*.{end}")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content) if end == "store" else Random(1).randbytes(len(content)))
    with pytest.raises(SourceError) as refused:
        Library(folder).import_files([sound.parent / "a.xml"])
    assert refused.value.code == "library_unreadable"


class PanicException(BaseException):
    """As the index raises one, by name and kind."""


def test_a_panic_is_no_way_past_those_who_tell_errors() -> None:
    with pytest.raises(ValueError, match="damaged"), catching_panics():
        raise PanicException("index out of bounds")


def test_what_ends_a_program_still_ends_it() -> None:
    with pytest.raises(KeyboardInterrupt), catching_panics():
        raise KeyboardInterrupt

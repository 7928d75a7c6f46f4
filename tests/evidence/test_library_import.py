"""Files into the library: exact counts, the latest version in any order, bad files, and interruptions."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import SourceError
from claims.library import ImportSummary, Library
from claims.library.editions import Edition, is_later
from claims.records.citation import Pmid
from tests.entrez_server import sample_article
from tests.evidence.library_files import deletion, version, write_document
from tests.examples import at_most

FIRST = 9_000_000_001
ONE = Pmid(str(FIRST))
TWO = Pmid(str(FIRST + 1))
BOOK = (
    "<PubmedBookArticle><BookDocument><PMID>9000000003</PMID><Book><BookTitle>SAMPLE book</BookTitle></Book>"
    "</BookDocument></PubmedBookArticle>"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def title(library: Library, pmid: Pmid = ONE) -> str | None:
    found = library.fetch([pmid]).get(pmid)
    return found.title if found else None


def counts(done: ImportSummary) -> tuple[int, int, int, int, int]:
    return done.read, done.added, done.revised, done.deleted, len(done.refused)


# --- counts ---------------------------------------------------------------------------------------


def test_the_counts_are_exact_and_books_count(library: Library, tmp_path: Path) -> None:
    base = write_document(tmp_path / "base.xml", version(FIRST, day=20200101), version(FIRST + 1), BOOK)
    update = write_document(
        tmp_path / "update.xml.gz",
        version(FIRST, "SAMPLE revised", 20210101),
        version(FIRST + 1),
        version(FIRST + 5),
        "<PubmedArticle/>",
        deletion(FIRST + 1, FIRST + 9),
    )
    assert counts(library.import_files([base])) == (3, 3, 0, 0, 0)
    assert counts(library.import_files([update])) == (3, 1, 1, 1, 1)
    assert library.count() == 3
    assert title(library) == "SAMPLE revised"


def test_files_known_whole_are_told_and_not_read_again(library: Library, tmp_path: Path) -> None:
    files = [
        write_document(tmp_path / "a.xml", version(FIRST), "<PubmedArticle/>"),
        write_document(tmp_path / "b.xml", version(FIRST + 1)),
    ]
    first = library.import_files(files)
    again = library.import_files(files)
    assert counts(first) == (2, 2, 0, 0, 1)
    assert counts(again) == (2, 0, 0, 0, 1)
    assert again.refused == first.refused
    renamed = files[1].rename(tmp_path / "c.xml")
    assert counts(library.import_files([renamed])) == (1, 0, 0, 0, 0)


def test_of_a_record_that_a_file_brings_twice_the_later_version_stands(
    library: Library, tmp_path: Path
) -> None:
    file = write_document(
        tmp_path / "twice.xml",
        version(FIRST, "SAMPLE new", 20240101),
        version(FIRST, "SAMPLE old", 20200101),
        version(FIRST, "SAMPLE newest", 20250101),
    )
    assert counts(library.import_files([file])) == (3, 1, 1, 0, 0)
    assert title(library) == "SAMPLE newest"
    assert library.count() == 1


# --- order ----------------------------------------------------------------------------------------


def test_an_older_file_never_overwrites_a_newer_revision(library: Library, tmp_path: Path) -> None:
    old = write_document(tmp_path / "old.xml", version(FIRST, "SAMPLE old", 20200101))
    new = write_document(tmp_path / "new.xml", version(FIRST, "SAMPLE new", 20240101))
    assert counts(library.import_files([new, old])) == (2, 1, 0, 0, 0)
    assert title(library) == "SAMPLE new"


def test_a_deletion_wins_over_what_was_there_and_loses_to_what_is_newer(
    library: Library, tmp_path: Path
) -> None:
    old = write_document(tmp_path / "old.xml", version(FIRST, "SAMPLE old", 20200101))
    gone = write_document(tmp_path / "gone.xml", deletion(FIRST))
    older = write_document(tmp_path / "older.xml", version(FIRST, "SAMPLE older", 20190101))
    back = write_document(tmp_path / "back.xml", version(FIRST, "SAMPLE back", 20240101))
    assert counts(library.import_files([old, gone])) == (1, 1, 0, 1, 0)
    assert counts(library.import_files([older])) == (1, 0, 0, 0, 0)
    assert title(library) is None
    assert counts(library.import_files([back])) == (1, 1, 0, 0, 0)
    assert title(library) == "SAMPLE back"


def test_a_deletion_that_comes_first_keeps_older_files_out(library: Library, tmp_path: Path) -> None:
    gone = write_document(tmp_path / "gone.xml", deletion(FIRST))
    old = write_document(tmp_path / "old.xml", version(FIRST, day=20200101))
    new = write_document(tmp_path / "new.xml", version(FIRST, "SAMPLE new", 20261231))
    library.import_files([gone, old], today=date(2026, 11, 25))
    assert title(library) is None
    library.import_files([new])
    assert title(library) == "SAMPLE new"


HISTORY = (
    ("pubmed26n0001.xml.gz", (version(FIRST, "SAMPLE 1", 20200101), version(FIRST + 1, "SAMPLE", 20200101))),
    ("pubmed26n1300.xml.gz", (version(FIRST, "SAMPLE 2", 20260201), deletion(FIRST + 1))),
    ("pubmed26n1301.xml.gz", (deletion(FIRST),)),
    ("pubmed26n1302.xml.gz", (version(FIRST, "SAMPLE 4", 20260401),)),
)


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_nlms_files_end_in_the_same_library_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    library = Library(tmp_path / "library")
    for place in order:
        name, records = HISTORY[place]
        library.import_files([write_document(tmp_path / name, *records)])
    assert title(library) == "SAMPLE 4"
    assert title(library, Pmid(str(FIRST + 1))) is None
    assert library.count() == 1


VERSIONS = st.lists(st.sampled_from(("revise", "delete", "nothing")), min_size=1, max_size=5)


@given(st.lists(VERSIONS, min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(
    max_examples=at_most(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_history_in_any_order_ends_at_its_last_step(
    tmp_path_factory: pytest.TempPathFactory, histories: list[list[str]], random: Random
) -> None:
    folder = tmp_path_factory.mktemp("history")
    files = []
    for step in range(max(map(len, histories))):
        records = [f"<!-- {step} -->"]
        for number, history in enumerate(histories):
            if step < len(history) and history[step] == "revise":
                records.append(version(FIRST + number, f"SAMPLE {step}", 20260101 + step))
            elif step < len(history) and history[step] == "delete":
                records.append(deletion(FIRST + number))
        files.append(write_document(folder / f"pubmed26n{step + 1:04}.xml", *records))
    random.shuffle(files)
    library = Library(folder / "library")
    cut = random.randint(0, len(files))
    for part in (files[:cut], files[cut:], files):
        library.import_files(part)
    for number, history in enumerate(histories):
        steps = [(step, kind) for step, kind in enumerate(history) if kind != "nothing"]
        expected = f"SAMPLE {steps[-1][0]}" if steps and steps[-1][1] == "revise" else None
        assert title(library, Pmid(str(FIRST + number))) == expected


EDITIONS = st.builds(Edition, st.sampled_from((0, 20200101, 20240101)), st.integers(0, 3), st.booleans())


@given(EDITIONS, EDITIONS)
def test_of_two_versions_that_differ_never_are_both_later(one: Edition, other: Edition) -> None:
    dated = one.day and other.day and one.day != other.day
    if dated or (one.file and other.file and one.file != other.file):
        assert is_later(one, other) != is_later(other, one)


def test_nbib_says_less_and_replaces_only_what_is_older(library: Library, tmp_path: Path) -> None:
    def nbib(words: str, day: int) -> Path:
        file = tmp_path / f"{day}.nbib"
        file.write_text(f"PMID- {FIRST}\nLR  - {day}\nTI  - {words}\n", encoding="utf-8")
        return file

    library.import_files([write_document(tmp_path / "a.xml", version(FIRST, "SAMPLE XML", 20240101))])
    library.import_files([nbib("SAMPLE same day", 20240101)])
    assert title(library) == "SAMPLE XML"
    library.import_files([nbib("SAMPLE later", 20240102)])
    assert title(library) == "SAMPLE later"


# --- bad files ------------------------------------------------------------------------------------

GOOD = f"<PubmedArticleSet>{version(FIRST)}</PubmedArticleSet>".encode()
BAD_FILES = {
    "empty": (b"", "xml_empty", 0),
    "a page": (b"<html><body>Access denied</body></html>", "xml_not_pubmed", 0),
    "other xml": (b"<eSearchResult><Count>0</Count></eSearchResult>", "xml_not_pubmed", 0),
    "words": (b"Error occurred", "xml_malformed", 0),
    "truncated": (GOOD[:-10], "xml_malformed", 1),
    "gzip cut short": (gzip.compress(GOOD)[:-8], "gzip_broken", 1),
    "broken after a record": (GOOD.replace(b"</PubmedArticleSet>", b"<a></b>"), "xml_malformed", 1),
    "wrong encoding": (GOOD.replace(b"SAMPLE", "SAMPLE é".encode("latin-1")), "record_unreadable", 0),
    "entities": (
        b'<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + GOOD,
        "xml_entities",
        0,
    ),
}


@pytest.mark.parametrize(("content", "reason", "kept"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_named_with_its_reason_and_the_rest_is_kept(
    library: Library, tmp_path: Path, content: bytes, reason: str, kept: int
) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(content)
    good = write_document(tmp_path / "good.xml", version(FIRST + 1))
    done = library.import_files([bad, good])
    assert [(one.file, one.reason) for one in done.refused] == [(str(bad), reason)]
    assert done.added == kept + 1
    assert library.count() == kept + 1


DAMAGES = {
    "a control character": "&#11;",
    "a tag that is not closed": "<b>",
    "a tag that was not opened": "</b>",
    "a bare ampersand": " & ",
    "no end of its own": None,
}


def damage(record: str, wrong: str | None) -> str:
    if wrong is None:
        return record.removesuffix("</MedlineCitation></PubmedArticle>")
    return record.replace("</ArticleTitle>", f"{wrong}</ArticleTitle>")


@pytest.mark.parametrize("wrong", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("places", [(0,), (1,), (4,), (0, 1), (1, 3)], ids=str)
@pytest.mark.parametrize("suffix", [".xml", ".xml.gz"])
def test_a_damaged_record_is_named_and_those_around_it_are_read(
    library: Library, tmp_path: Path, wrong: str | None, places: tuple[int, ...], suffix: str
) -> None:
    records = [version(FIRST + n).replace("<PubmedArticle>", "\n<PubmedArticle>\n") for n in range(5)]
    records = [damage(part, wrong) if n in places else part for n, part in enumerate(records)]
    file = write_document(tmp_path / f"damaged{suffix}", *records, deletion(FIRST + 2))
    done = library.import_files([file])
    assert [(one.reason, one.pmid) for one in done.refused] == [
        ("record_unreadable", str(FIRST + place)) for place in places
    ]
    assert counts(done) == (5 - len(places), 5 - len(places), 0, 1, len(places))
    assert counts(library.import_files([file])) == (5 - len(places), 0, 0, 0, len(places))


def test_a_file_that_is_damaged_and_breaks_off_is_read_between(library: Library, tmp_path: Path) -> None:
    records = [version(FIRST + n) for n in range(4)]
    records[1] = damage(records[1], "<b>")
    file = write_document(tmp_path / "cut.xml", *records)
    file.write_bytes(file.read_bytes()[:-60])
    done = library.import_files([file])
    assert [(one.reason, one.pmid) for one in done.refused] == [
        ("record_unreadable", str(FIRST + 1)),
        ("xml_malformed", ""),
    ]
    assert counts(done) == (2, 2, 0, 0, 2)


def test_damaged_records_far_apart_in_a_long_file_cost_only_themselves(
    library: Library, tmp_path: Path
) -> None:
    records = [version(FIRST + n, "SAMPLE " + "word " * (n % 97)) for n in range(3_000)]
    for place in (700, 701, 2_900):
        records[place] = damage(records[place], "</b>")
    done = library.import_files([write_document(tmp_path / "long.xml", *records)])
    assert counts(done) == (2_997, 2_997, 0, 0, 3)


def test_a_folder_and_a_file_that_is_not_there_are_told_apart(library: Library, tmp_path: Path) -> None:
    good = write_document(tmp_path / "good.xml", version(FIRST))
    done = library.import_files([tmp_path, tmp_path / "nowhere.xml", good])
    assert [one.reason for one in done.refused] == ["file_is_folder", "file_missing"]
    assert done.added == 1


def test_a_file_that_vanishes_while_others_are_read_is_named(library: Library, tmp_path: Path) -> None:
    files = [write_document(tmp_path / f"{n}.xml", version(FIRST + n)) for n in range(2)]

    def vanish(done: ImportSummary, count: int) -> None:
        files[1].unlink(missing_ok=True)

    done = library.import_files(files, vanish)
    assert (done.added, [one.reason for one in done.refused]) == (1, ["file_missing"])


def test_a_record_larger_than_any_real_one_is_refused_and_its_neighbours_are_kept(
    library: Library, tmp_path: Path
) -> None:
    huge = sample_article(str(FIRST + 1), "SAMPLE", "word " * 8_000_000)
    file = write_document(tmp_path / "huge.xml", version(FIRST), huge, version(FIRST + 2))
    done = library.import_files([file])
    assert counts(done) == (2, 2, 0, 0, 1)
    assert (done.refused[0].reason, done.refused[0].pmid) == ("record_too_large", str(FIRST + 1))


# --- the folder -----------------------------------------------------------------------------------


def test_an_import_that_brought_nothing_leaves_no_library(library: Library, tmp_path: Path) -> None:
    library.import_files([tmp_path / "nowhere.xml"])
    assert not library.exists
    with pytest.raises(SourceError) as caught:
        library.search("hair", 1)
    assert caught.value.code == "library_missing"


@pytest.mark.parametrize("suffix", [".store", ".term", ".idx", "meta.json"])
def test_a_damaged_folder_says_so(library: Library, tmp_path: Path, suffix: str) -> None:
    library.import_files([write_document(tmp_path / "a.xml", version(FIRST))])
    damaged = next(path for path in library.folder.iterdir() if path.name.endswith(suffix))
    damaged.write_bytes(damaged.read_bytes()[:10])
    asked: tuple[Callable[[Library], object], ...] = (
        lambda shelf: shelf.count(),
        lambda shelf: shelf.fetch([ONE]),
        lambda shelf: shelf.search("sample", 1),
        lambda shelf: shelf.import_files([tmp_path / "a.xml"]),
    )
    for ask in asked:
        with pytest.raises(SourceError) as caught:
            ask(Library(library.folder))
        assert caught.value.code == "library_unreadable"


def test_while_one_import_runs_a_second_is_refused_and_searches_are_answered(
    library: Library, tmp_path: Path
) -> None:
    library.import_files([write_document(tmp_path / "first.xml", version(FIRST))])
    other = write_document(tmp_path / "other.xml", version(FIRST + 2))
    seen: list[int] = []

    def meanwhile(done: ImportSummary, files: int) -> None:
        seen.append(Library(library.folder).search("sample", 5).count)
        with pytest.raises(SourceError) as caught:
            Library(library.folder).import_files([other])
        assert caught.value.code == "library_busy"

    library.import_files([write_document(tmp_path / "second.xml", version(FIRST + 1))], meanwhile)
    assert set(seen) == {1}
    assert library.search("sample", 5).count == 2
    assert library.import_files([other]).added == 1


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from random import Random
from claims.errors import SourceError
from claims.library import Library
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    Library(Path(sys.argv[1])).import_files([Path(sys.argv[2])])
except SourceError as error:
    print(error.code)
"""


def test_a_disk_that_takes_no_more_is_told_and_what_was_committed_stays(
    library: Library, tmp_path: Path
) -> None:
    library.import_files([write_document(tmp_path / "first.xml", version(FIRST))])
    words = " ".join(f"word{n}" for n in range(20_000))
    large = write_document(tmp_path / "large.xml", sample_article(str(FIRST + 1), "SAMPLE", words))
    script = [sys.executable, "-c", FULL_DISK, str(library.folder), str(large)]
    done = subprocess.run(script, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["library_unwritable"]
    assert title(library) == "SAMPLE"
    assert counts(library.import_files([large])) == (1, 1, 0, 0, 0)


# --- interruptions --------------------------------------------------------------------------------

FILES, RECORDS_A_FILE = 4, 3_000


@pytest.fixture(scope="module")
def many_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    words = "SAMPLE " + "hair follicle growth factor " * 12
    return [
        write_document(
            folder / f"pubmed26n{number + 1:04}.xml",
            *(
                sample_article(str(FIRST + number * RECORDS_A_FILE + n), f"SAMPLE {n}", words)
                for n in range(RECORDS_A_FILE)
            ),
            deletion(FIRST + number * RECORDS_A_FILE),
        )
        for number in range(FILES)
    ]


IMPORT = """
import sys
from pathlib import Path
from random import Random
from claims.library import Library
if __name__ == "__main__":
    print(Library(Path(sys.argv[1])).import_files(map(Path, sys.argv[2:])).added)
"""


def start_import(tmp_path: Path, folder: Path, files: list[Path]) -> subprocess.Popen[str]:
    script = tmp_path / "import.py"
    script.write_text(IMPORT, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, str(script), str(folder), *map(str, files)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        start_new_session=True,
    )


def group_is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("seconds", [0.4, 1.5, 2.5])
def test_an_import_that_was_killed_goes_on_and_nothing_is_lost_or_doubled(
    library: Library, tmp_path: Path, many_files: list[Path], seconds: float
) -> None:
    running = start_import(tmp_path, library.folder, many_files)
    time.sleep(seconds)
    os.kill(running.pid, signal.SIGKILL)
    running.wait(timeout=30)
    for _ in range(200):
        if not group_is_alive(running.pid):
            break
        time.sleep(0.1)
    assert not group_is_alive(running.pid), "the processes that read files end with the import"

    done = library.import_files(many_files)
    everything = FILES * RECORDS_A_FILE
    assert (done.read, done.refused) == (everything, ())
    assert library.count() == everything - FILES
    assert library.search("hair", 10).count == everything - FILES
    assert counts(library.import_files(many_files)) == (everything, 0, 0, 0, 0)
    assert not (library.folder / "spool").exists()


def test_files_read_side_by_side_give_what_files_read_one_by_one_give(
    tmp_path: Path, many_files: list[Path]
) -> None:
    together, singly = Library(tmp_path / "together"), Library(tmp_path / "singly")
    done = together.import_files(many_files)
    alone = ImportSummary()
    for file in many_files:
        alone = alone.plus(singly.import_files([file]))
    assert done == alone
    pmids = [Pmid(str(FIRST + n)) for n in range(0, FILES * RECORDS_A_FILE, 97)]
    assert together.fetch(pmids) == singly.fetch(pmids)


def test_a_library_that_is_not_imported_whole_says_so_and_is_not_empty(tmp_path: Path) -> None:
    """An import that is broken off between two files: what is there is told as a part."""
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_text(f"<PubmedArticleSet>{sample_article(ONE, 'SAMPLE: lactate')}</PubmedArticleSet>")
    second.write_text(f"<PubmedArticleSet>{sample_article(TWO, 'SAMPLE: minoxidil')}</PubmedArticleSet>")
    library = Library(tmp_path / "library")
    library.import_files([first])
    assert library.search("minoxidil[ti]", 20).count == 0

    def break_off(done: ImportSummary, files: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.import_files([second], on_progress=break_off)
    assert library.search("lactate[ti]", 20).warnings == ("LibraryUnfinished: 1",)
    with pytest.raises(SourceError, match="library_unfinished"):
        library.search("minoxidil[ti]", 20)
    library.import_files([second])
    found = library.search("minoxidil[ti]", 20)
    assert (found.pmids, found.warnings) == ((TWO,), ())

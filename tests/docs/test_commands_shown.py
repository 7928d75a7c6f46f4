"""Every command line that a document shows is run as it stands, in the document's order and an empty home."""

from __future__ import annotations

import gzip
import os
import re
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from reviewer.cli import konkyo
from tests.docs.commands_shown import Shown, find_shown
from tests.docs.test_docs import ALL_COMMANDS, DOCUMENTS, ROOT, help_text
from tests.entrez_server import EntrezServer
from tests.evidence.test_retraction_watch import write_table

# The words that stand for a reader's own, and what is given for them.
PLACEHOLDERS = {
    "VERSION": "1",
    "NUMBER": "1",
    "FILE": "article.txt",
    "FILE...": "pubmed26n0001.xml.gz",
    "NAME": "sato",
}
# What is not run as it stands: what is run instead, and why.
INSTEAD = {
    "python -m training.extraction --write": (
        "python -m training.extraction --help",
        "it would write the weights anew, which takes minutes",
    ),
    "python -m training.relevance": (
        "python -m training.relevance --help",
        "it would write the weights anew, which takes minutes and the data beside the project",
    ),
    "python -m benchmarks.on_topic": (
        "python -m benchmarks.on_topic --help",
        "it takes minutes where the data is beside the project",
    ),
    "python -m benchmarks.known_claims": (
        "python -m benchmarks.known_claims --help",
        "it fills a library of a million claims",
    ),
    "python -m benchmarks.request_rate": (
        "python -m benchmarks.request_rate --help",
        "it asks for minutes on a machine that is kept busy",
    ),
    "python -m benchmarks.repeated_article": (
        "python -m benchmarks.repeated_article --help",
        "it grades in a browser for minutes",
    ),
    "python -m benchmarks.stance": (
        "python -m benchmarks.stance --help",
        "it takes minutes where the data is beside the project",
    ),
    "python -m benchmarks.extraction --pages FOLDER": (
        "python -m benchmarks.extraction --help",
        "it needs labelled pages, which are not in the project; test_labelled_pages.py runs it on one",
    ),
    "python -m training.page_labels FOLDER": (
        "python -m training.page_labels --help",
        "it would write into the project; test_labelled_pages.py writes labels elsewhere",
    ),
    "python -m docs.write_commands": (
        'python -c "import docs.write_commands"',
        "it would write into the project; test_docs.py compares what it writes",
    ),
    "python -m docs.write_mutants": (
        'python -c "import docs.write_mutants"',
        "it tells of a run that takes long",
    ),
    "python -m benchmarks.scale.pages DATABASE_URL --claims 1000000 --out results.json": (
        'python -c "import benchmarks.scale.pages"',
        "it measures for minutes or hours in a house of its own",
    ),
    "python -m benchmarks.scale.upgrade DATABASE_URL --claims 1000000 --kill-after 30 90": (
        'python -c "import benchmarks.scale.upgrade"',
        "it measures for minutes or hours in a house of its own",
    ),
    "python -m benchmarks.scale.load DATABASE_URL --people 50 --seconds 300 --out results.json": (
        'python -c "import benchmarks.scale.load"',
        "it measures for minutes or hours in a house of its own",
    ),
    "python -m benchmarks.scale.library --records 200000 1000000 2000000 --out results.json": (
        'python -c "import benchmarks.scale.library"',
        "it measures for minutes or hours in a house of its own",
    ),
    "python -m docs.write_reports": (
        'python -c "import docs.write_reports"',
        "it would write into the project; test_reports.py compares what it writes",
    ),
    "python -m docs.write_scale": (
        'python -c "import docs.write_scale"',
        "it would write into the project; test_scale.py compares what it writes",
    ),
    ".venv/bin/mutmut results": ("python -m mutmut results --help", "it tells of a run that takes long"),
    ".venv/bin/mutmut show sato": ("python -m mutmut show --help", "it tells of a run that takes long"),
    "pip install -r requirements-pdf.lock": (
        "python -c \"import importlib.metadata as m; m.version('weasyprint')\"",
        "it would install; the package that it adds is there",
    ),
    "pip install -r requirements-workers.lock": (
        'python -c "import procrastinate"',
        "it would install; the package that it adds is there",
    ),
    "pip install konkyo": (
        "true",
        "ADR 0001 says that this name on the index is a stranger's: a warning, nothing to type",
    ),
}
_typed_instead: set[str] = set()
PASSWORD = "correct-horse-battery"
ARTICLE = (
    "ミノキシジルは毛包の成長期を延長します。フィナステリドは脱毛症を改善します。"
    "PRP療法は毛髪の密度を増加させます。ビタミンDは免疫機能を高めます。\n"
)
REVISED = ARTICLE.replace("改善します", "改善することがあります")
_RECORD = re.compile(r"<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
_SETTING = re.compile(r"[A-Z_]+=\S*")
LIBRARY = "".join(
    file.read_text(encoding="utf-8") for file in sorted((ROOT / "samples" / "library").glob("*.xml"))
)
SHOWING = [
    document for document in DOCUMENTS if document.name != "CHANGELOG.md" and any(find_shown(document))
]


def list_steps(document: Path) -> tuple[str, ...]:
    """The command lines of a document without their comments."""
    return tuple(shlex.join(shlex.split(shown.line, comments=True)) for shown in find_shown(document))


# What stands alike in both languages is typed once.
TYPED = list({list_steps(document): document for document in reversed(SHOWING)}.values())[::-1]


@dataclass
class Reader:
    """Somebody who types what a document shows: a folder with an article, an empty home, and a PubMed."""

    folder: Path
    environment: dict[str, str]

    def type(self, line: str, in_project: bool = False) -> None:
        """Run the line, which must end well: by a shell where one is needed, else in this process."""
        with chdir(ROOT if in_project else self.folder):
            words = shlex.split(line, comments=True)
            if Path(words[0]).name == "konkyo" and not needs_shell(line):
                done = CliRunner().invoke(konkyo, words[1:], input=f"{PASSWORD}\n", env=self.environment)
                assert done.exit_code == 0, f"{line}\n{done.output}"
                return
            shell = subprocess.run(
                ["sh", "-c", line],
                check=False,
                env={**os.environ, **self.environment},
                input=f"{PASSWORD}\n",
                capture_output=True,
                text=True,
            )
            assert shell.returncode == 0, f"{line}\n{shell.stderr}"

    def serve(self, line: str) -> str:
        """The sign-in page of the room that the line starts and that is healthy; it is stopped again."""
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            port = place.getsockname()[1]
        room = subprocess.Popen(
            ["sh", "-c", f"exec {line} --port {port}"],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(room, f"http://127.0.0.1:{port}/_stcore/health")
            page = requests.get(f"http://127.0.0.1:{port}/sign-in?lang=en", timeout=60)
            assert page.status_code == 200
            assert "Password" in page.text
            return page.text
        finally:
            room.terminate()
            room.wait(30)


def needs_shell(line: str) -> bool:
    """Whether the line has a pipe, a redirection or the like outside its quotes."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    return any(set(word) <= set("|&;<>()") for word in words)


def wait_for(room: subprocess.Popen[bytes], url: str) -> None:
    for _ in range(600):
        assert room.poll() is None, "the room ended by itself"
        try:
            if requests.get(url, timeout=5).ok:
                return
        except (requests.ConnectionError, requests.Timeout):
            # It is not listening yet, or busy with its start.
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer")


@pytest.fixture(scope="module")
def pubmed() -> Iterator[EntrezServer]:
    with EntrezServer(_RECORD.findall(LIBRARY)) as running:
        yield running


@pytest.fixture
def reader(tmp_path: Path, pubmed: EntrezServer, monkeypatch: pytest.MonkeyPatch) -> Reader:
    for name in (".venv", "samples"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "revised.txt").write_text(REVISED, encoding="utf-8")
    (tmp_path / "retraction_watch.csv").write_text(write_table({}), encoding="utf-8")
    with gzip.open(tmp_path / "pubmed26n0001.xml.gz", "wt", encoding="utf-8") as file:
        records = "".join(_RECORD.findall(LIBRARY))
        file.write(f'<?xml version="1.0"?><PubmedArticleSet>{records}</PubmedArticleSet>')
    own = {
        "KONKYO_HOME": str(tmp_path / "home"),
        "KONKYO_ENTREZ_URL": pubmed.base_url,
        "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    for name in [name for name in os.environ if name.startswith(("KONKYO_", "NCBI_"))]:
        monkeypatch.delenv(name)
    return Reader(tmp_path, own)


def fill(line: str) -> str:
    return " ".join(PLACEHOLDERS.get(word, word) for word in line.split(" "))


def follow(reader: Reader, shown: Shown) -> None:
    """Do what the document shows; what is of no known kind fails."""
    line = fill(shown.line)
    words = shlex.split(line, comments=True)
    if line in INSTEAD:
        type_instead(reader, INSTEAD[line][0])
    elif shown.fenced and _SETTING.fullmatch(line):
        with (reader.folder / ".env").open("a", encoding="utf-8") as settings:
            settings.write(f"{line}\n")
    elif words[0] == "make":
        follow_make(reader, words)
    elif not shown.fenced and (command := name_command(words)):
        reader.type(f"{command} --help", in_project=True)
    elif words[-2:] == [".venv/bin/konkyo", "serve"]:
        reader.serve(line)
    elif re.match(r"(?:[A-Z_]+=\S* )*(?:\.venv/bin/)?konkyo ", line) or words[:2] == ["python", "-m"]:
        reader.type(line, in_project=words[0] == "python")
    else:
        pytest.fail(f"of no known kind: {shown.line}")


def type_instead(reader: Reader, line: str) -> None:
    """What is run instead of a line changes nothing: it is run once, however many documents show the line."""
    if line not in _typed_instead:
        reader.type(line, in_project=True)
        _typed_instead.add(line)


def follow_make(reader: Reader, words: list[str]) -> None:
    """The targets are there; the demo without its room is run, the others take minutes and are looked up."""
    reader.type(shlex.join(["make", "-n", *words[1:]]), in_project=True)
    if words == ["make", "demo", "SERVE=0"]:
        reader.type(".venv/bin/konkyo demo --no-serve", in_project=True)


def name_command(words: list[str]) -> str:
    """The command that a text names, perhaps with options of its without values; "" for a line to be run."""
    path = " ".join(word for word in words if not word.startswith("-"))
    options = [word for word in words if word.startswith("-") and word != "--help"]
    if path not in ALL_COMMANDS or "--help" in words:
        return ""
    return path if all(option in help_text(path) for option in options) else ""


@pytest.mark.parametrize("document", TYPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_shows_can_be_typed(document: Path, reader: Reader) -> None:
    if document.parent.name == "docs" and document.name == "commands.md":
        reader.type("konkyo ingest article.txt")
    for shown in find_shown(document):
        follow(reader, shown)


@pytest.mark.parametrize("english", ["README.md", "docs/how-to.md"])
def test_a_document_shows_the_same_steps_in_both_languages(english: str) -> None:
    japanese = ROOT / english.replace(".md", ".ja.md")
    assert list_steps(japanese) == list_steps(ROOT / english)


@pytest.mark.parametrize("document", ["README.md", "README.ja.md"])
def test_a_readme_shows_each_command_of_the_way_from_article_to_report(document: str) -> None:
    shown = " ".join(one.line for one in find_shown(ROOT / document) if one.fenced)
    for command in (
        "extract",
        "run",
        "user add",
        "serve",
        "ingest",
        "compare",
        "search",
        "recheck",
        "verify",
    ):
        assert f"konkyo {command}" in shown


@pytest.mark.parametrize("line", ["curl http://127.0.0.1", "konkyo", "cd konkyo", "konkyo no-such-command"])
def test_a_line_that_is_of_no_known_kind_or_does_not_work_fails(line: str, reader: Reader) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        follow(reader, Shown(line, True))


def test_what_is_not_run_is_shown_somewhere() -> None:
    shown = {fill(one.line) for document in SHOWING for one in find_shown(document)}
    assert set(INSTEAD) <= shown


def test_the_demo_ends_with_the_command_that_opens_its_room(reader: Reader) -> None:
    with chdir(ROOT):
        demo = CliRunner().invoke(konkyo, ["demo", "--no-serve", "--no-review"], env=reader.environment)
    assert demo.stdout.splitlines()[-1] == str(reader.folder / "home" / "demo" / "report.csv")
    command = demo.stderr.splitlines()[-1].split(": ", 1)[1]
    reader.environment = {
        **reader.environment,
        "KONKYO_HOME": "",
        "KONKYO_DATABASE_URL": "sqlite:////nowhere/x.db",
    }
    assert "This is a demo." in reader.serve(f"env {command}")

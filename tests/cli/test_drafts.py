"""A Word file with comments or open changes is called a draft, and its marks are listed on request."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.records.markup import Markup
from reviewer.i18n import translator
from reviewer.reading_notices import tell_draft
from tests.articles.test_docx_markup import comment, deleted, inserted, paragraph
from tests.articles.test_docx_notes import annotated_file, run
from tests.cli.test_commands import LIBRARY, call, home, lines

__all__ = ["home"]
ZINC = "亜鉛は味覚障害を改善します。"
DRAFT = annotated_file(
    paragraph(run("亜鉛は"), inserted("成人で"), deleted("すべての"), run("味覚障害を改善します。")),
    {
        "comments": comment("出典は？")
        + comment("PMID 900000044 です。", "鈴木", 1)
        + comment("解決", number=2)
    },
)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "draft.docx"
    file.write_bytes(DRAFT)
    return file


@pytest.mark.parametrize(
    ("markup", "english", "japanese"),
    [
        (Markup(3, 2), "draft: 3 comments and 2 open changes.", "コメント3件、未確定の変更2件：下書きです。"),
        (Markup(1, 1), "draft: 1 comment and 1 open change.", "コメント1件、未確定の変更1件：下書きです。"),
        (Markup(1, 0), "draft: 1 comment.", "コメント1件：下書きです。"),
        (Markup(0, 12), "draft: 12 open changes.", "未確定の変更12件：下書きです。"),
    ],
)
def test_a_draft_is_told_by_what_is_open_and_what_to_do(markup: Markup, english: str, japanese: str) -> None:
    for locale, told in (("en", english), ("ja", japanese)):
        sentence = tell_draft(markup, translator(locale))
        assert told in sentence
        assert "Word" in sentence
    assert tell_draft(Markup(), translator("en")) == ""


@pytest.mark.parametrize(
    "command", [("extract",), ("ingest",), ("run", "--out", "report.csv", "--source", "library")]
)
def test_every_command_that_reads_a_draft_says_so(draft: Path, command: tuple[str, ...]) -> None:
    call("library", "import", *LIBRARY[:1])
    done = call(*command, draft)
    assert done.stderr.startswith("This is a draft: 3 comments and 2 open changes.")
    assert "`konkyo extract FILE --all`" in done.stderr
    assert "draft" not in done.stdout


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_nothing_is_said_of_a_file_that_is_final(tmp_path: Path, command: str) -> None:
    file = tmp_path / "final.docx"
    file.write_bytes(annotated_file(paragraph(run(ZINC)), {}))
    assert "draft" not in call(command, file).output.replace(str(file), "")


def test_what_is_open_is_listed_only_when_asked(draft: Path) -> None:
    (claim,) = lines(call("extract", draft).stdout)
    assert claim["text"] == "亜鉛は成人で味覚障害を改善します。"
    assert lines(call("extract", draft, "--all").stdout) == [
        claim,
        {"text": "出典は？", "author": "佐藤", "draft": "comment"},
        {"text": "PMID 900000044 です。", "author": "鈴木", "draft": "comment"},
        {"text": "解決", "author": "佐藤", "draft": "comment"},
        {"text": "成人で", "author": "佐藤", "draft": "insertion"},
        {"text": "すべての", "author": "佐藤", "draft": "deletion"},
    ]


def test_a_long_list_ends_with_how_many_it_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    many = "".join(comment("出典は？", number=at) for at in range(1_234))
    file.write_bytes(annotated_file(paragraph(run(ZINC)), {"comments": many}))
    listed = lines(call("extract", file, "--all").stdout)
    assert listed[-1] == {"draft": "not_listed", "count": 234}
    assert len(listed) == 1 + 1_000 + 1


def test_a_draft_without_claims_is_refused_in_the_last_line(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    file.write_bytes(annotated_file(paragraph(run("こんにちは。")), {"comments": comment(ZINC)}))
    for command in ("extract", "ingest"):
        done = call(command, file)
        first, last = done.stderr.splitlines()
        assert (done.exit_code, done.stdout) == (1, "")
        assert first.startswith("This is a draft: 1 comment.")
        assert last.startswith("Error: ")

"""Reading beside the server: in time or ended, and nobody else waits for it."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest

from claims.errors import ArticleError, KonkyoError, SourceBusy, SourceError
from claims.extraction import extract_claims
from claims.extraction.house_rules import HouseRule, HouseRules
from claims.records.article import Language
from claims.records.markup import Markup, MarkupEntry, MarkupKind
from reviewer.jobs import ArticleReader
from reviewer.jobs.reading import _COMMAND, BASE_SECONDS, MOST_SECONDS, Request, allow_seconds
from tests.articles.test_docx_notes import annotated_file

TEXT = "# 睡眠\n睡眠不足は肥満の原因です。\n"
# Several seconds of reading, without anything that is wrong with it.
LONG = "".join(f"第{number}の薬は膝の痛みを{number}％減らします。\n" for number in range(6_000)).encode()
ANSWERED_SECONDS = 0.5


@pytest.fixture(scope="module")
def reader() -> Iterator[ArticleReader]:
    with ArticleReader() as reader:
        yield reader


def test_what_is_read_elsewhere_is_what_is_read_here(reader: ArticleReader) -> None:
    read = reader.read(TEXT.encode("cp932"), "a.md")
    assert read.document.article.title == "睡眠"
    assert read.document.original.content == TEXT.encode("cp932")
    assert read.extraction == extract_claims(read.document.article)


def test_what_a_word_file_has_open_comes_back_with_it(reader: ArticleReader) -> None:
    comments = '<w:comment w:author="佐藤"><w:p><w:r><w:t>出典は？</w:t></w:r></w:p></w:comment>'
    read = reader.read(
        annotated_file("<w:p><w:r><w:t>亜鉛は効きます。</w:t></w:r></w:p>", {"comments": comments}), "a.docx"
    )
    assert read.document.markup == Markup(1, 0, (MarkupEntry(MarkupKind.COMMENT, "佐藤", "出典は？"),))
    assert reader.read(TEXT.encode(), "a.md").document.markup == Markup()


def test_each_article_is_read_by_the_clinics_rules_as_they_stand_then() -> None:
    text = "睡眠薬は不眠を改善します。".encode()
    with ArticleReader(processes=1) as reader:
        for reason in ("院内の理由", "新しい理由"):
            read = reader.read(text, "a.md", "", HouseRules([HouseRule("睡眠薬", Language.JA, reason)]))
            (claim,) = read.extraction.claims
            assert [risk.reason for risk in claim.wording_risks] == [reason]


def test_a_refusal_keeps_its_code_and_values(reader: ArticleReader) -> None:
    with pytest.raises(ArticleError) as refusal:
        reader.read(b"\x89PNG\r\n\x1a\n", "a.png")
    assert (refusal.value.code, refusal.value.values) == ("article_picture", {"format": ".png"})


@pytest.mark.parametrize("kind", [KonkyoError, ArticleError, SourceError, SourceBusy])
def test_every_error_is_itself_in_another_process(kind: type[KonkyoError]) -> None:
    error = pickle.loads(pickle.dumps(kind("article_empty", file="a", bytes=3)))
    assert (type(error), error.code, error.values, str(error)) == (
        kind,
        "article_empty",
        {"file": "a", "bytes": 3},
        "article_empty(file='a', bytes=3)",
    )


def test_what_takes_too_long_is_ended_and_the_next_is_read() -> None:
    with ArticleReader(processes=1, allow=lambda raw: 0.3 if raw is LONG else 30.0) as reader:
        with pytest.raises(ArticleError) as refusal:
            reader.read(LONG, "a.txt")
        assert (refusal.value.code, refusal.value.values) == ("article_too_slow", {"bytes": len(LONG)})
        assert reader.read(TEXT.encode(), "a.md").extraction.claims


def test_a_process_that_is_killed_is_a_refusal_and_the_next_is_read() -> None:
    with ArticleReader(processes=1, allow=lambda _: 30.0) as reader:
        refusals: list[str] = []

        def read() -> None:
            try:
                reader.read(LONG, "a.txt")
            except ArticleError as error:
                refusals.append(error.code)

        thread = threading.Thread(target=read)
        thread.start()
        while not (busy := reader.busy):
            time.sleep(0.01)
        os.kill(busy[0], signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        thread.join()
        assert refusals == ["article_reader_lost"]
        assert reader.read(TEXT.encode(), "a.md").extraction.claims


@pytest.mark.parametrize("sent", [0, 1, 40, None])
def test_one_whose_asker_is_killed_ends_without_a_word(sent: int | None) -> None:
    request = pickle.dumps(Request(TEXT.encode(), "a.md", "", HouseRules(), 30.0))
    process = subprocess.Popen(
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    # Nobody hears the answer any more, and the request is whole, or not.
    process.stdout.close()
    process.stdin.write(request[:sent])
    process.stdin.close()
    assert process.stderr
    assert process.stderr.read() == b""
    process.wait(30)


def test_another_request_is_answered_while_articles_are_read() -> None:
    with ArticleReader(allow=lambda _: 60.0) as reader:
        threads = [threading.Thread(target=reader.read, args=(LONG, "a.txt")) for _ in range(2)]
        for thread in threads:
            thread.start()
        waits: list[float] = []
        while any(thread.is_alive() for thread in threads):
            asked = time.monotonic()
            time.sleep(0.01)
            waits.append(time.monotonic() - asked)
    assert len(waits) > 20
    assert sorted(waits)[len(waits) * 95 // 100] < ANSWERED_SECONDS


def test_a_larger_file_may_take_longer_up_to_a_limit() -> None:
    assert allow_seconds(b"a" * 300_000) == allow_seconds(b"a") == BASE_SECONDS
    assert allow_seconds(b"a" * 600_000) == 2 * BASE_SECONDS
    assert allow_seconds(b"%PDF-" + b"a" * 300_000) > 4 * BASE_SECONDS
    assert allow_seconds(b"a" * 30_000_000) == MOST_SECONDS

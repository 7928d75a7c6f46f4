"""Hostile and huge input is read or refused in bounded time and memory, measured in a process of its own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.articles.pdf_writer import Words, write_pdf
from tests.articles.test_docx import repack, word_file
from tests.articles.test_docx_notes import annotated_file, run

MOST_MEGABYTES = 200
# Ten seconds on a machine that does nothing else; tests share theirs.
MOST_SECONDS = 30
SENTENCE = "加齢とともに毛母細胞の分裂が遅くなります。"
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from claims.articles import read_document
from claims.errors import ArticleError
before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
try:
    outcome = str(len(read_document(Path(sys.argv[1])).article.text))
except ArticleError as refusal:
    outcome = refusal.code
after, seconds = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic() - started
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
print(json.dumps([outcome, (after - before) / unit, seconds]))
"""


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def word_file_of(body: bytes) -> bytes:
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return repack(word_file(), word__document=start + body + b"</w:body></w:document>")


def changed(number: int) -> bytes:
    return f'<w:moveTo w:author="{number}"><w:r><w:t>a</w:t></w:r></w:moveTo>'.encode()


def commented_file(comments: int) -> bytes:
    body = f"<w:p>{run(SENTENCE * 600)}</w:p>"
    part = "".join(f'<w:comment w:author="{number}"><w:p/></w:comment>' for number in range(comments))
    return annotated_file(body, {"comments": part})


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/a.xml", "w") as part,
    ):
        for _ in range(400):
            part.write(b" " * 1_000_000)
    return buffer.getvalue()


# Name → the file, and what comes of it: the code of the refusal, or "" where it is read.
CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a page on one line": (lambda: page(f"<p>{SENTENCE * 50_000}</p>"), ""),
    "a page of breaks": (lambda: page(f"{SENTENCE}<br>" * 40_000), ""),
    "a page of cells": (lambda: page("<table>" + ("<tr>" + "<td>髪</td>" * 20) * 2_000 + "</table>"), ""),
    "cells that span": (
        lambda: page("<table>" + "<tr><td rowspan=9999 colspan=99>髪" * 5_000 + "</table>"),
        "",
    ),
    "doubtful parts": (lambda: page(f"<div class=related><p>{SENTENCE * 20}</div><p>{SENTENCE}" * 1_500), ""),
    "fifty megabytes": (lambda: SENTENCE.encode() * 800_000, "article_too_large"),
    "text on one line": (lambda: SENTENCE.encode() * 50_000, ""),
    "many lines": (lambda: "料金\n".encode() * 49_000, ""),
    "open brackets": (lambda: "「髪\n".encode() * 49_000, ""),
    "a zip bomb": (zip_bomb, "article_too_large"),
    "a heavy Word file": (
        lambda: word_file_of(b"<w:p><w:r><w:t>a.</w:t></w:r></w:p>" * 220_000),
        "article_too_large",
    ),
    "a large Word file": (lambda: word_file_of(b"<w:p><w:r><w:t>a.</w:t></w:r></w:p>" * 24_000), ""),
    "a Word file of comments": (lambda: commented_file(100_000), ""),
    "a comment of paragraphs in paragraphs": (
        lambda: annotated_file(
            f"<w:p>{run(SENTENCE * 600)}</w:p>",
            {"comments": "<w:comment>" + ("<w:p>" * 200 + run("a") + "</w:p>" * 200) * 900 + "</w:comment>"},
        ),
        "",
    ),
    "a Word file of changes": (
        lambda: word_file_of(b"<w:p>" + b"".join(map(changed, range(100_000))) + b"</w:p>"),
        "",
    ),
    "a PDF bomb": (lambda: write_pdf(b" " * 100_000_000), "article_too_large"),
    "many operators": (lambda: write_pdf(b"BT " + b"<6bdb> Tj " * 300_000), "article_too_large"),
    "a PDF of words all over each other": (
        lambda: write_pdf(
            *[[Words(SENTENCE, 50 + at % 97, 500 + at % 89 / 7) for at in range(600)] for _ in range(10)]
        ),
        "",
    ),
    "a PDF of rules": (
        lambda: write_pdf(
            *[
                b"".join(b"%d 0 .5 800 re f 0 %d 600 .5 re f " % (20 * (at % 29), at) for at in range(800))
                + b"BT /F0 5 Tf 30 30 Td <6bdb> Tj ET"
            ]
            * 8
        ),
        "article_no_text_layer",
    ),
    "a PDF of 300 pages": (
        lambda: write_pdf(*[[Words(SENTENCE * 2, 50, 800 - 15 * at) for at in range(20)]] * 300),
        "",
    ),
}


@pytest.mark.timed
@pytest.mark.parametrize("name", CASES)
def test_nothing_takes_more_than_its_share(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32":
        pytest.skip("memory is measured with the resource module, which Windows has not")
    write, code = CASES[name]
    path = tmp_path / "article"
    path.write_bytes(write())
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=4 * MOST_SECONDS)
    outcome, megabytes, seconds = json.loads(done.stdout)
    assert outcome == code if code else int(outcome) > 10_000
    assert megabytes < MOST_MEGABYTES
    assert seconds < MOST_SECONDS

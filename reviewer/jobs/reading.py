"""Articles read in processes of their own, each within a time that its size allows (ADR 0020).

A regular expression, or a parser written in C, keeps the whole interpreter until it is done: a thread can
neither end it nor work beside it. A process can be ended.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from claims.errors import ArticleError, KonkyoError
from claims.extraction.house_rules import NO_HOUSE_RULES, HouseRules
from claims.records.article import Article, Document, Original
from claims.records.claim import Extraction
from claims.records.markup import Markup

# 300 KB of short sentences, no two alike, take 3 seconds; few articles have a tenth of that.
BASE_SECONDS, BASE_BYTES = 5.0, 300_000
# The largest texts that are taken need so long; nobody waits longer in front of a page.
MOST_SECONDS = 90.0
# What is packed (Word files, PDFs) holds about so many times its size.
_UNPACKED = 5
_PACKED = (b"PK\x03\x04", b"%PDF-")
# The time of a processor is counted; on a busy machine it may take so many times as long by the clock.
_PATIENCE = 6.0
_START_SECONDS = 60.0
_OVER_TIME = -signal.SIGPROF if hasattr(signal, "SIGPROF") else None
_COMMAND = (sys.executable, "-m", "reviewer.jobs.reader_process")


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A document and what was extracted from its article."""

    document: Document
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Request:
    """What the process is asked to read, in at most ``seconds`` of a processor's time.

    The article is called ``title``, or as it says itself where that is "".
    """

    raw: bytes
    name: str
    content_type: str
    house_rules: HouseRules
    seconds: float
    title: str = ""


# Article, media type, what is open and extraction, or why there is none; the bytes need not travel back.
Answer = tuple[Article, str, Markup, Extraction] | KonkyoError


def allow_seconds(raw: bytes) -> float:
    """How many seconds of a processor reading ``raw`` may take: more for what is larger, up to a limit."""
    size = len(raw) * (_UNPACKED if raw[:1024].lstrip().startswith(_PACKED) else 1)
    return min(MOST_SECONDS, BASE_SECONDS * max(1.0, size / BASE_BYTES))


class ArticleReader:
    """Reads articles in at most ``processes`` at once; one that is done waits for the next article.

    Who comes when all are busy waits until one is free, which all are in the end.
    """

    def __init__(self, processes: int = 2, allow: Callable[[bytes], float] = allow_seconds) -> None:
        self._allow = allow
        self._places = threading.BoundedSemaphore(processes)
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._busy: list[_Process] = []

    @property
    def busy(self) -> tuple[int, ...]:
        """The numbers of the processes that read at this moment."""
        return tuple(process.number for process in self._busy)

    def read(
        self,
        raw: bytes,
        name: str,
        content_type: str = "",
        house_rules: HouseRules = NO_HOUSE_RULES,
        title: str = "",
    ) -> ReadArticle:
        """The document in ``raw`` as ``parse_document`` gives it, and what is extracted by the rules.

        The article bears ``title`` where one is given, whatever it says itself.

        Raises ``ArticleError``: those of ``parse_document``, ``article_too_slow`` when the time is over,
        ``article_reader_lost`` when the process was ended from outside or ran out of memory.
        """
        request = Request(raw, name, content_type, house_rules, self._allow(raw), title)
        with self._places:
            process = self._take()
            self._busy.append(process)
            try:
                answer = process.ask(request)
            except BaseException:
                process.end()
                raise
            finally:
                self._busy.remove(process)
            self._give_back(process, request)
        if isinstance(answer, KonkyoError):
            raise answer
        article, media_type, markup, extraction = answer
        return ReadArticle(Document(article, Original(name, media_type, raw), markup), extraction)

    def close(self) -> None:
        """End the processes that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def __enter__(self) -> ArticleReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _take(self) -> _Process:
        """One that waits and lives, else a new one."""
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.lives:
                    return process
                process.end()
        return _Process()

    def _give_back(self, process: _Process, request: Request) -> None:
        """Keep the process; one that read a large article goes, and its memory with it."""
        if request.seconds > BASE_SECONDS:
            process.end()
            return
        with self._lock:
            self._idle.append(process)


class _Process:
    """One process that reads; it ends by itself when this one does, for its input ends then."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"},
        )
        self._is_late = False
        self._receive(_START_SECONDS)

    @property
    def number(self) -> int:
        """The number that the system gave it."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it was not ended yet."""
        return self._process.poll() is None

    def ask(self, request: Request) -> Answer:
        """The answer to a request. Raises ``ArticleError`` when the process ends before it gives one."""
        assert self._process.stdin
        try:
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
        except OSError as error:
            raise self._explain() from error
        answer: Answer = self._receive(_PATIENCE * request.seconds, len(request.raw))
        return answer

    def end(self) -> None:
        """End the process now, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process.wait()

    def _receive(self, seconds: float, size: int = 0) -> Any:
        """What the process says next; it is ended when it says nothing for so long."""
        assert self._process.stdout
        timer = threading.Timer(seconds, self._run_late)
        timer.daemon = True
        timer.start()
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            raise self._explain(size) from error
        finally:
            timer.cancel()

    def _run_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def _explain(self, size: int = 0) -> ArticleError:
        """Why the process is no more."""
        status = self._process.wait()
        if self._is_late or status == _OVER_TIME:
            return ArticleError("article_too_slow", bytes=size)
        return ArticleError("article_reader_lost", status=status)


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        # What was still to be written is for nobody now.
        return

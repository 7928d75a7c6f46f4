"""The process that reads articles: requests come by standard input, answers leave by standard output."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import replace
from typing import BinaryIO

from claims.articles import parse_document
from claims.errors import KonkyoError
from claims.extraction import extract_claims
from reviewer.jobs.reading import Answer, Request


def main() -> None:
    """Answer requests until there are no more, or nobody is there who asked."""
    answers = _take_output()
    try:
        _send("ready", answers)
        while True:
            request: Request = pickle.load(sys.stdin.buffer)
            _send(_read(request), answers)
    except (EOFError, pickle.UnpicklingError, BrokenPipeError):
        # Who asked is done, or was killed in the middle of it. At once: what could not be sent stays unsent.
        os._exit(0)


def _take_output() -> BinaryIO:
    """Standard output for the answers alone: what else is printed goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _read(request: Request) -> Answer:
    """What the request asks for. When its time is over the system ends this process, whatever it does."""
    _set_alarm(request.seconds)
    try:
        document = parse_document(request.raw, request.name, request.content_type)
        article = replace(document.article, title=request.title or document.article.title)
        extraction = extract_claims(article, request.house_rules)
        return article, document.original.media_type, document.markup, extraction
    except KonkyoError as error:
        return error
    finally:
        _set_alarm(0)


def _set_alarm(seconds: float) -> None:
    """Have this process ended after so many seconds of a processor; 0 takes it back. Not on Windows."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _send(answer: object, answers: BinaryIO) -> None:
    pickle.dump(answer, answers)
    answers.flush()


if __name__ == "__main__":
    main()

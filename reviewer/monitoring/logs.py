"""The log, as text or as one JSON object a line; what is in one is chosen field by field, never a message.

Messages may repeat what people wrote or sent. Of a line of ours the fields named in ``FIELDS`` are written,
of anybody else's where it comes from; of an exception its kind, its code and the places it went through.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType

from claims.errors import KonkyoError
from reviewer.settings import Settings

# What a line of ours may tell, each a code, a key, a name of the house's or a number.
FIELDS = ("event", "code", "job", "page", "table", "state", "program", "milliseconds", "count", "person")
# Which request of the server is being answered, "" outside of any.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_OURS = "konkyo"
_MOST_PLACES = 30


class JsonLines(logging.Formatter):
    """A record as one JSON object, whoever wrote it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        return json.dumps(dict(_list_fields(record)), ensure_ascii=False)


def start_logging(settings: Settings) -> None:
    """Have this process log as the settings say, from now on."""
    logging.getLogger(_OURS).setLevel(settings.log_level.upper())
    if not settings.log_json:
        logging.basicConfig(format="%(asctime)s %(name)s %(message)s")
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    # What others say below a warning says nothing without its message.
    handler.addFilter(lambda record: _is_ours(record) or record.levelno >= logging.WARNING)
    logging.basicConfig(handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.setLogRecordFactory(_make_record)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda given: _log_uncaught(
        given.exc_type, given.exc_value or given.exc_type(), given.exc_traceback
    )


def _make_record(name: str, *given: object, **more: object) -> logging.LogRecord:
    """A record; its logger uses our handler from now on, where it had its own as Streamlit's have."""
    logger: logging.Logger | None = logging.getLogger(name)
    while logger is not None and logger.name != "root":
        logger.handlers.clear()
        logger.propagate = True
        logger = logger.parent
    return logging.LogRecord(name, *given, **more)  # type: ignore[arg-type]


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == _OURS


def _list_fields(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    yield "time", datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    yield "level", record.levelname.lower()
    yield "logger", record.name
    if _is_ours(record):
        yield from ((name, getattr(record, name)) for name in FIELDS if hasattr(record, name))
    else:
        yield "event", "foreign"
        yield "where", f"{record.module}:{record.lineno} {record.funcName}"
    if request := REQUEST_ID.get():
        yield "request", request
    if record.exc_info and record.exc_info[1] is not None:
        yield from _describe(record.exc_info[1])


def _describe(error: BaseException) -> Iterator[tuple[str, object]]:
    yield "error", type(error).__name__
    if isinstance(error, KonkyoError):
        yield "code", error.code
    went = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    yield "went", [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in went]


def _log_uncaught(
    kind: type[BaseException], error: BaseException, places: TracebackType | None = None
) -> None:
    told = {"event": "uncaught"}
    logging.getLogger(_OURS).error("uncaught", exc_info=(kind, error, places), extra=told)

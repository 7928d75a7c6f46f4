"""A key or click as the browser sends it: what it was, and what stood on the screen when it fell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims.errors import RuleRefused
from claims.records.citation import Pmid
from reviewer.rules.tasks import Task
from reviewer.workflow.showing import Shown


@dataclass(frozen=True, slots=True)
class Press:
    """``name`` is that of the button; ``seq`` counts up in a browser's window ``tab``.

    ``pmid`` is the citation that it fell on, ``goes_to`` the one that was read after it, ``pmids`` those
    that it puts aside together, ``span`` the words that were selected, in code points. ``target`` is the
    claim or version that it leads to, ``choice`` the key of the grade that was chosen, ``again``: it was
    sent before, and nobody knows whether it arrived.
    """

    tab: str
    seq: int
    name: str
    shown: Shown
    pmid: Pmid
    goes_to: Pmid
    pmids: tuple[Pmid, ...]
    span: tuple[int, int] | None
    comment: str
    choice: str
    target: int | None
    again: bool


def read_press(sent: Any) -> Press:
    """The press as sent. Raises ``RuleRefused`` for what no page of ours sends."""
    try:
        return Press(
            str(sent["tab"]),
            int(sent["seq"]),
            str(sent["name"]),
            Shown(int(sent["claim"]), int(sent["revision"]), Task(sent["part"]), str(sent["edition"])),
            Pmid(str(sent.get("pmid") or "")),
            Pmid(str(sent.get("goesTo") or "")),
            tuple(Pmid(str(pmid)) for pmid in sent.get("pmids") or ()),
            None if sent.get("span") is None else (int(sent["span"][0]), int(sent["span"][1])),
            str(sent.get("comment") or ""),
            str(sent.get("choice") or ""),
            None if sent.get("target") is None else int(sent["target"]),
            bool(sent.get("again")),
        )
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise RuleRefused("press_unreadable") from error

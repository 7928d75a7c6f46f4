"""Leaving a claim: what was refused there is told once more before it is out of sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from reviewer.dashboard.session import (
    find_place,
    get_application,
    get_translate,
    get_user,
    keep_message,
    open_place,
)
from reviewer.workflow.queueing import count_open


@dataclass
class Refused:
    """A grade or judgement that was refused at a claim, and whether leaving was held up for it."""

    claim_id: int
    kind: str
    sentence: str
    told: bool = False


def note_outcome(claim_id: int, kind: str, done: bool) -> bool:
    """``done`` as it is. A refusal is remembered until a step of the same kind is taken."""
    refused = find_refused(claim_id)
    if not done:
        _, sentence = cast("tuple[str, str]", st.session_state.get("message", ("refused", "")))
        st.session_state["refused"] = Refused(claim_id, kind, sentence)
    elif refused is not None and refused.kind == kind:
        forget_outcome()
    return done


def forget_outcome() -> None:
    """Nothing that was refused is to be told any more."""
    st.session_state.pop("refused", None)


def find_refused(claim_id: int | None) -> Refused | None:
    """What was refused at the claim and not told again, or ``None``."""
    refused = cast("Refused | None", st.session_state.get("refused"))
    return refused if refused is not None and refused.claim_id == claim_id else None


def go(**place: int | str) -> None:
    """Open the place; where something was refused at the open claim, say so first and go the second time."""
    refused = find_refused(find_place("claim"))
    if refused is not None and not refused.told:
        refused.told = True
        with get_application().work() as work:
            number = work.claims.get_claim(refused.claim_id).number
        told = get_translate()("Nothing was saved for claim {number}: {reason}. Press again to go on.")
        keep_message("refused", told.format(number=number, reason=refused.sentence.rstrip(" .。")))
        return
    forget_outcome()
    open_place(**place)


def go_on(claim_id: int, following: int | None) -> None:
    """Open the claim ``following`` this one; after the last, say how the article stands."""
    if following is not None:
        go(claim=following)
        return
    translate = get_translate()
    with get_application().work() as work:
        waiting = count_open(work, work.claims.get_claim(claim_id).version_id, get_user())
    told = translate("This was the last claim: nothing of this article waits for you any more.")
    if waiting:
        told = translate(
            "This was the last claim. Still waiting for you: {count}; q opens the queue."
        ).format(count=waiting)
    keep_message("saved", told)


def go_back(before: int | None) -> None:
    """Open the claim before this one; say so where this is the first."""
    if before is not None:
        go(claim=before)
    else:
        keep_message("saved", get_translate()("This is the first claim."))

"""What the buttons on flags do: answer as author, settle or open again as reviewer or editor."""

from __future__ import annotations

import streamlit as st

from claims.records.flag import AnswerKind
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_field
from reviewer.dashboard.session import get_translate, keep_message
from reviewer.workflow.flagging import answer_flag, resolve_flag


def answer(claim_id: int, key: str, field: str) -> None:
    """Store the author's answer as it stands in the fields; what was typed stays when it is refused."""
    kind = AnswerKind(st.session_state.get(f"kind_{field}", AnswerKind.REWRITE))
    words = read_field(f"words_{field}")
    if act(answer_flag, claim_id, key, kind, words):
        empty_fields(f"words_{field}")
        keep_message("saved", get_translate()("The answer is saved."))


def settle(claim_id: int, key: str, field: str, settled: bool) -> None:
    """Settle the flag, or open it again, with the comment as it stands."""
    comment = read_field(f"words_{field}")
    if act(resolve_flag, claim_id, key, settled, comment):
        empty_fields(f"words_{field}")
        told = (
            get_translate()("The flag is settled.") if settled else get_translate()("The flag is open again.")
        )
        keep_message("saved", told)

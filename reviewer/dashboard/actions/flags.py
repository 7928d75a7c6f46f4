"""What the buttons on flags do: answer as author, settle or open again as reviewer or editor."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.flag import AnswerKind
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_field
from reviewer.dashboard.session import get_translate, keep_message
from reviewer.workflow.drafting import keep_draft
from reviewer.workflow.flagging import answer_flag, resolve_flag
from reviewer.workflow.replying import reply


def answer(claim_id: int, keys: Sequence[str], kind: AnswerKind, field: str) -> None:
    """Store what stands in the field as the author's answer to these flags of the claim.

    What was typed stays when it is refused. The claim's card stays until the author goes on.
    """
    open_card(claim_id)
    words = read_field(field)
    if all(act(answer_flag, claim_id, key, kind, words) for key in keys):
        empty_fields(field)
        keep_message("saved", get_translate()("The answer is saved."))


def send_reply(claim_id: int, field: str) -> None:
    """Write what stands in the field into the claim's thread; what was typed stays when it is refused."""
    if act(reply, claim_id, read_field(field)):
        empty_fields(field)
        keep_message("saved", get_translate()("Sent."))


def keep_written(claim_id: int, kind: AnswerKind, given_before: int, field: str) -> None:
    """Keep what stands in the field as a draft: it outlives the page, the browser and the sign-in."""
    act(keep_draft, claim_id, read_field(field), given_before, kind)


def open_card(claim_id: int) -> None:
    """Show the flags of this claim; the address has it."""
    st.query_params["card"] = str(claim_id)


def settle(claim_id: int, key: str, field: str, settled: bool) -> None:
    """Settle the flag, or open it again, with the comment as it stands."""
    open_card(claim_id)
    comment = read_field(f"words_{field}")
    if act(resolve_flag, claim_id, key, settled, comment):
        empty_fields(f"words_{field}")
        told = (
            get_translate()("The flag is settled.") if settled else get_translate()("The flag is open again.")
        )
        keep_message("saved", told)

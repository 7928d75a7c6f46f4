"""What the buttons on standard wordings do: approve a sentence, withdraw one, insert one into an answer."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from claims.records.flag import AnswerKind
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.actions.flags import keep_written, open_card
from reviewer.dashboard.fields import empty_fields, name_field, read_field
from reviewer.dashboard.session import get_translate, keep_message
from reviewer.workflow.standard_wordings import approve_wording, withdraw_wording


def approve(claim_id: int) -> None:
    """Approve the sentence of the claim for reuse, or say what forbids it."""
    numbers: list[int] = []

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        numbers.append(approve_wording(work, claim_id, user, now).number)

    if act(step):
        told = get_translate()("Standard wording {number} is approved: authors find it in their inbox.")
        keep_message("saved", told.format(number=numbers[0]))


def withdraw(number: int) -> None:
    """Withdraw the sentence with the typed reason, and tell how many published claims need review for it."""
    field, marked = f"wording_reason_{number}", list[int]()

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        marked.append(withdraw_wording(work, number, read_field(field), user, now))

    if act(step):
        empty_fields(field)
        told = get_translate()("Withdrawn. Published claims that need review for it: {count}")
        keep_message("saved", told.format(count=marked[0]))


def insert(claim_id: int, field: str, words: str, given_before: int) -> None:
    """Put the sentence into the field of the new wording, in place of what stands there, and draft it."""
    open_card(claim_id)
    empty_fields(field)
    st.session_state[name_field(field)] = words
    keep_written(claim_id, AnswerKind.REWRITE, given_before, field)

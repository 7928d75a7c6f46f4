"""Taking one step on several claims: each by itself, and what forbids it told with the claim's number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from claims.records.review import ReviewClaim
from reviewer.dashboard.session import get_translate, is_refused, keep_message, peek_message


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often the step was taken, and how often it was neither taken nor refused.

    ``refused`` has each sentence of a refusal with the numbers of the claims it was said of.
    """

    done: int
    waiting: int
    refused: dict[str, tuple[int, ...]]


def take_each(claims: Sequence[ReviewClaim], take: Callable[[ReviewClaim], bool]) -> Outcome:
    """Take the step on each claim, whatever becomes of the others; those refused stay chosen."""
    done = waiting = 0
    refused: dict[str, tuple[int, ...]] = {}
    for claim in claims:
        keep_message("saved", "")
        is_done = take(claim)
        st.session_state[f"chosen_{claim.id}"] = is_refused()
        if is_refused():
            sentence = peek_message()
            refused[sentence] = (*refused.get(sentence, ()), claim.number)
        else:
            done += is_done
            waiting += not is_done
    return Outcome(done, waiting, refused)


def tell_outcome(told: str, outcome: Outcome) -> None:
    """Keep what was done for the page, then each refusal after the numbers of its claims."""
    translate = get_translate()
    line = translate("Claims {numbers}: {reason}")
    refusals = (
        line.format(numbers=translate(", ").join(map(str, numbers)), reason=sentence)
        for sentence, numbers in outcome.refused.items()
    )
    keep_message("refused" if outcome.refused else "saved", " ".join((told, *refusals)))

"""Steps that wait for a second person: what was proposed by whom, to be confirmed or rejected."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.claim import ClaimType
from claims.records.proposal import Proposal, ProposedStep
from reviewer.dashboard.actions.claims import confirm, reject
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.session import get_translate, get_user
from reviewer.i18n import Translate
from reviewer.labels import PROPOSAL_LABELS, TYPE_LABELS
from reviewer.markup import Html


def draw_proposals(proposals: Sequence[Proposal], numbers: dict[int, int]) -> bool:
    """Whether one was answered; ``numbers`` are the claims' by their ids."""
    answered = [_draw_proposal(proposal, numbers) for proposal in proposals]
    return any(answered)


def _draw_proposal(proposal: Proposal, numbers: dict[int, int]) -> bool:
    translate = get_translate()
    told = translate(
        "{step}: claim {number}, proposed by {name}. It waits for confirmation by a second person."
    )
    words = told.format(
        step=translate(PROPOSAL_LABELS[proposal.step]),
        number=", ".join(str(numbers[id]) for id in proposal.claim_ids),
        name=get_naming()(proposal.proposed_by),
    )
    with st.container(border=True, key=f"proposal_{proposal.id}"):
        draw_html(Html('<p class="konkyo">{}<br>{}</p>').format(words, _tell_words(proposal, translate)))
        yes, no = st.columns(2)
        own = get_user().name == proposal.proposed_by
        confirmed = yes.button(
            translate("Confirm"),
            key=f"confirm_{proposal.id}",
            on_click=confirm,
            args=(proposal.id,),
            disabled=own,
            width="stretch",
        )
        rejected = no.button(
            translate("Withdraw the proposal") if own else translate("Reject"),
            key=f"reject_{proposal.id}",
            on_click=reject,
            args=(proposal.id,),
            width="stretch",
        )
        return confirmed or rejected


def _tell_words(proposal: Proposal, translate: Translate) -> str:
    if proposal.step is ProposedStep.RETYPE:
        return translate(TYPE_LABELS[ClaimType(proposal.words[0])])
    return " / ".join(proposal.words)

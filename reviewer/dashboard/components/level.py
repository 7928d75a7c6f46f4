"""The evidence level of the citation in focus, set by a person with a reason."""

from __future__ import annotations

import streamlit as st

from claims.records.finding import Finding
from reviewer.dashboard.actions.grading import set_level
from reviewer.dashboard.session import get_translate
from reviewer.rules.dossier import Dossier
from reviewer.workflow.overriding import LEVELS
from reviewer.workflow.showing import Shown


def draw_level(dossier: Dossier, finding: Finding, shown: Shown) -> None:
    """Draw the fold with level and reason."""
    translate = get_translate()
    claim_id, pmid = dossier.claim.id, finding.pmid
    st.session_state.setdefault(f"level_{claim_id}_{pmid}", dossier.level_of(finding))
    with st.popover(translate("Another level …"), key="level_menu"):
        st.selectbox(
            translate("Evidence level (OCEBM 2011)"),
            [None, *LEVELS],
            format_func=lambda level: translate("No level") if level is None else str(level),
            key=f"level_{claim_id}_{pmid}",
            placeholder=translate("No level"),
        )
        st.text_input(translate("Reason"), key=f"reason_{claim_id}_{pmid}", persist_state="session")
        st.button(translate("Set the level"), key="set_level", on_click=set_level, args=(shown, pmid))

"""The keys of the room: printed on their buttons, and heard by the browser, which sends one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from claims.records.assessment import TakenFrom
from reviewer.dashboard.actions.grading import find_choice
from reviewer.dashboard.actions.keys import KEYS_WIDGET, find_done, take_press
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.fields import list_drafted, list_forgotten
from reviewer.dashboard.grading_keys import (
    GRADE_KEYS,
    KEYS_OF_CLAIM,
    KEYS_OF_PAGE,
    SHIFTED_KEYS_OF_CLAIM,
)
from reviewer.dashboard.session import get_translate
from reviewer.dashboard.shown_citations import ShownCitations
from reviewer.i18n import mark
from reviewer.markup import Html
from reviewer.workflow.showing import Shown
from reviewer.workflow.surroundings import Surroundings

_SCRIPTS = ("page.js", "fields.js", "typing.js", "dialogs.js", "queue.js", "selecting.js", "room.js")
_FOLDER = Path(__file__).parents[1] / "browser"
_hear = st.components.v2.component(
    "konkyo_keys",
    js="\n".join((_FOLDER / script).read_text(encoding="utf-8") for script in _SCRIPTS),
    isolate_styles=False,
)
_WORDS = {
    "outage": mark(
        "Connection lost. What you typed and pressed is kept in this window and sent as soon as it is back."
    ),
    "dropped": mark("Not taken: {keys}. Look at the page, then press again."),
    "covered": mark("Not taken while this window is open: {keys}. Close it with Escape, then press again."),
    "typing": mark(
        "The field you were writing in is not on the page now: what you type stands here and goes back into"
        " it when it is there again. Escape ends this and keeps the words for it."
    ),
    "habit": mark("The next citation is open already."),
    "quote": mark("Make it my rationale"),
    "flag_words": mark("Flag these words"),
    "changed": mark("The page changed before your click reached it: look again, then press."),
}


def print_keys() -> None:
    """Print each key on its button."""
    named = [(name, key) for keys in (KEYS_OF_PAGE, KEYS_OF_CLAIM) for key, name in keys.items()]
    rule = Html('.st-key-{} button::after {{ content: "{}"; }}')
    rules = dict.fromkeys(
        rule.format(name, key) for name, key in [*named, ("decide", "Enter"), ("save_next", "Enter")]
    )
    draw_html(Html("<style>{}</style>").format(Html().join(rules)))


def hear_keys(user_name: str, screen: Mapping[str, Any] | None = None) -> None:
    """Let the browser hear the keys and tell it what is on the screen now: ``show_screen``, or no claim."""
    translate = get_translate()
    _hear(
        key=KEYS_WIDGET,
        data={
            "session": st.session_state.setdefault("browser_session", uuid4().hex),
            "user": user_name,
            "screen": screen,
            "done": find_done(),
            "forgotten": list_forgotten(),
            "drafts": list_drafted(),
            "keys": {
                "claim": dict(KEYS_OF_CLAIM),
                "shifted": dict(SHIFTED_KEYS_OF_CLAIM),
                "page": dict(KEYS_OF_PAGE),
            },
            "words": {name: translate(words) for name, words in _WORDS.items()},
        },
        on_press_change=take_press,
    )


def show_screen(
    shown: Shown,
    citations: ShownCitations,
    around: Surroundings,
    offer: TakenFrom | None = None,
) -> dict[str, Any]:
    """What the browser is to know of the claim that is drawn; citations in the order they are drawn."""
    choice = find_choice(shown.claim_id)
    chosen = next((key for key, grade in GRADE_KEYS.items() if grade is choice), "")
    return {
        **_show_claim(shown, citations),
        "before": around.before,
        "after": around.waiting,
        "following": around.after,
        "version": around.version.id,
        "offer": offer.claim_id if offer else None,
        "choice": chosen,
    }


def show_claim_alone(shown: Shown, citations: ShownCitations) -> dict[str, Any]:
    """The same of a claim that stands in no article: no way leads on from it."""
    return {
        **_show_claim(shown, citations),
        "before": None,
        "after": None,
        "following": None,
        "version": None,
        "offer": None,
        "choice": "",
    }


def _show_claim(shown: Shown, citations: ShownCitations) -> dict[str, Any]:
    return {
        "claim": shown.claim_id,
        "revision": shown.revision,
        "part": shown.part.value,
        "edition": shown.edition,
        "pmids": list(citations.pmids),
        "judged": [pmid for pmid in citations.pmids if pmid not in citations.unread],
        "focus": citations.focus,
    }

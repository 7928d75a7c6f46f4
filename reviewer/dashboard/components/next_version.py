"""The next version out of the author's answers: what would change is shown, and chosen, before it is made."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.review import ArticleVersion
from reviewer.dashboard.actions.ingesting import build_next
from reviewer.dashboard.components.changes import render_difference
from reviewer.dashboard.components.drawing import draw_html, draw_note, draw_text
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.session import get_translate
from reviewer.markup import Html
from reviewer.workflow.rewriting import Rewrite, name_text


def draw_next_version(version: ArticleVersion, rewrites: Sequence[Rewrite], media_type: str) -> None:
    """Draw the button that shows the next version; ``media_type`` is that of the file of this one."""
    translate = get_translate()
    name = translate("Next version from the answers")
    told = translate("{name} ({count})").format(name=name, count=len(rewrites))
    help = translate("Sentences answered by “rewrite” or “delete” change; you see the difference first")
    if st.button(told, key="next_version", disabled=not rewrites, help=help, width="stretch"):
        open_dialog(
            translate("The next version"), _draw_preview, version, rewrites, media_type, width="large"
        )


def _draw_preview(version: ArticleVersion, rewrites: Sequence[Rewrite], media_type: str) -> None:
    """Draw each change with its difference and whether it is taken, and the button that makes the version."""
    translate, name = get_translate(), name_text(version, media_type)
    draw_text(translate("These sentences change; every other word stays as it is."))
    taken = [rewrite for rewrite in rewrites if _draw_change(rewrite)]
    if name != version.article.origin and media_type:
        draw_note(
            translate(
                "The file of this version is no plain text: the next one is made from its text, and pictures"
                " and layout stay in the file."
            )
        )
    made = st.button(
        translate("Make the next version: {count}").format(count=len(taken)),
        key="build_next",
        on_click=build_next,
        args=(version, name, taken),
        type="primary",
        disabled=not taken,
    )
    close_or_tell(made)


def _draw_change(rewrite: Rewrite) -> bool:
    """Draw what changes at one place, and return whether it is taken."""
    translate, claim = get_translate(), rewrite.claim
    is_taken = st.checkbox(
        translate("Claim {number}").format(number=claim.number),
        value=rewrite.is_alike,
        key=f"take_{claim.id}",
    )
    draw_html(
        Html('<div class="konkyo changes">{}</div>').format(render_difference(rewrite.old, rewrite.new))
    )
    if not rewrite.is_alike:
        draw_note(
            translate(
                "This shares few words with the sentence: a remark, perhaps. Tick it if it is the text."
            )
        )
    if rewrite.beside:
        numbers = ", ".join(map(str, rewrite.beside))
        draw_note(
            translate("The same words are claim {numbers}: that answer is not taken.").format(numbers=numbers)
        )
    return is_taken

"""The claims of a queue, a row each: number and words, then what is known of it in narrow columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.session import get_locale, get_translate, open_place
from reviewer.i18n import Translate, mark
from reviewer.labels import SEARCH_LABELS, STATUS_LABELS, TYPE_LABELS, grade_label
from reviewer.markup import Html, escape_markdown
from reviewer.workflow.queue_lists import QueueLine

_HEADS = (mark("Type"), mark("Papers"), mark("Best level"), mark("Flags"), mark("Comment"), mark("State"))
_WIDTHS = [0.35, 6, 5.2]


def draw_heads() -> None:
    """Draw the names of the columns."""
    translate = get_translate()
    _, words, cells = st.columns(_WIDTHS, vertical_alignment="center", gap="xsmall")
    draw_html(Html('<p class="konkyo heads">{}</p>').format(translate("No. and claim")), words)
    heads = Html().join(Html("<span>{}</span>").format(translate(head)) for head in _HEADS)
    draw_html(Html('<p class="konkyo cells heads">{}</p>').format(heads), cells)


def draw_row(line: QueueLine, flags: int, full_names: Mapping[str, str], can_be_chosen: bool = True) -> None:
    """Draw the claim's row, where it ``can_be_chosen`` with the box for that; ``flags`` are those that are
    open."""
    translate, claim = get_translate(), line.claim
    assigned = [full_names.get(name, name) for name in line.assigned]
    box, words, cells = st.columns(_WIDTHS, vertical_alignment="center", gap="xsmall")
    if can_be_chosen:
        box.checkbox(
            translate("Choose claim {number}").format(number=claim.number),
            key=f"chosen_{claim.id}",
            label_visibility="collapsed",
        )
    words.button(
        f"{claim.number}\u2002{escape_markdown(claim.claim.text)}{_tell_alike(line, translate)}"
        f"{_tell_assigned(assigned, translate)}",
        key=f"claim_{claim.id}",
        on_click=open_place,
        kwargs={"claim": claim.id},
        type="tertiary",
        wrap=True,
    )
    draw_html(_render_cells(line, flags, translate), cells)


def _tell_alike(line: QueueLine, translate: Translate) -> str:
    """How often the article says it, and where."""
    if not line.alike:
        return ""
    told = translate("the same sentence, places: {count} ({numbers})")
    numbers = translate(", ").join(map(str, line.alike))
    return f" :small[:gray[{told.format(count=len(line.alike), numbers=numbers)}]]"


def _tell_assigned(names: Sequence[str], translate: Translate) -> str:
    """Who alone grades it."""
    if not names:
        return ""
    told = translate("Assigned: {names}").format(names=translate(", ").join(names))
    return f" :small[:gray[{escape_markdown(told)}]]"


def _render_cells(line: QueueLine, flags: int, translate: Translate) -> Html:
    claim = line.claim
    status = translate(STATUS_LABELS[claim.status])
    grade = status if line.grade is None else grade_label(line.grade, get_locale())
    papers = str(line.papers) if line.papers else translate(SEARCH_LABELS[line.search_status])
    cells = (
        ("", translate(TYPE_LABELS[claim.claim.type])),
        (line.search_status.value, papers),
        ("", str(line.best_level or "–")),
        ("flags" if flags else "", f"⚑ {flags}" if flags else "–"),
        ("", translate("written") if line.has_comment else "–"),
        ("open" if line.is_open else "settled", grade),
    )
    shown = Html().join(Html('<span class="{}">{}</span>').format(css, words) for css, words in cells)
    return Html('<p class="konkyo cells">{}</p>').format(shown)

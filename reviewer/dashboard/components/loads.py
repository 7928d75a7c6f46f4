"""How busy everybody is, and how long articles take: each picture says its figures in words as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair
import pandas
import streamlit as st

from claims.records.overview import Workload
from claims.records.stage import ANYBODY, Stage
from reviewer.dashboard.components.charts import ACCENT, COUNTS, LEGEND, NAMES, QUIET, ROW
from reviewer.dashboard.components.drawing import draw_html, draw_note, draw_title, render_table
from reviewer.i18n import Translate
from reviewer.labels import ROLE_LABELS
from reviewer.workflow.board import Step


def draw_workload(workload: Sequence[Workload], full_names: Mapping[str, str], translate: Translate) -> None:
    """Draw what waits for everybody and what they have done, who has most to do first; nothing for nobody."""
    busy = sorted(
        (load for load in workload if load.waiting or load.done),
        key=lambda load: (-load.waiting, -load.done, load.name),
    )
    draw_title(translate("Workload"))
    if not busy:
        draw_note(translate("Nobody has anything to do."))
        return
    waiting, done = translate("waiting"), translate("done")
    names = [_name_load(load, full_names, translate) for load in busy]
    rows = [
        {"person": name, "part": part, "claims": count, "place": place}
        for name, load in zip(names, busy, strict=True)
        for place, (part, count) in enumerate(((waiting, load.waiting), (done, load.done)))
    ]
    colours = altair.Scale(domain=[waiting, done], range=[ACCENT, QUIET])
    chart = (
        altair.Chart(pandas.DataFrame(rows))
        .mark_bar()
        .encode(
            x=altair.X("claims:Q", title=translate("claims and flags"), axis=COUNTS),
            y=altair.Y("person:N", title=None, sort=names, axis=NAMES),
            color=altair.Color("part:N", title=None, scale=colours, legend=LEGEND),
            order=altair.Order("place:Q"),
            tooltip=["person", "part", "claims"],
        )
    )
    cells = ((name, str(load.waiting), str(load.done)) for name, load in zip(names, busy, strict=True))
    draw_html(render_table((translate("Person"), waiting, done), cells))
    st.altair_chart(chart.properties(height=ROW), width="stretch")


def _name_load(load: Workload, full_names: Mapping[str, str], translate: Translate) -> str:
    role = translate(ROLE_LABELS[load.role])
    if load.name == ANYBODY:
        return translate("any {role}").format(role=role)
    return translate("{name}, {role}").format(name=full_names.get(load.name, load.name), role=role)


def draw_steps(steps: Sequence[Step], translate: Translate) -> None:
    """Draw how many days each part of the way took, by the versions published last; nothing before that."""
    if not steps:
        return
    words = {
        Stage.ASSIGN: translate("intake to assignment"),
        Stage.APPROVE: translate("assignment to approval"),
        Stage.PUBLISH: translate("approval to publication"),
    }
    names = [words[step.name] for step in steps]
    rows = [{"part": name, "days": step.days} for name, step in zip(names, steps, strict=True)]
    chart = (
        altair.Chart(pandas.DataFrame(rows))
        .mark_bar(color=ACCENT)
        .encode(
            x=altair.X("days:Q", title=translate("days (median)")),
            y=altair.Y("part:N", title=None, sort=names, axis=NAMES),
            tooltip=["part", altair.Tooltip("days:Q", format=".1f")],
        )
    )
    told = translate("{name}: {days} days (versions: {versions})")
    draw_title(
        translate("How long an article takes"),
        note=" · ".join(
            told.format(name=name, days=f"{step.days:.1f}", versions=step.versions)
            for name, step in zip(names, steps, strict=True)
        ),
    )
    st.altair_chart(chart.properties(height=ROW), width="stretch")

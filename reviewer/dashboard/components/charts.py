"""Pictures of a review: what stands where, at a glance. Each says its figures in words as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import altair
import pandas
import streamlit as st

from claims.records.assessment import SupportGrade
from reviewer.dashboard.components.drawing import draw_note, draw_title
from reviewer.dashboard.session import get_translate
from reviewer.i18n import Translate
from reviewer.labels import grade_label
from reviewer.moments import format_day
from reviewer.rules.agreement_statistics import GRADES, Agreement
from reviewer.rules.dossier import Dossier

# Colours that colour-blind people tell apart (Okabe & Ito 2008), from supported to contradicted.
GRADE_COLOURS = {
    SupportGrade.SUPPORTED: "#0072b2",
    SupportGrade.PARTIALLY_SUPPORTED: "#56b4e9",
    SupportGrade.OVERSTATED: "#f0e442",
    SupportGrade.UNSUPPORTED: "#e69f00",
    SupportGrade.CONTRADICTED: "#d55e00",
    SupportGrade.CANNOT_JUDGE: "#cc79a7",
    SupportGrade.NOT_CHECKABLE: "#999999",
}
_OPEN_COLOUR = "#d5d1c7"
# The room's accent and a grey, both to be seen on its light and its dark ground.
ACCENT, QUIET = "#2a76aa", "#8a8578"
_WHOLE = altair.Axis(labelLimit=200, labelAngle=0)
# Names stand whole and level, counts are whole.
NAMES = altair.Axis(labelLimit=0, labelOverlap=False)
COUNTS = altair.Axis(tickMinStep=1, format="d", labelAngle=0)
# One below the other: beside long names the bars have less room than two of them.
LEGEND = altair.Legend(orient="top", columns=1, labelLimit=0)
ROW = altair.Step(30)


def draw_grades_by_theme(dossiers: Sequence[Dossier], translate: Translate, locale: str) -> None:
    """Draw how many claims of each theme have which grade; claims still open are a part of their own."""
    open_label = translate("open")
    names = {grade: grade_label(grade, locale) for grade in SupportGrade}
    rows = [
        {
            "theme": dossier.claim.claim.theme or dossier.claim.claim.heading or "–",
            "grade": names[dossier.verdict.grade] if dossier.verdict else open_label,
        }
        for dossier in dossiers
    ]
    given = {row["grade"] for row in rows}
    colours = {names[grade]: GRADE_COLOURS[grade] for grade in names} | {open_label: _OPEN_COLOUR}
    order = [name for name in colours if name in given]
    counted = pandas.DataFrame(rows, columns=["theme", "grade"]).value_counts().reset_index(name="claims")
    counted["place"] = counted["grade"].map(order.index)
    chart = (
        altair.Chart(counted)
        .mark_bar()
        .encode(
            x=altair.X("claims:Q", title=translate("claims"), axis=COUNTS),
            y=altair.Y("theme:N", title=None, sort=None, axis=NAMES),
            color=altair.Color(
                "grade:N",
                title=None,
                scale=altair.Scale(domain=order, range=[colours[name] for name in order]),
                legend=LEGEND,
            ),
            order=altair.Order("place:Q"),
            tooltip=["theme", "grade", "claims"],
        )
    )
    told = Counter(row["grade"] for row in rows)
    _draw(translate("Grades by theme"), chart, sorted(told.items(), key=lambda one: order.index(one[0])))


def draw_levels(dossiers: Sequence[Dossier], translate: Translate) -> None:
    """Draw how strong the evidence attached to the claims is: the best level of each."""
    none = translate("no level")
    best = [
        min((level for f in d.attached if (level := d.level_of(f)) is not None), default=None)
        for d in dossiers
        if d.attached
    ]
    counts = Counter(none if level is None else str(level) for level in best)
    if not counts:
        return
    order = [*"12345", none]
    names = {
        level: level if level == none else translate("Level {level}").format(level=level) for level in order
    }
    table = pandas.DataFrame([{"level": names[level], "claims": counts[level]} for level in order])
    chart = (
        altair.Chart(table)
        .mark_bar(color=ACCENT)
        .encode(
            x=altair.X("claims:Q", title=translate("claims"), axis=COUNTS),
            y=altair.Y("level:N", title=None, sort=list(names.values()), axis=NAMES),
            tooltip=["level", "claims"],
        )
    )
    told = [(names[level], counts[level]) for level in order if counts[level]]
    _draw(translate("Best evidence attached (OCEBM 2011)"), chart, told)


def _draw(
    title: str, chart: altair.Chart, counts: Sequence[tuple[str, int]], height: int | altair.Step = ROW
) -> None:
    translate = get_translate()
    told = translate("{name}: {count}")
    words = " · ".join(told.format(name=name, count=count) for name, count in counts)
    draw_title(title, note=words)
    st.altair_chart(chart.properties(height=height), width="stretch")


def draw_grading_progress(graded: Mapping[date, int], translate: Translate, locale: str) -> None:
    """Draw how many claims had been graded by the end of each day; nothing before the first grade."""
    if not graded:
        return
    rows = [{"day": str(day), "claims": count} for day, count in graded.items()]
    chart = (
        altair.Chart(pandas.DataFrame(rows))
        .mark_line(point=True, color=ACCENT)
        .encode(
            x=altair.X(
                "day:T",
                title=None,
                axis=altair.Axis(labelAngle=0, tickCount="day", format="%m/%d", labelOverlap=True),
            ),
            y=altair.Y("claims:Q", title=translate("claims"), axis=COUNTS),
            tooltip=["day", "claims"],
        )
    )
    latest = [(format_day(max(graded), locale), max(graded.values()))]
    _draw(translate("Graded over time"), chart, latest, 200)


def draw_matrix(agreement: Agreement, translate: Translate, locale: str) -> None:
    """Draw how often each grade of the one met each grade of the other; the figures stand in the cells."""
    total = sum(map(sum, agreement.matrix))
    if not total:
        return
    names = [grade_label(grade, locale) for grade in GRADES]
    cells = [
        {"one": names[row], "other": names[column], "claims": count}
        for row, counts in enumerate(agreement.matrix)
        for column, count in enumerate(counts)
    ]
    base = altair.Chart(pandas.DataFrame(cells)).encode(
        x=altair.X("other:N", title=translate("second grader"), sort=names, axis=_WHOLE),
        y=altair.Y("one:N", title=translate("first grader"), sort=names, axis=_WHOLE),
    )
    heat = base.mark_rect().encode(
        color=altair.Color("claims:Q", legend=None, scale=altair.Scale(scheme="blues"))
    )
    most = max(map(max, agreement.matrix))
    figures = base.mark_text().encode(
        text="claims:Q",
        color=altair.condition(altair.datum.claims > most / 2, altair.value("white"), altair.value("black")),
    )
    alike = sum(counts[place] for place, counts in enumerate(agreement.matrix))
    draw_title(translate("Grade against grade"))
    told = translate("{alike} of {total} alike").format(alike=alike, total=total)
    draw_note(told)
    st.altair_chart((heat + figures).properties(height=320), width="stretch")

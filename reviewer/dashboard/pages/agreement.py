"""How well the graders agree: each figure with its n and interval, by claim type and pair, and the matrix."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from reviewer.dashboard.components.charts import draw_matrix
from reviewer.dashboard.components.markup import show_text
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import find_place, get_application, get_locale, get_translate, get_user
from reviewer.i18n import Translate, mark
from reviewer.labels import LEFT_OUT_LABELS, TYPE_LABELS, UNDEFINED_LABELS
from reviewer.rules.agreement_statistics import Agreement, Figure, Measured
from reviewer.workflow.agreeing import AgreementReport, load_agreement

_FIGURES = (
    ("percent", mark("Percent")),
    ("kappa", mark("Cohen's kappa")),
    ("weighted_kappa", mark("Weighted kappa")),
    ("alpha", mark("Krippendorff's alpha")),
)


def draw_agreement() -> None:
    """Draw the figures of the version in the address, or of all articles."""
    translate = get_translate()
    draw_bar()
    with get_application().reading() as work:
        report = load_agreement(work, get_user(), find_place("version"))
    st.html(f'<h1 class="konkyo heading">{show_text(translate("Agreement of independent grades"))}</h1>')
    st.html(_render_table(report, translate))
    told = translate("95 % intervals in brackets; taken from the first grades, before any adjudication.")
    st.html(f'<p class="konkyo place">{show_text(told)}</p>')
    left, right = st.columns(2, gap="medium")
    with left:
        draw_matrix(report.overall, translate, get_locale())
    with right:
        _draw_left_out(report, translate)


def _render_table(report: AgreementReport, translate: Translate) -> str:
    rows = [(translate("all"), report.overall)]
    rows += [(translate(TYPE_LABELS[kind]), agreement) for kind, agreement in report.by_type.items()]
    rows += [(" – ".join(both), agreement) for both, agreement in report.by_pair.items()]
    head = "".join(
        f'<th scope="col">{show_text(translate(name))}</th>' for _, name in (("", mark("Claims")), *_FIGURES)
    )
    body = "".join(_render_row(name, agreement, translate) for name, agreement in rows)
    return f'<table class="konkyo table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _render_row(name: str, agreement: Agreement, translate: Translate) -> str:
    cells = "".join(
        f"<td>{show_text(format_figure(getattr(agreement, field), field == 'percent', translate))}</td>"
        for field, _ in _FIGURES
    )
    return f'<tr><th scope="row">{show_text(name)}</th>{cells}</tr>'


def format_figure(figure: Figure, percent: bool, translate: Translate) -> str:
    """The figure with its interval and n in words; an undefined one says why, and never 0."""
    if not isinstance(figure, Measured):
        return translate(UNDEFINED_LABELS[figure.why])
    scale, digits, unit = (100, 0, " %") if percent else (1, 2, "")
    value = f"{figure.value * scale:.{digits}f}{unit}"
    if figure.low is None or figure.high is None:
        return f"{value} (n = {figure.n})"
    return f"{value} [{figure.low * scale:.{digits}f}, {figure.high * scale:.{digits}f}] (n = {figure.n})"


def _draw_left_out(report: AgreementReport, translate: Translate) -> None:
    counts = Counter(left.why for left in report.left_out)
    st.html(f'<h2 class="konkyo title">{show_text(translate("Left out"))}</h2>')
    lines = "".join(
        f"<li>{show_text(translate(LEFT_OUT_LABELS[why]))}: {count}</li>" for why, count in counts.items()
    )
    st.html(f'<ul class="konkyo">{lines or show_text(translate("nothing"))}</ul>')

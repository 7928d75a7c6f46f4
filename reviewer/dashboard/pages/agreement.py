"""How well the graders agree: each figure with its n and interval, by claim type and pair, and the matrix."""

from __future__ import annotations

from reviewer.dashboard.components.charts import draw_matrix
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note, draw_text, draw_title
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import find_place, get_application, get_locale, get_translate, get_user
from reviewer.exports.agreement_figures import FIGURES, format_figure
from reviewer.i18n import Translate, mark
from reviewer.labels import LEFT_OUT_LABELS, TYPE_LABELS
from reviewer.markup import Html
from reviewer.rules.agreement_statistics import Agreement, Undefined
from reviewer.workflow.agreeing import AgreementReport, load_agreement


def draw_agreement() -> None:
    """Draw the figures of the version in the address, or of all articles."""
    translate = get_translate()
    draw_bar()
    with get_application().reading() as work:
        report = load_agreement(work, get_user(), find_place("version"))
    draw_heading(translate("Agreement of independent grades"))
    if isinstance(report.overall.percent, Undefined):
        told = translate(
            "No claim was graded by two people yet. An editor assigns two reviewers to an article"
            " (“{board}”); the figures stand here once both have graded."
        )
        draw_text(told.format(board=translate("Board")))
    else:
        _draw_figures(report, translate)
    _draw_left_out(report, translate)


def _draw_figures(report: AgreementReport, translate: Translate) -> None:
    draw_html(_render_table(report, translate))
    told = translate("95 % intervals in brackets; taken from the first grades, before any adjudication.")
    draw_note(told)
    draw_matrix(report.overall, translate, get_locale())


def _render_table(report: AgreementReport, translate: Translate) -> Html:
    name_person = get_naming()
    rows = [(translate("all"), report.overall)]
    rows += [(translate(TYPE_LABELS[kind]), agreement) for kind, agreement in report.by_type.items()]
    rows += [(" – ".join(map(name_person, both)), agreement) for both, agreement in report.by_pair.items()]
    heads = (translate(name) for _, name in (("", mark("Claims")), *FIGURES))
    head = Html().join(map(Html('<th scope="col">{}</th>').format, heads))
    body = Html().join(_render_row(name, agreement, translate) for name, agreement in rows)
    return Html('<table class="konkyo table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        head, body
    )


def _render_row(name: str, agreement: Agreement, translate: Translate) -> Html:
    figures = (
        format_figure(getattr(agreement, field), field == "percent", translate) for field, _ in FIGURES
    )
    cells = Html().join(map(Html("<td>{}</td>").format, figures))
    return Html('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)


def _draw_left_out(report: AgreementReport, translate: Translate) -> None:
    draw_title(translate("Left out"))
    lines = Html().join(
        Html("<li>{}: {}</li>").format(translate(LEFT_OUT_LABELS[why]), count)
        for why, count in report.left_out.items()
    )
    draw_html(Html('<ul class="konkyo">{}</ul>').format(lines or translate("nothing")))

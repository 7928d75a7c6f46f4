"""What each grade means, with an example: one key away."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records.assessment import SupportGrade
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.session import get_locale, get_translate
from reviewer.i18n import mark
from reviewer.labels import GRADE_MEANINGS, grade_label
from reviewer.markup import Html

# A claim of a made-up agent with the evidence that earns it this grade.
EXAMPLES: Mapping[SupportGrade, str] = {
    SupportGrade.SUPPORTED: mark(
        "“Agent X raises hair density in women with hair loss”: a randomised trial in such women "
        "measured a higher density than with placebo."
    ),
    SupportGrade.PARTIALLY_SUPPORTED: mark(
        "“Agent X raises hair density in adults”: one small trial found so, and it took in men alone."
    ),
    SupportGrade.OVERSTATED: mark(
        "“Agent X regrows hair”: hair follicles grew longer in a dish, and nobody has treated people."
    ),
    SupportGrade.UNSUPPORTED: mark(
        "“Agent X wakes sleeping follicles”: the searches are answered, no record speaks of it."
    ),
    SupportGrade.CONTRADICTED: mark(
        "“Agent X has no side effects”: a trial reports an irritated scalp in every fifth person."
    ),
    SupportGrade.CANNOT_JUDGE: mark(
        "“Agent X acts for two years”: the abstract does not tell how long people were followed."
    ),
    SupportGrade.NOT_CHECKABLE: mark("“Hair is a woman's life”: a saying, and no assertion."),
}


def draw_criteria() -> None:
    """Draw the grades with their keys, meanings and examples."""
    translate, locale = get_translate(), get_locale()
    rows = Html().join(
        (
            Html('<tr><th scope="row">{}</th><td>{}<p class="place">{}</p></td></tr>').format(
                grade_label(grade, locale), translate(meaning), translate(EXAMPLES[grade])
            )
            for grade, meaning in GRADE_MEANINGS.items()
        )
    )
    draw_html(Html('<table class="konkyo keys criteria">{}</table>').format(rows))

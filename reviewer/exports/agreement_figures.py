"""The figures of agreement in words, alike on the screen and on paper."""

from __future__ import annotations

from reviewer.i18n import Translate, mark
from reviewer.labels import UNDEFINED_LABELS
from reviewer.rules.agreement_statistics import Figure, Measured

# By the field of ``Agreement``.
FIGURES = (
    ("percent", mark("Percent")),
    ("kappa", mark("Cohen's kappa")),
    ("weighted_kappa", mark("Weighted kappa")),
    ("alpha", mark("Krippendorff's alpha")),
)


def format_figure(figure: Figure, percent: bool, translate: Translate) -> str:
    """The figure with its interval and n in words; an undefined one says why, and never 0."""
    if not isinstance(figure, Measured):
        return translate(UNDEFINED_LABELS[figure.why])
    scale, digits, unit = (100, 0, " %") if percent else (1, 2, "")
    value = f"{figure.value * scale:.{digits}f}{unit}"
    if figure.low is None or figure.high is None:
        return f"{value} (n = {figure.n})"
    return f"{value} [{figure.low * scale:.{digits}f}, {figure.high * scale:.{digits}f}] (n = {figure.n})"

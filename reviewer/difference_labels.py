"""The words for what two near claims differ in, by the names that ``compare_claims`` gives."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.i18n import mark

DIFFERENCE_LABELS: Mapping[str, str] = {
    "dose": mark("dose"),
    "duration": mark("duration"),
    "quantity": mark("numbers"),
    "population": mark("population"),
    "hedge": mark("certainty of the wording"),
    "polarity": mark("direction of the effect"),
    "purpose": mark("purpose"),
    "route": mark("route"),
    "scope": mark("scope"),
    "mechanism": mark("mechanism of action"),
    "substance": mark("substance"),
    "comparator": mark("comparator"),
    "outcome": mark("outcome"),
}

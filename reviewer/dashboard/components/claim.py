"""The claim itself: its wording, how it is read, the numbers in it, and what its wording risks."""

from __future__ import annotations

from claims.records.claim import Claim
from reviewer.dashboard.components.markup import show_text
from reviewer.dashboard.components.searches import render_searches
from reviewer.dashboard.components.wording import render_risks
from reviewer.i18n import Translate, translator
from reviewer.labels import CERTAINTY_LABELS, TYPE_LABELS
from reviewer.rules.dossier import Dossier


def render_claim(dossier: Dossier, told: str, locale: str) -> str:
    """The claim's card as HTML; ``told`` is what people said of it, as HTML."""
    claim, translate = dossier.claim.claim, translator(locale)
    certainty = translate(CERTAINTY_LABELS[claim.certainty])
    hedge = translate("{certainty} by “{words}”").format(certainty=certainty, words=claim.hedge)
    kind = f"{translate(TYPE_LABELS[claim.type])} · {hedge if claim.hedge else certainty}"
    head = f"{translate('Claim')} {dossier.claim.number} · {kind}"
    return (
        f'<div class="konkyo claim"><h3 class="label">{show_text(head)}</h3>'
        f'<p class="wording">{show_text(claim.text)}</p>'
        f"{_render_reading(claim, translate)}{_render_quantities(claim, translate)}"
        f"{render_risks(claim, locale)}{told}{render_searches(dossier, locale)}</div>"
    )


def _render_reading(claim: Claim, translate: Translate) -> str:
    if claim.read_as == claim.text:
        return ""
    return f'<h4 class="label">{show_text(translate("Read as"))}</h4><p>{show_text(claim.read_as)}</p>'


def _render_quantities(claim: Claim, translate: Translate) -> str:
    if not claim.quantities:
        return ""
    told = translate("Numbers: {words}").format(words=", ".join(q.words for q in claim.quantities))
    return f'<p class="place">{show_text(told)}</p>'

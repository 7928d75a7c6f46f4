"""The claim itself: its wording, how it is read, the numbers in it, and what its wording risks."""

from __future__ import annotations

from claims.records.claim import Claim
from reviewer.dashboard.components.searches import render_searches
from reviewer.dashboard.components.wording import render_risks
from reviewer.i18n import Translate, translator
from reviewer.labels import CERTAINTY_LABELS, TYPE_LABELS
from reviewer.markup import Html
from reviewer.rules.dossier import Dossier


def render_claim(dossier: Dossier, told: str, locale: str) -> Html:
    """The claim's card as HTML; ``told`` is what people said of it, as HTML."""
    claim, translate = dossier.claim.claim, translator(locale)
    certainty = translate(CERTAINTY_LABELS[claim.certainty])
    hedge = translate("{certainty} by “{words}”").format(certainty=certainty, words=claim.hedge)
    kind = f"{translate(TYPE_LABELS[claim.type])} · {hedge if claim.hedge else certainty}"
    head = f"{translate('Claim')} {dossier.claim.number} · {kind}"
    return Html(
        '<div class="konkyo claim"><h3 class="label">{}</h3><p class="wording">{}</p>{}{}{}{}{}</div>'
    ).format(
        head,
        claim.text,
        _render_reading(claim, translate),
        _render_quantities(claim, translate),
        render_risks(claim, locale),
        told,
        render_searches(dossier, locale),
    )


def _render_reading(claim: Claim, translate: Translate) -> Html:
    if claim.read_as == claim.text:
        return Html()
    return Html('<h4 class="label">{}</h4><p>{}</p>').format(translate("Read as"), claim.read_as)


def _render_quantities(claim: Claim, translate: Translate) -> Html:
    if not claim.quantities:
        return Html()
    told = translate("Numbers: {words}").format(words=", ".join(q.words for q in claim.quantities))
    return Html('<p class="place">{}</p>').format(told)

"""Wordings that advertising rules may touch: which rule, under which law, why, and what to write instead."""

from __future__ import annotations

from claims.extraction.wording import WordingBasis, list_bases
from claims.records.claim import Claim, WordingRisk
from reviewer.i18n import Translate, translator
from reviewer.labels import RISK_LABELS
from reviewer.markup import Html


def render_risks(claim: Claim, locale: str) -> Html:
    """The claim's risky wordings as HTML, each opening on its reasons; "" where there is none."""
    return Html().join(_render_risk(risk, locale) for risk in claim.wording_risks)


def _render_risk(risk: WordingRisk, locale: str) -> Html:
    translate = translator(locale)
    told = translate("Wording “{words}”: {rule}. To be checked.").format(
        words=risk.words, rule=translate(RISK_LABELS[risk.rule])
    )
    bases = Html().join(_render_basis(basis, translate) for basis in list_bases(risk.rule, locale))
    return Html('<details class="caution"><summary>{}</summary>{}</details>').format(told, bases)


def _render_basis(basis: WordingBasis, translate: Translate) -> Html:
    """One law's reason; a clause that nobody has verified says so."""
    clause = basis.clause if basis.verified_on else f"{basis.clause} ({translate('clause to be verified')})"
    law = f"{basis.law} {clause}" if basis.clause else basis.law
    return Html('<p>{}<br>→ {}<br><span class="place">{}</span></p>').format(
        basis.reason, basis.alternative, law
    )

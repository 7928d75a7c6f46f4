"""The claim itself: its wording, how it is read, what it risks, and what it was before its words changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.extraction.wording import WordingBasis, list_grounds
from claims.records.claim import Claim, WordingRisk
from reviewer.dashboard.components.changes import render_difference
from reviewer.dashboard.times import format_local_day
from reviewer.i18n import Translate, translator
from reviewer.labels import CERTAINTY_LABELS, RISK_LABELS, TYPE_LABELS, grade_label
from reviewer.markup import Html
from reviewer.person_names import name_person
from reviewer.rules.dossier import Dossier, Former


def render_claim(dossier: Dossier, told: Html, locale: str, flags: int = 0) -> Html:
    """The claim as HTML: its words, how they are read, what they risk; ``told`` is what is flagged of it.

    How many ``flags`` are open stands above the words, which may be long.
    """
    claim, translate = dossier.claim.claim, translator(locale)
    certainty = translate(CERTAINTY_LABELS[claim.certainty])
    hedge = translate("{certainty} by “{words}”").format(certainty=certainty, words=claim.hedge)
    kind = f"{translate(TYPE_LABELS[claim.type])} · {hedge if claim.hedge else certainty}"
    head = Html("{}").format(f"{translate('Claim')} {dossier.claim.number} · {kind}")
    if flags:
        counted = translate("{name} ({count})").format(name=translate("Flags"), count=flags)
        head += Html(' · <span class="flags">⚑ {}</span>').format(counted)
    return Html(
        '<div class="konkyo claim"><h3 class="label">{}</h3><p class="wording">{}</p>{}{}{}{}</div>'
    ).format(
        head,
        claim.text,
        _render_reading(claim, translate),
        _render_quantities(claim, translate),
        render_risks(claim, locale),
        told,
    )


def _render_reading(claim: Claim, translate: Translate) -> Html:
    if claim.read_as == claim.text:
        return Html()
    return Html('<p class="reading"><span class="label">{}</span> {}</p>').format(
        translate("Read as"), claim.read_as
    )


def _render_quantities(claim: Claim, translate: Translate) -> Html:
    if not claim.quantities:
        return Html()
    told = translate("Numbers: {words}").format(words=", ".join(q.words for q in claim.quantities))
    return Html('<p class="place">{}</p>').format(told)


def render_former(dossier: Dossier, names: Mapping[str, str], locale: str) -> Html:
    """The claims that this one came of, latest first, as HTML; "" where it came of none."""
    if not dossier.former:
        return Html()
    translate = translator(locale)
    head = Html('<h4 class="label">{}</h4>').format(translate("Before the words changed"))
    return head + Html().join(
        _render_former(former, dossier.claim.claim.text, names, locale) for former in dossier.former
    )


def _render_former(former: Former, text: str, names: Mapping[str, str], locale: str) -> Html:
    translate = translator(locale)
    grades = [
        translate("{name}: {grade}, {date}").format(
            name=name_person(given.graded_by, names, translate),
            grade=grade_label(given.grade, locale),
            date=format_local_day(given.graded_at, locale),
        )
        + (f" – {given.comment}" if given.comment else "")
        for given in former.assessments
    ]
    told = Html().join(Html('<p class="place">{}</p>').format(line) for line in grades)
    return Html('<div class="former">{}{}</div>').format(
        render_difference(former.claim.claim.text, text), told
    )


def render_risks(claim: Claim, locale: str) -> Html:
    """The claim's risky wordings as HTML, each opening on its reasons; "" where there is none."""
    return Html().join(_render_risk(risk, locale) for risk in claim.wording_risks)


def _render_risk(risk: WordingRisk, locale: str) -> Html:
    translate = translator(locale)
    told = translate("Wording “{words}”: {rule}. To be checked.").format(
        words=risk.words, rule=translate(RISK_LABELS[risk.rule])
    )
    return Html('<details class="caution"><summary>{}</summary>{}</details>').format(
        told, render_grounds(risk, locale)
    )


def render_grounds(risk: WordingRisk, locale: str) -> Html:
    """Why the words are to be checked and what helps, as HTML: one paragraph a law, or the clinic's own."""
    return render_bases(list_grounds(risk, locale), locale)


def render_bases(bases: Iterable[WordingBasis], locale: str) -> Html:
    """The bases of a rule as HTML, a paragraph each."""
    return Html().join(_render_basis(basis, translator(locale)) for basis in bases)


def _render_basis(basis: WordingBasis, translate: Translate) -> Html:
    """One law's reason, or the clinic's; a clause that nobody has verified says so."""
    clause = basis.clause if basis.verified_on else f"{basis.clause} ({translate('clause to be verified')})"
    law = f"{basis.law} {clause}" if basis.clause else basis.law
    told = [Html("{}").format(basis.reason)]
    if basis.alternative:
        told.append(Html("→ {}").format(basis.alternative))
    if law:
        told.append(Html('<span class="place">{}</span>').format(law))
    return Html("<p>{}</p>").format(Html("<br>").join(told))

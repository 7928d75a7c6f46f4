"""The claim itself: its wording, how it is read, what its wording risks, and how it was searched."""

from __future__ import annotations

from claims.records.claim import Claim
from claims.records.retrieval import SearchRun, SearchStatus
from reviewer.dashboard.components.markup import show_text
from reviewer.i18n import Translate
from reviewer.labels import CERTAINTY_LABELS, RISK_LABELS, RUNG_LABELS, SEARCH_LABELS, TYPE_LABELS
from reviewer.sentences import tell_code
from reviewer.workflow.dossier import Dossier


def render_claim(dossier: Dossier, told: str, translate: Translate) -> str:
    """The claim's card as HTML; ``told`` is what people said of it, as HTML."""
    claim = dossier.claim.claim
    kind = f"{translate(TYPE_LABELS[claim.type])} · {translate(CERTAINTY_LABELS[claim.certainty])}"
    head = f"{translate('Claim')} {dossier.claim.number} · {kind}"
    return (
        f'<div class="konkyo claim"><h3 class="label">{show_text(head)}</h3>'
        f'<p class="wording">{show_text(claim.text)}</p>'
        f"{_render_reading(claim, translate)}{_render_risks(claim, translate)}{told}"
        f"{_render_searches(dossier, translate)}</div>"
    )


def _render_reading(claim: Claim, translate: Translate) -> str:
    if claim.read_as == claim.text:
        return ""
    return f'<h4 class="label">{show_text(translate("Read as"))}</h4><p>{show_text(claim.read_as)}</p>'


def _render_risks(claim: Claim, translate: Translate) -> str:
    sentence = translate("Wording “{words}”: {rule}. To be checked.")
    told = (
        sentence.format(words=risk.words, rule=translate(RISK_LABELS[risk.rule]))
        for risk in claim.wording_risks
    )
    return "".join(f'<p class="caution">{show_text(words)}</p>' for words in told)


def _render_searches(dossier: Dossier, translate: Translate) -> str:
    head = f"{translate('Searches')}: {translate(SEARCH_LABELS[dossier.search_status])}"
    runs = "".join(f"<li>{_render_run(run, translate)}</li>" for run in dossier.runs)
    return f'<h4 class="label">{show_text(head)}</h4><ul class="runs">{runs}</ul>'


def _render_run(run: SearchRun, translate: Translate) -> str:
    count = translate("{count} found").format(count=run.count)
    told = count if run.status is SearchStatus.FOUND else translate(SEARCH_LABELS[run.status])
    where = " · ".join((translate(RUNG_LABELS[run.rung]), run.source, f"{run.searched_at:%Y-%m-%d}"))
    reason = f'<p class="failure">{show_text(tell_failure(run, translate))}</p>' if run.failure else ""
    return (
        f"<details><summary>{show_text(where)} · <b>{show_text(told)}</b></summary>"
        f"<code>{show_text(run.query)}</code></details>{reason}"
    )


def tell_failure(run: SearchRun, translate: Translate) -> str:
    """Why the search got no answer, and what to do, in a sentence."""
    return tell_code(run.failure, translate=translate)

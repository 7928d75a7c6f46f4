"""The flags that a rule raises: derived anew from the dossier each time, never stored."""

from __future__ import annotations

from collections.abc import Iterator

from claims.appraisal.people import tells_of_people
from claims.appraisal.standing import FALLEN
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.claim import Certainty
from claims.records.finding import Finding
from claims.records.flag import Flag, FlagReason
from claims.records.retrieval import SearchStatus
from claims.text.denials import is_tentative
from claims.text.numbers import find_values, is_told
from reviewer.rules.completeness import find_lost
from reviewer.rules.dossier import Dossier

_WITHOUT_EVIDENCE = frozenset({SearchStatus.NOTHING_FOUND, SearchStatus.RELATED_ONLY})
_ORDER = {reason: place for place, reason in enumerate(FlagReason)}
_CARRYING = frozenset({CitationJudgement.SUPPORTING, CitationJudgement.PARTLY})


def raise_flags(dossier: Dossier) -> tuple[Flag, ...]:
    """The flags that hold for the claim as it stands and as it is seen, in the order of ``FlagReason``.

    A flag's key stays the same as long as the claim's words do, wherever the claim stands.
    """
    flags = (*_flag_search(dossier), *_flag_evidence(dossier), *_flag_words(dossier))
    return tuple(sorted(flags, key=lambda flag: (_ORDER[flag.reason], flag.start)))


def _flag(dossier: Dossier, reason: FlagReason, words: str = "", about: str = "") -> Flag:
    """A flag on the whole claim; ``about`` tells it from others of the same reason."""
    claim = dossier.claim
    key = f"{reason.value}:{about}" if about else reason.value
    return Flag(claim.id, key, reason, claim.claim.start, claim.claim.end, words)


def _flag_search(dossier: Dossier) -> Iterator[Flag]:
    if dossier.search_status in _WITHOUT_EVIDENCE and _is_without_evidence(dossier):
        yield _flag(dossier, FlagReason.NO_EVIDENCE_FOUND)
    if dossier.search_status is SearchStatus.FAILED:
        yield _flag(dossier, FlagReason.SEARCH_FAILED)


def _is_without_evidence(dossier: Dossier) -> bool:
    """Whether all came that was found, all was read that the author cites, and nothing of it bears on it."""
    if dossier.attached or dossier.attached_documents or find_lost(dossier.runs, dossier.findings).warnings:
        return False
    # What an author adds once the claim is settled is read by nobody any more, and lifts no flag.
    is_open = not dossier.claim.status.is_settled
    return not (is_open and dossier.cited - {judged.pmid for judged in dossier.judgements})


def _flag_evidence(dossier: Dossier) -> Iterator[Flag]:
    attached, verdict = dossier.attached, dossier.verdict
    if verdict is not None and verdict.grade is SupportGrade.CONTRADICTED:
        yield _flag(dossier, FlagReason.CONTRADICTED)
    preclinical = attached and all(finding.study.is_preclinical for finding in attached)
    if preclinical and tells_of_people(dossier.claim.claim):
        yield _flag(dossier, FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM)
    if _drops_hedge(dossier):
        yield _flag(dossier, FlagReason.HEDGE_DROPPED)
    for finding in attached:
        if finding.retraction.status in FALLEN:
            yield _flag(dossier, FlagReason.RETRACTED_CITATION, finding.pmid, finding.pmid)


def _flag_words(dossier: Dossier) -> Iterator[Flag]:
    for quantity in _find_untold(dossier):
        yield _flag(dossier, FlagReason.NUMBER_NOT_IN_EVIDENCE, quantity, quantity)
    risks = {(risk.rule, risk.words): risk for risk in reversed(dossier.claim.claim.wording_risks)}
    for (rule, words), risk in risks.items():
        key = f"{FlagReason.WORDING_RISK.value}:{rule.value}:{words}"
        yield Flag(dossier.claim.id, key, FlagReason.WORDING_RISK, risk.start, risk.end, words, risk=risk)
    if dossier.is_reread:
        yield _flag(dossier, FlagReason.READING_CHANGED, dossier.claim.claim.read_as)


def _find_untold(dossier: Dossier) -> tuple[str, ...]:
    """The claim's numbers that no attached record or quotation tells; none where a full text was read."""
    attached = dossier.attached
    if not attached or any(judged.basis is Basis.FULL_TEXT for judged in dossier.judgements):
        return ()
    records = [dossier.citations[finding.pmid] for finding in attached]
    quoted = [document.details.quotation for document in dossier.attached_documents]
    told = [text for record in records for text in (record.shown_title, record.abstract_text)]
    numbers = find_values([*told, *quoted])
    untold = (q.words for q in dossier.claim.claim.quantities if not is_told(q, numbers))
    return tuple(dict.fromkeys(untold))


def _drops_hedge(dossier: Dossier) -> bool:
    """Whether the claim asserts what every sentence that carries it only suggests."""
    if dossier.claim.claim.certainty is not Certainty.ASSERTED:
        return False
    carrying = {j.pmid for j in dossier.judgements if j.judgement in _CARRYING}
    sentences = [text for finding in dossier.attached if finding.pmid in carrying for text in _quote(finding)]
    return bool(sentences) and all(is_tentative(sentence) for sentence in sentences)


def _quote(finding: Finding) -> list[str]:
    return [rationale.text for rationale in finding.rationales]

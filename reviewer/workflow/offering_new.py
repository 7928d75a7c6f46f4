"""Papers that somebody said change a published claim: offered where the claim is graded anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.pipeline import read_cited
from claims.records.citation import Pmid
from claims.records.living import NewRecord, NewRecordAnswer
from claims.records.retrieval import FetchedRecord
from db.unit_of_work import UnitOfWork
from reviewer.workflow.comparing_claims import open_lexicon
from reviewer.workflow.references import load_papers


def offer_changing(work: UnitOfWork, origins: Mapping[int, Sequence[int]]) -> None:
    """Let the papers that change claims stand as suggestions, judged by nobody, for those that come of them.

    ``origins`` names the former claims of each, or the claim itself where it is opened again. A paper that is
    there already stays as it is. Each is read as what a search brings is, from the record that is stored; it
    counts as looked at when it was found. The caller holds the claims and commits.
    """
    formers = sorted({former for ids in origins.values() for former in ids})
    changing: dict[int, dict[Pmid, NewRecord]] = {}
    for one in work.living.load(formers):
        if one.answer is NewRecordAnswer.CHANGES:
            changing.setdefault(one.claim_id, {})[one.pmid] = one
    for claim_id, ids in origins.items():
        wanted = {pmid: one for former in ids for pmid, one in changing.get(former, {}).items()}
        if wanted:
            _offer(work, claim_id, wanted)


def _offer(work: UnitOfWork, claim_id: int, wanted: Mapping[Pmid, NewRecord]) -> None:
    claim = work.claims.get_claim(claim_id)
    language = work.articles.get_version(claim.version_id).article.language
    stored = work.citations.load(wanted)
    records = [FetchedRecord(stored[pmid], wanted[pmid].found_at) for pmid in wanted if pmid in stored]
    read = read_cited(claim.claim, records, language, open_lexicon(work))
    offered = [
        replace(finding, rung=wanted[finding.pmid].rung, relevance=round(wanted[finding.pmid].relevance, 2))
        for finding in read
    ]
    work.searches.put_cited(claim_id, load_papers(work, claim), offered)

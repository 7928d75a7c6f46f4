"""Looking again at the papers under live claims: what a night costs, from a part of it that is run.

    python -m benchmarks.recheck [--papers 100000] [--run 10000]

A house of so many papers is made in SQLite, each under a claim of a published article of fifty. A recheck
asks a server on this machine that answers like NCBI for the first ``--run`` of them, of which one in a
thousand was retracted meanwhile, and is then left as if its time were over. Printed are its requests and
seconds, what the whole would take, and how long its requests alone take at ten a second. The default is a
tenth of that.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from claims.pubmed.source import PubMed
from claims.records.citation import Citation, Pmid
from claims.records.decision import Decision, VersionState
from db.engine import open_engine
from db.mapping import finding_values
from db.models import FindingRow
from db.repositories.inserting import insert_many
from db.unit_of_work import UnitOfWork
from reviewer.workflow.recheck_runs import order_recheck, run_recheck
from tests.databases import make_database
from tests.entrez_server import EntrezServer, sample_article
from tests.factories import (
    make_article,
    make_audit_entry,
    make_citation,
    make_extraction,
    make_finding,
    make_judgement,
    make_moment,
)

CLAIMS, RETRACTED_OF = 50, 1_000
# Beyond the numbers that PubMed has, and before those of samples, for which it is not asked.
FIRST = 8_000_000_001
RETRACTION = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>SAMPLE</RefSource>'
    "</CommentsCorrections></CommentsCorrectionsList>"
)


def number_paper(place: int) -> Pmid:
    """The number of a paper, in their order."""
    return Pmid(str(FIRST + place))


def fill_article(work: UnitOfWork, number: int, places: Sequence[int]) -> None:
    """A published article whose claims rest on these papers, one each."""
    text = f"{number:06d}".ljust(10 * CLAIMS, "見")
    version = work.articles.add_version(make_article(text, title=f"SAMPLE {number}"), make_moment())
    stored = work.claims.add_extraction(version.id, make_extraction(len(places)))
    finding, record = make_finding(1), make_citation(1)
    pmids = [number_paper(place) for place in places]
    findings = [replace(finding, pmid=pmid, rationales=()) for pmid in pmids]
    work.citations.save([replace(record, pmid=pmid) for pmid in pmids])
    work.citations.save_standings({one.pmid: one.retraction for one in findings})
    # By the dozen: searches store one claim at a time, which takes an hour for as many.
    rows = [finding_values(one, claim.id) for one, claim in zip(findings, stored, strict=True)]
    insert_many(work._session, FindingRow, rows)
    for claim, place in zip(stored, places, strict=True):
        if place % RETRACTED_OF == 0:
            work.assessments.add_judgement(claim.id, replace(make_judgement(1), pmid=number_paper(place)))
    states = (VersionState.APPROVED, VersionState.PUBLISHED)
    for state in states:
        work.decisions.add(
            Decision(version.id, version.version_hash, state, "", "editor", make_moment(1), None)
        )
    work.commit(make_audit_entry())


def fill_house(url: str, papers: int) -> partial[UnitOfWork]:
    """What opens a unit of work in the house with so many papers."""
    open_work = partial(UnitOfWork, open_engine(url))
    for number, first in enumerate(range(0, papers, CLAIMS)):
        with open_work() as work:
            fill_article(work, number, range(first, min(first + CLAIMS, papers)))
    return open_work


def write_record(place: int) -> str:
    """The record as the server has it: one in a thousand was retracted."""
    record: Citation = make_citation(1)
    is_lost = place % RETRACTED_OF == 0
    return sample_article(
        number_paper(place), record.title, record.abstract_text, RETRACTION if is_lost else ""
    )


def measure(papers: int, run: int) -> None:
    """Print what the part of the night took, and what the whole would."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        open_work = fill_house(make_database(Path(folder) / "konkyo.db"), papers)
        print(f"house: {papers} papers under {papers} claims in {time.perf_counter() - begun:.0f} s")
        with EntrezServer([write_record(place) for place in range(run)]) as server:
            source = PubMed(server.base_url, tool="konkyo", email="nobody@example.org", api_key="sample")
            begun = time.perf_counter()
            steps = run_recheck(
                open_work, source, lambda: datetime.now(UTC), order_recheck("pubmed", 24, "cli:bench"), False
            )
            last = next(one for one in steps if one.done >= run)
            seconds = time.perf_counter() - begun
            requests = len(server.seen)
        whole = -(-papers // source.profile.fetch_batch)
        with open_work() as work:
            marks = sum(map(len, work.review_marks.load(work.review_marks.list_versions()).values()))
        print(
            f"run: {last.done} of {last.total} papers, {requests} requests, {seconds:.1f} s "
            f"({1_000 * seconds / last.done:.2f} ms a paper); {last.changed} changed, {marks} claims marked"
        )
        print(
            f"whole: {whole} requests, at ten a second alone {whole / 10:.0f} s = {whole / 36_000:.4f} h; "
            f"at the speed of this run {seconds / last.done * papers / 3_600:.3f} h"
        )


def main() -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--run", type=int, default=1_000)
    asked = parser.parse_args()
    measure(asked.papers, min(asked.run, asked.papers))


if __name__ == "__main__":
    main()

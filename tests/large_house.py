"""A house with as much in it as a busy clinic group has, for benchmarks; every record is a sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate

from sqlalchemy.orm import Session

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.records.claim import Extraction
from claims.records.retrieval import Rung, SearchStatus
from db.engine import open_engine
from db.mapping import finding_values, take_values
from db.models import FindingRow, RunRow, SearchRow
from db.repositories.inserting import insert_many
from db.unit_of_work import UnitOfWork
from reviewer.accounts.sample_people import add_sample_people, declare_sample_interests
from reviewer.bootstrap import open_application
from reviewer.settings import Settings
from reviewer.workflow.recounting import recount
from tests.factories import (
    make_article,
    make_audit_entry,
    make_citation,
    make_claim,
    make_finding,
    make_plan,
    make_run,
)

CITATIONS, FOUND_FOR_EACH = 2_000, 5
_MADE_AT = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
_ABSTRACT = (
    "The sample agent increased sample hair density. " + "A further sample sentence follows here. " * 30
)


def fill_house(settings: Settings, articles: int, claims_each: int) -> None:
    """Fill the empty house of these settings with searched claims and the sample people."""
    application = open_application(settings)
    with application.work() as work:
        add_sample_people(work, application.now())
        work.citations.save(make_citation(n, abstract=_ABSTRACT) for n in range(1, CITATIONS + 1))
        work.commit(make_audit_entry())
    engine = open_engine(settings.database_url)
    for number in range(1, articles + 1):
        with UnitOfWork(engine) as work:
            article = parse_article(_write_article(number, claims_each))
            version = work.articles.add_version(article, _MADE_AT)
            claims = work.claims.add_extraction(version.id, extract_claims(article))
            work.commit(make_audit_entry(subject=f"version:{version.id}"))
        with UnitOfWork(engine) as work:
            declare_sample_interests(work, version.id, _MADE_AT)
        with Session(engine) as session:
            _add_searches(session, [claim.id for claim in claims])
            session.commit()
    recount(application.work)


def fill_long_article(settings: Settings, claims: int, searched: bool) -> None:
    """Fill the empty house with one version of so many claims, each a sentence, on request searched."""
    lines = [f"見本成分{n}は、{n}番目の機序で毛包の血流を{n}%改善します。" for n in range(claims)]
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    found = tuple(make_claim(line, start=start) for line, start in zip(lines, starts, strict=False))
    engine = open_engine(settings.database_url)
    with UnitOfWork(engine) as work:
        work.citations.save(make_citation(n, abstract=_ABSTRACT) for n in range(1, CITATIONS + 1))
        version = work.articles.add_version(make_article("\n".join(lines)), _MADE_AT)
        stored = [claim.id for claim in work.claims.add_extraction(version.id, Extraction(found))]
        work.commit(make_audit_entry(subject=f"version:{version.id}"))
    for first in range(0, len(stored) if searched else 0, 2_000):
        with Session(engine) as session:
            _add_searches(session, stored[first : first + 2_000])
            session.commit()


def _write_article(number: int, claims: int) -> str:
    """Headings and plain sentences: an article of as many claims."""
    lines = [f"# 見本の記事 第{number}号"]
    for sentence in range(claims):
        if sentence % 12 == 0:
            lines.append(f"## 見本の見出し{sentence // 12 + 1}")
        lines.append(f"見本成分{number}は、{sentence + 1}番目の機序で毛包の血流を{sentence + 2}%改善します。")
    return "\n".join(lines)


def _add_searches(session: Session, claim_ids: list[int]) -> None:
    plan = make_plan()
    insert_many(
        session,
        SearchRow,
        [{"claim_id": claim_id, "status": SearchStatus.FOUND, "plan": plan} for claim_id in claim_ids],
    )
    session.flush()
    searches = session.query(SearchRow.id).filter(SearchRow.claim_id.in_(claim_ids))
    runs = [
        take_values(make_run(rung=rung, count=7), search_id=search.id)
        for search in searches
        for rung in (Rung.STRICT, Rung.COUNTER)
    ]
    insert_many(session, RunRow, runs)
    findings = [
        finding_values(make_finding(number, rank=rank), claim_id)
        for claim_id in claim_ids
        for rank, number in enumerate(_spread(claim_id), start=1)
    ]
    insert_many(session, FindingRow, findings)


def _spread(claim_id: int) -> Iterator[int]:
    """Which of the citations a claim has: different ones from claim to claim."""
    return (1 + (claim_id * 7 + step * 311) % CITATIONS for step in range(FOUND_FOR_EACH))

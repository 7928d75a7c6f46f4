"""An article that was brought in as a file, graded by one reviewer and, if wanted, approved."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from claims.articles.reading import parse_document
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.decision import VersionState
from claims.records.people import User
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.accounts.naming import set_naming
from reviewer.exports.article.citing import CitedArticle, cite_article
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.publication import load_publication
from reviewer.workflow.publishing import decide_version
from tests.conftest import OpenWork
from tests.databases import LENT, fill_database, make_database
from tests.factories import make_audit_entry, make_evidence, make_signature
from tests.workflow.clinic import ADMIN, DECLARED, EDITOR, A, Clinic, copy_clinic

TOKYO = ZoneInfo("Asia/Tokyo")
SUPPORTING, PARTLY, REFUTING = (
    CitationJudgement.SUPPORTING,
    CitationJudgement.PARTLY,
    CitationJudgement.REFUTING,
)


_folder = TemporaryDirectory(prefix="konkyo-published-")
# What was built by what it was built of: its database, and the clinic in it.
_built: dict[str, tuple[Path, Clinic]] = {}


@dataclass(frozen=True)
class Opinion:
    """What reviewer A says of a claim: of each of its citations, by number, and of itself."""

    grade: SupportGrade = SupportGrade.SUPPORTED
    citations: dict[int, CitationJudgement] = field(default_factory=lambda: {1: SUPPORTING})


@dataclass
class House:
    """The clinic, and the version that was brought in."""

    clinic: Clinic

    @property
    def open_work(self) -> OpenWork:
        return self.clinic.open_work

    @property
    def version_id(self) -> int:
        return self.clinic.version_id

    def grade(self, claim: int, opinion: Opinion, who: User = A) -> None:
        """Let a reviewer judge the citations of a claim, which are found for it here, and grade it."""
        with self.open_work() as work:
            work.searches.record_evidence(self.clinic.claim_ids[claim], make_evidence(*opinion.citations))
            work.commit(make_audit_entry())
        for number, judgement in opinion.citations.items():
            self.clinic.judge(who, judgement, number, claim)
        self.clinic.grade(who, opinion.grade, "見本の理由", claim)

    def bring_next(self, text: str) -> int:
        """The number of the next version of the article, with this text."""
        article = parse_document(text.encode(), "next.md").article
        with self.open_work() as work:
            next_one = ingest_article(work, article, EDITOR, self.clinic.now(), revises=self.version_id)
        return next_one.version.id

    def approve(self) -> None:
        self.decide(VersionState.APPROVED)

    def decide(self, state: VersionState) -> None:
        with self.open_work() as work:
            version = work.articles.get_version(self.version_id)
            decided = (version.id, version.version_hash, state, "見本の決定")
            decide_version(work, *decided, EDITOR, self.clinic.now(), make_signature())

    def let_name(self, name: str = A.name, allowed: bool = True) -> None:
        with self.open_work() as work:
            set_naming(work, ADMIN, name, allowed, self.clinic.now())

    def cite(self) -> CitedArticle:
        with self.open_work() as work:
            return cite_article(load_publication(work, self.version_id), TOKYO)


def bring_in(
    open_work: OpenWork, raw: bytes, name: str, opinions: Sequence[Opinion | None], approved: bool = False
) -> House:
    """The house in which the file is an article, in place of all that the lent database holds.

    ``None`` leaves a claim ungraded, as do missing opinions. Of each such house one is built a process.
    """
    key = repr((raw, name, opinions, approved))
    if key not in _built:
        path = Path(_folder.name) / f"{len(_built)}.db"
        engine = open_engine(make_database(path))
        _built[key] = path, _build(partial(UnitOfWork, engine), path, (raw, name), opinions, approved)
        engine.dispose()
    path, clinic = _built[key]
    fill_database(LENT, path)
    return House(replace(clinic, open_work=open_work, minutes=copy(clinic.minutes)))


def _build(
    open_work: OpenWork,
    path: Path,
    file: tuple[bytes, str],
    opinions: Sequence[Opinion | None],
    approved: bool,
) -> Clinic:
    clinic = copy_clinic(f"sqlite:///{path}", open_work)
    document = parse_document(*file)
    with open_work() as work:
        ingested = ingest_article(work, document.article, EDITOR, clinic.now(), document.original)
    clinic = replace(
        clinic, version_id=ingested.version.id, claim_ids=tuple(claim.id for claim in ingested.claims)
    )
    clinic.declare(*DECLARED)
    house = House(clinic)
    for at, opinion in enumerate(opinions):
        if opinion is not None:
            house.grade(at, opinion)
    if approved:
        house.approve()
    return clinic

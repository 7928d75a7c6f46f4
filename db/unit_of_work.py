"""A change and its audit entries: together in the database, or not at all."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from claims.extraction.house_rules import NO_HOUSE_RULES, HouseRules, KeptRules
from claims.records.audit import AuditEntry
from claims.records.review_day import KeptReviewRules
from db.audit_chain import UNSIGNED, ChainKey, append_entries, has_unsealed, is_bound
from db.audit_checking import Anchor
from db.audit_heads import HeadKeeper, KeepsNone, has_head
from db.base import Base
from db.engine import open_snapshots
from db.mapping import audit_row
from db.models import ReviewRulesRow, WordingRulesRow
from db.repositories.adjudications import AdjudicationRepository
from db.repositories.articles import ArticleRepository
from db.repositories.assessments import AssessmentRepository
from db.repositories.audit import AuditRepository
from db.repositories.citations import CitationRepository
from db.repositories.claims import ClaimRepository
from db.repositories.decisions import DecisionRepository
from db.repositories.desks import DeskRepository
from db.repositories.documents import DocumentRepository
from db.repositories.drafts import DraftRepository
from db.repositories.effort import EffortRepository
from db.repositories.flags import FlagRepository
from db.repositories.house_rules import HouseRuleRepository
from db.repositories.house_secret import HouseSecretRepository
from db.repositories.inserting import STORED
from db.repositories.jobs import JobRepository
from db.repositories.known_claims import KnownClaimRepository
from db.repositories.lexicon import LexiconRepository
from db.repositories.lineage import LineageRepository
from db.repositories.living import LivingRepository
from db.repositories.mails import MailRepository
from db.repositories.ncbi_keys import NcbiKeyRepository
from db.repositories.notices import NoticeRepository
from db.repositories.overview import OverviewRepository
from db.repositories.people import PeopleRepository
from db.repositories.plans import PlanRepository
from db.repositories.proposals import ProposalRepository
from db.repositories.queues import QueueRepository
from db.repositories.references import ReferenceRepository
from db.repositories.review_days import ReviewDayRepository
from db.repositories.searches import SearchRepository
from db.repositories.stages import StageRepository
from db.repositories.standard_wordings import StandardWordingRepository
from db.repositories.taking_back import TakingBackRepository
from db.repositories.tallies import TallyRepository, keep_tallies
from db.repositories.tries import TryRepository
from db.repositories.uses import UseRepository
from db.repositories.watching import RecheckRepository, ReviewMarkRepository, WatchRepository


class UnitOfWork:
    """The repositories over one transaction. Leaving it without ``commit`` leaves nothing behind.

    Only drafts, leases and counts commit without an audit entry. Reading needs no commit. It is used once,
    by one thread::

        with UnitOfWork(engine) as work:
            claim = work.claims.get_claim(7)
            work.claims.change_status(7, ClaimStatus.IN_REVIEW, claim.revision)
            work.commit(entry)

    ``file_rules`` are the clinic's own rules on wording from the file that its settings name; ``audit_key``
    signs the trail, and ``heads`` keeps its head apart from the database.
    Over a connection it is part of the transaction there, which whoever began it ends.
    One ``of_one_moment`` reads all as it was at one moment, whatever others change then; so does one
    ``for_reading``, which keeps nothing.
    """

    def __init__(
        self,
        engine: Engine | Connection,
        *,
        file_rules: HouseRules = NO_HOUSE_RULES,
        audit_key: ChainKey = UNSIGNED,
        heads: HeadKeeper | None = None,
        for_reading: bool = False,
        of_one_moment: bool = False,
    ) -> None:
        self.file_rules = file_rules
        self._for_reading = for_reading
        if isinstance(engine, Engine) and (for_reading or of_one_moment):
            engine = open_snapshots(engine, for_reading=for_reading)
        self._of_one_moment = of_one_moment
        self._audit_key = audit_key
        self._heads = heads or KeepsNone()
        self._session = Session(engine, close_resets_only=False, info={STORED: []})
        event.listen(self._session, "after_flush", _note_stored)
        self.articles = ArticleRepository(self._session)
        self.claims = ClaimRepository(self._session)
        self.lineage = LineageRepository(self._session)
        self.citations = CitationRepository(self._session)
        self.references = ReferenceRepository(self._session)
        self.searches = SearchRepository(self._session)
        self.assessments = AssessmentRepository(self._session)
        self.documents = DocumentRepository(self._session)
        self.adjudications = AdjudicationRepository(self._session)
        self.taking_back = TakingBackRepository(self._session)
        self.plans = PlanRepository(self._session)
        self.proposals = ProposalRepository(self._session)
        self.drafts = DraftRepository(self._session)
        self.flags = FlagRepository(self._session)
        self.decisions = DecisionRepository(self._session)
        self.effort = EffortRepository(self._session)
        self.overview = OverviewRepository(self._session)
        self.queues = QueueRepository(self._session)
        self.people = PeopleRepository(self._session)
        self.tries = TryRepository(self._session)
        self.ncbi_keys = NcbiKeyRepository(self._session)
        self.lexicon = LexiconRepository(self._session)
        self.wording_rules = HouseRuleRepository(self._session, WordingRulesRow, KeptRules)
        self.review_rules = HouseRuleRepository(self._session, ReviewRulesRow, KeptReviewRules)
        self.tallies = TallyRepository(self._session)
        self.stages = StageRepository(self._session)
        self.known_claims = KnownClaimRepository(self._session)
        self.standard_wordings = StandardWordingRepository(self._session)
        self.desks = DeskRepository(self._session)
        self.uses = UseRepository(self._session)
        self.watched = WatchRepository(self._session)
        self.rechecks = RecheckRepository(self._session)
        self.review_marks = ReviewMarkRepository(self._session)
        self.review_days = ReviewDayRepository(self._session)
        self.living = LivingRepository(self._session)
        self.notices = NoticeRepository(self._session)
        self.mails = MailRepository(self._session)
        self.jobs = JobRepository(self._session)
        self.house_secret = HouseSecretRepository(self._session)
        self.audit = AuditRepository(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._session.close()

    @cached_property
    def house_rules(self) -> HouseRules:
        """The clinic's own rules on wording, by which articles are read: those of its file and those kept."""
        kept = self.wording_rules.find_latest()
        return self.file_rules.join(kept.rules) if kept else self.file_rules

    def commit(self, entry: AuditEntry, *more: AuditEntry) -> None:
        """Keep all that was changed since the last commit, and these entries with it, chained to the trail.

        What is read of one moment is over then: the entries are of the moment at which they are written.
        """
        self._keep((entry, *more), seals=False)

    def commit_sealing(self, entry: AuditEntry) -> None:
        """As ``commit``, by a line that seals what stands: in a house from before the chain all of it, else
        what was signed with other secrets than the present one."""
        self._keep((entry,), seals=True)

    def has_unsealed(self) -> bool:
        """Whether lines of the trail were signed with another secret, which no line of this one seals."""
        return has_unsealed(self._session, self._audit_key)

    def _keep(self, entries: tuple[AuditEntry, ...], *, seals: bool) -> None:
        self._require_keeping()
        if self._of_one_moment:
            self._leave_the_moment()
        # Before the head of the trail is taken, for which all others wait.
        keep_tallies(self._session)
        lines, stored = [audit_row(line) for line in entries], self._take_stored()
        head = Anchor(*append_entries(self._session, self._audit_key, lines, stored, seals=seals))
        keeps = self._heads.is_due() and self._has_kept_head()
        self._commit()
        if keeps:
            self._heads.keep(head)

    def _has_kept_head(self) -> bool:
        """Whether the trail is still the one whose head is kept: that of another never takes its place."""
        kept = self._heads.find()
        if kept is None or has_head(self._session, kept):
            return True
        self._heads.tell_other(kept)
        return False

    def commit_draft(self) -> None:
        """Keep a draft, which is nobody's word yet and has no entry."""
        self._commit()

    def commit_passing(self) -> None:
        """Keep what tells nothing of the review: a lease, a job, a try to sign in, a last use, a count."""
        self._commit()

    def _commit(self) -> None:
        self._require_keeping()
        self._session.commit()

    def _require_keeping(self) -> None:
        if self._for_reading:
            raise TypeError("a unit of work for reading keeps nothing")

    def _leave_the_moment(self) -> None:
        self._session.flush()
        if self._session.info[STORED]:
            raise TypeError("a unit of work of one moment keeps its entries alone")
        self._session.rollback()

    def _take_stored(self) -> list[Base]:
        """The rows that were stored since the last commit, with those that stand to be."""
        self._session.flush()
        stored: list[Base] = self._session.info[STORED]
        self._session.info[STORED] = []
        return stored


def _note_stored(session: Session, _context: object) -> None:
    session.info[STORED] += [row for row in session.new if is_bound(row)]

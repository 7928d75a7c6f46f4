"""The tables, one file a subject. Importing this package makes all of them known to ``Base.metadata``."""

from db.models.adjudications import AdjudicationRow, OwnViewRow
from db.models.answers import BudgetRow, FetchedRow, SentRow, SourceAnswerRow
from db.models.articles import ArticleRow, OriginalRow, VersionRow
from db.models.assessments import (
    AssessmentRow,
    GuidelineRow,
    JudgementRow,
    LevelRow,
    ReopeningRow,
    TakenBackRow,
)
from db.models.audit import AuditRow, LinkRow
from db.models.citations import CitationRow, StandingRow
from db.models.claims import ClaimRow, DescentRow, DroppedRow, PlacementRow
from db.models.decisions import ClosedVersionRow, DecisionRow, KeepingRow
from db.models.documents import DocumentJudgementRow, DocumentRow
from db.models.drafts import DraftRow
from db.models.effort import EffortRow
from db.models.flags import AnswerRow, RemarkRow, ResolutionRow
from db.models.house import SecretRow
from db.models.house_rules import ReviewRulesRow, WordingRulesRow
from db.models.jobs import JobRow
from db.models.known_claims import ClaimKeyRow, KnownClaimRow
from db.models.lexicon import TermRow
from db.models.notices import MailingRow, MailRow, NoticeRow
from db.models.people import AccountRow, IdentityRow, NcbiKeyRow, SignInRow, TryRow, UsedIdentityRow
from db.models.plans import ClaimAssignmentRow, DeclarationRow, PlanRow
from db.models.proposals import ProposalAnswerRow, ProposalRow
from db.models.references import ReferenceRow
from db.models.reviewing_again import (
    LivingLookRow,
    LivingRunRow,
    NewRecordRow,
    ReviewDayRow,
    SetDayRow,
)
from db.models.searches import FindingRow, RunRow, SearchRow
from db.models.stages import FlagTallyRow, StageRow
from db.models.standard_wordings import StandardWordingRow
from db.models.tallies import ClaimWordsRow, OpenGradeRow, TallyRow, WorkloadRow
from db.models.watching import RecheckNoteRow, RecheckRow, ReviewMarkRow, WatchRow

__all__ = [
    "AccountRow",
    "AdjudicationRow",
    "AnswerRow",
    "ArticleRow",
    "AssessmentRow",
    "AuditRow",
    "BudgetRow",
    "CitationRow",
    "ClaimAssignmentRow",
    "ClaimKeyRow",
    "ClaimRow",
    "ClaimWordsRow",
    "ClosedVersionRow",
    "DecisionRow",
    "DeclarationRow",
    "DescentRow",
    "DocumentJudgementRow",
    "DocumentRow",
    "DraftRow",
    "DroppedRow",
    "EffortRow",
    "FetchedRow",
    "FindingRow",
    "FlagTallyRow",
    "GuidelineRow",
    "IdentityRow",
    "JobRow",
    "JudgementRow",
    "KeepingRow",
    "KnownClaimRow",
    "LevelRow",
    "LinkRow",
    "LivingLookRow",
    "LivingRunRow",
    "MailRow",
    "MailingRow",
    "NcbiKeyRow",
    "NewRecordRow",
    "NoticeRow",
    "OpenGradeRow",
    "OriginalRow",
    "OwnViewRow",
    "PlacementRow",
    "PlanRow",
    "ProposalAnswerRow",
    "ProposalRow",
    "RecheckNoteRow",
    "RecheckRow",
    "ReferenceRow",
    "RemarkRow",
    "ReopeningRow",
    "ResolutionRow",
    "ReviewDayRow",
    "ReviewMarkRow",
    "ReviewRulesRow",
    "RunRow",
    "SearchRow",
    "SecretRow",
    "SentRow",
    "SetDayRow",
    "SignInRow",
    "SourceAnswerRow",
    "StageRow",
    "StandardWordingRow",
    "StandingRow",
    "TakenBackRow",
    "TallyRow",
    "TermRow",
    "TryRow",
    "UsedIdentityRow",
    "VersionRow",
    "WatchRow",
    "WordingRulesRow",
    "WorkloadRow",
]

"""The tables, one file a subject. Importing this package makes all of them known to ``Base.metadata``."""

from db.models.answers import AnswerRow, BudgetRow, FetchedRow
from db.models.articles import ArticleRow, VersionRow
from db.models.assessments import AssessmentRow, JudgementRow
from db.models.audit import AuditRow
from db.models.citations import CitationRow
from db.models.claims import ClaimRow, DroppedRow
from db.models.searches import FindingRow, RunRow, SearchRow

__all__ = [
    "AnswerRow",
    "ArticleRow",
    "AssessmentRow",
    "AuditRow",
    "BudgetRow",
    "CitationRow",
    "ClaimRow",
    "DroppedRow",
    "FetchedRow",
    "FindingRow",
    "JudgementRow",
    "RunRow",
    "SearchRow",
    "VersionRow",
]

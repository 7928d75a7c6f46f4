"""The tables, one file a subject. Importing this package makes all of them known to ``Base.metadata``."""

from db.models.articles import ArticleRow, VersionRow
from db.models.assessments import AssessmentRow, JudgementRow
from db.models.audit import AuditRow
from db.models.citations import CitationRow
from db.models.claims import ClaimRow, DroppedRow
from db.models.lexicon import TermRow
from db.models.searches import FindingRow, RunRow, SearchRow

__all__ = [
    "ArticleRow",
    "AssessmentRow",
    "AuditRow",
    "CitationRow",
    "ClaimRow",
    "DroppedRow",
    "FindingRow",
    "JudgementRow",
    "RunRow",
    "SearchRow",
    "TermRow",
    "VersionRow",
]

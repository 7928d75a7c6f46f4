"""The tables, one file a subject. Importing this package makes all of them known to ``Base.metadata``."""

from db.models.articles import ArticleRow, OriginalRow, VersionRow
from db.models.assessments import AssessmentRow, JudgementRow
from db.models.audit import AuditRow
from db.models.citations import CitationRow
from db.models.claims import ClaimRow, DescentRow, DroppedRow, PlacementRow
from db.models.people import AccountRow, SignInRow
from db.models.searches import FindingRow, RunRow, SearchRow

__all__ = [
    "AccountRow",
    "ArticleRow",
    "AssessmentRow",
    "AuditRow",
    "CitationRow",
    "ClaimRow",
    "DescentRow",
    "DroppedRow",
    "FindingRow",
    "JudgementRow",
    "OriginalRow",
    "PlacementRow",
    "RunRow",
    "SearchRow",
    "SignInRow",
    "VersionRow",
]

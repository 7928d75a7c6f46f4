"""Who may do what: one table, asked by pages (``may``) and by every step (``require_permission``) alike.

What the table cannot know stands with the step: whether a person is assigned to the article, declared their
interests, or graded the claim themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from claims.errors import RoleRefused
from claims.records.people import Role, User


class Permission(StrEnum):
    """A verb of the review."""

    INGEST_ARTICLES = "ingest_articles"
    REVISE_ARTICLES = "revise_articles"
    EDIT_CLAIMS = "edit_claims"
    SEARCH = "search"
    TEACH_LEXICON = "teach_lexicon"
    GRADE = "grade"
    ADJUDICATE = "adjudicate"
    # What graders and adjudicators both do: declare interests, take a step back, have their effort measured.
    REVIEW = "review"
    OVERRIDE_LEVELS = "override_levels"
    SETTLE_FLAGS = "settle_flags"
    ANSWER_FLAGS = "answer_flags"
    # In the thread of a claim, which author, reviewers and editors share.
    REPLY = "reply"
    ASSIGN = "assign"
    REOPEN = "reopen"
    PUBLISH = "publish"
    READ_GRADERS = "read_graders"
    READ_OVERVIEW = "read_overview"
    READ_CONFLICTS = "read_conflicts"
    READ_AGREEMENT = "read_agreement"
    READ_AUDIT_TRAIL = "read_audit_trail"
    READ_VERSIONS = "read_versions"
    TRACE_EVIDENCE = "trace_evidence"
    MANAGE_HOUSE_RULES = "manage_house_rules"
    APPROVE_WORDINGS = "approve_wordings"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_METRICS = "read_metrics"


_EDITOR = (Role.EDITOR,)
_ADMIN = (Role.ADMIN,)
_REVIEWERS = (Role.REVIEWER, Role.ADJUDICATOR)
# Named one by one: a new role opens nothing before somebody places it.
_EVERYBODY = (Role.AUTHOR, *_REVIEWERS, Role.EDITOR, Role.ADMIN)

PERMISSIONS: Mapping[Permission, tuple[Role, ...]] = {
    Permission.INGEST_ARTICLES: (Role.AUTHOR, Role.EDITOR),
    Permission.REVISE_ARTICLES: (Role.AUTHOR,),
    Permission.EDIT_CLAIMS: (Role.REVIEWER, Role.EDITOR),
    Permission.SEARCH: (Role.AUTHOR, *_REVIEWERS, Role.EDITOR),
    Permission.TEACH_LEXICON: (*_REVIEWERS, Role.EDITOR),
    Permission.GRADE: (Role.REVIEWER,),
    Permission.ADJUDICATE: (Role.ADJUDICATOR,),
    Permission.REVIEW: _REVIEWERS,
    Permission.OVERRIDE_LEVELS: (*_REVIEWERS, Role.EDITOR),
    Permission.SETTLE_FLAGS: (*_REVIEWERS, Role.EDITOR),
    Permission.ANSWER_FLAGS: (Role.AUTHOR, Role.EDITOR),
    Permission.REPLY: (Role.AUTHOR, *_REVIEWERS, Role.EDITOR),
    Permission.ASSIGN: _EDITOR,
    Permission.REOPEN: _EDITOR,
    Permission.PUBLISH: _EDITOR,
    Permission.READ_GRADERS: (Role.EDITOR, Role.ADJUDICATOR),
    Permission.READ_OVERVIEW: (Role.EDITOR, Role.ADMIN),
    Permission.READ_CONFLICTS: (Role.EDITOR, Role.ADJUDICATOR),
    Permission.READ_AGREEMENT: (*_REVIEWERS, Role.EDITOR, Role.ADMIN),
    Permission.READ_AUDIT_TRAIL: (Role.EDITOR, Role.ADMIN),
    Permission.READ_VERSIONS: _EVERYBODY,
    Permission.TRACE_EVIDENCE: (*_REVIEWERS, Role.EDITOR),
    Permission.MANAGE_HOUSE_RULES: (Role.EDITOR, Role.ADMIN),
    Permission.APPROVE_WORDINGS: _EDITOR,
    Permission.MANAGE_ACCOUNTS: _ADMIN,
    Permission.READ_METRICS: _ADMIN,
}

# What files are sent into a page for.
WITH_FILES = (Permission.INGEST_ARTICLES, Permission.MANAGE_HOUSE_RULES, Permission.SEARCH)


def may(person: User, permission: Permission) -> bool:
    """Whether one of the person's roles has the permission."""
    return person.has_any(*PERMISSIONS[permission])


def require_permission(person: User, permission: Permission) -> None:
    """Return when ``may`` holds; raise ``RoleRefused`` naming the roles that are permitted otherwise."""
    if not may(person, permission):
        raise RoleRefused("role_refused", name=person.full_name, roles=PERMISSIONS[permission])

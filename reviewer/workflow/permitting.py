"""Who may grade a claim now: a reviewer of the article, declared, while the grade is open or only theirs."""

from __future__ import annotations

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.people import Role, User
from db.unit_of_work import UnitOfWork
from reviewer.workflow.dossier import Dossier
from reviewer.workflow.roles import require_role
from reviewer.workflow.standing import require_standing


def require_grader(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when ``actor`` may grade and judge this claim now; raise what stands against it otherwise."""
    require_role(actor, Role.REVIEWER)
    if not dossier.plan.lets_grade(actor.name):
        raise RoleRefused("not_assigned", name=actor.name)
    require_declaration(work, dossier, actor)
    require_standing(dossier.claim)
    alone = dossier.claim.status is ClaimStatus.GRADED and dossier.graders == (actor.name,)
    if not alone and (dossier.claim.status.is_settled or dossier.claim.status is ClaimStatus.CONFLICT):
        raise RuleRefused("claim_settled")


def require_declaration(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when the person declared their interests in this article; raise ``RuleRefused`` otherwise."""
    article_id = work.articles.get_version(dossier.claim.version_id).article_id
    if actor.name not in work.plans.load_declarations(article_id):
        raise RuleRefused("declaration_missing")

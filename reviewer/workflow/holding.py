"""Holding: the one way to a claim or a version that is to be changed.

Whoever holds keeps everybody else out until the unit of work ends. What is held is open: an approved,
published or withdrawn version does not change, nor does one that has a newer version beside it.
"""

from __future__ import annotations

from claims.errors import RuleRefused
from claims.records.decision import VersionState
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.workflow.loading import load_whole
from reviewer.workflow.states import load_state


def hold_open_version(work: UnitOfWork, version_id: int) -> VersionState:
    """The state of the version, which nobody else changes nor decides on before this unit of work ends.

    Raises ``RuleRefused``: ``version_older`` naming the newer version, ``version_closed`` naming the state;
    ``NotFound``.
    """
    work.articles.hold_version(version_id)
    return require_open(work, version_id)


def hold_open_claim(work: UnitOfWork, claim_id: int) -> ReviewClaim:
    """The claim, which nobody else changes, in a version on which nobody decides, before this ends.

    Others may work on other claims of the version meanwhile. Raises as ``hold_open_version`` does.
    """
    version_id = work.claims.get_claim(claim_id).version_id
    work.articles.share_version(version_id)
    require_open(work, version_id)
    return work.claims.hold_claim(claim_id)


def require_open(work: UnitOfWork, version_id: int) -> VersionState:
    """The state of the version, which is not held. Raises ``RuleRefused`` as ``hold_open_version`` does."""
    require_newest(work, version_id)
    state = load_state(work, version_id)
    if not state.is_open:
        raise RuleRefused("version_closed", state=state)
    return state


def hold_open_dossier(work: UnitOfWork, claim_id: int) -> Dossier:
    """The whole dossier of a claim, held as by ``hold_open_claim``."""
    return load_whole(work, (hold_open_claim(work, claim_id),))[0]


def require_newest(work: UnitOfWork, version_id: int) -> None:
    """Return when the article has no newer version; raise ``RuleRefused`` naming it otherwise."""
    newer = work.articles.find_newer(version_id)
    if newer is not None:
        raise RuleRefused("version_older", number=newer.number, version=newer.id)


def is_open_version(work: UnitOfWork, version_id: int) -> bool:
    """Whether the claims of the version may change at this moment; it is not held."""
    return work.articles.find_newer(version_id) is None and load_state(work, version_id).is_open

"""The gate: what still stands between a version and its approval, each with the claim it is about."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from db.unit_of_work import UnitOfWork
from reviewer.moments import day_of
from reviewer.rules.obstacles import Obstacle, list_obstacles
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.loading import load_version
from reviewer.workflow.regrading import find_held


def find_obstacles(
    work: UnitOfWork, version_id: int, at: datetime | None = None, zone: tzinfo = UTC
) -> tuple[Obstacle, ...]:
    """What stands between the version and its approval, in the article's order; empty when nothing does.

    It tells nothing of a grade that is still blind. ``at`` is now where none is told, its day that of
    ``zone``. Raises ``NotFound``.
    """
    _, dossiers = load_version(work, version_id, None)
    now = at or datetime.now(UTC)
    flags, held = load_flags(work, dossiers, None), find_held(work, version_id, dossiers, now)
    today = day_of(now, zone)
    return tuple(
        obstacle
        for dossier in dossiers
        for obstacle in list_obstacles(
            dossier, flags[dossier.claim.id], today, held.get(dossier.claim.id, ())
        )
    )

"""What the buttons of "My work" do: open the next claim, know what was decided and told."""

from __future__ import annotations

from datetime import datetime

from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.session import get_translate, keep_message, open_place
from reviewer.workflow.my_work import find_next_claim, mark_seen
from reviewer.workflow.news import see_news


def open_next(version_id: int) -> None:
    """Open the first claim of the version that waits for the person; its queue where none does any more."""
    found: list[int | None] = []

    def look(work: UnitOfWork, user: User, _: datetime) -> None:
        found.append(find_next_claim(work, version_id, user))

    if not act(look):
        return
    for claim_id in found:
        if claim_id is not None:
            open_place(claim=claim_id)
        else:
            open_place(version=version_id)
            keep_message("saved", get_translate()("Nothing of this article waits for you any more."))


def know_finished() -> None:
    """Let what was decided until now be known to the person."""

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        mark_seen(work, user, now)

    act(step)


def know_news(ids: tuple[int, ...]) -> None:
    """Let these notices, which the page showed, be seen by the person."""
    act(lambda work, user, now: see_news(work, user, ids, now))

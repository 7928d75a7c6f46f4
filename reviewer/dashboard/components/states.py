"""Where an article stands, as a small label, and where its page is for the person who looks."""

from __future__ import annotations

from claims.records.decision import VersionState
from claims.records.people import User
from claims.records.stage import ArticleStage, Stage
from reviewer.i18n import Translate
from reviewer.labels import STAGE_LABELS, STATE_LABELS
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may


def render_state(state: VersionState, translate: Translate) -> Html:
    """The state of a version as a label."""
    return Html('<span class="state-label {}">{}</span>').format(state.value, translate(STATE_LABELS[state]))


def render_stage(at: ArticleStage, translate: Translate) -> Html:
    """The state of an article, and what it waits for where the state does not tell."""
    label = render_state(at.state, translate)
    if at.stage in (Stage.DONE, Stage.REVISE):
        return label
    return label + Html(' <span class="stage">{}</span>').format(translate(STAGE_LABELS[at.stage]))


def find_way_in(viewer: User, version_id: int) -> dict[str, int | str]:
    """The page of a version where the person has something to do: never grading for who does not grade."""
    if may(viewer, Permission.REVIEW):
        return {"version": version_id}
    if may(viewer, Permission.PUBLISH):
        return {"room": "editor", "version": version_id}
    if may(viewer, Permission.REVISE_ARTICLES):
        return {"room": "author", "version": version_id}
    return {"version": version_id}


def find_way_to_thread(viewer: User, version_id: int, claim_id: int) -> dict[str, int | str]:
    """Where the person reads and writes in a claim's thread: the claim's page, for an author its card."""
    if may(viewer, Permission.REVISE_ARTICLES):
        return {"room": "author", "version": version_id, "card": claim_id}
    return {"claim": claim_id}

"""That a published version needs review: which claims, why, and the way to a new version of the same text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st

from claims.records.citation import Pmid
from claims.records.recheck import LostGround, ReviewMark
from reviewer.dashboard.actions.publishing import renew
from reviewer.dashboard.components.drawing import draw_html, draw_text, draw_title
from reviewer.dashboard.components.evidence import render_pmid
from reviewer.dashboard.session import get_locale, get_translate, get_user
from reviewer.dashboard.times import format_local_day
from reviewer.i18n import Translate, mark
from reviewer.labels import GRADE_LABELS, LOST_GROUND_LABELS, RETRACTION_LABELS
from reviewer.markup import Html
from reviewer.moments import format_day
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.changes_since import ChangesSince
from reviewer.workflow.viewing import VersionView

# What is offered as the reason of the next version.
_REASONS: Mapping[LostGround, str] = {
    LostGround.PAPER_FELL: mark("A paper under it was retracted."),
    LostGround.OVERDUE: mark("The day has come to look at the evidence again."),
    LostGround.DOCUMENT_EXPIRED: mark("A document under it has expired."),
    LostGround.CONTRADICTED: mark("The same claim was graded otherwise elsewhere."),
    LostGround.NEW_EVIDENCE: mark("A new paper changes it."),
    LostGround.WORDING_WITHDRAWN: mark("A standard wording was withdrawn."),
}


def draw_marks(view: VersionView) -> None:
    """Draw the claims of the version that need review and, for editors, the button that begins it.

    In a version under way it is drawn where grades need review before it goes to readers.
    """
    if not (view.marks or view.to_open):
        return
    translate = get_translate()
    numbers = {dossier.claim.id: dossier.claim.number for dossier in view.dossiers}
    with st.container(border=True, key="needs_review"):
        draw_title(translate("Needs review"))
        draw_text(translate(_tell_what_follows(view)))
        notices = {
            finding.pmid: finding.retraction.notice
            for dossier in view.dossiers
            for finding in dossier.findings
        }
        lines = (
            _render_mark(one, numbers.get(one.claim_id, 0), notices.get(one.pmid or Pmid("")), translate)
            for one in view.marks
        )
        causes = () if view.marks else (translate(LOST_GROUND_LABELS[cause]) for cause in view.to_open)
        told = (*lines, *(Html("<li>{}</li>").format(cause) for cause in causes))
        draw_html(Html('<ul class="konkyo">{}</ul>').format(Html().join(told)))
        _draw_changes(view, translate)
        if view.to_open and may(get_user(), Permission.REOPEN):
            _draw_button(view, translate)


def _tell_what_follows(view: VersionView) -> str:
    """Where the review is done: in a new version, or in the one that is under way."""
    if not view.marks:
        return mark("Some of its grades need review: these claims are graded anew before approval.")
    if not view.has_newer:
        return mark("It stays published as it is. The review is done in a new version of the same text.")
    if view.to_open:
        return mark("It stays published as it is. A newer version is under way: the review is done in it.")
    return mark("It stays published as it is. A newer version is under way, where nothing is left to open.")


def _draw_button(view: VersionView, translate: Translate) -> None:
    is_new = bool(view.marks) and not view.has_newer
    st.text_input(translate("Reason"), key="renew_reason", value=translate(_REASONS[view.to_open[0]]))
    st.button(
        translate("Begin the review in a new version")
        if is_new
        else translate("Open these claims in the version under way"),
        key="renew",
        type="primary",
        on_click=renew,
        args=(view.version.id,),
    )


def _render_mark(one: ReviewMark, number: int, notice: Pmid | None, translate: Translate) -> Html:
    """One claim: its number, what happened and to which paper or claim, since when the mark is there.

    ``notice`` is the record by which a paper fell: a notice, or what its own record became.
    """
    cause = translate(LOST_GROUND_LABELS[one.cause])
    if one.status is not None:
        cause = f"{cause} ({translate(RETRACTION_LABELS[one.status])})"
    elif one.due_on is not None:
        cause = f"{cause} ({format_day(one.due_on, get_locale())})"
    day = format_local_day(one.raised_at, get_locale())
    told = translate("Claim {number}: {cause}, {day}").format(number=number, cause=cause, day=day)
    papers = Html(" ").join([render_pmid(one.pmid)] if one.pmid else [])
    if one.status is not None and notice not in (None, one.pmid):
        papers = Html("{} ({} {})").format(papers, translate("as told by"), render_pmid(notice))
    return Html("<li>{} {}</li>").format(told, papers)


def _draw_changes(view: VersionView, translate: Translate) -> None:
    """Draw what changed under these claims since they were published; nothing where nothing did."""
    lines = [line for changes in view.changes for line in _list_changes(changes, translate)]
    if lines:
        draw_title(translate("What changed since"))
        draw_html(Html('<ul class="konkyo">{}</ul>').format(Html().join(lines)))


def _list_changes(changes: ChangesSince, translate: Translate) -> Iterator[Html]:
    number, line = changes.dossier.claim.number, Html("<li>{} {}</li>")
    for paper in changes.papers:
        told = translate("Claim {number}: {before} before, now {after}").format(
            number=number,
            before=translate(RETRACTION_LABELS[paper.before.status]),
            after=translate(RETRACTION_LABELS[paper.after.status]),
        )
        yield line.format(told, render_pmid(paper.pmid))
    for place in changes.graded_later:
        verdict = place.dossier.verdict
        if verdict is None:
            continue
        told = translate("Claim {number}: graded {grade} in “{title}” on {date}").format(
            number=number,
            grade=translate(GRADE_LABELS[verdict.grade]),
            title=place.version.title,
            date=format_local_day(verdict.decided_at, get_locale()),
        )
        way = Html('<a href="?claim={}&amp;lang={}" target="_self">{}</a>')
        yield line.format(told, way.format(place.dossier.claim.id, get_locale(), translate("Open")))

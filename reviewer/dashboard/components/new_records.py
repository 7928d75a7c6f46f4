"""Papers that are new to a published claim: what they are, and what somebody says that they do to it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.living import LivingLook, NewRecordAnswer
from claims.records.retrieval import SearchStatus
from reviewer.dashboard.actions.new_records import answer
from reviewer.dashboard.components.drawing import draw_html, draw_note, draw_title
from reviewer.dashboard.components.evidence import render_pmid
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.session import get_locale, get_translate, get_user, open_place
from reviewer.dashboard.times import format_local_day
from reviewer.error_messages import describe_code
from reviewer.i18n import Translate, begin_label, mark
from reviewer.labels import NEW_RECORD_LABELS
from reviewer.markup import Html
from reviewer.moments import format_day
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.new_records import NewToClaim, NewToVersion

_BUTTONS = {NewRecordAnswer.KEEPS: mark("Keeps"), NewRecordAnswer.CHANGES: mark("Changes")}


def draw_new_to_versions(new: Sequence[NewToVersion], translate: Translate) -> None:
    """Draw the published versions with new papers, each with the way to its first claim."""
    if not new:
        return
    with st.container(border=True, key="new_papers", gap="xsmall"):
        told = translate("New papers under published claims: {count}")
        draw_title(told.format(count=sum(one.count for one in new)))
        for one in new:
            words, way = st.columns([6.4, 2.8], vertical_alignment="center")
            told = translate("{count} new since {date}, claims: {claims}").format(
                count=one.count, date=format_day(one.since, get_locale()), claims=len(one.claim_ids)
            )
            draw_title(one.version.title, words, note=told)
            way.button(
                translate("Look at them"),
                key=f"to_new_{one.version.id}",
                on_click=open_place,
                kwargs={"claim": one.claim_ids[0]},
                type="primary",
                width="stretch",
            )


def draw_new_records(claim_id: int, new: Sequence[NewToClaim], looks: Sequence[LivingLook]) -> None:
    """Draw what is new to the claim, with the buttons that answer it, and how it was looked for last."""
    if not new and not looks:
        return
    translate = get_translate()
    with st.container(border=True, key="new_records", gap="xsmall"):
        unanswered = sum(one.record.answer is None for one in new)
        draw_title(translate("New papers since publication: {count}").format(count=unanswered))
        for look in looks:
            draw_note(_tell_look(look, translate))
        for one in new:
            draw_html(_render_record(one, translate))
            if one.record.answer is None and _may_answer():
                _draw_answers(claim_id, one, translate)


def _may_answer() -> bool:
    return may(get_user(), Permission.GRADE) or may(get_user(), Permission.PUBLISH)


def _tell_look(look: LivingLook, translate: Translate) -> str:
    """When the source was asked last: one that failed is told as that."""
    locale = get_locale()
    tried = format_local_day(look.tried_at, locale)
    if look.status is SearchStatus.FAILED:
        since = format_local_day(look.asked_at, locale) if look.asked_at else translate("never")
        told = translate("{source}: no answer on {date} ({reason}); last answered: {since}")
        reason = describe_code(look.failure, {"source": look.source}, translate)
        return told.format(source=look.source, date=tried, reason=reason, since=since)
    return translate("{source}: searched on {date}").format(source=look.source, date=tried)


def _render_record(one: NewToClaim, translate: Translate) -> Html:
    record, citation = one.record, one.citation
    told = [format_local_day(record.found_at, get_locale()), citation.journal]
    if record.answer is not None:
        answered = translate("{name}: {answer}").format(
            name=get_naming()(record.answered_by), answer=translate(NEW_RECORD_LABELS[record.answer])
        )
        told += [answered, record.comment]
    line = Html('<p class="konkyo"><b>{}</b> {}<br><span class="place">{}</span></p>')
    return line.format(citation.title, render_pmid(record.pmid), " · ".join(filter(None, told)))


def _draw_answers(claim_id: int, one: NewToClaim, translate: Translate) -> None:
    pmid = one.record.pmid
    st.text_input(
        translate("Comment"),
        key=name_field(f"new_record_{pmid}"),
        placeholder=translate("What it changes, or why it does not"),
    )
    columns = st.columns(len(_BUTTONS), gap="xsmall")
    for column, (kind, label) in zip(columns, _BUTTONS.items(), strict=True):
        column.button(
            begin_label(translate(label)),
            key=f"new_record_{pmid}_{kind.value}",
            on_click=answer,
            args=(claim_id, pmid, kind),
            width="stretch",
        )

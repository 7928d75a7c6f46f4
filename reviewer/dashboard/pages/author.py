"""The author's page: the article with what was flagged, a thread for each, and the next version."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import streamlit as st

from claims.articles.docx.comments import WordThread
from claims.records.flag import AnswerKind, Flag
from reviewer.dashboard.actions.flags import answer, settle
from reviewer.dashboard.components.article import render_marked
from reviewer.dashboard.components.changes import render_changes
from reviewer.dashboard.components.drawing import draw_heading, draw_html
from reviewer.dashboard.components.flags import mark_flag, name_answer, render_flag
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.taking_out import draw_manuscript_button
from reviewer.dashboard.components.upload import draw_upload
from reviewer.dashboard.components.word_comments import render_word_comments
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user
from reviewer.exports.vancouver import format_reference
from reviewer.labels import grade_label
from reviewer.markup import Html, escape_markdown
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.comparing import compare_version
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.loading import load_version
from reviewer.workflow.word_comments import WordComments, load_word_comments

SHOWN_AT_ONCE = 20


def draw_author(version_id: int) -> None:
    """Draw the flagged article and its threads. Raises ``NotFound``."""
    translate, user = get_translate(), get_user()
    with get_application().reading() as work:
        version, dossiers = load_version(work, version_id, user)
        flags = load_flags(work, dossiers, user)
        comparison = compare_version(work, version_id, user)
        said = load_word_comments(work, version_id, [dossier.claim for dossier in dossiers])
    draw_bar(version=version)
    draw_version_rooms(version_id)
    flagged = [dossier for dossier in dossiers if flags[dossier.claim.id]]
    spoken_of = [d for d in dossiers if flags[d.claim.id] or d.claim.id in said.by_claim]
    still_open = sum(flag.is_open for found in flags.values() for flag in found)
    told = translate("Open flags: {open} · flagged claims: {claims}").format(
        open=still_open, claims=len(flagged)
    )
    draw_heading(told)
    draw_message()
    left, right = st.columns([5, 6], gap="medium")
    with left:
        draw_manuscript_button(version_id)
    with left, st.container(key="flagged_article", height=600):
        marks = [mark_flag(d.claim, flag, translate) for d in flagged for flag in flags[d.claim.id]]
        draw_html(render_marked(version.article, marks, translate))
    with right, st.container(key="threads", height=600):
        if comparison.former is not None:
            with st.expander(
                translate("What changed since version {number}").format(number=comparison.former.number)
            ):
                draw_html(render_changes(comparison, translate))
        if said.elsewhere:
            with st.expander(translate("Comments in the Word file that are on no claim")):
                draw_html(render_word_comments(said.elsewhere, translate, get_locale()))
        _draw_threads(spoken_of, flags, said)
    if may(user, Permission.ANSWER_FLAGS):
        draw_upload(revises=version_id)


def _draw_threads(flagged: Sequence[Dossier], flags: dict[int, tuple[Flag, ...]], said: WordComments) -> None:
    translate = get_translate()
    if not flagged:
        st.info(translate("Nothing was flagged in this version."))
    waiting = sorted(flagged, key=lambda d: not any(flag.is_open for flag in flags[d.claim.id]))
    shown = st.session_state.get("threads_shown", SHOWN_AT_ONCE)
    for dossier in waiting[:shown]:
        _draw_thread(dossier, flags[dossier.claim.id], said.by_claim.get(dossier.claim.id, ()))
    if len(waiting) > shown:
        st.button(translate("Show more"), key="more_threads", on_click=_show_more, args=(shown,))


def _draw_thread(dossier: Dossier, flags: Sequence[Flag], said: Sequence[WordThread]) -> None:
    translate, locale = get_translate(), get_locale()
    claim = dossier.claim
    with st.container(border=True, key=f"thread_{claim.id}"):
        draw_html(
            Html('<h2 class="konkyo title">{} · {}</h2>{}').format(
                claim.number, claim.claim.text, _render_verdict(dossier)
            )
        )
        if said:
            draw_html(render_word_comments(said, translate, locale))
        for flag in flags:
            draw_html(render_flag(flag, translate, locale))
            if flag.is_open:
                _draw_reply(claim.id, flag, f"{claim.id}_{_name_flag(flag)}")


def _render_verdict(dossier: Dossier) -> Html:
    """The grade that stands with its comments and the studies it rests on; nothing while it is open."""
    verdict = dossier.verdict
    if verdict is None:
        return Html()
    said = [grade.comment for grade in verdict.grades] if verdict.adjudication is None else []
    said += [verdict.adjudication.comment] if verdict.adjudication else []
    comments = Html().join(Html("<p>{}</p>").format(comment) for comment in said if comment)
    references = Html().join(
        Html("<li>{}</li>").format(format_reference(dossier.citations[finding.pmid]))
        for finding in dossier.attached
    )
    grade = grade_label(verdict.grade, get_locale())
    return Html('<div class="konkyo"><p><b>{}</b></p>{}<ul class="references">{}</ul></div>').format(
        grade, comments, references
    )


def _name_flag(flag: Flag) -> str:
    """A name by which a field or button belongs to this flag, wherever it stands in the list."""
    return sha256(flag.key.encode()).hexdigest()[:12]


def _draw_reply(claim_id: int, flag: Flag, field: str) -> None:
    translate, user = get_translate(), get_user()
    is_author = may(user, Permission.REVISE_ARTICLES)
    words, *buttons = st.columns([4.4, 1.8, 1.8] if is_author else [5, 3], vertical_alignment="bottom")
    label = translate("Answer to: {words}").format(words=escape_markdown(flag.words or flag.key))
    words.text_area(
        label,
        key=name_field(f"words_{field}"),
        height=68,
        label_visibility="collapsed",
        placeholder=translate("Your words: the new sentence, the study, or why it stands"),
    )
    if is_author:
        buttons[0].selectbox(
            translate("Answer by"),
            list(AnswerKind),
            format_func=lambda kind: name_answer(kind, translate),
            key=f"kind_{field}",
            label_visibility="collapsed",
        )
        buttons[1].button(
            translate("Answer"),
            key=f"answer_{field}",
            on_click=answer,
            args=(claim_id, flag.key, field),
            type="primary",
            width="stretch",
        )
    else:
        buttons[0].button(
            translate("Settle"),
            key=f"settle_{field}",
            on_click=settle,
            args=(claim_id, flag.key, field, True),
            width="stretch",
        )


def _show_more(shown: int) -> None:
    st.session_state["threads_shown"] = shown + SHOWN_AT_ONCE

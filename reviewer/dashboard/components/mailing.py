"""Notices by mail: where and when a person gets them, and of which ones administrators are told."""

from __future__ import annotations

import streamlit as st

from claims.records.mailing import MailChoice
from reviewer.dashboard.actions.own_account import keep_mailing
from reviewer.dashboard.components.drawing import draw_html, draw_note, draw_title
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_application, get_translate, get_user
from reviewer.labels import MAIL_CHOICES
from reviewer.mail_failures import tell_failure
from reviewer.markup import Html
from reviewer.workflow.mailing import count_mails, find_mailing


def draw_mailing() -> None:
    """Draw how the person is told by mail; where the installation sends none that is said instead."""
    translate, application = get_translate(), get_application()
    with st.container(border=True, key="own_mailing"):
        draw_title(translate("Notices by mail"))
        if application.settings.smtp is None:
            draw_note(translate("This installation sends no mail: notices stand on the first page."))
            return
        with application.reading() as work:
            kept = find_mailing(work, get_user().id)
        draw_note(
            translate(
                "A mail holds no text of an article: only which version it is about, and the way there."
                " It comes in the language in which you save this."
            )
        )
        with st.form("own_mailing_form", border=False):
            st.radio(
                translate("When you get a mail"),
                list(MailChoice),
                index=list(MailChoice).index(kept.choice if kept else MailChoice.NONE),
                format_func=lambda choice: translate(MAIL_CHOICES[choice]),
                key=name_field("mail_choice"),
            )
            st.text_input(
                translate("E-mail address"),
                value=kept.address if kept else get_user().email,
                key=name_field("mail_address"),
                autocomplete="email",
            )
            st.form_submit_button(translate("Save"), on_click=keep_mailing, type="primary")


def draw_failed_mails() -> None:
    """Draw how many mails were given up of late or wait, and why; nothing where all went out."""
    translate, application = get_translate(), get_application()
    with application.reading() as work:
        counts = count_mails(work, application.now())
    if not (counts.given_up or (counts.waiting and counts.failure)):
        return
    told = translate(
        "Mails that could not be sent in the last 7 days: {count} · waiting: {waiting} · last: {why}"
    )
    why = tell_failure(counts.failure, translate)
    words = told.format(count=counts.given_up, waiting=counts.waiting, why=why)
    draw_html(Html('<p class="konkyo message refused" role="status">{}</p>').format(words))

"""The buttons that hand out the article, its references and the evidence packet."""

from __future__ import annotations

import streamlit as st

from claims.errors import NotFound
from reviewer.dashboard.actions.taking_out import (
    article_later,
    manuscript_later,
    packet_later,
    references_later,
)
from reviewer.dashboard.components.drawing import draw_note
from reviewer.dashboard.components.exports import draw_file_button
from reviewer.dashboard.session import get_application, get_translate, get_user
from reviewer.error_messages import describe_error
from reviewer.exports.article.registry import ARTICLE_FORMATS
from reviewer.exports.bibliography.gathering import gather_references
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from reviewer.exports.packet import MIME
from reviewer.rules.permissions import Permission, may


def draw_article_menu(version_id: int) -> None:
    """Draw the menu of the article and its references; what is in it is made once somebody opens it."""
    translate, key = get_translate(), f"article_menu_{version_id}"
    menu = st.popover(translate("Article"), key=key, on_change="rerun", wrap=False)
    if not menu.open:
        return
    with menu:
        for ending, form in ARTICLE_FORMATS.items():
            draw_file_button(
                translate("{table} ({format})").format(table=translate("Article"), format=form.name),
                article_later(version_id, ending),
                f"konkyo-article-{version_id}.{ending}",
                form.mime,
                f"article_{ending}_{version_id}",
            )
        _draw_references(version_id)


def _draw_references(version_id: int) -> None:
    """Draw a button for each format of references, or say that there is nothing to cite."""
    translate, application = get_translate(), get_application()
    try:
        with application.reading() as work:
            gather_references(work, version_id, application.settings.time_zone)
    except NotFound as error:
        draw_note(describe_error(error, translate))
        return
    for name, form in BIBLIOGRAPHIES.items():
        draw_file_button(
            translate("{table} ({format})").format(table=translate("References"), format=form.name),
            references_later(version_id, name),
            f"konkyo-references-{version_id}.{form.ending}",
            form.mime,
            f"references_{name}_{version_id}",
        )


def draw_packet_button(version_id: int) -> None:
    """Draw the button for the evidence packet, for those who may read what is in it."""
    if not may(get_user(), Permission.READ_AUDIT_TRAIL):
        return
    translate = get_translate()
    draw_file_button(
        translate("Evidence packet (ZIP)"),
        packet_later(version_id),
        f"konkyo-packet-{version_id}.zip",
        MIME,
        f"packet_{version_id}",
        translate("Report, article, references, tables, versions and audit trail, with their digests"),
    )


def draw_manuscript_button(version_id: int) -> None:
    """Draw the button for the article in Word with flags and comments in the margin."""
    translate = get_translate()
    draw_file_button(
        translate("With comments (Word)"),
        manuscript_later(version_id),
        f"konkyo-manuscript-{version_id}.docx",
        ARTICLE_FORMATS["docx"].mime,
        f"manuscript_{version_id}",
        translate("Flags and comments stand in the margin; bring the file back as the next version"),
    )

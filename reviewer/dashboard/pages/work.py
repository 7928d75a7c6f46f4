"""My work: what waits for the person who looks, what others finished, and below it all articles."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from claims.records.stage import Finished, Stage
from reviewer.dashboard.actions.my_work import know_finished, open_next
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note, draw_title, render_note
from reviewer.dashboard.components.due import render_due
from reviewer.dashboard.components.exports import draw_report_downloads
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.new_records import draw_new_to_versions
from reviewer.dashboard.components.news import draw_news
from reviewer.dashboard.components.plan import draw_assigning
from reviewer.dashboard.components.practice import draw_offer
from reviewer.dashboard.components.states import find_way_in, find_way_to_thread, render_stage, render_state
from reviewer.dashboard.components.taking_out import draw_article_menu
from reviewer.dashboard.components.upload import draw_upload
from reviewer.dashboard.counts import refresh_counts
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.navigation import draw_bar, render_progress
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user, open_place
from reviewer.dashboard.times import format_local_day, format_moment, write_day
from reviewer.i18n import mark
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.my_work import ArticleLine, Line, MyWork, Pile, list_articles, load_my_work
from reviewer.workflow.new_records import list_new_to_versions
from reviewer.workflow.news import load_news
from reviewer.workflow.replying import Named

SHOWN_AT_ONCE, SHOWN_OF_PILE = 20, 10

# What of each pile is told, and what the button of an article of it says.
_PILES: Mapping[Stage, str] = {
    Stage.REVISE: mark("Articles returned to you: {count}"),
    Stage.ANSWER: mark("Flags to answer: {count}"),
    Stage.GRADE: mark("Claims to grade: {count}"),
    Stage.ADJUDICATE: mark("Conflicts to settle: {count}"),
    Stage.ASSIGN: mark("Articles to assign: {count}"),
    Stage.SETTLE: mark("Articles whose answers are to be read: {count}"),
    Stage.APPROVE: mark("Articles ready for approval: {count}"),
    Stage.PUBLISH: mark("Articles ready to publish: {count}"),
    Stage.DONE: mark("Articles completed: {count}"),
}
_BUTTONS: Mapping[Stage, str] = {
    Stage.REVISE: mark("See the flags"),
    Stage.ANSWER: mark("Answer the flags"),
    Stage.GRADE: mark("Grade the next claim"),
    Stage.ADJUDICATE: mark("Settle the next conflict"),
    Stage.ASSIGN: mark("Assign"),
    Stage.SETTLE: mark("Read the answers"),
    Stage.APPROVE: mark("To the decision"),
    Stage.PUBLISH: mark("To the decision"),
    Stage.DONE: mark("Open"),
}


def draw_work() -> None:
    """Draw what waits, what is finished, and the articles."""
    translate, application = get_translate(), get_application()
    is_counted = refresh_counts()
    shown = st.session_state.get("articles_shown", SHOWN_AT_ONCE)
    with application.reading() as work:
        mine = load_my_work(work, get_user(), SHOWN_OF_PILE, application.now())
        articles = list_articles(work, get_user(), shown + 1)
        news = load_news(work, get_user())
        new_papers = list_new_to_versions(work, get_user())
    draw_bar(counted=True)
    draw_heading(translate("My work"))
    draw_message()
    draw_offer()
    with st.container(key="my_work"):
        draw_news(news)
        draw_new_to_versions(new_papers, translate)
        _draw_piles(mine, bool(articles) and not new_papers)
        if not is_counted:
            draw_note(translate("Some of it is still being counted: look again in a moment."))
        _draw_named(mine.named)
        _draw_finished(mine.finished)
    draw_title(translate("All articles"))
    if may(get_user(), Permission.INGEST_ARTICLES):
        draw_upload()
    if not articles:
        st.info(_tell_first_step())
    for line in articles[:shown]:
        _draw_article(line)
    if len(articles) > shown:
        st.button(translate("Show more"), key="more_articles", on_click=_show_more, args=(shown,))


def _tell_first_step() -> str:
    """What brings the first article in, for those who may do so here and for those who may not."""
    translate = get_translate()
    if not may(get_user(), Permission.INGEST_ARTICLES):
        return translate("No article yet: an author or an editor adds one.")
    told = translate("No article yet: open “{button}” above, then choose a file or paste the text.")
    return told.format(button=translate("Add an article"))


def _draw_piles(mine: MyWork, is_anything_here: bool) -> None:
    translate = get_translate()
    for pile in mine.piles:
        if pile.count:
            _draw_pile(pile)
    if not (mine.count or mine.named) and is_anything_here:
        draw_html(
            Html('<p class="konkyo message standing">{}</p>').format(translate("Nothing waits for you now."))
        )


def _draw_pile(pile: Pile) -> None:
    translate = get_translate()
    with st.container(border=True, key=f"pile_{pile.stage.value}", gap="xsmall"):
        draw_title(translate(_PILES[pile.stage]).format(count=pile.count))
        for line in pile.lines:
            _draw_line(pile.stage, line)
        if len(pile.lines) == SHOWN_OF_PILE:
            draw_note(translate("The first {count} are shown.").format(count=SHOWN_OF_PILE))


def _draw_line(stage: Stage, line: Line) -> None:
    translate, version_id = get_translate(), line.article.at.version_id
    words, way = st.columns([6.4, 2.8], vertical_alignment="center")
    draw_html(_render_line(stage, line), words)
    is_dialog = stage is Stage.ASSIGN
    pressed = way.button(
        translate(_BUTTONS[stage]),
        key=f"to_{stage.value}_{version_id}",
        on_click=None if is_dialog else open_next if stage in _BY_CLAIM else open_place,
        args=(version_id,) if stage in _BY_CLAIM else (),
        kwargs={} if is_dialog or stage in _BY_CLAIM else {"room": _ROOMS[stage], "version": version_id},
        type="primary",
        width="stretch",
    )
    if pressed and is_dialog:
        open_dialog(translate("Assign the review"), draw_assigning, version_id, width="large")


_BY_CLAIM = (Stage.GRADE, Stage.ADJUDICATE)
_ROOMS: Mapping[Stage, str] = {
    Stage.REVISE: "author",
    Stage.ANSWER: "author",
    Stage.SETTLE: "author",
    Stage.GRADE: "editor",
    Stage.ADJUDICATE: "editor",
    Stage.ASSIGN: "editor",
    Stage.APPROVE: "editor",
    Stage.PUBLISH: "editor",
    Stage.DONE: "editor",
}


def _render_line(stage: Stage, line: Line) -> Html:
    translate, at = get_translate(), line.article.at
    told = [translate("version {number}").format(number=line.article.number)]
    if line.count:
        counted = mark("flags: {count}") if stage in (Stage.REVISE, Stage.ANSWER) else mark("claims: {count}")
        told.append(translate(counted).format(count=line.count))
    if line.for_anybody:
        told.append(translate("nobody in particular is named"))
    told.append(translate("since {date}").format(date=format_local_day(at.since, get_locale())))
    note = Html('<p class="said">{}</p>').format(line.note) if line.note else Html()
    due = Html(" · ") + render_due(at.due_on) if at.due_on else Html()
    return Html('<div class="konkyo"><b>{}</b><p class="place">{}{}</p>{}</div>').format(
        line.article.title, " · ".join(told), due, note
    )


def _draw_named(named: tuple[Named, ...]) -> None:
    """Draw the words that name the person, each with the way to its thread."""
    if not named:
        return
    translate, locale, name_person = get_translate(), get_locale(), get_naming()
    with st.container(border=True, key="named", gap="xsmall"):
        title, seen = st.columns([7.2, 2.2], vertical_alignment="center")
        draw_title(translate("You are named: {count}").format(count=len(named)), title)
        seen.button(translate("Seen"), key="know_named", on_click=know_finished, width="stretch")
        for place, one in enumerate(named):
            words, way = st.columns([6.4, 2.8], vertical_alignment="center")
            told = translate("{title} · claim {number} · {when}").format(
                title=one.title, number=one.number, when=format_moment(one.reply.answered_at, locale)
            )
            line = Html('<div class="konkyo"><p class="said"><b>{}</b>: {}</p><p class="place">{}</p></div>')
            draw_html(line.format(name_person(one.reply.answered_by), one.reply.words, told), words)
            way.button(
                translate("Open the thread"),
                key=f"to_thread_{place}",
                on_click=open_place,
                kwargs=find_way_to_thread(get_user(), one.version_id, one.claim_id),
                type="primary",
                width="stretch",
            )


def _draw_finished(finished: tuple[Finished, ...]) -> None:
    """Draw what others decided, until the person says that they know it."""
    if not finished:
        return
    translate, locale = get_translate(), get_locale()
    with st.container(border=True, key="finished", gap="xsmall"):
        title, known = st.columns([7.2, 2.2], vertical_alignment="center")
        draw_title(translate("Finished since you last looked"), title)
        known.button(translate("Seen"), key="know_finished", on_click=know_finished, width="stretch")
        rows = Html().join(
            Html("<li>{} <b>{}</b> · {}</li>").format(
                render_state(one.state, translate), one.title, format_local_day(one.decided_at, locale)
            )
            for one in finished
        )
        draw_html(Html('<ul class="konkyo finished">{}</ul>').format(rows))


def _draw_article(line: ArticleLine) -> None:
    translate, version_id, at = get_translate(), line.summary.id, line.staged.at
    with st.container(border=True, key=f"version_{version_id}", gap="xsmall"):
        title, progress, action, report = st.columns([3.1, 1.8, 1, 4.1], vertical_alignment="center")
        told = translate("version {number} · {date}").format(
            number=line.staged.number, date=write_day(line.staged.ingested_at)
        )
        title = title.container(gap=None)
        draw_title(line.staged.title, title, note=told)
        state = Html('<p class="konkyo">{} {}</p>').format(render_stage(at, translate), render_due(at.due_on))
        draw_html(state, title)
        count = translate("{graded} of {claims} graded · {searched} searched").format(
            graded=line.summary.graded, claims=line.summary.claims, searched=line.summary.searched
        )
        bar = render_progress(line.summary.graded, line.summary.claims, count)
        draw_html(bar + render_note(count), progress)
        action.button(
            translate("Open"),
            key=f"open_{version_id}",
            on_click=open_place,
            kwargs=find_way_in(get_user(), version_id),
            width="stretch",
        )
        with report.container(horizontal=True, gap="small"):
            draw_report_downloads(version_id)
            draw_article_menu(version_id)
        if line.earlier:
            _draw_earlier(line)


def _draw_earlier(line: ArticleLine) -> None:
    """Draw the fold of the versions before, each to be read."""
    translate = get_translate()
    told = translate("Earlier versions: {count}").format(count=len(line.earlier))
    with st.expander(told, key=f"earlier_{line.staged.at.article_id}"):
        for version, state in line.earlier:
            words, way = st.columns([7.2, 1.6], vertical_alignment="center")
            number = translate("version {number} · {date}").format(
                number=version.number, date=write_day(version.ingested_at)
            )
            draw_html(
                Html('<p class="konkyo">{} {}</p>').format(number, render_state(state, translate)), words
            )
            way.button(
                translate("Read"),
                key=f"open_{version.version_id}",
                on_click=open_place,
                kwargs=find_way_in(get_user(), version.version_id),
                width="stretch",
            )


def _show_more(shown: int) -> None:
    st.session_state["articles_shown"] = shown + SHOWN_AT_ONCE

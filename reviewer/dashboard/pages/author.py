"""The author's inbox: the editor's note, the flagged claims one card at a time beside the article, and the
next version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from claims.records.decision import Decision, VersionState
from claims.records.flag import Flag
from claims.records.review import ArticleVersion
from reviewer.dashboard.actions.flags import open_card
from reviewer.dashboard.components.answering import Card, draw_card
from reviewer.dashboard.components.article import render_marked
from reviewer.dashboard.components.browser_scripts import bring_claim_into_view
from reviewer.dashboard.components.changes import render_changes
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note
from reviewer.dashboard.components.flags import mark_flag
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.next_version import draw_next_version
from reviewer.dashboard.components.taking_out import draw_manuscript_button
from reviewer.dashboard.components.upload import draw_upload
from reviewer.dashboard.components.word_comments import render_word_comments
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import find_place, get_application, get_locale, get_translate, get_user
from reviewer.dashboard.times import format_moment
from reviewer.markup import Html
from reviewer.person_names import name_person
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.comparing import Comparison, compare_version
from reviewer.workflow.drafting import load_field_drafts
from reviewer.workflow.holding import is_open_version
from reviewer.workflow.loading import load_version
from reviewer.workflow.publication import load_full_names
from reviewer.workflow.replying import load_threads
from reviewer.workflow.rewriting import find_other_format, list_rewrites, read_words
from reviewer.workflow.standard_wordings import suggest_wordings
from reviewer.workflow.states import list_decisions
from reviewer.workflow.word_comments import WordComments, load_word_comments

_SUGGESTED = 5

Flags = Mapping[int, tuple[Flag, ...]]


def draw_author(version_id: int) -> None:
    """Draw the note, the flagged article and the card that is open. Raises ``NotFound``."""
    translate, user = get_translate(), get_user()
    with get_application().reading() as work:
        version, dossiers = load_version(work, version_id, user)
        flags, threads = load_threads(work, dossiers, user)
        comparison = compare_version(work, version_id, user)
        said = load_word_comments(work, version_id, [dossier.claim for dossier in dossiers])
        decisions, names = list_decisions(work, version_id), load_full_names(work)
        is_open = is_open_version(work, version_id)
        other_format = find_other_format(work, version_id)
    is_author = may(user, Permission.REVISE_ARTICLES)
    draw_bar(version=version)
    draw_version_rooms(version_id)
    every = [flag for found in flags.values() for flag in found]
    told = translate("Flags answered: {count} of {all}").format(
        count=sum(not flag.waits_for_answer for flag in every), all=len(every)
    )
    draw_heading(told)
    if is_open and every and not any(flag.waits_for_answer for flag in every):
        draw_note(translate("All are answered: the editor or a reviewer reads them next."))
    _draw_note(decisions, names)
    draw_message()
    cards = [d for d in dossiers if flags[d.claim.id] or threads[d.claim.id] or d.claim.id in said.by_claim]
    shown = _find_shown(cards, flags, is_author)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        draw_manuscript_button(version_id)
    with left, st.container(key="flagged_article", height=600):
        _draw_article(version, dossiers, flags, shown)
    with right:
        if is_author and is_open:
            draw_next_version(version, list_rewrites(version, dossiers, flags), other_format)
        _draw_ways(cards, flags, shown, is_author)
    with right, st.container(key="threads", height=600):
        if shown is None:
            st.info(translate("Nothing was flagged in this version."))
        else:
            of_claim = shown.claim.id
            words = read_words(version.article, shown.claim)
            comments, thread = said.by_claim.get(of_claim, ()), threads[of_claim]
            with get_application().reading() as work:
                drafts = load_field_drafts(work, of_claim, user)
                wordings = suggest_wordings(work, shown.claim, user, _SUGGESTED)
            card = Card(shown, flags[of_claim], comments, thread, words, is_open, names, drafts, wordings)
            draw_card(card)
        _draw_folds(comparison, said)
    if may(user, Permission.ANSWER_FLAGS):
        draw_upload(revises=version_id)


def _draw_note(decisions: Sequence[Decision], names: Mapping[str, str]) -> None:
    """Draw what the editor wrote who returned the version, as long as it is returned."""
    if not decisions or decisions[-1].state is not VersionState.CHANGES_REQUESTED:
        return
    note = decisions[-1]
    told = get_translate()("Returned by {name}").format(
        name=name_person(note.decided_by, names, get_translate())
    )
    draw_html(
        Html(
            '<section class="konkyo flag returned"><h4>{} <span class="place">{}</span></h4>'
            "<p>{}</p></section>"
        ).format(told, format_moment(note.decided_at, get_locale()), note.comment)
    )


def _find_shown(cards: Sequence[Dossier], flags: Flags, is_author: bool) -> Dossier | None:
    """The card that the address names, else the first that waits, else the first."""
    asked = find_place("card")
    named = [card for card in cards if card.claim.id == asked]
    waiting = [card for card in cards if _waits(card, flags, is_author)]
    return next(iter((*named, *waiting, *cards)), None)


def _waits(card: Dossier, flags: Flags, is_author: bool) -> bool:
    """Whether a flag of the claim waits for its answer, or for those who settle it."""
    found = flags[card.claim.id]
    return any(flag.waits_for_answer if is_author else flag.is_open for flag in found)


def _draw_article(
    version: ArticleVersion, dossiers: Sequence[Dossier], flags: Flags, shown: Dossier | None
) -> None:
    translate = get_translate()
    marks = [
        mark_flag(d.claim, flag, translate, is_shown=d is shown)
        for d in dossiers
        for flag in flags[d.claim.id]
    ]
    draw_html(render_marked(version.article, marks, translate))
    if shown is not None:
        bring_claim_into_view(shown.claim.id, "flagged_article")


def _draw_ways(cards: Sequence[Dossier], flags: Flags, shown: Dossier | None, is_author: bool) -> None:
    """Draw the ways to the card before, the one after, and the next that waits."""
    if shown is None:
        return
    translate, last = get_translate(), len(cards) - 1
    at = cards.index(shown)
    waiting = [card for card in (*cards[at + 1 :], *cards[:at]) if _waits(card, flags, is_author)]
    with st.container(key="cards"):
        back, where, forth, on = st.columns([1, 2.4, 1, 3.4], vertical_alignment="center", gap="xsmall")
        back.button(
            "←",
            key="card_back",
            help=translate("Previous flagged claim"),
            on_click=open_card,
            args=(cards[max(0, at - 1)].claim.id,),
            disabled=at == 0,
            width="stretch",
        )
        told = translate("Flagged claim {number} of {count}").format(number=at + 1, count=last + 1)
        draw_html(Html('<p class="konkyo where">{}</p>').format(told), where)
        forth.button(
            "→",
            key="card_forth",
            help=translate("Next flagged claim"),
            on_click=open_card,
            args=(cards[min(last, at + 1)].claim.id,),
            disabled=at == last,
            width="stretch",
        )
        next_open = translate("Next unanswered") if is_author else translate("Next open")
        on.button(
            translate("{name} ({count})").format(name=next_open, count=len(waiting)),
            key="card_waiting",
            on_click=open_card,
            args=(waiting[0].claim.id if waiting else shown.claim.id,),
            disabled=not waiting,
            width="stretch",
        )


def _draw_folds(comparison: Comparison, said: WordComments) -> None:
    """Draw what changed since the version before, and comments that stand on no claim."""
    translate = get_translate()
    if comparison.former is not None:
        with st.expander(
            translate("What changed since version {number}").format(number=comparison.former.number)
        ):
            draw_html(render_changes(comparison, translate))
    if said.elsewhere:
        with st.expander(translate("Comments in the Word file that are on no claim")):
            draw_html(render_word_comments(said.elsewhere, translate, get_locale()))

"""The flags of one claim as a card: its sentence, each flag, what the evidence says, the fields to answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from claims.articles.docx.comments import WordThread
from claims.records.draft import Draft
from claims.records.finding import Finding
from claims.records.flag import AnswerKind, Flag
from claims.records.standard_wording import StandardWording
from reviewer.dashboard.actions.flags import answer, keep_written, send_reply, settle
from reviewer.dashboard.components.drawing import draw_html, draw_note
from reviewer.dashboard.components.evidence import render_passage, verbatim
from reviewer.dashboard.components.flags import name_answer, render_flag
from reviewer.dashboard.components.standard_wordings import draw_inserting
from reviewer.dashboard.components.thread import render_thread
from reviewer.dashboard.components.word_comments import render_word_comments
from reviewer.dashboard.fields import name_field, note_drafted
from reviewer.dashboard.session import get_locale, get_translate, get_user
from reviewer.exports.vancouver import format_reference
from reviewer.i18n import mark
from reviewer.labels import AUTHOR_ADVICE, FLAG_ADVICE, FLAG_LABELS, JUDGEMENT_LABELS, grade_label
from reviewer.markup import Html, escape_markdown
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.replying import Said

# What is asked for with each answer.
_FIELDS = {
    AnswerKind.REWRITE: mark("The new sentence: it goes into the next version as it stands here"),
    AnswerKind.CITE: mark("The study or document: PMID, DOI, or title and year"),
    AnswerKind.DELETE: mark("Why it is deleted (may stay empty)"),
    AnswerKind.DISPUTE: mark("Why the sentence is right as it stands"),
    AnswerKind.EXPLAIN: mark("What the reviewers should know"),
    AnswerKind.REPLY: mark("A word to the others; @name tells that person in “My work”"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A flagged claim as its card shows it.

    ``words`` stand in the article at its place; ``is_open``: it may be answered; ``names`` are full names;
    ``wordings`` are sentences approved for reuse that may be inserted.
    """

    dossier: Dossier
    flags: Sequence[Flag]
    word_comments: Sequence[WordThread]
    thread: Sequence[Said]
    words: str
    is_open: bool
    names: Mapping[str, str]
    drafts: Mapping[AnswerKind, Draft]
    wordings: Sequence[StandardWording] = ()


def draw_card(card: Card) -> None:
    """Draw the card: the flags, what the evidence says, the thread, the fields to answer."""
    dossier, flags, is_open = card.dossier, card.flags, card.is_open
    translate, locale = get_translate(), get_locale()
    claim, is_author = dossier.claim, may(get_user(), Permission.REVISE_ARTICLES)
    with st.container(border=True, key=f"thread_{claim.id}"):
        draw_html(Html('<h2 class="konkyo title">{} · {}</h2>').format(claim.number, claim.claim.text))
        for flag in flags:
            advice = AUTHOR_ADVICE if is_author else FLAG_ADVICE
            draw_html(render_flag(flag, translate, locale, advice))
            if is_open and flag.is_open and not is_author:
                _draw_settling(claim.id, flag)
        comments = render_word_comments(card.word_comments, translate, locale)
        thread = render_thread(card.thread, card.names, locale)
        draw_html(_render_evidence(dossier) + comments + thread)
        unsettled = [flag for flag in flags if flag.is_open]
        if is_open and is_author and unsettled:
            _draw_answering(claim.id, unsettled, card)
        if is_open:
            draw_replying(claim.id, card.drafts)


def draw_replying(claim_id: int, drafts: Mapping[AnswerKind, Draft]) -> bool:
    """Whether a word was sent to the claim's thread, for which the field is drawn where the person may."""
    translate = get_translate()
    if not may(get_user(), Permission.REPLY):
        return False
    field = f"{AnswerKind.REPLY.value}_{claim_id}"
    _draw_field(claim_id, AnswerKind.REPLY, drafts, height=68)
    if may(get_user(), Permission.REVIEW):
        draw_note(
            translate("Until the claim is settled only you see what you write here: it may tell a grade.")
        )
    return st.button(translate("Send"), key=f"send_{claim_id}", on_click=send_reply, args=(claim_id, field))


def _draw_answering(claim_id: int, flags: Sequence[Flag], card: Card) -> None:
    """Draw the answers that there are, the field for the one that was chosen, and which flags it is to."""
    translate, drafts = get_translate(), card.drafts
    kinds = [kind for kind in AnswerKind if kind is not AnswerKind.REPLY]
    begun = next((kind for kind, draft in drafts.items() if kind in kinds and draft.text), None)
    chosen = st.radio(
        translate("Answer by"),
        kinds,
        index=kinds.index(begun) if begun else 0,
        format_func=lambda kind: name_answer(kind, translate),
        key=f"kind_{claim_id}",
        horizontal=True,
        persist_state="session",
    )
    kind = chosen or kinds[0]
    field = f"{kind.value}_{claim_id}"
    given = (_find_wording(flags) or card.words) if kind is AnswerKind.REWRITE else ""
    if kind is AnswerKind.REWRITE:
        draft = drafts.get(kind) or Draft(claim_id, get_user().name, field=kind)
        draw_inserting(claim_id, card.wordings, field, draft)
    _draw_field(claim_id, kind, drafts, given)
    keys = [flag.key for flag in _choose(claim_id, flags)]
    st.button(
        translate("Answer"),
        key=f"answer_{claim_id}",
        on_click=answer,
        args=(claim_id, keys, kind, field),
        type="primary",
        disabled=not keys,
    )


def _draw_field(
    claim_id: int, kind: AnswerKind, drafts: Mapping[AnswerKind, Draft], given: str = "", height: int = 96
) -> None:
    """Draw the field with what was being written there, else with what is ``given``; it drafts itself."""
    draft = drafts.get(kind) or Draft(claim_id, get_user().name, field=kind)
    field = f"{kind.value}_{claim_id}"
    note_drafted(name_field(field), draft)
    st.text_area(
        get_translate()(_FIELDS[kind]),
        # Not set as state: what a browser that reconnects still holds in the field goes before it.
        value=given if draft.text is None else draft.text,
        key=name_field(field),
        height=height,
        persist_state="session",
        on_change=keep_written,
        args=(claim_id, kind, draft.given_before, field),
    )


def _find_wording(flags: Sequence[Flag]) -> str:
    """The new sentence that the author gave last, "" where they gave none."""
    given = [one for flag in flags for one in flag.answers if one.kind is AnswerKind.REWRITE]
    return max(given, key=lambda one: one.answered_at).words if given else ""


def _choose(claim_id: int, flags: Sequence[Flag]) -> list[Flag]:
    """The flags that the answer is to: the only one, or those that were chosen among several."""
    if len(flags) == 1:
        return list(flags)
    translate = get_translate()
    waiting = {flag.key: flag.waits_for_answer for flag in flags}
    draw_note(translate("It answers"))
    return [
        flag
        for flag in flags
        if st.checkbox(
            escape_markdown(_name(flag)),
            value=waiting[flag.key] or not any(waiting.values()),
            key=f"to_{claim_id}_{_key(flag)}",
        )
    ]


def _name(flag: Flag) -> str:
    label = get_translate()(FLAG_LABELS[flag.reason])
    return f"{label} “{flag.words}”" if flag.words else label


def _key(flag: Flag) -> str:
    """A name by which a field or button belongs to this flag, wherever it stands in the list."""
    return sha256(flag.key.encode()).hexdigest()[:12]


def _draw_settling(claim_id: int, flag: Flag) -> None:
    translate, field = get_translate(), f"{claim_id}_{_key(flag)}"
    words, button = st.columns([5, 3], vertical_alignment="bottom")
    words.text_area(
        translate("Answer to: {words}").format(words=escape_markdown(flag.words or flag.key)),
        key=name_field(f"words_{field}"),
        height=68,
        label_visibility="collapsed",
        placeholder=translate("Why it is settled: needed where nobody answered"),
        persist_state="session",
    )
    button.button(
        translate("Settle"),
        key=f"settle_{field}",
        on_click=settle,
        args=(claim_id, flag.key, field, True),
        width="stretch",
    )


def _render_evidence(dossier: Dossier) -> Html:
    """What was found of the claim: the grade that stands with its comments, and what the studies say.

    While it is open there is nothing that its author may see.
    """
    translate, verdict = get_translate(), dossier.verdict
    if verdict is None:
        return Html('<p class="konkyo place">{}</p>').format(translate("No grade stands yet."))
    said = [grade.comment for grade in verdict.grades] if verdict.adjudication is None else []
    said += [verdict.adjudication.comment] if verdict.adjudication else []
    comments = Html().join(Html('<p class="said">{}</p>').format(comment) for comment in said if comment)
    studies = Html().join(
        Html("<li>{}{}</li>").format(
            format_reference(dossier.citations[finding.pmid]), Html().join(_quote(dossier, finding))
        )
        for finding in dossier.attached
    )
    return Html(
        '<section class="konkyo found"><h3 class="label">{}</h3><p class="verdict">{}</p>{}'
        '<ul class="references">{}</ul></section>'
    ).format(translate("What the evidence says"), grade_label(verdict.grade, get_locale()), comments, studies)


def _quote(dossier: Dossier, finding: Finding) -> Iterator[Html]:
    """Which way the study points, and the words that its judges rest on, else those that were found."""
    translate = get_translate()
    judged = [one for one in dossier.judgements if one.pmid == finding.pmid]
    for judgement in dict.fromkeys(one.judgement for one in judged):
        yield Html(" <b>{}</b>").format(translate(JUDGEMENT_LABELS[judgement]))
    quoted = {one.passage: one for one in judged if one.passage}
    for one in quoted.values():
        yield render_passage(one, translate)
    if not quoted:
        for rationale in verbatim(finding, dossier.citations[finding.pmid]):
            yield Html('<p class="quote">“{}”</p>').format(rationale.text)

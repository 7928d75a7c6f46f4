"""The thread of a claim: who said what and when, across all its flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.records.flag import Flag, FlagAnswer
from reviewer.dashboard.times import format_moment
from reviewer.i18n import Translate, translator
from reviewer.labels import ANSWER_LABELS, FLAG_LABELS
from reviewer.markup import Html
from reviewer.person_names import name_person
from reviewer.workflow.replying import Said


def render_thread(thread: Sequence[Said], names: Mapping[str, str], locale: str) -> Html:
    """The thread as HTML under its heading, the oldest first; "" where nobody said anything.

    ``names`` are the full names of accounts.
    """
    if not thread:
        return Html()
    translate = translator(locale)
    lines = Html().join(_render_said(one, names, translate, locale) for one in thread)
    head = Html('<h4 class="label">{}</h4>').format(translate("Thread"))
    # It can be focused, so that the pane it stands in is scrolled by keys, too.
    return Html('<section class="konkyo thread" tabindex="0">{}<ol>{}</ol></section>').format(head, lines)


def _render_said(said: Said, names: Mapping[str, str], translate: Translate, locale: str) -> Html:
    told = [_name_step(said, translate)]
    if said.flag is not None:
        label = translate(FLAG_LABELS[said.flag.reason])
        about = said.flag.words if said.step is not said.flag else ""
        told.append(f"{label} “{about}”" if about else label)
    words = Html('<br><span class="words">{}</span>').format(said.words) if said.words else Html()
    return Html('<li class="said"><b>{}</b> · {} <span class="place">{}</span>{}</li>').format(
        name_person(said.by, names, translate), " · ".join(told), format_moment(said.at, locale), words
    )


def _name_step(said: Said, translate: Translate) -> str:
    if isinstance(said.step, Flag):
        return translate("flagged")
    if isinstance(said.step, FlagAnswer):
        return translate(ANSWER_LABELS[said.step.kind])
    return translate("settled") if said.step.settled else translate("open again")

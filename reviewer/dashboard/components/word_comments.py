"""The comments that came in a Word file, each with what was answered."""

from __future__ import annotations

from collections.abc import Sequence

from claims.articles.docx.comments import WordComment, WordThread
from reviewer.dashboard.times import format_moment
from reviewer.i18n import Translate
from reviewer.markup import Html


def render_word_comments(threads: Sequence[WordThread], translate: Translate, locale: str) -> Html:
    """The threads as HTML under a heading; "" where there is none."""
    if not threads:
        return Html()
    head = Html('<h4 class="label">{}</h4>').format(translate("Comments in the Word file"))
    return head + Html().join(_render_thread(thread, translate, locale) for thread in threads)


def _render_thread(thread: WordThread, translate: Translate, locale: str) -> Html:
    said = [_render_comment(one, locale) for one in (thread.comment, *thread.answers)]
    done = Html('<p class="place">{}</p>').format(translate("done in Word")) if thread.is_done else ""
    css = "flag settled" if thread.is_done else "flag"
    return Html('<section class="konkyo {}">{}{}</section>').format(css, Html().join(said), done)


def _render_comment(comment: WordComment, locale: str) -> Html:
    when = "" if comment.at is None else format_moment(comment.at, locale)
    lines = Html("<br>").join(comment.text.split("\n"))
    return Html('<p class="said"><b>{}</b> <span class="place">{}</span><br>{}</p>').format(
        comment.author, when, lines
    )

"""Due dates in words: how many days are left, or past."""

from __future__ import annotations

from datetime import date

from reviewer.dashboard.session import get_application, get_locale
from reviewer.dashboard.times import get_zone
from reviewer.i18n import translator
from reviewer.markup import Html
from reviewer.moments import day_of, format_day

# So many days before its day an article is told as due soon.
SOON = 3


def find_today() -> date:
    """The day that it is where the browser stands."""
    return day_of(get_application().now(), get_zone())


def tell_due(due_on: date, today: date, locale: str) -> tuple[str, str]:
    """How a due date is drawn ("" where it is far off), and the words for it."""
    translate, left = translator(locale), (due_on - today).days
    day = format_day(due_on, locale)
    if left < 0:
        return "overdue", translate("overdue since {date}").format(date=day)
    if left == 0:
        return "soon", translate("due today")
    if left <= SOON:
        return "soon", translate("due {date}, days left: {days}").format(date=day, days=left)
    return "", translate("due {date}").format(date=day)


def render_due(due_on: date | None) -> Html:
    """A due date as HTML; nothing where there is none."""
    if due_on is None:
        return Html()
    kind, words = tell_due(due_on, find_today(), get_locale())
    return Html('<span class="due {}">{}</span>').format(kind, words)

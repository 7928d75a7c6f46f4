"""The mail itself: what happened in plain sentences and the way there, and no word of an article."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlencode

from claims.records.mailing import Mail, Mailing
from claims.records.notice import NoticeLine
from reviewer.i18n import Translate, mark, translator
from reviewer.notice_sentences import place_line, tell_line
from reviewer.notices.unsubscribing import PLACE, sign_unsubscribing
from reviewer.smtp_settings import Smtp

# More lines than anybody reads in a mail: the others stand in the room.
MOST_LINES = 50
_SUBJECT = mark("Konkyo: new notices: {count}")
_HEAD = mark("In Konkyo there is something new for you.")
_PLACE = mark("Article {article}, version {version}")
_MORE = mark("More notices: {count}. They stand on the first page: {address}")
_FOOT = mark(
    "This mail holds nothing of the article itself. Under My account you choose when you get one: {address}"
)
_STOP = mark("No more of these mails, with one click and without signing in: {address}")


def write_mail(
    smtp: Smtp, mail: Mail, mailing: Mailing, lines: Sequence[NoticeLine], secret: str
) -> EmailMessage:
    """The message in the person's language.

    Its headers are made of addresses that were checked and of our own words; a line break in one of them is
    refused by ``email``.
    """
    translate = translator(mailing.locale)
    token = sign_unsubscribing(mail.account_id, mail.address, secret)
    stop = _address(smtp, {"token": token, "lang": mailing.locale}, PLACE)
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = smtp.sender, mail.address
    message["Subject"] = translate(_SUBJECT).format(count=sum(len(line.notices) for line in lines))
    message["Date"] = format_datetime(mail.made_at)
    # The same at each try: whoever gets it twice sees it once.
    number = f"konkyo-{mail.id}-{token[-16:]}@{smtp.sender.partition('@')[2]}"
    message["Message-ID"] = _in_brackets(number)
    message["Content-Language"] = mailing.locale
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = _in_brackets(stop)
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content("\n".join(_write_lines(smtp, lines, stop, translate)) + "\n", cte="base64")
    return message


def _write_lines(smtp: Smtp, lines: Sequence[NoticeLine], stop: str, translate: Translate) -> list[str]:
    written = [translate(_HEAD), ""]
    for line in lines[:MOST_LINES]:
        notice = line.notices[0]
        place = translate(_PLACE).format(article=notice.article_id, version=notice.version_number)
        written += [f"{place}: {tell_line(line, translate)}", _address(smtp, place_line(line)), ""]
    if len(lines) > MOST_LINES:
        count = len(lines) - MOST_LINES
        written += [translate(_MORE).format(count=count, address=f"{smtp.room}/"), ""]
    own = _address(smtp, {"room": "account"})
    return [*written, "-- ", translate(_FOOT).format(address=own), translate(_STOP).format(address=stop)]


def _address(smtp: Smtp, place: dict[str, int | str] | dict[str, str], path: str = "/") -> str:
    return f"{smtp.room}{path}?{urlencode(place)}"


def _in_brackets(value: str) -> str:
    """As headers hold an identifier or an address; none of ours has a bracket."""
    return value.join("<>")

"""From a step to a mail: batched, once, in the person's language, with no word of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest

from claims.errors import RuleRefused
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction
from claims.records.mailing import MailChoice, MailCounts
from claims.records.people import User
from claims.records.plan import ReviewPlan
from reviewer.notices.delivering import Postman
from reviewer.notices.unsubscribing import is_signed, sign_unsubscribing
from reviewer.rules.review_days import NO_REVIEW_RULES
from reviewer.smtp_settings import Smtp
from reviewer.workflow.mailing import PAUSES, choose_mailing, count_mails, find_mailing, stop_mailing
from reviewer.workflow.stages import catch_up
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.mail_server import Post, serve
from tests.workflow.clinic import AUTHOR, JUDGE, A, B, Clinic, copy_clinic

SECRET = "s" * 40
TOKYO = ZoneInfo("Asia/Tokyo")
TWO = ReviewPlan(("a", "b"), "judge", needed=2)
AT_ONCE, DAILY = MailChoice.AT_ONCE, MailChoice.DAILY


@dataclass
class House:
    """A clinic with a mail server and a clock of its own."""

    clinic: Clinic
    smtp: Smtp
    post: Post
    at: datetime = field(default_factory=lambda: datetime(2026, 1, 5, 3, 0, tzinfo=ZoneInfo("UTC")))

    def choose(self, who: User, choice: MailChoice, locale: str = "ja", address: str = "") -> None:
        with self.clinic.open_work() as work:
            user = work.people.get_user(who.name)
            asked = address or f"{who.name}@clinic.example"
            choose_mailing(work, user, asked, choice, locale, self.at - timedelta(days=2))

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)

    def deliver(self, smtp: Smtp | None = None) -> None:
        postman = Postman(
            self.clinic.open_work,
            smtp or self.smtp,
            TOKYO,
            NO_REVIEW_RULES,
            "",
            lambda: self.at,
            SECRET,
        )
        for _ in postman.deliver():
            pass

    def list_came(self) -> list[str]:
        return [envelope.rcpt_tos[0] for envelope in self.post.came]

    def count(self) -> MailCounts:
        with self.clinic.open_work() as work:
            return count_mails(work, self.at)


@pytest.fixture
def house(open_work: OpenWork) -> Iterator[House]:
    post = Post()
    with serve(post) as smtp:
        yield House(copy_clinic(LENT, open_work), smtp, post)


def test_what_happens_in_a_few_minutes_is_one_mail(house: House) -> None:
    house.choose(A, AT_ONCE)
    house.clinic.assign(TWO)
    house.at = datetime(2026, 1, 5, 12, 2, tzinfo=ZoneInfo("UTC")) + timedelta(hours=3)
    house.deliver()
    assert house.list_came() == ["a@clinic.example"]
    house.wait(minutes=10)
    house.deliver()
    assert len(house.post.came) == 1


def test_a_notice_waits_for_those_that_come_with_it(house: House) -> None:
    house.choose(JUDGE, AT_ONCE)
    house.clinic.assign(TWO)
    with house.clinic.open_work() as work:
        house.at = work.notices.list_new("judge", 1)[0].told_at + timedelta(minutes=1)
    for who, grade in ((A, SupportGrade.OVERSTATED), (B, SupportGrade.UNSUPPORTED)):
        house.clinic.grade(who, grade, "理由")
    house.deliver()
    assert house.post.came == []
    house.wait(minutes=5)
    house.deliver()
    (message,) = house.post.messages
    assert message["Subject"] == "Konkyo：新しいお知らせ 2件"


def test_the_daily_mail_comes_at_its_hour(house: House) -> None:
    house.choose(A, DAILY)
    house.clinic.assign(TWO)
    with house.clinic.open_work() as work:
        told_at = work.notices.list_new("a", 1)[0].told_at
    morning = (told_at + timedelta(days=1)).astimezone(TOKYO).replace(hour=7, minute=0, second=0)
    house.at = morning - timedelta(minutes=1)
    house.deliver()
    assert house.post.came == []
    house.wait(minutes=2)
    house.deliver()
    assert house.list_came() == ["a@clinic.example"]


@pytest.mark.parametrize(("locale", "head"), [("ja", "新しいお知らせ"), ("en", "something new for you")])
def test_a_mail_is_in_the_language_of_its_person_and_holds_nothing_of_the_article(
    house: House, locale: str, head: str
) -> None:
    house.choose(JUDGE, AT_ONCE, locale)
    house.clinic.assign(TWO)
    for who, grade in ((A, SupportGrade.OVERSTATED), (B, SupportGrade.UNSUPPORTED)):
        house.clinic.grade(who, grade, "秘密の理由")
    later(house)
    (message,) = house.post.messages
    text = message.get_content()
    assert head in text
    with house.clinic.open_work() as work:
        article = work.articles.get_version(house.clinic.version_id).article
    said = [article.title, *re.findall(r"[^。\s]{3,}", article.text), "秘密", "a@", "overstated", "理由"]
    assert not [words for words in said if words in text or words in str(message["Subject"])]
    for grade in SupportGrade:
        assert grade.value not in text
    links = re.findall(r"https://\S+", text)
    assert f"https://konkyo.clinic.example/?claim={house.clinic.claim_ids[0]}" in links
    assert all(link.startswith("https://konkyo.clinic.example/") for link in links)


def later(house: House) -> None:
    """So late that all that was told goes out."""
    catch_up(house.clinic.open_work, None, house.at)
    with house.clinic.open_work() as work:
        moments = [n.told_at for who in (A, B, JUDGE, AUTHOR) for n in work.notices.list_new(who.name, 9)]
    house.at = max([house.at, *moments]) + timedelta(hours=1)
    house.deliver()


def test_a_mail_has_the_headers_of_one_that_can_be_unsubscribed(house: House) -> None:
    house.choose(A, AT_ONCE)
    house.clinic.assign(TWO)
    later(house)
    (message,) = house.post.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = r"<https://konkyo\.clinic\.example/unsubscribe\?token=(\S+)&lang=ja>"
    found = re.fullmatch(link, message["List-Unsubscribe"])
    assert found is not None
    with house.clinic.open_work() as work:
        account_id = work.people.get_user("a").id
    assert is_signed(found[1], account_id, "a@clinic.example", SECRET)
    assert not is_signed(found[1], account_id + 1, "a@clinic.example", SECRET)
    assert not is_signed(found[1], account_id, "b@clinic.example", SECRET)
    assert found[1] != sign_unsubscribing(account_id, "a@clinic.example", "t" * 40)
    assert (message["Auto-Submitted"], message["To"], message["From"]) == (
        "auto-generated",
        "a@clinic.example",
        house.smtp.sender,
    )


def test_two_schedulers_at_once_send_one_mail(house: House) -> None:
    for who in (A, B, JUDGE):
        house.choose(who, AT_ONCE)
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    gate = Barrier(3)

    def deliver(_: int) -> None:
        gate.wait()
        house.deliver()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(deliver, range(3)))
    house.deliver()
    assert sorted(house.list_came()) == ["a@clinic.example", "b@clinic.example", "judge@clinic.example"]


def test_a_server_that_is_away_is_tried_again_and_given_up_plainly(house: House) -> None:
    away = replace(house.smtp, port=1)
    house.choose(A, AT_ONCE)
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    house.deliver(away)
    assert house.count() == MailCounts(1, 0, "server_away")
    house.deliver(away)
    assert house.count() == MailCounts(1, 0, "server_away")
    for pause in PAUSES:
        house.at += pause
        house.deliver(away)
    assert house.count() == MailCounts(0, 1, "server_away")
    house.wait(days=1)
    house.deliver()
    assert house.post.came == []


def test_a_mail_that_waited_is_sent_once_the_server_is_back(house: House) -> None:
    house.choose(A, AT_ONCE)
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    house.deliver(replace(house.smtp, port=1))
    house.wait(minutes=2)
    house.deliver()
    house.deliver()
    assert house.list_came() == ["a@clinic.example"]
    assert house.count() == MailCounts(0, 0, "")


def test_what_may_have_arrived_is_not_sent_again(house: House) -> None:
    house.post.hangs_up = True
    house.choose(A, AT_ONCE)
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    house.deliver()
    house.post.hangs_up = False
    house.wait(days=2)
    house.deliver()
    assert len(house.post.came) == 1
    assert house.count() == MailCounts(0, 1, "line_broke")


def test_a_mail_that_was_left_in_the_middle_is_not_sent_again(house: House) -> None:
    house.choose(A, AT_ONCE)
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    house.deliver(replace(house.smtp, port=1))
    house.wait(minutes=2)
    with house.clinic.open_work() as work:
        (mail_id,) = work.mails.list_due(house.at, 5)
        assert work.mails.begin(mail_id) is not None
        work.commit_passing()
    house.deliver()
    assert house.post.came == []
    assert house.count() == MailCounts(0, 1, "interrupted")


def test_what_was_seen_or_is_gone_by_then_is_not_sent(house: House) -> None:
    for who in (A, B):
        house.choose(who, AT_ONCE)
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    house.deliver(replace(house.smtp, port=1))
    with house.clinic.open_work() as work:
        work.notices.mark_seen("a", [one.id for one in work.notices.list_new("a", 9)], house.at)
        work.commit_passing()
    house.clinic.assign(ReviewPlan(("a", "c"), "judge", needed=2))
    house.wait(minutes=2)
    house.deliver()
    assert house.post.came == []
    assert house.count().waiting == 0


def test_nobody_is_mailed_who_wants_none_or_is_gone(house: House) -> None:
    for who in (A, B, JUDGE):
        house.choose(who, AT_ONCE)
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    house.deliver(replace(house.smtp, port=1))
    with house.clinic.open_work() as work:
        stop_mailing(work, work.people.get_user("a").id, house.at)
    with house.clinic.open_work() as work:
        work.people.change_user("b", active=False)
        work.commit_passing()
    house.choose(JUDGE, AT_ONCE, address="new@clinic.example")
    house.wait(minutes=2)
    house.deliver()
    house.wait(minutes=2)
    house.deliver()
    assert house.list_came() == ["new@clinic.example"]


def test_what_was_told_before_somebody_chose_mails_is_not_sent(house: House) -> None:
    house.clinic.assign(TWO)
    house.at += timedelta(days=30)
    with house.clinic.open_work() as work:
        user = work.people.get_user("a")
        choose_mailing(work, user, "a@clinic.example", AT_ONCE, "en", house.at)
    house.wait(days=1)
    house.deliver()
    assert house.post.came == []


def test_the_trail_keeps_the_choice_and_no_address(house: House) -> None:
    house.choose(A, DAILY)
    with house.clinic.open_work() as work:
        user = work.people.get_user("a")
        (entry,) = work.audit.list_entries(f"account:{user.id}")
        assert (entry.action, entry.values) == (AuditAction.MAILING_CHANGED, (("mail", "daily"),))
        with pytest.raises(RuleRefused, match="mail_address_unusable"):
            choose_mailing(work, user, "a@clinic.example\nBcc: x@y.example", AT_ONCE, "ja", house.at)
        stored = find_mailing(work, user.id)
    assert stored is not None
    assert stored.address == "a@clinic.example"


def test_whose_day_has_come_is_reminded_until_they_are_done(house: House) -> None:
    house.clinic.assign(ReviewPlan(("a",), "judge", due_on=date(2026, 2, 1)))
    house.at = datetime(2026, 1, 31, 14, 0, tzinfo=ZoneInfo("UTC"))
    house.deliver()
    assert "due" not in told(house, A)
    house.wait(hours=2)
    house.deliver()
    assert "due" in told(house, A)
    assert "due" not in told(house, JUDGE)
    for claim in (0, 1):
        house.clinic.judge(A, claim=claim)
        house.clinic.grade(A, SupportGrade.SUPPORTED, claim=claim)
    house.deliver()
    assert "due" not in told(house, A)


def told(house: House, who: User) -> list[str]:
    with house.clinic.open_work() as work:
        return [notice.cause.kind.value for notice in work.notices.list_new(who.name, 20)]

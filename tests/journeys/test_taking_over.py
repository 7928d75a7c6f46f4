"""A grade of the same words is taken over by a key, however fast the next ones are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.repeated_article import open_house
from claims.records.assessment import SupportGrade
from reviewer.bootstrap import Application
from reviewer.rules.dossier import Dossier
from reviewer.workflow.grading import record_grade
from reviewer.workflow.loading import load_whole
from tests.journeys.room import open_browser, serve_home, sign_in
from tests.journeys.typing import PATIENCE_MS, REVIEWER, type_keys

CLAIMS = 3


def settle_first(application: Application) -> None:
    """Every claim of the first article gets a grade with a comment of its own."""
    with application.work() as work:
        reviewer = work.people.get_user(REVIEWER)
        claims = work.claims.list_claims(1)
    for claim in claims:
        with application.work() as work:
            reason = f"主張{claim.number}の理由"
            record_grade(work, claim.id, SupportGrade.CANNOT_JUDGE, reason, reviewer, application.now())


def load_second(application: Application) -> list[Dossier]:
    with application.work() as work:
        return list(load_whole(work, work.claims.list_claims(2)))


def test_y_and_enter_typed_fast_take_each_claim_over_and_u_takes_the_last_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_TAKE_OVER", "1")
    application = open_house(tmp_path, CLAIMS)
    settle_first(application)
    with serve_home(tmp_path, tmp_path / "serve.log") as url, open_browser("ja-JP") as page:
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, url, REVIEWER)
        page.goto(f"{url}/?claim={CLAIMS + 1}")
        page.locator(".st-key-take_over button").first.wait_for()
        type_keys(page, ["y", "Enter", "y", "Enter", "y", "u"], 60)
    given = [dossier.find_grade(REVIEWER) for dossier in load_second(application)]
    told = [(one.comment, one.taken_from and one.taken_from.claim_id) for one in given if one]
    assert told == [("主張1の理由", 1), ("主張2の理由", 2)]
